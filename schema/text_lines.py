"""Text files in blocks of whole lines, whatever their encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from .refused import Refused

BLOCK = 16 * 2**20
LONGEST = 256 * 2**20  # a line longer than this is no line


@dataclass(frozen=True)
class Block:
    """Some whole lines: their bytes."""

    data: bytes

    @cached_property
    def utf8(self) -> bool:
        """Whether the bytes are UTF-8."""
        try:
            pl.Series([self.data], dtype=pl.Binary).cast(pl.String)
        except pl.exceptions.PolarsError:
            return False
        return True

    def lines(self) -> pl.DataFrame:
        """The lines without their ends, numbered from 0: columns ``line`` and ``n``."""
        data = self.data if self.utf8 else self.data.decode("cp1252", errors="replace").encode()
        return pl.scan_lines(data, name="line", row_index_name="n").collect()


def blocks(path: Path, size: int = BLOCK) -> Iterator[Block]:
    """The lines of a file.

    Args:
        path: the file; a byte order mark is dropped. What is not UTF-8 is read as Windows-1252.
        size: bytes of a block.

    Raises:
        OSError: the file cannot be read.
        Refused: a line is longer than any row, or the file is in UTF-16.
    """
    with path.open("rb") as handle:
        head = handle.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Refused("unreadable", "it is in UTF-16; save it as UTF-8")
        marked = head.startswith(codecs.BOM_UTF8)
        rest = head[3:] if marked else head
        start = len(head)
        while data := handle.read(size):
            data = rest + data if rest else data
            rest = b""
            if not data.endswith(b"\n"):
                data += handle.readline(LONGEST)
                if not data.endswith(b"\n") and handle.read(1):
                    raise Refused("unreadable", f"a line after byte {start} is longer than {LONGEST >> 20} MiB")
            yield Block(data)
            start += len(data)
        if rest:
            yield Block(rest)
