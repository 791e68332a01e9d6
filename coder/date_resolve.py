"""What a date expression means, given the publication date and the last date of the story (CODEBOOK 1.6).

Every function takes a match of a form of :mod:`.date_grammar` and an :class:`Anchor` and gives a
:class:`Resolved`. Nothing is ever resolved against the day the program runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from . import numbers
from .date_grammar import ORDINALS
from .date_periods import after_event, days_up_to, largest, part_of_week, period_of, shifted
from .date_spans import (
    COARSE,
    INVALID,
    NO_ANCHOR,
    NO_DATE,
    Anchor,
    Resolved,
    clipped,
    group,
    make_day,
    month_number,
    month_span,
    one_day,
    span,
    year_number,
    year_span,
    yearless,
    yearless_month,
)
from .date_weekdays import named_week, nth_weekday, plain_weekday, weekday_span, weeks_ago

Match = re.Match[str]
_CAME = re.compile(r"\bthe\s[^,.;]*\b(?:came|comes|took\splace|happened|occurred|followed)\s(?:just\s|only\s)?$")


def resolve(form: str, match: Match, anchor: Anchor) -> Resolved | None:
    """Resolve a match of ``form``; None when a closer look shows that it is no date."""
    return _RESOLVERS[form](match, anchor)


def _day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    word = re.sub(r"\s+of$", "", text).replace("-", " ").split()
    tens = {"twenty": 20, "thirty": 30, "thirtieth": 30}
    return sum(tens.get(part, ORDINALS.get(part, 0)) for part in word)


def _full(day: str, month: str, year: str | None, anchor: Anchor, rel: str | None = None) -> Resolved:
    number, in_year = _day_number(day), year_number(year, anchor)
    if in_year is None:
        return yearless(month_number(month), number, anchor, rel)
    return one_day(make_day(in_year, month_number(month), number))


def _iso(match: Match, _: Anchor) -> Resolved | None:
    found = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return one_day(found) if found else None


def _numeric(match: Match, anchor: Anchor) -> Resolved | None:
    a, b, year = int(match["a"]), int(match["b"]), year_number(match["y"], anchor)
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
    month = group(match, "m1", "m2") or ""
    year = group(match, "y1", "y2")
    low, high = group(match, "d1", "d3") or "", group(match, "d2", "d4") or ""
    last = _full(high, month, year, anchor).last
    if last is None:
        return _full(high, month, year, anchor)
    first = make_day(last.year, last.month, _day_number(low))
    return span(first, last) if first and first < last else None


def _span_full(match: Match, anchor: Anchor) -> Resolved | None:
    d1, m1, y1 = (group(match, f"{k}1", f"{k}3") for k in "dmy")
    d2, m2, y2 = (group(match, f"{k}2", f"{k}4") for k in "dmy")
    last = _full(d2 or "", m2 or "", y2, anchor).last
    if last is None:
        return _full(d2 or "", m2 or "", y2, anchor)
    if y1:
        return span(_full(d1 or "", m1 or "", y1, anchor).first, last)
    return span(yearless(month_number(m1 or ""), _day_number(d1 or ""), Anchor(last, None, True)).first, last)


def _month_year(match: Match, anchor: Anchor) -> Resolved | None:
    year = year_number(match["y"], anchor) or 1
    return clipped(month_span(year, month_number(match["m"]), match["phase"]), anchor)


def _bare_month(match: Match, anchor: Anchor) -> Resolved | None:
    rel, of_year = group(match, "rel", "rel2") or "", group(match, "ry", "ry3")
    if of_year:
        year = _relative_year(of_year, anchor)
        return month_span(int(year), month_number(group(match, "m", "m3") or ""), match["phase"]) if year else NO_DATE
    return yearless_month(group(match, "m", "m2", "m3") or "", anchor, rel, match["phase"])


def _span_months(match: Match, anchor: Anchor) -> Resolved | None:
    m1, m2 = month_number(group(match, "m1", "m3") or ""), month_number(group(match, "m2", "m4") or "")
    year = year_number(group(match, "y2", "y4"), anchor)
    if year is None:
        if anchor.published is None:
            return NO_DATE
        year = anchor.published.year - (m2 > anchor.published.month)
    start = year_number(match["y1"], anchor) or year - (m1 > m2)
    return span(month_span(start, m1).first, month_span(year, m2).last)


def _year_ago_today(match: Match, anchor: Anchor) -> Resolved | None:
    if anchor.published is None:
        return NO_DATE
    count = numbers.value(match["n"]) or 1
    return one_day(make_day(anchor.published.year - count, anchor.published.month, anchor.published.day))


def _ahead(match: Match, anchor: Anchor) -> Resolved | None:
    """ "in two days", when the clause looks ahead; a duration otherwise."""
    if anchor.past:
        return None
    return shifted(anchor.published, match["n"], match["u"].rstrip("s"), 1) if anchor.published else NO_DATE


def _week_before(match: Match, anchor: Anchor) -> Resolved | None:
    return period_of("following" if match["way"] == "after" else "previous", match["u"], "", anchor)


def _part_of(match: Match, anchor: Anchor) -> Resolved | None:
    """ "at the start of the month": the month of the story's last date, else of publication."""
    base = anchor.last or anchor.published
    if base is None:
        return NO_DATE
    phase, limit = match["phase"], anchor.published or base
    if match["u"] == "month":
        found = month_span(base.year, base.month, phase)
        if anchor.past and found.first and found.first > limit:
            found = month_span(base.year, base.month - 1, phase)
    else:
        found = part_of_week(base - timedelta(days=base.weekday()), phase)
        if anchor.past and found.first and found.first > limit:
            found = part_of_week(base - timedelta(days=base.weekday() + 7), phase)
    return clipped(found, anchor)


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
    unit = (group(match, "u", "u2", "u3") or "").rstrip("s")
    if match["recent"]:
        days = {"hour": 1, "day": 7, "week": 28}.get(unit)
        return span(base - timedelta(days=days), base) if days else COARSE
    text = group(match, "n", "n2")
    if text is None and re.search(r"previous|preceding", match.group()):
        return period_of("previous", unit, "", anchor) if unit in ("week", "month", "year") else None
    text = f"a {text}" if text in ("few", "couple of") else text
    count = largest(text, unit) if text or not match.group().endswith("s") else 7
    days = {
        "minute": 0,
        "hour": 0 if count < 12 else -(-count // 24),
        "day": count,
        "night": count,
        "week": 7 * count,
        "fortnight": 14 * count,
    }.get(unit)
    if days is None:
        days = {"month": 30, "year": 365, "decade": 3652}[unit] * count
    return days_up_to(base, days)


def _period(match: Match, anchor: Anchor) -> Resolved | None:
    rel = (group(match, "rel") or "this").removeprefix("the ")
    return period_of(rel, group(match, "u", "u2") or "week", match["phase"] or "", anchor)


def _ago(match: Match, anchor: Anchor) -> Resolved | None:
    unit, way = (group(match, "u", "u2") or "").rstrip("s"), group(match, "way", "way2") or ""
    text = group(match, "n", "n2")
    if text is None and not (match["u"] or "").endswith("s"):
        return None  # "the year before": no number, no plural
    if match["way2"]:
        if not anchor.in_sentence and _CAME.search(match.string[: match.start()]):
            anchor = replace(anchor, in_sentence=True)  # "The ambush came three days after …": the last date's event
        return after_event(unit, text or "", way, anchor)
    base = anchor.published if way == "ago" else anchor.last
    if base is None:
        return NO_DATE if way == "ago" else NO_ANCHOR
    return shifted(base, text or "", unit, 1 if way == "later" else -1)


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
    first, last = int(group(match, "y1", "y3") or 0), int(group(match, "y2", "y4") or 0)
    last = last if last > 100 else first - first % 100 + last
    return year_span(first, last) if first < last else None


def _one_year(match: Match, anchor: Anchor) -> Resolved | None:
    return clipped(year_span(int(group(match, "y", "y2") or 0)), anchor)


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
    "span_weekdays": weekday_span,
    "dmy": _dmy,
    "mdy": _dmy,
    "month_year": _month_year,
    "month": _bare_month,
    "weekday_week": named_week,
    "weekday_ago": weeks_ago,
    "nth_weekday": nth_weekday,
    "year_ago_today": _year_ago_today,
    "ahead": _ahead,
    "week_before": _week_before,
    "part_of": _part_of,
    "recurring": _without("recurring"),
    "weekday": plain_weekday,
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
