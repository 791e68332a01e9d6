"""The command line as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import dateline
import polars as pl
import pytest
from commands import run
from dateline.cli import main

STORY = (
    "GUSAU, Nigeria - Gunmen killed five farmers near Gusau on Monday, police said. "
    "The army denied that its jets had struck a camp in Kaduna."
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    rows = [{"id": f"a{k}", "text": STORY, "published": "2024-05-15", "publisher": f"Paper {k}"} for k in range(3)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_code_writes_five_valid_tables(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["code", articles, "-o", tmp_path / "run"], capsys)
    assert code == 0
    assert "3 articles" in out
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert names == {f"{t}.parquet" for t in ("articles", "claims", "attributions", "places", "events")}
    assert run(["validate", tmp_path / "run"], capsys)[0] == 0


def test_the_same_event_in_three_papers_is_one_row(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["code", articles, "-o", tmp_path / "run", "--quiet"], capsys)
    events = dateline.read(tmp_path / "run", "events")
    (event,) = events.filter(pl.col("fatalities") == 5).to_dicts()
    assert (event["n_articles"], event["country"], event["sub_event_type"]) == (3, "Nigeria", "Attack")
    assert event["corroborated"] is False  # three papers with the same text are one source


def test_every_span_slices_to_its_text(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["code", articles, "-o", tmp_path / "run", "--quiet"], capsys)
    for row in dateline.read(tmp_path / "run", "claims").iter_rows(named=True):
        for name in ("trigger", "actor", "target", "location", "date"):
            if row[f"{name}_start"] is not None:
                assert STORY[row[f"{name}_start"] : row[f"{name}_end"]] == row[f"{name}_text"]


def test_bytes_do_not_depend_on_workers_or_order(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(reversed(articles.read_text("utf-8").splitlines(keepends=True))), "utf-8")
    run(["code", articles, "-o", tmp_path / "one", "--quiet"], capsys)
    run(["code", turned, "-o", tmp_path / "two", "--quiet", "--workers", "2"], capsys)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_bad_input_is_rejected_and_the_rest_is_coded(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with articles.open("a", encoding="utf-8") as handle:
        handle.write('{"id": "broken", "text": \n{"id": "empty"}\n{"id": "a0", "text": "Again."}\n')
        handle.write('{"id": "when", "text": "Fine text here.", "published": "yesterday"}\n')
    code, _, err = run(["code", articles, "-o", tmp_path / "run"], capsys)
    assert code == 1
    assert "4 rejected" in err
    rejected = [json.loads(line) for line in (tmp_path / "run" / "rejected.jsonl").read_text("utf-8").splitlines()]
    assert {r["code"] for r in rejected} == {"bad_json", "missing_text", "duplicate_id", "bad_date"}
    assert all(r["line"] and r["message"] and r["remedy"] for r in rejected)
    assert dateline.read(tmp_path / "run", "articles").height == 3


def test_a_missing_input_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(["code", tmp_path / "nothing.jsonl", "-o", tmp_path / "run"], capsys)
    assert code == 2
    assert "nothing.jsonl" in err
    assert not (tmp_path / "run").exists()


def test_shards_share_the_articles(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heights = []
    for part in ("1/2", "2/2"):
        out = tmp_path / part.replace("/", "of")
        run(["code", articles, "-o", out, "--quiet", "--shard", part], capsys)
        heights.append(dateline.read(out, "articles").height)
    assert sum(heights) == 3
    assert run(["code", articles, "-o", tmp_path / "x", "--shard", "3/2"], capsys)[0] == 2


def test_a_killed_run_goes_on_where_it_stopped(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["code", articles, "-o", tmp_path / "whole", "--quiet"], capsys)
    from dateline.exports import run as folder

    with monkeypatch.context() as patch:
        patch.setattr(folder.RunFolder, "finish", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            main(["code", str(articles), "-o", str(tmp_path / "run"), "--quiet"])
    assert list((tmp_path / "run" / ".shards").iterdir())
    from dateline.coder import runner

    with monkeypatch.context() as patch:
        patch.setattr(runner.Settings, "coder", lambda self: pytest.fail("a finished shard was coded again"))
        assert run(["code", articles, "-o", tmp_path / "run", "--quiet"], capsys)[0] == 0
    for path in (tmp_path / "whole").iterdir():
        assert path.read_bytes() == (tmp_path / "run" / path.name).read_bytes(), path.name


def test_explain_shows_rule_decision_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["explain", "Iran said Israel attacked Syria on Monday.", "--published", "2024-05-15"], capsys)
    assert code == 0
    assert "\x1b[" not in out
    for part in ("violence.", "ACLED", "row ", "PLOVER", "source 1  Iran", "report", "2024-05-13", "nsubj"):
        assert part in out, part


def test_explain_shows_what_was_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["explain", "The committee killed the bill."], capsys)
    assert "rejected" in out or "no trigger word" in out


def test_version_names_package_schema_rules_and_model(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["--version"], capsys)
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["dateline", "schema", "ruleset", "model"]
    assert "3.8.0" in out


def test_rules_list_and_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["rules", "list"], capsys)
    assert code == 0
    assert int(out.splitlines()[-1].split()[0]) >= 60
    new: list[str | Path] = ["rules", "new", "violence.strangle", "--verb", "strangle", "--into", tmp_path]
    assert run(new, capsys)[0] == 0
    assert 'id = "violence.strangle"' in (tmp_path / "violence.toml").read_text("utf-8")
    assert run(["rules", "new", "Bad", "--verb", "x", "--into", tmp_path], capsys)[0] == 2


def test_schema_export_is_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["schema", "export", "claims"], capsys)
    assert code == 0
    exported = json.loads(out)
    assert exported["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "claim_type" in exported["properties"]


def test_validate_finds_a_broken_row(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["code", articles, "-o", tmp_path / "run", "--quiet"], capsys)
    path = tmp_path / "run" / "claims.parquet"
    metadata = pl.read_parquet_metadata(path)
    frame = pl.read_parquet(path).with_columns(pl.lit("rumour mill").alias("claim_type"))
    frame.write_parquet(path, metadata={k: v for k, v in metadata.items() if k.startswith("dateline.")})
    code, out, _ = run(["validate", tmp_path / "run"], capsys)
    assert code == 1
    assert "claim_type" in out
    assert "rumour mill" in out
