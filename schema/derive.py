"""What follows from the models: column types, vectorised checks, JSON Schema, the table of columns.

Nothing of this is written twice: every function walks the models' annotations. An annotation that cannot be
derived raises, so a new kind of field cannot slip past a check.
"""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin

import annotated_types as at
import polars as pl
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.functional_validators import AfterValidator

from .article import Article
from .attribution import Attribution
from .claim import Claim
from .event import Event
from .fields import Record, Vocabulary
from .place import Place
from .version import SCHEMA_ID, SCHEMA_VERSION
from .vocabulary import load_vocabulary

TABLES: dict[str, type[Record]] = {
    "articles": Article,
    "claims": Claim,
    "attributions": Attribution,
    "places": Place,
    "events": Event,
}
_SCALARS: dict[Any, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    date: pl.Date(),
}


class DerivationError(TypeError):
    """An annotation of a model has no rule here; add one, or use a kind of fields.py."""


@dataclass(frozen=True)
class Kind:
    """An annotation taken apart: its base type, whether null is allowed, and its constraints."""

    base: Any
    nullable: bool
    constraints: tuple[Any, ...]


def columns(model: type[BaseModel]) -> Iterator[tuple[str, Kind, FieldInfo]]:
    """The columns of a model in order, each with its kind."""
    hints = {name: _raw_annotation(model, name) for name in model.model_fields}
    for name, field in model.model_fields.items():
        yield name, take_apart(hints[name]), field


def _raw_annotation(model: type[BaseModel], name: str) -> Any:
    from typing import get_type_hints

    for owner in model.__mro__:
        if name in owner.__dict__.get("__annotations__", {}):
            return get_type_hints(owner, include_extras=True)[name]
    raise DerivationError(f"{model.__name__}.{name} has no annotation")


def take_apart(annotation: Any) -> Kind:
    """Base type, nullability and constraints of an annotation.

    Raises:
        DerivationError: for a union of anything but a kind and None, and for unknown constraints.
    """
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        if len(arms) != 1:
            raise DerivationError(f"{annotation} is a union of several types")
        inner = take_apart(arms[0])
        return Kind(inner.base, True, inner.constraints)
    if origin is Annotated:
        base, *extra = get_args(annotation)
        inner = take_apart(base)
        return Kind(inner.base, inner.nullable, inner.constraints + tuple(_constraints(extra)))
    return Kind(annotation, False, ())


def _constraints(extra: list[Any]) -> Iterator[Any]:
    for item in extra:
        if isinstance(item, FieldInfo):
            yield from _constraints(list(item.metadata))
        elif isinstance(item, Vocabulary | at.Ge | at.Le | at.MinLen) or getattr(item, "pattern", None):
            yield item
        elif not isinstance(item, AfterValidator):
            raise DerivationError(f"constraint {item!r} cannot be derived")


def polars_type(kind: Kind) -> pl.DataType:
    """The column type of a kind."""
    if kind.base in _SCALARS:
        return _SCALARS[kind.base]
    if get_origin(kind.base) is list:
        return pl.List(polars_type(take_apart(get_args(kind.base)[0])))
    if isinstance(kind.base, type) and issubclass(kind.base, BaseModel):
        return pl.Struct({name: polars_type(inner) for name, inner, _ in columns(kind.base)})
    raise DerivationError(f"{kind.base} has no column type")


def polars_schema(table: str) -> pl.Schema:
    """The Polars schema of a table, derived from its model.

    Args:
        table: one of :data:`TABLES`.
    """
    return pl.Schema({name: polars_type(kind) for name, kind, _ in columns(TABLES[table])})


@dataclass(frozen=True)
class Check:
    """A vectorised check: ``bad`` is true where the value is wrong."""

    column: str
    code: str
    bad: pl.Expr
    expected: str


def checks(table: str) -> Iterator[Check]:
    """The vectorised checks of a table, equal to what Pydantic checks row by row."""
    for name, kind, _ in columns(TABLES[table]):
        for code, bad, expected in _bad(pl.col(name), kind):
            yield Check(name, code, bad.fill_null(False), expected)


def _bad(value: pl.Expr, kind: Kind) -> Iterator[tuple[str, pl.Expr, str]]:
    if not kind.nullable:
        yield "null", value.is_null(), "a value; null is not allowed"
    if kind.base is float:
        yield "range", value.is_nan() | value.is_infinite(), "a finite number"
    for constraint in kind.constraints:
        yield _constraint(value, constraint)
    if get_origin(kind.base) is list:
        inner = take_apart(get_args(kind.base)[0])
        for code, bad, expected in _bad(pl.element(), inner):
            yield code, value.list.eval(bad.fill_null(False)).list.any(), f"in each element: {expected}"
    elif isinstance(kind.base, type) and issubclass(kind.base, BaseModel):
        for name, inner, _ in columns(kind.base):
            for code, bad, expected in _bad(value.struct.field(name), inner):
                yield code, bad, f"{name}: {expected}"


def _constraint(value: pl.Expr, constraint: Any) -> tuple[str, pl.Expr, str]:
    if isinstance(constraint, Vocabulary):
        terms = list(load_vocabulary(constraint.name))
        shown = ", ".join(terms) if len(terms) <= 12 else f"one of the {len(terms)} values of {constraint.name}"
        return "vocabulary", ~value.is_in(terms), shown
    if isinstance(constraint, at.Ge):
        return "range", value < pl.lit(constraint.ge), f"at least {constraint.ge}"
    if isinstance(constraint, at.Le):
        return "range", value > pl.lit(constraint.le), f"at most {constraint.le}"
    if isinstance(constraint, at.MinLen):
        return "empty", value.str.len_bytes() < constraint.min_length, "a text that is not empty; use null"
    return "pattern", ~value.str.contains(constraint.pattern), f"a text like {constraint.pattern}"


def json_schema(table: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one row of a table, with the vocabularies as enumerations."""
    schema = TABLES[table].model_json_schema(mode="validation")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{SCHEMA_ID}/{SCHEMA_VERSION}/{table}.schema.json",
        "version": SCHEMA_VERSION,
    }
    body = {"title": table, **{key: value for key, value in schema.items() if key != "title"}}
    _enumerate(body, TABLES[table])
    return head | body


def _enumerate(body: dict[str, Any], model: type[BaseModel]) -> None:
    """Put the vocabularies' values into a model's properties, and into those of the models inside it."""
    for name, kind, _ in columns(model):
        entry = body["properties"][name]
        entry.pop("title", None)
        target = next((arm for arm in entry.get("anyOf", ()) if arm.get("type") != "null"), entry)
        while get_origin(kind.base) is list:
            target, kind = target["items"], take_apart(get_args(kind.base)[0])
        for constraint in kind.constraints:
            if isinstance(constraint, Vocabulary):
                target["enum"] = list(load_vocabulary(constraint.name))
        if isinstance(kind.base, type) and issubclass(kind.base, BaseModel):
            definition = body["$defs"][kind.base.__name__]
            _enumerate(definition, kind.base)


def column_rows(table: str) -> Iterator[dict[str, str]]:
    """One record per column: table, column, type, null, unit, meaning, example, vocabulary."""
    for name, kind, field in columns(TABLES[table]):
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        inner = take_apart(get_args(kind.base)[0]) if get_origin(kind.base) is list else kind
        vocabulary = next((c.name for c in inner.constraints if isinstance(c, Vocabulary)), "")
        yield {
            "table": table,
            "column": name,
            "type": _type_name(kind.base),
            "null": str(extra.get("null", "")) if kind.nullable else "never",
            "unit": str(extra.get("unit", "")),
            "meaning": field.description or "",
            "example": json.dumps((field.examples or [""])[0], ensure_ascii=False, default=str).strip('"'),
            "vocabulary": vocabulary,
        }


def _type_name(base: Any) -> str:
    if get_origin(base) is list:
        return f"list of {_type_name(take_apart(get_args(base)[0]).base)}"
    names = {str: "text", int: "integer", float: "number", bool: "boolean", date: "date"}
    return names.get(base, getattr(base, "__name__", str(base)))


def columns_markdown() -> str:
    """All tables and columns as Markdown."""
    lines = [
        "# Columns",
        "",
        f"Schema {SCHEMA_VERSION}. Generated from the models in `schema/`; do not edit.",
        "",
    ]
    for table, model in TABLES.items():
        lines += [f"## {table}", "", (model.__doc__ or "").strip().splitlines()[0], ""]
        lines += ["| column | type | meaning | null means | unit | example |", "|---|---|---|---|---|---|"]
        for row in column_rows(table):
            meaning = row["meaning"] + (f" ([{row['vocabulary']}](#{row['vocabulary']}))" if row["vocabulary"] else "")
            cells = (
                f"`{row['column']}`",
                row["type"],
                meaning,
                row["null"],
                row["unit"],
                f"`{row['example']}`",
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    lines += ["# Vocabularies", ""]
    used = sorted({row["vocabulary"] for table in TABLES for row in column_rows(table)} - {""})
    for name in used:
        lines += [f"## {name}", "", "| value | meaning |", "|---|---|"]
        terms = load_vocabulary(name)
        lines += [f"| `{value}` | {terms[value].definition} |" for value in terms]
        lines.append("")
    return "\n".join(lines)
