"""How many articles an input holds, for progress bars: None where counting would cost a reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .formats import BROKEN
from .inputs import LINES, PARQUET, STDIN, TABLES, Source, find_sources

MAX_COUNTED = 1_000_000_000  # bytes; beyond that counting takes seconds
BLOCK = 1 << 20


def count_articles(inputs: Sequence[str]) -> int | None:
    """The number of records in the inputs, rejected ones included; blank lines may be counted.

    Returns:
        The number; None for standard input, packed files, unreadable ones and more than 1 GB of lines.

    Raises:
        InputError: an input matches nothing or is of an unknown kind.
    """
    total = 0
    budget = MAX_COUNTED
    for source in find_sources(inputs):
        if not isinstance(source, Source):
            continue
        try:
            number, size = _count(source)
        except BROKEN:
            return None
        total += number or 0
        budget -= size
        if number is None or budget < 0:
            return None
    return total


def _count(source: Source) -> tuple[int | None, int]:
    if source.path == STDIN or source.suffix.endswith(".gz"):
        return None, 0
    if source.suffix in PARQUET:
        return _parquet_rows(source.path), 0
    if source.suffix not in (*LINES, *TABLES):
        return 1, 0
    size = Path(source.path).stat().st_size
    if size > MAX_COUNTED:
        return None, size
    lines = _newlines(source.path, quoted=source.suffix in TABLES)
    return max(0, lines - (source.suffix in TABLES)), size


def _newlines(path: str, quoted: bool) -> int:
    """The lines of a file; line breaks between double quotes do not count where ``quoted``."""
    lines, inside, last = 0, False, b"\n"
    with Path(path).open("rb") as handle:
        while block := handle.read(BLOCK):
            last = block[-1:]
            if not quoted:
                lines += block.count(b"\n")
                continue
            pieces = block.split(b'"')
            lines += sum(piece.count(b"\n") for piece in pieces[inside::2])
            inside ^= len(pieces) % 2 == 0
    return lines + (last != b"\n")


def _parquet_rows(path: str) -> int | None:
    import polars

    try:
        return int(polars.scan_parquet(path, glob=False).select(polars.len()).collect().item())
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException):
        return None
