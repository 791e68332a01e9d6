"""Spans of days and the rules that make them from parts of dates (CODEBOOK 1.6)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from .date_grammar import MONTHS


class Resolved(NamedTuple):
    """A span of days, ACLED's time precision, and why it could not be resolved or is too coarse."""

    first: date | None
    last: date | None
    precision: int | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative expressions count from."""

    published: date | None
    last: date | None  # the last date that the story resolved
    past: bool  # False: the clause looks ahead
    in_sentence: bool = False  # ``last`` stands earlier in this sentence


NO_DATE = Resolved(None, None, None, "no_publication_date")
NO_ANCHOR = Resolved(None, None, None, "no_anchor")
COARSE = Resolved(None, None, None, "coarser_than_month")
INVALID = Resolved(None, None, None, "invalid_date")


def one_day(day: date | None) -> Resolved:
    """A single known day, precision 1."""
    return Resolved(day, day, 1) if day else INVALID


def span(first: date | None, last: date | None) -> Resolved:
    """A span: 1 for a day, 2 within a week, 3 within a month, else coarser than a month (CODEBOOK 1.6)."""
    if first is None or last is None or last < first:
        return INVALID
    days = (last - first).days + 1
    if days > 31:
        return Resolved(first, last, None, "coarser_than_month")
    return Resolved(first, last, 1 if days == 1 else 2 if days <= 8 else 3)


def year_span(first: int, last: int | None = None) -> Resolved:
    """Whole calendar years: too coarse to code."""
    try:
        return span(date(first, 1, 1), date(last or first, 12, 31))
    except ValueError:
        return INVALID


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def yearless(month: int, day: int, anchor: Anchor, rel: str | None = None) -> Resolved:
    """A day without year: the latest one up to publication, or the next one when the clause looks ahead."""
    base = anchor.published
    if base is None:
        return NO_DATE
    ahead = rel == "next" or (not anchor.past and rel is None)
    years = range(base.year, base.year + 9) if ahead else range(base.year + 1, base.year - 9, -1)
    slack = timedelta(days=0 if rel else 1)  # the reader's calendar day may be ahead of the publisher's
    for year in years:
        found = make_day(year, month, day)
        if found and (found >= base - timedelta(days=31) if ahead else found <= base + slack):
            return one_day(found)
    return INVALID


def month_span(year: int, month: int, phase: str | None = None) -> Resolved:
    """A calendar month, or the part of it that ``phase`` ("early", "mid", "the first week of") names."""
    if not 1 <= month <= 12:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    days = monthrange(year, month)[1]
    low, high = _phase(phase or "", days)
    return Resolved(date(year, month, low), date(year, month, high), 2 if high - low < 8 else 3)


def _phase(phase: str, days: int) -> tuple[int, int]:
    week = re.search(r"(first|second|third|fourth|last|final)\s+(?:few\s+)?(week|days|half)", phase)
    if week:
        which, unit = week.groups()
        if unit == "half":
            return (1, 15) if which == "first" else (16, days)
        if unit == "days" or which in ("last", "final"):
            return (1, 5 if unit == "days" else 7) if which == "first" else (days - 6, days)
        start = 7 * ("first", "second", "third", "fourth").index(which) + 1
        return start, min(start + 6, days)
    if re.search(r"\b(early|earlier|start|beginning)\b", phase):
        return 1, 10
    if re.search(r"\b(mid|middle)\b", phase):
        return 11, 20
    return (21, days) if re.search(r"\b(late|later|end)\b", phase) else (1, days)


def clipped(found: Resolved, anchor: Anchor) -> Resolved:
    """Nothing reported as past lies after the publication date."""
    base = anchor.published
    if base and anchor.past and found.first and found.last and found.first <= base < found.last:
        return found._replace(last=base)
    return found


def yearless_month(name: str, anchor: Anchor, rel: str = "", phase: str | None = None) -> Resolved:
    """A month without year: the latest one up to publication, or the next one when the clause looks ahead."""
    month, base = month_number(name), anchor.published
    if base is None:
        return NO_DATE
    if rel == "this":
        year = base.year
    elif rel == "next" or not anchor.past:
        year = base.year + (month < base.month or (rel == "next" and month == base.month))
    else:
        year = base.year - (month > base.month or ("last" in rel and month == base.month))
    return clipped(month_span(year, month, phase), anchor)


def weekday(number: int, base: date, past: bool = True, strict: bool = False) -> date:
    """The nearest such weekday up to (or from) a day; ``strict`` leaves out the day itself."""
    delta = (base.weekday() - number) % 7 if past else (number - base.weekday()) % 7
    delta = 7 if strict and not delta else delta
    return base - timedelta(days=delta) if past else base + timedelta(days=delta)


def month_number(text: str) -> int:
    """The number of a month's name or abbreviation."""
    return MONTHS[text.rstrip(".")]


def group(match: re.Match[str], *names: str) -> str | None:
    """The text of the first of these groups that matched, with single blanks."""
    groups = match.groupdict()
    return next((" ".join(text.split()) for name in names if (text := groups.get(name))), None)


def year_number(text: str | None, anchor: Anchor) -> int | None:
    """The year that digits name; two digits count up to the year after publication."""
    digits = re.search(r"\d+", text) if text else None
    if digits is None:
        return None
    year = int(digits.group())
    if year >= 100:
        return year
    pivot = anchor.published.year + 1 if anchor.published else 2068
    return next(year + century for century in (2000, 1900) if year + century <= pivot or century == 1900)
