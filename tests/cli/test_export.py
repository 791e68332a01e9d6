from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from commands import run


@pytest.mark.parametrize("form", ["acled-csv", "geoparquet", "datapackage", "flat"])
def test_export_writes_a_folder_beside_the_run(story: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(["export", story, "--to", form], capsys)
    assert (code, err) == (0, "")
    folder = story.with_name(f"run-{form}")
    assert sorted(Path(line).name for line in out.splitlines()) == sorted(p.name for p in folder.iterdir())
    assert {"datapackage.json", "croissant.json", "codebook.csv", "methods.md"} < {p.name for p in folder.iterdir()}


def test_descriptions_hold_what_the_user_says(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str | Path] = [
        "--title",
        "My events",
        "--creator",
        "Me",
        "--licence",
        "https://x.org/l",
        "--released",
        "2024-06-01",
    ]
    assert run(["export", story, "--to", "flat", "-o", tmp_path / "o", "--quiet", *told], capsys) == (0, "", "")
    croissant = json.loads((tmp_path / "o" / "croissant.json").read_text("utf-8"))
    assert (croissant["datePublished"], croissant["license"], croissant["creator"]["name"]) == (
        "2024-06-01",
        "https://x.org/l",
        "Me",
    )
    assert json.loads((tmp_path / "o" / "datapackage.json").read_text("utf-8"))["title"] == "My events"
    assert datetime.fromisoformat(croissant["datePublished"])


def test_exit_codes(invented: Any, story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", story, "--to", "xlsx"], capsys)[0] == 2
    assert run(["export", story], capsys)[0] == 2
    assert run(["export", tmp_path / "none", "--to", "flat"], capsys)[0] == 4
    newer = invented.write_run(
        tmp_path / "new", invented.story(), invented.FOOTER | {"dateline.schema_version": "9.0.0"}
    )
    code, _, err = run(["export", newer, "--to", "flat"], capsys)
    assert code == 3
    assert "9.0.0" in err
    assert err.count("\n") == 1
    assert run(["export", story, "--to", "flat", "-o", story], capsys)[0] == 2
    (tmp_path / "file").write_text("", "utf-8")
    assert run(["export", story, "--to", "flat", "-o", tmp_path / "file" / "x"], capsys)[0] == 4
    (story / ".shards").mkdir()
    assert run(["export", story, "--to", "flat"], capsys)[0] == 1


def test_a_real_run_can_be_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = {
        "id": "a",
        "text": "KANO, Nigeria - Gunmen killed five farmers near Gusau on Monday, police said.",
        "published": "2024-05-15",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(article), "utf-8")
    assert run(["code", tmp_path / "a.jsonl", "-o", tmp_path / "run", "--quiet"], capsys)[0] == 0
    for form in ("acled-csv", "geoparquet", "datapackage", "flat"):
        assert run(["export", tmp_path / "run", "--to", form], capsys)[0] == 0
    events = pl.read_csv(tmp_path / "run-acled-csv" / "events.csv")
    assert events.height == pl.read_parquet(tmp_path / "run" / "events.parquet").height > 0
    assert re.fullmatch(
        r"-?\d+\.\d{4}", pl.read_csv(tmp_path / "run-acled-csv" / "events.csv", infer_schema=False)["latitude"][0]
    )
