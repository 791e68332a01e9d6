"""The GitHub Action's script and the pre-commit hooks, as their hosts run them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import dateline
import pytest
from dateline.schema import TABLES, sample

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def script(root: Path) -> str:
    text = (root / "action.yml").read_text("utf-8")
    assert "${{" not in text.split("run: |")[-1], "inputs must come in as environment variables"
    return textwrap.dedent(text.split("run: |\n")[-1])


def act(script: str, tmp_path: Path, files: str, **options: str) -> tuple[int, str, str]:
    tools = tmp_path / "bin"
    tools.mkdir(exist_ok=True)
    (tools / "dateline").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dateline "$@"\n')
    (tools / "dateline").chmod(0o755)
    given = {
        "FORM": "dateline",
        "TABLE": "",
        "OUTPUT": "github",
        "REPORT": "",
        "SELECT": "",
        "IGNORE": "",
        "MAX_ERRORS": "9",
    }
    output = tmp_path / "output.txt"
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, **given, **options, "FILES": files, "GITHUB_OUTPUT": str(output), "PATH": path}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True)
    return done.returncode, done.stdout, output.read_text() if output.exists() else done.stderr


def test_the_action_annotates_and_fails(script: str, tmp_path: Path) -> None:
    code, out, said = act(script, tmp_path, f"{FIXTURES}/valid/claims.nd*\n{FIXTURES}/invalid/year/events.ndjson\n")
    assert (code, said) == (1, "exit-code=1\n")
    assert "::error file=" in out and "2 files, 7 rows" in out


def test_the_action_passes_writes_a_report_and_runs_nothing_of_its_inputs(script: str, tmp_path: Path) -> None:
    files = f"{FIXTURES}/valid/places.csv"
    code, out, said = act(script, tmp_path, files, OUTPUT="sarif", REPORT="r.sarif", IGNORE="year")
    assert (code, said) == (0, "exit-code=0\n")
    assert (tmp_path / "r.sarif").read_text() == out
    code, _, _ = act(script, tmp_path, "$(touch owned)\n-o;touch owned\n", TABLE="$(touch owned)")
    assert code == 2
    assert not (tmp_path / "owned").exists()


def test_hooks_name_commands_and_files_that_exist(root: Path) -> None:
    text = (root / ".pre-commit-hooks.yaml").read_text("utf-8")
    entries = re.findall(r"^  entry: (.+)$", text, re.M)
    patterns = [re.compile(p) for p in re.findall(r"^  files: (.+)$", text, re.M)]
    assert [len(entries), len(patterns)] == [2, 2]
    names = ["out/claims.parquet", "events.may.csv", "data/x.acled.csv", "claims.txt", "myclaims.csv", "x.csv"]
    assert [[bool(p.search(n)) for p in patterns] for n in names] == [
        [True, False], [True, False], [False, True], [False, False], [False, False], [False, False]]  # fmt: skip
    for entry, name in zip(entries, ("valid/places.csv", "valid/current.acled.csv"), strict=True):
        command = [sys.executable, "-m", *shlex.split(entry), str(FIXTURES / name)]
        assert subprocess.run(command, capture_output=True).returncode == 0


def test_the_python_examples_of_the_documentation_run(root: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (root / "docs" / "validation.md").read_text("utf-8"), re.M | re.S)
    assert len(blocks) == 3
    done = subprocess.run([sys.executable, "-c", "\n".join(blocks)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["True 0 {}", "no problems"]


@pytest.mark.parametrize("table", TABLES)
def test_what_other_programs_make_of_a_file_is_still_valid(table: str, tmp_path: Path) -> None:
    duckdb, pandas = pytest.importorskip("duckdb"), pytest.importorskip("pandas")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / f"{table}.parquet"
    sample(table, 30, 1).write_parquet(path)
    duckdb.sql(f"COPY (SELECT * FROM '{path}') TO '{tmp_path}/{table}.duckdb.parquet' (FORMAT parquet)")
    duckdb.sql(f"COPY (SELECT * FROM '{path}') TO '{tmp_path}/{table}.duckdb.ndjson' (FORMAT json)")
    parquet.write_table(
        parquet.read_table(path), tmp_path / f"{table}.arrow.parquet", compression="gzip", version="1.0"
    )
    pandas.read_parquet(path).to_parquet(tmp_path / f"{table}.pandas.parquet")
    for name in ("duckdb.parquet", "duckdb.ndjson", "arrow.parquet", "pandas.parquet"):
        report = dateline.validate(tmp_path / f"{table}.{name}")
        assert report.ok, f"{name}: {report}"
        assert report.rows == 30
