"""The vectorised pass over batches of rows, and Pydantic's word on what fails.

The expressions derived from the models give the verdict. Pydantic is asked about rows that fail, for its words, and
about a few of the first batch for comparison; where the two disagree the fault is ours and the pass stops with
:class:`InternalError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl
from pydantic import BaseModel, ValidationError

from .checks import checks
from .report import Example, Problem, problem
from .rules import row_rules
from .tables import TABLES

SPOT = 16  # rows of a file's first batch on which both verdicts are compared in full


class InternalError(AssertionError):
    """The vectorised verdict and Pydantic's differ: a defect of this package, not of the data."""


@dataclass(frozen=True)
class Test:
    """One thing to test of every row: a derived check (``model`` set) or a rule."""

    code: str
    column: str
    bad: pl.Expr
    part: str = ""
    model: type[BaseModel] | None = None
    gate: pl.Expr | None = None


@dataclass(frozen=True)
class Batch:
    """Rows with where they stand: ``rows`` their numbers from 0, ``lines`` their lines in a text file.

    ``raw`` holds the values as written, where those differ.
    """

    frame: pl.DataFrame
    first: int = 0
    rows: Sequence[int] | pl.Series | None = None
    lines: Sequence[int] | pl.Series | None = None
    raw: pl.DataFrame | None = None

    def example(self, index: int, value: Any, detail: str | None = None) -> Example:
        """The place of the batch's row ``index``."""
        row = self.first + index if self.rows is None else int(self.rows[index])
        line = None if self.lines is None else int(self.lines[index])
        return Example(row=row, line=line, value=shown(value), detail=detail)


@dataclass
class Findings:
    """Problems of one file, grouped by code, column and message; of each the first ``limit`` places are kept."""

    table: str
    limit: int
    rows: int = 0
    _groups: dict[tuple[str, str | None, str], tuple[int, list[Example]]] = field(default_factory=dict)

    def add(
        self, code: str, column: str | None = None, part: str = "", count: int = 1, examples: Iterable[Example] = ()
    ) -> None:
        """Count a problem."""
        known, places = self._groups.get((code, column, part), (0, []))
        places += list(examples)[: max(0, self.limit - len(places))]
        self._groups[code, column, part] = (known + count, places)

    def room(self, code: str, column: str | None, part: str) -> int:
        """How many more places of a kind are kept."""
        return self.limit - len(self._groups.get((code, column, part), (0, []))[1])

    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of their first finding."""
        return tuple(
            problem(code, self.table, column, part=part, count=count, examples=places)
            for (code, column, part), (count, places) in self._groups.items()
        )


def table_tests(table: str, present: Iterable[str]) -> tuple[Test, ...]:
    """All tests of a table that read only ``present`` columns: derived checks first, then rules."""
    return _tests(table, frozenset(present))


@cache
def _tests(table: str, columns: frozenset[str]) -> tuple[Test, ...]:
    found = [
        Test(check.code, check.column, check.bad, check.expected, TABLES[table], check.gate)
        for check in checks(table)
        if check.column in columns
    ]
    found += [Test(r.code, r.column, r.bad, r.part) for r in row_rules(table) if r.columns <= columns]
    return tuple(found)


def run(batch: Batch, tests: Sequence[Test], findings: Findings) -> None:
    """Test every row of a batch.

    Args:
        batch: rows whose columns have the schema's types.
        tests: from :func:`table_tests`.
        findings: where problems are counted.

    Raises:
        InternalError: a derived check fails a row that Pydantic passes.
    """
    frame = batch.frame
    findings.rows += frame.height
    if not tests or not frame.height:
        return
    for test, count in _counted(frame, tests):
        if count:
            room = min(count, findings.room(test.code, test.column, test.part))
            examples = _examples(batch, test, room)
            findings.add(test.code, test.column, test.part, int(count), examples)


def _counted(frame: pl.DataFrame, tests: Sequence[Test]) -> list[tuple[Test, int]]:
    """How many rows each test fails; tests behind a gate are looked at only where the gate is true somewhere."""
    gates = {test.column: test.gate for test in tests if test.gate is not None}
    open_tests = [test for test in tests if test.gate is None]
    exprs = [test.bad.sum().alias(str(k)) for k, test in enumerate(open_tests)]
    found = frame.select(*exprs, *(gate.any().alias(f"gate {name}") for name, gate in gates.items())).row(0)
    counts = dict(zip(map(id, open_tests), found, strict=False))
    hit = {name for name, true in zip(gates, found[len(open_tests) :], strict=True) if true}
    behind = [test for test in tests if test.gate is not None and test.column in hit]
    if behind:
        sums = frame.select(test.bad.sum().alias(str(k)) for k, test in enumerate(behind)).row(0)
        counts |= dict(zip(map(id, behind), sums, strict=True))
    return [(test, int(counts.get(id(test)) or 0)) for test in tests]


def _examples(batch: Batch, test: Test, room: int) -> list[Example]:
    frame = batch.frame
    if room <= 0:
        return []
    indices = frame.select(test.bad.fill_null(False).arg_true().head(room)).to_series().to_list()
    values = (frame if batch.raw is None else batch.raw)[test.column].gather(indices).to_list()
    if test.model is None:
        return [batch.example(i, value) for i, value in zip(indices, values, strict=True)]
    records = frame[indices].to_dicts()
    return [
        batch.example(i, value, refusal(test.model, test.column, record))
        for i, value, record in zip(indices, values, records, strict=True)
    ]


def refusal(model: type[BaseModel], column: str, record: dict[str, Any]) -> str:
    """Pydantic's words for a failing value.

    Args:
        model: the table's model.
        column: the column that the derived check fails.
        record: the row.

    Raises:
        InternalError: Pydantic has nothing against the value; then the derived check is wrong.
    """
    try:
        model.model_validate(record)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=False, include_input=False):
            if found["loc"][:1] == (column,):
                return str(found["msg"])
    raise InternalError(
        f"the derived check of {model.__name__}.{column} fails a value that the model accepts: {shown(record[column])}"
    )


def spot_check(batch: Batch, table: str) -> None:
    """Compare both verdicts on a few rows spread over a batch.

    Raises:
        InternalError: they differ.
    """
    height = batch.frame.height
    if not height or set(batch.frame.columns) != set(TABLES[table].model_fields):
        return
    some = batch.frame[sorted({height * k // SPOT for k in range(SPOT)})]
    fails = some.select(failing(table)).to_series().to_list()
    for record, fail in zip(some.to_dicts(), fails, strict=True):
        if fail == accepts(TABLES[table], record):
            raise InternalError(f"the derived checks of {table} and its model differ on a row: {shown(record)}")


@cache
def failing(table: str) -> pl.Expr:
    """True where a row breaks any derived check of a table."""
    return pl.any_horizontal(check.bad.fill_null(False) for check in checks(table)).alias("failing")


def accepts(model: type[BaseModel], record: dict[str, Any]) -> bool:
    """Pydantic's verdict on one row."""
    try:
        model.model_validate(record)
    except ValidationError:
        return False
    return True


def label(name: str) -> str:
    """A name from a file for people: as it is, unless a terminal would obey it."""
    text = name if name.isprintable() else ascii(name)
    return text if len(text) <= 60 else text[:57] + "..."


def shown(value: Any) -> str:
    """A value for people: short, on one line, nothing in it that a terminal would obey."""
    text = value if isinstance(value, str) else repr(value)
    text = ascii(text) if not text.isprintable() else (repr(text) if isinstance(value, str) else text)
    return text if len(text) <= 80 else text[:77] + "..."
