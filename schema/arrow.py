"""Arrow schema of the tables, in Arrow's own JSON form; ``pyarrow`` is needed only for the object."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from .kinds import Kind, columns
from .tables import TABLES
from .version import SCHEMA_VERSION

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped,unused-ignore]

_TYPES: dict[Any, dict[str, Any]] = {
    str: {"name": "largeutf8"},
    int: {"name": "int", "bitWidth": 64, "isSigned": True},
    float: {"name": "floatingpoint", "precision": "DOUBLE"},
    bool: {"name": "bool"},
    date: {"name": "date", "unit": "DAY"},
}


def arrow_json(table: str) -> dict[str, Any]:
    """The Arrow schema of a table in the JSON form of Arrow's integration tests.

    Args:
        table: one of ``TABLES``.

    Returns:
        ``{"fields": [...], "metadata": [...]}``, each field with name, nullable, type, children and, as metadata,
        its description, unit and vocabulary.
    """
    fields = [_field(name, kind) | {"metadata": _metadata(kind, info)} for name, kind, info in columns(TABLES[table])]
    return {"fields": fields, "metadata": [{"key": "dateline.schema_version", "value": SCHEMA_VERSION}]}


def _field(name: str, kind: Kind) -> dict[str, Any]:
    if kind.element:
        inner = [_field("item", kind.element)]
        return {"name": name, "nullable": kind.nullable, "type": {"name": "largelist"}, "children": inner}
    if kind.model:
        inner = [_field(name, part) for name, part, _ in columns(kind.model)]
        return {"name": name, "nullable": kind.nullable, "type": {"name": "struct"}, "children": inner}
    return {"name": name, "nullable": kind.nullable, "type": _TYPES[kind.base], "children": []}


def _metadata(kind: Kind, info: Any) -> list[dict[str, str]]:
    found = {"description": info.description, "unit": (info.json_schema_extra or {}).get("unit")}
    found["vocabulary"] = kind.vocabulary
    return [{"key": key, "value": str(value)} for key, value in found.items() if value]


def arrow_schema(table: str) -> pyarrow.Schema:
    """The Arrow schema of a table as an object.

    Args:
        table: one of ``TABLES``.

    Raises:
        ImportError: ``pyarrow`` is not installed.
    """
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    content = arrow_json(table)
    return pa.schema([_object(pa, field) for field in content["fields"]], metadata=_pairs(content["metadata"]))


def _object(pa: Any, field: dict[str, Any]) -> Any:
    children = [_object(pa, child) for child in field["children"]]
    name = field["type"]["name"]
    if name == "largelist":
        kind = pa.large_list(children[0])
    elif name == "struct":
        kind = pa.struct(children)
    else:
        kind = {"largeutf8": pa.large_string(), "int": pa.int64(), "floatingpoint": pa.float64(), "bool": pa.bool_(),
                "date": pa.date32()}[name]  # fmt: skip
    return pa.field(field["name"], kind, nullable=field["nullable"], metadata=_pairs(field.get("metadata", [])))


def _pairs(metadata: list[dict[str, str]]) -> dict[str, str]:
    return {item["key"]: item["value"] for item in metadata}
