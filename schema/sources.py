"""Where a schema to compare comes from: a file, a kept version, a git revision, or this package."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from .diff import NotASchema
from .jsonschema import bundle
from .tables import TABLES
from .versions import kept, kept_versions

CURRENT = "current"
_HOMES = ("schema/generated", "generated")


def load_schema(name: str) -> dict[str, Any]:
    """A JSON Schema by name.

    Args:
        name: a JSON file, ``current`` (this package), a kept version such as 0.1.0, or a git revision of the
            repository of the working folder.

    Raises:
        NotASchema: nothing of that name holds a schema.
        OSError: the file cannot be read.
    """
    path = Path(name)
    if name == CURRENT:
        return bundle()
    if path.is_file():
        return _parsed(path.read_bytes(), name)
    if name in kept_versions():
        return kept(name)
    if path.suffix == ".json":
        raise FileNotFoundError(2, "no such file", name)
    return _revision(name)


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise NotASchema(f"{name} is no JSON") from None
    if not isinstance(found, dict):
        raise NotASchema(f"{name} is no JSON Schema")
    return found


def _git(*arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _revision(name: str) -> dict[str, Any]:
    """The tables' schemas as a git revision has them."""
    commit = None
    if not name.startswith("-") and name.isprintable():
        commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        known = ", ".join((CURRENT, *kept_versions()))
        raise NotASchema(f"{name!r} is no file, no git revision of this folder, and none of {known}")
    revision = commit.decode().strip()
    for home in _HOMES:
        texts = {table: _git("show", f"{revision}:{home}/{table}.schema.json") for table in TABLES}
        found = {table: _parsed(text, f"{name}:{table}") for table, text in texts.items() if text is not None}
        if found:
            versions = {str(schema.get("version")) for schema in found.values()}
            if len(versions) > 1:
                raise NotASchema(f"{name} has tables of several versions: {', '.join(sorted(versions))}")
            return {"title": "dateline", "version": versions.pop(), "$defs": found}
    raise NotASchema(f"{name} has no schema in {' or '.join(_HOMES)}")
