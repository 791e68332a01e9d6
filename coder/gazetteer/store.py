"""The gazetteer's file: its schema, its checksum, how one is written, and the cache that all processes share.

A gazetteer is one SQLite file. Its header holds an application id, the schema's number in ``meta`` and a CRC-32
over all other bytes, so that one file can be copied about and still tell whether it is whole.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import DatelineError

SCHEMA_VERSION = 2
APPLICATION_ID = 0x44474154  # "DGAT", at byte 68 of the file
PLACES = """
CREATE TABLE places (
  id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, feature TEXT, iso3 TEXT,
  admin1 INTEGER, admin2 INTEGER, admin3 INTEGER, latitude INTEGER, longitude INTEGER, population INTEGER,
  seat INTEGER, priority INTEGER)
"""
NAMES = "CREATE TABLE names (name TEXT, place INTEGER, tier INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID"
META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"
CREDIT = "GeoNames (https://www.geonames.org), CC BY 4.0"
SHIPPED = Path(__file__).parent / "gazetteer.sqlite.gz"
_CHECKSUM_AT, _ID_AT, _LIBRARY_AT, _HEADER = 60, 68, 96, 100
_LIBRARY = (3_040_000).to_bytes(4, "big")  # SQLite's stamp of itself, made the same for all


class GazetteerError(DatelineError, RuntimeError):
    """The gazetteer, or what one is made from, is missing or wrong; the message says where and the remedy."""


def cache_folder() -> Path:
    """Where the gazetteer is unpacked: ``DATELINE_CACHE``, else the platform's cache folder."""
    if own := os.environ.get("DATELINE_CACHE"):
        return Path(own)
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "dateline"


def checksum(path: Path) -> int:
    """The CRC-32 of a gazetteer file, the four bytes that hold it counted as zeros."""
    with path.open("rb") as handle:
        head = bytearray(handle.read(_HEADER))
        head[_CHECKSUM_AT : _CHECKSUM_AT + 4] = bytes(4)
        crc = zlib.crc32(head)
        while block := handle.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc


def fault(path: Path) -> str | None:
    """What is wrong with a gazetteer file, by its header and its checksum; None when it is whole."""
    with path.open("rb") as handle:
        head = handle.read(_HEADER)
    if len(head) < _HEADER or not head.startswith(b"SQLite format 3\0"):
        return "no SQLite file"
    if head[_ID_AT : _ID_AT + 4] != APPLICATION_ID.to_bytes(4, "big"):
        return "an SQLite file, but no gazetteer of this version of Dateline"
    stored = int.from_bytes(head[_CHECKSUM_AT : _CHECKSUM_AT + 4], "big")
    found = checksum(path)
    return None if found == stored else f"checksum {found:08x} instead of {stored:08x}: it was cut off or changed"


def seal(path: Path) -> None:
    """Give a finished file its application id and its checksum."""
    with path.open("r+b") as handle:
        for at, content in ((_LIBRARY_AT, _LIBRARY), (_ID_AT, APPLICATION_ID.to_bytes(4, "big"))):
            handle.seek(at)
            handle.write(content)
    crc = checksum(path)
    with path.open("r+b") as handle:
        handle.seek(_CHECKSUM_AT)
        handle.write(crc.to_bytes(4, "big"))


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Write a gazetteer: yields a temporary path beside ``target``, which takes its place once it is sealed.

    Whatever fails in the body, ``target`` stays as it was and the temporary folder is removed.

    Raises:
        GazetteerError: the folder of ``target`` cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=".gazetteer-"))
    except OSError as error:
        raise GazetteerError(f"{target}: cannot be written ({error.strerror}); choose another folder") from error
    try:
        path = folder / "new.sqlite"
        yield path
        seal(path)
        path.replace(target)
    except sqlite3.Error as error:
        raise GazetteerError(f"{target}: cannot be written ({error}); is the disk full?") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpacked(packed: Path) -> Path | bytes:
    """The SQLite file of a packed gazetteer, unpacked once per content into the cache.

    Args:
        packed: a gzip file; the checksum and size at its end tell one content from another.

    Returns:
        The path of the unpacked file, whose checksum was found right; its content where the cache cannot be
        written, to be held in memory.

    Raises:
        GazetteerError: a missing or broken file.
    """
    try:
        with packed.open("rb") as handle:
            handle.seek(-8, os.SEEK_END)
            crc, size = struct.unpack("<II", handle.read(8))
        target = cache_folder() / f"gazetteer-{SCHEMA_VERSION}-{crc:08x}.sqlite"
        if _whole(target, size):
            return target
        content = gzip.decompress(packed.read_bytes())  # checks the checksum
    except (OSError, EOFError, zlib.error, struct.error) as error:
        raise GazetteerError(
            f"{packed}: missing or broken ({error}); reinstall dateline, or name another with --gazetteer"
        ) from error
    return target if _write(content, target) else content


def _whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size and fault(path) is None
    except OSError:
        return False


def _write(content: bytes, target: Path) -> bool:
    """Write to a temporary name and rename, so that other processes see all or nothing; False if that fails."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(target)
    except OSError:  # a full disk; on Windows, a file that another process has open
        return _whole(target, len(content))
    finally:
        Path(name).unlink(missing_ok=True)
    return True
