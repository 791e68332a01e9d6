"""The columns of exported files: one record a column, taken from the schema's codebook and Table Schemas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ..schema import table_schema
from ..schema.codebook import column_rows
from ..schema.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Column:
    """One column as an exported file holds it.

    Attributes:
        kind: text, integer, number, boolean, date, list, geometry, or json (a list or records as JSON text).
        null: what an empty cell means; ``never`` when there is none.
        terms: the closed list of values; empty when the column is open.
        field: its Frictionless Table Schema field.
    """

    table: str
    name: str
    kind: str
    meaning: str
    null: str = "never"
    unit: str = ""
    example: str = ""
    terms: tuple[str, ...] = ()
    field: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def description(self) -> str:
        """Meaning, unit and what an empty cell means, in one line."""
        text = self.meaning[:1].upper() + self.meaning[1:]
        text += f" ({self.unit})" if self.unit else ""
        return text + (f". Empty: {self.null}." if self.null != "never" else ".")


@cache
def table_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in order, as Parquet holds them."""
    fields = {item["name"]: item for item in table_schema(table)["fields"]}
    return tuple(_column(row, fields[row["column"]]) for row in column_rows(table))


def _column(row: dict[str, str], item: dict[str, Any]) -> Column:
    many = row["type"].startswith("list of ")
    scalars = ("text", "integer", "number", "boolean", "date")
    kind = row["type"].removeprefix("list of ")
    vocabulary = row["vocabulary"]
    return Column(
        table=row["table"],
        name=row["column"],
        kind=("list" if many else kind) if kind in scalars else "json",
        meaning=row["meaning"],
        null=row["null"],
        unit=row["unit"],
        example=row["example"],
        terms=tuple(load_vocabulary(vocabulary)) if vocabulary else (),
        field=item,
    )


def as_json(column: Column) -> Column:
    """The column when lists are written as JSON text."""
    return replace(column, kind="json") if column.kind == "list" else column


def as_joined(column: Column) -> Column:
    """The column when lists are joined into one text; an empty list is an empty cell."""
    if column.kind not in ("list", "json"):
        return column
    meaning = f"{column.meaning}; joined with '; '"
    item = {"name": column.name, "type": "string"}
    return replace(column, kind="text", null="the list is empty", meaning=meaning, terms=(), field=item)


def as_guarded(column: Column) -> Column:
    """The column when text may have got an apostrophe in front, so that closed lists and patterns do not hold."""
    if column.kind != "text":
        return column
    rules = {key: v for key, v in column.field.get("constraints", {}).items() if key == "required"}
    return replace(column, field={**column.field, "constraints": rules})


def codebook_rows(resources: Sequence[tuple[str, Sequence[Column]]]) -> list[dict[str, str]]:
    """One row a column of the exported files, with the values of closed lists."""
    return [
        {
            "file": path,
            "column": column.name,
            "type": column.kind,
            "meaning": column.meaning,
            "unit": column.unit,
            "empty_means": column.null,
            "example": column.example,
            "values": " | ".join(column.terms),
        }
        for path, columns in resources
        for column in columns
    ]
