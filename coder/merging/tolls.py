"""One toll from several: updates, contradictions, better sources, the lowest (CODEBOOK 1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .told import Told

_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|no fewer than|not less than|upwards of|a minimum of)\W+(?:\w+\W+)?$", re.I
)
_UP_TO = re.compile(r"\b(?:up to|as many as|at most)\W+(?:\w+\W+)?$", re.I)
# How much a figure is worth: the lowest of the best kind is taken.
BETTER, PLAIN, PARTISAN, UNSURE = 0, 1, 2, 3
_EVIDENCE = frozenset({"documentation", "admission", "confirmation", "revelation"})
_DISTANT = frozenset({"claim", "claim_of_responsibility"})


class Range(NamedTuple):
    """The deaths that a wording allows; ``high`` is None for "at least"."""

    low: int
    high: int | None


class Figure(NamedTuple):
    """A toll that somebody gives, and what it is worth."""

    claim: Told
    best: int
    range: Range
    voice: str
    worth: int
    update: bool

    @property
    def published(self) -> date:
        """When it was told; unknown days come first, so that they are the ones to be updated."""
        return self.claim.published or date.min


@dataclass(frozen=True, slots=True)
class Verdict:
    """The toll of an event, and how it came about."""

    best: int
    low: int
    high: int
    current: tuple[Figure, ...]  # what each voice says last
    superseded: tuple[Figure, ...]
    taken: Figure | None

    @property
    def conflicting(self) -> tuple[Figure, ...]:
        """The current figures that contradict another voice's."""
        if len({f.best for f in self.current}) < 2:
            return ()
        return tuple(f for f in self.current if any(_disjoint(f, g) for g in self.current))


_NOTHING = Verdict(0, 0, 0, (), (), None)


def figure(claim: Told) -> Figure | None:
    """The toll that a claim gives; None when it says nothing of deaths."""
    if claim.fatalities is None:
        return None
    before, text = "", claim.fatalities_text or ""
    low, high = claim.fatalities_low or 0, claim.fatalities_high
    if claim.bounded and text:
        before = claim.sentence.partition(text)[0]
        if _AT_LEAST.search(before) or _AT_LEAST.match(f"{text[:14]} "):
            high = None
    voice = claim.source or f"\0{claim.publisher or claim.article_id}"
    return Figure(claim, claim.fatalities, Range(low, high), _plain(voice), _worth(claim, before), claim.updates)


def _plain(voice: str) -> str:
    return voice.casefold().removeprefix("the ")


def _worth(claim: Told, before: str) -> int:
    unsure = claim.fatalities == 0 and (claim.fatalities_high or 0) > 0
    if unsure or claim.claim_type == "hearsay" or (before and _UP_TO.search(before)):
        return UNSURE
    if claim.source_interest == "self_serving" or claim.claim_type in _DISTANT:
        return PARTISAN
    if claim.claim_type in _EVIDENCE or claim.source_type == "medical" or claim.source_interest == "against_interest":
        return BETTER
    return PLAIN


def contradict(claims: Iterable[Told], others: Iterable[Told]) -> bool:
    """Whether two groups of claims give tolls of which no two agree."""
    first = [f for f in map(figure, claims) if f and f.worth != UNSURE]
    second = [f for f in map(figure, others) if f and f.worth != UNSURE]
    if not first or not second:
        return False
    if any(f.update for f in (*first, *second)):
        return False
    return all(_apart(f.range, g.range) for f in first for g in second)


def agree(claims: Iterable[Told], others: Iterable[Told]) -> bool:
    """Whether both groups give a toll of somebody dead, and two of them can be the same."""
    first = [f for f in map(figure, claims) if f and f.best > 0]
    second = [f for f in map(figure, others) if f and f.best > 0]
    return any(not _apart(f.range, g.range) for f in first for g in second)


def settle(claims: Sequence[Told]) -> Verdict:
    """The toll of an event from all its claims (CODEBOOK 1.5).

    Within an article and voice the largest number is the whole. Of what one voice says on several days the last
    counts; a figure told as an update supersedes earlier ones of others too, unless theirs are partisan. Then the
    lowest of the best kind is taken: documented, medical or admitted before plain reports, these before figures
    that serve their source, these before "up to" and "feared dead". Never a sum.

    Args:
        claims: the claims of one event, in their order.
    """
    figures = [f for claim in claims if claim.fatalities is not None and (f := figure(claim))]
    if not figures:
        return _NOTHING
    if len(figures) == 1:
        only = figures[0]
        return Verdict(only.best, only.range.low, only.claim.fatalities_high or 0, (only,), (), only)
    low = min([f.range.low for f in figures])
    high = max([f.claim.fatalities_high or 0 for f in figures])
    whole = _whole(figures)
    old = [len(whole) > 1 and _outdated(f, whole) for f in whole]
    current = tuple(f for f, gone in zip(whole, old, strict=True) if not gone)
    superseded = tuple(f for f, gone in zip(whole, old, strict=True) if gone)
    taken = min(current, key=lambda f: (f.worth, f.best))
    return Verdict(taken.best, low, high, current, superseded, taken)


def _whole(figures: Sequence[Figure]) -> list[Figure]:
    """The largest number of each voice in each article: smaller ones are parts of it."""
    best: dict[tuple[str, str], Figure] = {}
    for f in figures:
        at = f.claim.article_id, f.voice
        known = best.get(at)
        if known is None or (f.update, -f.worth, f.best) > (known.update, -known.worth, known.best):
            best[at] = f
    return list(best.values())


def _outdated(f: Figure, figures: Sequence[Figure]) -> bool:
    for g in figures:
        later = g.published > f.published or (g.update and not f.update and g.claim.article_id == f.claim.article_id)
        if later and (g.voice == f.voice or (g.update and f.worth != PARTISAN)) and g.worth <= f.worth + 1:
            return True
    return False


def _apart(a: Range, b: Range) -> bool:
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def _disjoint(f: Figure, g: Figure) -> bool:
    return f.voice != g.voice and UNSURE not in (f.worth, g.worth) and _apart(f.range, g.range)
