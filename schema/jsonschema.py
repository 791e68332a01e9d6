"""JSON Schema (draft 2020-12) of the tables, with the vocabularies as enumerations."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from .fields import Vocabulary
from .kinds import columns
from .tables import TABLES
from .version import SCHEMA_ID, SCHEMA_VERSION
from .vocabulary import load_vocabulary

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(table: str) -> dict[str, Any]:
    """The JSON Schema of one row of a table.

    Args:
        table: one of ``TABLES``.

    Returns:
        A schema with its own ``$id`` and ``version`` (SemVer of the schema, not of the package).
    """
    schema = TABLES[table].model_json_schema(mode="validation")
    body = {"title": table, **{key: value for key, value in schema.items() if key != "title"}}
    _enumerate(body, body, TABLES[table])
    return _head(table) | body


def bundle() -> dict[str, Any]:
    """All tables in one schema: what is kept of every released version, and what ``schema diff`` compares."""
    tables = {table: json_schema(table) for table in TABLES}
    for schema in tables.values():
        schema.pop("$schema")
    return _head("dateline") | {"title": "dateline", "$defs": tables}


def _head(name: str) -> dict[str, Any]:
    return {"$schema": DRAFT, "$id": f"{SCHEMA_ID}/{SCHEMA_VERSION}/{name}.schema.json", "version": SCHEMA_VERSION}


def _enumerate(body: dict[str, Any], root: dict[str, Any], model: type[BaseModel]) -> None:
    """Put the vocabularies' values into a model's properties, and into those of the models inside it."""
    for name, kind, _ in columns(model):
        entry = body["properties"][name]
        entry.pop("title", None)
        target = next((arm for arm in entry.get("anyOf", ()) if arm.get("type") != "null"), entry)
        while kind.element:
            target, kind = target["items"], kind.element
        for constraint in kind.constraints:
            if isinstance(constraint, Vocabulary):
                target["enum"] = list(load_vocabulary(constraint.name))
        if kind.model:
            _enumerate(root["$defs"][kind.model.__name__], root, kind.model)
