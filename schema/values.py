"""Values as text files write them: JSON values and CSV cells, and how they become the schema's types."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import polars as pl

from .kinds import Kind, columns

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
INTEGER = r"^[+-]?[0-9]{1,18}(\.0+)?$"
NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class WrongType(ValueError):
    """A JSON value is of another type than its column's; the message says what it is."""


def from_json(value: Any, kind: Kind) -> Any:
    """A JSON value as a column's value: strict, except that dates are text and whole numbers are numbers.

    Args:
        value: what ``json.loads`` gives.
        kind: the column's kind. Null and absent keys pass; whether null is allowed is checked with the rows.

    Raises:
        WrongType: the value has another type.
    """
    if value is None:
        return None
    if kind.element:
        if not isinstance(value, list):
            raise WrongType(_named(value))
        return [from_json(item, kind.element) for item in value]
    if kind.model:
        return _record(value, kind)
    if kind.base is date:
        return _day(value)
    if kind.base is float and type(value) is int:
        value = float(value) if abs(value) < 2**1000 else value
    fine = type(value) is kind.base and not (kind.base is int and not -(2**63) <= value < 2**63)
    if not fine or (kind.base is str and _SURROGATE.search(value)):
        raise WrongType(_named(value))
    return value


def _record(value: Any, kind: Kind) -> dict[str, Any]:
    if not isinstance(value, dict) or kind.model is None:
        raise WrongType(_named(value))
    fields = {name: part for name, part, _ in columns(kind.model)}
    stray = value.keys() - fields.keys()
    if stray:
        raise WrongType(f"a record with the unknown field {sorted(stray)[0]!r:.40}")
    return {name: from_json(value.get(name), part) for name, part in fields.items()}


def _day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise WrongType("no date YYYY-MM-DD")


def _named(value: Any) -> str:
    if isinstance(value, str):
        return "text with half a surrogate pair" if _SURROGATE.search(value) else "text"
    names = {bool: "true or false", int: "an integer", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def cell(text: pl.Expr, dtype: pl.DataType) -> tuple[pl.Expr, pl.Expr]:
    """A column of CSV cells as a scalar type.

    Args:
        text: the cells; empty ones are null already.
        dtype: the schema's type, not a nested one.

    Returns:
        The values, and where a cell is no such value.
    """
    if dtype == pl.Int64:
        plain = text.str.replace(r"\.0+$", "")  # pandas writes 5 as 5.0 when a cell of the column is empty
        return plain.cast(pl.Int64, strict=False), ~text.str.contains(INTEGER)
    if dtype == pl.Float64:
        return text.cast(pl.Float64, strict=False), ~text.str.contains(NUMBER)
    if dtype == pl.Boolean:
        lower = text.str.to_lowercase()
        return lower == "true", ~lower.is_in(["true", "false"])
    if dtype == pl.Date:
        value = text.str.to_date("%Y-%m-%d", strict=False)
        return value, ~text.str.contains(DAY) | (text.is_not_null() & value.is_null())
    return text, pl.lit(False)


def nested_cells(texts: pl.Series, kind: Kind, dtype: pl.DataType) -> tuple[pl.Series, list[int]]:
    """A column of CSV cells that hold JSON lists.

    Returns:
        The values, and the indices of cells that hold none.
    """
    values: list[Any] = []
    wrong: list[int] = []
    for index, text in enumerate(texts):
        try:
            values.append(None if text is None else from_json(json.loads(text), kind))
        except ValueError:  # of JSON, or of another type
            values.append(None)
            wrong.append(index)
    return pl.Series(texts.name, values, dtype=dtype), wrong
