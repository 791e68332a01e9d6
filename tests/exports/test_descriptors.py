from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import mlcroissant  # type: ignore[import-untyped,unused-ignore]
import polars as pl
import pytest
from dateline.exports.descriptors import About
from dateline.exports.exporting import export
from dateline.exports.formats import FORMATS, Options
from dateline.exports.source import open_run
from frictionless import Package, system

ABOUT = About("Test events", "https://creativecommons.org/licenses/by/4.0/", "Somebody", date(2024, 6, 1))


@pytest.fixture(params=list(FORMATS))
def exported(request: pytest.FixtureRequest, story: Path, tmp_path: Path) -> Path:
    out = tmp_path / str(request.param)
    export(open_run(story), request.param, out, ABOUT)
    return out


def test_frictionless_accepts_package_and_data(exported: Path) -> None:
    report = Package(str(exported / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(json.loads((exported / "datapackage.json").read_text("utf-8"))["resources"])


def test_every_file_is_described_with_its_hash(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text("utf-8"))
    named = {r["path"] for r in package["resources"]}
    assert named == {p.name for p in exported.iterdir()} - {"datapackage.json", "croissant.json"}
    for resource in package["resources"]:
        content = (exported / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        for field in resource.get("schema", {}).get("fields", ()):
            assert field["description"], field["name"]
    assert package["licenses"] == [{"path": ABOUT.licence}]
    assert package["dateline:run"]["ruleset_version"] == "abc123def456"


def test_frictionless_finds_a_changed_file(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(open_run(story), "datapackage", out)
    path = out / "claims.csv"
    path.write_text(path.read_text("utf-8").replace("denial", "rumour mill"), "utf-8")
    (out / "methods.md").write_text("changed", "utf-8")
    report = Package(str(out / "datapackage.json")).validate()
    found = {task.name: {error.type for error in task.errors} for task in report.tasks if not task.valid}
    assert found == {
        "claims": {"hash-count", "byte-count", "constraint-error"},
        "methods": {"hash-count", "byte-count"},
    }


def test_frictionless_checks_the_keys_between_tables(invented: Any, tmp_path: Path) -> None:
    tables = invented.story()
    tables["claims"][0]["article_id"] = "nowhere"
    out = tmp_path / "out"
    export(open_run(invented.write_run(tmp_path / "run", tables)), "datapackage", out)
    errors = Package(str(out / "datapackage.json")).validate().flatten(["type", "message"])
    assert any(kind == "foreign-key" and "nowhere" in message for kind, message in errors)


def test_excel_files_are_described_too(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(open_run(story), "flat", out, options=Options(excel=True))
    with system.use_context(trusted=True):
        report = Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_croissant_is_valid_and_reads_the_data(exported: Path) -> None:
    path = exported / "croissant.json"
    body = json.loads(path.read_text("utf-8"))
    assert body["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    issues = mlcroissant.Dataset(jsonld=str(path)).metadata.ctx.issues
    assert not issues.errors
    assert not issues.warnings
    names = [record_set["name"] for record_set in body["recordSet"]]
    for name in names if exported.name == "datapackage" else ["events"]:  # reading is slow, so all only once
        records = list(mlcroissant.Dataset(jsonld=str(path)).records(name))
        (source,) = (r for r in body["distribution"] if r["name"].split(".")[0] == name)
        file = exported / source["contentUrl"]
        want = pl.read_parquet(file) if file.suffix == ".parquet" else pl.read_csv(file, infer_schema=False)
        assert len(records) == want.height
        assert set(records[0]) == {f"{name}/{column}" for column in want.columns}
        assert hashlib.sha256(file.read_bytes()).hexdigest() == source["sha256"]


def test_croissant_values_are_the_tables(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(open_run(story), "acled-csv", out)
    records = list(mlcroissant.Dataset(jsonld=str(out / "croissant.json")).records("events"))
    found = {record["events/event_id_cnty"]: record for record in records}
    kaduna = found[b"NGA2"]
    assert (kaduna["events/location"], kaduna["events/fatalities"]) == (b"Kaduna", 0)
    assert str(kaduna["events/event_date"])[:10] == "2024-05-14"


def test_the_codebook_explains_every_exported_column(exported: Path) -> None:
    with (exported / "codebook.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    by_file: dict[str, list[str]] = {}
    for row in rows:
        by_file.setdefault(row["file"], []).append(row["column"])
        assert row["meaning"], row
    for name, columns in by_file.items():
        path = exported / name
        frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
        assert columns == frame.columns
    (status,) = (r for r in rows if (r["file"].split(".")[0], r["column"]) == ("events", "event_type"))
    assert "Battles" in status["values"].split(" | ")
