"""One toll from several: updates, contradictions, better sources, the lowest (CODEBOOK 1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from .figures import PARTISAN, UNSURE, UNTOLD, Figure, Range
from .told import Told


class Verdict(NamedTuple):
    """The toll of an event, and which claims' figures it came from."""

    best: int
    low: int
    high: int
    current: tuple[Told, ...] = ()  # what each voice says last
    superseded: tuple[Told, ...] = ()
    conflicting: tuple[Told, ...] = ()  # the current figures that contradict another voice's
    taken: Told | None = None


_NOTHING = Verdict(0, 0, 0)


def contradict(claims: Iterable[Told], others: Iterable[Told]) -> bool:
    """Whether two groups of claims give tolls of which no two agree."""
    first = [claim.figure for claim in claims if claim.figure.worth < UNSURE]
    second = [claim.figure for claim in others if claim.figure.worth < UNSURE]
    if not first or not second:
        return False
    if any(f.update for f in (*first, *second)):
        return False
    return all(_apart(f.range, g.range) for f in first for g in second)


def agree(claims: Iterable[Told], others: Iterable[Told]) -> bool:
    """Whether both groups give a toll of somebody dead, and two of them can be the same."""
    first = [claim.figure.range for claim in claims if claim.figure.best > 0]
    second = [claim.figure.range for claim in others if claim.figure.best > 0]
    return any(not _apart(a, b) for a in first for b in second)


def settle(claims: Sequence[Told]) -> Verdict:
    """The toll of an event from all its claims (CODEBOOK 1.5).

    Within an article and voice the largest number is the whole. Of what one voice says on several days the last
    counts; a figure told as an update supersedes earlier ones of others too, unless theirs are partisan. Then the
    lowest of the best kind is taken: documented, medical or admitted before plain reports, these before figures
    that serve their source, these before "up to" and "feared dead". Never a sum.

    Args:
        claims: the claims of one event, in their order.
    """
    deadly = [claim for claim in claims if claim.figure.worth != UNTOLD]
    if not deadly:
        return _NOTHING
    low = min([claim.figure.range.low for claim in deadly])
    high = max([claim.fatalities_high or 0 for claim in deadly])
    whole = _whole(deadly) if len(deadly) > 1 else deadly
    if len(whole) == 1:
        return Verdict(whole[0].figure.best, low, high, (whole[0],), taken=whole[0])
    old = [_outdated(claim, whole) for claim in whole]
    current = tuple([claim for claim, gone in zip(whole, old, strict=True) if not gone])
    superseded = tuple([claim for claim, gone in zip(whole, old, strict=True) if gone])
    taken = min(current, key=worth)
    return Verdict(taken.figure.best, low, high, current, superseded, _conflicting(current), taken)


def worth(claim: Told) -> tuple[int, bool, int]:
    """How much a claim's figure is worth; the lowest is taken, a number before a plural or a vague word."""
    low, high = claim.figure.range
    return claim.figure.worth, high is not None and low < high, claim.figure.best


def _whole(claims: Sequence[Told]) -> list[Told]:
    """The largest number of each voice in each article: smaller ones are parts of it."""
    best: dict[tuple[str, str], Told] = {}
    for claim in claims:
        f = claim.figure
        known = best.setdefault((claim.article_id, f.voice), claim).figure
        if (f.update, -f.worth, f.best) > (known.update, -known.worth, known.best):
            best[claim.article_id, f.voice] = claim
    return list(best.values())


def _outdated(claim: Told, claims: Sequence[Told]) -> bool:
    f, published = claim.figure, claim.published or date.min  # unknown days come first: they are to be updated
    for other in claims:
        g = other.figure
        if not (g.voice == f.voice or (g.update and f.worth != PARTISAN)) or g.worth > f.worth + 1:
            continue
        later = (other.published or date.min) > published
        if later or (g.update and not f.update and other.article_id == claim.article_id):
            return True
    return False


def _conflicting(claims: Sequence[Told]) -> tuple[Told, ...]:
    figures = [claim.figure for claim in claims]
    if len({f.best for f in figures}) < 2:
        return ()
    return tuple([claim for claim in claims if any(_disjoint(claim.figure, g) for g in figures)])


def _apart(a: Range, b: Range) -> bool:
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def _disjoint(f: Figure, g: Figure) -> bool:
    return f.voice != g.voice and UNSURE not in (f.worth, g.worth) and _apart(f.range, g.range)
