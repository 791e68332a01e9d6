"""Shards of a run on disk: each a folder of Parquet files, written under another name and renamed when whole."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ..schema import polars_schema


@dataclass(frozen=True)
class ShardStore:
    """A folder of shards."""

    folder: Path

    def has(self, name: str) -> bool:
        """Whether a shard is there, complete."""
        return (self.folder / name).is_dir()

    def write(self, name: str, tables: dict[str, list[dict[str, Any]]]) -> None:
        """Write a shard whole or not at all."""
        temporary = self.folder / f".{name}.{os.getpid()}"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        for table, rows in tables.items():
            frame = pl.DataFrame(rows, schema=polars_schema(table), orient="row")
            frame.write_parquet(temporary / f"{table}.parquet", compression="zstd", compression_level=1)
        if self.has(name):
            shutil.rmtree(temporary)
        else:
            temporary.rename(self.folder / name)

    def files(self, table: str, names: list[str]) -> list[Path]:
        """The files of one table in some shards, in a fixed order."""
        return [self.folder / name / f"{table}.parquet" for name in sorted(names)]

    def drop(self) -> None:
        """Remove all shards, once the tables are written: out of sight at once, so that none is ever seen in part."""
        self.clean()
        if self.folder.is_dir():
            self.folder.rename(self._dropped)
            shutil.rmtree(self._dropped, ignore_errors=True)

    def clean(self) -> None:
        """Remove what a killed run left of shards that it was writing or dropping."""
        shutil.rmtree(self._dropped, ignore_errors=True)
        for left in self.folder.glob(".*") if self.folder.is_dir() else ():
            shutil.rmtree(left, ignore_errors=True)

    @property
    def _dropped(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.dropped")
