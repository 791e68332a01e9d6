"""Lines of NDJSON read by the thousand, without loss or not at all.

Arrow's reader takes known keys only, each once, and values of their column's JSON type; where one line offends, it
refuses all that it was given. So what it refuses is halved until few lines are left, and those are for
:mod:`.values`. So are lines on which the two might differ: those that hold no object alone, numbers that Python
writes or keeps in another way, and texts that are no days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from .kinds import DerivationError, Kind, columns
from .tables import TABLES, polars_schema
from .values import cell

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped,unused-ignore]

FEW = 16  # so many lines are not worth halving
LARGEST = 1e300  # Python's parser keeps larger whole numbers as they are; NaN and Infinity have other names there
# Lines that all begin and end like this begin and end outside of any object, or Arrow refuses: no object spans two
# lines. When there are as many objects as lines, each line holds one.
_OPENS, _CLOSES = r"^[ \t]*\{", r"\}[ \t\r]*$"


def read_lines(lines: pl.DataFrame, data: bytes | None, table: str) -> tuple[pl.DataFrame, pl.Series]:
    """The rows of the lines that can be read strictly, all others left out.

    Args:
        lines: none blank; column ``line`` their texts, ``row`` their numbers.
        data: the same lines and blank ones as UTF-8, if at hand.
        table: one of ``TABLES``.

    Returns:
        Rows of the table's types, and the numbers of their lines.
    """
    import pyarrow as pa

    alone = lines.filter(pl.col("line").str.contains(_OPENS) & pl.col("line").str.contains(_CLOSES))
    whole = _strict(data, lines.height, table) if data is not None and alone.height == lines.height else None
    if whole is not None:
        frame, rows = pl.DataFrame(whole), lines["row"]
    else:
        read = list(_pieces(alone["line"].to_list(), 0, table))
        if not read:
            return pl.DataFrame(schema=polars_schema(table)), lines["row"].clear()
        frame = pl.DataFrame(pa.concat_tables(found for _, found in read).combine_chunks())
        rows = alone["row"].gather([k for first, found in read for k in range(first, first + found.num_rows)])
    days = {name: cell(pl.col(name), dtype) for name, dtype in polars_schema(table).items() if dtype == pl.Date}
    doubts = [wrong | (value < date.min) for value, wrong in days.values()]
    doubts += [~(pl.col(name).abs() < LARGEST) for name, dtype in frame.schema.items() if dtype == pl.Float64]
    if doubts:
        sure = frame.select(~pl.any_horizontal(doubt.fill_null(False) for doubt in doubts)).to_series()
        if not sure.all():
            frame, rows = frame.filter(sure), rows.filter(sure)
    return frame.with_columns(**{name: value for name, (value, _) in days.items()}), rows


def _pieces(lines: list[str], first: int, table: str) -> Iterator[tuple[int, pyarrow.Table]]:
    """The rows of runs of lines, each with the index of its first line."""
    found = _strict("\n".join(lines).encode(), len(lines), table) if lines else None
    if found is not None:
        yield first, found
    elif len(lines) > FEW:
        half = len(lines) // 2
        yield from _pieces(lines[:half], first, table)
        yield from _pieces(lines[half:], first + half, table)


def _strict(data: bytes, height: int, table: str) -> pyarrow.Table | None:
    """The rows as Arrow reads them; None when it refuses, or finds more or fewer objects than lines."""
    import pyarrow as pa
    from pyarrow import json as arrow

    known = arrow.ParseOptions(explicit_schema=_arrow(table), unexpected_field_behavior="error")
    at_once = arrow.ReadOptions(use_threads=False, block_size=len(data))
    try:
        found = arrow.read_json(pa.BufferReader(data), read_options=at_once, parse_options=known)
    except pa.ArrowException:
        return None
    return found if found.num_rows == height else None


@cache
def _arrow(table: str) -> Any:
    """The Arrow schema by which a table's lines are read; days are text."""
    import pyarrow as pa

    scalars = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}

    def inner(kind: Kind) -> Any:
        if kind.element:
            return pa.list_(inner(kind.element))
        if kind.model:
            return pa.struct([(name, inner(part)) for name, part, _ in columns(kind.model)])
        if kind.base not in scalars:
            raise DerivationError(f"no rule reads {kind.base} inside of lists and records from NDJSON")
        return scalars[kind.base]

    outer = {date: pa.string(), float: pa.float64()}
    return pa.schema([(name, outer.get(kind.base) or inner(kind)) for name, kind, _ in columns(TABLES[table])])
