"""Which places a story names, decided together for the whole story (CODEBOOK 1.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import exp

from .containment import contain, distance, inside
from .dateline import find_dateline
from .gazetteer import Gazetteer, fold
from .location import locate
from .place_evidence import people
from .place_scores import (
    ACCEPT,
    LARGE,
    NEAR_KM,
    Context,
    Name,
    acceptance,
    drop_strangers,
    first_context,
    group_names,
    next_context,
    score_name,
)
from .place_words import Mention, PlaceWords, Words, load_place_words
from .records import Article, Geography, Sentence, Span, Toponym
from .toponyms import scan

__all__ = ["PlaceWords", "find_places", "load_place_words", "locate"]

_LARGE_CITY = 500_000  # people; ACLED tells such cities' parts apart as "City - District"


def find_places(article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer, words: PlaceWords) -> Geography:
    """Find and resolve the place names of a story.

    Names are weighed by their neighbours, then resolved together: by the countries the story names (with the
    dateline, demonyms, ``article.country`` and the publisher's name), by units named along with them, by what
    the text puts them into, by distance and by population. A name has one sense per story.

    Args:
        article: the story.
        sentences: its sentences.
        gazetteer: where names are looked up.
        words: the words around place names, and demonyms.

    Returns:
        The toponyms in text order, the country that the story is about, and the dateline if it lies in it.
    """
    head = find_dateline(article.text)
    mentions = _mentions(article, sentences, head, gazetteer, words)
    names = group_names(mentions)
    context = first_context(article, names, _home(article, gazetteer, words))
    for _ in range(2):
        for name in names:
            score_name(name, context)
        context = next_context(article, names, context)
    drop_strangers(names, context, words.quoted(article.text))
    toponyms = sorted(_accepted(names, context, gazetteer), key=lambda t: (t.start, t.end))
    country = _about(article, toponyms)
    dateline = next((t for t in toponyms if head and t.start == head.start), None)
    if dateline and not _plausible(dateline, toponyms, country):
        dateline = None
    return Geography(tuple(toponyms), country, dateline)


def _home(article: Article, gazetteer: Gazetteer, words: PlaceWords) -> str | None:
    """The publisher's country, by its name: "Kenya Times", "Dawn"."""
    publisher = article.publisher or ""
    if publisher in words.outlets:
        return words.outlets[publisher]
    for word in publisher.split():
        key = fold(word)
        if key in words.demonyms:
            return words.demonyms[key]
        nation = next((m.place for m in gazetteer.matches(key) if m.place.feature == "PCLI"), None)
        if nation is not None and len(key) > 3:
            return nation.iso3
    return None


def _plausible(dateline: Toponym, toponyms: Sequence[Toponym], country: str | None) -> bool:
    """Whether a story's dateline can be where its events are, and is not just where a bureau sits.

    It must lie in the story's country; and where the story names other places there, one of them must be the
    same, lie in the same first-order unit, or nearby.
    """
    place = dateline.place
    if place is None or (country and place.iso3 != country):
        return False
    body = [t.place for t in toponyms if t.place and t.start > dateline.end and t.role == "mention"]
    others = [p for p in body if p.iso3 == place.iso3 and p.feature not in ("PCLI", "RGN")]
    near = (p.geonameid == place.geonameid or p.admin1 == place.admin1 or distance(p, place) < 60 for p in others)
    return not others or any(near)


def _mentions(
    article: Article, sentences: Sequence[Sentence], head: Span | None, gazetteer: Gazetteer, words: PlaceWords
) -> list[Mention]:
    text = article.text
    upper = sum(map(str.isupper, text))
    lower_case = upper * 200 < len(text)
    found: list[Mention] = []
    persons: set[str] = set()
    for sentence in sentences:
        tokens = Words(sentence, lower_case)
        persons |= people(tokens, words)
        own = scan(tokens, gazetteer, words)
        contain(own, text)
        found.extend(own)
    for mention in found:
        if head and head.start <= mention.start < head.end:
            mention.evidence = max(mention.evidence, 0.0) + 4.0
        if mention.key in persons and not mention.country:
            mention.evidence -= 2.5
    return found


def _accepted(names: Sequence[Name], context: Context, gazetteer: Gazetteer) -> Iterator[Toponym]:
    found: dict[int, Toponym] = {}
    for name in names:
        for mention in name.mentions:
            toponym = _decide(name, mention, context, gazetteer)
            if toponym is not None:
                found[mention.start] = toponym
    strange = [m for name in names if name.strange for m in name.mentions]
    unlisted = {m.start for m in strange if m.named and m.evidence > 0 and not m.generic and m.start not in found}
    for mention in sorted((m for name in names for m in name.mentions), key=lambda m: -m.start):
        if mention.key.startswith("?") or mention.start in unlisted or _misplaced(mention, found):
            found[mention.start] = _unlisted(mention, found)
    yield from found.values()


def _misplaced(mention: Mention, found: Mapping[int, Toponym]) -> bool:
    """Whether a village or area, by its name found elsewhere, is said to lie in a unit: it is another one."""
    own = found.get(mention.start)
    holder = found.get(mention.holder.start) if mention.holder else None
    told = mention.named or mention.within
    if own is None or own.place is None or holder is None or not told or mention.unit or mention.country:
        return False
    place = holder.place or holder.anchor
    if place is None or place.feature == "PCLI" or not place.iso3:
        return False
    lax = holder.place is None or mention.within  # a unit whose borders are not known
    known = holder.place is not None and inside(own.place, holder.place)
    return place.iso3 != own.place.iso3 or (lax and not known and distance(place, own.place) > NEAR_KM)


def _decide(name: Name, mention: Mention, context: Context, gazetteer: Gazetteer) -> Toponym | None:
    if mention.demonym:
        nation = gazetteer.country(mention.demonym)
        if mention.evidence <= -2.0:
            return None
        return Toponym(mention.start, mention.end, mention.text, nation, 0.9, "demonym", 3)
    value = acceptance(name, mention, context)
    if value < ACCEPT or name.best is None:
        return None
    return _toponym(name, mention, value, gazetteer)


def _unlisted(mention: Mention, found: Mapping[int, Toponym]) -> Toponym:
    """A place that the gazetteer lacks, with the place that holds it to stand for it."""
    holder = found.get(mention.holder.start) if mention.holder else None
    plain = Toponym(mention.start, mention.end, mention.text, None, 0.5, "mention", 3)
    if holder is None or (holder.place is None and holder.anchor is None):
        return plain
    if holder.place is not None and (holder.place.feature == "PCLI" or not holder.place.iso3):
        return plain
    anchor, precision = holder.anchor or holder.place, holder.precision
    if anchor is not None and holder.place is not None and holder.place.feature.startswith("PPL"):
        if not mention.quarter:
            precision = max(precision, 2)  # a village or camp by a town
        elif anchor.population >= _LARGE_CITY:
            anchor = replace(anchor, name=f"{anchor.name} - {mention.text}")
    return replace(plain, precision=precision, anchor=anchor)


def _toponym(name: Name, mention: Mention, value: float, gazetteer: Gazetteer) -> Toponym:
    place = name.scores[0][1].place
    others = tuple(match.place for _, match in name.scores[1:4])
    margin = name.scores[0][0] - name.scores[1][0] if others else 4.0
    score = round(1 / (1 + exp(-margin)) / (1 + exp(ACCEPT - 1.0 - value)), 3)
    precision, anchor = 1, None
    if place.feature in ("ADM1", "ADM2"):
        precision, anchor = (3 if place.feature == "ADM1" else 2), gazetteer.seat(place)
    elif place.feature == "PCLI" or place.feature in LARGE:
        precision = 3
    elif mention.unit:
        precision = 2  # "Demoso township": somewhere around the town
    return Toponym(mention.start, mention.end, mention.text, place, score, "mention", precision, others, anchor)


def _is_adjective(text: str, toponym: Toponym) -> bool:
    """Whether a country tells whose something is, as a nationality does: "U.S. jets", "China's warships"."""
    following = text[toponym.end : toponym.end + 2]
    country = toponym.place is not None and toponym.place.feature == "PCLI"
    abbreviated = toponym.text.replace(".", "").isupper() and following.strip().islower()
    return country and (abbreviated or following in ("'s", "’s") or text.startswith(" border", toponym.end))


def _about(article: Article, toponyms: Sequence[Toponym]) -> str | None:
    """The country that a story is about: most of its places, the first ones counting more."""
    votes: dict[str, float] = defaultdict(float)
    for number, toponym in enumerate(toponyms):
        if toponym.place is None or not toponym.place.iso3:
            continue
        weight = 0.5 if toponym.role == "demonym" or _is_adjective(article.text, toponym) else 1.0
        votes[toponym.place.iso3] += weight * (1.0 + 1.0 / (1 + number))
    if article.country:
        votes[article.country] += 1.5
    return min(votes, key=lambda iso3: (-votes[iso3], iso3), default=None)
