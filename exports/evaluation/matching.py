"""Which event of the run is which event of the gold data: gates, weights, one-to-one assignment (CODEBOOK 5)."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from ...schema.countries import load_countries
from .assignment import Pair, assign

Row = Mapping[str, Any]
KEEP = 0.60
WEIGHTS = {"sub_type": 0.30, "actors": 0.35, "place": 0.15, "date": 0.10, "fatalities": 0.10}
DAYS = {1: 1, 2: 3, 3: 15}
KILOMETRES = {1: 5.0, 2: 25.0}
GROUPS = {"Protests": "Demonstrations", "Riots": "Demonstrations"}
VAC = "Violence against civilians"
_REGIME = re.compile(r"\s*\(\d{4}-(\d{4})?\)")
_COUNTRY = re.compile(r"\(([^()\d]+)\)|\b(?:of|in) ([A-Z][^()]*)")
_EARTH = 6371.0088  # mean radius, km


@dataclass(frozen=True)
class Matched:
    """A pair of events and why they were taken for the same.

    Attributes:
        run: index of the run's event.
        gold: index of the gold event.
        score: 0 to 1.
        strict: whether sub-type and both actors are right.
    """

    run: int
    gold: int
    score: float
    strict: bool


def match_events(run: pl.DataFrame, gold: pl.DataFrame) -> list[Matched]:
    """Pair the events of a run with gold events.

    Args:
        run, gold: frames with the columns of the events table.

    Returns:
        One-to-one pairs of a score of at least .60 with the highest sum of scores, by the run's index.
    """
    ours, theirs = run.to_dicts(), gold.to_dicts()
    scores: dict[Pair, float] = {}
    for i, j in candidates(ours, theirs):
        score = pair_score(ours[i], theirs[j])
        if score >= KEEP - 1e-9:
            scores[i, j] = score
    return [Matched(i, j, scores[i, j], is_strict(ours[i], theirs[j])) for i, j in assign(scores)]


def group(row: Row) -> str:
    """The group of event types within which events may be the same."""
    return GROUPS.get(row["event_type"], row["event_type"] or "")


def country_key(name: str | None) -> str:
    """A country's ISO3 code, or its name as given when it is not known."""
    found = load_countries().get(name) if name else None
    return found.iso3 if found else (name or "").casefold()


def candidates(run: Sequence[Row], gold: Sequence[Row]) -> Iterator[Pair]:
    """All pairs that pass the gates: country, type group, days apart, distance."""
    buckets: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for j, row in enumerate(gold):
        day = row["event_date"]
        buckets[country_key(row["country"]), group(row)].append((day.toordinal() if day else 0, j))
    for bucket in buckets.values():
        bucket.sort()
    for i, row in enumerate(run):
        bucket = buckets.get((country_key(row["country"]), group(row)), [])
        day = row["event_date"].toordinal() if row["event_date"] else 0
        for k in range(bisect_left(bucket, (day - DAYS[3], -1)), len(bucket)):
            other, j = bucket[k]
            if other > day + DAYS[3]:
                break
            if near(row, gold[j]):
                yield i, j


def near(a: Row, b: Row) -> bool:
    """Whether two events lie close enough in time and space."""
    return _days(a, b) is not None and place_score(a, b) is not None


def _days(a: Row, b: Row) -> float | None:
    """Closeness in time, 1 the same day, above 0 inside the window; None outside. Null matches null."""
    first, second = a["event_date"], b["event_date"]
    if first is None or second is None:
        return 1.0 if first is second else None
    window = DAYS[_coarser(a, b, "time_precision")]
    apart = abs((first - second).days) if isinstance(first, date) else 0
    return 1 - apart / (window + 1) if apart <= window else None


def _coarser(a: Row, b: Row, column: str) -> int:
    return max(a[column] or 1, b[column] or 1)


def place_score(a: Row, b: Row) -> float | None:
    """Closeness in space, 1 the same spot, down to 0 at the limit; None outside.

    With a precision of 3 the first-order unit must be the same: 1 for the same place, else .5. Without coordinates
    on one side, names are compared. Null matches null.
    """
    same_name = _same(a["location"], b["location"])
    if _coarser(a, b, "geo_precision") == 3:
        return (1.0 if same_name else 0.5) if _same(a["admin1"], b["admin1"]) else None
    points = [(row["latitude"], row["longitude"]) for row in (a, b)]
    if any(None in point for point in points):
        return 1.0 if same_name else None
    limit = KILOMETRES[_coarser(a, b, "geo_precision")]
    apart = distance(*points[0], *points[1])
    return 1 - apart / limit if apart <= limit else None


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres (haversine); arguments in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def _same(a: str | None, b: str | None) -> bool:
    return (a or "").casefold().strip() == (b or "").casefold().strip()


def pair_score(a: Row, b: Row) -> float:
    """The weighted score of a pair that passes the gates, 0 to 1."""
    parts = {
        "sub_type": 1.0 if a["sub_event_type"] == b["sub_event_type"] else 0.5 * (a["event_type"] == b["event_type"]),
        "actors": actor_score(a, b),
        "place": place_score(a, b) or 0.0,
        "date": _days(a, b) or 0.0,
        "fatalities": toll_score(a["fatalities"], b["fatalities"]),
    }
    return sum(WEIGHTS[name] * value for name, value in parts.items())


def toll_score(a: int | None, b: int | None) -> float:
    """1 for equal tolls (null counts as 0), .5 within a factor of 1.5, else 0."""
    low, high = sorted((a or 0, b or 0))
    return 1.0 if low == high else 0.5 * (high <= 1.5 * low)


def actor_score(a: Row, b: Row) -> float:
    """Likeness of two dyads whose order does not matter: the better of both ways, by the larger number of sides."""
    ours, theirs = _sides(a), _sides(b)
    if not any(ours) and not any(theirs):
        return 1.0
    sides = max(sum(map(bool, ours)), sum(map(bool, theirs)))
    straight = _alike(ours[0], theirs[0]) + _alike(ours[1], theirs[1])
    crossed = _alike(ours[0], theirs[1]) + _alike(ours[1], theirs[0])
    return max(straight, crossed) / sides


def _sides(row: Row) -> tuple[tuple[str, str, str], ...]:
    """Both sides as canonical name, actor type and country; an empty tuple for nobody."""
    found: list[Any] = []
    for k in (1, 2):
        name = row[f"actor{k}"]
        known = (canonical(name), row[f"inter{k}"] or "", actor_country(name)) if name else ()
        found.append(known)
    return tuple(found)


def _alike(a: tuple[str, str, str], b: tuple[str, str, str]) -> float:
    if not a or not b:
        return 0.0
    if a[0] == b[0]:
        return 1.0
    if not a[1] or a[1] != b[1]:
        return 0.0
    return 0.5 if a[2] and a[2] == b[2] else 0.25


def canonical(name: str | None) -> str:
    """An actor's name for comparison: without regime period, case and spaces at the ends."""
    return " ".join(_REGIME.sub("", name or "").casefold().split())


def actor_country(name: str | None) -> str:
    """The ISO3 code of the country that an ACLED actor's name tells; "" when it tells none."""
    for inside, after in _COUNTRY.findall(_REGIME.sub("", name or "")):
        found = load_countries().get((inside or after).strip())
        if found:
            return found.iso3
    return ""


def is_strict(a: Row, b: Row) -> bool:
    """Whether sub-type and both actors are right; for violence against civilians the victim must be actor2."""
    return a["sub_event_type"] == b["sub_event_type"] and same_dyad(a, b)


def same_dyad(a: Row, b: Row) -> bool:
    """Whether both actors are the same, in any order; in order for violence against civilians."""
    ours = [canonical(a[f"actor{k}"]) for k in (1, 2)]
    theirs = [canonical(b[f"actor{k}"]) for k in (1, 2)]
    return ours == theirs if b["event_type"] == VAC else sorted(ours) == sorted(theirs)
