"""What an article tells first without a day, in its headline, lead or summary, and again with one in its body.

A claim without a day has the day of publication, "overnight" the day on which the night ended. When the same article
goes on to tell of a fitting deed with its day, the first claim is of that deed: it takes day and place of the claim
that tells more closely, before any days are compared. Only claims of the same article decide, so nothing else that
is merged can change it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from .closeness import DAYS
from .clusters import kinds_fit
from .dyads import EQUAL, NO, compare
from .near import too_far
from .told import Told
from .tolls import agree, contradict

OPENING = 5  # sentences of a headline, lead or summary
Score = tuple[int, ...]
_DAY = ("event_date", "time_precision", "date_text")
_PLACE = (
    "location_text", "location_name", "admin1", "admin2", "admin3", "latitude", "longitude", "geo_precision", "spot",
)  # fmt: skip


def retold(claims: Sequence[Told], groups: Mapping[str, str]) -> list[Told]:
    """Give claims that are told without a day those of their article's body that tell of the same deed.

    Args:
        claims: exportable claims of one country, in the order of their content.
        groups: group by sub-event type.

    Returns:
        The claims in the same order; those that are told again have its day and place, and say so in ``taken``.
    """
    articles: dict[str, list[Told]] = defaultdict(list)
    unsure = {claim.article_id for claim in claims if claim.reach}
    for claim in claims if unsure else ():
        if claim.article_id in unsure:
            articles[claim.article_id].append(claim)
    found = {claim.order: claim for told in articles.values() for claim in _dated(told, groups)}
    return [found.get(claim.order, claim) for claim in claims] if found else list(claims)


def _dated(told: Sequence[Told], groups: Mapping[str, str]) -> list[Told]:
    """The claims of one article that are told again, with day and place."""
    body = [claim for claim in told if not claim.reach and claim.time_precision != 3]
    opening: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for claim in told if body else ():
        if claim.reach and claim.sentence_index < OPENING:  # what one sentence tells of one pair is one deed
            group = groups[claim.sub_event_type or ""]
            opening[claim.sentence_index, group, claim.spot, claim.dyad.names].append(claim)
    kinds = Counter(sub for sub, _, _ in {(claim.sub_event_type, claim.event_date, claim.spot) for claim in body})
    only = frozenset(sub for sub, number in kinds.items() if number == 1)
    found: list[Told] = []
    for claims in opening.values():
        home = _home(claims, body, groups, only)
        found += [_as_in(claim, home) for claim in claims] if home else ()
    return found


def _home(
    claims: Sequence[Told], body: Sequence[Told], groups: Mapping[str, str], only: Set[str | None]
) -> Told | None:
    scored = [
        (score, -claim.order, claim) for claim in body if (score := _best(claims, claim, groups, only)) is not None
    ]
    return max(scored)[2] if scored else None


def _best(claims: Sequence[Told], other: Told, groups: Mapping[str, str], only: Set[str | None]) -> Score | None:
    scores = (same_deed(claim, other, groups, other.sub_event_type in only) for claim in claims)
    return max((score for score in scores if score is not None), default=None)


def same_deed(claim: Told, other: Told, groups: Mapping[str, str], only: bool) -> Score | None:
    """How well a claim without a day fits one that the article tells later; None when it does not.

    The day must be within reach; type, pair and place must be compatible and tolls not contradict. Of what shows
    that it is one deed (a name, the toll, the type, the place, and that this is the ``only`` deed of its type in the
    body) there must be the more, the less certain the pair is and the farther day or place lie apart.
    """
    if claim.event_date is None or other.event_date is None or claim.sentence_index >= other.sentence_index:
        return None
    group, days = groups[claim.sub_event_type or ""], (claim.event_date - other.event_date).days
    if groups[other.sub_event_type or ""] != group or not 0 <= days <= claim.reach:
        return None
    fit = compare(claim.dyad, other.dyad, group)
    if fit == NO or contradict((claim,), (other,)):
        return None
    same_sub = claim.sub_event_type == other.sub_event_type
    named = any(not side.generic and side.name in other.dyad.names for side in claim.dyad[:2])
    if not (named or kinds_fit({claim.sub_event_type or ""}, {other.sub_event_type or ""})):
        return None
    told = claim.location_text is not None
    here = told and (claim.spot == other.spot or _is_unit(claim, other))
    moved = told and not here
    if moved and too_far(claim, other, max(2, claim.geo_precision or 2, other.geo_precision or 2)):
        return None
    same_toll = agree((claim,), (other,))
    shown = named, same_toll, same_sub, here, same_sub and here and only
    if sum(shown) < 1 + (fit != EQUAL) + moved + (days > DAYS[2]):
        return None
    day = other.event_date.toordinal() if claim.spans else 0  # of a toll over several days the last one
    return *shown, not moved, day, -other.sentence_index


def _is_unit(claim: Told, other: Told) -> bool:
    """Whether a claim names for its place the district or province in which the other lies."""
    name = f" {(claim.location_text or '').casefold()} "
    return any(name in f" {unit.casefold()} " for unit in (other.admin1, other.admin2) if unit)


def _as_in(claim: Told, other: Told) -> Told:
    keeps_place = (other.geo_precision or 3) == 3 and (claim.geo_precision or 3) < 3
    names = _DAY if keeps_place else _DAY + _PLACE
    taken = f"day and place of {other.claim_id}"
    return claim._replace(taken=taken, **{name: getattr(other, name) for name in names})
