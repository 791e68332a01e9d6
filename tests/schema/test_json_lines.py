"""What is read by the thousand is what Python's parser and the strict judge read line by line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import dateline.schema.json_lines as json_lines
import polars as pl
import pytest
from dateline.schema import polars_schema, sample
from dateline.schema.engine import Findings
from dateline.schema.fields import Record
from dateline.schema.json_input import json_batches
from dateline.schema.kinds import DerivationError
from dateline.schema.tables import TABLES

PLACE = sample("places", 1, 3).to_dicts()[0]
GOOD = json.dumps(PLACE, ensure_ascii=False)


def other(name: str, text: str) -> str:
    """The good line with a value as written."""
    return GOOD.replace(f'"{name}": {json.dumps(PLACE[name], ensure_ascii=False)}', f'"{name}": {text}')


ODD = [
    *(other("score", text) for text in (
        "NaN", "Inf", "-Inf", "-NaN", "Infinity", "1e400", "-0", "1e-400", "9" * 400, "1" * 305, "1" * 18, "01",
        "+1", ".5", "1.", "1E+00", '"1"', "true", "null", "[]", "{}", "0.1234567890123456789012345", "1e304")),
    *(other("start", text) for text in ("-0", "1.0", "1e2", "9223372036854775807", "9223372036854775808", "NaN", '"5"')),
    *(other("text", text) for text in (
        r'"\ud83d"', r'"\udc00"', r'"\ud83d\ude00"', r'"\ude00\ud83d"', r'"\u0000"', '"\0"', '"\t"', '"\x7f"', r'"\x"',
        r'"\/"', '"} {"', '"}null{"', '"}"', "5", "null", '["x"]', "'x'", '"Infinity"', '"\ufeff"', '"x')),
    GOOD + GOOD, GOOD + "null" + GOOD, GOOD + " " + GOOD, GOOD + "\0", GOOD + "x", GOOD + ",", "," + GOOD, "[" + GOOD + "]",
    "null", "[]", "{}", "{", "}", "5", '"x"', "\ufeff" + GOOD, "\t" + GOOD + " \t\r", "\f" + GOOD, GOOD[:-1], GOOD[:-1] + ",}",
    GOOD.replace('"text"', r'"te\u0078t"'), GOOD.replace('"text"', '"Text"'), GOOD[:-1] + ', "more": null}',
    GOOD[:-1] + ', "text": "again"}', GOOD[:-1] + ', "name": null}', GOOD[:-1] + r', "te\u0078t": "again"}',
    GOOD.replace(":", " :"), GOOD + "/* */", "{" + GOOD, GOOD + "}", '{"text": {"text": ' * 5_000,
    '{"text"', ': "x"}', '{"text": "x', 'y"}', '{"more": [{}', "]}", '{"name": {}', '{"name": {"x": 1}',
]  # fmt: skip


def read(path: Path, table: str) -> tuple[list[Any], list[Any]]:
    findings = Findings(table, 10**6)
    rows = [
        (int(batch.rows[k]), int(batch.lines[k]), record)
        for batch in json_batches(path, table, findings)
        for k, record in enumerate(batch.frame.to_dicts())
        if batch.rows is not None and batch.lines is not None
    ]
    told = [p.model_dump(mode="json") for p in findings.problems()]
    return sorted(rows, key=lambda row: row[0]), sorted(told, key=str)


def both(path: Path, table: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], list[Any]]:
    """What is read, checked to be the same with the fast reader and without it."""
    found = read(path, table)
    with monkeypatch.context() as patch:
        patch.setattr(json_lines, "_strict", lambda data, height, table: None)
        assert repr(read(path, table)) == repr(found).replace("-0.0", "0.0")  # Python reads -0 as a whole number
    return found


@pytest.mark.parametrize("line", ODD, ids=range(len(ODD)))
def test_an_odd_line_alone_and_among_others(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "places.ndjson"
    for text in (line, "\n".join([GOOD, "", line, GOOD, "\r", GOOD]) + "\n"):
        path.write_text(text, "utf-8", newline="")
        both(path, "places", monkeypatch)


def test_odd_lines_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng, path = random.Random(5), tmp_path / "places.ndjson"
    for _ in range(40):
        path.write_text("\n".join(rng.choices([*ODD, GOOD, GOOD], k=rng.randrange(2, 9))), "utf-8", newline="")
        both(path, "places", monkeypatch)


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "9999-12-31", "2024-02-30", "2024-5-3", "٢٠٢٤-٠٥-١٣", ""])
def test_days_are_read_alike(day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "articles.ndjson"
    row = sample("articles", 1, 3).to_dicts()[0] | {"published": day}
    path.write_text(json.dumps(row, default=str) + "\n")
    both(path, "articles", monkeypatch)


@pytest.mark.parametrize("table", TABLES)
def test_bad_lines_are_found_wherever_they_stand(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"{table}.ndjson"
    lines = [json.dumps(row, default=str) for row in sample(table, 1_000, 4).to_dicts()]
    bad = {0, 1, 63, 64, 499, 500, 700, 999}
    path.write_text("\n".join(line[:-1] if k in bad else line for k, line in enumerate(lines)))
    rows, told = both(path, table, monkeypatch)
    assert {number for number, _, _ in rows} == set(range(1_000)) - bad
    assert {example["row"] for problem in told for example in problem["examples"]} == bad


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_of_the_tables_types(table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame, path = sample(table, 200, 7), tmp_path / f"{table}.ndjson"
    frame.write_ndjson(path)
    monkeypatch.setattr("dateline.schema.json_input.from_json", None)  # not one line goes the slow way
    (batch,) = json_batches(path, table, Findings(table, 1))
    assert batch.frame.schema == polars_schema(table)
    assert batch.frame.equals(frame)


def test_kinds_without_a_rule_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    class Measured(Record):
        values: list[float]

    monkeypatch.setitem(TABLES, "measured", Measured)
    with pytest.raises(DerivationError, match="float"):
        json_lines._arrow("measured")


def test_lines_outside_of_the_fast_reader_are_left_to_the_judge() -> None:
    lines = pl.DataFrame({"line": ["null", "[]", "{}", " {} \r"], "row": [0, 1, 2, 3]})
    frame, rows = json_lines.read_lines(lines, None, "places")
    assert rows.to_list() == [2, 3]
    assert frame.height == 2
