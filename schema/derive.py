"""What follows from the models, under one name; nothing of it is written twice.

Column types (``tables``), vectorised checks (``checks``), JSON Schema, Arrow and Frictionless schemas and the
codebook all walk the models' annotations through ``kinds``; an annotation that cannot be derived raises there.
"""

from __future__ import annotations

from .arrow import arrow_json, arrow_schema
from .checks import Check, checks
from .codebook import codebook_csv, column_rows, columns_markdown
from .frictionless import table_schema
from .jsonschema import bundle, json_schema
from .kinds import DerivationError, Kind, columns, take_apart
from .tables import FOREIGN_KEYS, PRIMARY_KEYS, TABLES, polars_schema, polars_type

__all__ = [
    "FOREIGN_KEYS",
    "PRIMARY_KEYS",
    "TABLES",
    "Check",
    "DerivationError",
    "Kind",
    "arrow_json",
    "arrow_schema",
    "bundle",
    "checks",
    "codebook_csv",
    "column_rows",
    "columns",
    "columns_markdown",
    "json_schema",
    "polars_schema",
    "polars_type",
    "table_schema",
    "take_apart",
]
