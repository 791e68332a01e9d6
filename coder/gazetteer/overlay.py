"""The user's own places: an overlay file, checked line by line, laid over a gazetteer."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from ...schema.countries import Country, load_countries
from . import Gazetteer
from .fold import fold
from .names import NAME, OTHER, add, add_stripped
from .store import SHIPPED, GazetteerError, new_file, unpacked

REQUIRED = ("name", "country", "latitude", "longitude")
OPTIONAL = ("other_names", "admin1", "admin2", "admin3", "feature", "population", "priority", "geonameid")
PRIORITIES = range(10)
MARGIN = 0.5  # degrees that a place may lie outside its country's box: coasts, disputed borders
_SHOWN = 20  # wrong lines told at once
_OWN_IDS = -1_000_000_000  # ids of places that GeoNames does not have lie below this


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of an overlay."""

    name: str
    iso3: str
    latitude: float
    longitude: float
    other_names: tuple[str, ...] = ()
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None
    feature: str = "PPL"
    population: int = 0
    priority: int = 1
    geonameid: int | None = None

    @property
    def id(self) -> int:
        """GeoNames' id, else a negative one made from name, country and coordinates."""
        if self.geonameid is not None:
            return self.geonameid
        key = f"{fold(self.name)}|{self.iso3}|{self.latitude:.5f}|{self.longitude:.5f}|{self.feature}"
        return _OWN_IDS - int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "big")


def read_overlay(path: Path) -> list[Entry]:
    """Read an overlay (docs/gazetteer.md has its columns).

    Args:
        path: a CSV file in UTF-8 with a header; coordinates in degrees.

    Returns:
        Its places, in the file's order.

    Raises:
        GazetteerError: wrong columns, or any wrong lines: each with its number, what is wrong and the remedy.
    """
    entries: list[Entry] = []
    wrong: list[str] = []
    seen: dict[tuple[object, ...], int] = {}
    for line, row in table(path, REQUIRED, OPTIONAL):
        try:
            entry = _entry(row)
        except ValueError as error:
            wrong.append(f"{path}:{line}: {error}")
            continue
        key = (fold(entry.name), entry.iso3, entry.feature, entry.admin1, entry.admin2, entry.latitude, entry.longitude)
        if key in seen:
            wrong.append(f"{path}:{line}: {entry.name}: the same place as in line {seen[key]}; drop one of them")
        seen.setdefault(key, line)
        entries.append(entry)
    if wrong:
        more = [f"and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
        raise GazetteerError("\n".join([*wrong[:_SHOWN], *more]))
    if not entries:
        raise GazetteerError(f"{path}: no places in it; it needs a header and at least one line")
    return entries


def table(
    path: Path, required: Sequence[str], optional: Sequence[str] | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a CSV file with their numbers; comma or semicolon parts the cells.

    Args:
        path: the file.
        required: columns that must be there.
        optional: columns that may be there; None: any other column may, and is ignored.

    Raises:
        GazetteerError: unreadable, no UTF-8, missing or unknown columns, lines with too many cells.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            head = handle.readline()
            handle.seek(0)
            delimiter = ";" if head.count(";") > head.count(",") else ","
            reader = csv.DictReader(handle, delimiter=delimiter, strict=True)
            _check_columns(path, [name.strip() for name in reader.fieldnames or ()], required, optional)
            reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
            for row in reader:
                if None in row or None in row.values():
                    raise GazetteerError(f"{path}:{reader.line_num}: not as many cells as the header; quote cells "
                                         f"that hold the delimiter {delimiter!r}")  # fmt: skip
                yield reader.line_num, {key: value.strip() for key, value in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path}: not readable as CSV in UTF-8 ({error}); save it as CSV UTF-8") from error


def _check_columns(path: Path, found: list[str], required: Sequence[str], optional: Sequence[str] | None) -> None:
    missing = [name for name in required if name not in found]
    if missing:
        raise GazetteerError(f"{path}:1: column {', '.join(missing)} missing; needed: {', '.join(required)}")
    unknown = [] if optional is None else [name for name in found if name not in (*required, *optional)]
    if unknown:
        known = (*required, *(optional or ()))
        raise GazetteerError(f"{path}:1: unknown column {', '.join(unknown)}; known: {', '.join(known)}")
    if len(set(found)) < len(found):
        raise GazetteerError(f"{path}:1: a column occurs twice; keep one of them")


def _entry(row: Mapping[str, str]) -> Entry:
    if not fold(row["name"]):
        raise ValueError("name: empty")
    country = load_countries().get(row["country"])
    if country is None:
        raise ValueError(f"country: {row['country']!r} is no country; use its ISO code (SYR) or ACLED's name (Syria)")
    latitude, longitude = coordinates(row["latitude"], row["longitude"], country)
    priority = _number(row, "priority", 1)
    if priority not in PRIORITIES:
        raise ValueError(f"priority: {priority} is not from {PRIORITIES[0]} (as GeoNames' places) to {PRIORITIES[-1]}")
    return Entry(
        name=row["name"],
        iso3=country.iso3,
        latitude=latitude,
        longitude=longitude,
        other_names=tuple(name.strip() for name in row.get("other_names", "").split("|") if name.strip()),
        admin1=row.get("admin1") or None,
        admin2=row.get("admin2") or None,
        admin3=row.get("admin3") or None,
        feature=row.get("feature") or "PPL",
        population=_number(row, "population", 0),
        priority=priority,
        geonameid=_number(row, "geonameid", 0) or None,
    )


def _number(row: Mapping[str, str], column: str, default: int) -> int:
    text = row.get(column, "")
    if text and not text.isdecimal():
        raise ValueError(f"{column}: {text!r} is no whole number")
    return int(text) if text else default


def coordinates(latitude: str, longitude: str, country: Country) -> tuple[float, float]:
    """A point in degrees, checked against the country's bounding box.

    Raises:
        ValueError: no numbers, out of range, swapped, or far outside the country.
    """
    try:
        lat, lon = float(latitude), float(longitude)
    except ValueError:
        raise ValueError(
            f"coordinates: {latitude!r}, {longitude!r} are no numbers in degrees; use a decimal point"
        ) from None
    if not _near(country, lat, lon) and _near(country, lon, lat):
        raise ValueError(f"coordinates: {lat}, {lon} lie outside {country.country}, {lon}, {lat} inside; "
                         f"latitude and longitude are swapped")  # fmt: skip
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"coordinates: {lat}, {lon} are outside -90..90 and -180..180 degrees")
    if not _near(country, lat, lon):
        raise ValueError(f"coordinates: {lat}, {lon} lie outside {country.country}; check them and the country")
    return round(lat, 5), round(lon, 5)


def _near(country: Country, latitude: float, longitude: float) -> bool:
    steps = (-MARGIN, 0.0, MARGIN)
    return any(country.contains(latitude + a, longitude + b) for a in steps for b in steps)


def lay_over(base: Path | None, entries: Sequence[Entry], target: Path, note: str) -> None:
    """Write a gazetteer that holds all of another one and the user's places.

    Names that the overlay does not mention find what they found before: places of the base are never changed.

    Args:
        base: the gazetteer to lay over; None for ours.
        entries: the user's places.
        target: the new file, may be ``base`` itself.
        note: what is added, for ``dateline gazetteer info``.

    Raises:
        GazetteerError: ``base`` cannot be used, or ``target`` cannot be written.
    """
    gazetteer = Gazetteer(base or SHIPPED)
    found = unpacked(gazetteer.path) if gazetteer.path.suffix == ".gz" else gazetteer.path
    with new_file(target) as path:
        path.write_bytes(found if isinstance(found, bytes) else found.read_bytes())
        with closing(sqlite3.connect(path)) as database:
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            writer = _Writer(database)
            for entry in entries:
                writer.add(entry)
            digest = blake2b(repr((gazetteer.version, list(entries))).encode(), digest_size=6).hexdigest()
            database.execute("UPDATE meta SET value = ? WHERE key = 'version'", (digest,))
            database.execute("UPDATE meta SET value = value || ? WHERE key = 'source'", (f"; {note}",))
            database.commit()


class _Writer:
    """Adds places to an open file."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._next = int(database.execute("SELECT coalesce(max(id), 0) + 1 FROM places").fetchone()[0])
        labels = database.execute("SELECT iso3, feature, name, admin1, admin2, id FROM places WHERE geonameid = 0")
        self._units: dict[tuple[str, str, str, int | None], int] = {
            (iso3, feature, fold(name), second or first): number
            for iso3, feature, name, first, second, number in labels
        }

    def add(self, entry: Entry) -> None:
        """Add a place; one with the same id, country and spelling from an earlier overlay is replaced."""
        self._drop(entry)
        first = self._unit(entry, "ADM1", entry.admin1)
        second = self._unit(entry, "ADM2", entry.admin2, first)
        third = self._unit(entry, "ADM3", entry.admin3, first, second)
        number = self._insert(entry, entry.id, entry.name, entry.feature, (first, second, third))
        names: dict[str, int] = {}
        add(names, entry.name, NAME)
        for other in entry.other_names:
            add(names, other, OTHER)
        add_stripped(names, entry.iso3)
        self._database.executemany(
            "INSERT INTO names VALUES (?,?,?)", ((name, number, tier) for name, tier in sorted(names.items()))
        )

    def _drop(self, entry: Entry) -> None:
        if entry.geonameid is not None:
            return
        old = self._database.execute(
            "SELECT p.id FROM names n JOIN places p ON p.id = n.place WHERE n.name = ? AND p.geonameid = ?",
            (fold(entry.name), entry.id),
        ).fetchall()
        self._database.executemany("DELETE FROM names WHERE place = ?", old)
        self._database.executemany("DELETE FROM places WHERE id = ?", old)

    def _insert(
        self, entry: Entry, key: int, name: str, feature: str, units: tuple[int | None, int | None, int | None]
    ) -> int:
        number, self._next = self._next, self._next + 1
        self._database.execute(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, key, name, feature, entry.iso3, *units, round(entry.latitude * 1e5),
             round(entry.longitude * 1e5), entry.population, None, entry.priority),
        )  # fmt: skip
        return number

    def _unit(
        self, entry: Entry, feature: str, name: str | None, first: int | None = None, second: int | None = None
    ) -> int | None:
        """The unit of a name; one that the gazetteer lacks becomes a label that no name finds."""
        if name is None:
            return None
        key = (entry.iso3, feature, fold(name), second or first)
        if key not in self._units:
            found = self._database.execute(
                "SELECT p.id FROM names n JOIN places p ON p.id = n.place WHERE n.name = ? AND p.iso3 = ? "
                "AND p.feature = ? AND (? IS NULL OR p.admin1 = ?) ORDER BY n.tier, p.population DESC, p.id",
                (fold(name), entry.iso3, feature, first, first),
            ).fetchone()
            self._units[key] = int(found[0]) if found else self._insert(entry, 0, name, feature, (first, second, None))
        return self._units[key]
