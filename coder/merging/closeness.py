"""How far apart two tellings may lie and still be of one event: days, kilometres, units (CODEBOOK 1.6, 1.9, 5)."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

# Days by the coarser time precision, kilometres by the coarser place precision; 3 means the same first-order unit.
DAYS = {1: 0, 2: 3, 3: 15}
KILOMETRES = {1: 5.0, 2: 25.0}
CELL = 0.25  # degrees: a neighbouring cell is never farther than the widest distance, outside polar latitudes
_EARTH = 6371.0088  # mean radius, km


def days_apart(a: date, b: date) -> int:
    """Days between two dates."""
    return abs((a - b).days)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres (haversine); arguments in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


@lru_cache(maxsize=1 << 14)  # the same places come again and again
def cell(latitude: float, longitude: float) -> tuple[int, int]:
    """The grid cell of a point; a degree of longitude is taken as long as on its latitude."""
    row = math.floor(latitude / CELL)
    width = max(0.05, math.cos(math.radians(row * CELL)))
    return row, math.floor(longitude * width / CELL)


@lru_cache(maxsize=1 << 14)
def cells_around(latitude: float, longitude: float) -> tuple[tuple[int, int], ...]:
    """The cell of a point and those around it; rows differ in how many cells they have."""
    row = math.floor(latitude / CELL)
    found = []
    for near in (row - 1, row, row + 1):
        width = max(0.05, math.cos(math.radians(near * CELL)))
        column = math.floor(longitude * width / CELL)
        found += [(near, column - 1), (near, column), (near, column + 1)]
    return tuple(found)
