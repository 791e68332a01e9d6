"""NDJSON files as batches.

Lines are read strictly and by the thousand (:mod:`.json_lines`); every line that this refuses is read by Python's
parser and judged value by value. Absent keys count as null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from .ahead import ahead
from .engine import Batch, Findings, label, shown
from .json_lines import read_lines
from .kinds import Kind, columns
from .report import Example
from .tables import TABLES, polars_schema
from .text_lines import Block, blocks
from .values import WrongType, from_json

THREADS = 2  # blocks that are read while one is checked; each holds some 100 MB


class Repeated(ValueError):
    """An object names a key twice."""


@dataclass(frozen=True)
class _Read:
    """A block: the rows read at once with their places, and the lines that were not; places count within it."""

    utf8: bool
    lines: int
    frame: pl.DataFrame
    places: pl.DataFrame
    rest: pl.DataFrame


def json_batches(path: Path, table: str, findings: Findings) -> Iterator[Batch]:
    """The rows of an NDJSON file; problems of lines, keys and types go to ``findings``."""
    row, line = 0, 1
    told = False
    for read in ahead(partial(_read_block, table), blocks(path), THREADS):
        if not read.utf8 and not told:
            findings.add("encoding", None)
            told = True
        if read.frame.height:
            yield Batch(read.frame, 0, read.places["row"] + row, read.places["n"] + line)
        if read.rest.height:
            yield _slow(read.rest["line"], read.rest["row"] + row, read.rest["n"] + line, table, findings)
        row += read.places.height + read.rest.height
        line += read.lines


def _read_block(table: str, block: Block) -> _Read:
    lines = block.lines()
    some = lines.filter(pl.col("line").str.contains(r"[^ \t\r]")).with_row_index("row")
    some = some.with_columns(pl.col("row", "n").cast(pl.Int64))
    frame, rows = read_lines(some, block.data if block.utf8 else None, table)
    at_once = pl.col("row").is_in(rows.implode())
    return _Read(block.utf8, lines.height, frame, some.filter(at_once).drop("line"), some.filter(~at_once))


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
