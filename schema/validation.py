"""Validation of files: gates first, then one vectorised pass derived from the models, then rules across tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

import polars as pl

from .csv_input import csv_batches, read_cells
from .engine import Batch, Findings, run, shown, spot_check, table_tests
from .json_input import json_batches
from .parquet_input import footer_version, parquet_batches
from .refused import Refused
from .report import Example, FileReport, Report, filtered, problem, reported
from .rules import table_rules
from .tables import TABLES, polars_schema

JSON, CSV, PARQUET, EXCEL = (".ndjson", ".jsonl"), (".csv", ".tsv"), (".parquet", ".pq"), (".xlsx", ".xls")
MAX_ERRORS = 100


def validate(
    path: str | Path, *, table: str | None = None, form: Literal["dateline", "acled"] = "dateline",
    max_errors: int = MAX_ERRORS, select: Collection[str] = (), ignore: Collection[str] = (),
) -> Report:  # fmt: skip
    """Check a file, or the folder of a run.

    Args:
        path: a Parquet, NDJSON or CSV file, or a folder of them; with ``form="acled"`` also an Excel file.
        table: the table of a file whose name and columns do not tell it.
        form: ``dateline`` for our tables, ``acled`` for somebody's file in ACLED's format (CODEBOOK 1).
        max_errors: of each kind of error keep at most so many places; all are counted.
        select: keep only these error codes.
        ignore: drop these error codes.

    Returns:
        A report; its ``exit_code`` is 0 valid, 1 invalid, 2 the table is not told, 3 the file's schema version is
        not supported, 4 not readable.

    Raises:
        InternalError: the derived checks and the models differ on a row, which is a defect of ours.
    """
    path = Path(path)
    if form == "acled":
        from .acled import validate_acled

        files = [validate_acled(path, max_errors)]
    elif path.is_dir():
        files = list(_folder(path, max_errors))
    else:
        files = [_file(path, table, max_errors)]
    report = reported(files)
    return filtered(report, select, ignore) if select or ignore else report


def _file(path: Path, table: str | None, limit: int) -> FileReport:
    try:
        name = table or _table_of(path)
        findings = Findings(name, limit)
        for number, batch in enumerate(_batches(path, name, findings)):
            run(batch, table_tests(name, batch.frame.columns), findings)
            if number == 0:
                spot_check(batch, name)
    except Refused as refused:
        return FileReport(path=str(path), table=table, problems=(problem(refused.code, table, part=refused.part),))
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        return FileReport(
            path=str(path), table=table, problems=(problem("unreadable", table, part=reason(error)),)
        )  # fmt: skip
    return FileReport(path=str(path), table=name, rows=findings.rows, problems=findings.problems())


def reason(error: BaseException) -> str:
    """Why a file cannot be read, in one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, FileNotFoundError):
        return "no such file"
    text = str(error).strip().splitlines()
    return shown(text[0][:120]).strip("'") if text else type(error).__name__


def _batches(path: Path, table: str, findings: Findings) -> Iterator[Batch]:
    suffix = path.suffix.lower()
    if suffix in PARQUET:
        return parquet_batches(path, table, footer_version(path), findings)
    if suffix in JSON:
        return json_batches(path, table, findings)
    return csv_batches(path, table, findings)


def _table_of(path: Path) -> str:
    """The table that a file's name tells, else its columns.

    Raises:
        Refused: neither does, or no such format is read.
    """
    if path.suffix.lower() in EXCEL:
        raise Refused("unknown-format", "Excel files are read with --as acled only")
    if path.suffix.lower() not in (*PARQUET, *JSON, *CSV):
        raise Refused("unknown-format", shown(path.suffix or path.name).strip("'") or "no ending")
    if not path.exists():
        raise Refused("unreadable", "no such file")
    name = path.name.split(".")[0].lower()
    if name in TABLES:
        return name
    columns = set(_columns(path))
    fit = {table: len(columns & set(model.model_fields)) / len(model.model_fields) for table, model in TABLES.items()}
    best = max(fit, key=lambda table: fit[table])
    if fit[best] < 0.8:
        raise Refused("unknown-table", "")
    return best


def _columns(path: Path) -> list[str]:
    suffix = path.suffix.lower()
    if suffix in PARQUET:
        return list(pl.read_parquet_schema(path))
    if suffix in CSV:
        with read_cells(path, Findings("", 0)) as cells:
            return cells.names
    return pl.read_ndjson(path, n_rows=50, infer_schema_length=50).columns


def _folder(folder: Path, limit: int) -> Iterator[FileReport]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield FileReport(path=str(folder), table=None, problems=(problem("unreadable", None, part=reason(error)),))
        return
    found = {p.stem: p for p in entries if p.suffix in (*PARQUET, *JSON, *CSV) and p.stem in TABLES}
    missing = [name for name in TABLES if name not in found]
    if missing:
        part = ", ".join(missing)
        yield FileReport(path=str(folder), table=None, problems=(problem("missing-table", None, part=part),))
    files = {name: _file(found[name], name, limit) for name in TABLES if name in found}
    across = {name: Findings(name, limit) for name in files}
    sound = {name: found[name] for name, file in files.items() if not _broken(file)}
    _across(sound, across)
    for name, file in files.items():
        yield file.model_copy(update={"problems": (*file.problems, *across[name].problems())})


def _broken(file: FileReport) -> bool:
    """Whether a file's columns are not fit for rules across tables."""
    return any(p.code in ("unreadable", "newer-schema", "bad-version", "missing-column", "wrong-type", "bad-line")
               for p in file.problems)  # fmt: skip


def _across(files: Mapping[str, Path], findings: Mapping[str, Findings]) -> None:
    frames = {name: _frame(path, name) for name, path in files.items()}
    for rule in table_rules():
        if not all(name in frames for name in rule.needs):
            continue
        bad = rule.bad(frames).collect().to_series().sort()
        if bad.len():
            limit = findings[rule.table].limit
            examples = [Example(row=None, line=None, value=shown(v), detail=None) for v in bad.head(limit)]
            findings[rule.table].add(rule.code, rule.column, rule.part, bad.len(), examples)


def _frame(path: Path, table: str) -> pl.LazyFrame:
    """The table as rules across tables read it."""
    if path.suffix.lower() in PARQUET:
        wanted = polars_schema(table)
        lazy = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        found = lazy.collect_schema()
        return lazy.select(pl.col(n).cast(t, strict=False) if found[n] != t else n for n, t in wanted.items())
    batches = [b.frame for b in _batches(path, table, Findings(table, 0))]
    return pl.concat(batches, how="diagonal").lazy() if batches else pl.LazyFrame(schema=polars_schema(table))
