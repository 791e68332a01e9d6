"""Weeks, months and years around an anchor, and "N days ago", "two weeks later" (CODEBOOK 1.6)."""

from __future__ import annotations

from datetime import date, timedelta

from . import numbers
from .date_spans import (
    COARSE,
    NO_ANCHOR,
    NO_DATE,
    Anchor,
    Resolved,
    clipped,
    month_span,
    one_day,
    span,
    weekday,
    year_span,
)

# Vague numbers of units, as the least and the most that they cover.
_VAGUE = {
    "several": (3, 7),
    "a few": (2, 5),
    "a couple of": (1, 3),
    "many": (5, 20),
    "some": (2, 7),
    "": (2, 7),
    "a half": (0, 1),
}
_VAGUE_WEEKS = {"a few": (2, 4), "a couple of": (1, 3), "many": (5, 12)}


def largest(text: str | None, unit: str) -> int:
    """The most that a number of units covers ("a few" days: 5); 1 without a number."""
    if text is None:
        return 1
    if unit == "week" and text in _VAGUE_WEEKS:
        return _VAGUE_WEEKS[text][1]
    return _VAGUE[text][1] if text in _VAGUE else numbers.value(text) or 1


def days_up_to(base: date, days: int) -> Resolved:
    """The last ``days`` days up to ``base``."""
    return span(base - timedelta(days=days), base) if days < 40_000 else COARSE


def period_of(rel: str, unit: str, phase: str, anchor: Anchor) -> Resolved:
    """ "last week", "earlier this month", "the following year"; weeks begin on Monday."""
    relative = rel in ("same", "previous", "preceding", "following", "that", "that same")
    base = anchor.last if relative else anchor.published
    if base is None:
        return NO_ANCHOR if relative else NO_DATE
    step = (
        -1
        if rel in ("last", "previous", "preceding", "past", "this past")
        else int("next" in rel or rel == "following")
    )
    if unit == "year":
        return clipped(year_span(base.year + step), anchor)
    if unit == "month":
        if not step and phase in ("earlier", "later"):
            return _rest_of_month(base, phase)
        return clipped(month_span(base.year, base.month + step, phase), anchor)
    if unit == "weekend":
        return _weekend(base, rel, anchor)
    monday = base + timedelta(days=7 * step - base.weekday())
    first, last = monday, monday + timedelta(days=6)
    if step or relative:
        return part_of_week(first, phase)
    if phase.startswith("later") or not anchor.past or rel == "this coming":
        return span(base, last)
    return span(first, max(first, base - timedelta(days=1)) if phase.startswith("earl") else base)


def part_of_week(monday: date, phase: str) -> Resolved:
    """A week from its Monday, or the part of it that ``phase`` ("early", "the middle of", "end") names."""
    if "early" in phase or "beginning" in phase or "start" in phase:
        return span(monday, monday + timedelta(days=2))
    if "mid" in phase:
        return span(monday + timedelta(days=1), monday + timedelta(days=3))
    return span(monday + timedelta(days=3) if "late" in phase or "end" in phase else monday, monday + timedelta(days=6))


def _rest_of_month(base: date, phase: str) -> Resolved:
    if phase == "later":
        return span(base, month_span(base.year, base.month).last)._replace(precision=3)
    first = base.replace(day=1)
    return Resolved(first, max(first, base - timedelta(days=1)), 3)


def _weekend(base: date, rel: str, anchor: Anchor) -> Resolved:
    saturday = weekday(5, base)
    if rel in ("next", "this coming") or (rel == "this" and not anchor.past):
        saturday = weekday(5, base, past=False, strict=rel == "next")
    elif rel in ("last", "previous", "preceding") and saturday + timedelta(days=1) >= base:
        saturday -= timedelta(days=7)
    elif rel == "following":
        saturday = weekday(5, base, past=False, strict=True)
    return clipped(Resolved(saturday, saturday + timedelta(days=1), 2), anchor)


def after_event(unit: str, text: str, way: str, anchor: Anchor) -> Resolved | None:
    """ "on Tuesday, a day after X": the date of X, counted from the date before it in the sentence."""
    if unit in ("minute", "hour"):
        return None
    if not anchor.in_sentence or anchor.last is None:
        return Resolved(None, None, None, "relative_to_event")
    return shifted(anchor.last, text, unit, -1 if way == "after" else 1)


def shifted(base: date, text: str, unit: str, sign: int) -> Resolved:
    """``text`` units before (sign -1) or after (1) a day; weeks are good to three days."""
    if unit in ("minute", "hour"):
        count = numbers.value(text) or 0
        return one_day(base + timedelta(days=sign * (count // 24)))
    unit = "day" if unit == "night" else unit
    vague = text in _VAGUE
    low, high = _VAGUE[text] if vague else (numbers.value(text) or 0,) * 2
    if unit == "week" and text in _VAGUE_WEEKS:
        low, high = _VAGUE_WEEKS[text]
    elif unit == "week" and vague:
        low, high = 2, 6
    if unit == "day" and high < 3000:
        ends = sorted((base + timedelta(days=sign * low), base + timedelta(days=sign * high)))
        found = span(*ends)
        return found._replace(precision=max(found.precision or 1, 2)) if vague else found
    if unit in ("week", "fortnight") and high < 520:
        size = 7 if unit == "week" else 14
        if vague:
            return span(*sorted((base + timedelta(days=sign * size * low), base + timedelta(days=sign * size * high))))
        middle = base + timedelta(days=sign * size * low)
        return span(middle - timedelta(days=3), middle + timedelta(days=3))
    if vague or high > 500:
        return COARSE
    if unit == "month":
        return month_span(base.year, base.month + sign * low)
    return year_span(base.year + sign * low * (10 if unit == "decade" else 1))
