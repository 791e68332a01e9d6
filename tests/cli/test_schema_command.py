"""``dateline schema export|check|diff`` and ``dateline codebook``."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import commands
import polars as pl
import pytest
from dateline.schema import TABLES, json_schema, sample

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        return commands.run(arguments, capsys)

    return call


@pytest.mark.parametrize(("form", "ending"), [("jsonschema", "schema"), ("frictionless", "table"), ("arrow", "arrow")])
def test_export_writes_what_is_generated(run: Run, tmp_path: Path, root: Path, form: str, ending: str) -> None:
    assert run("schema", "export", "--format", form, "-o", tmp_path)[0] == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {f"{table}.{ending}.json" for table in TABLES}
    for name in names:
        assert (tmp_path / name).read_bytes() == (root / "schema" / "generated" / name).read_bytes()


def test_export_prints_one_and_several(run: Run) -> None:
    assert json.loads(run("schema", "export", "claims")[1])["title"] == "claims"
    assert set(json.loads(run("schema", "export", "claims", "events")[1])) == {"claims", "events"}
    assert "report" in json.loads(run("schema", "export", "report")[1])["$id"]
    assert run("schema", "export", "report", "--format", "arrow")[0] == 2


def test_check_reads_footer_and_types(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "places.parquet"
    frame = sample("places", 3, 1)

    def check(*options: str) -> tuple[int, str]:
        code, out, _ = run("schema", "check", path, *options)
        return code, out

    frame.write_parquet(path, metadata={"dateline.schema_version": "0.1.0"})
    assert check() == (0, f"{path}: fits schema 0.1.0\n")
    assert check("--schema-version", "0.1.0")[0] == 0
    assert check("--schema-version", "7.0.0")[0] == 2
    frame.with_columns(score=pl.lit(9.0)).write_parquet(path)
    assert check()[0] == 0, "rows are not read"
    frame.with_columns(pl.col("start").cast(pl.Int32)).write_parquet(path)
    code, out = check()
    assert code == 1 and "Int32, not Int64" in out
    frame.drop("name").write_parquet(path, metadata={"dateline.schema_version": "0.1.0"})
    assert check()[0] == 1
    frame.write_parquet(path, metadata={"dateline.schema_version": "0.0.1"})
    assert check()[0] == 3
    path.write_bytes(b"no Parquet")
    assert check()[0] == 4
    (tmp_path / "x.parquet").write_bytes(b"")
    assert run("schema", "check", tmp_path / "x.parquet")[0] == 4
    assert run("schema", "check", tmp_path / "none.parquet")[0] == 4


def write(path: Path, change: Callable[[dict[str, Any]], Any], version: str) -> Path:
    schema = json_schema("places") | {"version": version}
    change(schema)
    path.write_text(json.dumps(schema))
    return path


def test_diff_fails_when_the_step_is_too_small(run: Run, tmp_path: Path) -> None:
    old = write(tmp_path / "old.json", lambda s: None, "1.0.0")

    def new(change: Callable[[dict[str, Any]], Any], version: str) -> tuple[int, str]:
        code, out, _ = run("schema", "diff", old, write(tmp_path / "new.json", change, version))
        return code, out

    gone = lambda s: s["properties"].pop("score")  # noqa: E731
    code, out = new(gone, "1.1.0")
    assert code == 1
    assert (
        "breaking    places.score: the column is gone" in out
        and "needed is major, the declared one minor: too small" in out
    )
    assert new(gone, "2.0.0")[0] == 0
    assert new(lambda s: s["properties"]["score"].update(description="x"), "1.0.0")[0] == 1
    assert new(lambda s: s["properties"]["score"].update(description="x"), "1.0.1")[0] == 0
    assert new(lambda s: None, "1.0.0")[0] == 0
    assert new(lambda s: None, "0.9.0")[0] == 1


def test_diff_in_json(run: Run, tmp_path: Path) -> None:
    old, new = (write(tmp_path / f"{v}.json", lambda s: None, v) for v in ("1.0.0", "1.0.1"))
    code, out, _ = run("schema", "diff", old, new, "-o", "json")
    assert code == 0
    assert json.loads(out) == {
        "old": "1.0.0",
        "new": "1.0.1",
        "needed": "none",
        "declared": "patch",
        "enough": True,
        "changes": [],
    }


def test_diff_of_git_revisions(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "schema" / "generated"
    home.mkdir(parents=True)
    git: Sequence[str] = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    for number, version in enumerate(("1.0.0", "1.1.0")):
        write(home / "places.schema.json", lambda s, n=number: s["properties"].pop("score") if n else None, version)
        subprocess.run([*git, "add", "."], cwd=tmp_path, check=True)
        subprocess.run([*git, "commit", "-qm", version], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    code, out, _ = run("schema", "diff", "HEAD~1", "HEAD")
    assert code == 1
    assert "1.0.0 -> 1.1.0" in out and "places.score: the column is gone" in out
    code, _, err = run("schema", "diff", "no-such-revision", "HEAD")
    assert code == 2 and "no git revision" in err
    assert run("schema", "diff", "--", "--output=x", "HEAD")[0] == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "no json", '{"version": "1"}', '{"version": "1.0.0", "properties": {}}']
)
def test_diff_of_what_is_no_schema_is_a_usage_error(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    assert run("schema", "diff", tmp_path / "a.json", "current")[0] == 2
    assert run("schema", "diff", tmp_path / "none.json", "current")[0] == 4


def test_codebook(run: Run, tmp_path: Path, root: Path) -> None:
    assert run("codebook")[1] == (root / "docs" / "columns.md").read_text("utf-8")
    _, out, _ = run("codebook", "events", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["column"] for row in rows] == list(TABLES["events"].model_fields)
    assert all(row["meaning"] for row in rows)
    assert run("codebook", "places", "-o", tmp_path / "c.md")[0] == 0
    assert "# Columns" in (tmp_path / "c.md").read_text("utf-8")
    assert run("codebook", "nothing")[0] == 2
