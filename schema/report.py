"""What validation found: errors as records, grouped and counted. The models are the report's JSON form."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .jsonschema import DRAFT
from .version import SCHEMA_ID, SCHEMA_VERSION
from .vocabulary import load_vocabulary

EXIT_OK, EXIT_INVALID, EXIT_USAGE, EXIT_VERSION, EXIT_IO = 0, 1, 2, 3, 4
REPORT_VERSION = "1.0.0"
SHOWN = 3  # examples of each kind in text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(_Part):
    """One place where a problem stands."""

    row: int | None = Field(None, ge=0, description="number of the row, from 0; null when it is no row's problem")
    line: int | None = Field(None, ge=1, description="line of the text file or row of the sheet, from 1")
    value: str | None = Field(None, description="the value found, shortened")
    detail: str | None = Field(None, description="Pydantic's words for it")


class Problem(_Part):
    """One kind of error in one column of one file, with how often and the first places."""

    code: str = Field(description="a code of docs/errors.md")
    level: Literal["error", "warning"] = Field(description="only errors make a file invalid")
    table: str | None = Field(None, description="the table; null when it is not known")
    column: str | None = Field(None, description="the column; null when it is no column's problem")
    message: str = Field(description="what is wrong")
    remedy: str = Field(description="what to do")
    count: int = Field(1, ge=1, description="how often it stands in the file")
    examples: tuple[Example, ...] = Field((), description="the first places")


class FileReport(_Part):
    """The verdict on one file."""

    path: str = Field(description="the file, as given")
    table: str | None = Field(None, description="the table that it holds; 'acled' for a file in ACLED's format")
    rows: int = Field(0, ge=0, description="rows that were read")
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many errors there are, warnings not counted."""
        return sum(p.count for p in self.problems if p.level == "error")


class Report(_Part):
    """The verdict on files; ``exit_code`` is what the command ends with."""

    version: str = Field(REPORT_VERSION, description="version of this form (SemVer)")
    schema_version: str = Field(SCHEMA_VERSION, description="version of the schema that the files were held against")
    exit_code: int = Field(EXIT_OK, description="0 valid, 1 invalid, 2 usage, 3 schema not supported, 4 not readable")
    files: tuple[FileReport, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings may be."""
        return self.exit_code == EXIT_OK

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return sum(file.rows for file in self.files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all files."""
        return tuple(p for file in self.files for p in file.problems)

    @property
    def counts(self) -> dict[str, int]:
        """Errors and warnings by code, most frequent first."""
        counts: Counter[str] = Counter()
        for problem in self.problems:
            counts[problem.code] += problem.count
        return dict(counts.most_common())

    def records(self) -> Iterator[dict[str, Any]]:
        """One flat record for each place: file, code, level, table, column, row, line, value, message, remedy."""
        for file in self.files:
            for p in file.problems:
                for e in p.examples or (Example(row=None, line=None, value=None, detail=None),):
                    yield {
                        "file": file.path, "code": p.code, "level": p.level, "table": p.table, "column": p.column,
                        "row": e.row, "line": e.line, "value": e.value, "message": p.message, "remedy": p.remedy,
                    }  # fmt: skip

    def __str__(self) -> str:
        from .formats import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        rows = [
            [p.level, p.code, p.count, file.path, p.column, _places(p), p.message, p.remedy]
            for file in self.files
            for p in file.problems
        ]
        head = ("level", "code", "count", "file", "column", "first at", "what is wrong", "remedy")
        table = "".join(f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>" for row in rows)
        verdict = "valid" if self.ok else "invalid"
        title = f"<p><strong>{verdict}</strong>: {len(self.files)} files, {self.rows:,} rows</p>"
        heads = "".join(f"<th>{name}</th>" for name in head)
        return title + (f"<table><thead><tr>{heads}</tr></thead><tbody>{table}</tbody></table>" if rows else "")

    def to_json(self) -> str:
        """The report as JSON, of the form that ``report_schema`` describes."""
        return self.model_dump_json(indent=2)


def _safe(value: object) -> str:
    return html.escape("" if value is None else str(value))


def _places(problem: Problem) -> str:
    return "; ".join(place(example) for example in problem.examples[:SHOWN])


def place(example: Example) -> str:
    """Where and what, for people."""
    where = f"line {example.line}" if example.line is not None else f"row {example.row}"
    parts = [where] if example.line is not None or example.row is not None else []
    parts += [example.value] if example.value is not None else []
    return ": ".join(parts)


def report_schema() -> dict[str, Any]:
    """The JSON Schema of the report's JSON form."""
    head = {
        "$schema": DRAFT,
        "$id": f"{SCHEMA_ID}/report/{REPORT_VERSION}/report.schema.json",
        "version": REPORT_VERSION,
    }
    return head | Report.model_json_schema(mode="serialization")


@dataclass(frozen=True, slots=True)
class Code:
    """An error code: its words, whether it is an error or a warning, and the exit code that it leads to."""

    code: str
    label: str
    meaning: str
    message: str
    remedy: str
    example: str
    level: Literal["error", "warning"]
    exit_code: int
    group: str


@cache
def codes() -> dict[str, Code]:
    """All error codes, in the order of ``vocabularies/error_code.csv``."""
    found = {}
    for term in load_vocabulary("error_code").terms.values():
        more = term.more
        level: Literal["error", "warning"] = "warning" if more["level"] == "warning" else "error"
        found[term.value] = Code(
            term.value, term.label, term.definition, more["message"], more["remedy"], more["example"], level,
            int(more["exit"]) if level == "error" else EXIT_OK, more["group"],
        )  # fmt: skip
    return found


def problem(
    code: str, table: str | None, column: str | None = None, *,
    part: str = "", count: int = 1, examples: Collection[Example] = (),
) -> Problem:  # fmt: skip
    """A problem with the words of its code.

    Args:
        code: one of :func:`codes`.
        table: the table.
        column: the column.
        part: fills ``{part}`` of the message.
        count: how often.
        examples: the first places.
    """
    known = codes()[code]
    message = known.message.replace("{part}", part)
    return Problem(
        code=code, level=known.level, table=table, column=column, message=message, remedy=known.remedy,
        count=count, examples=tuple(examples),
    )  # fmt: skip


def reported(files: Collection[FileReport]) -> Report:
    """One report of several files; the gravest exit code counts."""
    found = {codes()[p.code].exit_code for file in files for p in file.problems} | {EXIT_OK}
    order = (EXIT_USAGE, EXIT_IO, EXIT_VERSION, EXIT_INVALID, EXIT_OK)
    return Report(exit_code=next(code for code in order if code in found), files=tuple(files))


def filtered(report: Report, select: Collection[str], ignore: Collection[str]) -> Report:
    """A report of some codes only.

    Args:
        report: the whole report.
        select: keep only these codes; all when empty.
        ignore: drop these.

    Returns:
        A report with the exit code of what is left. What could not be read at all stays in any case.
    """

    def keep(p: Problem) -> bool:
        grave = codes()[p.code].exit_code > EXIT_INVALID
        return grave or ((not select or p.code in select) and p.code not in ignore)

    files = [f.model_copy(update={"problems": tuple(p for p in f.problems if keep(p))}) for f in report.files]
    return reported(files)
