"""The gazetteer: names of places to places, from one read-only SQLite file (DESIGN 5).

GeoNames' cities, units and countries with our own regions; see ``tools/build_gazetteer.py``. Names are folded
on both sides and matched exactly, never by similarity.
"""

from __future__ import annotations

import os
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ...schema.countries import load_countries
from ..records import Place
from .fold import fold, strip
from .names import NAME, OTHER, SHORT, STRIPPED
from .store import SCHEMA_VERSION, SHIPPED, GazetteerError, cache_folder, fault, unpacked

__all__ = [
    "NAME",
    "OTHER",
    "SHORT",
    "STRIPPED",
    "Gazetteer",
    "GazetteerError",
    "Match",
    "cache_folder",
    "fold",
    "open_gazetteer",
]

_CACHED = 65_536  # names; a story's names repeat, and most capitalised words are no places
_SELECT = (
    "SELECT p.id, p.geonameid, p.name, p.feature, p.iso3, p.admin1, p.admin2, p.admin3, p.latitude, p.longitude, "
    "p.population, p.seat, p.priority"
)
_BY_NAME = f"{_SELECT}, n.tier FROM names n JOIN places p ON p.id = n.place WHERE n.name = ?"
_BY_ROW = f"{_SELECT}, 0 FROM places p WHERE p.id = ?"
_UNITS = ("ADM1", "ADM2", "ADM1H")
_REMEDY = "make it again with: dateline gazetteer build, add or learn"
_COUNTS = "SELECT (SELECT count(*) FROM places), (SELECT count(*) FROM names)"


class Match(NamedTuple):
    """A place found by name, and how: 0 by its name, 1 by another name, 2 stripped, 3 by a short form.

    ``priority`` is 0 for places from GeoNames and what the user's overlay says for those added by it.
    """

    place: Place
    tier: int
    seat: int | None = None  # row number of a unit's or country's seat
    priority: int = 0
    row: int = 0  # the place's row number


class Gazetteer:
    """An open gazetteer. Cheap to pickle, and safe after a fork: each process opens the file for itself.

    Args:
        path: an SQLite file made by the gazetteer's build, plain or packed as ``.gz``.

    Raises:
        GazetteerError: a file of another version, a damaged one, or none at all.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.memory = False  # whether it had to be unpacked into memory, for want of a cache
        self.version = ""
        self.source = ""
        self._countries = load_countries()
        self._pid = 0
        self._database = self._connect()
        self._named = lru_cache(_CACHED)(self._query)
        self._written = lru_cache(_CACHED)(self._read)
        self._row = lru_cache(_CACHED)(self._query_row)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return (Gazetteer, (self.path,))

    def counts(self) -> tuple[int, int]:
        """How many places and names there are."""
        places, names = self._database.execute(_COUNTS).fetchone()
        return int(places), int(names)

    def lookup(self, name: str, iso3: str | None = None) -> tuple[Place, ...]:
        """The places of a name, best first: by name, by other names, by stripped names; the user's own before
        GeoNames'; then by population.

        Args:
            name: as written; case, diacritics, apostrophes and hyphens do not matter.
            iso3: only places of this country.
        """
        return tuple(match.place for match in self.matches(name, iso3) if match.tier < SHORT)

    def matches(self, name: str, iso3: str | None = None) -> tuple[Match, ...]:
        """Like :meth:`lookup`, with the tier of each match and the short forms of units at the end.

        Only a name that finds nothing as it stands (in the country) is stripped of article and type word.
        """
        return self.read(name)[1] if iso3 is None else self._matches(fold(name), iso3)

    def read(self, name: str) -> tuple[str, tuple[Match, ...]]:
        """The folded form of a name as written, and its :meth:`matches`."""
        return self._written(name)

    def _read(self, name: str) -> tuple[str, tuple[Match, ...]]:
        key = fold(name)
        return key, self._matches(key)

    def _matches(self, key: str, iso3: str | None = None) -> tuple[Match, ...]:
        found = self._in(self._named(key), iso3)
        short = strip(key)
        if short == key or not all(m.place.feature in _UNITS for m in found):
            return found
        plain = tuple(m for m in self._in(self._named(short), iso3) if m.tier < SHORT)
        if not found:
            return tuple(m._replace(tier=max(m.tier, STRIPPED)) for m in plain)
        known = {m.place.geonameid for m in found}  # GeoNames calls but some units of a name "X District" in full
        more = (m for m in plain if m.place.feature in _UNITS and m.place.geonameid not in known)
        return found + tuple(m._replace(tier=max(m.tier, OTHER)) for m in more)

    def admin(self, name: str, iso3: str | None = None) -> tuple[Place, ...]:
        """The first- and second-order units of a name, larger order first; short forms ("Calif.") count."""
        units = [m.place for m in self.matches(name, iso3) if m.place.feature in _UNITS]
        return tuple(sorted(units, key=lambda p: p.feature == "ADM2"))

    def country(self, iso3: str) -> Place | None:
        """A country as a place."""
        country = self._countries.by_iso3.get(iso3)
        named = self._named(fold(country.country)) if country else ()
        return next((m.place for m in named if m.place.feature == "PCLI" and m.place.iso3 == iso3), None)

    def seat(self, place: Place) -> Place | None:
        """The seat of a unit (its capital, else its largest town) or the capital of a country."""
        for match in self._named(fold(place.name)):
            if match.place.geonameid == place.geonameid and match.seat is not None:
                return self._row(match.seat)
        return None

    @staticmethod
    def _in(found: tuple[Match, ...], iso3: str | None) -> tuple[Match, ...]:
        return found if iso3 is None else tuple(match for match in found if match.place.iso3 == iso3)

    def _query(self, key: str) -> tuple[Match, ...]:
        if not key:
            return ()
        found = [Match(self._place(row), row[13], row[11], row[12], row[0]) for row in self._rows(_BY_NAME, key)]
        return tuple(sorted(found, key=lambda m: (m.tier, -m.priority, -m.place.population, m.place.geonameid)))

    def _query_row(self, number: int) -> Place | None:
        rows = self._rows(_BY_ROW, number)
        return self._place(rows[0]) if rows else None

    def _place(self, row: tuple[Any, ...]) -> Place:
        country = self._countries.by_iso3.get(row[4])
        name, feature = row[2], row[3]
        return Place(
            geonameid=row[1],
            name=name,
            feature=feature,
            country=country.country if country else "",
            iso=country.iso if country else 0,
            iso3=row[4],
            admin1=name if feature == "ADM1" else self._unit(row[5]),
            admin2=name if feature == "ADM2" else self._unit(row[6]),
            admin3=name if feature == "ADM3" else self._unit(row[7]),
            latitude=row[8] / 1e5,
            longitude=row[9] / 1e5,
            population=row[10],
        )

    def _unit(self, number: int | None) -> str | None:
        unit = self._row(number) if number is not None else None
        return unit.name if unit else None

    def _connect(self) -> sqlite3.Connection:
        found = unpacked(self.path) if self.path.suffix == ".gz" else self.path
        self.memory = isinstance(found, bytes)
        try:
            if isinstance(found, Path) and found is self.path and (wrong := fault(found)):
                raise sqlite3.DatabaseError(wrong)
            database = _open(found)
            meta = dict(database.execute("SELECT key, value FROM meta"))
            self.version, self.source = meta["version"], meta["source"]
        except (sqlite3.Error, OSError, KeyError) as error:
            raise GazetteerError(f"{self.path}: not a readable gazetteer ({error}); {_REMEDY}") from error
        if meta.get("schema") != str(SCHEMA_VERSION):
            raise GazetteerError(
                f"{self.path}: gazetteer of schema {meta.get('schema')}, this version of Dateline reads "
                f"{SCHEMA_VERSION}; {_REMEDY}"
            )
        self._pid = os.getpid()
        return database

    def _rows(self, sql: str, value: object) -> list[tuple[Any, ...]]:
        if self._pid != os.getpid():  # a connection must not be used across a fork
            self._database = self._connect()
        try:
            return self._database.execute(sql, (value,)).fetchall()
        except sqlite3.Error as error:
            raise GazetteerError(f"{self.path}: cannot be read ({error}); {_REMEDY}") from error


def _open(found: Path | bytes) -> sqlite3.Connection:
    if isinstance(found, bytes):
        database = sqlite3.connect(":memory:", check_same_thread=False)
        database.deserialize(found)
        return database
    return sqlite3.connect(f"{found.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open the gazetteer that ships with Dateline, or another one.

    Args:
        path: a file made by ``dateline gazetteer build``, ``add`` or ``learn``; None for ours, which the first
            call after an installation unpacks into the cache.

    Returns:
        The gazetteer.

    Raises:
        GazetteerError: a missing or broken file, or one of another version, with the remedy.
    """
    path = path or SHIPPED
    if not path.is_file():
        raise GazetteerError(f"{path}: no such gazetteer; reinstall dateline, or name another with --gazetteer")
    return Gazetteer(path)
