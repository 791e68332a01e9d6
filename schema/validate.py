"""Validation of files: gates first, then one vectorised pass derived from the models, then rules across tables.

The vectorised checks give the verdict; Pydantic is asked only about the rows that fail, for its words. A row that
fails one and passes the other is a defect of ours and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from .consistency import row_rules, table_rules
from .derive import TABLES, checks, polars_schema
from .report import EXIT_INVALID, EXIT_IO, EXIT_OK, EXIT_VERSION, Problem, Report, merged
from .version import SCHEMA_VERSION

_SUFFIXES = (".parquet", ".ndjson", ".jsonl", ".csv")
_ROW = "__row"


def validate(path: str | Path, *, table: str | None = None) -> Report:
    """Check a file, or the folder of a run, against the schema.

    Args:
        path: a Parquet, NDJSON or CSV file, or a folder of them.
        table: the table of a file whose name does not tell it.

    Returns:
        A report; its ``exit_code`` is 0 valid, 1 invalid, 3 schema version not supported, 4 not readable.
    """
    path = Path(path)
    if path.is_dir():
        return _validate_folder(path)
    name = table or path.name.split(".")[0]
    if name not in TABLES:
        remedy = f"name the table with --table: one of {', '.join(TABLES)}"
        return _failed(path, "unknown-table", "", f"the file name does not tell its table ({name!r})", remedy, EXIT_IO)
    frame, report = _open(path, name)
    return report if frame is None else _validate_frame(path, name, frame)


def _validate_folder(folder: Path) -> Report:
    files = {p.stem: p for p in sorted(folder.iterdir()) if p.suffix in _SUFFIXES and p.stem in TABLES}
    missing = [name for name in TABLES if name not in files]
    if missing:
        remedy = "give the folder that `dateline code` wrote; an unfinished run has no tables yet: run it again"
        return _failed(folder, "missing-table", "", f"tables are missing: {', '.join(missing)}", remedy, EXIT_INVALID)
    reports: list[Report] = []
    frames: dict[str, pl.LazyFrame] = {}
    for name, file in files.items():
        frame, report = _open(file, name)
        if frame is not None:
            frames[name] = frame
            report = _validate_frame(file, name, frame)
        reports.append(report)
    return merged(str(folder), reports, list(_across(frames, folder)))


def _across(frames: Mapping[str, pl.LazyFrame], folder: Path) -> Iterator[Problem]:
    for rule in table_rules():
        if not all(name in frames for name in rule.needs):
            continue
        bad = rule.bad(frames).collect()
        if bad.height:
            value = _shown(bad.to_series().sort()[0])
            yield Problem(
                rule.code,
                rule.table,
                rule.column,
                None,
                value,
                rule.message,
                rule.remedy,
                folder.name,
                bad.height,
            )


def _failed(path: Path, code: str, table: str, message: str, remedy: str, exit_code: int) -> Report:
    return Report(str(path), 0, (Problem(code, table, None, None, None, message, remedy, path.name),), exit_code)


def _open(path: Path, name: str) -> tuple[pl.LazyFrame | None, Report]:
    """The gates: readable, of a supported schema version, with the right columns and types."""
    fine = Report(str(path), 0)
    try:
        if not path.exists():
            raise FileNotFoundError("no such file")
        version = pl.read_parquet_metadata(path).get("dateline.schema_version") if path.suffix == ".parquet" else None
        if version is not None and version.split(".")[:2] > SCHEMA_VERSION.split(".")[:2]:
            message = f"the file has schema {version}; this is {SCHEMA_VERSION}"
            return None, _failed(path, "newer-schema", name, message, "update dateline", EXIT_VERSION)
        frame = _scan(path, name)
        found = frame.collect_schema()
    except (OSError, pl.exceptions.PolarsError, ValueError) as error:
        message = f"cannot be read as {path.suffix.lstrip('.') or 'a table'}: {str(error).splitlines()[0][:200]}"
        return None, _failed(
            path, "unreadable", name, message, "check that the file is whole and of that kind", EXIT_IO
        )
    problems = tuple(_gates(path, name, found))
    return (None, Report(str(path), 0, problems, EXIT_INVALID)) if problems else (frame, fine)


def _scan(path: Path, name: str) -> pl.LazyFrame:
    schema = polars_schema(name)
    if path.suffix == ".parquet":
        return pl.scan_parquet(path)
    if path.suffix in (".ndjson", ".jsonl"):
        return pl.read_ndjson(path, schema=schema).lazy()
    flat = {column: dtype for column, dtype in schema.items() if not dtype.is_nested()}
    return pl.read_csv(path, schema_overrides=flat, try_parse_dates=True).lazy()


def _gates(path: Path, name: str, found: pl.Schema) -> Iterator[Problem]:
    wanted = polars_schema(name)
    for column, dtype in wanted.items():
        if column not in found:
            if path.suffix == ".csv" and dtype.is_nested():
                continue
            yield Problem(
                "missing-column",
                name,
                column,
                None,
                None,
                "the column is missing",
                "write all columns of the table",
                path.name,
            )
        elif found[column] != dtype:
            got = f"{found[column]}, not {dtype}"
            yield Problem(
                "wrong-type",
                name,
                column,
                None,
                got,
                "the column has another type",
                "build frames with dateline.schema.polars_schema",
                path.name,
            )
    for column in found:
        if column not in wanted:
            yield Problem(
                "unknown-column",
                name,
                column,
                None,
                None,
                "the schema knows no such column",
                "drop it",
                path.name,
            )


def _validate_frame(path: Path, name: str, frame: pl.LazyFrame) -> Report:
    present = set(frame.collect_schema())
    todo = [
        (c.code, c.column, c.bad, f"expected {c.expected}", "correct the value", True)
        for c in checks(name)
        if c.column in present
    ]
    if present >= set(polars_schema(name)):
        todo += [(r.code, r.column, r.bad, r.message, r.remedy, False) for r in row_rules() if r.table == name]
    numbered = frame.with_row_index(_ROW)
    sums = [item[2].fill_null(False).sum().alias(f"n{k}") for k, item in enumerate(todo)]
    firsts = [pl.col(_ROW).filter(item[2].fill_null(False)).first().alias(f"f{k}") for k, item in enumerate(todo)]
    found = numbered.select(pl.len().alias("rows"), *sums, *firsts).collect(engine="streaming").row(0, named=True)
    problems = []
    for k, (code, column, _, message, remedy, field) in enumerate(todo):
        if found[f"n{k}"]:
            row = int(found[f"f{k}"])
            record = frame.slice(row, 1).collect().row(0, named=True)
            told = _pydantic(name, column, record) if field and present >= set(TABLES[name].model_fields) else None
            problems.append(
                Problem(
                    code,
                    name,
                    column,
                    row,
                    _shown(record[column]),
                    told or message,
                    remedy,
                    path.name,
                    int(found[f"n{k}"]),
                )
            )
    return Report(str(path), int(found["rows"]), tuple(problems), EXIT_INVALID if problems else EXIT_OK)


def _pydantic(name: str, column: str, record: dict[str, Any]) -> str:
    """Pydantic's words for a failing value.

    Raises:
        AssertionError: Pydantic accepts the row; then the derived check is wrong.
    """
    try:
        TABLES[name].model_validate(record)
    except ValidationError as error:
        own = [e["msg"] for e in error.errors() if e["loc"] and e["loc"][0] == column]
        return own[0] if own else error.errors()[0]["msg"]
    raise AssertionError(f"internal error: the check of {name}.{column} rejects a row that its model accepts")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
