"""Tolls over several days: which days a claim's number covers, and how it is shared out (CODEBOOK 1.5, 1.6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from .clusters import Cluster, Lead
from .dyads import NO, compare
from .figures import UNSURE
from .told import Told
from .tolls import Verdict, worth

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_DAYS = re.compile(
    r"\b(?:in|over|during|after|within|for)\s+(?:the\s+)?(?:past\s+|last\s+|previous\s+)?"
    r"(?P<number>two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)\s+(?:straight\s+|consecutive\s+)?days\b"
    r"|\b(?P<adjective>two|three|four|five|six|seven)-day\b",
    re.I,
)
_WEEKEND = re.compile(r"\b(?:over|during|since) the weekend\b", re.I)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+(?P<first>\d{1,2})(?:\s+\w+)?\s+(?:and|to|until)\s+(?P<last>\d{1,2})\b"
    r"|\b[A-Z][a-z]+\s+(?P<f>\d{1,2})\s*[-–]\s*(?P<l>\d{1,2})\b"
)
_LONGEST = 14


class Share(NamedTuple):
    """What one event gets of a toll over several days."""

    claim: Told
    total: int
    days: int  # events among which it is shared
    part: int


def days_of(claim: Told) -> tuple[date, date] | None:
    """First and last day that a claim's toll covers; None when it is of one day or says nothing of deaths."""
    if not claim.spans or not claim.fatalities or claim.event_date is None:
        return None
    day = claim.event_date
    between = _BETWEEN.search(claim.date_text or "")
    if between:
        first = int(between["first"] or between["f"])
        last = int(between["last"] or between["l"])
        length = last - first
        if 0 < length <= _LONGEST:
            return day - timedelta(days=length // 2), day + timedelta(days=length - length // 2)
        return None
    found = _DAYS.search(claim.sentence)
    if found:
        word = (found["number"] or found["adjective"]).lower()
        length = _NUMBERS.get(word) or int(word)
        # A vague day lies in the middle of its period; a stated one is the last day of the fighting.
        end = day + timedelta(days=length // 2) if claim.time_precision != 1 else day
        return end - timedelta(days=length - 1), end
    if _WEEKEND.search(claim.sentence) and claim.time_precision == 2:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return saturday, saturday + timedelta(days=1)
    return None


def shares(clusters: Sequence[Cluster], tolls: Sequence[Verdict]) -> dict[int, Share]:
    """Share tolls over several days among the events of those days (CODEBOOK 1.5).

    Only days of which something is told get a share: a span is not assumed to be daily. The events are those of
    the same place, group and dyad; what some of them give as their own toll is taken off first; the rest is split
    evenly, the remainder to the first day.

    Args:
        clusters: the happenings of one country.
        tolls: their tolls, in the same order.

    Returns:
        The share of each event that gets one, by its position.
    """
    spans = [(n, claim, days) for n, v in enumerate(tolls) for claim in v.current if (days := _shared_days(claim))]
    if not spans:
        return {}
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        places[cluster.lead.group, cluster.lead.spot].append(number)
    found: dict[int, Share] = {}
    for number, claim, (first, last) in sorted(spans, key=lambda item: (item[1].order, item[0])):
        lead = clusters[number].lead
        members = [
            n for n in places[lead.group, lead.spot]
            if n == number or (first <= clusters[n].lead.day <= last and _same(lead, clusters[n].lead))
        ]  # fmt: skip
        if number not in found and len(members) > 1 and not found.keys() & set(members):
            found |= _split(claim, claim.figure.best, members, clusters, tolls)
    return found


def _same(a: Lead, b: Lead) -> bool:
    """Whether two days of fighting can be of the same dyad: at least one side is named by both."""
    return bool(a.dyad.names & b.dyad.names) and compare(a.dyad, b.dyad, a.group) != NO


def _shared_days(claim: Told) -> tuple[date, date] | None:
    return days_of(claim) if claim.figure.worth != UNSURE else None


def _split(
    claim: Told, total: int, members: list[int], clusters: Sequence[Cluster], tolls: Sequence[Verdict]
) -> dict[int, Share]:
    own = {n: v for n in members if (v := _own(tolls[n])) is not None}
    open_days = sorted((n for n in members if n not in own), key=lambda n: (clusters[n].lead.day, n))
    rest = total - sum(own.values())
    if not open_days or rest < 0:
        return {}
    each, more = divmod(rest, len(open_days))
    return {n: Share(claim, total, len(members), each + (more if k == 0 else 0)) for k, n in enumerate(open_days)}


def _own(toll: Verdict) -> int | None:
    """The toll that an event has from claims of its own day; None when it has none."""
    own = [claim for claim in toll.current if claim.figure.worth != UNSURE and not days_of(claim)]
    return min(own, key=worth).figure.best if own else None
