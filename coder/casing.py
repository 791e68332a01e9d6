"""Making text without case readable for the parser, without moving a character.

ALL-CAPS text gets sentence case; in it, and in text without any capitals, the names that our dictionaries
know get theirs back. The parser then sees names as names and the other words as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

from ..schema.countries import load_countries
from .actor_lexicon import ActorRow, DemonymRow
from .lexicon import Row, read_table
from .place_words import PlaceWord

MIN_LETTERS = 12  # shorter text is left alone
SMALL_SHARE = 0.1  # of lower-case letters, up to which text is ALL CAPS
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_NAME_ENDING = re.compile(r"[^\W\d_]{2,}(?:[aiouz]|abad|stan|pur|ullah|uddin|ovich|grad|gaon)")
_INFLECTED = re.compile(r"(?:ed|ing|ly|ment|tion|s)$")
_ACRONYM = re.compile(r"[bcdfghjklmnpqrstvwxz]{3,6}")
_LOWER_INITIALS = ("a.m.", "p.m.", "e.g.", "i.e.")


# Kinds of place_words.csv whose words are no names on their own.
_NO_NAMES = (
    "common",
    "group",
    "site",
    "type",
    "direction",
    "locative",
    "near",
    "path",
    "person_verb",
    "title",
)


class CasingWord(Row):
    """A word that matters for capitals (``casing_words.csv``).

    ``no_name``: hardly ever a name, though it looks like one; ``calendar``: a month or weekday;
    ``place_prefix``: what follows is a name (San); ``place_type``: what precedes is one (province);
    ``passage``: labels a passage when in brackets; ``no_acronym``: without vowels, but no acronym.
    """

    word: str
    kind: Literal["no_name", "calendar", "place_prefix", "place_type", "passage", "no_acronym"]


@dataclass(frozen=True, slots=True)
class Names:
    """Known names: by their first word in lower case, all their words in lower case and as written."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = field(repr=False)
    common: frozenset[str] = field(repr=False)  # words that are no names on their own
    titles: frozenset[str] = field(repr=False)
    given: frozenset[str] = field(repr=False)
    place_prefixes: frozenset[str] = field(repr=False)
    place_types: frozenset[str] = field(repr=False)
    no_acronyms: frozenset[str] = field(repr=False)


@cache
def load_names() -> Names:
    """The names of countries, capitals, peoples, actors, persons, months and weekdays in our dictionaries."""
    kinds: dict[str, set[str]] = {}
    for place_word in read_table(PlaceWord, "place_words"):
        kinds.setdefault(place_word.kind, set()).add(place_word.word)
    for casing_word in read_table(CasingWord, "casing_words"):
        kinds.setdefault(casing_word.kind, set()).add(casing_word.word)
    calendar = kinds["calendar"]
    common = kinds["no_name"].union(*(kinds.get(kind, ()) for kind in _NO_NAMES))
    common -= {word.lower() for word in calendar} - kinds["no_name"]
    given = frozenset(word for word in kinds.get("given", ()) if word not in common)
    written = [*calendar, *(row.demonym for row in read_table(DemonymRow, "demonyms"))]
    for country in load_countries():
        written += [country.country, *country.names, *((country.capital,) if country.capital else ())]
    for actor in read_table(ActorRow, "actors"):
        written += [actor.name, *actor.aliases.split("|"), *actor.local_aliases.split("|")]
    return Names(
        phrases=_index((*written, *(name.capitalize() for name in given)), frozenset(common)),
        common=frozenset(common),
        titles=frozenset(kinds.get("title", ())),
        given=given,
        place_prefixes=frozenset(kinds["place_prefix"]),
        place_types=frozenset(kinds["place_type"]),
        no_acronyms=frozenset(kinds["no_acronym"] | kinds["passage"]),
    )


def _index(
    written: Iterable[str], common: frozenset[str]
) -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for name in written:
        pieces = tuple(_WORD.findall(name))
        lowered = tuple(piece.lower() for piece in pieces)
        if "{" in name or not pieces or name == name.lower():
            continue
        if len(pieces) == 1 and (lowered[0] in common or len(lowered[0]) < 3):
            continue
        if all(len(low) == len(piece) for low, piece in zip(lowered, pieces, strict=True)):
            found.setdefault(lowered[0], {}).setdefault(lowered, pieces)
    return MappingProxyType({first: tuple(sorted(by.items(), key=lambda i: -len(i[0]))) for first, by in found.items()})


def readable(text: str, names: Names | None = None) -> str:
    """Give text without case the case that the parser knows, keeping its length so that offsets stay valid.

    Args:
        text: a sentence.
        names: the names to capitalise; ours by default.

    Returns:
        ALL-CAPS text in sentence case, text without capitals with a first capital, both with known names
        capitalised; text in mixed case as it is.
    """
    upper = sum(map(str.isupper, text))
    small = sum(map(str.islower, text))
    if upper + small < MIN_LETTERS or (upper and small > SMALL_SHARE * (upper + small)):
        return text
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    cased = _named(lowered, names or load_names())
    for match in _INITIALS.finditer(lowered):
        if match.group() not in _LOWER_INITIALS:
            cased[match.start() : match.end()] = match.group().upper()
    start = next((i for i, c in enumerate(cased) if c.isalnum()), 0)
    cased[start] = _same_length(cased[start], cased[start].upper())
    return "".join(cased)


def _named(lowered: str, names: Names) -> list[str]:
    """The characters of lower-case text with capitals in its names."""
    out = list(lowered)
    matches = list(_WORD.finditer(lowered))
    tokens = [match.group().removesuffix("'s").removesuffix("’s") for match in matches]
    written = _known(tokens, names)
    person = False  # the word before is a title or part of a person's name
    for i, token in enumerate(tokens):
        gap = lowered[matches[i - 1].end() : matches[i].start()] if i else "."
        before = tokens[i - 1] if gap.isspace() else ""
        person = bool(before) and (person or before in names.titles or before in names.given)
        if i not in written:
            if _is_acronym(token, matches[i], lowered, names):
                written[i] = token.upper()
            elif _is_name(token, before, tokens[i + 1 : i + 2], person, names):
                written[i] = token.capitalize()
        person = person and i in written
    for i in sorted(written, reverse=True):
        if i and (tokens[i - 1] in names.titles or tokens[i - 1] in names.place_prefixes):
            written.setdefault(i - 1, tokens[i - 1].capitalize())
    for i, piece in written.items():
        start = matches[i].start()
        if len(piece) == len(tokens[i]):
            out[start : start + len(piece)] = piece
    return out


def _known(tokens: Sequence[str], names: Names) -> dict[int, str]:
    """The tokens that belong to known names, as they are written, by position; the longest name wins."""
    written: dict[int, str] = {}
    i = 0
    while i < len(tokens):
        found = next((p for p in names.phrases.get(tokens[i], ()) if tuple(tokens[i : i + len(p[0])]) == p[0]), None)
        if found:
            written.update((i + k, piece) for k, piece in enumerate(found[1]))
        i += len(found[0]) if found else 1
    return written


def _is_acronym(token: str, match: re.Match[str], lowered: str, names: Names) -> bool:
    """Whether a word has no vowels or stands alone in square brackets, as in "front [fmln]"."""
    if token in names.no_acronyms:
        return False
    bracketed = lowered[match.start() - 1 : match.start()] == "[" and lowered[match.end() : match.end() + 1] == "]"
    return bool(_ACRONYM.fullmatch(token)) or (bracketed and len(token) <= 6 and token.isalpha())


def _is_name(token: str, before: str, after: Sequence[str], person: bool, names: Names) -> bool:
    """Whether a word in no dictionary of names looks like one: by its neighbours or by its ending."""
    if token in names.common or not token.isalpha():
        return False
    if before in names.place_prefixes or (after and after[0] in names.place_types and len(token) > 3):
        return True
    if person and not _INFLECTED.search(token):
        return True
    return _NAME_ENDING.fullmatch(token) is not None


def _same_length(old: str, new: str) -> str:
    return new if len(new) == len(old) else old
