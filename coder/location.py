"""Where an event happened: the best of the toponyms around it (CODEBOOK 1.6)."""

from __future__ import annotations

import re
from dataclasses import replace

from .records import Geography, Sentence, Span, Toponym

_KINDS = (
    "city|town|village|district|province|state|region|governorate|area|suburb|county|camp|port|outskirts|streets|"
    "centre|center|capital"
)
_SIDES = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of"
_OFF = rf"near|outside|around|off|close to|{_SIDES}|(?:km|miles|kilomet(?:er|re)s) from|outskirts of"
_LOCATIVE = re.compile(
    rf"(?:^|[\s(])(in|at|inside|within|across|throughout|into|on|{_OFF}|(?:{_KINDS}) of)"
    r"\s+(?:(?:the|a|an)\s+)?(?:[\w-]+(?:['’]s)?\s+){0,4}$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(?:^|\s)(from|to|towards?|for|via|against|by|with|between)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"(?:captur|seiz|storm|overr|retook|retak|attack|shell|bomb|raid|enter|hit|struck|besieg|took|liberat|pound)\w*"
    r"\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_STREET = re.compile(r"^\s(?:Road|Rd|Street|St|Avenue|Highway|Motorway|Expressway|Boulevard|Lane)\b", re.IGNORECASE)
_NEAR = re.compile(rf"^(?:{_OFF})$", re.IGNORECASE)


def locate(geography: Geography, clause: Span, sentence: Sentence) -> Toponym | None:
    """Where the event of a clause happened.

    Names in the clause come before names in the rest of the sentence, names after "in", "at", "near" before
    others, towns before units before countries. Demonyms never count; origins, goals, owners and actors only
    when nothing better is there.

    Args:
        geography: the story's toponyms.
        clause: the clause of the event's trigger.
        sentence: its sentence.

    Returns:
        The toponym with ACLED's ``precision``: 1 a town, 2 near a town or a small unit, 3 a larger region. For
        a unit ``place`` is its seat. A country comes back as itself (feature ``PCLI``), precision 3. None when
        the sentence names no place, so that the caller may look further up.
    """
    best: tuple[float, Toponym] | None = None
    for toponym in geography.toponyms:
        if not sentence.start <= toponym.start < sentence.end or toponym.role == "demonym":
            continue
        if geography.dateline is not None and toponym.start == geography.dateline.start:
            continue
        place = toponym.place or toponym.anchor
        if place is None or not place.iso3:
            continue
        value, near = _fitness(toponym, clause, sentence)
        if best is None or value > best[0]:
            best = (value, _as_location(toponym, near))
    return best[1] if best and best[0] > 0 else None


def _as_location(toponym: Toponym, near: bool) -> Toponym:
    precision = max(toponym.precision, 2) if near else toponym.precision
    return replace(toponym, place=toponym.anchor or toponym.place, precision=precision)


def _fitness(toponym: Toponym, clause: Span, sentence: Sentence) -> tuple[float, bool]:
    before = sentence.text[: toponym.start - sentence.start][-60:]
    after = sentence.text[toponym.end - sentence.start :][:20]
    place = toponym.place or toponym.anchor
    feature = place.feature if place else "PPL"
    value = 3.0 if feature.startswith("PPL") else 2.4 if feature == "ADM2" else 1.8 if feature != "PCLI" else 0.6
    if clause.start <= toponym.start < clause.end:
        value += 1.5
    locative = _LOCATIVE.search(before)
    if locative:
        value += 2.5
    elif _AWAY.search(before):
        value -= 2.0
    elif _ENTERED.search(before):
        value += 1.5
    elif not before.strip():
        value -= 1.0
    if after.startswith("-") or _STREET.match(after):
        value -= 3.5
    elif after.startswith(("'s", "’s")) and feature == "PCLI":
        value -= 0.5
    return value, bool(locative and _NEAR.match(locative[1]))
