"""``dateline evaluate``: a run against gold data, or two coders against each other."""

from __future__ import annotations

from pathlib import Path

import click

from ..exports.evaluation.evaluate import evaluate
from ..exports.evaluation.writing import as_json, as_markdown, as_text
from .failures import failures

_WRITERS = {"text": as_text, "json": as_json, "markdown": as_markdown}


@click.command("evaluate")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "form", type=click.Choice(list(_WRITERS)), default="text", show_default=True, help="Form."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the bootstrap.")
@click.option(
    "--resamples", type=click.IntRange(0, 100_000), default=1000, show_default=True,
    help="Bootstrap samples of articles; 0 for no intervals.",
)  # fmt: skip
def command(run: Path, gold: Path, form: str, seed: int, resamples: int) -> None:
    """Compare RUN with GOLD: events, claims and attributions, as far as both have them.

    Each is a run's folder or a Parquet, CSV, NDJSON or JSON Lines file with the columns of one table; columns that
    the gold data lack are not compared. Exit codes: 1 something cannot be compared, such as gold events without
    dates; 2 nothing in common; 4 a file cannot be read.
    """
    with failures():
        result = evaluate(run, gold, seed=seed, resamples=resamples)
    click.echo(_WRITERS[form](result).rstrip("\n"))
