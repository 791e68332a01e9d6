"""Everything that merging knows of one event: its claims, its toll, who contests it, how many tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...schema.ontology import Ontology
from ..claims import content_id
from .blame import reconcile
from .clusters import Cluster, gather, groups_of
from .contest import Contest, attach, contests, independent_interest, speaks_against
from .copies import independent
from .inside import absorb
from .named import name_parties
from .near import widen
from .retold import retold
from .spans import Share, shares
from .told import Told, in_order
from .tolls import Verdict, settle


class Happening(NamedTuple):
    """One event with all that was told of it.

    Its id is made from the claim that was published first: reports that come later do not change it.
    """

    event_id: str
    cluster: Cluster
    claims: tuple[Told, ...]
    denials: tuple[Told, ...]
    toll: Verdict
    share: Share | None
    contests: tuple[Contest, ...]
    outlets: int  # known outlets that tell of it in their own words
    interests: bool  # whether sources of different interest tell of it

    @property
    def fatalities(self) -> int:
        """The toll of its row."""
        return self.share.part if self.share else self.toll.best


def happenings(claims: Sequence[Told], ontology: Ontology) -> list[Happening]:
    """Merge the claims of one country into events (CODEBOOK 1.9).

    Args:
        claims: what :func:`.hearing.heard` lets through, sorted by content.
        ontology: ACLED's types and groups.

    Returns:
        The events. They depend on the set of claims alone, not on their order or on how they came in.
    """
    others = [claim for claim in claims if not claim.exportable]
    denials = [claim for claim in others if speaks_against(claim)]
    pointers = [claim for claim in others if not speaks_against(claim)]
    groups = groups_of(ontology)
    events = [claim for claim in claims if claim.exportable]
    told = name_parties(retold(events, groups), pointers, groups)
    index = widen(reconcile(absorb(gather(told, groups))))
    clusters = index.clusters
    against = attach(denials, index, groups)
    members = [tuple(in_order(cluster.claims)) for cluster in clusters]
    tolls = [settle(claims) for claims in members]
    parts = shares(clusters, tolls)
    return [
        Happening(
            event_id=content_id("event", members[n][0].claim_id),
            cluster=cluster,
            claims=members[n],
            denials=tuple(against.get(n, ())),
            toll=tolls[n],
            share=parts.get(n),
            contests=contests(cluster, against.get(n, ()), tolls[n]),
            outlets=independent(members[n]),
            interests=independent_interest(members[n]),
        )
        for n, cluster in enumerate(clusters)
    ]
