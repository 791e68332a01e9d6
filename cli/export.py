"""``dateline export``: a run in the formats that other programs read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ..exports.descriptors import About
from ..exports.exporting import export
from ..exports.formats import FORMATS, Options
from ..exports.source import open_run
from .failures import failures


@click.command("export")
@click.argument("run", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--to", "form", type=click.Choice(list(FORMATS)), required=True, help="The format.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder to write; by default DIR-FORMAT, beside DIR."
)
@click.option("--excel", is_flag=True, help="CSV that Excel reads: a byte-order mark, and no cell runs as a formula.")
@click.option("--title", default="", help="Title of the data set, for its descriptions.")
@click.option("--licence", default="", metavar="URL", help="Licence of the data set.")
@click.option("--creator", default="", help="Who made the data set.")
@click.option("--released", type=click.DateTime(["%Y-%m-%d"]), help="When it was published.")
@click.option("--quiet", is_flag=True, help="Do not list the files.")
def command(
    run: Path,
    form: str,
    output: Path | None,
    excel: bool,
    title: str,
    licence: str,
    creator: str,
    released: datetime | None,
    quiet: bool,
) -> None:
    """Write the run in DIR as ACLED's CSV, GeoParquet, a Data Package or flat CSV.

    Beside the data lie datapackage.json (Frictionless), croissant.json, codebook.csv and methods.md. Exit codes: 1
    the run is unfinished or incomplete; 2 the output folder holds something else; 3 the run has another schema
    version; 4 something cannot be read or written.
    """
    about = About(title, licence, creator, released.date() if released else None)
    with failures():
        finished = open_run(run)
        target = output or run.resolve().with_name(f"{run.resolve().name}-{form}")
        written = export(finished, form, target, about, Options(excel))
    if not quiet:
        for path in written:
            click.echo(path)
