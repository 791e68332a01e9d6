"""``dateline schema``: what a row is, for other programs; and how its versions differ."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..schema.derive import TABLES, arrow_json, json_schema, table_schema
from ..schema.diff import Difference, NotASchema, compare
from ..schema.formats import FORMATS
from ..schema.report import report_schema, reported
from ..schema.sources import load_schema

_FORMS: dict[str, tuple[Callable[[str], dict[str, Any]], str]] = {
    "jsonschema": (json_schema, "schema"),
    "frictionless": (table_schema, "table"),
    "arrow": (arrow_json, "arrow"),
}
_REPORT = "report"


@click.group("schema")
def command() -> None:
    """Export the schema, check a file's footer and types, compare versions."""


@command.command("export")
@click.argument("tables", nargs=-1, type=click.Choice([*sorted(TABLES), _REPORT]))
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="jsonschema", show_default=True)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for one file a table.")
def export(tables: tuple[str, ...], form: str, output: Path | None) -> None:
    """Print the schema of TABLES, or write one file for each to a folder.

    As JSON Schema (draft 2020-12), Frictionless Table Schema or Arrow schema (JSON). The table "report" is the form
    of `dateline validate -o json`.
    """
    make, ending = _FORMS[form]
    if _REPORT in tables and form != "jsonschema":
        raise click.UsageError("the report has a JSON Schema only")
    chosen = tables or tuple(TABLES)
    schemas = {name: report_schema() if name == _REPORT else make(name) for name in chosen}
    if output is None:
        click.echo(json.dumps(schemas[chosen[0]] if len(chosen) == 1 else schemas, indent=2, ensure_ascii=False))
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.items():
        path = output / f"{name}.{ending}.json"
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(path)


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--table", type=click.Choice(sorted(TABLES)), help="The table, where the file's name does not tell.")
@click.option("--schema-version", "version", metavar="X.Y.Z", help="Version to fit.  [default: the footer's]")
@click.option("-o", "--output", type=click.Choice(sorted(FORMATS)), default="text", show_default=True)
def check(file: Path, table: str | None, version: str | None, output: str) -> None:
    """Say whether the footer and the column types of a Parquet FILE fit a version of the schema.

    Rows are not read; `dateline validate` does that. Exit codes: 0 it fits; 1 it does not; 2 the table is not told;
    3 the version is not known here; 4 the file cannot be read.
    """
    from ..schema.fit import check_fit
    from ..schema.versions import kept_versions

    if version is not None and version not in kept_versions():
        raise click.UsageError(f"schema {version!r} is not kept; there are {', '.join(kept_versions())}")
    verdict, wanted = check_fit(file, table, version)
    report = reported([verdict])
    if output == "text":
        click.echo(f"{click.format_filename(file)}: " + (f"fits schema {wanted}" if report.ok else f"schema {wanted}"))
    if output != "text" or not report.ok:
        click.echo(FORMATS[output](report))
    if report.exit_code:
        raise SystemExit(report.exit_code)


@command.command("diff")
@click.argument("old")
@click.argument("new", default="current")
@click.option("-o", "--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: str, new: str, output: str) -> None:
    """Compare two versions of the schema and say which step of the version their differences need.

    OLD and NEW are JSON Schema files, kept versions (0.1.0), git revisions, or "current".
    Exit codes: 0 the declared step is large enough; 1 it is too small; 2 one of them is no schema.
    """
    try:
        difference = compare(load_schema(old), load_schema(new))
    except NotASchema as error:
        raise click.UsageError(str(error)) from None
    click.echo(_json(difference) if output == "json" else _text(difference))
    if not difference.enough:
        raise SystemExit(1)


def _text(d: Difference) -> str:
    lines = [f"{change.level:<10}  {change.where}: {change.what}" for change in d.changes]
    verdict = "enough" if d.enough else "too small"
    lines.append(
        f"{d.old} -> {d.new}: {len(d.changes)} differences; "
        f"the step needed is {d.needed}, the declared one {d.declared}: {verdict}"
    )
    return "\n".join(lines)


def _json(d: Difference) -> str:
    changes = [{"level": c.level, "where": c.where, "what": c.what} for c in d.changes]
    head = {"old": d.old, "new": d.new, "needed": d.needed, "declared": d.declared, "enough": d.enough}
    return json.dumps(head | {"changes": changes}, indent=2, ensure_ascii=False)
