"""``dateline report``: a run as one HTML page."""

from __future__ import annotations

from pathlib import Path

import click

from ..exports.report.page import write_report
from ..exports.source import open_run
from .failures import failures


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path), metavar="DIR")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; by default DIR.html, beside DIR.")
@click.option("--title", default="", help="Title of the page.")
@click.option("--quiet", is_flag=True, help="Do not print the file's name.")
def command(run: Path, output: Path | None, title: str, quiet: bool) -> None:
    """Write the run in DIR as one self-contained HTML page that opens in any browser, without network.

    Map, timeline, types, actors and dyads, sources by kind of claim, contested events side by side, and the articles'
    sentences with what was coded in them. Exit codes as for export.
    """
    with failures():
        finished = open_run(run)
        target = output or run.resolve().with_name(f"{run.resolve().name}.html")
        write_report(finished, target, title)
    if not quiet:
        click.echo(target)
