"""What a row is: models, vocabularies, and all that follows from them. Knows nothing of coding."""

from .derive import TABLES, columns_markdown, json_schema, polars_schema
from .report import Problem, Report
from .validate import validate
from .version import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Problem",
    "Report",
    "columns_markdown",
    "json_schema",
    "polars_schema",
    "validate",
]
