"""The formats: each reader turns a file into records or refusals, without holding it whole."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from .fields import FIELDS, Record
from .frontmatter import split_front_matter
from .inputs import HTML, LINES, MARKDOWN, PARQUET, STDIN, TABLES, TEXT, Source
from .markdown import plain_text
from .rejections import MAX_LINE, Refusal

Item = Record | Refusal
ROWS = 1000  # rows of a Parquet file decoded at a time
# What a broken gzip stream or a failing disk raises in the middle of a file.
BROKEN = (OSError, EOFError, zlib.error)


def read_source(source: Source, stdin: BinaryIO) -> Iterator[Item]:
    """The records of one source; whatever is wrong with it comes as a :class:`Refusal`, never as an error."""
    try:
        if source.path == STDIN:
            yield from _stdin(stdin)
        elif source.suffix in PARQUET:
            yield from _parquet(source.path)
        else:
            with open_binary(source) as handle:
                yield from _READERS[source.suffix](handle, source)
    except Refusal as refusal:
        yield refusal
    except BROKEN as error:
        yield Refusal("unreadable", getattr(error, "strerror", None) or str(error))


def open_binary(source: Source) -> BinaryIO:
    """Open a source's file, unpacking ``.gz``."""
    if source.suffix.endswith(".gz"):
        return cast(BinaryIO, gzip.open(source.path, "rb"))
    return Path(source.path).open("rb")


def _stdin(handle: BinaryIO) -> Iterator[Item]:
    head = b""
    while not head.strip() and len(head) < MAX_LINE and (line := handle.readline(MAX_LINE)):
        head += line
    rest = cast(BinaryIO, _Chained(head, handle))
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from _json_lines(rest)
    else:
        yield from _text_file(rest, Source(STDIN, ".txt", "stdin"))


class _Chained:
    """A binary stream whose head was already read: the head's lines, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readline(self, size: int = -1) -> bytes:
        """The next line, at most ``size`` bytes of it."""
        return self._head.readline(size) or self._rest.readline(size)

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes."""
        head = self._head.read(size)
        return head + self._rest.read(size - len(head))


def _whole(handle: BinaryIO) -> bytes:
    data = handle.read(MAX_LINE + 1)
    if len(data) > MAX_LINE:
        raise Refusal("too_long", "the file is one article", raw=data)
    if not data.strip():
        raise Refusal("empty")
    return data


def _decoded(data: bytes, line: int | None = None) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("not_utf8", f"byte {error.start + 1} is {data[error.start]:#04x}", line, data) from None


def _text_file(handle: BinaryIO, source: Source) -> Iterator[Item]:
    data = _whole(handle)
    values, body = split_front_matter(_decoded(data))
    yield Record({**values, "text": body}, None, source.name, data)


def _markdown_file(handle: BinaryIO, source: Source) -> Iterator[Item]:
    data = _whole(handle)
    values, body = split_front_matter(_decoded(data))
    yield Record({**values, "text": plain_text(body)}, None, source.name, data)


def _html_file(handle: BinaryIO, source: Source) -> Iterator[Item]:
    data = _whole(handle)
    page = _extracted(data)
    if page is None or not page.text or not page.text.strip():
        raise Refusal("no_main_text", raw=data)
    values = {
        "text": page.text,
        "title": page.title,
        "published": page.date,
        "publisher": page.sitename,
        "author": page.author,
        "url": page.url,
    }
    yield Record(values, None, source.name, data)


def _extracted(data: bytes) -> Any:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds wrong becomes a Rejection
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return trafilatura.bare_extraction(
            data,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # A date that the page states; no guess from whatever else looks like one.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # a page may break the extractor in any way
        raise Refusal("no_main_text", f"the extractor failed ({type(error).__name__})", raw=data) from None


def _json_lines(handle: BinaryIO, _: Source | None = None) -> Iterator[Item]:
    number = 0
    filled = False
    while line := handle.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (more := handle.readline(MAX_LINE)) and not more.endswith(b"\n"):
                pass
            yield Refusal("too_long", "the line", number, line)
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _json_record(line, number)
        else:
            continue
        filled = True
    if not filled:
        yield Refusal("empty")


def _json_record(line: bytes, number: int) -> Item:
    try:
        value = json.loads(_decoded(line, number))
    except Refusal as refusal:
        return refusal
    except json.JSONDecodeError as error:
        return Refusal("bad_json", f"{error.msg} at character {error.colno}", number, line)
    except (ValueError, RecursionError) as error:
        return Refusal("bad_json", str(error)[:200], number, line)
    if not isinstance(value, dict):
        return Refusal("not_object", f"it is {type(value).__name__}", number, line)
    return Record(value, number, None, line)


def _table(handle: BinaryIO, source: Source) -> Iterator[Item]:
    # Bytes that are not UTF-8 are carried as surrogates, so that a bad row does not take others with it.
    text = io.TextIOWrapper(handle, encoding="utf-8-sig", errors="surrogateescape", newline="")
    lines = _bounded(text)
    first = next(lines, None)
    if first is None or not first.strip():
        raise Refusal("empty")
    if any("\udc80" <= c <= "\udcff" for c in first):
        raise Refusal("not_utf8", "in the header", 1, first)
    delimiter = _delimiter(first, source)
    try:
        header = next(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Refusal("bad_csv", f"the header: {error}", 1, first) from None
    names = [name.strip().casefold() for name in header]
    if "text" not in names:
        raise Refusal("missing_column", "text", 1, first)
    if repeated := {name for name in FIELDS if names.count(name) > 1}:
        raise Refusal("bad_csv", f"the column {min(repeated)} comes twice", 1, first)
    yield from _rows(lines, names, delimiter)


def _delimiter(header: str, source: Source) -> str:
    if source.suffix.startswith(".tsv"):
        return "\t"
    return "," if "," in header else next((d for d in ";\t" if d in header), ",")


def _bounded(handle: IO[str]) -> Iterator[str]:
    number = 0
    while line := handle.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith("\n"):
            raise Refusal("too_long", "the line; the rest of the file was not read", number, line)
        yield line


def _rows(lines: Iterable[str], names: list[str], delimiter: str) -> Iterator[Item]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    filled = False
    while True:
        start = reader.line_num + 2  # the header is line 1
        try:
            cells = _next_row(reader)
        except csv.Error as error:
            filled = True
            if "field limit" in str(error) or "end of data" in str(error):
                raise Refusal("bad_csv", "a quote is never closed; the rest was not read", start) from None
            yield Refusal("bad_csv", str(error), start)
            continue
        if cells is None:
            break
        if not any(cells):
            continue
        filled = True
        if len(cells) > len(names):
            told = f"{len(cells)} cells, but the header has {len(names)}"
            yield Refusal("bad_csv", told, start, delimiter.join(cells))
        else:
            yield Record({n: c for n, c in zip(names, cells, strict=False) if n in FIELDS}, start)
    if not filled:
        yield Refusal("empty", "there is a header only")


def _next_row(reader: Any) -> list[str] | None:
    # The limit is the csv module's own global: it is set for the call only.
    before = csv.field_size_limit(4 * MAX_LINE)
    try:
        row: list[str] | None = next(reader, None)
        return row
    finally:
        csv.field_size_limit(before)


def _parquet(path: str) -> Iterator[Item]:
    import polars

    with Path(path).open("rb") as handle:  # so that a file that cannot be opened is told from a broken one
        if not handle.read(1):
            raise Refusal("empty")
    failures = (polars.exceptions.PolarsError, polars.exceptions.PanicException)
    try:
        scan = polars.scan_parquet(path, glob=False)
        names = scan.collect_schema().names()
        if missing := [name for name in ("id", "text") if name not in names]:
            raise Refusal("missing_column", ", ".join(missing))
        wanted = scan.select([name for name in FIELDS if name in names])
        offset = 0
        while (frame := wanted.slice(offset, ROWS).collect(engine="streaming")).height:
            for number, row in enumerate(frame.iter_rows(named=True), offset + 1):
                yield Record(row, number)
            offset += frame.height
    except failures as error:
        raise Refusal("bad_parquet", str(error).splitlines()[0][:200]) from None
    if not offset:
        yield Refusal("empty", "there are no rows")


_READERS: dict[str, Callable[[BinaryIO, Source], Iterator[Item]]] = {
    **dict.fromkeys(TEXT, _text_file),
    **dict.fromkeys(MARKDOWN, _markdown_file),
    **dict.fromkeys(HTML, _html_file),
    **dict.fromkeys(LINES, _json_lines),
    **dict.fromkeys(TABLES, _table),
}
