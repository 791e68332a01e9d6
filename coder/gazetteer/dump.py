"""A gazetteer from a GeoNames dump (``SY.txt``, ``allCountries.txt``), read as a stream.

Two passes over the dump: units first, so that places can refer to them, then everything that ``features.csv``
keeps. Names go to a table of their own beside the new file and are sorted by SQLite on disk, so that memory
holds only units and one batch of rows, however long the dump is. Row numbers of such a file are GeoNames ids.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from ...schema.countries import load_countries
from .names import NAME, OTHER, SHORT, UNIT_WORD, add, add_stripped, add_unit, plain, usable
from .source import DUMP_COLUMNS, cells, lines, point
from .store import CREDIT, META, NAMES, PLACES, SCHEMA_VERSION, SHIPPED, GazetteerError, new_file, unpacked

BATCH = 50_000  # rows held at a time
FEATURES = Path(__file__).parent / "features.csv"
_UNIT_CELLS = {"ADM1": (10,), "ADM2": (10, 11), "ADM3": (10, 11, 12)}
_NO_UNIT = frozenset(("", "00"))
_SEAT_RANK = {"PPLC": 2, "PPLA": 2, "PPLA2": 1}
_NO_NAMES = frozenset("link wkdt post iata icao faac tcid unlc phon piny".split())  # "languages" that are codes
_PLACE = "INSERT OR IGNORE INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
# Regions and countries are ours in every gazetteer; so is all of the countries that the dump does not cover.
_OURS = "p.feature IN ('PCLI', 'CONT') OR p.geonameid BETWEEN -9999 AND -1"
_JOIN = """FROM base.places p LEFT JOIN base.places a ON a.id = p.admin1 LEFT JOIN base.places b ON b.id = p.admin2
  LEFT JOIN base.places s ON s.id = p.seat"""
_REST = f"""INSERT OR IGNORE INTO places SELECT p.geonameid, p.geonameid, p.name, p.feature, p.iso3, a.geonameid,
  b.geonameid, NULL, p.latitude, p.longitude, p.population, s.geonameid, p.priority {_JOIN}"""
_REST_NAMES = """INSERT INTO raw.names SELECT n.name, p.geonameid, n.tier FROM base.names n
  JOIN base.places p ON p.id = n.place WHERE p.geonameid IN (SELECT id FROM main.places)"""
_SORTED = """INSERT INTO names SELECT r.name, r.place, MIN(r.tier) FROM raw.names r JOIN places p ON p.id = r.place
  GROUP BY r.name, r.place ORDER BY r.name, r.place"""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: places and names in the new file, rows of the dump, and rows left out by reason."""

    places: int
    names: int
    rows: int
    features_left_out: int
    unknown_countries: tuple[str, ...]


@dataclass(slots=True)
class _Unit:
    """What towns tell of a unit: the seat, the people, and where it is if the dump does not say."""

    seat: tuple[int, int, int] = (-1, -1, 0)  # rank, population, id
    population: int = 0
    towns: int = 0
    latitude: int = 0
    longitude: int = 0


@dataclass(slots=True)
class _State:
    iso3: dict[str, str]  # by ISO2
    features: dict[str, str]
    codes: dict[str, int] = field(default_factory=dict)  # "SY.09.01" to id
    units: dict[int, _Unit] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    rows: int = 0
    left_out: int = 0


def build(
    dumps: Sequence[Path],
    target: Path,
    *,
    alternates: Sequence[Path] = (),
    admin1: Path | None = None,
    countries: Path | None = None,
    only: bool = False,
) -> Built:
    """Make a gazetteer from GeoNames dumps.

    Args:
        dumps: files in GeoNames' main format (19 columns), as .txt, .zip or .gz.
        target: the new file; an old one is replaced when the new one is complete.
        alternates: ``alternateNamesV2.txt``: further English names, and names without a language.
        admin1: ``admin1CodesASCII.txt``: names first-order units that the dump has no row for.
        countries: ``countryInfo.txt``: codes of countries that Dateline does not list.
        only: leave out countries that the dump does not cover; otherwise they come from the built-in gazetteer.

    Returns:
        Counts.

    Raises:
        GazetteerError: a bad line, with file and line; ``target`` is then as it was.
    """
    state = _State(_country_codes(countries), _features())
    for path in dumps:
        state.codes.update(_units(path))
    with new_file(target) as path, closing(sqlite3.connect(path, uri=True)) as database:
        _prepare(database, path)
        missing = list(_unlisted_units(admin1, state)) if admin1 else []
        digest = blake2b(digest_size=6)
        for dump in dumps:
            _stream(dump, database, state, digest)
        if not state.covered:
            raise GazetteerError(f"{', '.join(map(str, dumps))}: no place in it; is this a GeoNames dump?")
        _insert(database, missing)
        for file in alternates:
            _alternates(file, database)
        _rest(database, path.parent, state, only)
        _finish(database, state, dumps, digest.hexdigest())
        places, names = database.execute(
            "SELECT (SELECT count(*) FROM places), (SELECT count(*) FROM names)"
        ).fetchone()
        database.execute("DETACH raw")
    return Built(places, names, state.rows, state.left_out, tuple(sorted(state.unknown)))


def _features() -> dict[str, str]:
    with FEATURES.open(encoding="utf-8", newline="") as handle:
        return {row["code"]: row["feature"] for row in csv.DictReader(handle)}


def _country_codes(path: Path | None) -> dict[str, str]:
    codes = {country.iso2: country.iso3 for country in load_countries()}
    if path is not None:
        for number, line in lines(path):
            if line.strip() and not line.startswith(b"#"):
                row = cells(path, number, line, 5)
                codes.setdefault(row[0], row[1])
    return codes


def _units(path: Path) -> Iterator[tuple[str, int]]:
    """The codes of all units of a dump ("SY.09.01") with their ids."""
    for number, line in lines(path):
        if b"\tA\tADM" not in line:
            continue
        row = cells(path, number, line, DUMP_COLUMNS)
        parts = _UNIT_CELLS.get(row[7])
        if parts and row[parts[-1]] not in _NO_UNIT:
            yield ".".join((row[8], *(row[i] for i in parts))), _id(path, number, row[0])


def _id(path: Path, number: int, text: str) -> int:
    if not text.isdecimal():
        raise GazetteerError(f"{path}:{number}: {text!r} is no GeoNames id; is this a GeoNames dump?")
    return int(text)


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    database.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    database.execute("PRAGMA cache_size=-200000")
    database.execute("ATTACH ? AS raw", (str(path.parent / "names.sqlite"),))
    database.executescript("PRAGMA raw.journal_mode=OFF; PRAGMA raw.synchronous=OFF;")
    for statement in (PLACES, META, NAMES, "CREATE TABLE raw.names (name TEXT, place INTEGER, tier INTEGER)"):
        database.execute(statement)


_Row = tuple[tuple[object, ...], dict[str, int]]


def _stream(path: Path, database: sqlite3.Connection, state: _State, digest: blake2b) -> None:
    batch: list[_Row] = []
    for number, line in lines(path):
        row = cells(path, number, line, DUMP_COLUMNS)
        state.rows += 1
        feature = state.features.get(row[7])
        iso3 = state.iso3.get(row[8])
        if feature is None or iso3 is None:
            state.left_out += feature is None
            if feature is not None and row[8]:
                state.unknown.add(row[8])
            continue
        digest.update(line)
        batch.append(_place(path, number, row, feature, iso3, state))
        if len(batch) >= BATCH:
            _insert(database, batch)
            batch = []
    _insert(database, batch)


def _place(path: Path, number: int, row: list[str], feature: str, iso3: str, state: _State) -> _Row:
    key = _id(path, number, row[0])
    latitude, longitude = point(path, number, row[4], row[5])
    population = int(row[14]) if row[14].isdecimal() else 0
    state.covered.add(iso3)
    codes = [".".join((row[8], *row[10 : 11 + n])) for n in range(3)]
    own = [state.codes.get(code) for code in codes]
    names: dict[str, int] = {}
    others = [other for other in row[3].split(",") if usable(other)]
    if feature.startswith("ADM"):
        name = plain(UNIT_WORD.sub("", row[1]))
        own = [None if unit == key else unit for unit in own]
        add_unit(names, row[1], (row[2], *others))
    else:
        name = plain(row[1])
        if feature.startswith("PPL"):
            _inhabit(state, own, feature, population, key, latitude, longitude)
        add(names, row[1], NAME)
        for other in others:
            add(names, other, OTHER)
    add_stripped(names, iso3)
    return (key, key, name, feature, iso3, *own, latitude, longitude, population, None, 0), names


def _inhabit(
    state: _State, units: Iterable[int | None], feature: str, population: int, key: int, latitude: int, longitude: int
) -> None:
    """Let a town tell its units where their seat and their people are."""
    for order, unit in enumerate(units):
        if unit is None or order == 2:
            continue
        known = state.units.setdefault(unit, _Unit())
        rank = _SEAT_RANK.get(feature, 0) if order == 0 or feature == "PPLA2" else 0
        known.seat = max(known.seat, (rank, population, key))
        known.population += population
        known.towns += 1
        known.latitude += latitude
        known.longitude += longitude


def _insert(database: sqlite3.Connection, batch: Sequence[_Row]) -> None:
    database.executemany(_PLACE, (place for place, _ in batch))
    database.executemany(
        "INSERT INTO raw.names VALUES (?,?,?)",
        ((name, place[0], tier) for place, names in batch for name, tier in names.items()),
    )


def _unlisted_units(path: Path, state: _State) -> Iterator[_Row]:
    """First-order units that the dump has no row for; where they are, their towns tell later."""
    for number, line in lines(path):
        row = cells(path, number, line, 4)
        iso3 = state.iso3.get(row[0].split(".")[0])
        if iso3 is None or row[0] in state.codes:
            continue
        key = _id(path, number, row[3])
        state.codes[row[0]] = key
        names: dict[str, int] = {}
        add_unit(names, row[1], [row[2]])
        add_stripped(names, iso3)
        name = plain(UNIT_WORD.sub("", row[1]))
        yield (key, key, name, "ADM1", iso3, None, None, None, None, None, 0, None, 0), names


def _alternates(path: Path, database: sqlite3.Connection) -> None:
    """Names of ``alternateNamesV2.txt`` that English text may hold."""
    batch: list[tuple[str, int, int]] = []
    for number, line in lines(path):
        row = cells(path, number, line, 4)
        language = row[2]
        if language in _NO_NAMES or language not in ("", "en", "abbr") or not usable(row[3]):
            continue
        if len(row) > 7 and row[7] == "1":  # historical
            continue
        names: dict[str, int] = {}
        preferred = len(row) > 4 and row[4] == "1" and language == "en"
        add(names, row[3], SHORT if language == "abbr" else NAME if preferred else OTHER)
        batch += [(name, _id(path, number, row[1]), tier) for name, tier in names.items()]
        if len(batch) >= BATCH:
            database.executemany("INSERT INTO raw.names VALUES (?,?,?)", batch)
            batch = []
    database.executemany("INSERT INTO raw.names VALUES (?,?,?)", batch)


def _rest(database: sqlite3.Connection, folder: Path, state: _State, only: bool) -> None:
    """Take countries and regions, and what the dump does not cover, from the built-in gazetteer."""
    base = unpacked(SHIPPED)
    if isinstance(base, bytes):
        path = folder / "base.sqlite"
        path.write_bytes(base)
        base = path
    database.commit()
    database.execute("ATTACH ? AS base", (f"{base.absolute().as_uri()}?mode=ro&immutable=1",))
    marks = ",".join("?" * len(state.covered))
    where = f" WHERE {_OURS}" + ("" if only else f" OR p.iso3 NOT IN ({marks})")
    database.execute(_REST + where, () if only else sorted(state.covered))
    database.execute(_REST_NAMES)
    database.commit()
    database.execute("DETACH base")


def _finish(database: sqlite3.Connection, state: _State, dumps: Sequence[Path], digest: str) -> None:
    database.executemany(
        "UPDATE places SET seat = ?, population = MAX(population, ?), latitude = COALESCE(latitude, ?), "
        "longitude = COALESCE(longitude, ?) WHERE id = ?",
        (
            (unit.seat[2], unit.population, unit.latitude // unit.towns, unit.longitude // unit.towns, key)
            for key, unit in state.units.items()
        ),
    )
    database.execute("DELETE FROM places WHERE latitude IS NULL")
    database.execute(_SORTED)
    source = f"{CREDIT}, from {', '.join(dump.name for dump in dumps)}"
    meta = {"schema": str(SCHEMA_VERSION), "source": source, "version": digest}
    database.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    database.commit()
