"""``dateline code``: the main job."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..coder.claims import content_id
from ..coder.merge import merge_frame
from ..coder.parser import DEFAULT_MODEL
from ..coder.publishers import load_publishers
from ..coder.readers import Defaults, count_articles, read_articles
from ..coder.records import Article, Rejection
from ..coder.runner import Settings, run
from ..exports.run import RunFolder
from .main import EXIT_INVALID
from .versions import fingerprint, footer, versions


class _Shard(click.ParamType[tuple[int, int]]):
    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read ``i/n`` with 1 <= i <= n."""
        if isinstance(value, tuple):
            return value
        part, _, of = str(value).partition("/")
        if not (part.isdigit() and of.isdigit() and 1 <= int(part) <= int(of)):
            self.fail(f"{value!r} is not i/n with 1 <= i <= n, such as 1/4", param, ctx)
        return int(part), int(of)


@click.command("code")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write to.",
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication date of articles that have none.")
@click.option("--publisher", help="Publisher of articles that name none.")
@click.option("--country", help="Country hint (ISO code or name) for articles that have none.")
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="spaCy model package for the parser.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that code.")
@click.option("--shard", type=_Shard(), default=None, help="Code only part i of n of the articles, e.g. 2/8.")
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own dictionaries and rules, overlaid on ours; repeatable.",
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A gazetteer file of your own.",
)
@click.option(
    "--attributions",
    type=click.Choice(["events", "all"]),
    default="events",
    show_default=True,
    help="Which attributions to keep.",
)
@click.option(
    "--places",
    type=click.Choice(["events", "all"]),
    default="events",
    show_default=True,
    help="Which place names to keep.",
)
@click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Add to the folder's run, or go on where it was interrupted; or start afresh.",
)
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def command(
    inputs: tuple[str, ...],
    output: Path,
    published: Any,
    publisher: str | None,
    country: str | None,
    model: str,
    workers: int,
    shard: tuple[int, int] | None,
    lexicons: tuple[Path, ...],
    gazetteer: Path | None,
    attributions: Any,
    places: Any,
    resume: bool,
    quiet: bool,
) -> None:
    """Code articles into articles, claims, attributions, places and events (Parquet files in the output folder).

    INPUT is a file (.txt .md .html .jsonl .csv .tsv .parquet), a folder, a glob pattern, or - for standard input.
    Rejected input goes to rejected.jsonl with its reason; the exit code is then 1.

    If the output folder holds a run of the same rules, model and options, the articles are added to it (an article
    coded again takes the place of its earlier coding) and events are merged anew over all; --no-resume starts
    afresh.
    """
    started = time.monotonic()
    day: date | None = published.date() if published else None
    defaults = Defaults(published=day, publisher=publisher, country=country, language=None)
    settings = Settings(model, lexicons, gazetteer, attributions, places)
    folder = RunFolder(output)
    rejections: list[Rejection] = []
    stream = _accepted(read_articles(inputs, defaults=defaults), rejections, shard)
    known = versions(lexicons)
    configuration = {
        "attributions": attributions,
        "places": places,
        "lexicons": [p.name for p in lexicons],
        "gazetteer": fingerprint(gazetteer) if gazetteer else None,
    }
    metadata = footer(known, model, configuration)
    folder.prepare(metadata, resume)
    shards: list[str] = []
    coded = 0
    with _Progress(not quiet and sys.stderr.isatty(), lambda: count_articles(inputs)) as progress:
        version = json.dumps(metadata, sort_keys=True)
        for done in run(stream, settings, folder.shards, version=version, workers=workers, resume=resume):
            shards.append(done.shard)
            rejections.extend(done.rejections)
            coded += done.articles
            progress.advance(done.articles)
    publishers = load_publishers(lexicons)
    counts = folder.finish(
        [s for s in shards if s],
        [asdict(r) for r in rejections],
        metadata,
        lambda claims: merge_frame(claims, publishers=publishers, workers=workers),
        resume,
    )
    if not quiet:
        _summary(counts, rejections, coded, time.monotonic() - started, output)
    if rejections:
        raise SystemExit(EXIT_INVALID)


def _accepted(
    items: Iterator[Article | Rejection], rejections: list[Rejection], shard: tuple[int, int] | None
) -> Iterator[Article]:
    for item in items:
        if isinstance(item, Rejection):
            rejections.append(item)
        elif shard is None or int(content_id(item.article_id), 16) % shard[1] == shard[0] - 1:
            yield item


class _Progress:
    """A progress bar on standard error, when that is a terminal."""

    def __init__(self, shown: bool, count: Any) -> None:
        self._bar = (
            click.progressbar(length=count() or 0, label="coding", file=sys.stderr, show_pos=True) if shown else None
        )

    def __enter__(self) -> _Progress:
        if self._bar:
            self._bar.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        if self._bar:
            self._bar.__exit__(*error)

    def advance(self, articles: int) -> None:
        """Count finished articles."""
        if self._bar:
            self._bar.update(articles)


def _summary(counts: dict[str, Any], rejections: list[Rejection], coded: int, seconds: float, output: Path) -> None:
    click.echo(f"{coded} articles, {counts['claims']} claims, {counts['events']} events in {seconds:.1f} s -> {output}")
    if counts["by_type"]:
        click.echo("\nevents by type")
        for name, number in counts["by_type"]:
            click.echo(f"  {number:>6}  {name}")
    if counts["by_reason"]:
        click.echo("\nclaims not exported")
        for name, number in counts["by_reason"]:
            click.echo(f"  {number:>6}  {name}")
    if rejections:
        click.echo(f"\n{len(rejections)} rejected, see {output / 'rejected.jsonl'}", err=True)
        for code, number in Counter(r.code for r in rejections).most_common():
            click.echo(f"  {number:>6}  {code}", err=True)
