"""What belongs inside a fight or an attack though its type or its victim is another (CODEBOOK 1.2, 1.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from .clusters import EXPLOSIONS, Cluster
from .dyads import NO, ORDERED, compare
from .told import Told

_PROPERTY = "strategic: Looting/property destruction"
_FIGHTS = frozenset({"battle", *ORDERED})
FROM_AFAR = "weapon used from afar inside the fight of the same dyad, day and place"
IN_THE_FIGHT = "weapon used in the fight that the same article tells of, by the same side or against it"
BURNED = "burning or looting by the doer, told with the deed"
BOTH_HIT = "one sentence tells of the same doer's other victims"


def absorb(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Put into a happening what is part of it.

    Shelling, air strikes and bombs go into the battle of the same dyad, day and place; where a side is open, into the
    one that their article tells of. Burning and looting go into the fight or attack of the same doer in the same
    article. What one sentence tells of one doer and several victims is one deed.

    Args:
        clusters: happenings of one country by exact day, place and dyad.
    """
    places: dict[Hashable, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        lead = cluster.lead
        if lead.group in _FIGHTS or lead.group == _PROPERTY:
            places[lead.day, lead.time_precision, lead.spot, lead.geo_precision == 3].append(cluster)
    gone: set[int] = set()
    for here in places.values():
        if len(here) > 1:
            gone.update(_gathered(here))
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _gathered(here: Sequence[Cluster]) -> Iterator[int]:
    """Let the happenings of one day and place take what is part of them; the ids of those that are taken."""
    battles = [cluster for cluster in here if cluster.lead.group == "battle"]
    hosts = list(battles)
    for cluster in here:
        if cluster.lead.group in ORDERED:
            why, home = _fight(cluster, battles) or _same_sentence(cluster, hosts) or ("", None)
            if home is None:
                hosts.append(cluster)
            else:
                home.take(cluster.claims, why)
                yield id(cluster)
    for cluster in here:
        if cluster.lead.group == _PROPERTY:
            home = next((host for host in hosts if _burned_by(cluster, host)), None)
            if home is not None:
                home.take(cluster.claims, BURNED)
                yield id(cluster)


def _fight(cluster: Cluster, battles: Sequence[Cluster]) -> tuple[str, Cluster] | None:
    """The battle in which explosives were used."""
    if not cluster.subs <= EXPLOSIONS:
        return None
    names = cluster.lead.dyad.names
    home = next((b for b in battles if len(names) == 2 and b.lead.dyad.names == names), None)
    if home is not None:
        return FROM_AFAR, home
    home = next((b for b in battles if _tells_of(cluster, b)), None)
    return (IN_THE_FIGHT, home) if home is not None else None


def _tells_of(cluster: Cluster, battle: Cluster) -> bool:
    """Whether an article tells of a bomb and of a fight between two sides, of which one is named for both."""
    one, other = cluster.lead.dyad, battle.lead.dyad
    if cluster.articles.isdisjoint(battle.articles) or other.first.inter is None or other.second.inter is None:
        return False
    shared = any(not side.generic and side.name in other.names for side in (one.first, one.second))
    return shared and compare(one, other, "battle") != NO


def _same_sentence(cluster: Cluster, hosts: Sequence[Cluster]) -> tuple[str, Cluster] | None:
    """The deed of the same kind that a sentence tells of the same doer."""
    group, articles = cluster.lead.group, cluster.articles
    same = [host for host in hosts if host.lead.group == group and not articles.isdisjoint(host.articles)]
    if not same:
        return None
    deeds = {_deed(claim) for claim in cluster.claims} - {None}
    home = next((host for host in same if any(_deed(claim) in deeds for claim in host.claims)), None)
    return (BOTH_HIT, home) if home is not None else None


def _deed(claim: Told) -> Hashable:
    doer = claim.dyad.first.whole
    return None if doer is None else (claim.article_id, claim.sentence_index, doer, claim.sub_event_type)


def _burned_by(cluster: Cluster, host: Cluster) -> bool:
    doer, sides = cluster.lead.dyad.first.whole, host.lead.dyad
    if doer is None or cluster.articles.isdisjoint(host.articles):
        return False
    return doer == sides.first.whole or (host.lead.group == "battle" and doer == sides.second.whole)
