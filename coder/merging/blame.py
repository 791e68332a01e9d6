"""One deed blamed on two parties is one event that is contested, not two events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .clusters import Cluster, kinds_fit
from .doers import doers, rivals
from .dyads import fits
from .tolls import contradict

# Kinds of claim by which a source says whose deed it was, and does not settle it.
_BLAMING = frozenset({"accusation", "claim", "claim_of_responsibility", "assessment", "hearsay", "denial"})
WHY = "the same deed, blamed on somebody else"


def reconcile(clusters: list[Cluster]) -> list[Cluster]:
    """Join happenings of one day and place that differ only in who is blamed.

    The doers are named and different, the victims can be the same, the types fit, no tolls contradict, and in at
    least one of the two nobody but accusing or claiming sources names the doer.
    """
    spots: dict[tuple[object, ...], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        lead = cluster.lead
        if lead.group == "violence":
            spots[lead.day, lead.time_precision, lead.spot].append(cluster)
    gone: set[int] = set()
    for here in spots.values():
        if len(here) > 1 and any(_only_blamed(cluster) for cluster in here):
            gone |= _joined(here)
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _joined(here: Sequence[Cluster]) -> set[int]:
    order = sorted(here, key=lambda c: (-len(c.claims), c.claims[0].order))
    gone: set[int] = set()
    for number, cluster in enumerate(order):
        home = next((c for c in order[:number] if id(c) not in gone and differs_in_blame(c, cluster)), None)
        if home is not None:
            home.take(cluster.claims, WHY)
            gone.add(id(cluster))
    return gone


def differs_in_blame(a: Cluster, b: Cluster) -> bool:
    """Whether two happenings of one day and place are one deed with two accounts of whose it was."""
    if not rivals(a.claims, b.claims, "violence") or not (_only_blamed(a) or _only_blamed(b)):
        return False
    if not kinds_fit(a.subs, b.subs) or contradict(a.claims, b.claims):
        return False
    victims = {id(of): of.second for of in (claim.dyad for claim in (*a.claims, *b.claims))}
    return all(fits(x, y, "violence") for x in victims.values() for y in victims.values())


def _only_blamed(cluster: Cluster) -> bool:
    naming = [claim for told in doers(cluster.claims).values() for claim in told]
    return bool(naming) and all(claim.claim_type in _BLAMING for claim in naming)
