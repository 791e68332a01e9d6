"""NDJSON files as batches.

Polars reads a line fast but forgives: it turns numbers into text and drops unknown keys. So it is given only lines
of a pattern made from the model: known keys, each at most once, in the order of the block's first line, with values
of their types. Every other line, and a block that Polars refuses, is read by Python's parser and judged value by
value. Absent keys count as null.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from .ahead import ahead
from .engine import Batch, Findings, label, shown
from .kinds import Kind, columns
from .report import Example
from .tables import TABLES, polars_schema
from .text_lines import blocks
from .values import WrongType, from_json

_SPACE = r"[ \t]*"
# A text without escaped surrogates: Polars reads half a pair as NUL, and pairs are rare enough for the slow way.
_STRING = r'"(?:[^"\\]|\\[^u]|\\u(?:[0-9abcefABCEF]|[dD][0-7]))*"'
_FORMS = {
    str: _STRING,
    date: r'"[0-9]{4}-[0-9]{2}-[0-9]{2}"',
    int: r"-?[0-9]{1,18}",
    float: r"-?[0-9]{1,15}(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,2})?",
    bool: "true|false",
}


class Repeated(ValueError):
    """An object names a key twice."""


def json_batches(path: Path, table: str, findings: Findings) -> Iterator[Batch]:
    """The rows of an NDJSON file; problems of lines, keys and types go to ``findings``."""
    first = 0
    told = False
    for block, lines in ahead((block, block.lines()) for block in blocks(path)):
        if not block.utf8 and not told:
            findings.add("encoding", None)
            told = True
        lines = lines.with_row_index("row", first)
        first += lines.height
        if lines.height:
            yield from _batches(lines, block.data if block.utf8 else None, table, findings)


def _batches(lines: pl.DataFrame, data: bytes | None, table: str, findings: Findings) -> Iterator[Batch]:
    pattern = _pattern(table, _keys(lines["line"][0], table))
    # The streaming engine shares one column among the cores.
    fast = lines.lazy().select(pl.col("line").str.contains(pattern)).collect(engine="streaming").to_series()
    good = lines.filter(fast)
    if data is None or good.height < lines.height:
        data = "\n".join(good["line"].to_list()).encode()
    frame = _fast(data, table) if good.height else None
    if frame is not None and frame.height == good.height:
        yield Batch(frame, 0, good["row"], good["n"])
        lines = lines.filter(~fast)
    if lines.height:
        yield _slow(lines["line"], lines["row"], lines["n"], table, findings)


def _fast(data: bytes, table: str) -> pl.DataFrame | None:
    """The rows as Polars reads them; None when it refuses."""
    schema = polars_schema(table)
    nested = {name: dtype for name, dtype in schema.items() if dtype.is_nested()}
    texts = dict(schema) | dict.fromkeys(nested, pl.String())  # decoding them apart is three times faster
    try:
        frame = pl.read_ndjson(io.BytesIO(data), schema=texts)
        return frame.with_columns(pl.col(name).str.json_decode(dtype) for name, dtype in nested.items())
    except (pl.exceptions.PolarsError, ValueError):
        return None


def _keys(line: str, table: str) -> tuple[str, ...]:
    """The known keys in the order of a line; any line will do."""
    known = polars_schema(table)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    keys = [key for key in record if key in known] if isinstance(record, dict) else []
    return tuple(keys or known)


@cache
def _pattern(table: str, keys: tuple[str, ...]) -> str:
    """A pattern of the lines that Polars reads without loss: known keys in one order, values of their types."""
    kinds = {name: kind for name, kind, _ in columns(TABLES[table])}
    return rf"^{_SPACE}{_object([(key, kinds[key]) for key in keys])}{_SPACE}\r?$"


def _object(fields: list[tuple[str, Kind]]) -> str:
    pairs = "".join(rf"(?:\"{re.escape(n)}\"{_SPACE}:{_SPACE}{_value(k)},?{_SPACE})?" for n, k in fields)
    return rf"\{{{_SPACE}{pairs}\}}"


def _value(kind: Kind) -> str:
    if kind.element:
        inner = _value(kind.element)
        form = rf"\[{_SPACE}(?:{inner}{_SPACE}(?:,{_SPACE}{inner}{_SPACE})*)?\]"
    elif kind.model:
        form = _object([(name, inner) for name, inner, _ in columns(kind.model)])
    else:
        form = _FORMS[kind.base]
    return f"(?:{form}|null)"


def _slow(lines: pl.Series, rows: pl.Series, places: pl.Series, table: str, findings: Findings) -> Batch:
    kinds = {name: kind for name, kind, _ in columns(TABLES[table])}
    good: list[dict[str, Any]] = []
    kept: list[int] = []
    for index, line in enumerate(lines):
        where = (int(rows[index]), int(places[index]))
        record = _read(line, where, findings)
        values = None if record is None else _typed(record, kinds, where, findings)
        if values is not None:
            good.append(values)
            kept.append(index)
    findings.rows += lines.len() - len(good)
    frame = pl.DataFrame(good, schema=polars_schema(table), orient="row")
    return Batch(frame, 0, rows.gather(kept), places.gather(kept))


def _read(line: str, where: tuple[int, int], findings: Findings) -> dict[str, Any] | None:
    try:
        record = json.loads(line, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        part = f"no JSON ({error.msg})"
    except (Repeated, RecursionError, ValueError) as error:
        part = str(error)[:80] if isinstance(error, Repeated) else "no JSON that can be read"
    else:
        if isinstance(record, dict):
            return record
        part = "no JSON object"
    findings.add("bad-line", None, part, examples=[_at(where, line)])
    return None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise Repeated("a key stands twice")
    return record


def _typed(
    record: dict[str, Any], kinds: dict[str, Kind], where: tuple[int, int], findings: Findings
) -> dict[str, Any] | None:
    for name in record.keys() - kinds.keys():
        findings.add("unknown-column", label(name), examples=[_at(where, record[name])])
    values: dict[str, Any] = {}
    wrong = False
    for name, kind in kinds.items():
        try:
            values[name] = from_json(record.get(name), kind)
        except WrongType as error:
            found = f"{error}, not {kind.type_name}"
            findings.add("wrong-type", name, found, examples=[_at(where, record[name])])
            wrong = True
    return None if wrong else values


def _at(where: tuple[int, int], value: Any) -> Example:
    return Example(row=where[0], line=where[1], value=shown(value), detail=None)
