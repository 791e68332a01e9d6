"""The formats a run can leave in: each turns tables into files of a folder and tells their columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ..schema import TABLES
from .columns import Column, as_guarded, as_joined, as_json, table_columns
from .geoparquet import GEOMETRY, write_geoparquet
from .source import FinishedRun

ACLED_COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
).split()
_RUNNABLE = r"^[=+\-@\t\r]"  # what a spreadsheet takes for a formula


@dataclass(frozen=True)
class Options:
    """How files are written.

    Attributes:
        excel: start CSV files with a byte-order mark, and put an apostrophe before text that a spreadsheet would
            run as a formula.
    """

    excel: bool = False


@dataclass(frozen=True)
class Resource:
    """A data file of an export.

    Attributes:
        name: the table.
        path: its file name.
        form: csv or parquet.
        columns: its columns in order.
        rows: number of rows.
    """

    name: str
    path: str
    form: str
    columns: tuple[Column, ...]
    rows: int
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Format:
    """A format: what it is called, and what writes it."""

    title: str
    tables: tuple[str, ...]
    write: Callable[[FinishedRun, Path, Options], list[Resource]]


def acled_csv(run: FinishedRun, folder: Path, options: Options) -> list[Resource]:
    """Write ``events.csv``: ACLED's columns in ACLED's order, coordinates with four decimals (CODEBOOK 1.1)."""
    frame = run.table("events").select(ACLED_COLUMNS)
    known = {column.name: column for column in table_columns("events")}
    columns = tuple(known[name] for name in ACLED_COLUMNS)
    return [_csv(frame, "events", columns, folder, options, decimals=4)]


def flat(run: FinishedRun, folder: Path, options: Options) -> list[Resource]:
    """Write the five tables as CSV for R, Stata and Excel: lists joined with '; ', booleans as 1 and 0."""
    return [
        _csv(_joined(run.table(table)), table, tuple(map(as_joined, table_columns(table))), folder, options)
        for table in TABLES
    ]


def datapackage(run: FinishedRun, folder: Path, options: Options) -> list[Resource]:
    """Write the five tables as CSV without loss: lists and records as JSON text, keys between the tables."""
    return [
        _csv(_jsoned(run.table(table)), table, tuple(map(as_json, table_columns(table))), folder, options)
        for table in TABLES
    ]


def geoparquet(run: FinishedRun, folder: Path, options: Options) -> list[Resource]:
    """Write ``events.parquet`` as GeoParquet 1.1: all columns of the events and a point each."""
    frame = run.table("events")
    write_geoparquet(frame, folder / "events.parquet", {f"dateline.{key}": text for key, text in run.footer.items()})
    point = Column("events", GEOMETRY, "geometry", "the place as a point (WKB)", unit="degrees, OGC:CRS84")
    return [Resource("events", "events.parquet", "parquet", (*table_columns("events"), point), frame.height)]


FORMATS: Mapping[str, Format] = {
    "acled-csv": Format("events in ACLED's columns (CSV)", ("events",), acled_csv),
    "geoparquet": Format("events as GeoParquet", ("events",), geoparquet),
    "datapackage": Format("all tables as a Data Package (CSV, lists as JSON)", tuple(TABLES), datapackage),
    "flat": Format("all tables as flat CSV (lists joined)", tuple(TABLES), flat),
}


def _csv(
    frame: pl.DataFrame,
    name: str,
    columns: Sequence[Column],
    folder: Path,
    options: Options,
    decimals: int | None = None,
) -> Resource:
    path = f"{name}.csv"
    if options.excel:
        text = pl.col(pl.String)
        frame = frame.with_columns(pl.when(text.str.contains(_RUNNABLE)).then("'" + text).otherwise(text).name.keep())
        columns = [as_guarded(column) for column in columns]
    with (folder / path).open("wb") as handle:
        if options.excel:
            handle.write(b"\xef\xbb\xbf")
        frame.write_csv(handle, float_precision=decimals, line_terminator="\n", quote_style="necessary")
    return Resource(name, path, "csv", tuple(columns), frame.height, "utf-8-sig" if options.excel else "utf-8")


def _joined(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as one text each; a ';' inside an item becomes ','; booleans as 1 and 0."""
    changed = []
    for name, dtype in frame.schema.items():
        if isinstance(dtype, pl.List):
            shown = [_join(values) for values in frame[name].to_list()]
            changed.append(pl.Series(name, shown, pl.String))
        elif dtype == pl.Boolean:
            changed.append(frame[name].cast(pl.Int8))
    return frame.with_columns(changed)


def _join(values: Sequence[Any] | None) -> str | None:
    return "; ".join(_item(value).replace(";", ",") for value in values) or None if values else None


def _item(value: Any) -> str:
    """An item of a list: text as it is, a source as ``name (cue, claim type)``, a span as ``start-end``."""
    if not isinstance(value, Mapping):
        return str(value)
    if "start" in value and "end" in value:
        return f"{value['start']}-{value['end']}"
    name = value.get("source_name") or value.get("source_text") or "unnamed"
    about = ", ".join(str(part) for part in (value.get("cue_text"), value.get("claim_type")) if part)
    return f"{name} ({about})" if about else str(name)


def _jsoned(frame: pl.DataFrame) -> pl.DataFrame:
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested()]
    return frame.with_columns(
        pl.Series(
            name,
            [None if v is None else json.dumps(v, ensure_ascii=False, default=str) for v in frame[name].to_list()],
            pl.String,
        )
        for name in nested
    )
