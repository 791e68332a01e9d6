"""Whether a Parquet file's footer and column types fit a version of the schema, without reading its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from .parquet_input import VERSION_KEY
from .report import FileReport, problem
from .tables import TABLES, polars_schema
from .validation import reason
from .version import SCHEMA_VERSION
from .versions import kept

_SCALARS: dict[tuple[str, str | None], pl.DataType] = {
    ("string", "date"): pl.Date(),
    ("string", None): pl.String(),
    ("integer", None): pl.Int64(),
    ("number", None): pl.Float64(),
    ("boolean", None): pl.Boolean(),
}


def schema_types(schema: dict[str, Any]) -> dict[str, pl.DataType]:
    """The column types that a table's JSON Schema stands for."""
    return {name: _type(entry, schema) for name, entry in schema["properties"].items()}


def _type(entry: dict[str, Any], root: dict[str, Any]) -> pl.DataType:
    entry = next((arm for arm in entry.get("anyOf", ()) if arm.get("type") != "null"), entry)
    if "$ref" in entry:
        entry = root["$defs"][entry["$ref"].rsplit("/", 1)[-1]]
    if entry["type"] == "array":
        return pl.List(_type(entry["items"], root))
    if entry["type"] == "object":
        return pl.Struct({name: _type(part, root) for name, part in entry["properties"].items()})
    return _SCALARS[entry["type"], entry.get("format")]


def check_fit(path: Path, table: str | None = None, version: str | None = None) -> tuple[FileReport, str]:
    """Compare a Parquet file's footer and types with a version of the schema.

    Args:
        path: the file.
        table: its table, where its name does not tell.
        version: the version to fit; what the footer names, else this package's, when None.

    Returns:
        The verdict, and the version that it was held against.

    Raises:
        KeyError: the version is not kept.
    """
    try:
        stated = pl.read_parquet_metadata(path).get(VERSION_KEY)
        found = dict(pl.read_parquet_schema(path))
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        return _verdict(path, table, problem("unreadable", table, part=reason(error))), version or SCHEMA_VERSION
    name = table or path.name.split(".")[0]
    if name not in TABLES:
        return _verdict(path, None, problem("unknown-table", None)), version or SCHEMA_VERSION
    wanted = version or stated or SCHEMA_VERSION
    if wanted == SCHEMA_VERSION:
        types: dict[str, pl.DataType] = dict(polars_schema(name))
    elif version is not None:
        types = schema_types(kept(version)["$defs"][name])
    else:
        try:
            types = schema_types(kept(wanted)["$defs"][name])
        except KeyError:
            part = f"the file has schema {wanted!r:.40}, which is not kept here"
            return _verdict(path, name, problem("newer-schema", name, part=part)), wanted
    problems = _differences(name, found, types)
    if version is not None and stated is not None and stated != version:
        problems.insert(0, problem("bad-version", name, part=f"{stated!r:.40}, not {version}"))
    return _verdict(path, name, *problems), wanted


def _differences(table: str, found: dict[str, pl.DataType], types: dict[str, pl.DataType]) -> list[Any]:
    problems = [problem("missing-column", table, name) for name in types if name not in found]
    problems += [
        problem("wrong-type", table, name, part=f"{found[name]}, not {dtype}")
        for name, dtype in types.items()
        if name in found and found[name] != dtype
    ]
    return problems + [problem("unknown-column", table, name) for name in found if name not in types]


def _verdict(path: Path, table: str | None, *problems: Any) -> FileReport:
    return FileReport(path=str(path), table=table, problems=tuple(problems))
