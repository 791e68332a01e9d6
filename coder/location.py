"""Where an event happened: the best of the toponyms around it (CODEBOOK 1.6)."""

from __future__ import annotations

import re
from dataclasses import replace

from .containment import inside
from .records import Geography, Place, Sentence, Span, Toponym

_SIZE = {"ADM2": 2.4, "ADM3": 2.4, "ADM1": 1.8, "ADM1H": 1.8, "PCLI": 0.6} | dict.fromkeys(
    ("RGN", "SEA", "OCN", "GULF", "LK", "MTS", "MT", "ISL", "PEN", "STRT", "CHN", "VAL", "DSRT", "FRST"), 1.8
)  # towns 3.0
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+|[,;:.]")
_REACH = 6  # words before a name that can hold its preposition
_KINDS = frozenset(
    "city cities town towns village villages district districts province provinces state states region governorate "
    "area areas suburb suburbs county camp port streets centre center capital part parts heart edge gates rest "
    "countryside community hamlet quarter neighbourhood neighborhood municipality territory valley island".split()
)
_SIDES = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west "
    "outskirts vicinity surroundings".split()
)
_IN = frozenset("in at inside within across through throughout into on".split())
_NEAR = frozenset("near outside around off nearby beyond".split())
_AWAY = frozenset("from to toward towards for via by with between than".split())
_DETERMINERS = frozenset("the a an its their this that another".split())  # "the besieged town"
_LONG_MEASURES = frozenset("km kilometres kilometers kilometre kilometer miles mile".split())
_MEASURES = _LONG_MEASURES | frozenset("metres meters hour hours".split())
_NEAR_BY = 60  # kilometres or miles from a town that still is where something happened near it
_ENTERED = re.compile(
    r"(?:captur|seiz|storm|overr|retook|retak|recaptur|attack|shell|bomb|raid|enter|hit|struck|strik|besieg|took|"
    r"liberat|pound)"
)
_STREET = re.compile(
    r"^(?:[-–]\w+)?\s(?:Road|Rd|Street|St|Avenue|Highway|Motorway|Expressway|Boulevard|Lane)\b", re.IGNORECASE
)
_SITE = re.compile(  # "Kano market in Jos": the name of a thing, where the sentence names its town as well
    r"^\s(?:[\w'’-]+\s)?(?:market|bazaar|crossing|chowk|gate|bridge|mosque|church|temple|school|college|university|hospital|"
    r"hotel|colony|stadium|bank|roundabout|junction|intersection|park|plaza|station|square|mall|shrine|cinema)\b",
    re.IGNORECASE,
)
_BODY = re.compile(  # a part of an organisation, or somebody who comes from there
    r"^\s(?:branch|chapter|bureau|wing|faction|correspondent|representative|lawmaker|lawyer|senator|native)s?\b"
)
_INSTITUTION = re.compile(  # "the Washington Office on Latin America"
    r"^\s(?:Office|Institute|Institution|Council|Committee|Conference|Cent(?:er|re)\s(?:for|on|of)|Declaration|Treaty|Accords?"
    r"|Convention|Consensus|Protocol)\b"
)
_SOURCE = re.compile(r"\b(?:according\s+to|spokes(?:man|woman|person)|by\s+(?:tele)?phone)\b[^,;.]*$", re.IGNORECASE)
_EVENT = re.compile(  # "the Hangu bombing"
    r"^\s(?:(?:suicide|car|bus|market|school|mosque|church|prison|airport|train)\s)?(?:bombing|attack|blast|massacre|"
    r"raid|killing|clash|explosion|shooting|strike|siege|offensive|protest|rally|rallie|riot|violence|ambush|abduction|battle)"
    r"(?:e?s)?\b"  # not "villagers in Bukavu protested"
)
_GLOSS = re.compile(  # "Leogane, a town west of": the next name only says where that is
    r"[A-ZÀ-Þ][\w'’-]*,\s(?:[a-z0-9][\w.-]*\s){0,6}(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|"
    r"north-east|north-west|south-east|south-west|outskirts)\sof|near|outside|from)\s(?:the\s)?(?:[a-z]+\s){0,3}$"
)
_WHERE = re.compile(r",?\s+in\s+(?:the\s+)?(?:[\w-]+(?:['’]s)?\s+){0,3}|,\s+")  # between a town and its region
_THERE = re.compile(r"There,\s")
_IN_TOWN = re.compile(r"^[^.;:]*\bin\s(?:the\s)?(?:(?:city|town|capital)\sof\s)?$")
_SITE_REACH = 60  # characters from a site's name to the town that it is in
WEAK = 2.0  # what an origin, a goal, a road or a source's seat loses


def locate(geography: Geography, clause: Span, sentence: Sentence) -> Toponym | None:
    """Where the event of a clause happened.

    Names in the clause come before names in the rest of the sentence, names after "in", "at", "near" before
    others, towns before units before countries. Demonyms never count; origins, goals, owners, roads and the
    seats of sources only when nothing better is there, and then with precision 2 at best.

    Args:
        geography: the story's toponyms.
        clause: the clause of the event's trigger.
        sentence: its sentence.

    Returns:
        The toponym with ACLED's ``precision``: 1 a town, 2 near a town or a small unit, 3 a larger region. For
        a unit ``place`` is its seat. A country comes back as itself (feature ``PCLI``), precision 3. None when
        the sentence names no place, so that the caller may look further up.
    """
    best: tuple[float, Toponym, bool] | None = None  # the third: whether the event is only near it
    before: tuple[Toponym, bool] | None = None
    nation: tuple[float, Toponym] | None = None
    for toponym in geography.toponyms:
        if not sentence.start <= toponym.start < sentence.end or toponym.role == "demonym":
            continue
        if geography.dateline is not None and toponym.start == geography.dateline.start:
            continue
        place = toponym.place or toponym.anchor
        if place is None or not place.iso3:
            continue
        value, near = _fitness(toponym, place, clause, sentence)
        if _names_a_site(toponym, geography, sentence):
            value -= 1.5 * WEAK
        if place.feature == "PCLI" and (nation is None or value > nation[0]):
            nation = (value, toponym)
        elif place.feature != "PCLI":
            if best is None or value > best[0]:
                held = before is not None and value > 0 and _holds(toponym, before[0], sentence)
                best = (value, *(before if held and before is not None else (toponym, near)))
            before = toponym, near
    found = (best[0], _as_location(*best[1:])) if best is not None else None
    return _choose(found, nation)


def _names_a_site(toponym: Toponym, geography: Geography, sentence: Sentence) -> bool:
    """Whether a town only gives a market or a school its name, because the phrase goes on with "in" another town."""
    if not _SITE.match(sentence.text[toponym.end - sentence.start :][:60]):
        return False
    towns = (t for t in geography.toponyms if t.place is not None and t.place.feature not in _SIZE)
    return any(
        toponym.end < town.start <= min(toponym.end + _SITE_REACH, sentence.end)
        and _IN_TOWN.search(sentence.text[toponym.end - sentence.start : town.start - sentence.start])
        for town in towns
        if town.role != "demonym" and town.place != toponym.place
    )


def _holds(unit: Toponym, town: Toponym, sentence: Sentence) -> bool:
    """Whether a unit only says where the town just before it lies: "the village of X in Ukraine's Kharkiv region"."""
    if unit.place is None or town.place is None or not inside(town.place, unit.place):
        return False
    return _WHERE.fullmatch(sentence.text[town.end - sentence.start : unit.start - sentence.start]) is not None


def _choose(best: tuple[float, Toponym] | None, nation: tuple[float, Toponym] | None) -> Toponym | None:
    """A place before a country: even a poor one, if it lies in that country."""
    best = best if best and best[0] > 0 else None
    nation = nation if nation and nation[0] > 0 else None
    if best is None or nation is None:
        found = best or nation
        return found[1] if found else None
    inside = best[1].place is not None and nation[1].place is not None and best[1].place.iso3 == nation[1].place.iso3
    return best[1] if inside or best[0] >= nation[0] else nation[1]


def _as_location(toponym: Toponym, near: bool) -> Toponym:
    precision = max(toponym.precision, 2) if near else toponym.precision
    return replace(toponym, place=toponym.anchor or toponym.place, precision=precision)


def _fitness(toponym: Toponym, place: Place, clause: Span, sentence: Sentence) -> tuple[float, bool]:
    """How well a place fits, and whether the event can only be somewhere near."""
    before = sentence.text[: toponym.start - sentence.start]
    after = sentence.text[toponym.end - sentence.start :][:40]
    value = _SIZE.get(place.feature, 3.0)
    if clause.start <= toponym.start < clause.end:
        value += 1.5
    how = _relation(before)
    near = how in ("near", "side", "away")
    value += {"in": 2.5, "near": 2.5, "side": 1.7, "away": -WEAK, "entered": 1.5}.get(how, 0.0)
    if _EVENT.match(after):
        value, near = max(value, 3.0) + 1.0, False
    if _GLOSS.search(before):
        value, near = value - 1.5 * WEAK, True
    if not before.strip():
        value -= 1.0
    if _SOURCE.search(before):
        value, near = value - 1.5 * WEAK, True
    if _STREET.match(after):
        value, near = value - (4 * WEAK if _THERE.match(sentence.text) else 1.5 * WEAK), True
    elif _BODY.match(after) or _INSTITUTION.match(after):
        value -= 4 * WEAK
    elif after.startswith("-"):
        value -= 3.5
    elif after.startswith(("'s", "’s")) and place.feature == "PCLI":
        value -= 0.5
    return value, near


def is_at(toponym: Toponym, sentence: Sentence) -> bool:
    """Whether a sentence puts something in or near a place: "in Kano", "outside the town of Damboa"."""
    return _relation(sentence.text[: toponym.start - sentence.start]) in ("in", "near", "side")


def _relation(before: str) -> str:
    """How the words before a name put an event to it: "in", "near", "side" (south of), "away" (from, to), "entered"."""
    words = [match.group().lower() for match in _WORD.finditer(before[-90:])]
    at = len(words) - 1
    while at >= 0 and len(words) - at <= _REACH:
        word, left = words[at], words[at - 1] if at else ""
        if word in ",;:.":
            return ""
        if word == "of":
            if left in _SIDES:
                return "side"
            if left not in _KINDS:
                return ""
            at -= 1
        elif word in _NEAR or (word == "to" and left == "close"):
            return "near"
        elif word == "from" and left in _MEASURES:  # "500 km from the capital" is not near it
            number = words[at - 2] if at > 1 and left in _LONG_MEASURES else ""
            return "away" if number.isdigit() and int(number) > _NEAR_BY else "near"
        elif word in _IN:
            return "in"
        elif word in _AWAY:
            return "away"
        elif _ENTERED.match(word) and not (word.endswith("ed") and left in _DETERMINERS):
            return "entered"
        at -= 1
    return ""
