"""What a row is: models, vocabularies, and all that follows from them. Knows nothing of coding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .derive import TABLES, arrow_schema, columns_markdown, json_schema, polars_schema, table_schema
from .version import SCHEMA_VERSION

if TYPE_CHECKING:
    from .report import Problem, Report
    from .sample import sample
    from .validation import validate

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Problem",
    "Report",
    "arrow_schema",
    "columns_markdown",
    "json_schema",
    "polars_schema",
    "sample",
    "table_schema",
    "validate",
]

# Writers of tables need none of these, so they are imported when asked for.
_HOMES = {"Problem": ".report", "Report": ".report", "sample": ".sample", "validate": ".validation"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = found  # the submodule of the same name must not stand in its place
    return found
