"""Claims of one day, place and group of types, gathered into happenings by their dyads (CODEBOOK 1.9).

Order plays no part: claims that name both sides found the happenings, then those that name one side join them,
then those that name none; each step looks only at what the step before it has settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ...schema.ontology import Ontology
from .doers import rivals
from .dyads import EQUAL, NO, ORDERED, Dyad, compare
from .told import Told, in_order
from .tolls import contradict

EXPLOSIONS = frozenset(
    {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    }
)
_BOMBS = frozenset({"Suicide bomb", "Remote explosive/landmine/IED"})  # who tells of a "bombing" may mean either

TAKINGS = frozenset({"Government regains territory", "Non-state actor overtakes territory"})


class Part(NamedTuple):
    """Claims that came into a happening together, and why they did."""

    claims: tuple[Told, ...]
    why: str


class Lead(NamedTuple):
    """What a happening is recognised by: set when it is founded, never changed by what joins it."""

    group: str
    day: date
    time_precision: int
    spot: tuple[object, ...]
    geo_precision: int
    claim: Told  # the claim that stands for its place
    dyad: Dyad

    @property
    def sharpness(self) -> tuple[int, int]:
        """Precision of day and place, 1 the sharpest."""
        return self.time_precision, self.geo_precision


@dataclass(slots=True)
class Cluster:
    """A happening while it is being gathered."""

    lead: Lead
    parts: list[Part] = field(default_factory=list)
    claims: list[Told] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    subs: set[str] = field(default_factory=set)

    def take(self, claims: Sequence[Told], why: str) -> None:
        """Add claims."""
        self.parts.append(Part(tuple(claims), why))
        self.claims.extend(claims)
        self.articles.update([claim.article_id for claim in claims])
        self.subs.update([claim.sub_event_type for claim in claims if claim.sub_event_type])


Key = tuple[str, date, int, tuple[object, ...], bool]


def key(claim: Told, groups: Mapping[str, str]) -> Key:
    """Group of types, day and place: claims of one key need only have compatible dyads (CODEBOOK 1.9).

    Strategic developments are grouped by sub-type. Days that are worse than a week, and places that stand for a
    region, are keys of their own: they say less than a day or a town.
    """
    assert claim.sub_event_type is not None and claim.event_date is not None  # every exportable claim has them
    group = groups[claim.sub_event_type]
    return group, claim.event_date, claim.time_precision or 1, claim.spot, claim.geo_precision == 3


def groups_of(ontology: Ontology) -> dict[str, str]:
    """The group within which reports may tell of one event, by sub-event type."""
    groups = {sub: ontology.group(ontology.event_type(sub)) for sub in ontology.sub_events}
    return {sub: f"strategic: {sub}" if group == "strategic" else group for sub, group in groups.items()}


@dataclass(slots=True)
class _Unit:
    """The claims of one article that name the same pair."""

    dyad: Dyad
    signature: tuple[str, str, str]
    claims: list[Told]


def gather(claims: Iterable[Told], groups: Mapping[str, str]) -> list[Cluster]:
    """Gather realised claims into happenings of one day and place.

    Args:
        claims: exportable claims of one country, in the order of their content.
        groups: group by sub-event type.

    Returns:
        The happenings, in an order that depends on the claims' content alone.
    """
    buckets: dict[Key, list[Told]] = defaultdict(list)
    for claim in claims:
        buckets[key(claim, groups)].append(claim)
    found: list[Cluster] = []
    for at, members in buckets.items():
        of = members[0].dyad
        plain = len(members) == 1 or (len(of.names) == 2 and all(claim.dyad is of for claim in members))
        found += [_cluster(at[0], members)] if plain else _by_dyad(at[0], members)
    return found


def _cluster(group: str, claims: Sequence[Told], of: Dyad | None = None) -> Cluster:
    sharpest = min(claims, key=lambda claim: claim.geo_precision or 1)  # claims come in their order
    day, spot, place = sharpest.event_date, sharpest.spot, sharpest.geo_precision or 1
    assert day is not None
    lead = Lead(group, day, sharpest.time_precision or 1, spot, place, sharpest, of or sharpest.dyad)
    cluster = Cluster(lead)
    cluster.take(claims, "same day, place, group of types and dyad" if len(claims) > 1 else "tells of it first")
    return cluster


def _by_dyad(group: str, claims: Sequence[Told]) -> list[Cluster]:
    stages: dict[int, list[_Unit]] = {2: [], 1: [], 0: []}
    for unit in _units(group, claims):
        stages[len(unit.dyad.names)].append(unit)
    settled: list[Cluster] = []
    for named in (2, 1, 0):
        free: dict[tuple[str, str, str], list[_Unit]] = defaultdict(list)
        joining: list[tuple[Cluster, _Unit]] = []
        for unit in stages[named]:
            home = _home(unit, settled, group)
            if home is None:
                free[unit.signature].append(unit)
            else:
                joining.append((home, unit))
        new = _found(group, free)
        for home, unit in joining:  # only now, so that the choice of one does not sway the next
            home.take(unit.claims, _why_dyad(unit.dyad, home.lead.dyad))
        settled += new
    return settled


def _units(group: str, claims: Sequence[Told]) -> list[_Unit]:
    units: dict[tuple[str, tuple[str, str, str]], _Unit] = {}
    for claim in claims:
        of = claim.dyad
        signature = _signature(of, group, claim.sub_event_type or "")
        unit = units.get((claim.article_id, signature))
        if unit is None:
            units[claim.article_id, signature] = _Unit(of, signature, [claim])
        else:
            unit.claims.append(claim)
    return list(units.values())


def _signature(of: Dyad, group: str, sub: str) -> tuple[str, str, str]:
    """What makes two pairs the same on the face of it; with a side left open, only of the same sub-type."""
    first, second = (s.name or (f"?{s.inter}" if s.inter else "") for s in (of.first, of.second))
    if group not in ORDERED and second < first:
        first, second = second, first
    return first, second, "" if first and second else sub


def _home(unit: _Unit, settled: Sequence[Cluster], group: str) -> Cluster | None:
    """The settled happening that a less telling pair fits best."""
    best: tuple[tuple[int, ...], Cluster] | None = None
    for number, cluster in enumerate(settled):
        if not _joins(unit.dyad, unit.claims, cluster, group):
            continue
        article = unit.claims[0].article_id in cluster.articles
        same_sub = unit.claims[0].sub_event_type in cluster.subs
        score = (article, same_sub, len(cluster.claims), -number)
        if best is None or score > best[0]:
            best = score, cluster
    return best[1] if best else None


def _found(group: str, free: dict[tuple[str, str, str], list[_Unit]]) -> list[Cluster]:
    """New happenings from pairs that fit no settled one; the pair that is told most often leads."""
    new: list[Cluster] = []
    order = sorted(free, key=lambda sig: (-sum(len(unit.claims) for unit in free[sig]), sig))
    for signature in order:
        units = free[signature]
        claims = in_order(claim for unit in units for claim in unit.claims)
        of = units[0].dyad
        home = next((c for c in new if _joins(of, claims, c, group)), None)
        if home is None:
            new.append(_cluster(group, claims, of))
        else:
            home.take(claims, _why_dyad(of, home.lead.dyad))
    return new


def _joins(of: Dyad, claims: Sequence[Told], cluster: Cluster, group: str) -> bool:
    """Whether claims of a cluster's day, place and group are of its happening, by their pair and types."""
    subs = {claim.sub_event_type for claim in claims if claim.sub_event_type}
    fit = compare(of, cluster.lead.dyad, group)
    if fit == NO or opposed(subs, cluster.subs) or (fit != EQUAL and rivals(claims, cluster.claims, group)):
        return False
    if fit == EQUAL and of.telling:
        return True
    whole = fit == EQUAL and of.first.whole and of.second.whole
    if not whole and not kinds_fit(subs, cluster.subs):
        return False
    return not subs.isdisjoint(cluster.subs) or not contradict(claims, cluster.claims)


def kinds_fit(subs: Set[str], others: Set[str]) -> bool:
    """Whether the sub-event types told can be of one deed: the same, or an attack told more closely elsewhere."""
    for a in subs:
        for b in others:
            if a == b or not {a, b} <= EXPLOSIONS | {"Attack", "Abduction/forced disappearance", "Sexual violence"}:
                return True
            if ("Attack" in (a, b) and {a, b} & EXPLOSIONS) or {a, b} == _BOMBS:
                return True
    return False


def opposed(subs: Set[str], others: Set[str]) -> bool:
    """Whether one tells that a town was taken and the other that it was taken back, and neither tells both."""
    return bool(subs & TAKINGS and others & TAKINGS) and not subs & others & TAKINGS


def _why_dyad(a: Dyad, b: Dyad) -> str:
    if a.names == b.names:
        return "same day, place, group of types and dyad"
    left = " and ".join(sorted(b.names - a.names))
    return f"same day and place; the dyad fits, though {left or 'a side'} is not named or not by that name"
