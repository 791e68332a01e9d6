"""What the text puts into what: "X, Y", "X in Y", "X district of Y", "Y's X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, radians

from .place_words import Mention
from .records import Place

MANY = 60  # candidates weighed per name, the most populous ones
_BETWEEN = re.compile(r"^(?:['’]s)? ?(?:,? ?(?:[a-z][\w-]*+|Police|Station) ?){0,6}$")


def contain(mentions: Sequence[Mention], text: str) -> None:
    """Note for each name the neighbour that contains it: "X, Y", "X in Y", "X district of Y", "Y's X"."""
    for a, b in pairwise(mentions):
        gap = text[a.end : b.start]
        if len(gap) > 45:
            continue
        stripped = gap.strip()
        if stripped in (",", ", in", ", the") or (stripped == "" and "\n" not in gap and b.named):
            _put_in(a, b, stripped != "")
        elif gap.startswith(("'s", "’s")):
            if _BETWEEN.match(gap):
                _put_in(b, a, True)
        elif a.demonym and _BETWEEN.match(gap):
            _put_in(b, a, False)
        elif _BETWEEN.match(gap) and re.search(r"\b(?:in|of|within|inside|on)\b", gap):
            _put_in(a, b, False)
            a.within = b.unit and re.search(r"\b(?:in|of)\s*$", gap) is not None


def _put_in(inner: Mention, outer: Mention, sure: bool) -> None:
    if outer.demonym:
        return
    inner.holder = inner.holder or outer
    if not inner.matches:
        return
    containers = [m for m in outer.matches if _container(m.place)]
    pairs = {
        (i.place.geonameid, o.place.geonameid)
        for i in inner.matches[:MANY]
        for o in containers
        if inside(i.place, o.place)
    }
    if not pairs:
        return
    if inner.country:  # "Mexico, Cuba" is a list, "Lebanon, Pennsylvania" is not
        units = {o.place.geonameid for o in containers if o.place.feature == "ADM1"}
        own = {m.place.geonameid for m in inner.matches if m.place.feature == "ADM1"}
        pairs = {(i, o) for i, o in pairs if (o in units and sure) or i in own}
        if not pairs:
            return
    outer.inner = tuple(m for m in inner.matches[:MANY] if any(m.place.geonameid == i for i, _ in pairs))
    inner.outer = tuple(o for o in containers if any(o.place.geonameid == x for _, x in pairs))
    inner.sure = sure
    bonus = 3.0 if sure else 1.0
    inner.evidence = max(inner.evidence + bonus, -1.0 if inner.evidence > -4 else inner.evidence)
    outer.evidence = max(outer.evidence, 0.0) + bonus


def _container(place: Place) -> bool:
    return place.feature in ("PCLI", "ADM1", "ADM2", "ADM1H", "RGN") or place.population > 500_000


def inside(inner: Place, outer: Place) -> bool:
    """Whether a place lies in another, by country and units; by distance where the outer one has none."""
    if inner.geonameid == outer.geonameid or inner.iso3 != outer.iso3 or inner.feature == "PCLI":
        return False
    if outer.feature == "PCLI":
        return True
    if outer.feature == "ADM1":
        return inner.admin1 == outer.name and inner.feature != "ADM1"
    if outer.feature == "ADM2":
        return inner.admin2 == outer.name and inner.admin1 == outer.admin1 and inner.feature[:3] != "ADM"
    return inner.feature[:3] != "ADM" and distance(inner, outer) < (400 if outer.feature in ("RGN", "ADM1H") else 40)


def distance(a: Place, b: Place) -> float:
    """Distance in km, flat-earth: good enough below 1,000 km."""
    east = (a.longitude - b.longitude + 180) % 360 - 180
    return 111.2 * hypot(a.latitude - b.latitude, east * cos(radians((a.latitude + b.latitude) / 2)))
