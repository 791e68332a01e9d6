"""What speaks for each place that a name may mean: population, countries, units, containers, neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10

from .containment import MANY, distance, inside
from .gazetteer import OTHER, SHORT, Match
from .place_words import Mention
from .records import Article, Place

ACCEPT = 1.5  # least score of a toponym
COUNTRY, UNIT, NEAR = 2.8, 1.8, 2.0  # what a country, a unit and a neighbour named along with a place add
NEAR_KM = 150.0
SETTING = 2  # names of one country from which on a story is set there
MILLION, SEAT = 1_000_000, 150_000  # people of a city, and of a seat of a first-order unit, known without its country
# Where towns have one name in the language of the news, other names in GeoNames are mostly history.
_ALIAS = dict.fromkeys(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"), 2.5)
LARGE = frozenset(("CONT", "RGN", "SEA", "OCN", "GULF", "LK", "MTS", "MT", "ISL", "PEN", "STRT", "CHN", "ADM1H"))
_OWN_IDS = range(-9999, 0)
_REGIONS = LARGE | {"PPLX"}


@dataclass(slots=True)
class Name:
    """A name with all its mentions in the story: one sense per story."""

    key: str
    unit: bool
    matches: tuple[Match, ...]
    mentions: list[Mention] = field(default_factory=list)
    scores: list[tuple[float, Match]] = field(default_factory=list)
    strange: bool = False  # all places of this name lie in countries of which the story says nothing else

    @property
    def generic(self) -> bool:
        """Whether the name is an ordinary word or a direction."""
        return self.mentions[0].generic

    @property
    def best(self) -> Match | None:
        """The place chosen for the name so far."""
        return self.scores[0][1] if self.scores else None


@dataclass(slots=True)
class Context:
    """What the story says about where it is set."""

    countries: dict[str, float]
    units: dict[tuple[str, str], set[str]]  # first-order units, and the names that speak for them
    points: list[tuple[str, Place]]
    hint: str | None = None  # the country that the user gives, or the article's metadata
    home: str | None = None  # the country in the publisher's name

    def country(self, iso3: str) -> float:
        """How much of the story is about a country, 0..1."""
        return self.countries.get(iso3, 0.0)

    def unit(self, place: Place, key: str) -> bool:
        """Whether names of the story lie in the place's unit; its own counts for a town, unless away from the hint."""
        names = self.units.get((place.iso3, place.admin1 or ""), set())
        own = place.feature.startswith("PPL") and self.hint in (None, place.iso3)
        return bool(names if own else names - {key})


def group_names(mentions: Iterable[Mention]) -> list[Name]:
    """The names of a story, each with all its mentions; "Homs province" is another name than "Homs"."""
    names: dict[tuple[str, bool], Name] = {}
    for mention in mentions:
        name = names.get((mention.key, mention.unit))
        if name is None:
            matches = _fitting(mention)
            name = names[mention.key, mention.unit] = Name(mention.key, mention.unit, matches)
        name.mentions.append(mention)
    for (key, unit), name in names.items():
        twin = names.get((key, not unit))
        if twin and not unit and any(m.named for m in twin.mentions):
            for mention in name.mentions:  # "Bishnupur" in a story that also has "Bishnupur district"
                mention.evidence += 1.0 if mention.evidence > -1.0 else 0.0
    return list(names.values())


def _fitting(mention: Mention) -> tuple[Match, ...]:
    """The candidates of a name: units where it is said to be one; else the town rather than its unit."""
    matches = mention.matches[:MANY]
    if mention.unit:
        wanted = ("ADM1", "ADM1H", "RGN") if mention.region else ("ADM1", "ADM2", "ADM3", "ADM1H", "RGN")
        units = tuple(m for m in matches if m.place.feature in wanted)
        held = [(m.place, outer.place) for m in units for outer in mention.outer]
        if mention.sure and held and not any(inside(unit, outer) for unit, outer in held):
            return matches  # "the port district of Tripoli, Lebanon": no unit of the name lies there
        return units or matches
    if mention.country:
        return tuple(
            m
            for m in matches
            if m.place.feature == "PCLI" or (m.place.feature == "ADM1" and _rival(m)) or mention.outer
        )
    towns = [m.place for m in matches if m.place.feature.startswith("PPL") and m.tier == matches[0].tier]
    rows = {m.row for m in matches if m.tier < SHORT}
    local = [m.place for m in matches if m.place.feature.startswith("PPL") and m.tier <= OTHER]
    return tuple(
        m
        for m in matches
        if m.place.feature not in ("ADM1", "ADM2", "ADM3")
        or not (
            (m.place.iso3 not in _ALIAS and (m.seat in rows or _town_of(m.place, local)))
            or any(t.iso3 == m.place.iso3 and distance(t, m.place) < NEAR_KM and _big(t, m.place) for t in towns)
        )
    )


def _town_of(unit: Place, towns: Sequence[Place]) -> bool:
    """Whether a second-order unit has a town of its name in it or close by: news mean the town."""
    return unit.feature == "ADM2" and any(
        t.iso3 == unit.iso3 and t.admin1 == unit.admin1 and distance(t, unit) < 40 for t in towns
    )


def _big(town: Place, unit: Place) -> bool:
    return town.feature in ("PPLA", "PPLC", "PPLA2") or town.population * 8 > unit.population


def _ours(place: Place) -> bool:
    """Whether a region is one of our own list, chosen because news name it, and not any hill of a dump."""
    return place.feature == "CONT" or place.geonameid in _OWN_IDS


def _prior(match: Match) -> float:
    place = match.place
    score = log10(place.population + 100)
    feature = place.feature
    if feature == "PCLI":
        return 11.0 - 0.5 * match.tier
    if feature in _REGIONS and _ours(place):
        score = 6.5
    elif feature == "PPLC":
        score += 2.0
    elif feature in ("ADM1", "PPLA"):
        score += 0.8
    if match.priority:
        score += 2.0 + match.priority  # the user's own: as a town of 100,000, or more
    return score - (_ALIAS.get(place.iso3, 0.9) if match.tier == 1 else (0.0, 0.0, 2.0, 0.5)[match.tier])


def first_context(article: Article, names: Sequence[Name], home: str | None = None) -> Context:
    """What the names say of countries and units before any of them is resolved."""
    votes: dict[str, float] = defaultdict(float)
    units: dict[tuple[str, str], set[str]] = defaultdict(set)
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
                units[place.iso3, place.admin1].add(name.key)
    return Context(_shares(article, votes, home), units, [], article.country or home, home)


def _rivals(name: Name) -> bool:
    """Whether a country's name is also that of a large unit elsewhere, as Georgia's."""
    return any(_rival(match) for match in name.matches)


def _rival(match: Match) -> bool:
    return match.place.feature == "ADM1" and match.place.population > 3_000_000 and match.tier == 0


def _weight(name: Name) -> float:
    best = max(m.evidence for m in name.mentions)
    if best < -1.0 or name.generic or name.key.startswith("?"):
        return 0.0
    if name.mentions[0].loose and not name.mentions[0].country:
        best = min(best - 1.0, 1.0)
    return min(1.0, 0.4 + 0.2 * max(0.0, best)) * (1 + log10(len(name.mentions)))


def _shares(article: Article, votes: Mapping[str, float], home: str | None) -> dict[str, float]:
    counted = {iso3: vote for iso3, vote in votes.items() if iso3}
    if article.country:
        counted[article.country] = counted.get(article.country, 0.0) + 2.0
    if home:
        counted[home] = counted.get(home, 0.0) + 1.5
    top = max(counted.values(), default=0.0)
    return {iso3: vote / max(top, 1.0) for iso3, vote in counted.items()}


def next_context(article: Article, names: Sequence[Name], before: Context) -> Context:
    """The context again, from the senses chosen so far."""
    votes: dict[str, float] = defaultdict(float)
    units: dict[tuple[str, str], set[str]] = defaultdict(set)
    points: list[tuple[str, Place]] = []
    for name in names:
        weight = _weight(name)
        demonym = name.mentions[0].demonym
        if demonym:
            votes[demonym] += 0.8 * weight
        best = name.best
        if best is None or weight <= 0 or acceptance(name, name.mentions[0], before) < ACCEPT:
            continue
        votes[best.place.iso3] += weight
        if best.place.feature == "PCLI":
            continue
        points.append((name.key, best.place))
        if best.place.admin1:
            units[best.place.iso3, best.place.admin1].add(name.key)
    return Context(_shares(article, votes, before.home), units, points, article.country or before.home, before.home)


def drop_strangers(names: Sequence[Name], context: Context, quoted: Collection[str] = ()) -> None:
    """Take away the places in countries that nothing else in the story speaks for, where it is set in another one.

    They are mostly namesakes of villages, persons and papers that the gazetteer lacks: on the development sets none of
    55 such places below a million people was meant. Capitals, large cities and seats of first-order units stay, and so
    does what the text itself puts into its country.

    Args:
        names: the story's names, with their places ranked; those of such countries are taken away.
        context: what the story says about where it is set.
        quoted: countries of the outlets that the text quotes; each counts as much as a setting.
    """
    voices: dict[str, set[str]] = defaultdict(set)
    for name in names:
        nation = name.mentions[0].demonym
        if nation:
            voices[nation].add(name.key)
        elif name.best is not None and any(acceptance(name, m, context) >= ACCEPT for m in name.mentions):
            voices[name.best.place.iso3].add(name.key)
    for country in {context.hint, *quoted} - {None}:
        voices[country or ""].update({"", "hint"} if country != context.home else {""})
    for name in names:
        if max((len(keys - {name.key}) for keys in voices.values()), default=0) < SETTING:
            continue
        if any(m.sure for m in name.mentions):
            continue
        kept = [s for s in name.scores if voices[s[1].place.iso3] - {name.key} or not s[1].place.iso3 or _known(s[1])]
        name.strange = not kept
        name.scores = kept


def _known(match: Match) -> bool:
    """Whether a place is named without its country: a country, a region of ours, a capital, a large city."""
    place = match.place
    if (place.feature in ("PCLI", "PPLC") and match.tier <= 1) or _ours(place) or match.priority:
        return True
    large = place.population >= MILLION or (place.feature == "PPLA" and place.population >= SEAT)
    return large and match.tier == 0


def score_name(name: Name, context: Context) -> None:
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
            if context.unit(place, name.key):
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


def _held(match: Match, name: Name) -> float:
    """What a place gains because the text puts another into it: "Atlanta, Georgia" tells which Georgia."""
    gain = 0.0
    for mention in name.mentions:
        if not mention.inner:
            continue
        top = max(map(_prior, mention.inner))
        held = max((_prior(m) for m in mention.inner if inside(m.place, match.place)), default=0.0)
        gain = max(gain, 5.0 - 2.0 * (top - held))
    return gain


def acceptance(name: Name, mention: Mention, context: Context) -> float:
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
    if place.feature in _REGIONS and _ours(place):
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
    score += 0.8 + 0.2 * best.priority if best.priority else 0.0
    if any(m.named for m in name.mentions):
        score += 0.5
    elif place.feature == "ADM2":
        score -= 1.0
    return score
