"""The fingerprint of everything that decides a row besides the text and the parser."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from .lexicon import BUILTIN, TABLES
from .rulebook import BUILTIN as RULES


def ruleset_version(overlays: Sequence[Path] = ()) -> str:
    """A short hash of all rules, dictionaries and decision tables, with the user's overlays."""
    digest = hashlib.sha256()
    for folder in (RULES, BUILTIN, TABLES, *overlays):
        for path in sorted((*folder.glob("*.toml"), *folder.glob("*.csv"))):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
