"""``dateline validate``: check files against the schema."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import click

from ..schema.formats import FORMATS
from ..schema.report import Report, codes, reported
from ..schema.tables import TABLES
from ..schema.validation import MAX_ERRORS, validate


def _codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(code.strip() for value in values for code in value.split(",") if code.strip())
    for code in chosen:
        if code not in codes():
            raise click.BadParameter(f"there is no error code {code!r}; docs/errors.md lists them", ctx, param)
    return chosen


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...|DIR")
@click.option("--table", type=click.Choice(sorted(TABLES)), help="The table, where name and columns do not tell.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["dateline", "acled"]),
    default="dateline",
    show_default=True,
    help="What the files are to be: our tables, or somebody's file in ACLED's format (CSV, Excel, Parquet).",
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(sorted(FORMATS)),
    default=None,
    help="Form of the report.  [default: text; github in a GitHub workflow]",
)
@click.option(
    "--max-errors",
    type=click.IntRange(1),
    default=MAX_ERRORS,
    show_default=True,
    help="List at most so many places of each kind of error; all are counted.",
)
@click.option("--select", multiple=True, callback=_codes, metavar="CODE", help="Only these error codes; repeatable.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODE", help="Not these error codes; repeatable.")
def command(
    files: tuple[Path, ...], table: str | None, form: Literal["dateline", "acled"], output: str | None,
    max_errors: int, select: tuple[str, ...], ignore: tuple[str, ...],
) -> None:  # fmt: skip
    """Check Parquet, NDJSON or CSV files, or the folder of a run.

    With --as acled, check a file in ACLED's format, as downloaded today or in an older form, against the codebook.

    Exit codes: 0 all valid; 1 something is invalid; 2 the table is not told; 3 a file's schema version is not
    supported; 4 a file cannot be read. What each error code means: docs/errors.md.
    """
    options: dict[str, Any] = {"max_errors": max_errors, "select": select, "ignore": ignore}
    reports = [validate(path, table=table, form=form, **options) for path in files]
    report = merged(reports)
    form_of_report = output or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    click.echo(FORMATS[form_of_report](report))
    if report.exit_code:
        raise SystemExit(report.exit_code)


def merged(reports: list[Report]) -> Report:
    """One report of several."""
    return reported([file for report in reports for file in report.files])
