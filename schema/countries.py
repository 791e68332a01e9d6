"""Countries and territories: ISO codes, ACLED's names and regions, bounding boxes (CODEBOOK 1.8)."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory. ``west`` is greater than ``east`` where the box crosses the date line."""

    iso3: str
    iso2: str
    iso: int  # ISO 3166-1 numeric; 0 for Kosovo, which has none
    country: str  # ACLED's name
    region: str  # ACLED's region
    capital: str | None
    west: float
    south: float
    east: float
    north: float
    latitude: float  # a point near the middle
    longitude: float
    names: tuple[str, ...] = ()

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether a point (degrees) lies in the country's bounding box."""
        if not self.south <= latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= longitude <= self.east
        return longitude >= self.west or longitude <= self.east


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries, by ISO3, by ISO number and by any of their names."""

    by_iso3: Mapping[str, Country]
    by_iso: Mapping[int, Country] = field(repr=False)
    _by_name: Mapping[str, Country] = field(repr=False)

    def __iter__(self) -> Iterator[Country]:
        return iter(self.by_iso3.values())

    def __len__(self) -> int:
        return len(self.by_iso3)

    def get(self, key: str | int) -> Country | None:
        """The country with this ISO number, ISO3 or ISO2 code (upper case) or name (any case), or None."""
        if isinstance(key, int):
            return self.by_iso.get(key)
        return self.by_iso3.get(key) or self._by_name.get(_folded(key))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def load_countries() -> Countries:
    """Read ``vocabularies/countries.csv``.

    Returns:
        Every country and territory of ISO 3166-1 and Kosovo. ACLED's names win over other countries' other
        names ("Republic of Congo" is COG, "Congo" is COD).
    """
    path = files(__package__) / "vocabularies" / "countries.csv"
    countries = [_country(row) for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    names: dict[str, Country] = {}
    for key in ("other", "code", "acled"):
        for country in countries:
            spelled = {"other": country.names, "code": (country.iso2,), "acled": (country.country,)}[key]
            names.update((_folded(name), country) for name in spelled)
    return Countries({c.iso3: c for c in countries}, {c.iso: c for c in countries}, names)


def _country(row: dict[str, str]) -> Country:
    box = {key: float(row[key]) for key in ("west", "south", "east", "north", "latitude", "longitude")}
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        iso=int(row["iso"]),
        country=row["country"],
        region=row["region"],
        capital=row["capital"] or None,
        names=tuple(name for name in row["names"].split("|") if name),
        **box,
    )
