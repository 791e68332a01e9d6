"""Write what is generated from the models: schemas, the codebook, docs/columns.md and docs/errors.md.

python -m dateline.schema.generate    (in the project's folder)
"""

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
from .versions import PREFIX, SUFFIX


def generated(root: Path) -> Iterator[tuple[Path, str]]:
    """Every generated file of the project in ``root``, with its content."""
    folder = root / "schema" / "generated"
    for table in TABLES:
        yield folder / f"{table}.schema.json", _json(json_schema(table))
        yield folder / f"{table}.table.json", _json(table_schema(table))
        yield folder / f"{table}.arrow.json", _json(arrow_json(table))
    yield folder / "report.schema.json", _json(report_schema())
    yield folder / f"{PREFIX}{SCHEMA_VERSION}{SUFFIX}", _json(bundle())
    yield folder / "codebook.csv", codebook_csv()
    yield folder / "codebook.md", columns_markdown()
    yield root / "docs" / "columns.md", columns_markdown()
    yield root / "docs" / "errors.md", errors_markdown()


def frozen(version: str, folder: Path) -> bool:
    """Whether a version was released, so that its schema must not change any more."""
    released = folder / "released.txt"
    return released.is_file() and version in released.read_text(encoding="utf-8").split()


def main(root: Path) -> int:
    """Write all generated files; CI checks that nothing changes.

    Args:
        root: the project's folder; not where the package is installed.

    Returns:
        1 when the schema of a released version would change: then the version has to be raised first.
    """
    folder = root / "schema" / "generated"
    kept = folder / f"{PREFIX}{SCHEMA_VERSION}{SUFFIX}"
    if frozen(SCHEMA_VERSION, folder) and kept.is_file():
        changes = compare(json.loads(kept.read_text(encoding="utf-8")), bundle()).changes
        if changes:
            print(f"schema {SCHEMA_VERSION} is released and would change: raise SCHEMA_VERSION", file=sys.stderr)
            return 1
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in generated(root):
        path.write_text(text, encoding="utf-8", newline="")
    return 0


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
