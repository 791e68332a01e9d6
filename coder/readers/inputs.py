"""What to read: files, folders, glob patterns and standard input, in a fixed order."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import DatelineError
from .rejections import Refusal

TEXT = (".txt",)
MARKDOWN = (".md",)
HTML = (".html", ".htm")
LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
PARQUET = (".parquet",)
SUFFIXES = (*TEXT, *MARKDOWN, *HTML, *LINES, *TABLES, *PARQUET)
STDIN = "-"


class InputError(DatelineError):
    """An input that matches nothing, or a file of a kind that cannot be read: a usage error."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``name`` is its path without suffix, below the folder or pattern given."""

    path: str
    suffix: str
    name: str


def suffix_of(path: str) -> str | None:
    """The known suffix that a path ends with, in lower case, or None."""
    lowered = os.path.basename(path).lower()  # noqa: PTH119 (a string is what is wanted)
    return next((s for s in SUFFIXES if lowered.endswith(s) and lowered != s), None)


def find_sources(inputs: Sequence[str]) -> Iterator[Source | tuple[str, Refusal]]:
    """The files of the inputs, in the order given and sorted within folders and patterns.

    Each input is checked before the first file comes; a file that is reached twice comes once.

    Args:
        inputs: files, folders (read recursively; links to folders, hidden files and files of other suffixes
            are passed over), glob patterns (``**`` for any depth) or "-".

    Yields:
        Sources; a folder that cannot be listed comes as its path and the reason.

    Raises:
        InputError: nothing matches, or a file named outright has another suffix.
    """
    if not inputs:
        raise InputError("no input: name a file, a folder, a glob pattern, or - for standard input")
    for given in inputs:
        _check(given)
    return _sources(inputs)


def _check(given: str) -> None:
    if given == STDIN:
        return
    path = Path(given)
    known = f"known are {' '.join(SUFFIXES)}"
    if path.is_dir():
        if next(_walk(given, given), None) is None:
            raise InputError(f"{given}: the folder holds no articles; {known}")
    elif path.exists():
        if suffix_of(given) is None:
            raise InputError(f"{given}: a file of this kind cannot be read; {known}")
    elif next(_matches(given), None) is None:
        pattern = glob.has_magic(given)
        wrong = "the pattern matches no file that can be read" if pattern else "no such file or folder"
        raise InputError(f"{given}: {wrong}; {known}")


def _sources(inputs: Sequence[str]) -> Iterator[Source | tuple[str, Refusal]]:
    seen: set[int] = set()
    for given in inputs:
        for source in _expand(given):
            if len(inputs) > 1 and isinstance(source, Source):
                key = hash(STDIN if source.path == STDIN else os.path.realpath(source.path))
                if key in seen:
                    continue
                seen.add(key)
            yield source


def _expand(given: str) -> Iterator[Source | tuple[str, Refusal]]:
    path = Path(given)
    if given == STDIN:
        yield Source(STDIN, STDIN, "stdin")
    elif path.is_dir():
        yield from _walk(given, given)
    elif path.exists():
        yield _source(given, str(path.parent))
    else:
        yield from _matches(given)


def _matches(pattern: str) -> Iterator[Source]:
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    base = os.path.dirname(fixed) or "."  # noqa: PTH120
    for path in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 (absolute patterns too)
        if suffix_of(path) is not None and Path(path).is_file():
            yield _source(path, base)


def _walk(folder: str, base: str) -> Iterator[Source | tuple[str, Refusal]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, Refusal("unreadable", error.strerror or str(error))
        return
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, base)
        elif suffix_of(entry.name) is not None and (entry.is_file() or _dangling(entry)):
            yield _source(entry.path, base)


def _dangling(entry: os.DirEntry[str]) -> bool:
    """A link to nothing: it is handed on, so that it is reported as unreadable."""
    return entry.is_symlink() and not Path(entry.path).exists()


def _source(path: str, base: str) -> Source:
    suffix = suffix_of(path)
    if suffix is None:
        raise InputError(f"{path}: a file of this kind cannot be read")
    below = os.path.relpath(path, base).replace(os.sep, "/")
    return Source(path, suffix, below[: -len(suffix)])
