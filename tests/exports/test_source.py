from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dateline.exports.source import OutputError, open_run


def failure(path: Path) -> OutputError:
    with pytest.raises(OutputError) as caught:
        open_run(path)
    return caught.value


def test_a_finished_run_tells_what_made_it(story: Path) -> None:
    (story / "rejected.jsonl").write_text('{"code": "bad_json"}\n{"code": "bad_date"}\n', "utf-8")
    run = open_run(story)
    assert run.footer["ruleset_version"] == "abc123def456"
    assert run.rejected == 2
    assert run.table("events").height == 2


def test_a_missing_folder_and_a_file_are_told_apart(tmp_path: Path) -> None:
    assert failure(tmp_path / "nothing").exit_code == 4
    (tmp_path / "file").write_text("x", "utf-8")
    assert failure(tmp_path / "file").exit_code == 2


def test_missing_tables_are_named(story: Path) -> None:
    (story / "places.parquet").unlink()
    (story / "events.parquet").unlink()
    error = failure(story)
    assert error.exit_code == 1
    assert "places, events" in str(error)


def test_an_unfinished_run_says_how_to_go_on(story: Path) -> None:
    (story / ".shards").mkdir()
    assert "not finished" in str(failure(story))
    (story / "claims.parquet").unlink()
    error = failure(story)
    assert error.exit_code == 1
    assert "claims" in str(error)
    assert "dateline code" in str(error)


@pytest.mark.parametrize(("version", "word"), [("99.0.0", "update"), ("0.0.9", "again"), (None, "not written")])
def test_another_schema_version_is_refused(invented: Any, tmp_path: Path, version: str | None, word: str) -> None:
    footer = {key: text for key, text in invented.FOOTER.items() if key != "dateline.schema_version"}
    footer |= {"dateline.schema_version": version} if version else {}
    error = failure(invented.write_run(tmp_path / "run", invented.story(), footer))
    assert error.exit_code == 3
    assert word in str(error)


def test_a_patch_version_is_no_other_version(invented: Any, tmp_path: Path) -> None:
    major_minor = invented.FOOTER["dateline.schema_version"].rsplit(".", 1)[0]
    footer = invented.FOOTER | {"dateline.schema_version": f"{major_minor}.999"}
    assert open_run(invented.write_run(tmp_path / "run", invented.story(), footer)).footer


def test_tables_of_different_runs_are_refused(invented: Any, story: Path, tmp_path: Path) -> None:
    other = invented.write_run(tmp_path / "b", invented.story(), invented.FOOTER | {"dateline.ruleset_version": "zzz"})
    (other / "events.parquet").replace(story / "events.parquet")
    error = failure(story)
    assert error.exit_code == 1
    assert "ruleset_version" in str(error)


def test_broken_files_and_missing_columns_are_told(story: Path) -> None:
    footer = {k: v for k, v in pl.read_parquet_metadata(story / "events.parquet").items() if k.startswith("dateline.")}
    pl.read_parquet(story / "events.parquet").drop("contested").write_parquet(story / "events.parquet", metadata=footer)
    error = failure(story)
    assert (error.exit_code, "contested" in str(error)) == (1, True)
    (story / "events.parquet").write_bytes(b"PAR1 not really")
    assert failure(story).exit_code == 4
