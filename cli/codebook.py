"""``dateline codebook``: what each column and value means."""

from __future__ import annotations

from pathlib import Path

import click

from ..schema.codebook import codebook_csv, columns_markdown
from ..schema.tables import TABLES


@click.command("codebook")
@click.argument("tables", nargs=-1, type=click.Choice(list(TABLES)))
@click.option("--format", "form", type=click.Choice(["markdown", "csv"]), default="markdown", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write to.")
def command(tables: tuple[str, ...], form: str, output: Path | None) -> None:
    """Print the columns of TABLES (all when none is named) with meaning, unit, example and vocabulary."""
    chosen = tables or tuple(TABLES)
    text = codebook_csv(chosen) if form == "csv" else columns_markdown(chosen)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
