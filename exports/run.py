"""A run's folder: shards while it runs, five tables and ``rejected.jsonl`` when it is done."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ..schema import polars_schema
from .parquet import concat_shards, write_table
from .shards import ShardStore

Row = dict[str, Any]
Merge = Callable[[Iterable[Row]], tuple[list[Row], dict[str, str]]]
# What merging reads of a claim that is not exported: denials and doubts make events contested.
_HEARD = ("denial", "doubt")


@dataclass(frozen=True)
class RunFolder:
    """The output folder of a run."""

    path: Path

    @property
    def shards(self) -> ShardStore:
        """Where the run keeps its shards."""
        return ShardStore(self.path / ".shards")

    def finish(
        self, shards: Sequence[str], rejections: Sequence[Row], metadata: dict[str, str], merge: Merge
    ) -> dict[str, Any]:
        """Write the tables from the shards, merge events, and drop the shards.

        Args:
            shards: names of this run's shards.
            rejections: records of rejected input, written to ``rejected.jsonl`` (no file when there are none).
            metadata: the Parquet footer's entries.
            merge: turns claims into events and gives each claim's event.

        Returns:
            Counts for a summary: claims, events, by_type, by_reason.
        """
        names = sorted(set(shards))
        self.path.mkdir(parents=True, exist_ok=True)
        for table in ("articles", "attributions", "places"):
            concat_shards(self.shards.files(table, names), table, self.path / f"{table}.parquet", metadata)
        claims = self.shards.files("claims", names)
        events, ids = merge(_mergeable(claims))
        write_table(events, "events", self.path / "events.parquet", metadata)
        links = pl.DataFrame(
            {"claim_id": list(ids), "event_id": list(ids.values())},
            schema={"claim_id": pl.String, "event_id": pl.String},
        )
        concat_shards(claims, "claims", self.path / "claims.parquet", metadata, _with_events(links))
        self._reject(rejections)
        counts = self._counts(events)
        self.shards.drop()
        return counts

    def _reject(self, rejections: Sequence[Row]) -> None:
        target = self.path / "rejected.jsonl"
        if not rejections:
            target.unlink(missing_ok=True)
            return
        temporary = target.with_name(f".{target.name}.{os.getpid()}")
        ordered = sorted(json.dumps(row, ensure_ascii=False, default=str) for row in rejections)
        temporary.write_text("\n".join(ordered) + "\n", encoding="utf-8")
        temporary.replace(target)

    def _counts(self, events: Sequence[Row]) -> dict[str, Any]:
        claims = pl.scan_parquet(self.path / "claims.parquet").select("export_reason").collect()["export_reason"]
        return {
            "claims": claims.len(),
            "events": len(events),
            "by_type": Counter(event["sub_event_type"] for event in events).most_common(),
            "by_reason": Counter(claims.drop_nulls().to_list()).most_common(),
        }


def _mergeable(files: Sequence[Path]) -> Iterable[Row]:
    for path in files:
        frame = pl.scan_parquet(path).filter(pl.col("exportable") | pl.col("claim_type").is_in(_HEARD))
        yield from frame.drop("sentence", "attribution_chain").collect().iter_rows(named=True)


def _with_events(links: pl.DataFrame) -> Callable[[pl.LazyFrame], pl.LazyFrame]:
    def join(frame: pl.LazyFrame) -> pl.LazyFrame:
        columns = list(polars_schema("claims").names())
        return frame.drop("event_id").join(links.lazy(), on="claim_id", how="left").select(columns)

    return join
