"""A finished run, opened for reading: whole, of this schema version, made by one job.

Everything that leaves the package (exports, reports, evaluation) starts here, so that nothing is made from a folder
that is still being written or that another version wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ..errors import DatelineError
from ..schema import SCHEMA_VERSION, TABLES, polars_schema

EXIT_INVALID, EXIT_USAGE, EXIT_VERSION, EXIT_IO = 1, 2, 3, 4
_PREFIX = "dateline."
_AGAIN = "run the same `dateline code` command again, it goes on where it stopped"


class OutputError(DatelineError):
    """Something that keeps a run from being exported, reported or evaluated.

    Attributes:
        exit_code: what the command line exits with (DESIGN section 4).
    """

    def __init__(self, message: str, exit_code: int = EXIT_INVALID) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True)
class FinishedRun:
    """A run's folder whose tables may be read.

    Attributes:
        path: the folder.
        footer: the tables' common footer entries, without the prefix ``dateline.``.
        rejected: number of records in ``rejected.jsonl``.
    """

    path: Path
    footer: Mapping[str, str]
    rejected: int

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.path.resolve().name

    def scan(self, table: str) -> pl.LazyFrame:
        """One table, not yet read."""
        return pl.scan_parquet(self.path / f"{table}.parquet")

    def table(self, table: str) -> pl.DataFrame:
        """One table, whole."""
        return self.scan(table).collect()


def open_run(path: str | Path, tables: Iterable[str] = tuple(TABLES)) -> FinishedRun:
    """Open the folder that ``dateline code`` wrote.

    Args:
        path: the folder.
        tables: the tables that are needed.

    Raises:
        OutputError: the folder is not there (exit code 4), no folder (2), unfinished, incomplete or mixed from
            several runs (1), of another schema version (3), or holds a file that cannot be read (4).
    """
    path = Path(path)
    if not path.exists():
        raise OutputError(f"{path}: no such folder; give the folder that `dateline code` wrote", EXIT_IO)
    if not path.is_dir():
        raise OutputError(f"{path} is a file; give the folder that `dateline code` wrote", EXIT_USAGE)
    wanted = list(tables)
    missing = [name for name in wanted if not (path / f"{name}.parquet").is_file()]
    if (path / ".shards").exists():
        lacking = f"; tables are missing: {', '.join(missing)}" if missing else ""
        raise OutputError(f"{path}: the run is not finished (.shards is still there{lacking}); {_AGAIN}")
    if missing:
        raise OutputError(
            f"{path}: tables are missing: {', '.join(missing)}; give the folder that `dateline code` wrote"
        )
    return FinishedRun(path, _common_footer([path / f"{name}.parquet" for name in wanted]), _rejected(path))


def read_footer(file: Path) -> dict[str, str]:
    """The ``dateline.`` entries of a Parquet footer, without the prefix; columns are checked too.

    Raises:
        OutputError: not readable (4), of another schema version or of none (3), other columns (1).
    """
    try:
        metadata = pl.read_parquet_metadata(file)
        found = pl.read_parquet_schema(file)
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = (str(error).splitlines() or ["not Parquet"])[0][:200]
        raise OutputError(f"{file}: cannot be read as Parquet: {reason}", EXIT_IO) from error
    footer = {key.removeprefix(_PREFIX): text for key, text in metadata.items() if key.startswith(_PREFIX)}
    _check_version(file, footer.get("schema_version"))
    wanted = polars_schema(file.stem)
    wrong = [name for name, dtype in wanted.items() if found.get(name) != dtype]
    if wrong:
        shown = ", ".join(wrong[:5]) + (f" and {len(wrong) - 5} more" if len(wrong) > 5 else "")
        raise OutputError(f"{file}: columns are missing or of another type: {shown}; see `dateline validate`")
    return footer


def _check_version(file: Path, version: str | None) -> None:
    if version is None:
        raise OutputError(
            f"{file}: no schema version in its footer; it was not written by `dateline code`", EXIT_VERSION
        )
    if _minor(version) != _minor(SCHEMA_VERSION):
        newer = _minor(version) > _minor(SCHEMA_VERSION)
        remedy = "update dateline" if newer else "code the articles again, or use the dateline that wrote it"
        raise OutputError(f"{file}: has schema {version}, this dateline reads {SCHEMA_VERSION}; {remedy}", EXIT_VERSION)


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else -1 for part in version.split(".")[:2])


def _common_footer(files: list[Path]) -> dict[str, str]:
    footers = [read_footer(file) for file in files]
    for file, footer in zip(files[1:], footers[1:], strict=True):
        if footer != footers[0]:
            keys = sorted(key for key in footer | footers[0] if footer.get(key) != footers[0].get(key))
            message = f"{file} and {files[0].name} come from different runs ({', '.join(keys)} differ)"
            raise OutputError(f"{message}; keep the tables of one run together")
    return footers[0] if footers else {}


def _rejected(path: Path) -> int:
    file = path / "rejected.jsonl"
    if not file.is_file():
        return 0
    with file.open("rb") as handle:
        return sum(1 for line in handle if line.strip())
