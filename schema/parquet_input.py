"""Parquet files as batches: footer, types, columns, then rows of the schema's types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from .ahead import ahead
from .encodings import Conversion, conversion
from .engine import Batch, Findings, label
from .refused import Refused
from .tables import polars_schema
from .version import SCHEMA_VERSION
from .versions import columns_since

BATCH = 100_000
THREADS = 2  # batches that are read while one is checked
VERSION_KEY = "dateline.schema_version"
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def footer_version(path: Path) -> str | None:
    """The schema version that a Parquet file names; None when it names none.

    Raises:
        Refused: it is no version, or one that this package does not know.
        OSError, polars.exceptions.PolarsError: the file cannot be read.
    """
    version = pl.read_parquet_metadata(path).get(VERSION_KEY)
    if version is None:
        return None
    found, own = _VERSION.fullmatch(version), _VERSION.fullmatch(SCHEMA_VERSION)
    if found is None or own is None:
        raise Refused("bad-version", repr(version)[:60])
    numbers, known = tuple(map(int, found.groups())), tuple(map(int, own.groups()))
    if numbers[0] != known[0] or numbers[:2] > known[:2]:
        raise Refused("newer-schema", f"the file has schema {version}; this is {SCHEMA_VERSION}")
    return version


def parquet_batches(path: Path, table: str, version: str | None, findings: Findings) -> Iterator[Batch]:
    """The rows of a Parquet file; problems of columns and types go to ``findings``."""
    lazy = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    found = lazy.collect_schema()
    conversions = gate(dict(found), dict(polars_schema(table)), table, version, findings)
    chosen = lazy.select(list(conversions))
    exprs = [(name, c) for name, c in conversions.items() if c is not None]
    height = lazy.select(pl.len()).collect().item()
    if not conversions:
        findings.rows += height
        return
    firsts = range(0, height, BATCH)
    frames = ahead(lambda first: chosen.slice(first, BATCH).collect(), firsts, THREADS)
    for first, frame in zip(firsts, frames, strict=True):
        yield convert(frame, first, exprs, findings)


def gate(
    found: Mapping[str, pl.DataType], wanted: Mapping[str, pl.DataType], table: str, version: str | None,
    findings: Findings,
) -> dict[str, Conversion | None]:  # fmt: skip
    """Compare columns and types with the schema's.

    Returns:
        The columns that can be checked, each with its conversion (None: it has the schema's type).
    """
    later = columns_since(table, version)
    usable: dict[str, Conversion | None] = {}
    for name, dtype in wanted.items():
        if name not in found:
            if name not in later:
                findings.add("missing-column", name)
        elif found[name] == dtype:
            usable[name] = None
        elif change := conversion(name, found[name], dtype):
            usable[name] = change
            findings.add("other-encoding", name, f"{found[name]}, not {dtype}")
        else:
            findings.add("wrong-type", name, f"{found[name]}, not {dtype}")
    for name in found:
        if name not in wanted:
            findings.add("unknown-column", label(name))
    return usable


def convert(frame: pl.DataFrame, first: int, changes: list[tuple[str, Conversion]], findings: Findings) -> Batch:
    """Give a frame's columns the schema's types; values that would change are wrong."""
    batch = Batch(frame, first)
    for name, change in changes:
        if change.lost is None:
            continue
        wrong = frame.select(change.lost.arg_true()).to_series()
        if wrong.len():
            part = f"a value that is no {'date' if frame[name].dtype == pl.Datetime else 'whole number'}"
            kept = wrong.head(findings.room("wrong-type", name, part)).to_list()
            examples = [batch.example(i, frame[name][i]) for i in kept]
            findings.add("wrong-type", name, part, wrong.len(), examples)
    if not changes:
        return batch
    lost = [change.lost for _, change in changes if change.lost is not None]
    kept_rows = frame.with_row_index("__row", first).filter(~pl.any_horizontal(lost)) if lost else None
    source = frame if kept_rows is None else kept_rows
    rows = None if kept_rows is None else kept_rows["__row"]
    converted = source.select(
        dict(changes)[name].value if name in dict(changes) else pl.col(name) for name in frame.columns
    )
    findings.rows += frame.height - converted.height
    return Batch(converted, first, rows)
