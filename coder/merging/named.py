"""Parties that an article names elsewhere than in the sentence of the deed.

"A bomb killed five traders" names no doer. A later sentence may: the police blame a group, a group claims the attack,
an army admits that it was its own. "The clash" names no side, and is one of the two parties whose fights the article
tells of. Only claims of the same article decide, before anything is merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from .clusters import kinds_fit
from .dyads import NOBODY, ORDERED, Dyad, Side, fits
from .hearing import BLAMED
from .told import Told

NEAR = 3  # sentences between a deed and the blame for it


def name_parties(claims: Sequence[Told], pointers: Iterable[Told], groups: Mapping[str, str]) -> list[Told]:
    """Give claims the parties that their article names elsewhere.

    Args:
        claims: exportable claims of one country, in the order of their content.
        pointers: claims that are no events, by which a source says whose deed one was.
        groups: group by sub-event type.

    Returns:
        The claims in the same order; those that were completed say so in ``taken``.
    """
    found: dict[int, Told] = {}
    pointing = _by_article(pointers)
    open_battles = {claim.article_id for claim in claims if _is_open(claim, groups)}
    concerned = open_battles | pointing.keys() | {claim.article_id for claim in claims if _only_blames(claim)}
    for article, told in _by_article(claim for claim in claims if claim.article_id in concerned).items():
        found |= {claim.order: claim for claim in _with_doer(told, pointing.get(article, ()), groups)}
        found |= {claim.order: claim for claim in _without_blame(told, groups)}
        if article in open_battles:
            found |= {claim.order: claim for claim in _with_parties(told, groups)}
    return [found.get(claim.order, claim) for claim in claims] if found else list(claims)


def _by_article(claims: Iterable[Told]) -> dict[str, list[Told]]:
    articles: dict[str, list[Told]] = defaultdict(list)
    for claim in claims:
        articles[claim.article_id].append(claim)
    return articles


def _with_doer(told: Sequence[Told], pointers: Sequence[Told], groups: Mapping[str, str]) -> Iterator[Told]:
    """Claims of violence without a doer, with the one that is blamed, claims it or admits it; rival ones none."""
    meant: dict[Hashable, list[tuple[Told, Side]]] = defaultdict(list)
    for pointer in pointers:
        doer = pointer.dyad.second if pointer.says == BLAMED else pointer.dyad.first
        deeds = [claim for claim in told if _may_mean(pointer, doer, claim, groups)]
        if deeds:
            meant[_deed(max(deeds, key=lambda claim: (claim.sentence_index, -claim.order)))].append((pointer, doer))
    for deed, named in meant.items():
        if len({doer.name for _, doer in named}) == 1:
            pointer, doer = named[0]
            for claim in told:
                if _deed(claim) == deed and _may_mean(pointer, doer, claim, groups):
                    yield _named(claim, doer, claim.dyad.second, pointer)


def _only_blames(claim: Told) -> bool:
    """Whether an accusation takes up a deed told before: it has neither victim nor day nor place of its own."""
    own = (claim.date_text, claim.location_text, claim.dyad.second.whole)
    return claim.claim_type == "accusation" and claim.dyad.first.name is not None and own == (None, None, None)


def _without_blame(told: Sequence[Told], groups: Mapping[str, str]) -> Iterator[Told]:
    """Accusations of a party that the doer told just before cannot be: the deed is the same, its doer stays open."""
    for claim in told:
        if not _only_blames(claim) or groups[claim.sub_event_type or ""] not in ORDERED:
            continue
        doer = claim.dyad.first
        for deed in told:
            near = 0 < claim.sentence_index - deed.sentence_index <= NEAR
            same = near and (deed.event_date, deed.spot) == (claim.event_date, claim.spot)
            nameless = deed.dyad.first.name is None and not fits(deed.dyad.first, doer, "violence")
            if same and nameless and kinds_fit({claim.sub_event_type or ""}, {deed.sub_event_type or ""}):
                yield _named(claim, NOBODY, claim.dyad.second, deed)
                break


def _deed(claim: Told) -> Hashable:
    return claim.sentence_index, claim.event_date, claim.spot


def _may_mean(pointer: Told, doer: Side, claim: Told, groups: Mapping[str, str]) -> bool:
    """Whether blame can be for a deed: just told, without a doer, and of the day, place and type that the blame has."""
    sub, first = claim.sub_event_type or "", claim.dyad.first
    if groups[sub] not in ORDERED or first.name is not None or not fits(first, doer, "violence"):
        return False
    if doer.name == claim.dyad.second.name or not 0 <= pointer.sentence_index - claim.sentence_index <= NEAR:
        return False
    day = pointer.date_text is None or pointer.event_date in (None, claim.event_date)
    place = pointer.location_text is None or pointer.spot == claim.spot
    return day and place and (pointer.sub_event_type is None or kinds_fit({pointer.sub_event_type}, {sub}))


def _is_open(claim: Told, groups: Mapping[str, str]) -> bool:
    first, second, _ = claim.dyad
    return first.inter is second.inter is None and groups[claim.sub_event_type or ""] == "battle"


def _with_parties(told: Sequence[Told], groups: Mapping[str, str]) -> Iterator[Told]:
    """Fights of which no side is named, with the only two parties whose fights the article tells of."""
    known = [claim for claim in told if groups[claim.sub_event_type or ""] == "battle" and _tells_both(claim.dyad)]
    if len({frozenset((claim.dyad.first.whole, claim.dyad.second.whole)) for claim in known}) != 1:
        return
    first, second = known[0].dyad.first, known[0].dyad.second
    # Where a side is told of the same day and place, that decides.
    told_of = {(claim.event_date, claim.spot) for claim in told if claim.dyad.names}
    for claim in told:
        if _is_open(claim, groups) and (claim.event_date, claim.spot) not in told_of:
            yield _named(claim, first, second, known[0])


def _tells_both(dyad: Dyad) -> bool:
    return bool(dyad.names) and None not in (dyad.first.whole, dyad.second.whole)


def _named(claim: Told, first: Side, second: Side, by: Told) -> Told:
    dyad = Dyad(first, second, frozenset(side.name for side in (first, second) if side.name))
    taken = f"{claim.taken}, parties of {by.claim_id}" if claim.taken else f"parties of {by.claim_id}"
    return claim._replace(dyad=dyad, actor_name=first.whole, actor_type=first.inter, taken=taken)
