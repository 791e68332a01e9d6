"""Dictionaries: CSV files with a header, validated line by line, overlaid by a user's own.

Each dictionary is a Pydantic model of its row and a file of the same name in ``lexicons/``. ``--lexicon DIR``
adds files of the same names; their rows come after ours, so the consumer decides what an overlay means
(normally: a later row with the same key wins).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import DatelineError

BUILTIN = Path(__file__).parent / "lexicons"
TABLES = Path(__file__).parent / "tables"


class Row(BaseModel):
    """Base of every dictionary row: blank cells are left to the field's default."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class LexiconError(DatelineError):
    """A dictionary line is wrong; the message says file, line, column and what is expected."""


R = TypeVar("R", bound=Row)


def read_table(model: type[R], name: str, overlays: Sequence[Path] = (), base: Path = BUILTIN) -> tuple[R, ...]:
    """Read ``name``.csv from ``base`` and from every overlay folder that has one.

    Args:
        model: the row's Pydantic model; blank cells are dropped so that defaults apply.
        name: file name without ``.csv``.
        overlays: folders of the user's own dictionaries, later ones after earlier ones.
        base: the folder of the built-in file.

    Returns:
        All rows, ours first.

    Raises:
        LexiconError: naming file and line of the first bad line of each file.
    """
    rows: list[R] = []
    for folder in (base, *overlays):
        path = folder / f"{name}.csv"
        if folder is base or path.exists():
            rows.extend(_read(model, path))
    return tuple(rows)


def read_lines(model: type[R], path: Path) -> Iterator[tuple[int, R | LexiconError]]:
    """Each line of a dictionary file: its number, and its row or what is wrong with it.

    Args:
        model: the row's Pydantic model.
        path: a CSV file with a header.

    Raises:
        LexiconError: the file cannot be read, or not as UTF-8 CSV from some line on.
    """
    try:
        handle = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise LexiconError(
            f"{path}: cannot be read ({error.strerror}); restore the file or drop the overlay"
        ) from error
    with handle:
        reader = csv.DictReader(handle, strict=True)
        try:
            for cells in reader:
                yield reader.line_num, _row(model, path, reader.line_num, cells)
        except (csv.Error, UnicodeDecodeError) as error:
            raise LexiconError(f"{path}:{reader.line_num + 1}: not readable as UTF-8 CSV ({error})") from error


def _read(model: type[R], path: Path) -> list[R]:
    rows: list[R] = []
    for _, row in read_lines(model, path):
        if isinstance(row, LexiconError):
            raise row
        rows.append(row)
    return rows


def _row(model: type[R], path: Path, line: int, cells: dict[str, str]) -> R | LexiconError:
    if None in cells:
        return LexiconError(f"{path}:{line}: more cells than the header has columns; quote cells that hold commas")
    try:
        return model.model_validate({key: value for key, value in cells.items() if value not in (None, "")})
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"]) or "line"
        return LexiconError(f"{path}:{line}: {column}: {first['msg']} (got {first.get('input')!r})")
