"""The account of one event: its claims, why they were merged, who contests it, and what nearly was the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from ...schema.ontology import Ontology, load_ontology
from .closeness import DAYS, KILOMETRES, distance
from .happening import Happening, happenings
from .near import judge, too_far
from .told import by_country, compact

NEAR_DAYS = DAYS[3]
NEAR_KILOMETRES = 2 * KILOMETRES[2]
_MOST = 10


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An event that nearly was the same, and what keeps it apart."""

    event: Happening
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """Everything behind one event."""

    event: Happening
    near: tuple[NearMiss, ...]


def account(claims: pl.LazyFrame, event_id: str, country: str, ontology: Ontology | None = None) -> Account | None:
    """Merge the claims of a country again and tell how one event came about (CODEBOOK 1.9).

    Args:
        claims: the claims table of a run.
        event_id: the event.
        country: ACLED's name of its country; claims are merged country by country, so the others play no part.
        ontology: ACLED's types and groups; the built-in ones when None.

    Returns:
        The account; None when merging these claims gives no event of that id.
    """
    for name, told in by_country(compact(claims)):
        if name == country:
            events = happenings(told, ontology or load_ontology())
            found = next((event for event in events if event.event_id == event_id), None)
            return Account(found, tuple(_near(found, events))) if found else None
    return None


def _near(event: Happening, events: Sequence[Happening]) -> list[NearMiss]:
    """Events that lie close in day and place, the nearest first, with what speaks against their being the same."""
    found = []
    for other in events:
        if other is event or not _close(event, other):
            continue
        vaguer, sharper = sorted((event, other), key=lambda e: sum(e.cluster.lead.sharpness), reverse=True)
        why = judge(vaguer.cluster, sharper.cluster)
        if why.same:
            back = judge(sharper.cluster, vaguer.cluster)
            reason = back.why if not back.same else "each fitted another event better"
        else:
            reason = why.why
        lead, its = event.cluster.lead, other.cluster.lead
        rank = (lead.group != its.group, abs((lead.day - its.day).days), lead.spot != its.spot, other.event_id)
        found.append((rank, NearMiss(other, reason)))
    return [miss for _, miss in sorted(found, key=lambda item: item[0])[:_MOST]]


def _close(event: Happening, other: Happening) -> bool:
    a, b = event.cluster.lead, other.cluster.lead
    if abs(a.day - b.day) > timedelta(days=NEAR_DAYS):
        return False
    first, second = a.claim, b.claim
    if None in (first.latitude, first.longitude, second.latitude, second.longitude):
        return a.spot == b.spot
    gap = distance(first.latitude, first.longitude, second.latitude, second.longitude)  # type: ignore[arg-type]
    return gap <= NEAR_KILOMETRES or too_far(first, second, max(a.geo_precision, b.geo_precision)) is None
