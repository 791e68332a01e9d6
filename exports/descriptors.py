"""What lies beside every export: a Frictionless Data Package and a Croissant description, with hashes.

Neither holds the time of writing, so the same run gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..schema.tables import FOREIGN_KEYS, PRIMARY_KEYS
from .columns import Column
from .formats import Resource
from .source import FinishedRun

TEMPLATES = Path(__file__).parent / "templates"
KEYWORDS = ["conflict", "event data", "ACLED", "news", "attribution", "claims"]
_CROISSANT = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_MEDIA = {"csv": "text/csv", "parquet": "application/x-parquet", "md": "text/markdown"}


@dataclass(frozen=True)
class About:
    """What the user says of the data set.

    Attributes:
        title: its title.
        licence: the address of its licence; the articles' words are their publishers'.
        creator: who made it.
        released: when it was published.
        version: the version of the data set.
    """

    title: str = ""
    licence: str = ""
    creator: str = ""
    released: date | None = None
    version: str = "1.0.0"


@dataclass(frozen=True)
class Sum:
    """A file's size in bytes and its SHA-256."""

    size: int
    sha256: str


def sum_file(path: Path) -> Sum:
    """Size and hash of a file."""
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return Sum(path.stat().st_size, digest)


def data_package(
    run: FinishedRun, resources: Sequence[Resource], others: Sequence[str], folder: Path, about: About, form: str
) -> dict[str, Any]:
    """The content of ``datapackage.json`` (Data Package and Table Schema, version 1).

    Args:
        run: where the data come from.
        resources: the data files.
        others: names of the files that document them.
        folder: where all of them lie.
        about: title, licence and so on.
        form: the export's format.
    """
    keyed = {resource.name for resource in resources}
    body: dict[str, Any] = {
        "profile": "data-package",
        "name": _slug(f"{run.name}-{form}"),
        "title": about.title or f"Conflict events coded from news: {run.name}",
        "description": description(run, form),
        "version": about.version,
        "keywords": KEYWORDS,
        "dateline:format": form,
        "dateline:run": dict(sorted(run.footer.items())),
    }
    if about.licence:
        body["licenses"] = [{"path": about.licence}]
    if about.creator:
        body["contributors"] = [{"title": about.creator, "role": "author"}]
    body["resources"] = [_tabular(resource, folder, keyed) for resource in resources]
    body["resources"] += [_plain(name, folder) for name in others]
    return body


def description(run: FinishedRun, form: str) -> str:
    """One sentence on what the data are and what made them."""
    made = f"dateline {run.footer.get('package_version', '?')} (rule set {run.footer.get('ruleset_version', '?')})"
    return (
        f"Conflict events and claims coded from news articles by {made}, exported as {form}. Event types follow "
        "ACLED's published codebook; the data are not ACLED's and ACLED does not endorse them."
    )


def _slug(text: str) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    return "-".join(part for part in kept.split("-") if part) or "dateline-export"


def _tabular(resource: Resource, folder: Path, tables: set[str]) -> dict[str, Any]:
    checked = sum_file(folder / resource.path)
    body: dict[str, Any] = {"name": resource.name, "path": resource.path}
    if resource.form == "csv":
        body |= {"profile": "tabular-data-resource", "encoding": resource.encoding}
    else:
        body["type"] = "file"  # Table Schema is of CSV; the columns stand in croissant.json and codebook.csv
    body |= {
        "format": resource.form,
        "mediatype": _MEDIA[resource.form],
        "bytes": checked.size,
        "hash": f"sha256:{checked.sha256}",
    }
    return body | ({"schema": _table_schema(resource, tables)} if resource.form == "csv" else {})


def _table_schema(resource: Resource, tables: set[str]) -> dict[str, Any]:
    """The Table Schema of a CSV file, with the keys to the tables that are exported with it."""
    fields = [{**column.field, "description": column.description} for column in resource.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    names = {column.name for column in resource.columns}
    if PRIMARY_KEYS.get(resource.name) in names:
        schema["primaryKey"] = [PRIMARY_KEYS[resource.name]]
    foreign = [
        {"fields": [column], "reference": {"resource": "" if other == resource.name else other, "fields": [key]}}
        for column, other, key in _references(resource, tables)
    ]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _references(resource: Resource, tables: set[str]) -> list[tuple[str, str, str]]:
    """Column, other table and its key, for the columns of one value that name rows of an exported table."""
    single = {column.name for column in resource.columns if column.field.get("type") == "string"}
    listed = {column.name for column in resource.columns if "joined" in column.meaning}
    return [
        (link.column, link.other, link.key)
        for link in FOREIGN_KEYS
        if link.table == resource.name and link.other in tables and link.column in single - listed
    ]


def _plain(name: str, folder: Path) -> dict[str, Any]:
    checked = sum_file(folder / name)
    stem, _, suffix = name.rpartition(".")
    return {
        "name": _slug(stem),
        "path": name,
        "format": suffix,
        "mediatype": _MEDIA[suffix],
        "encoding": "utf-8",
        "bytes": checked.size,
        "hash": f"sha256:{checked.sha256}",
    }


def croissant(run: FinishedRun, resources: Sequence[Resource], folder: Path, about: About, form: str) -> dict[str, Any]:
    """The content of ``croissant.json`` (Croissant 1.0, JSON-LD); arguments as of :func:`data_package`."""
    context = json.loads((TEMPLATES / "croissant_context.json").read_text(encoding="utf-8"))
    body: dict[str, Any] = {
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": _slug(f"{run.name}-{form}"),
        "description": description(run, form),
        "version": about.version,
        "keywords": KEYWORDS,
    }
    if about.title:
        body["alternateName"] = [about.title]
    if about.licence:
        body["license"] = about.licence
    if about.creator:
        body["creator"] = {"@type": "sc:Organization", "name": about.creator}
        body["citeAs"] = f"{about.creator}: {about.title or body['name']}. {body['description'].split('. ')[0]}."
    if about.released:
        body["datePublished"] = about.released.isoformat()
    body["distribution"] = [_file_object(resource, folder) for resource in resources]
    tables = {resource.name for resource in resources}
    body["recordSet"] = [_record_set(resource, tables) for resource in resources]
    return body


def _file_object(resource: Resource, folder: Path) -> dict[str, Any]:
    checked = sum_file(folder / resource.path)
    return {
        "@type": "cr:FileObject",
        "@id": resource.path,
        "name": resource.path,
        "description": f"The table {resource.name}, {resource.rows} rows.",
        "contentUrl": resource.path,
        "contentSize": f"{checked.size} B",
        "encodingFormat": _MEDIA[resource.form],
        "sha256": checked.sha256,
    }


def _record_set(resource: Resource, tables: set[str]) -> dict[str, Any]:
    body: dict[str, Any] = {"@type": "cr:RecordSet", "@id": resource.name, "name": resource.name}
    names = {column.name for column in resource.columns}
    key = PRIMARY_KEYS.get(resource.name)
    if key in names:
        body["key"] = {"@id": f"{resource.name}/{key}"}
    # readers order the record sets by these, so a table cannot refer to itself
    references = {c: f"{other}/{key}" for c, other, key in _references(resource, tables - {resource.name})}
    body["field"] = [_croissant_field(resource, column, references.get(column.name)) for column in resource.columns]
    return body


def _croissant_field(resource: Resource, column: Column, reference: str | None) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{resource.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _CROISSANT.get(column.kind, "sc:Text"),
        "source": {"fileObject": {"@id": resource.path}, "extract": {"column": column.name}},
    }
    if column.kind == "list":
        field["repeated"] = True
    return field | ({"references": {"field": {"@id": reference}}} if reference else {})
