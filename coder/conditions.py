"""The conditions of rules: words and classes around a trigger that must or must not be there.

They are checked as early as they can be, because most triggers of a story that is about something else end here:
those on the words of the sentence when it is tagged (:func:`hopeful`), before the parser runs; those on the words
around the trigger when it is parsed (:func:`screen`), before its actors, places and sources are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .records import Frame, Parse, Phrase
from .triggers import Match, Pattern, TriggerIndex, match, nominees, same_word

Classes = Callable[[Phrase], frozenset[str]]  # the classes an actor reading gives a phrase

_OF_WORDS = ("context", "before", "after", "modifier")  # the others need the roles
_PREMODIFIERS = ("compound", "amod", "nmod", "advmod", "poss", "nummod", "det")
_THINGS = frozenset({"property", "place", "position", "weapon"})  # classes of things
_TELLING = frozenset(  # nouns that a trigger may modify and still tell of its event: "shooting death"
    "death deaths campaign operation operations spree wave series incident incidents victim victims".split()
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that did not become a frame, and why; shown by ``explain``."""

    rule_id: str
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Screened:
    """The triggers of a sentence whose words fit, best first, and those that were dropped."""

    matches: tuple[Match, ...]
    dropped: tuple[Dropped, ...]


def screen(parse: Parse, index: TriggerIndex) -> Screened:
    """Match a sentence's triggers and check the conditions on words alone.

    Args:
        parse: the sentence.
        index: the triggers of all active rules.
    """
    fitting: list[Match] = []
    dropped: list[Dropped] = []
    for found in match(parse, index):
        reason = _misfit(parse, found)
        if reason:
            dropped.append(drop(parse, found, reason))
        else:
            fitting.append(found)
    return Screened(tuple(fitting), tuple(dropped))


def hopeful(lower: Sequence[str], tags: Sequence[str], index: TriggerIndex) -> bool:
    """Whether a tagged sentence may hold a trigger that :func:`screen` lets pass: a necessary condition.

    Args:
        lower: its words in lower case.
        tags: their part-of-speech tags.
        index: the triggers of all active rules.
    """
    words = [word for word in lower if word != "-"]
    return any(_in_context(words, pattern) for _, pattern in nominees(lower, tags, index))


def _in_context(words: list[str], pattern: Pattern) -> bool:
    """Whether the conditions on the whole sentence hold, whichever of its words turn out to be the trigger's."""
    barred, required = pattern.rule.excludes.context, pattern.rule.requires.context
    if required and not _has(words, required):
        return False
    if not barred or not _has(words, barred):
        return True
    own = (word for word in words if any(same_word(word, part) for part in (pattern.first, *pattern.rest)))
    return not _has(words, barred, frozenset(own))


def drop(parse: Parse, found: Match, reason: str) -> Dropped:
    """The record of a trigger that is no frame."""
    text = " ".join(parse.words[t] for t in found.tokens)
    return Dropped(found.rule.id, text, parse.starts[found.tokens[0]], parse.ends[found.tokens[-1]], reason)


def refuse(parse: Parse, found: Match, frame: Frame, classes: Classes) -> str:
    """Why a screened trigger is no frame by its objects, subjects, actors or targets, or ""."""
    for key, words in found.rule.excludes:
        if words and key not in _OF_WORDS and _holds(key, words, parse, frame, classes, heads=True):
            return _reason("excludes", key, words)
    for key, words in found.rule.requires:
        if words and key not in _OF_WORDS and not _holds(key, words, parse, frame, classes):
            return _reason("requires", key, words)
    return ""


def _misfit(parse: Parse, found: Match) -> str:
    """Why the words around a trigger keep its rule silent, or ""; none of its own words can do so alone."""
    own = frozenset(parse.lower[token] for token in found.tokens)
    for key, words in found.rule.excludes:
        if words and key in _OF_WORDS and _has(_window(key, parse, found), words, own):
            return _reason("excludes", key, words)
    for key, words in found.rule.requires:
        if words and key in _OF_WORDS and not _has(_window(key, parse, found), words):
            return _reason("requires", key, words)
    modifies = found.pos == "noun" and parse.deps[found.head] in ("compound", "nmod")
    telling = parse.lower[parse.heads[found.head]] in _TELLING
    return "a modifier of another noun" if modifies and not telling else ""


def _reason(kind: str, key: str, words: tuple[str, ...]) -> str:
    return f"{kind}.{key}: {', '.join(words[:4])}"


def _holds(key: str, words: tuple[str, ...], parse: Parse, frame: Frame, classes: Classes, heads: bool = False) -> bool:
    """Whether a condition on a party holds; ``heads``: nouns before a known head do not count."""
    if key in ("actor", "target"):
        phrases = frame.actors if key == "actor" else frame.targets
        return any(classes(p) & set(words) for p in phrases) or ("none" in words and not phrases)
    phrases = frame.targets if key == "object" else (*frame.actors, *frame.instruments)
    if not heads:
        return any(_has(_plain(parse, p.lo, p.hi), words) for p in phrases)
    return any(_has(_plain(parse, p.lo, p.hi), words, _modifying(parse, p, classes(p), key)) for p in phrases)


def _modifying(parse: Parse, phrase: Phrase, found: frozenset[str], key: str) -> frozenset[str]:
    """The nouns that stand before a phrase's head and nowhere else in it, if the dictionaries have the head.

    "A tax office" is no tax, and "a car bombing" that kills is no car; but "a takeover attempt" may be a takeover.
    """
    happening = key == "subject" and "event" in found
    if not (found & _THINGS or happening or {"person", "listed"} <= found):
        return frozenset()
    before = {parse.lower[k] for k in range(phrase.lo, phrase.head) if parse.tags[k].startswith("NN")}
    if {"person", "listed"} <= found:  # "the captain of a ship" is no ship
        return frozenset(before.union(parse.lower[phrase.head + 1 : phrase.hi]) - {parse.lower[phrase.head]})
    return frozenset(before.difference(parse.lower[phrase.head : phrase.hi]))


def _window(key: str, parse: Parse, found: Match) -> list[str]:
    """The words that a condition looks at."""
    first, end = found.tokens[0], found.tokens[-1] + 1
    if key == "before":
        return _plain(parse, max(0, first - 3), first)
    if key == "after":
        return _plain(parse, end, min(len(parse), end + 3))
    if key == "modifier":
        before = (c for c in parse.children[found.head] if c < found.head and parse.deps[c] in _PREMODIFIERS)
        return _plain(parse, min((parse.left[c] for c in before), default=first), found.head)
    return _plain(parse, 0, len(parse))


def _plain(parse: Parse, lo: int, hi: int) -> list[str]:
    return [word for word in parse.lower[lo:hi] if word != "-"]


class _Entries(NamedTuple):
    """The entries of a list: its words, also in the plural, and the rest of its phrases by their first word."""

    single: frozenset[str]
    longer: Mapping[str, tuple[tuple[str, ...], ...]]


@lru_cache(maxsize=4096)
def _entries(words: tuple[str, ...]) -> _Entries:
    """Entries by their first word, so that a long list costs no more than a short one."""
    longer: dict[str, list[tuple[str, ...]]] = {}
    for entry in words:
        if " " in entry or "-" in entry:
            first, *rest = entry.lower().replace("-", " ").split()
            longer.setdefault(first, []).append(tuple(rest))
    phrases = {first: tuple(rests) for first, rests in longer.items()}
    single = [entry.lower() for entry in words]
    return _Entries(frozenset(entry + ending for ending in ("", "s", "es") for entry in single), phrases)


def _has(tokens: list[str], words: tuple[str, ...], own: frozenset[str] = frozenset()) -> bool:
    """Whether one of the entries stands among some words; a single word that is one of ``own`` counts not."""
    single, longer = _entries(words)
    if not single.isdisjoint(tokens) and any(token in single and token not in own for token in tokens):
        return True
    if longer.keys().isdisjoint(tokens):
        return False
    return any(_continues(tokens[at + 1 :], rest) for at, token in enumerate(tokens) for rest in longer.get(token, ()))


def _continues(tokens: list[str], rest: tuple[str, ...]) -> bool:
    return len(tokens) >= len(rest) and all(map(same_word, tokens, rest))
