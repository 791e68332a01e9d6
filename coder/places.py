"""Which places a story names, decided together for the whole story (CODEBOOK 1.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log10

from .containment import MANY, contain, distance, inside
from .dateline import find_dateline
from .gazetteer import SHORT, Gazetteer, Match
from .location import locate
from .records import Article, Geography, Place, Sentence, Toponym
from .toponyms import Mention, PlaceWords, Words, load_place_words, people, scan

__all__ = ["PlaceWords", "find_places", "load_place_words", "locate"]

ACCEPT = 1.5  # least score of a toponym
COUNTRY, UNIT, NEAR = 2.8, 1.8, 2.0  # what a country, a unit and a neighbour named along with a place add
NEAR_KM = 150.0
# Where towns have one name in the language of the news, other names in GeoNames are mostly history.
_ALIAS = dict.fromkeys(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"), 2.5)
_LARGE = frozenset(("CONT", "RGN", "SEA", "OCN", "GULF", "LK", "MTS", "MT", "ISL", "PEN", "STRT", "CHN", "ADM1H"))
_REGIONS = _LARGE | {"PPLX"}


@dataclass(slots=True)
class _Name:
    """A name with all its mentions in the story: one sense per story."""

    key: str
    unit: bool
    matches: tuple[Match, ...]
    mentions: list[Mention] = field(default_factory=list)
    scores: list[tuple[float, Match]] = field(default_factory=list)

    @property
    def generic(self) -> bool:
        """Whether the name is an ordinary word or a direction."""
        return self.mentions[0].generic

    @property
    def best(self) -> Match | None:
        return self.scores[0][1] if self.scores else None


@dataclass(slots=True)
class _Context:
    """What the story says about where it is set."""

    countries: dict[str, float]
    units: set[tuple[str, str]]
    points: list[tuple[str, Place]]

    def country(self, iso3: str) -> float:
        return self.countries.get(iso3, 0.0)


def find_places(article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer, words: PlaceWords) -> Geography:
    """Find and resolve the place names of a story.

    Names are weighed by their neighbours, then resolved together: by the countries the story names (with the
    dateline, demonyms and ``article.country``), by units named along with them, by what the text puts
    them into, by distance and by population. A name has one sense per story.

    Args:
        article: the story.
        sentences: its sentences.
        gazetteer: where names are looked up.
        words: the words around place names, and demonyms.

    Returns:
        The toponyms in text order, the country that the story is about, and the dateline if it lies in it.
    """
    mentions = _mentions(article, sentences, gazetteer, words)
    names = _names(mentions)
    context = _first_context(article, names)
    for _ in range(2):
        for name in names:
            _score(name, context)
        context = _context(article, names, context)
    toponyms = sorted(_accepted(names, context, gazetteer), key=lambda t: (t.start, t.end))
    country = _about(article, toponyms)
    first = find_dateline(article.text)
    dateline = next((t for t in toponyms if first and t.start == first.start), None)
    if dateline and dateline.place and country and dateline.place.iso3 != country:
        dateline = None
    return Geography(tuple(toponyms), country, dateline)


def _mentions(
    article: Article, sentences: Sequence[Sentence], gazetteer: Gazetteer, words: PlaceWords
) -> list[Mention]:
    text = article.text
    upper = sum(map(str.isupper, text))
    lower_case = upper * 200 < len(text)
    head = find_dateline(text)
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


def _names(mentions: Iterable[Mention]) -> list[_Name]:
    names: dict[tuple[str, bool], _Name] = {}
    for mention in mentions:
        name = names.get((mention.key, mention.unit))
        if name is None:
            matches = _fitting(mention)
            name = names[mention.key, mention.unit] = _Name(mention.key, mention.unit, matches)
        name.mentions.append(mention)
    return list(names.values())


def _fitting(mention: Mention) -> tuple[Match, ...]:
    """The candidates of a name: units where it is said to be one; else the town rather than its unit."""
    matches = mention.matches[:MANY]
    if mention.unit:
        wanted = ("ADM1", "ADM1H", "RGN") if mention.region else ("ADM1", "ADM2", "ADM1H", "RGN")
        return tuple(m for m in matches if m.place.feature in wanted) or matches
    if mention.country:
        return tuple(
            m
            for m in matches
            if m.place.feature == "PCLI" or (m.place.feature == "ADM1" and _rival(m)) or mention.outer
        )
    towns = [m.place for m in matches if m.place.feature.startswith("PPL") and m.tier == matches[0].tier]
    return tuple(
        m
        for m in matches
        if m.place.feature not in ("ADM1", "ADM2")
        or not any(t.iso3 == m.place.iso3 and distance(t, m.place) < NEAR_KM and _big(t, m.place) for t in towns)
    )


def _big(town: Place, unit: Place) -> bool:
    return town.feature in ("PPLA", "PPLC", "PPLA2") or town.population * 8 > unit.population


def _prior(match: Match) -> float:
    place = match.place
    score = log10(place.population + 100)
    feature = place.feature
    if feature == "PCLI":
        return 11.0 - 0.5 * match.tier
    if feature in _REGIONS:
        score = 6.5
    elif feature == "PPLC":
        score += 2.0
    elif feature in ("ADM1", "PPLA"):
        score += 0.8
    return score - (_ALIAS.get(place.iso3, 0.9) if match.tier == 1 else (0.0, 0.0, 2.0, 0.5)[match.tier])


def _first_context(article: Article, names: Sequence[_Name]) -> _Context:
    votes: dict[str, float] = defaultdict(float)
    units: set[tuple[str, str]] = set()
    for name in names:
        weight = _weight(name)
        if weight <= 0:
            continue
        demonym = name.mentions[0].demonym
        if demonym:
            votes[demonym] += 0.8 * weight
            continue
        nation = next((m.place for m in name.matches if m.place.feature == "PCLI"), None)
        if nation is not None and not _rivals(name):
            votes[nation.iso3] += weight
            continue
        for outer in {m.place for x in name.mentions if x.sure for m in x.outer}:
            votes[outer.iso3] += 0.5 * weight
        shares = [(10 ** (0.7 * _prior(m)), m.place) for m in name.matches]
        total = sum(share for share, _ in shares) or 1.0
        for share, place in shares:
            votes[place.iso3] += 0.6 * weight * share / total
            if share > 0.8 * total and place.admin1:
                units.add((place.iso3, place.admin1))
    return _Context(_shares(article, votes), units, [])


def _rivals(name: _Name) -> bool:
    """Whether a country's name is also that of a large unit elsewhere, as Georgia's."""
    return any(_rival(match) for match in name.matches)


def _rival(match: Match) -> bool:
    return match.place.feature == "ADM1" and match.place.population > 3_000_000 and match.tier == 0


def _weight(name: _Name) -> float:
    best = max(m.evidence for m in name.mentions)
    if best < -1.0 or name.generic or name.key.startswith("?"):
        return 0.0
    if name.mentions[0].loose and not name.mentions[0].country:
        best = min(best - 1.0, 1.0)
    return min(1.0, 0.4 + 0.2 * max(0.0, best)) * (1 + log10(len(name.mentions)))


def _shares(article: Article, votes: Mapping[str, float]) -> dict[str, float]:
    counted = {iso3: vote for iso3, vote in votes.items() if iso3}
    if article.country:
        counted[article.country] = counted.get(article.country, 0.0) + 2.0
    top = max(counted.values(), default=0.0)
    return {iso3: vote / max(top, 1.0) for iso3, vote in counted.items()}


def _context(article: Article, names: Sequence[_Name], before: _Context) -> _Context:
    """The context again, from the senses chosen so far."""
    votes: dict[str, float] = defaultdict(float)
    units: set[tuple[str, str]] = set()
    points: list[tuple[str, Place]] = []
    for name in names:
        weight = _weight(name)
        demonym = name.mentions[0].demonym
        if demonym:
            votes[demonym] += 0.8 * weight
        best = name.best
        if best is None or weight <= 0 or _accept(name, name.mentions[0], before) < ACCEPT:
            continue
        votes[best.place.iso3] += weight
        if best.place.feature == "PCLI":
            continue
        points.append((name.key, best.place))
        if best.place.admin1:
            units.add((best.place.iso3, best.place.admin1))
    return _Context(_shares(article, votes), units, points)


def _score(name: _Name, context: _Context) -> None:
    """Rank the candidates of a name."""
    sure = {o.place.geonameid: o.place for x in name.mentions for o in x.outer if x.sure}
    soft = {o.place.geonameid: o.place for x in name.mentions for o in x.outer if not x.sure}
    spoken = any(m.tier < SHORT for m in name.matches)
    scores = []
    for match in name.matches:
        if spoken and match.tier == SHORT:
            continue
        place = match.place
        score = _prior(match) + COUNTRY * context.country(place.iso3)
        if place.feature == "ADM2" and not name.unit:
            score -= 1.5
        if place.feature != "PCLI":
            if place.admin1 and (place.iso3, place.admin1) in context.units:
                score += UNIT
            near = min((distance(place, p) for key, p in context.points if key != name.key), default=9e9)
            if near < 2 * NEAR_KM:
                score += NEAR * (1 - near / (2 * NEAR_KM))
        score += _held(match, name)
        if name.generic:
            score -= 6.0 * (1 - context.country(place.iso3))
        if sure and any(inside(place, outer) for outer in sure.values()):
            score += 8.0
        elif soft and any(inside(place, outer) for outer in soft.values()):
            score += 3.5
        scores.append((score, match))
    scores.sort(key=lambda s: (-s[0], s[1].tier, s[1].place.geonameid))
    name.scores = scores


def _held(match: Match, name: _Name) -> float:
    """What a place gains because the text puts another into it: "Atlanta, Georgia" tells which Georgia."""
    gain = 0.0
    for mention in name.mentions:
        if not mention.inner:
            continue
        top = max(map(_prior, mention.inner))
        held = max((_prior(m) for m in mention.inner if inside(m.place, match.place)), default=0.0)
        gain = max(gain, 5.0 - 2.0 * (top - held))
    return gain


def _accept(name: _Name, mention: Mention, context: _Context) -> float:
    """How much speaks for a mention being the place chosen for its name."""
    own = mention.evidence
    if own < -3.5:
        return own
    best = name.best
    evidence = 0.4 * own + 0.6 * max(m.evidence for m in name.mentions)
    if best is None:
        return evidence
    place = best.place
    if place.feature == "PCLI":
        return 4.5 + min(own, 0.0)
    if place.feature in _REGIONS:
        return 2.5 + evidence
    score = evidence + max(-1.2, min(2.0, 0.9 * (log10(place.population + 1) - 4.0)))
    score += {"PPLC": 1.2, "ADM1": 1.2, "PPLA": 0.7}.get(place.feature, 0.0)
    score += 1.2 * context.country(place.iso3) - (0.0, 0.5, 1.0, 0.0)[best.tier]
    if name.generic:
        score -= 6.0 * (1 - context.country(place.iso3))
    if mention.loose and context.country(place.iso3) < 0.3:
        score -= 1.5
    sure = any(m.sure for m in name.mentions)
    if context.country(place.iso3) < 0.3 and place.population < 100_000 and not sure:
        score -= 1.0 + (best.tier > 0) + mention.loose
    if any(m.named for m in name.mentions):
        score += 0.5
    elif place.feature == "ADM2":
        score -= 1.0
    return score


def _accepted(names: Sequence[_Name], context: _Context, gazetteer: Gazetteer) -> Iterator[Toponym]:
    found: dict[int, Toponym] = {}
    for name in names:
        for mention in name.mentions:
            toponym = _decide(name, mention, context, gazetteer)
            if toponym is not None:
                found[mention.start] = toponym
    for mention in sorted((m for name in names for m in name.mentions), key=lambda m: -m.start):
        if mention.key.startswith("?") or _misplaced(mention, found):
            found[mention.start] = _unlisted(mention, found)
    yield from found.values()


def _misplaced(mention: Mention, found: Mapping[int, Toponym]) -> bool:
    """Whether a village or area, by its name found elsewhere, is said to lie in a unit: it is another one."""
    own = found.get(mention.start)
    holder = found.get(mention.holder.start) if mention.holder else None
    if own is None or own.place is None or holder is None or not mention.named or mention.unit or mention.country:
        return False
    place = holder.place or holder.anchor
    if place is None or place.feature == "PCLI" or not place.iso3:
        return False
    return place.iso3 != own.place.iso3 or (holder.place is None and distance(place, own.place) > NEAR_KM)


def _decide(name: _Name, mention: Mention, context: _Context, gazetteer: Gazetteer) -> Toponym | None:
    if mention.demonym:
        nation = gazetteer.country(mention.demonym)
        if mention.evidence <= -2.0:
            return None
        return Toponym(mention.start, mention.end, mention.text, nation, 0.9, "demonym", 3)
    value = _accept(name, mention, context)
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
    return replace(plain, precision=holder.precision, anchor=holder.anchor or holder.place)


def _toponym(name: _Name, mention: Mention, value: float, gazetteer: Gazetteer) -> Toponym:
    place = name.scores[0][1].place
    others = tuple(match.place for _, match in name.scores[1:4])
    margin = name.scores[0][0] - name.scores[1][0] if others else 4.0
    score = round(1 / (1 + exp(-margin)) / (1 + exp(ACCEPT - 1.0 - value)), 3)
    precision, anchor = 1, None
    if place.feature in ("ADM1", "ADM2"):
        precision, anchor = (3 if place.feature == "ADM1" else 2), gazetteer.seat(place)
    elif place.feature == "PCLI" or place.feature in _LARGE:
        precision = 3
    return Toponym(mention.start, mention.end, mention.text, place, score, "mention", precision, others, anchor)


def _about(article: Article, toponyms: Sequence[Toponym]) -> str | None:
    """The country that a story is about: most of its places, the first ones counting more."""
    votes: dict[str, float] = defaultdict(float)
    for number, toponym in enumerate(toponyms):
        if toponym.place is None or not toponym.place.iso3:
            continue
        weight = 0.5 if toponym.role == "demonym" else 1.0
        votes[toponym.place.iso3] += weight * (1.0 + 1.0 / (1 + number))
    if article.country:
        votes[article.country] += 1.5
    return min(votes, key=lambda iso3: (-votes[iso3], iso3), default=None)
