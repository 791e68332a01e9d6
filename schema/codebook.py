"""The codebook: every column and vocabulary, as records, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from .kinds import columns
from .tables import TABLES
from .version import SCHEMA_VERSION
from .vocabulary import load_vocabulary


def column_rows(table: str) -> Iterator[dict[str, str]]:
    """One record per column: table, column, type, null, unit, meaning, example, vocabulary."""
    for name, kind, field in columns(TABLES[table]):
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        yield {
            "table": table,
            "column": name,
            "type": kind.type_name,
            "null": str(extra.get("null", "")) if kind.nullable else "never",
            "unit": str(extra.get("unit", "")),
            "meaning": field.description or "",
            "example": json.dumps((field.examples or [""])[0], ensure_ascii=False, default=str).strip('"'),
            "vocabulary": kind.vocabulary or "",
        }


def codebook_csv(tables: Iterable[str] = tuple(TABLES)) -> str:
    """All columns as CSV, one line each."""
    rows = [row for table in tables for row in column_rows(table)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def columns_markdown(tables: Iterable[str] = tuple(TABLES)) -> str:
    """Tables, columns and the vocabularies that they use, as Markdown."""
    chosen = list(tables)
    lines = ["# Columns", "", f"Schema {SCHEMA_VERSION}. Generated from the models in `schema/`; do not edit.", ""]
    for table in chosen:
        lines += [f"## {table}", "", (TABLES[table].__doc__ or "").strip().splitlines()[0], ""]
        lines += ["| column | type | meaning | null means | unit | example |", "|---|---|---|---|---|---|"]
        lines += [_line(row) for row in column_rows(table)]
        lines.append("")
    lines += ["# Vocabularies", ""]
    for name in sorted({row["vocabulary"] for table in chosen for row in column_rows(table)} - {""}):
        terms = load_vocabulary(name)
        lines += [f"## {name}", "", "| value | meaning |", "|---|---|"]
        lines += [f"| `{value}` | {cell(terms[value].definition)} |" for value in terms]
        lines.append("")
    return "\n".join(lines)


def cell(text: str) -> str:
    """A text inside a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def _line(row: dict[str, str]) -> str:
    meaning = row["meaning"] + (f" ([{row['vocabulary']}](#{row['vocabulary']}))" if row["vocabulary"] else "")
    cells = (f"`{row['column']}`", row["type"], meaning, row["null"], row["unit"], f"`{row['example']}`")
    return "| " + " | ".join(cell(text) for text in cells) + " |"
