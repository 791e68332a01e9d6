"""How far an outlet reaches: ACLED's source scale (CODEBOOK 1.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from .lexicon import Row, read_table

# The order in which ACLED writes the parts of a pair.
ORDER = ("Local partner", "New media", "Other", "Subnational", "National", "Regional", "International")


class PublisherRow(Row):
    """An outlet, its scale, and the country (ISO3) that it reports from, where it is one country's."""

    publisher: str
    scale: str
    country: str = ""
    note: str = ""


def load_publishers(overlays: Sequence[Path] = ()) -> Mapping[str, str]:
    """Read ``publishers.csv``, with overlays: scale by the outlet's name in lower case, a later row wins.

    Raises:
        LexiconError: a line of a table is wrong.
    """
    return {row.publisher.casefold(): row.scale for row in read_table(PublisherRow, "publishers", overlays)}


def load_outlets(overlays: Sequence[Path] = ()) -> Mapping[str, str]:
    """Read ``publishers.csv``, with overlays: the ISO3 code of the country that an outlet reports from, by its name.

    Raises:
        LexiconError: a line of a table is wrong.
    """
    rows = read_table(PublisherRow, "publishers", overlays)
    return {row.publisher: row.country for row in rows if row.country}


@cache
def builtin_publishers() -> Mapping[str, str]:
    """The built-in table, read once."""
    return load_publishers()


def source_scale(publishers: Iterable[str], known: Mapping[str, str]) -> str | None:
    """The scale of an event's outlets: one value, or a pair from the nearest to the farthest (CODEBOOK 1.7).

    None when an outlet is not known, or when there is none.
    """
    scales = {known.get(name.casefold()) for name in publishers}
    if not scales or None in scales:
        return None
    ordered = sorted((scale for scale in scales if scale), key=ORDER.index)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}-{ordered[-1]}"
