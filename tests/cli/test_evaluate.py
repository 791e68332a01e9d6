from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from commands import run


def test_text_json_and_markdown(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, err = run(["evaluate", story, story, "--resamples", "20"], capsys)
    assert (code, err) == (0, "")
    assert "lenient" in text
    assert "alpha" in text
    code, out, _ = run(["evaluate", story, story, "-o", "json", "--seed", "4"], capsys)
    body = json.loads(out)
    assert body["levels"]["events"]["scores"]["lenient"]["f1"] == 1.0
    assert body["bootstrap"]["seed"] == 4
    assert run(["evaluate", story, story, "-o", "json", "--seed", "4"], capsys)[1] == out
    code, out, _ = run(["evaluate", story, story, "-o", "markdown", "--resamples", "0"], capsys)
    assert out.startswith("# run against run\n")
    assert "[" not in out


def test_an_export_of_the_run_is_the_run(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("acled-csv", "datapackage", "flat", "geoparquet"):
        run(["export", story, "--to", form, "--quiet"], capsys)
    for gold in ("run-acled-csv/events.csv", "run-datapackage", "run-geoparquet/events.parquet", "run-flat/events.csv"):
        code, out, err = run(["evaluate", story, story.parent / gold, "-o", "json"], capsys)
        assert (code, err) == (0, "")
        for level in json.loads(out)["levels"].values():
            for name, scores in level["scores"].items():
                assert scores["f1"] in (1.0, None), (gold, name)


def test_two_coders_files(invented: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = invented.write_run(tmp_path / "run", invented.story())
    pl.read_parquet(story / "claims.parquet").write_parquet(tmp_path / "anna.parquet")
    changed = pl.read_parquet(story / "claims.parquet").with_columns(pl.lit("hearsay").alias("claim_type"))
    changed.write_ndjson(tmp_path / "ben.ndjson")
    code, out, _ = run(["evaluate", tmp_path / "anna.parquet", tmp_path / "ben.ndjson", "-o", "json"], capsys)
    assert code == 0
    agreement = json.loads(out)["levels"]["claims"]["agreement"]
    assert agreement["event_status"]["alpha"] == 1.0
    assert agreement["claim_type"]["percent"] == 0.0


def test_exit_codes(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold.csv").write_text("country,sub_event_type\nNigeria,Attack\n", "utf-8")
    code, _, err = run(["evaluate", story, tmp_path / "gold.csv"], capsys)
    assert code == 1
    assert "no dates" in err
    assert run(["evaluate", story, tmp_path / "none"], capsys)[0] == 4
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    assert run(["evaluate", story, tmp_path / "notes.txt"], capsys)[0] == 2
    (tmp_path / "events.parquet").write_bytes(b"no")
    assert run(["evaluate", story, tmp_path / "events.parquet"], capsys)[0] == 4
