"""What a date expression means, given the publication date and the last date of the story (CODEBOOK 1.6).

Every function takes a match of a form of :mod:`.date_grammar` and an :class:`Anchor` and gives a
:class:`Resolved`. Nothing is ever resolved against the day the program runs.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from . import numbers
from .date_grammar import MONTHS, ORDINALS, WEEKDAYS

Match = re.Match[str]
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


def resolve(form: str, match: Match, anchor: Anchor) -> Resolved | None:
    """Resolve a match of ``form``; None when a closer look shows that it is no date."""
    return _RESOLVERS[form](match, anchor)


def _group(match: Match, *names: str) -> str | None:
    groups = match.groupdict()
    return next((" ".join(text.split()) for name in names if (text := groups.get(name))), None)


def _month(text: str) -> int:
    return MONTHS[text.rstrip(".")]


def _day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    word = re.sub(r"\s+of$", "", text).replace("-", " ").split()
    tens = {"twenty": 20, "thirty": 30, "thirtieth": 30}
    return sum(tens.get(part, ORDINALS.get(part, 0)) for part in word)


def _year(text: str | None, anchor: Anchor) -> int | None:
    digits = re.search(r"\d+", text) if text else None
    if digits is None:
        return None
    year = int(digits.group())
    if year >= 100:
        return year
    pivot = anchor.published.year + 1 if anchor.published else 2068
    return next(year + century for century in (2000, 1900) if year + century <= pivot or century == 1900)


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


def _full(day: str, month: str, year: str | None, anchor: Anchor, rel: str | None = None) -> Resolved:
    number, in_year = _day_number(day), _year(year, anchor)
    if in_year is None:
        return yearless(_month(month), number, anchor, rel)
    return one_day(make_day(in_year, _month(month), number))


def _iso(match: Match, _: Anchor) -> Resolved | None:
    found = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return one_day(found) if found else None


def _numeric(match: Match, anchor: Anchor) -> Resolved | None:
    a, b, year = int(match["a"]), int(match["b"]), _year(match["y"], anchor)
    if len(match["y"]) == 2 and match["sep"] != "/":
        return None
    if year is None or not (0 < a <= 31 and 0 < b <= 31) or min(a, b) > 12:
        return None
    if match["sep"] == "." or a > 12 or a == b:  # dots separate day, month, year wherever they are used
        return one_day(make_day(year, b, a))
    if b > 12:
        return one_day(make_day(year, a, b))
    return Resolved(None, None, None, "ambiguous_numeric")


def _dmy(match: Match, anchor: Anchor) -> Resolved | None:
    year = _relative_year(match["ry"], anchor) if match["ry"] else match["y"]
    return _full(match["d"], match["m"], year, anchor, match["rel"]) if year != "" else NO_ANCHOR


def _relative_year(text: str, anchor: Anchor) -> str:
    """The year that "last year" or "the previous year" after a month means; "" when nothing tells."""
    words = " ".join(text.split())
    base = anchor.published if words in ("this", "last") else anchor.last or anchor.published
    shift = {"last": -1, "the previous": -1, "the following": 1}.get(words, 0)
    return str(base.year + shift) if base else ""


def _span_days(match: Match, anchor: Anchor) -> Resolved | None:
    month = _group(match, "m1", "m2") or ""
    year = _group(match, "y1", "y2")
    low, high = _group(match, "d1", "d3") or "", _group(match, "d2", "d4") or ""
    last = _full(high, month, year, anchor).last
    if last is None:
        return _full(high, month, year, anchor)
    first = make_day(last.year, last.month, _day_number(low))
    return span(first, last) if first and first < last else None


def _span_full(match: Match, anchor: Anchor) -> Resolved | None:
    d1, m1, y1 = (_group(match, f"{k}1", f"{k}3") for k in "dmy")
    d2, m2, y2 = (_group(match, f"{k}2", f"{k}4") for k in "dmy")
    last = _full(d2 or "", m2 or "", y2, anchor).last
    if last is None:
        return _full(d2 or "", m2 or "", y2, anchor)
    if y1:
        return span(_full(d1 or "", m1 or "", y1, anchor).first, last)
    return span(yearless(_month(m1 or ""), _day_number(d1 or ""), Anchor(last, None, True)).first, last)


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


def _clipped(found: Resolved, anchor: Anchor) -> Resolved:
    """Nothing reported as past lies after the publication date."""
    base = anchor.published
    if base and anchor.past and found.first and found.last and found.first <= base < found.last:
        return found._replace(last=base)
    return found


def _month_year(match: Match, anchor: Anchor) -> Resolved | None:
    year = _year(match["y"], anchor) or 1
    return _clipped(month_span(year, _month(match["m"]), match["phase"]), anchor)


def _bare_month(match: Match, anchor: Anchor) -> Resolved | None:
    rel, of_year = _group(match, "rel", "rel2") or "", _group(match, "ry", "ry3")
    if of_year:
        year = _relative_year(of_year, anchor)
        return month_span(int(year), _month(_group(match, "m", "m3") or ""), match["phase"]) if year else NO_DATE
    return yearless_month(_group(match, "m", "m2", "m3") or "", anchor, rel, match["phase"])


def yearless_month(name: str, anchor: Anchor, rel: str = "", phase: str | None = None) -> Resolved:
    """A month without year: the latest one up to publication, or the next one when the clause looks ahead."""
    month, base = _month(name), anchor.published
    if base is None:
        return NO_DATE
    if rel == "this":
        year = base.year
    elif rel == "next" or not anchor.past:
        year = base.year + (month < base.month or (rel == "next" and month == base.month))
    else:
        year = base.year - (month > base.month or ("last" in rel and month == base.month))
    return _clipped(month_span(year, month, phase), anchor)


def _span_months(match: Match, anchor: Anchor) -> Resolved | None:
    m1, m2 = _month(_group(match, "m1", "m3") or ""), _month(_group(match, "m2", "m4") or "")
    year = _year(_group(match, "y2", "y4"), anchor)
    if year is None:
        if anchor.published is None:
            return NO_DATE
        year = anchor.published.year - (m2 > anchor.published.month)
    start = _year(match["y1"], anchor) or year - (m1 > m2)
    return span(month_span(start, m1).first, month_span(year, m2).last)


def weekday(number: int, base: date, past: bool = True, strict: bool = False) -> date:
    """The nearest such weekday up to (or from) a day; ``strict`` leaves out the day itself."""
    delta = (base.weekday() - number) % 7 if past else (number - base.weekday()) % 7
    delta = 7 if strict and not delta else delta
    return base - timedelta(days=delta) if past else base + timedelta(days=delta)


def _weekday(match: Match, anchor: Anchor) -> Resolved | None:
    number = WEEKDAYS[match["w"]]
    rel = _group(match, "rel", "rel2") or ""
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


def _weekday_week(match: Match, anchor: Anchor) -> Resolved | None:
    rel = " ".join(match["rel"].split())
    base = anchor.last if rel.startswith("the") else anchor.published
    if base is None:
        return NO_ANCHOR if rel.startswith("the") else NO_DATE
    shift = {"last": -7, "this": 0, "next": 7, "the previous": -7, "the following": 7}[rel]
    return one_day(base - timedelta(days=base.weekday() - shift - WEEKDAYS[match["w"]]))


def _weekday_ago(match: Match, anchor: Anchor) -> Resolved | None:
    if anchor.published is None:
        return NO_DATE
    weeks = {"a": 1, "two": 2, "three": 3}[(match["n"] or "a").split()[0]]
    day = weekday(WEEKDAYS[_group(match, "w", "w2") or ""], anchor.published, True)
    return one_day(day - timedelta(days=7 * weeks))


def _span_weekdays(match: Match, anchor: Anchor) -> Resolved | None:
    first, last = (WEEKDAYS[_group(match, f"w{a}", f"w{b}") or ""] for a, b in ((1, 3), (2, 4)))
    if anchor.published is None:
        return NO_DATE
    if anchor.past:
        end = weekday(last, anchor.published)
        found = span(weekday(first, end, True, strict=True), end)
    else:
        start = weekday(first, anchor.published, past=False)
        found = span(start, weekday(last, start, past=False, strict=True))
    night = bool(_group(match, "night", "night2"))
    return found._replace(precision=1) if night else found


def _today(match: Match, anchor: Anchor) -> Resolved | None:
    base = anchor.published
    if base is None:
        return NO_DATE
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(match["day"] or "", 0)
    if match["before"] or match["after"]:
        shift = -2 if match["before"] else 2
    if (match["night"] or "").startswith("last"):
        shift = -1
    # "overnight" is the night that ends on the day of publication: most of its hours are that day's.
    return one_day(base + timedelta(days=shift))


def _past_span(match: Match, anchor: Anchor) -> Resolved | None:
    base = anchor.published
    if base is None:
        return NO_DATE
    unit = (_group(match, "u", "u2", "u3") or "").rstrip("s")
    if match["recent"]:
        days = {"hour": 1, "day": 7, "week": 28}.get(unit)
        return span(base - timedelta(days=days), base) if days else COARSE
    text = _group(match, "n", "n2")
    if text is None and re.search(r"previous|preceding", match.group()):
        return _period_of("previous", unit, "", anchor) if unit in ("week", "month", "year") else None
    count = _most(text, unit) if text or not match.group().endswith("s") else 7
    days = {"minute": 0, "hour": -(-count // 24), "day": count, "week": 7 * count, "fortnight": 14 * count}.get(unit)
    if days is None:
        days = {"month": 30, "year": 365, "decade": 3652}[unit] * count
    return _safe_span(base, days)


def _most(text: str | None, unit: str) -> int:
    if text is None:
        return 1
    return _VAGUE[text][1] if text in _VAGUE else numbers.value(text) or 1


def _safe_span(base: date, days: int) -> Resolved:
    return span(base - timedelta(days=days), base) if days < 40_000 else COARSE


def _period(match: Match, anchor: Anchor) -> Resolved | None:
    rel = (_group(match, "rel") or "this").removeprefix("the ")
    return _period_of(rel, _group(match, "u", "u2") or "week", match["phase"] or "", anchor)


def _period_of(rel: str, unit: str, phase: str, anchor: Anchor) -> Resolved:
    relative = rel in ("same", "previous", "preceding", "following", "that", "that same")
    base = anchor.last if relative else anchor.published
    if base is None:
        return NO_ANCHOR if relative else NO_DATE
    step = -1 if rel in ("last", "previous", "preceding", "past", "this past") else int("next" in rel or rel == "following")
    if unit == "year":
        return _clipped(year_span(base.year + step), anchor)
    if unit == "month":
        if not step and phase in ("earlier", "later"):
            return _rest_of_month(base, phase)
        return _clipped(month_span(base.year, base.month + step, phase), anchor)
    if unit == "weekend":
        return _weekend(base, rel, anchor)
    monday = base + timedelta(days=7 * step - base.weekday())
    first, last = monday, monday + timedelta(days=6)
    if step or relative:
        early, late = "early" in phase or "beginning" in phase, "late" in phase or "end" in phase
        return span(first + timedelta(days=3) if late else first, last - timedelta(days=4) if early else last)
    if phase.startswith("later") or not anchor.past or rel == "this coming":
        return span(base, last)
    return span(first, max(first, base - timedelta(days=1)) if phase.startswith("earl") else base)


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
    return _clipped(Resolved(saturday, saturday + timedelta(days=1), 2), anchor)


def _ago(match: Match, anchor: Anchor) -> Resolved | None:
    unit, way = (_group(match, "u", "u2") or "").rstrip("s"), _group(match, "way", "way2") or ""
    text = _group(match, "n", "n2")
    if text is None and not (match["u"] or "").endswith("s"):
        return None  # "the year before": no number, no plural
    if match["way2"]:
        return _after_event(unit, text or "", way, anchor)
    base = anchor.published if way == "ago" else anchor.last
    if base is None:
        return NO_DATE if way == "ago" else NO_ANCHOR
    return _shifted(base, text or "", unit, 1 if way == "later" else -1)


def _after_event(unit: str, text: str, way: str, anchor: Anchor) -> Resolved | None:
    """ "on Tuesday, a day after X": the date of X, counted from the date before it in the sentence."""
    if unit in ("minute", "hour"):
        return None
    if not anchor.in_sentence or anchor.last is None:
        return Resolved(None, None, None, "relative_to_event")
    return _shifted(anchor.last, text, unit, -1 if way == "after" else 1)


def _shifted(base: date, text: str, unit: str, sign: int) -> Resolved:
    if unit in ("minute", "hour"):
        count = numbers.value(text) or 0
        return one_day(base + timedelta(days=sign * (count // 24)))
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


def _same(_: Match, anchor: Anchor) -> Resolved | None:
    return one_day(anchor.last) if anchor.last else NO_ANCHOR


def _next_day(match: Match, anchor: Anchor) -> Resolved | None:
    if anchor.last is None:
        return NO_ANCHOR
    return one_day(anchor.last + timedelta(days=1 if match["next"] or match["way"] == "after" else -1))


def _nth(match: Match, anchor: Anchor) -> Resolved | None:
    base, day = anchor.published, _day_number(match["d"])
    if base is None:
        return NO_DATE
    back = 1 if match["rel"] == "last" or (match["rel"] is None and day > base.day) else 0
    month = month_span(base.year, base.month - back).first or base
    return one_day(make_day(month.year, month.month, day))


def _years(match: Match, _: Anchor) -> Resolved | None:
    first, last = int(_group(match, "y1", "y3") or 0), int(_group(match, "y2", "y4") or 0)
    last = last if last > 100 else first - first % 100 + last
    return year_span(first, last) if first < last else None


def _one_year(match: Match, anchor: Anchor) -> Resolved | None:
    return _clipped(year_span(int(_group(match, "y", "y2") or 0)), anchor)


def _rest(match: Match, anchor: Anchor) -> Resolved | None:
    """Forms that are rare enough to leave to dateparser."""
    if anchor.published is None:
        return NO_DATE
    found = _dateparser(" ".join(match.group().split()), anchor.published)
    if found is None:
        return INVALID
    day, period = found
    if period == "day":
        return one_day(day)
    if period == "week":
        return span(day - timedelta(days=3), day + timedelta(days=3))
    return month_span(day.year, day.month) if period == "month" else year_span(day.year)


@lru_cache(maxsize=4096)
def _dateparser(text: str, base: date) -> tuple[date, str] | None:
    from datetime import datetime

    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(base.year, base.month, base.day, 12),
            "PREFER_DATES_FROM": "past",
            "PREFER_DAY_OF_MONTH": "first",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    found = parser.get_date_data(text)
    return (found.date_obj.date(), found.period) if found and found.date_obj else None


def _without(reason: str) -> Callable[[Match, Anchor], Resolved | None]:
    return lambda _match, _anchor: Resolved(None, None, None, reason)


_RESOLVERS: dict[str, Callable[[Match, Anchor], Resolved | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "span_full": _span_full,
    "span_days": _span_days,
    "span_months": _span_months,
    "span_weekdays": _span_weekdays,
    "dmy": _dmy,
    "mdy": _dmy,
    "month_year": _month_year,
    "month": _bare_month,
    "weekday_week": _weekday_week,
    "weekday_ago": _weekday_ago,
    "recurring": _without("recurring"),
    "weekday": _weekday,
    "today": _today,
    "past_span": _past_span,
    "period": _period,
    "compound_ago": _rest,
    "ago": _ago,
    "same": _same,
    "next_day": _next_day,
    "nth": _nth,
    "hijri": _without("hijri_calendar"),
    "season": _without("coarser_than_month"),
    "years": _years,
    "decade": lambda match, _anchor: year_span(int(match["y"]), int(match["y"]) + 9),
    "year": _one_year,
    "vague": _without("vague"),
}
