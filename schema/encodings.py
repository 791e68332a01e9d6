"""What other tools write: columns of another type that mean the same, and how they become the schema's.

pandas writes dictionaries, whole numbers as floats, midnight as a date and lists of nothing; DuckDB writes ENUM and
narrower integers, R's arrow factors and 32-bit integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

_ALWAYS: dict[type[pl.DataType], set[type[pl.DataType]]] = {
    pl.Int64: {pl.Int8, pl.Int16, pl.Int32, pl.UInt8, pl.UInt16, pl.UInt32},
    pl.Float64: {pl.Float32, pl.Int8, pl.Int16, pl.Int32, pl.UInt8, pl.UInt16, pl.UInt32},
    pl.String: {pl.Categorical, pl.Enum},
}
_BY_VALUE: dict[type[pl.DataType], set[type[pl.DataType]]] = {
    pl.Int64: {pl.UInt64, pl.Int128, pl.Float32, pl.Float64},
    pl.Float64: {pl.Int64, pl.UInt64},
    pl.Date: {pl.Datetime},
}


@dataclass(frozen=True)
class Conversion:
    """How a column becomes the schema's: ``value``, and ``lost`` (true where that would change what it means)."""

    value: pl.Expr
    lost: pl.Expr | None = None


def conversion(name: str, found: pl.DataType, wanted: pl.DataType) -> Conversion | None:
    """How a column of type ``found`` is read as ``wanted``.

    Args:
        name: the column.
        found: its type in the file.
        wanted: the schema's type; not equal to ``found``.

    Returns:
        None when the types do not mean the same.
    """
    column = pl.col(name)
    if _same_meaning(found, wanted):
        return Conversion(column.cast(wanted, strict=False))
    if found.base_type() not in _BY_VALUE.get(wanted.base_type(), set()):
        return None
    value = column.cast(wanted, strict=False)
    back = column != value.cast(found, strict=False)
    return Conversion(value, column.is_not_null() & back.fill_null(True))


def _same_meaning(found: Any, wanted: Any) -> bool:
    if found == wanted or found == pl.Null():
        return True
    if isinstance(wanted, pl.List):
        inner = found.inner if isinstance(found, pl.List | pl.Array) else None
        return isinstance(inner, pl.DataType) and isinstance(wanted.inner, pl.DataType) and _same_meaning(
            inner, wanted.inner
        )  # fmt: skip
    if isinstance(wanted, pl.Struct):
        if not isinstance(found, pl.Struct):
            return False
        own, other = dict(wanted.to_schema()), dict(found.to_schema())
        return own.keys() == other.keys() and all(_same_meaning(other[key], own[key]) for key in own)
    return found.base_type() in _ALWAYS.get(wanted.base_type(), set())
