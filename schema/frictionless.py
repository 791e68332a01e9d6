"""Frictionless Table Schema of the tables, for spreadsheets, Data Packages and catalogues."""

from __future__ import annotations

from datetime import date
from typing import Any

import annotated_types as at

from .fields import Vocabulary
from .kinds import Kind, columns
from .tables import FOREIGN_KEYS, PRIMARY_KEYS, TABLES
from .version import SCHEMA_ID, SCHEMA_VERSION
from .vocabulary import load_vocabulary

_TYPES: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", date: "date"}


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema (Frictionless standards, version 1) of a table.

    Args:
        table: one of ``TABLES``.
    """
    schema: dict[str, Any] = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "id": f"{SCHEMA_ID}/{SCHEMA_VERSION}/{table}.table.json",
        "version": SCHEMA_VERSION,
        "missingValues": [""],
        "fields": [_field(name, kind, info) for name, kind, info in columns(TABLES[table])],
    }
    if table in PRIMARY_KEYS:
        schema["primaryKey"] = [PRIMARY_KEYS[table]]
    kinds = {name: kind for name, kind, _ in columns(TABLES[table])}
    keys = [key for key in FOREIGN_KEYS if key.table == table and not kinds[key.column].element]
    if keys:
        schema["foreignKeys"] = [
            {"fields": [key.column],
             "reference": {"resource": "" if key.other == table else key.other, "fields": [key.key]}}
            for key in keys
        ]  # fmt: skip
    return schema


def _field(name: str, kind: Kind, info: Any) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": "array" if kind.element else _TYPES.get(kind.base, "object")}
    field["description"] = info.description or ""
    if info.examples and not kind.element:
        field["example"] = info.examples[0].isoformat() if isinstance(info.examples[0], date) else info.examples[0]
    field |= {key: text for key, text in (info.json_schema_extra or {}).items() if key == "unit"}
    rules: dict[str, Any] = {} if kind.nullable else {"required": True}
    for constraint in kind.constraints:
        rules |= _constraint(constraint)
    return field | ({"constraints": rules} if rules else {})


def _constraint(constraint: Any) -> dict[str, Any]:
    if isinstance(constraint, Vocabulary):
        return {"enum": list(load_vocabulary(constraint.name))}
    if isinstance(constraint, at.Ge):
        return {"minimum": _plain(constraint.ge)}
    if isinstance(constraint, at.Le):
        return {"maximum": _plain(constraint.le)}
    if isinstance(constraint, at.MinLen):
        return {"minLength": constraint.min_length}
    if isinstance(constraint, at.MaxLen):
        return {"maxLength": constraint.max_length}
    return {"pattern": constraint.pattern}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
