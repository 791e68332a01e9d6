"""``dateline validate``: check files against the schema."""

from __future__ import annotations

from pathlib import Path

import click

from ..schema import TABLES, validate


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...|DIR")
@click.option("--table", type=click.Choice(sorted(TABLES)), help="The table, where the file name does not tell.")
@click.option(
    "-o",
    "--output",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
def command(files: tuple[Path, ...], table: str | None, form: str) -> None:
    """Check Parquet, NDJSON or CSV files, or the folder of a run.

    Exit codes: 0 all valid; 1 something is invalid; 3 a file's schema version is not supported; 4 a file cannot
    be read.
    """
    reports = [validate(path, table=table) for path in files]
    for report in reports:
        click.echo(report.to_json() if form == "json" else str(report))
    code = max(report.exit_code for report in reports)
    if code:
        raise SystemExit(code)
