"""Places learnt from events that the user has coded, in ACLED's format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ...schema.countries import load_countries
from . import Gazetteer
from .overlay import Entry, coordinates, table
from .store import GazetteerError

COLUMNS = ("location", "country", "latitude", "longitude")
KNOWN_KM = 5.0  # a place of the name this near is the same one
_DEGREE = 111.2
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a file of events taught: new places, how many were known, and lines that could not be used."""

    entries: tuple[Entry, ...]
    events: int
    known: int
    imprecise: int
    problems: tuple[str, ...]


def learn(path: Path, gazetteer: Gazetteer) -> Learnt:
    """Take places from coded events (CODEBOOK 1.1: location, admin1..3, country, latitude, longitude).

    Only events with ``geo_precision`` 1 teach, where the column is there: with 2 and 3 the coordinates are
    those of another place (CODEBOOK 1.6). ``City - District`` (1.6) is learnt under that name and as the
    district alone.

    Args:
        path: CSV in UTF-8, comma or semicolon; other columns are ignored.
        gazetteer: what is known already.

    Returns:
        The new places, one per name, country and first-order unit, at the median of their events.

    Raises:
        GazetteerError: missing columns, an unreadable file, or no line that can be used.
    """
    points: dict[tuple[str, str, str, str, str], list[tuple[float, float]]] = defaultdict(list)
    problems: list[str] = []
    events = imprecise = 0
    for line, row in table(path, COLUMNS):
        events += 1
        if row.get("geo_precision", "") not in ("", "1"):
            imprecise += 1
            continue
        try:
            iso3, point = _read(row)
        except ValueError as error:
            problems.append(f"{path}:{line}: {error}")
            continue
        units = (row.get("admin1", ""), row.get("admin2", ""), row.get("admin3", ""))
        points[row["location"], iso3, *units].append(point)
    if not points:
        first = f"; {problems[0]}" if problems else ""
        raise GazetteerError(f"{path}: no event with a place to learn among {events}{first}")
    entries = [_entry(key, found) for key, found in sorted(points.items())]
    new = tuple(entry for entry in entries if not _known(entry, gazetteer))
    return Learnt(new, events, len(entries) - len(new), imprecise, tuple(problems))


def _read(row: Mapping[str, str]) -> tuple[str, tuple[float, float]]:
    if not row["location"]:
        raise ValueError("location: empty")
    country = load_countries().get(row["country"])
    if country is None:
        raise ValueError(f"country: {row['country']!r} is no country")
    return country.iso3, coordinates(row["latitude"], row["longitude"], country)


def _entry(key: tuple[str, str, str, str, str], points: list[tuple[float, float]]) -> Entry:
    name, iso3, *units = key
    city, dash, district = name.partition(" - ")
    latitude, longitude = (round(median(values), 5) for values in zip(*points, strict=True))
    admin1, admin2, admin3 = (unit or None for unit in units)
    return Entry(
        name,
        iso3,
        latitude,
        longitude,
        (district,) if dash and city else (),
        admin1,
        admin2,
        admin3,
        "PPLX" if dash and city else "PPL",
    )


def _known(entry: Entry, gazetteer: Gazetteer) -> bool:
    for place in gazetteer.lookup(entry.name, entry.iso3):
        near = abs(place.latitude - entry.latitude) + abs(place.longitude - entry.longitude)
        if place.feature.startswith("PPL") and near * _DEGREE < KNOWN_KM:
            return True
    return False
