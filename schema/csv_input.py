"""CSV files as frames of text with line numbers: any delimiter, with or without byte order mark, UTF-8 or not."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from .engine import Batch, Findings
from .kinds import columns
from .parquet_input import gate
from .refused import Refused
from .report import Example
from .tables import TABLES, polars_schema
from .text_lines import blocks
from .values import cell, nested_cells

BATCH = 50_000
LINE = "__line"
_NAMES = {";": "semicolons", "\t": "tabs", ",": "commas"}


@dataclass(frozen=True)
class Cells:
    """A table of text cells: empty ones are null, ``LINE`` holds each row's line."""

    names: list[str]
    frame: pl.LazyFrame


@contextmanager
def read_cells(path: Path, findings: Findings) -> Iterator[Cells]:
    """Open a CSV file.

    Raises:
        Refused: no table can be read from it.
        OSError: the file cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        source = _utf8(path, Path(folder), findings)
        with source.open(encoding="utf-8-sig", newline="") as handle:
            head = handle.readline()
        if not head.strip():
            raise Refused("unreadable", "it has no header line")
        delimiter = max(_NAMES, key=head.count)
        if delimiter != "," and not (delimiter == "\t" and path.suffix.lower() == ".tsv"):
            findings.add("delimiter", None, _NAMES[delimiter])
        names = next(csv.reader([head], delimiter=delimiter))
        frame = _scan(source, delimiter, findings)
        found = frame.collect_schema().names()
        yield Cells(names if len(names) == len(found) else found, _with_lines(frame, found))


def _utf8(path: Path, folder: Path, findings: Findings) -> Path:
    first_bad = next((block for block in blocks(path) if not block.utf8), None)
    if first_bad is None:
        return path
    findings.add("encoding", None)
    copy = folder / "utf8.csv"
    with (
        path.open(encoding="cp1252", errors="replace", newline="") as old,
        copy.open("w", encoding="utf-8", newline="") as new,
    ):
        shutil.copyfileobj(old, new)
    return copy


def _scan(source: Path, delimiter: str, findings: Findings) -> pl.LazyFrame:
    """The cells; when Polars refuses, the lines at fault are named and the rest is read."""
    options = {"separator": delimiter, "infer_schema": False, "glob": False}
    lazy = pl.scan_csv(source, **options)  # type: ignore[arg-type]
    try:
        lazy.select(pl.len(), pl.all().null_count()).collect()
        return lazy
    except pl.exceptions.PolarsError:
        pass
    if not _bad_lines(source, delimiter, findings):
        findings.add("bad-line", None, "quotation marks do not close")
    try:
        lazy = pl.scan_csv(source, truncate_ragged_lines=True, **options)  # type: ignore[arg-type]
        lazy.select(pl.len(), pl.all().null_count()).collect()
    except pl.exceptions.PolarsError as error:
        raise Refused("unreadable", f"no CSV: {str(error).splitlines()[0][:120]}") from None
    return lazy


def _bad_lines(source: Path, delimiter: str, findings: Findings) -> int:
    count = 0
    with source.open(encoding="utf-8-sig", newline="") as handle:
        rows = csv.reader(handle, delimiter=delimiter)
        try:
            width = len(next(rows))
            for number, row in enumerate(rows):
                if len(row) > width:
                    place = Example(row=number, line=rows.line_num, value=None, detail=None)
                    findings.add("bad-line", None, f"more than {width} cells", examples=[place])
                    count += 1
        except csv.Error as error:
            findings.add("bad-line", None, str(error)[:80])
            count += 1
    return count


def _with_lines(frame: pl.LazyFrame, names: list[str]) -> pl.LazyFrame:
    breaks = pl.sum_horizontal(pl.col(name).str.count_matches("\n").fill_null(0) for name in names).cast(pl.Int64)
    line = pl.int_range(pl.len()) + 2 + breaks.cum_sum() - breaks
    blank = pl.all_horizontal(pl.col(name).is_null() | (pl.col(name) == "") for name in names)
    cells = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in names]
    return frame.select(*cells, line.alias(LINE), blank.alias("__blank")).filter(~pl.col("__blank")).drop("__blank")


def csv_batches(path: Path, table: str, findings: Findings) -> Iterator[Batch]:
    """The rows of a CSV file of ours; nested columns hold JSON, or are left out."""
    with read_cells(path, findings) as cells:
        schema = polars_schema(table)
        found = {name: schema.get(name, pl.String()) for name in cells.names}
        flat = {name: dtype for name, dtype in schema.items() if name in found or not dtype.is_nested()}
        for name in {name for name in cells.names if cells.names.count(name) > 1}:
            raise Refused("unreadable", f"two columns have the name {name!r:.40}")
        usable = gate(found, flat, table, None, findings)
        frame = cells.frame.collect()
        for first in range(0, frame.height, BATCH):
            part = frame.slice(first, BATCH)
            yield typed_cells(part.rename(dict(zip(part.columns, [*cells.names, LINE], strict=True))),
                              first, list(usable), table, findings)  # fmt: skip


def typed_cells(frame: pl.DataFrame, first: int, names: list[str], table: str, findings: Findings) -> Batch:
    """Give text cells the schema's types; rows with a cell that is no such value are counted and left out."""
    kinds = {name: kind for name, kind, _ in columns(TABLES[table])}
    schema = polars_schema(table)
    whole = Batch(frame, first, None, frame[LINE])
    bad = pl.Series([False] * frame.height, dtype=pl.Boolean)
    values: list[pl.Series] = []
    for name in names:
        if schema[name].is_nested():
            series, wrong = nested_cells(frame[name], kinds[name], schema[name])
        else:
            value, no = cell(pl.col(name), schema[name])
            series, mask = frame.select(value.alias(name), no.fill_null(False).alias("__no")).get_columns()
            wrong = mask.arg_true().to_list()
        if wrong:
            part = f"no {kinds[name].type_name}"
            kept = wrong[: findings.room("wrong-type", name, part)]
            findings.add("wrong-type", name, part, len(wrong), [whole.example(i, frame[name][i]) for i in kept])
            bad = bad | pl.Series(range(frame.height)).is_in(wrong)
        values.append(series)
    rows = pl.Series(range(first, first + frame.height), dtype=pl.Int64)
    findings.rows += int(bad.sum())
    return Batch(pl.DataFrame(values).filter(~bad), 0, rows.filter(~bad), frame[LINE].filter(~bad))
