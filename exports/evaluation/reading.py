"""Reading the two sides of a comparison: a run's folder, or a file of the columns of one of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ...schema import polars_schema
from ...schema.ontology import load_ontology
from ..source import EXIT_IO, EXIT_USAGE, OutputError

LEVELS = ("events", "claims", "attributions")
_SUFFIXES = (".parquet", ".csv", ".ndjson", ".jsonl")
# Columns that only gold data have, and the type they are read as.
GOLD_ONLY: Mapping[str, dict[str, pl.DataType]] = {
    "events": {"article_id": pl.String(), "event_status": pl.String()},
    "claims": {"accept_sub_event_types": pl.List(pl.String), "actor_order": pl.String()},
    "attributions": {},
}
_NEEDED = {
    "events": ("event_date", "country", "sub_event_type"),
    "claims": ("article_id", "sentence_index", "trigger_text"),
    "attributions": ("article_id",),
}


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes:
        path: where it comes from.
        tables: the tables it has, with all columns of the schema (null where the data have none).
        given: the columns that the data really have, by table.
    """

    path: Path
    tables: Mapping[str, pl.DataFrame]
    given: Mapping[str, frozenset[str]]


def read_side(path: str | Path) -> Side:
    """Read a side.

    Args:
        path: a folder that holds events, claims or attributions as Parquet, CSV, NDJSON or JSON Lines; or one such
            file. A file's table follows from its name, else from its columns.

    Raises:
        OutputError: nothing there (4), not readable (4), not a table of ours (2), needed columns missing (1), an
            unfinished run (1).
    """
    path = Path(path)
    if not path.exists():
        raise OutputError(f"{path}: no such file or folder", EXIT_IO)
    files = _files(path)
    tables, given = {}, {}
    for name, file in files.items():
        frame = _read(file)
        name = name or _table_of(file, frame)
        given[name] = frozenset(frame.columns)
        tables[name] = _complete(frame, name, file)
    return Side(path, tables, given)


def _files(path: Path) -> dict[str, Path]:
    if path.is_file():
        if path.suffix not in _SUFFIXES:
            raise OutputError(f"{path}: not one of {', '.join(_SUFFIXES)}", EXIT_USAGE)
        return {path.stem if path.stem in LEVELS else "": path}
    if (path / ".shards").exists():
        raise OutputError(f"{path}: the run is not finished (.shards is still there); run `dateline code` again")
    found = {p.stem: p for p in sorted(path.iterdir()) if p.suffix in _SUFFIXES and p.stem in LEVELS}
    if not found:
        raise OutputError(f"{path}: holds none of events, claims, attributions ({', '.join(_SUFFIXES)})")
    return found


def _read(file: Path) -> pl.DataFrame:
    try:
        if file.suffix == ".parquet":
            return pl.read_parquet(file)
        if file.suffix == ".csv":
            return pl.read_csv(file, infer_schema=False)
        return pl.read_ndjson(file, infer_schema_length=None)
    except (OSError, pl.exceptions.PolarsError, ValueError) as error:
        reason = (str(error).splitlines() or ["unknown"])[0][:200]
        raise OutputError(f"{file}: cannot be read as {file.suffix[1:]}: {reason}", EXIT_IO) from error


def _table_of(file: Path, frame: pl.DataFrame) -> str:
    columns = set(frame.columns)
    for name, mark in (("attributions", "content_spans"), ("claims", "trigger_text"), ("events", "event_date")):
        if mark in columns:
            return name
    if "sub_event_type" in columns and "country" in columns:
        return "events"  # without dates; the comparison says so
    raise OutputError(f"{file}: has the columns of neither events, claims nor attributions", EXIT_USAGE)


def _complete(frame: pl.DataFrame, name: str, file: Path) -> pl.DataFrame:
    """The frame with the schema's columns and types; columns that it lacks are null."""
    needed = [column for column in _NEEDED[name] if column not in frame.columns]
    if "event_date" in needed:
        raise OutputError(no_dates(file))
    if needed:
        raise OutputError(f"{file}: columns are missing: {', '.join(needed)}")
    wanted = {**polars_schema(name), **GOLD_ONLY[name]}
    full = frame.select(_typed(frame, column, dtype, file) for column, dtype in wanted.items())
    if name == "attributions":
        return full
    types = {sub: load_ontology().event_type(sub) for sub in load_ontology().sub_events}
    derived = pl.col("sub_event_type").replace_strict(types, default=None, return_dtype=pl.String)
    return full.with_columns(pl.coalesce("event_type", derived))


def no_dates(path: Path) -> str:
    """What is wrong with gold events without dates, and what to do."""
    return (
        f"{path}: the events have no dates (column event_date), and events are matched by day (CODEBOOK 5); "
        "give event_date as YYYY-MM-DD, or compare claims instead"
    )


def _typed(frame: pl.DataFrame, column: str, dtype: pl.DataType, file: Path) -> pl.Series:
    if column not in frame.columns:
        return pl.Series(column, [None] * frame.height, dtype)
    values = frame[column]
    if values.dtype == dtype:
        return values
    try:
        if values.dtype == pl.String:
            values = values.replace("", None)
            return _parsed(values, dtype).alias(column)
        return values.cast(dtype)
    except (pl.exceptions.PolarsError, ValueError) as error:
        reason = (str(error).splitlines() or ["wrong type"])[0][:160]
        raise OutputError(f"{file}: column {column} cannot be read as {dtype}: {reason}") from error


def _parsed(values: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Text as a type: JSON lists as they are, other lists split at ';', 1 and true as true."""
    if dtype == pl.Date:
        return values.str.to_date("%Y-%m-%d")
    if dtype == pl.Boolean:
        return values.str.to_lowercase().is_in(["1", "true"]) & values.is_not_null()
    if isinstance(dtype, pl.List):
        if values.str.starts_with("[").fill_null(True).all():
            return values.str.json_decode(dtype)
        if dtype.inner == pl.String:
            return values.str.split("; ")
        raise ValueError("a list of records must be JSON")
    return values.cast(dtype)
