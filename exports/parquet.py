"""Parquet tables: typed by the schema, sorted, with a footer that says what made them.

zstd level 3, row groups of 100,000, statistics on; written under a temporary name and renamed. The same rows give
the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from ..schema import TABLES, polars_schema

ROW_GROUP = 100_000
SORT_KEYS: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "claims": ("article_id", "trigger_start", "trigger_end", "claim_id"),
    "attributions": ("article_id", "sentence_index", "cue_start", "attribution_id"),
    "places": ("article_id", "start", "end"),
    "events": ("event_date", "country", "location", "event_id"),
}
Change = Callable[[pl.LazyFrame], pl.LazyFrame]


def write_table(
    rows: Iterable[Mapping[str, Any]] | pl.DataFrame, name: str, path: Path, metadata: Mapping[str, str]
) -> None:
    """Write one table.

    Args:
        rows: records or a frame; missing columns are an error.
        name: the table; gives types, columns and sort key.
        path: where to; the folder exists.
        metadata: footer entries.
    """
    frame = (
        rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows), schema=polars_schema(name), orient="row")
    )
    _write(frame.lazy(), name, path, metadata)


def concat_frames(
    parts: Sequence[pl.LazyFrame], name: str, path: Path, metadata: Mapping[str, str], change: Change | None = None
) -> None:
    """Write one table from its parts, sorted.

    Args:
        parts: frames of the table, in any order.
        name: the table.
        path: where to.
        metadata: footer entries.
        change: applied to the rows before they are sorted.
    """
    frame = pl.concat([pl.LazyFrame(schema=polars_schema(name)), *parts])
    _write(change(frame) if change else frame, name, path, metadata)


def _write(frame: pl.LazyFrame, name: str, path: Path, metadata: Mapping[str, str]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        frame.sort(SORT_KEYS[name], nulls_last=True, maintain_order=False).sink_parquet(
            temporary,
            compression="zstd",
            compression_level=3,
            row_group_size=ROW_GROUP,
            statistics=True,
            metadata=dict(metadata),
        )
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_table(folder: str | Path, name: str) -> pl.DataFrame:
    """Read one table of a run.

    Args:
        folder: the run's folder.
        name: articles, claims, attributions, places or events.

    Raises:
        ValueError: there is no such table.
        FileNotFoundError: the folder holds no such file.
    """
    if name not in TABLES:
        raise ValueError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return pl.read_parquet(Path(folder) / f"{name}.parquet")
