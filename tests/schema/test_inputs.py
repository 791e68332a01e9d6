"""Files as other tools, hasty people and broken disks leave them: a clear verdict each."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import dateline
import polars as pl
import pytest
from dateline.schema import sample
from dateline.schema.engine import Findings
from dateline.schema.json_input import json_batches
from dateline.schema.report import Report
from dateline.schema.text_lines import blocks

ROW = sample("places", 1, 3).to_dicts()[0]


def line(**change: Any) -> str:
    return json.dumps(ROW | change, ensure_ascii=False)


def check(tmp_path: Path, name: str, content: str | bytes, **options: Any) -> Report:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return dateline.validate(path, **options)


def places(report: Report) -> list[tuple[str, str | None, int | None, int | None]]:
    return [(r["code"], r["column"], r["row"], r["line"]) for r in report.records()]


def test_lines_and_rows_of_ndjson_are_told(tmp_path: Path) -> None:
    text = "\n".join([line(), "", line(score=2.0), "{", line(text=5), line(more=1), "\r", line(score=3.0)])
    report = check(tmp_path, "places.ndjson", text)
    assert sorted(places(report), key=str) == sorted(
        [("range", "score", 1, 3), ("bad-line", None, 2, 4), ("wrong-type", "text", 3, 5),
         ("unknown-column", "more", 4, 6), ("range", "score", 5, 8)], key=str)  # fmt: skip
    assert report.rows == 6


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": 5}, "wrong-type"),
        ({"text": ["x"]}, "wrong-type"),
        ({"text": {"a": 1}}, "wrong-type"),
        ({"text": True}, "wrong-type"),
        ({"start": "5"}, "wrong-type"),
        ({"start": 5.0}, "wrong-type"),
        ({"start": True}, "wrong-type"),
        ({"start": 2**70}, "wrong-type"),
        ({"score": "0.5"}, "wrong-type"),
        ({"score": float("nan")}, "range"),
        ({"start": None}, "null"),
        ({"text": ""}, "empty"),
        ({"text": "half \ud83d"}, "wrong-type"),
    ],
)
def test_json_values_are_judged_strictly(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    text = json.dumps(ROW | change) + "\n" + json.dumps(ROW) + "\n"
    report = check(tmp_path, "places.ndjson", text)
    assert set(report.counts) == {code}
    assert report.rows == 2


def test_numbers_inside_lists_of_text_do_not_pass_as_text(tmp_path: Path) -> None:
    row = sample("claims", 1, 3).to_dicts()[0] | {"actor_associates": ["a", 5]}
    report = check(tmp_path, "claims.ndjson", json.dumps(row, default=str))
    assert ("wrong-type", "actor_associates", 0, 1) in places(report)


def test_unknown_fields_inside_records_are_told(tmp_path: Path) -> None:
    row = sample("attributions", 1, 3).to_dicts()[0] | {"content_spans": [{"start": 1, "end": 2, "country": "x"}]}
    report = check(tmp_path, "attributions.ndjson", json.dumps(row, default=str))
    assert report.counts == {"wrong-type": 1}


def test_a_date_with_one_digit_is_none(tmp_path: Path) -> None:
    row = sample("articles", 1, 3).to_dicts()[0]
    for day, fine in (("2024-05-03", True), ("2024-5-3", False), ("2024-02-30", False), ("13-May-24", False)):
        report = check(tmp_path, "articles.ndjson", json.dumps(row | {"published": day}, default=str))
        assert report.ok is fine, day


def test_escaped_letters_and_pairs_are_read(tmp_path: Path) -> None:
    text = json.dumps(ROW | {"text": "é🙂ا", "start": 0, "end": 3})
    assert "\\ud83d" in text
    assert check(tmp_path, "places.ndjson", text).ok
    (batch,) = json_batches(tmp_path / "places.ndjson", "places", Findings("places", 1))
    assert batch.frame["text"].to_list() == ["é🙂ا"]


def test_ndjson_and_parquet_get_one_verdict(tmp_path: Path) -> None:
    frame = sample("claims", 300, 4).with_columns(
        claim_type=pl.when(pl.int_range(pl.len()) % 7 == 0).then(pl.lit("gossip")).otherwise("claim_type")
    )
    frame.write_parquet(tmp_path / "claims.parquet")
    frame.write_ndjson(tmp_path / "claims.ndjson")
    by_kind = [dateline.validate(tmp_path / f"claims.{kind}", max_errors=9999) for kind in ("parquet", "ndjson")]
    assert by_kind[0].counts == by_kind[1].counts
    assert by_kind[0].counts["vocabulary"] == 43
    rows = [[(r["code"], r["column"], r["row"]) for r in report.records()] for report in by_kind]
    assert rows[0] == rows[1]


def test_blocks_keep_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xef\xbb\xbf" + b"".join(b"%d\n" % n for n in range(1, 1001)))
    lines = [block.lines() for block in blocks(path, 97)]
    assert len(lines) > 10
    assert all(frame["n"].to_list() == list(range(frame.height)) for frame in lines)
    assert [text for frame in lines for text in frame["line"]] == [str(n) for n in range(1, 1001)]


def test_lines_of_csv_count_line_breaks_in_cells(tmp_path: Path) -> None:
    frame = sample("articles", 3, 1).with_columns(
        title=pl.Series(["two\nlines", None, "x"]), status=pl.Series(["coded", "coded", "lost"])
    )
    report = check(tmp_path, "articles.csv", frame.write_csv())
    assert places(report) == [("vocabulary", "status", 2, 5)]


def test_the_table_is_told_by_columns_when_the_name_does_not(tmp_path: Path) -> None:
    sample("events", 3, 1).write_parquet(tmp_path / "export of May.parquet")
    report = dateline.validate(tmp_path / "export of May.parquet")
    assert (report.exit_code, report.files[0].table) == (0, "events")


def test_rows_of_later_row_groups_are_numbered_from_the_start(tmp_path: Path) -> None:
    frame = sample("places", 3_000, 1)
    frame = pl.concat([frame] * 40).with_columns(
        score=pl.when(pl.int_range(pl.len()) == 110_007).then(7.0).otherwise("score")
    )
    frame.write_parquet(tmp_path / "places.parquet", row_group_size=25_000)
    report = dateline.validate(tmp_path / "places.parquet")
    assert places(report) == [("range", "score", 110_007, None)]
    assert report.rows == 120_000


def test_a_file_of_an_older_minor_version_may_lack_what_came_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.schema import parquet_input, versions
    from dateline.schema.jsonschema import bundle

    old = bundle() | {"version": "0.1.0"}
    del old["$defs"]["places"]["properties"]["score"]
    (tmp_path / "dateline-0.1.0.bundle.json").write_text(json.dumps(old))
    monkeypatch.setattr(versions, "FOLDER", tmp_path)
    monkeypatch.setattr(parquet_input, "SCHEMA_VERSION", "0.2.0")
    versions.kept.cache_clear()
    try:
        frame = sample("places", 5, 1).drop("score")
        frame.write_parquet(tmp_path / "places.parquet", metadata={"dateline.schema_version": "0.1.0"})
        assert dateline.validate(tmp_path / "places.parquet").ok
        frame.drop("role").write_parquet(tmp_path / "places.parquet", metadata={"dateline.schema_version": "0.1.0"})
        assert dateline.validate(tmp_path / "places.parquet").counts == {"missing-column": 1}
        frame.write_parquet(tmp_path / "places.parquet", metadata={"dateline.schema_version": "0.2.0"})
        assert dateline.validate(tmp_path / "places.parquet").counts == {"missing-column": 1}
    finally:
        versions.kept.cache_clear()


def test_versions_are_compared_as_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.schema import parquet_input

    monkeypatch.setattr(parquet_input, "SCHEMA_VERSION", "0.9.0")
    path = tmp_path / "places.parquet"
    for version, code in (("0.10.0", 3), ("0.9.7", 0), ("0.8.0", 0), ("1.0.0", 3), ("x", 3)):
        sample("places", 2, 1).write_parquet(path, metadata={"dateline.schema_version": version})
        assert dateline.validate(path).exit_code == code, version


@pytest.mark.parametrize("suffix", [".parquet", ".ndjson", ".csv", ".xlsx", ".acled"])
def test_noise_never_raises(tmp_path: Path, suffix: str) -> None:
    rng = random.Random(suffix)
    seeds = {".parquet": (tmp_path / "s.parquet"), ".csv": (tmp_path / "s.csv")}
    sample("places", 5, 1).write_parquet(seeds[".parquet"])
    sample("places", 5, 1).write_csv(seeds[".csv"])
    form = "acled" if suffix in (".acled", ".xlsx") else "dateline"
    path = tmp_path / f"places{'.csv' if suffix == '.acled' else suffix}"
    for _ in range(60):
        data = bytearray(seeds[".parquet" if suffix == ".parquet" else ".csv"].read_bytes())
        for _ in range(rng.choice((1, 5, 200))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path.write_bytes(bytes(data[: rng.choice((len(data), len(data) // 2, 3))]))
        report = dateline.validate(path, form=form)
        assert report.exit_code in (0, 1, 2, 3, 4)
        assert str(report).isascii() or str(report)


@pytest.mark.parametrize("name", ["places.ndjson", "places.csv"])
def test_utf_16_is_named(tmp_path: Path, name: str) -> None:
    report = check(tmp_path, name, (line() + "\n").encode("utf-16"))
    assert (report.exit_code, "UTF-16" in str(report)) == (4, True)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.schema.text_lines.LONGEST", 50)
    monkeypatch.setattr("dateline.schema.json_input.blocks", lambda path: blocks(path, 40))
    report = check(tmp_path, "places.ndjson", '{"text": "' + "x" * 500 + '"}\n')
    assert (report.exit_code, "longer than" in str(report)) == (4, True)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    assert dateline.validate(tmp_path).counts == {"missing-table": 1}


def test_validating_loads_neither_parser_nor_date_library_nor_tools(tmp_path: Path) -> None:
    sample("places", 2, 1).write_parquet(tmp_path / "places.parquet")
    code = f"import sys\nfrom dateline.cli import main\nmain(['validate', {str(tmp_path / 'places.parquet')!r}])\n"
    code = (
        code.replace("main([", "\ntry:\n    main([", 1).rstrip()
        + "\nexcept SystemExit as stop:\n    assert not stop.code\n"
    )
    code += "heavy = {'spacy', 'thinc', 'dateparser', 'numpy', 'pandas', 'pyarrow'} & set(sys.modules)\n"
    code += "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "valid, 2 rows" in done.stdout
