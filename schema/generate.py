"""Write what is generated from the models: schemas, the codebook, docs/columns.md and docs/errors.md."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .codebook import codebook_csv, columns_markdown
from .derive import TABLES, arrow_json, bundle, json_schema, table_schema
from .diff import compare
from .errors_doc import errors_markdown
from .report import report_schema
from .version import SCHEMA_VERSION
from .versions import FOLDER, PREFIX, SUFFIX

ROOT = Path(__file__).parents[1]
RELEASED = FOLDER / "released.txt"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with its content."""
    for table in TABLES:
        yield FOLDER / f"{table}.schema.json", _json(json_schema(table))
        yield FOLDER / f"{table}.table.json", _json(table_schema(table))
        yield FOLDER / f"{table}.arrow.json", _json(arrow_json(table))
    yield FOLDER / "report.schema.json", _json(report_schema())
    yield FOLDER / f"{PREFIX}{SCHEMA_VERSION}{SUFFIX}", _json(bundle())
    yield FOLDER / "codebook.csv", codebook_csv()
    yield FOLDER / "codebook.md", columns_markdown()
    yield ROOT / "docs" / "columns.md", columns_markdown()
    yield ROOT / "docs" / "errors.md", errors_markdown()


def frozen(version: str) -> bool:
    """Whether a version was released, so that its schema must not change any more."""
    return RELEASED.is_file() and version in RELEASED.read_text(encoding="utf-8").split()


def main() -> int:
    """Write all generated files; CI checks that nothing changes.

    Returns:
        1 when the schema of a released version would change: then the version has to be raised first.
    """
    kept = FOLDER / f"{PREFIX}{SCHEMA_VERSION}{SUFFIX}"
    if frozen(SCHEMA_VERSION) and kept.is_file():
        changes = compare(json.loads(kept.read_text(encoding="utf-8")), bundle()).changes
        if changes:
            print(f"schema {SCHEMA_VERSION} is released and would change: raise SCHEMA_VERSION", file=sys.stderr)
            return 1
    FOLDER.mkdir(exist_ok=True)
    for path, text in generated():
        path.write_text(text, encoding="utf-8", newline="")
    return 0


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
