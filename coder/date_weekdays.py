"""Weekdays: which day "Friday", "last Friday", "two Fridays ago" or "the first Sunday of May" is (CODEBOOK 1.6)."""

from __future__ import annotations

import re
from datetime import timedelta

from .date_grammar import WEEKDAYS
from .date_spans import (
    NO_ANCHOR,
    NO_DATE,
    Anchor,
    Resolved,
    group,
    month_number,
    month_span,
    one_day,
    span,
    weekday,
    year_number,
    yearless_month,
)

Match = re.Match[str]


def plain_weekday(match: Match, anchor: Anchor) -> Resolved | None:
    """ "Friday", "last Friday", "the following Friday"."""
    number = WEEKDAYS[match["w"]]
    rel = group(match, "rel", "rel2") or ""
    word = rel.split()[-1] if rel else ""
    if re.match(r"the (following|next)|following", rel) or word in ("previous", "preceding", "prior"):
        base = anchor.last or anchor.published
        past = word not in ("following", "next")
        return one_day(weekday(number, base, past, strict=True)) if base else NO_DATE
    if rel in ("the same", "that", "that same") and anchor.last and anchor.last.weekday() == number:
        return one_day(anchor.last)
    base = anchor.published
    if base is None:
        return NO_DATE
    past = anchor.past and word not in ("next", "coming") if word not in ("last", "past") else True
    return one_day(weekday(number, base, past, strict=word in ("last", "past", "next")))


def named_week(match: Match, anchor: Anchor) -> Resolved | None:
    """ "Friday last week", "Monday of the previous week"."""
    rel = " ".join(match["rel"].split())
    base = anchor.last if rel.startswith("the") else anchor.published
    if base is None:
        return NO_ANCHOR if rel.startswith("the") else NO_DATE
    shift = {"last": -7, "this": 0, "next": 7, "the previous": -7, "the following": 7}[rel]
    return one_day(base - timedelta(days=base.weekday() - shift - WEEKDAYS[match["w"]]))


def weeks_ago(match: Match, anchor: Anchor) -> Resolved | None:
    """ "a week ago on Sunday", "two Fridays ago"."""
    if anchor.published is None:
        return NO_DATE
    if match["w3"]:
        weeks = {"two": 2, "three": 3, "four": 4}[match["n3"]] - 1
        return one_day(weekday(WEEKDAYS[match["w3"]], anchor.published, True) - timedelta(days=7 * weeks))
    weeks = {"a": 1, "two": 2, "three": 3}[(match["n"] or "a").split()[0]]
    day = weekday(WEEKDAYS[group(match, "w", "w2") or ""], anchor.published, True)
    return one_day(day - timedelta(days=7 * weeks))


def nth_weekday(match: Match, anchor: Anchor) -> Resolved | None:
    """ "the first Sunday of May", "the last day of April"."""
    year = year_number(match["y"], anchor)
    number = month_number(match["m"])
    month = month_span(year, number) if year else yearless_month(match["m"], anchor)
    if month.first is None:
        return month
    first = month.first.replace(day=1)
    last = month_span(first.year, first.month).last or first
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(match["n"])
    if match["w"] == "day":
        return one_day(last) if which is None else one_day(first + timedelta(days=which))
    number = WEEKDAYS[match["w"]]
    if which is None:
        return one_day(weekday(number, last))
    return one_day(weekday(number, first, past=False) + timedelta(days=7 * which))


def weekday_span(match: Match, anchor: Anchor) -> Resolved | None:
    """ "from Monday to Wednesday", "overnight Friday-Saturday"."""
    first, last = (WEEKDAYS[group(match, f"w{a}", f"w{b}") or ""] for a, b in ((1, 3), (2, 4)))
    if anchor.published is None:
        return NO_DATE
    if anchor.past:
        end = weekday(last, anchor.published)
        found = span(weekday(first, end, True, strict=True), end)
    else:
        start = weekday(first, anchor.published, past=False)
        found = span(start, weekday(last, start, past=False, strict=True))
    night = bool(group(match, "night", "night2"))
    return found._replace(precision=1) if night else found
