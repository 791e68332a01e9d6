"""Rules that several tables share: types, countries, coordinates, spans, tolls (CODEBOOK 1.2, 1.5, 1.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from .checks import length
from .ontology import load_ontology
from .rules import RowRule

BOX_TOLERANCE = 0.5  # degrees; places lie on borders and small islands outside the box


def index_of(column: pl.Expr, keys: Iterable[str]) -> pl.Expr:
    """The position of a column's text among keys; null where it is none of them."""
    return column.replace_strict({key: k for k, key in enumerate(keys)}, default=None, return_dtype=pl.UInt32)


def taken(index: pl.Expr, values: Iterable[Any], dtype: Any) -> pl.Expr:
    """The values at the positions; cheaper than looking each of them up by text."""
    return pl.lit(pl.Series(list(values), dtype=dtype)).gather(index)


def with_index(index: pl.Expr, bad: pl.Expr, *columns: str) -> pl.Expr:
    """A test that reads an index several times; by itself Polars would look it up anew at every mention.

    Args:
        index: from :func:`index_of`.
        bad: the test, over ``pl.field("index")`` and the fields of ``columns``.
        columns: what else the test reads.
    """
    row = pl.struct(index.alias("index"), *columns)
    return row.struct.with_fields(bad.alias("bad")).struct.field("bad")


def looked_up(column: pl.Expr, values: Mapping[str, Any], dtype: Any) -> pl.Expr:
    """The value that belongs to a column's text; null where the text is unknown."""
    return taken(index_of(column, values), values.values(), dtype)


def type_rules(table: str) -> Iterator[RowRule]:
    """Event type and disorder type follow from the sub-event."""
    ontology = load_ontology()
    index, sub = pl.field("index"), pl.field("sub_event_type")
    found = index_of(pl.col("sub_event_type"), ontology.sub_events)
    for code, column, follows in (
        ("sub-event-type", "event_type", ontology.event_type),
        ("disorder-type", "disorder_type", ontology.disorder_type),
    ):
        wanted = taken(index, [follows(sub) for sub in ontology.sub_events], pl.String)
        # An unknown sub-event is a vocabulary error already, and nothing follows from it.
        bad = pl.field(column).ne_missing(wanted) & (index.is_null() == sub.is_null())
        yield RowRule(code, table, column, with_index(found, bad, "sub_event_type", column))


def country_rules(table: str) -> Iterator[RowRule]:
    """The ISO number is the country's, and the coordinates lie in its bounding box."""
    countries = load_ontology().countries
    found = index_of(pl.col("country"), (c.country for c in countries))
    index, name = pl.field("index"), pl.field("country")
    known = index.is_null() == name.is_null()
    yield RowRule("country-name", table, "country", with_index(found, ~known, "country"))
    iso = taken(index, (c.iso for c in countries), pl.Int64)
    other = known & pl.field("iso").ne_missing(iso)
    yield RowRule("country-iso", table, "iso", with_index(found, other, "country", "iso"))
    edges = zip(*((c.west, c.south, c.east, c.north) for c in countries), strict=True)
    west, south, east, north = (taken(index, edge, pl.Float64) for edge in edges)
    lon, lat, t = pl.field("longitude"), pl.field("latitude"), BOX_TOLERANCE
    left, right = lon < west - t, lon > east + t
    across = pl.when(west <= east).then(left | right).otherwise(left & right)
    outside = (lat < south - t) | (lat > north + t) | across
    yield RowRule("outside-country", table, "latitude", with_index(found, outside, "latitude", "longitude"))
    if table != "events":  # there both are never null
        half = pl.col("latitude").is_null() != pl.col("longitude").is_null()
        yield RowRule("half-coordinates", table, "latitude", half)


def toll_rule(table: str) -> RowRule:
    """fatalities_low <= fatalities <= fatalities_high."""
    low, toll, high = pl.col("fatalities_low"), pl.col("fatalities"), pl.col("fatalities_high")
    some = low.is_null() | toll.is_null() | high.is_null()
    none = low.is_null() & toll.is_null() & high.is_null()
    return RowRule("toll-order", table, "fatalities", (low > toll) | (toll > high) | (some & ~none))


def span_rule(table: str, name: str) -> RowRule:
    """Text, start and end of a span are given together, and start lies before end."""
    start, end, text = (pl.col(f"{name}_{part}") for part in ("start", "end", "text"))
    torn = (start.is_null() != end.is_null()) | (start.is_null() != text.is_null())
    return RowRule("span-order", table, f"{name}_start", (start >= end) | torn, part=name)


def size_rule(table: str, name: str) -> RowRule:
    """A span is as long as its text, in code points."""
    start, end, text = (pl.col(f"{name}_{part}") for part in ("start", "end", "text"))
    return RowRule("span-text", table, f"{name}_text", (end - start) != length(text), part=name)
