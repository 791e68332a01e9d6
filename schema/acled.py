"""Somebody's file in ACLED's format, held against the codebook (CODEBOOK 1).

Older columns, values and dates are told and read as the present ones; then the same checks and rules as for our own
events hold, as far as the file has their columns.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from polars import col as c

from .acled_forms import acled_columns, parsed_dates, plain_name, value_forms
from .acled_input import acled_cells
from .csv_input import LINE
from .engine import Batch, Findings, Test, label, run, table_tests
from .refused import Refused
from .report import Example, FileReport, problem
from .tables import polars_schema
from .values import cell

_COUNTS = {"events", "centroid_latitude", "centroid_longitude"}  # what files of weekly or monthly counts have
_LISTS = ("assoc_actor_1", "assoc_actor_2", "source", "tags")
_BY_TARGET = ("Explosions/Remote violence", "Riots")  # where the flag is a coder's judgement
_OLD = "__old"
_ID = r"^([A-Z]{2,3}[0-9]+|[0-9]+[A-Z]{2,3})$"


def validate_acled(path: Path, limit: int) -> FileReport:
    """Check a file in ACLED's format.

    Args:
        path: a CSV, Excel or Parquet file.
        limit: keep at most so many places of each kind of error.

    Returns:
        The verdict; its table is ``acled``. Forms of older files are warnings.
    """
    findings = Findings("acled", limit)
    try:
        names, cells = acled_cells(path, findings)
        present = _columns(names, findings)
        _check(cells.rename(dict(zip(cells.columns, [*names, LINE], strict=True))), present, findings)
    except Refused as refused:
        own = problem(refused.code, "acled", part=refused.part)
        return FileReport(path=str(path), table="acled", problems=(*findings.problems(), own))
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        from .validation import reason

        own = problem("unreadable", "acled", part=reason(error))
        return FileReport(path=str(path), table="acled", problems=(own,))
    return FileReport(path=str(path), table="acled", rows=findings.rows, problems=findings.problems())


def _columns(names: list[str], findings: Findings) -> dict[str, str]:
    """The file's name of each of ACLED's columns.

    Raises:
        Refused: the file is none in ACLED's format.
    """
    known = acled_columns()
    older = {old: column.column for column in known.values() for old in column.names}
    plain = {plain_name(name): name for name in names}
    if plain.keys() >= _COUNTS or ({"week", "month_year"} & plain.keys() and "events" in plain):
        raise Refused("not-acled", "the file holds weekly or monthly counts, not events")
    core = {name for name, column in known.items() if column.status == "core"}
    present = {older.get(name, name): own for name, own in plain.items() if older.get(name, name) in known}
    if len(core & present.keys()) < len(core) / 2:
        raise Refused("not-acled", "the columns are not ACLED's")
    if len(plain) < len(names):
        raise Refused("unreadable", "two columns have the same name")
    _tell(plain, older, findings)
    for name, column in known.items():
        if name not in present and column.status == "core":
            findings.add("missing-column", name)
        elif name not in present and column.status in ("common", "later"):
            findings.add("absent-column", name, name + (f" ({column.note})" if column.note else ""))
    return {name: own for name, own in present.items() if known[name].status not in ("dropped", "optional")}


def _tell(plain: dict[str, str], older: dict[str, str], findings: Findings) -> None:
    known = acled_columns()
    if all(own == own.upper() for own in plain.values()):
        findings.add("old-column", None, "all names are in upper case; they are in lower case now")
    for name in plain:
        if name in older:
            findings.add("old-column", older[name], f"{name} is {older[name]} now")
        elif name in known and known[name].status == "dropped":
            findings.add("old-column", name, f"{name}: {known[name].note}")
        elif name not in known:
            findings.add("unknown-column", label(name))


def _check(cells: pl.DataFrame, present: dict[str, str], findings: Findings) -> None:
    raw = cells.select(*(c(own).str.strip_chars().alias(name) for name, own in present.items()), c(LINE))
    whole = Batch(raw, 0, None, raw[LINE])
    schema = polars_schema("events")
    old = pl.Series(_OLD, [False] * raw.height, dtype=pl.Boolean)
    typed: list[pl.Series] = []
    torn = pl.Series([False] * raw.height, dtype=pl.Boolean)
    for name in present:
        texts = _present_forms(name, raw[name], whole, findings)
        if name == "event_type":
            old = (raw[name].is_in(list(value_forms(name)))).fill_null(False).alias(_OLD)
        values, wrong = _typed(name, texts, schema[name], whole, findings)
        typed.append(values)
        torn = torn | wrong
    frame = pl.DataFrame([*typed, old]).filter(~torn)
    rows = pl.Series(range(raw.height), dtype=pl.Int64).filter(~torn)
    findings.rows += int(torn.sum())
    kept = raw.filter(~torn)
    run(Batch(frame, 0, rows, kept[LINE], kept), _tests(frame, list(present)), findings)
    _unique(raw, whole, findings)


def _present_forms(name: str, texts: pl.Series, whole: Batch, findings: Findings) -> pl.Series:
    """A column's values in their present form; older ones are told once a form."""
    if name not in ("inter1", "inter2", "interaction", "civilian_targeting", "event_type", "region"):
        return texts
    forms = value_forms(name)
    older = texts.is_in(list(forms)).fill_null(False)
    if not older.any():
        return texts
    numbers = older & texts.str.contains(r"^[0-9]").fill_null(False)
    for mask, what in ((numbers, "number codes"), (older & ~numbers, "texts")):
        found = mask.arg_true()
        if found.len():
            examples = [
                whole.example(i, texts[i]) for i in found.head(findings.room("old-value", name, what)).to_list()
            ]
            findings.add("old-value", name, what, found.len(), examples)
    return texts.zip_with(~older, texts.replace(list(forms), list(forms.values())))


def _typed(
    name: str, texts: pl.Series, dtype: pl.DataType, whole: Batch, findings: Findings
) -> tuple[pl.Series, pl.Series]:
    """A column of the schema's type, and which cells are no such value; those are told."""
    if dtype == pl.Date:
        values, used, exchangeable = parsed_dates(texts)
        for form, count in used.items():
            findings.add("old-date", name, f"like {form}", count)
        if exchangeable:
            findings.add("ambiguous-date", name)
        wrong = values.is_null() & texts.is_not_null()
    else:
        frame = pl.DataFrame({name: texts})
        value, bad = cell(c(name), dtype)
        values, wrong = frame.select(value.alias(name), bad.fill_null(False).alias("__bad")).get_columns()
    found = wrong.arg_true()
    if found.len():
        words = {pl.Date: "no date", pl.Int64: "no whole number", pl.Float64: "no number with a decimal point"}
        part = words[type(dtype)]
        some = found.head(findings.room("wrong-type", name, part)).to_list()
        findings.add("wrong-type", name, part, found.len(), [whole.example(i, texts[i]) for i in some])
    return values.alias(name), wrong


def _tests(frame: pl.DataFrame, present: list[str]) -> list[Test]:
    """The checks and rules of events, loosened where ACLED's files are freer than ours."""
    tests = []
    for test in table_tests("events", present):
        bad = test.bad
        if test.code == "null" and test.column in ("event_type", "sub_event_type", "disorder_type"):
            bad = bad & ~c(_OLD)
        elif test.code in ("sub-event-type", "disorder-type"):
            bad = bad & ~c(_OLD) & c("sub_event_type").is_not_null()
        elif test.code == "civilian-targeting":
            bad = bad & ~c("event_type").is_in(list(_BY_TARGET))
        tests.append(Test(test.code, test.column, bad, test.part, test.model))
    tests.append(
        Test("pattern", "event_id_cnty", ~c("event_id_cnty").str.contains(_ID), "letters and number, like ETH9766")
    )
    if "year" in present:
        tests.append(Test("range", "year", c("year") < 1997, "1997 or later; ACLED starts there"))
    gap = r";\s*;|^\s*;|;\s*$"
    tests += [Test("repeated-separator", n, c(n).str.contains(gap)) for n in _LISTS if n in present]
    return [test for test in tests if test.column in frame.columns]


def _unique(raw: pl.DataFrame, whole: Batch, findings: Findings) -> None:
    if "event_id_cnty" not in raw.columns:
        return
    again = raw.select(
        (c("event_id_cnty").is_not_null() & ~c("event_id_cnty").is_first_distinct()).arg_true()
    ).to_series()
    if again.len():
        examples: list[Example] = [
            whole.example(i, raw["event_id_cnty"][i]) for i in again.head(findings.limit).to_list()
        ]
        findings.add("duplicate-id", "event_id_cnty", "event_id_cnty", again.len(), examples)
