"""Near-duplicates: the same happening told with a vaguer day, place or dyad (CODEBOOK 1.6, 1.9, 5).

Sharp happenings lead, vague ones join the best that they fit. What leads is never widened by what has joined it,
so there are no chains: two days or two towns do not become one because a vague report fits both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from .closeness import DAYS, KILOMETRES, cell, cells_around, days_apart, distance
from .clusters import Cluster, Lead, kinds_fit, opposed
from .doers import rivals
from .dyads import EQUAL, NO, compare
from .told import Told
from .tolls import agree, contradict

Score = tuple[float, ...]
_Days = defaultdict[tuple[str, int], defaultdict[object, list[Cluster]]]  # happenings by group and day, then by place


class Judgement(NamedTuple):
    """Whether one happening is another told more vaguely, and why or why not."""

    same: bool
    why: str
    score: Score = ()


def widen(clusters: Sequence[Cluster]) -> Index:
    """Let vague happenings join sharper ones.

    Args:
        clusters: happenings of one country by exact day, place and dyad.

    Returns:
        Those that lead, with what has joined them, by day and place.
    """
    index = Index()
    joined: list[tuple[Cluster, Cluster, str]] = []
    for cluster in sorted(clusters, key=_rank):
        best: tuple[Score, Cluster, str] | None = None
        for lead in index.near(cluster.lead):
            verdict = judge(cluster, lead)
            if verdict.same and (best is None or verdict.score > best[0]):
                best = verdict.score, lead, verdict.why
        if best is None:
            index.add(cluster)
        else:
            joined.append((best[1], cluster, best[2]))
    for lead, cluster, why in joined:  # only now, so that leads are judged as they were founded
        lead.take(cluster.claims, why)
    return index


def _rank(cluster: Cluster) -> tuple[object, ...]:
    lead = cluster.lead
    unknown = 2 - len(lead.dyad.names)
    return sum(lead.sharpness), unknown, -len(cluster.claims), lead.day, cluster.claims[0].order


def judge(cluster: Cluster, lead: Cluster) -> Judgement:
    """Whether ``cluster`` is ``lead`` told more vaguely.

    The leading one is at least as sharp in day and in place; day and place lie within what the coarser precision
    allows; no article tells the two apart; dyads and types fit. Then what differs must be outweighed: a dyad that
    is only possible, or that says nothing, needs the same toll or the same article once day or place differ.
    """
    a, b = cluster.lead, lead.lead
    if a.group != b.group:
        return Judgement(False, "another group of types")
    if b.time_precision > a.time_precision or b.geo_precision > a.geo_precision:
        return Judgement(False, "one has the surer day and the other the surer place")
    apart, limit = days_apart(a.day, b.day), DAYS[max(a.time_precision, b.time_precision)]
    if apart > limit:
        return Judgement(False, f"{apart} days apart, {limit} allowed by the precision of the day")
    moved = a.spot != b.spot
    far = too_far(a.claim, b.claim, max(a.geo_precision, b.geo_precision)) if moved else None
    if far:
        return Judgement(False, far)
    if _told_apart(cluster, lead, moved, apart):
        return Judgement(False, "one article tells the two apart")
    return _weigh(cluster, lead, moved, apart)


def _weigh(cluster: Cluster, lead: Cluster, moved: bool, apart: int) -> Judgement:
    a, b = cluster.lead, lead.lead
    fit = compare(a.dyad, b.dyad, a.group)
    if fit == NO or (fit != EQUAL and rivals(cluster.claims, lead.claims, a.group)):
        return Judgement(False, "other dyad")
    if opposed(cluster.subs, lead.subs):
        return Judgement(False, "one tells of the taking, the other of the taking back")
    sure = fit == EQUAL and a.dyad.telling
    if not sure and not kinds_fit(cluster.subs, lead.subs):
        return Judgement(False, "types that are not of one deed, and no dyad that says it is one")
    later = a.time_precision == 3 or apart > 0
    same_toll = agree(cluster.claims, lead.claims)
    same_sub = not cluster.subs.isdisjoint(lead.subs)
    shared = not cluster.articles.isdisjoint(lead.articles)
    if (moved or later or not (sure or same_sub)) and not same_toll and contradict(cluster.claims, lead.claims):
        return Judgement(False, "day, place or type differ, and so do the tolls")
    points = 2 * sure + 2 * same_toll + 2 * shared + (fit == EQUAL and (bool(a.dyad.names) or apart <= 1)) + same_sub
    # Another town, well placed, is another event, unless tolls or an article say it is the same one.
    elsewhere = moved * {1: 4, 2: 2}.get(a.geo_precision, 0)
    needed = elsewhere + moved + later + (apart > DAYS[2]) + (not sure)
    if points < needed:
        return Judgement(False, f"too little in common: {_differences(a, b, moved, later, sure)}")
    score = (shared, same_toll, sure, same_sub, -apart, not moved, len(lead.claims))
    return Judgement(True, _why(a, b, moved, apart), tuple(map(float, score)))


def _differences(a: Lead, b: Lead, moved: bool, later: bool, sure: bool) -> str:
    named = ["place"] * moved + ["day"] * later + ["dyad not certain"] * (not sure)
    return ", ".join(named)


def _why(a: Lead, b: Lead, moved: bool, apart: int) -> str:
    parts = []
    if apart or a.time_precision != b.time_precision:
        parts.append(f"day told with precision {a.time_precision}, {apart} days apart")
    if moved:
        parts.append(f"{a.claim.location_name} with precision {a.geo_precision} is near {b.claim.location_name}")
    elif a.geo_precision != b.geo_precision:
        parts.append(f"place told with precision {a.geo_precision}")
    return "; ".join(parts) or "same day and place"


def too_far(first: Told, second: Told, precision: int) -> str | None:
    """Why two places cannot be one, by the coarser precision of the two; None when they can."""
    if precision == 3:
        same = first.admin1 is not None and first.admin1 == second.admin1
        return None if same else "not in the same first-order unit"
    if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
        return "no coordinates"
    gap, limit = distance(first.latitude, first.longitude, second.latitude, second.longitude), KILOMETRES[precision]
    if gap > limit:
        return f"{gap:.0f} km apart, {limit:.0f} allowed by the precision of the place"
    if first.admin1 and second.admin1 and first.admin1 != second.admin1:
        return "not in the same first-order unit"
    return None


def _told_apart(cluster: Cluster, lead: Cluster, moved: bool, apart: int) -> bool:
    """Whether one article names two towns, or two days, for the two."""
    shared = cluster.articles & lead.articles
    if not shared:
        return False
    places = moved and cluster.lead.geo_precision < 3 and lead.lead.geo_precision < 3
    days = apart > 0 and cluster.lead.time_precision == 1 and lead.lead.time_precision == 1
    if days:
        return True
    return places and _names_place(cluster, shared) and _names_place(lead, shared)


def _names_place(cluster: Cluster, articles: set[str]) -> bool:
    return any(c.location_text is not None for c in cluster.claims if c.article_id in articles)


class Index:
    """Leading happenings by day and place, so that only near ones are judged."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []  # in the order in which they were entered
        self._groups: set[str] = set()
        self._cells: _Days = defaultdict(lambda: defaultdict(list))
        self._units: _Days = defaultdict(lambda: defaultdict(list))

    def add(self, cluster: Cluster) -> None:
        """Enter a happening."""
        lead = cluster.lead
        claim, at = lead.claim, (lead.group, lead.day.toordinal())
        self.clusters.append(cluster)
        self._groups.add(lead.group)
        if claim.latitude is not None and claim.longitude is not None:
            self._cells[at][cell(claim.latitude, claim.longitude)].append(cluster)
        self._units[at][claim.admin1].append(cluster)

    def near(self, lead: Lead) -> Iterator[Cluster]:
        """Those that may be the same by day and place, in the order in which they were entered."""
        return self._within((lead.group,), lead.day, DAYS[lead.time_precision], lead.claim, lead.geo_precision)

    def around(self, claim: Told) -> Iterator[Cluster]:
        """Those that a claim with a day and a place may speak of, of any group."""
        if claim.event_date is None or claim.location_name is None:
            return iter(())
        window = max(DAYS[claim.time_precision or 1], DAYS[2])
        return self._within(sorted(self._groups), claim.event_date, window, claim, claim.geo_precision or 3)

    def _within(
        self, groups: Sequence[str], middle: date, window: int, claim: Told, precision: int
    ) -> Iterator[Cluster]:
        places: Sequence[object]
        if precision == 3 and claim.admin1 is not None:
            places, table = (claim.admin1,), self._units
        elif claim.latitude is not None and claim.longitude is not None:
            places, table = cells_around(claim.latitude, claim.longitude), self._cells
        else:
            return
        first = middle.toordinal() - window
        for group in groups:
            for day in range(first, first + 2 * window + 1):
                here = table.get((group, day))
                if here is not None:
                    for at in places:
                        yield from here.get(at, ())
