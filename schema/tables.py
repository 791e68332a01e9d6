"""The five tables, their keys and their column types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from .article import Article
from .attribution import Attribution
from .claim import Claim
from .event import Event
from .fields import Record
from .kinds import DerivationError, Kind, columns
from .place import Place

TABLES: dict[str, type[Record]] = {
    "articles": Article,
    "claims": Claim,
    "attributions": Attribution,
    "places": Place,
    "events": Event,
}
_SCALARS: dict[Any, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    date: pl.Date(),
}


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column whose values are those of another table's key."""

    table: str
    column: str
    other: str
    key: str


PRIMARY_KEYS = {
    "articles": "article_id",
    "claims": "claim_id",
    "attributions": "attribution_id",
    "events": "event_id",
}
FOREIGN_KEYS = (
    ForeignKey("claims", "article_id", "articles", "article_id"),
    ForeignKey("attributions", "article_id", "articles", "article_id"),
    ForeignKey("places", "article_id", "articles", "article_id"),
    ForeignKey("claims", "attribution_id", "attributions", "attribution_id"),
    ForeignKey("attributions", "parent_id", "attributions", "attribution_id"),
    ForeignKey("claims", "event_id", "events", "event_id"),
    ForeignKey("events", "claim_ids", "claims", "claim_id"),
)


def polars_type(kind: Kind) -> pl.DataType:
    """The column type of a kind.

    Raises:
        DerivationError: there is none.
    """
    if kind.base in _SCALARS:
        return _SCALARS[kind.base]
    if kind.element:
        return pl.List(polars_type(kind.element))
    if kind.model:
        return pl.Struct({name: polars_type(inner) for name, inner, _ in columns(kind.model)})
    raise DerivationError(f"{kind.base} has no column type")


@cache
def _columns(table: str) -> tuple[tuple[str, pl.DataType], ...]:
    return tuple((name, polars_type(kind)) for name, kind, _ in columns(TABLES[table]))


def polars_schema(table: str) -> pl.Schema:
    """The Polars schema of a table, derived from its model.

    Args:
        table: one of :data:`TABLES`.

    Returns:
        Column names and types in the table's order. Build frames with it: a list column that holds only nulls
        would otherwise get the type ``List(Null)``.
    """
    return pl.Schema(_columns(table))
