"""Finding place names: runs of capitalised words that the gazetteer knows, weighed by their neighbours.

Nothing is resolved here: a :class:`Mention` carries all places of its name and how much its surroundings
speak for a place. :mod:`.places` decides between them for the whole story.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from ..schema.countries import load_countries
from .gazetteer import SHORT, STRIPPED, Gazetteer, Match, fold
from .lexicon import Row, read_table
from .records import Sentence

MAX_TOKENS = 6
REJECTED = -9.0
Kind = Literal[
    "common",
    "given",
    "title",
    "group",
    "site",
    "type",
    "direction",
    "locative",
    "near",
    "path",
    "person_verb",
]
_TOKEN = re.compile(r"[^\W\d_]+(?:(?:['’ʼ‘](?![sS]\b)|[.&])[^\W\d_]+)*\.?|\d+")
_INSIDE_NAMES = """of de del della di da do dos du des la las le les el los al ar as ash ad at an az ez ed y e and
    the upon on sur i bin am im ul"""
_CONNECTORS = frozenset(_INSIDE_NAMES.split())
_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "ad", "an", "az", "at", "il"))
_UNIT_WORDS = """province governorate state region prefecture county parish department oblast district raion
    emirate division regency municipality"""
_UNITS = frozenset(_UNIT_WORDS.split())


class PlaceWord(Row):
    """A word that tells of place names (``place_words.csv``)."""

    word: str
    kind: Kind


class Demonym(Row):
    """The adjective or the people of a country (``demonyms.csv``)."""

    demonym: str
    iso3: str
    kind: Literal["adjective", "noun"]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words around place names, lower-case, by kind; and the demonyms."""

    common: frozenset[str]  # ordinary words that are also names of places
    given: frozenset[str]  # given names
    title: frozenset[str]  # before a person's name
    group: frozenset[str]  # after a name: a paper, a brigade, a club
    site: frozenset[str]  # after a name: something that stands there
    type: frozenset[str]  # kinds of places
    direction: frozenset[str]
    locative: frozenset[str]  # before a place where something is
    near: frozenset[str]  # locative, but not quite there
    path: frozenset[str]  # before a place something comes from or goes to
    person_verb: frozenset[str]  # after a person's name
    demonyms: Mapping[str, str] = field(repr=False)  # folded, to ISO3
    acronyms: frozenset[str] = frozenset()  # of countries, folded: "us", "uae"


def load_place_words(overlays: Sequence[Path] = ()) -> PlaceWords:
    """Read ``place_words.csv`` and ``demonyms.csv``, with the user's overlays after ours.

    Raises:
        LexiconError: naming file and line.
    """
    rows = read_table(PlaceWord, "place_words", overlays)
    kinds: dict[str, set[str]] = {kind: set() for kind in get_args(Kind)}
    for row in rows:
        kinds[row.kind].add(row.word.lower())
    names = {fold(row.demonym): row.iso3 for row in read_table(Demonym, "demonyms", overlays)}
    acronyms = frozenset(fold(n) for country in load_countries() for n in country.names if n.isupper())
    return PlaceWords(**{kind: frozenset(found) for kind, found in kinds.items()}, demonyms=names, acronyms=acronyms)


@dataclass(slots=True)
class Mention:
    """A possible place name in the text."""

    start: int
    end: int
    text: str
    key: str
    matches: tuple[Match, ...]
    sentence: int
    evidence: float
    demonym: str | None = None  # ISO3
    generic: bool = False  # a direction or an ordinary word, such as "Eastern" or "Centre"
    unit: bool = False  # said to be a province, district, state …
    named: bool = False  # said to be a place of some kind: "the village of X", "X district"
    outer: tuple[Match, ...] = ()  # what contains it, by the text
    holder: Mention | None = None  # the mention of what contains a name that the gazetteer lacks
    loose: bool = False  # in text whose capitals tell nothing
    inner: tuple[Match, ...] = ()  # what it contains, by the text
    region: bool = False  # said to be a region: a first-order unit, or just the surroundings of a town
    plural: bool = False  # "X and Y provinces": what it is counts for the whole list
    sure: bool = False  # the container follows a comma or is a possessor

    @property
    def country(self) -> bool:
        """Whether the name is a country's."""
        return any(m.place.feature == "PCLI" for m in self.matches)


class Words:
    """The words of one sentence, and what can be asked about them."""

    __slots__ = ("capital", "ends", "loose", "lower", "sentence", "starts", "texts")

    def __init__(self, sentence: Sentence, loose: bool = False) -> None:
        self.sentence = sentence
        found = list(_TOKEN.finditer(sentence.text))
        self.texts = [m.group() for m in found]
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.lower = [t.lower().rstrip(".") for t in self.texts]
        upper = sum(map(str.isupper, self.texts))
        self.loose = loose or (len(found) > 4 and upper > 0.6 * len(found))
        self.capital = [self.loose or t[0].isupper() for t in self.texts]

    def __len__(self) -> int:
        return len(self.texts)

    def gap(self, token: int) -> str:
        """What stands between the word before ``token`` and ``token``."""
        return self.sentence.text[self.ends[token - 1] : self.starts[token]] if 0 < token < len(self) else "."

    def adjacent(self, token: int) -> bool:
        """Whether only white space or a hyphen parts ``token`` from the word before."""
        gap = self.gap(token)
        return (gap == "-" or gap.isspace()) and not self._stops(token - 1)

    def _stops(self, token: int) -> bool:
        text = self.texts[token]
        return text[-1] == "." and len(text) > 5 and "." not in text[:-1]

    def left(self, token: int, skip: frozenset[str]) -> int:
        """The nearest word before ``token`` that is none of ``skip``; -1 at a break or the beginning."""
        while token > 0 and self.adjacent(token):
            token -= 1
            if self.lower[token] not in skip:
                return token
        return -1


def scan(words: Words, gazetteer: Gazetteer, lexicon: PlaceWords) -> list[Mention]:
    """All possible place names of a sentence, longest first from left to right, with their evidence."""
    found: list[Mention] = []
    spans: list[tuple[int, int]] = []
    token = 0
    while token < len(words):
        hit = None
        if words.capital[token] or _article(words, token):
            hit = _longest(words, token, gazetteer, lexicon) or _unknown(words, token, lexicon)
        if hit is None:
            token += 1
            continue
        stop, key, matches = hit
        found.append(_mention(words, token, stop, key, matches, lexicon))
        spans.append((token, stop))
        token = stop
    _weigh(words, found, spans, lexicon)
    return found


def _unknown(words: Words, token: int, lexicon: PlaceWords) -> tuple[int, str, tuple[Match, ...]] | None:
    """A name that no gazetteer has, but that the text says is a place: "the village of X", "in X village"."""
    if words.loose or words.lower[token] in lexicon.common or words.lower[token] in lexicon.title:
        return None
    stop = token + 1
    while stop < len(words) and stop - token < 3 and words.adjacent(stop) and words.capital[stop]:
        if words.lower[stop] in lexicon.type or words.lower[stop] in lexicon.site:
            break
        stop += 1
    left = words.left(token, lexicon.direction | {"the"})
    before = words.lower[left] if left >= 0 else ""
    if before == "of" and left > 0 and words.lower[left - 1] in lexicon.type:
        return stop, "", ()
    typed = stop < len(words) and words.adjacent(stop) and words.lower[stop] in lexicon.type
    if typed and (before in lexicon.locative or before in lexicon.path):
        return stop, "", ()
    return None


def _article(words: Words, token: int) -> bool:
    """An Arabic article in small letters before a capital: "al-Bab"."""
    return (
        words.lower[token] in _ARTICLES
        and token + 1 < len(words)
        and words.capital[token + 1]
        and words.gap(token + 1) == "-"
    )


def _longest(
    words: Words, token: int, gazetteer: Gazetteer, lexicon: PlaceWords
) -> tuple[int, str, tuple[Match, ...]] | None:
    last = token + 1
    while last < len(words) and last - token < MAX_TOKENS and words.adjacent(last):
        if not (words.capital[last] or words.lower[last] in _CONNECTORS):
            break
        last += 1
    text, base = words.sentence.text, words.starts[token]
    for stop in range(last, token, -1):
        if not words.capital[stop - 1]:
            continue
        key = fold(text[base : words.ends[stop - 1]])
        matches = gazetteer.matches(key)
        known = matches or key in lexicon.demonyms
        if known and _possible(words, token, stop, key, matches, lexicon):
            return stop, key, matches
    return None


def _possible(words: Words, token: int, stop: int, key: str, matches: tuple[Match, ...], lexicon: PlaceWords) -> bool:
    """Whether a match can be a place name at all, by its form."""
    text = words.texts[token]
    if stop - token > 1:
        if words.lower[token] in lexicon.common and all(m.tier == STRIPPED for m in matches):
            return False  # "Police Department" is no "Police"
        return not words.loose or words.lower[token] not in _CONNECTORS
    if len(key) < 2:
        return False
    country = any(m.place.feature == "PCLI" for m in matches)
    if country and key in lexicon.acronyms:
        return "." in text[:-1] or (text.isupper() and not words.loose)
    if all(m.tier == SHORT for m in matches) and key not in lexicon.demonyms:
        return words.gap(token).strip() == "," or (not words.loose and "." in text[:-1])
    if len(key) == 2:
        return False
    if words.loose:
        return _possible_loose(words, token, stop, key, matches, lexicon, country)
    return True


def _possible_loose(
    words: Words,
    token: int,
    stop: int,
    key: str,
    matches: tuple[Match, ...],
    lexicon: PlaceWords,
    country: bool,
) -> bool:
    """Without capitals to go by: countries, large cities, names after a preposition or beside a type word."""
    if country or key in lexicon.demonyms:
        return True
    typed = stop < len(words) and words.adjacent(stop) and words.lower[stop] in lexicon.type
    if key in lexicon.common or key in lexicon.given or key in lexicon.title:
        return False
    if typed or any(m.tier == 0 and (m.place.population > 1_000_000 or m.place.feature == "PPLC") for m in matches):
        return True
    left = words.left(token, lexicon.direction)
    before = words.lower[left] if left >= 0 else ""
    return before in lexicon.locative or before in lexicon.path or (before == "of" and len(key) > 3)


def _mention(words: Words, token: int, stop: int, key: str, matches: tuple[Match, ...], lexicon: PlaceWords) -> Mention:
    base = words.sentence.start
    end = words.ends[stop - 1]
    final = words.texts[stop - 1]
    if final[-1] == "." or words.gap(token).strip() == ",":
        short = tuple(m for m in matches if m.tier == SHORT)
        if short and (words.gap(token).strip() == "," or "." in final[:-1]):
            matches = short
    if final[-1] == "." and "." not in final[:-1] and not any(m.tier == SHORT for m in matches):
        end -= 1
    start = words.starts[token]
    country = any(m.place.feature == "PCLI" for m in matches)
    key = key or "?" + fold(words.sentence.text[start:end])
    return Mention(
        start=base + start,
        end=base + end,
        text=words.sentence.text[start:end],
        key=key,
        matches=matches,
        sentence=words.sentence.index,
        loose=words.loose,
        evidence=0.0,
        demonym=None if country else lexicon.demonyms.get(key),
    )


def _weigh(words: Words, found: list[Mention], spans: list[tuple[int, int]], lexicon: PlaceWords) -> None:
    taken = {token for start, stop in spans for token in range(start, stop)}
    for number, (mention, (start, stop)) in enumerate(zip(found, spans, strict=True)):
        mention.evidence = (
            _form(words, start, stop, mention, lexicon)
            + _before(words, start, mention, lexicon)
            + _after(words, stop, mention, lexicon)
            + _embedded(words, start, stop, mention, lexicon, taken)
        )
        if number and _listed(words, spans[number - 1][1], start):
            mention.evidence += max(0.0, min(1.5, 0.7 * found[number - 1].evidence))
    for number in range(len(found) - 1, 0, -1):
        one, other = found[number - 1 : number + 1]
        if other.plural and _listed(words, spans[number - 1][1], spans[number][0]) and not one.country:
            one.plural, one.named, one.unit = True, True, other.unit
            one.evidence = max(one.evidence, other.evidence)


def _form(words: Words, start: int, stop: int, mention: Mention, lexicon: PlaceWords) -> float:
    """What the name itself tells."""
    if stop - start > 1:
        kinds = (lexicon.direction, lexicon.type, lexicon.common)
        mention.generic = all(any(word in kind for kind in kinds) for word in words.lower[start:stop])
        if words.lower[stop - 1] in _UNITS:
            return 0.5 + _name_type(mention, words.lower[stop - 1])
        return 0.5
    text = words.texts[start]
    score = 0.0
    odd = mention.key in lexicon.common or words.lower[start] in lexicon.type or mention.key in lexicon.direction
    if odd and not mention.country:
        mention.generic = True
        score -= 3.0
    if mention.key in lexicon.given or words.lower[start] in lexicon.title:
        score -= 1.5
    if text.isupper() and len(text) <= 5 and not words.loose and not mention.country and "." not in text:
        score -= 3.0
    return score


def _before(words: Words, start: int, mention: Mention, lexicon: PlaceWords) -> float:
    """What the words before the name tell."""
    left = words.left(start, lexicon.direction)
    if left < 0:
        return -0.5 if start == 0 and not words.loose else 0.0
    word = words.lower[left]
    if word == "the":
        left = words.left(left, lexicon.direction)
        word = words.lower[left] if left >= 0 else ""
    if word in lexicon.type and (words.loose or not words.capital[left]):
        return _name_type(mention, word)
    if word == "of" and left > 0 and words.lower[left - 1] in lexicon.type and words.adjacent(left):
        return _name_type(mention, words.lower[left - 1])
    if word in lexicon.locative:
        return 2.2
    if word in lexicon.path:
        return 1.4
    if word == "of":
        return 0.8
    if word in lexicon.title and words.capital[left] and not words.loose:
        return -5.0
    return 0.0


def _name_type(mention: Mention, word: str) -> float:
    mention.named = True
    mention.unit = word in _UNITS
    mention.region = word == "region"
    return 3.0


def _after(words: Words, stop: int, mention: Mention, lexicon: PlaceWords) -> float:
    """What the word after the name tells."""
    if stop >= len(words) or not words.adjacent(stop) or words.gap(stop) == "-":
        return 0.0
    word = words.lower[stop]
    kind = _singular(word, lexicon)
    if kind:
        if mention.demonym is not None or (mention.country and not words.loose):
            return 0.0
        mention.plural = kind != word
        return _name_type(mention, kind)
    if word in lexicon.person_verb and not mention.demonym and not mention.country:
        return -1.2
    return 0.0


def _singular(word: str, lexicon: PlaceWords) -> str:
    """A word for a kind of place, from its plural too; empty if it is none."""
    forms = (word, word[:-1], word[:-3] + "y") if word.endswith("s") else (word,)
    return next((form for form in forms if form in lexicon.type), "")


def _embedded(words: Words, start: int, stop: int, mention: Mention, lexicon: PlaceWords, taken: set[int]) -> float:
    """Whether the name is part of a longer one: a person's, a group's, a site's."""
    if words.loose:
        return 0.0
    score = 0.0
    if stop < len(words) and words.adjacent(stop) and words.capital[stop] and words.texts[stop][0].isalpha():
        score += _right(words.lower[stop], mention, lexicon, stop in taken)
    if start > 0 and words.adjacent(start) and words.capital[start - 1]:
        word = words.lower[start - 1]
        first = start == 1
        if len(word) == 1 and words.gap(start) == "-":
            pass  # "D-Charleston"
        elif word in lexicon.given and not (first and word in lexicon.common):
            score -= 5.0
        elif start - 1 in taken or word in lexicon.direction or word in lexicon.type or word in lexicon.title:
            pass
        elif not (first and (word in lexicon.common or word in lexicon.locative or word in lexicon.path)):
            score -= 2.5
    return score


def _right(word: str, mention: Mention, lexicon: PlaceWords, taken: bool) -> float:
    if word in lexicon.group:
        return 0.0 if mention.country or mention.demonym else -6.0
    if word in lexicon.type or word in lexicon.site:
        return 0.3
    if mention.key in lexicon.given:
        return -5.0
    if taken or mention.country or mention.demonym:
        return 0.0
    return -2.5


def _listed(words: Words, stop: int, start: int) -> bool:
    """Whether two names are neighbours in a list: "Homs, Hama and Idlib"."""
    between = words.sentence.text[words.ends[stop - 1] : words.starts[start]].strip()
    return between in (",", "and", ", and", "or", "&", "-", "/")


def people(words: Words, lexicon: PlaceWords) -> set[str]:
    """The words of a sentence that belong to a person's name: after a title or a given name."""
    if words.loose:
        return set()
    out: set[str] = set()
    token = 0
    while token < len(words) - 1:
        word = words.lower[token]
        if words.capital[token] and (word in lexicon.title or word in lexicon.given):
            at = token + 1
            while at < len(words) and words.capital[at] and words.adjacent(at) and at - token < 4:
                if words.lower[at] in lexicon.common or fold(words.texts[at]) in lexicon.demonyms:
                    break
                if words.lower[at] not in lexicon.type and words.lower[at] not in lexicon.site:
                    out.add(fold(words.texts[at]))
                at += 1
            if word in lexicon.given and at > token + 1:
                out.add(fold(words.texts[token]))
            token = at
        token += 1
    return out
