"""``dateline schema``: what a row is, for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..schema import TABLES, json_schema


@click.group("schema")
def command() -> None:
    """Export the schema."""


@command.command("export")
@click.argument("tables", nargs=-1, type=click.Choice(sorted(TABLES)))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for one file a table.")
def export(tables: tuple[str, ...], output: Path | None) -> None:
    """Print the JSON Schema (draft 2020-12) of TABLES, or write one file for each to a folder."""
    chosen = tables or tuple(TABLES)
    schemas = {name: json_schema(name) for name in chosen}
    if output is None:
        click.echo(json.dumps(schemas[chosen[0]] if len(chosen) == 1 else schemas, indent=2, ensure_ascii=False))
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.items():
        path = output / f"{name}.schema.json"
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(path)
