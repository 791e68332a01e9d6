"""A run's folder: shards while it runs, five tables and ``rejected.jsonl`` when it is done.

Coding into a folder that holds a run adds to it: the articles and their claims are kept, those that are coded again
are replaced, and events are merged anew over all claims. The new tables are written beside the old ones and take
their place together, so a run that is killed leaves the old run or the new one, and ends with the same bytes when
it is started again (docs/decisions/0040).
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import DatelineError
from ..schema import TABLES, polars_schema
from .parquet import concat_frames, write_table
from .shards import ShardStore

Row = dict[str, Any]
Merge = Callable[[pl.LazyFrame], tuple[pl.DataFrame, pl.DataFrame]]
REJECTED = "rejected.jsonl"
_CODED = ("articles", "claims", "attributions", "places")


class RunError(DatelineError):
    """A folder holds a run that cannot be added to; the message says why and what to do."""


@dataclass(frozen=True)
class RunFolder:
    """The output folder of a run."""

    path: Path

    @property
    def shards(self) -> ShardStore:
        """Where the run keeps its shards."""
        return ShardStore(self.path / ".shards")

    @property
    def _draft(self) -> Path:
        return self.path / ".draft"

    @property
    def _ready(self) -> Path:
        return self.path / ".ready"

    def prepare(self, metadata: dict[str, str], resume: bool) -> None:
        """Finish what a killed run left half done, and see whether the folder can be added to.

        Args:
            metadata: the Parquet footer's entries of the run to come.
            resume: add to what is there and take over shards; False starts afresh: shards are dropped now, the
                old tables when the new ones take their place.

        Raises:
            RunError: the folder holds a part of a run, or one made with other rules, another schema, model or
                configuration.
        """
        self._take_ready()
        shutil.rmtree(self._draft, ignore_errors=True)
        for left in self.path.glob(".*.parquet.*"):
            left.unlink()
        if not resume:
            self.shards.drop()
            return
        self.shards.clean()
        if self._has_run():
            self._same(metadata)

    def finish(
        self,
        shards: Sequence[str],
        rejections: Sequence[Row],
        metadata: dict[str, str],
        merge: Merge,
        resume: bool = True,
    ) -> dict[str, Any]:
        """Write the tables from the shards and from what the folder holds, merge events, and drop the shards.

        Args:
            shards: names of this run's shards.
            rejections: records of rejected input, written to ``rejected.jsonl`` (no file when there are none).
            metadata: the Parquet footer's entries.
            merge: turns claims into events and gives each claim's event.
            resume: keep the articles that the folder holds and that this run does not code again.

        Returns:
            Counts for a summary: claims, events, by_type, by_reason.
        """
        names = sorted(set(shards))
        shutil.rmtree(self._draft, ignore_errors=True)
        self._draft.mkdir(parents=True)
        new = _ids(self.shards.files("articles", names))
        old = resume and self._has_run()
        for table in _CODED:
            parts = [self._kept(table, new)] if old else []
            parts += [pl.scan_parquet(path) for path in self.shards.files(table, names)]
            if table != "claims":
                concat_frames(parts, table, self._draft / f"{table}.parquet", metadata)
            else:
                events = self._merge(parts, merge, metadata)
        self._reject(rejections, new, old)
        counts = self._counts(events)
        self._draft.rename(self._ready)
        self._take_ready()
        self.shards.drop()
        return counts

    def _merge(self, parts: Sequence[pl.LazyFrame], merge: Merge, metadata: dict[str, str]) -> pl.DataFrame:
        frame = pl.concat(parts) if parts else pl.LazyFrame(schema=polars_schema("claims"))
        events, links = merge(frame)
        write_table(events, "events", self._draft / "events.parquet", metadata)
        concat_frames(parts, "claims", self._draft / "claims.parquet", metadata, _with_events(links))
        return events

    def _kept(self, table: str, new: pl.DataFrame) -> pl.LazyFrame:
        """The folder's rows of a table, without those of articles that have been coded again."""
        frame = pl.scan_parquet(self.path / f"{table}.parquet")
        return frame.join(new.lazy(), on="article_id", how="anti")

    def _has_run(self) -> bool:
        """Whether the folder holds the tables of a run.

        Raises:
            RunError: it holds some of them only.
        """
        there = [table for table in TABLES if (self.path / f"{table}.parquet").exists()]
        if there and len(there) < len(TABLES):
            missing = ", ".join(f"{table}.parquet" for table in TABLES if table not in there)
            raise RunError(f"{self.path} holds a part of a run, without {missing}; use another folder or --no-resume")
        return bool(there)

    def _same(self, metadata: dict[str, str]) -> None:
        found = pl.read_parquet_metadata(self.path / "articles.parquet")
        for key, value in metadata.items():
            if found.get(key) != value:
                raise RunError(
                    f"{self.path} was coded with {key} {found.get(key)}, this run has {value}: tables of two codings "
                    "are not mixed. Use another folder, or code all articles again with --no-resume"
                )

    def _reject(self, rejections: Sequence[Row], new: pl.DataFrame, old: bool) -> None:
        """Write what was rejected, with the folder's earlier rejections of articles that are still not coded."""
        lines = {json.dumps(row, ensure_ascii=False, default=str) for row in rejections}
        coded = set(new["article_id"])
        if old:
            lines |= {line for line in self._rejected() if json.loads(line).get("article_id") not in coded}
        text = "".join(f"{line}\n" for line in sorted(lines))
        (self._draft / REJECTED).write_text(text, encoding="utf-8")

    def _rejected(self) -> Iterator[str]:
        path = self.path / REJECTED
        if path.exists():
            yield from path.read_text(encoding="utf-8").splitlines()

    def _take_ready(self) -> None:
        """Put finished tables in their place. Whatever was done before a kill is not done again."""
        if not self._ready.is_dir():
            return
        rejected = self._ready / REJECTED
        if rejected.exists() and not rejected.stat().st_size:
            (self.path / REJECTED).unlink(missing_ok=True)
            rejected.unlink()
        for path in sorted(self._ready.iterdir()):
            path.replace(self.path / path.name)
        self._ready.rmdir()

    def _counts(self, events: pl.DataFrame) -> dict[str, Any]:
        claims = pl.scan_parquet(self._draft / "claims.parquet").select("export_reason").collect()["export_reason"]
        return {
            "claims": claims.len(),
            "events": events.height,
            "by_type": Counter(events["sub_event_type"].to_list()).most_common(),
            "by_reason": Counter(claims.drop_nulls().to_list()).most_common(),
        }


def _ids(files: Sequence[Path]) -> pl.DataFrame:
    """The ids of the articles that a run has coded."""
    empty = pl.LazyFrame(schema={"article_id": pl.String()})
    parts = [pl.scan_parquet(path).select("article_id") for path in files]
    return pl.concat([empty, *parts]).collect()


def _with_events(links: pl.DataFrame) -> Callable[[pl.LazyFrame], pl.LazyFrame]:
    def join(frame: pl.LazyFrame) -> pl.LazyFrame:
        columns = list(polars_schema("claims").names())
        joined = frame.drop("event_id").join(links.lazy(), on="claim_id", how="left")
        own = pl.when("exportable").then("event_id").alias("event_id")  # a denial is linked, but no part of the event
        return joined.with_columns(own).select(columns)

    return join
