"""What makes an event contested: denials and doubts, contradicting tolls, blame on two parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from .closeness import DAYS, days_apart
from .clusters import Cluster
from .doers import doers, rivals
from .dyads import NO, ORDERED, compare
from .figures import plain
from .hearing import BLAMED, DOER
from .near import Index, too_far
from .told import Told, attestation, in_order
from .tolls import Verdict

# A denial may name the deed by another type than the reports do ("attack" of a shelling).
_FIGHT = frozenset({"battle", "violence"})
_WIDE = ("Attack", "Armed clash")


class Contest(NamedTuple):
    """One way in which an event is contested, with the claims of each side."""

    kind: str  # denial, toll, blame
    claims: tuple[Told, ...]  # of the account that the event's row follows
    against: tuple[Told, ...]


class Fit(NamedTuple):
    """How well a denial fits a happening; a higher score is better."""

    score: tuple[float, ...]
    why: str


def speaks_against(claim: Told) -> bool:
    """Whether a claim is one by which a source denies or doubts an event."""
    return not claim.exportable and claim.says not in (DOER, BLAMED)


def attach(denials: Sequence[Told], index: Index, groups: Mapping[str, str]) -> dict[int, list[Told]]:
    """The denials that speak of each happening of an index.

    A denial is taken to mean the happening of its own article that it fits best; without one there, a happening
    that other articles tell of at the same place within the window of days.

    Returns:
        Denials by position of the happening; each denial at most once.
    """
    if not denials:
        return {}
    clusters = index.clusters
    by_article: dict[str, list[int]] = defaultdict(list)
    number: int | None
    position = {id(cluster): number for number, cluster in enumerate(clusters)}
    wanted = {claim.article_id for claim in denials}
    for number, cluster in enumerate(clusters):
        for article in cluster.articles & wanted:
            by_article[article].append(number)
    found: dict[int, list[Told]] = defaultdict(list)
    for claim in in_order(denials):
        number = _best(claim, by_article.get(claim.article_id, ()), clusters, groups)
        if number is None:
            near = sorted({position[id(cluster)] for cluster in index.around(claim)})
            number = _best(claim, near, clusters, groups)
        if number is not None:
            found[number].append(claim)
    return found


def _best(claim: Told, numbers: Iterable[int], clusters: Sequence[Cluster], groups: Mapping[str, str]) -> int | None:
    best: tuple[tuple[float, ...], int] | None = None
    for number in numbers:
        fit = fits_event(claim, clusters[number], groups)
        if fit is not None and (best is None or (fit.score, -number) > (best[0], -best[1])):
            best = fit.score, number
    return best[1] if best else None


def fits_event(claim: Told, cluster: Cluster, groups: Mapping[str, str]) -> Fit | None:
    """Whether a denial can mean a happening, and how well."""
    lead = cluster.lead
    shared = claim.article_id in cluster.articles
    group = groups[claim.sub_event_type] if claim.sub_event_type else claim.says
    if group is None or not (shared or claim.sub_event_type):
        return None
    if group != lead.group and not {group, lead.group} <= _FIGHT:
        return None
    here = [c.sentence_index for c in cluster.claims if c.article_id == claim.article_id] if shared else []
    # What the article has told of already is meant, though the denial has day and place of another sentence.
    meant = lead.group in _FIGHT and min(here, default=claim.sentence_index + 1) <= claim.sentence_index
    day = _day_fits(claim, cluster)
    place = claim.location_name is None or claim.spot == lead.spot or _near(claim, cluster)
    if not (day or (shared and claim.date_text is None)) or not (place or (meant and claim.location_text is None)):
        return None
    said = claim.dyad
    if said.names and compare(said, lead.dyad, "battle") == NO:
        return None
    own = claim.source is not None and plain(claim.source) in {plain(name) for name in _parties(cluster)}
    if claim.sub_event_type not in (None, *_WIDE, *cluster.subs) and not own:
        return None
    gap = min((abs(index - claim.sentence_index) for index in here), default=99)
    score = (claim.sub_event_type in cluster.subs, group == lead.group, day, place, own, -gap, len(cluster.claims))
    where = "its article tells of it" if shared else "same place and day"
    return Fit(tuple(map(float, score)), where)


def _day_fits(claim: Told, cluster: Cluster) -> bool:
    if claim.event_date is None:
        return False
    window = DAYS[max(claim.time_precision or 1, cluster.lead.time_precision)]
    return days_apart(claim.event_date, cluster.lead.day) <= window


def _near(claim: Told, cluster: Cluster) -> bool:
    precision = max(claim.geo_precision or 3, cluster.lead.geo_precision)
    return too_far(claim, cluster.lead.claim, precision) is None


def _parties(cluster: Cluster) -> Iterable[str]:
    for claim in cluster.claims:
        yield from (name for name in (claim.actor_text, claim.actor_name, claim.target_text, claim.target_name) if name)


def contests(cluster: Cluster, denials: Sequence[Told], toll: Verdict) -> tuple[Contest, ...]:
    """All ways in which a happening is contested, with the claims of each side."""
    found = []
    if denials:
        deniers = {claim.source for claim in denials}
        held = tuple(claim for claim in cluster.claims if claim.source not in deniers)
        found.append(Contest("denial", held or tuple(cluster.claims), tuple(denials)))
    conflicting = toll.conflicting
    if conflicting and toll.taken is not None:
        ours = tuple(claim for claim in conflicting if claim.figure.best == toll.best)
        theirs = tuple(claim for claim in conflicting if claim.figure.best != toll.best)
        found.append(Contest("toll", ours or (toll.taken,), theirs))
    blamed = _blamed(cluster)
    if blamed:
        found.append(Contest("blame", *blamed))
    return tuple(found)


def _blamed(cluster: Cluster) -> tuple[tuple[Told, ...], tuple[Told, ...]] | None:
    """Claims that name the doer most of them name, and claims that name another; None when they agree."""
    if cluster.lead.group not in ORDERED or len({claim.actor_name for claim in cluster.claims}) < 2:
        return None
    named = doers(cluster.claims)
    if len(named) < 2:
        return None
    order = sorted(named, key=lambda name: (*attestation(named[name]), name))
    against = [c for name in order[1:] if rivals(named[name], named[order[0]], "violence") for c in named[name]]
    return (tuple(named[order[0]]), tuple(against)) if against else None


def independent_interest(claims: Sequence[Told]) -> bool:
    """Whether two sources of different interest tell the same event (CODEBOOK 3.3, partisan relation)."""
    sources: dict[str, frozenset[str]] = {}
    for claim in claims:
        leanings = _leanings(claim.source_interest, claim.source_relation_to_actor)
        if leanings and claim.source is not None:
            name = plain(claim.source)
            sources[name] = sources.get(name, frozenset()) | leanings
    if len(sources) < 2:
        return False
    kinds = set(sources.values())
    return any(first.isdisjoint(second) for first in kinds for second in kinds)


@cache
def _leanings(interest: str, relation: str) -> frozenset[str]:
    found = set()
    if interest in ("self_serving", "against_interest"):
        found.add(interest)
    elif interest == "neutral" or relation == "third_party":
        found.add("neutral")
    if relation in ("own_side", "ally"):
        found.add("actor's")
    elif relation == "opponent":
        found.add("opponent's")
    return frozenset(found)
