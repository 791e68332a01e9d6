"""What is generated is current, and every derived form says the same of the same rows."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import dateline
import jsonschema
import polars as pl
import pytest
from dateline.exports.parquet import write_table
from dateline.schema import TABLES, arrow_schema, json_schema, polars_schema, sample, table_schema
from dateline.schema.fit import schema_types
from dateline.schema.generate import generated, main
from dateline.schema.report import codes
from dateline.schema.rules import row_rules, table_rules
from dateline.schema.sample import sample_run
from dateline.schema.version import SCHEMA_VERSION


def test_generated_files_are_current(root: Path) -> None:
    stale = [str(path) for path, text in generated(root) if not path.is_file() or path.read_bytes() != text.encode()]
    assert stale == [], "run python -m dateline.schema.generate"


def test_nothing_else_lies_among_the_generated_files(root: Path) -> None:
    known = {path.name for path, _ in generated(root)} | {"released.txt"}
    found = {path.name for path in (root / "schema" / "generated").iterdir()}
    assert {name for name in found - known if not re.fullmatch(r"dateline-[\d.]+\.bundle\.json", name)} == set()


def test_a_released_version_does_not_change(tmp_path: Path) -> None:
    folder = tmp_path / "schema" / "generated"
    folder.mkdir(parents=True)
    (folder / "released.txt").write_text(f"{SCHEMA_VERSION}\n")
    (tmp_path / "docs").mkdir()
    assert main(tmp_path) == 0
    bundle = folder / f"dateline-{SCHEMA_VERSION}.bundle.json"
    changed = json.loads(bundle.read_text("utf-8"))
    changed["$defs"]["places"]["properties"]["score"]["description"] = "something else"
    bundle.write_text(json.dumps(changed))
    assert main(tmp_path) == 1


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(row, default=lambda day: day.isoformat() if isinstance(day, date) else str(day)))


@pytest.mark.parametrize("table", TABLES)
def test_the_json_schema_accepts_valid_rows_and_refuses_broken_ones(table: str) -> None:
    schema = json_schema(table)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{SCHEMA_VERSION}/{table}.schema.json")
    judge = jsonschema.Draft202012Validator(schema)
    rng = random.Random(1)
    for row in map(plain, sample(table, 40, 3).to_dicts()):
        judge.validate(row)
        name = rng.choice(list(row))
        assert not judge.is_valid({key: value for key, value in row.items() if key != name})
        assert not judge.is_valid(row | {"more": 1})
        assert not judge.is_valid(row | {name: {"no": "column"}})


@pytest.mark.parametrize("table", TABLES)
def test_all_forms_name_the_same_columns_and_types(table: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    names = polars_schema(table).names()
    frictionless = table_schema(table)["fields"]
    assert [field["name"] for field in frictionless] == names
    assert list(json_schema(table)["properties"]) == names
    assert pl.Schema(schema_types(json_schema(table))) == polars_schema(table)
    arrow = arrow_schema(table)
    assert pl.DataFrame(arrow.empty_table()).schema == polars_schema(table)
    for field, entry in zip(arrow, frictionless, strict=True):
        assert field.nullable is not entry.get("constraints", {}).get("required", False), field.name
        assert field.metadata[b"description"].decode() == entry["description"]
    write_table(sample(table, 5, 1), table, tmp_path / "t.parquet", {"dateline.schema_version": SCHEMA_VERSION})
    written = parquet.read_schema(tmp_path / "t.parquet")
    assert [(f.name, f.type) for f in written] == [(f.name, f.type) for f in _nullable(arrow)]


def _nullable(schema: Any) -> Any:
    """The schema as Polars writes it: everything may be null."""
    return pl.DataFrame(schema.empty_table()).to_arrow(compat_level=pl.CompatLevel.oldest()).schema


def test_foreign_keys_name_columns_that_exist() -> None:
    for table in TABLES:
        for key in table_schema(table).get("foreignKeys", []):
            other = key["reference"]["resource"] or table
            assert key["reference"]["fields"][0] in TABLES[other].model_fields
            assert key["fields"][0] in TABLES[table].model_fields


def test_every_rule_has_words_and_every_word_a_place(root: Path) -> None:
    used = {rule.code for table in TABLES for rule in row_rules(table)} | {rule.code for rule in table_rules()}
    assert used <= set(codes())
    assert {code.code for code in codes().values() if code.group in ("row", "table")} == used
    page = (root / "docs" / "errors.md").read_text("utf-8")
    for code in codes().values():
        assert f"### {code.code}\n" in page
        assert all((code.meaning, code.message, code.remedy, code.example)), code.code
    source = "".join(path.read_text("utf-8") for path in (root / "schema").glob("*.py"))
    assert [code for code in codes() if f'"{code}"' not in source] == []


def test_a_whole_sample_run_is_valid(tmp_path: Path) -> None:
    for table, frame in sample_run(50, 3).items():
        write_table(frame, table, tmp_path / f"{table}.parquet", {"dateline.schema_version": SCHEMA_VERSION})
    report = dateline.validate(tmp_path)
    assert report.ok, str(report)
    assert report.rows == 250
