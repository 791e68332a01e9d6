"""The gazetteer's file: its schema, and its unpacking into a cache that all processes share."""

from __future__ import annotations

import gzip
import os
import struct
import sys
import tempfile
import zlib
from pathlib import Path

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE places (
  id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, feature TEXT, iso3 TEXT,
  admin1 INTEGER, admin2 INTEGER, latitude INTEGER, longitude INTEGER, population INTEGER, seat INTEGER);
CREATE TABLE names (name TEXT, place INTEGER, tier INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
SHIPPED = Path(__file__).parent / "gazetteer.sqlite.gz"


class GazetteerError(RuntimeError):
    """The gazetteer is missing, broken or cannot be unpacked; the message says the remedy."""


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


def unpacked(packed: Path) -> Path:
    """The SQLite file of a packed gazetteer, unpacked once per content into the cache.

    Args:
        packed: a gzip file; the checksum and size at its end tell one content from another.

    Returns:
        The path of the unpacked file, whose size is the expected one.

    Raises:
        GazetteerError: missing or broken file, or a cache that cannot be written.
    """
    try:
        with packed.open("rb") as handle:
            handle.seek(-8, os.SEEK_END)
            crc, size = struct.unpack("<II", handle.read(8))
        target = cache_folder() / f"gazetteer-{SCHEMA_VERSION}-{crc:08x}.sqlite"
        if target.is_file() and target.stat().st_size == size:
            return target
        content = gzip.decompress(packed.read_bytes())  # checks the checksum
    except (OSError, EOFError, zlib.error) as error:
        raise GazetteerError(
            f"{packed}: missing or broken ({error}); reinstall dateline, or name another with --gazetteer"
        ) from error
    _write(content, target)
    return target


def _write(content: bytes, target: Path) -> None:
    """Write to a temporary name and rename, so that other processes see all or nothing."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"{target}: the gazetteer cannot be unpacked there ({error.strerror}); make the folder writable "
            f"or set DATELINE_CACHE to a folder with {len(content) >> 20} MB free"
        ) from error
