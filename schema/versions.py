"""The schema's versions: which are kept, and what each of them held."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .tables import TABLES

FOLDER = Path(__file__).parent / "generated"
PREFIX = "dateline-"
SUFFIX = ".bundle.json"


def kept_versions() -> tuple[str, ...]:
    """The versions whose schema is kept in ``generated/``, oldest first."""
    names = [path.name[len(PREFIX) : -len(SUFFIX)] for path in FOLDER.glob(f"{PREFIX}*{SUFFIX}")]
    return tuple(sorted(names, key=lambda name: tuple(map(int, name.split(".")))))


@cache
def kept(version: str) -> dict[str, Any]:
    """The schema of a kept version, all tables in one.

    Raises:
        KeyError: no such version is kept.
    """
    if version not in kept_versions():
        raise KeyError(f"schema {version} is not kept; there are {', '.join(kept_versions())}")
    found: dict[str, Any] = json.loads((FOLDER / f"{PREFIX}{version}{SUFFIX}").read_text(encoding="utf-8"))
    return found


def columns_since(table: str, version: str | None) -> frozenset[str]:
    """The columns that a file of an older version need not have, because the schema got them later."""
    if version is None or version not in kept_versions():
        return frozenset()
    old = kept(version)["$defs"].get(table, {}).get("properties", {})
    return frozenset(name for name in TABLES[table].model_fields if name not in old)
