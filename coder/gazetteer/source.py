"""Reading what a gazetteer is made from: GeoNames' text files, line by line, plain or packed."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from .store import GazetteerError

DUMP_COLUMNS = 19


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            member = next((n for n in archive.namelist() if Path(n).stem == path.stem and n.endswith(".txt")), None)
            if member is None:
                raise GazetteerError(f"{path}: holds no {path.stem}.txt; unpack it and name the text file")
            with archive.open(member) as handle:
                yield handle
    elif path.suffix == ".gz":
        with gzip.open(path) as packed:
            yield cast(IO[bytes], packed)
    else:
        with path.open("rb") as handle:
            yield handle


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a text file (.txt, .gz, or .zip with one inside) with their numbers, undecoded.

    Raises:
        GazetteerError: a file that cannot be read or whose packing is broken, with the line reached.
    """
    number = 0
    try:
        with _stream(path) as handle:
            for number, line in enumerate(handle, 1):
                yield number, line
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise GazetteerError(f"{path}:{number + 1}: cannot be read ({error}); download the file again") from error


def cells(path: Path, number: int, line: bytes, columns: int) -> list[str]:
    """The cells of a tab-separated line.

    Raises:
        GazetteerError: another number of columns (as in a file that was cut off), or no UTF-8; with the line.
    """
    try:
        found = line.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}:{number}: not UTF-8 ({error.reason}); download the file again") from error
    if len(found) < columns:
        raise GazetteerError(
            f"{path}:{number}: {len(found)} columns instead of {columns}; the file was cut off or is another "
            f"GeoNames file; download it again"
        )
    return found


def point(path: Path, number: int, latitude: str, longitude: str) -> tuple[int, int]:
    """A point in units of 1e-5 degrees.

    Raises:
        GazetteerError: no numbers, or outside -90..90 and -180..180.
    """
    try:
        found = float(latitude), float(longitude)
    except ValueError as error:
        raise GazetteerError(f"{path}:{number}: {latitude!r}, {longitude!r} are no coordinates") from error
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise GazetteerError(f"{path}:{number}: {latitude}, {longitude} are no latitude and longitude in degrees")
    return round(found[0] * 1e5), round(found[1] * 1e5)
