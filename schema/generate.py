"""Write what is generated from the models: JSON Schemas, the codebook as CSV, docs/columns.md."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from .derive import TABLES, column_rows, columns_markdown, json_schema

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write ``schema/generated/`` and ``docs/columns.md``; CI checks that nothing changes."""
    folder = ROOT / "schema" / "generated"
    folder.mkdir(exist_ok=True)
    for table in TABLES:
        text = json.dumps(json_schema(table), indent=2, ensure_ascii=False) + "\n"
        (folder / f"{table}.schema.json").write_text(text, encoding="utf-8")
    rows = [row for table in TABLES for row in column_rows(table)]
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (ROOT / "docs" / "columns.md").write_text(columns_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
