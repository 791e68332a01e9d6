"""Properties of validation, over generated rows, texts and files."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import dateline
import polars as pl
from dateline.schema import polars_schema, sample
from dateline.schema.diff import compare
from dateline.schema.engine import accepts, failing, shown
from dateline.schema.jsonschema import json_schema
from dateline.schema.kinds import columns
from dateline.schema.tables import TABLES
from dateline.schema.values import WrongType, from_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACE = sample("places", 1, 5).to_dicts()[0]
ATTRIBUTION = json.loads(json.dumps(sample("attributions", 1, 5).to_dicts()[0]))
KINDS = {name: kind for name, kind, _ in columns(TABLES["attributions"])}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["start", "end", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@QUICK
@given(table=st.sampled_from(list(TABLES)), seed=st.integers(0, 10**6))
def test_samples_are_valid_for_every_seed(table: str, seed: int) -> None:
    frame = sample(table, 5, seed)
    assert frame.schema == polars_schema(table)
    assert not frame.select(failing(table).any()).item()
    assert all(accepts(TABLES[table], row) for row in frame.to_dicts())


@QUICK
@given(
    text=st.text(max_size=8), start=st.integers(-(2**63), 2**63 - 1), score=st.floats(),
    latitude=st.none() | st.floats(), role=st.sampled_from(["event", "mention", "Event", ""]) | st.text(max_size=3),
)  # fmt: skip
def test_both_verdicts_agree(text: str, start: int, score: float, latitude: float | None, role: str) -> None:
    row = PLACE | {"text": text, "start": start, "score": score, "latitude": latitude, "role": role}
    try:
        frame = pl.DataFrame([row], schema=polars_schema("places"), orient="row")
    except UnicodeEncodeError:
        return  # half a surrogate pair cannot stand in a file
    assert frame.select(failing("places")).item() is not accepts(TABLES["places"], frame.to_dicts()[0])


def expected(record: dict[str, Any]) -> bool:
    """Whether Pydantic, reading the same JSON strictly, takes the row."""
    if record.keys() - KINDS.keys():
        return False
    try:
        typed = {name: from_json(record.get(name), kind) for name, kind in KINDS.items()}
    except WrongType:
        return False
    return accepts(TABLES["attributions"], typed)


@QUICK
@given(changes=st.lists(st.tuples(st.sampled_from([*KINDS, "more"]), JSON), min_size=1, max_size=2))
def test_a_line_of_ndjson_gets_pydantics_verdict(changes: list[tuple[str, Any]]) -> None:
    record = ATTRIBUTION | dict(changes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "attributions.ndjson"
        path.write_text(json.dumps(record, allow_nan=True) + "\n" + json.dumps(ATTRIBUTION) + "\n", "utf-8")
        report = dateline.validate(path)
    groups = {"wrong-type", "unknown-column", "null", "range", "vocabulary", "empty", "pattern", "bad-line"}
    assert (not groups & set(report.counts)) == expected(record), str(report)


@QUICK
@given(data=st.binary(max_size=300), suffix=st.sampled_from(["parquet", "ndjson", "csv", "tsv", "xlsx"]))
def test_no_bytes_raise(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events.{suffix}"
        path.write_bytes(data)
        for form in ("dateline", "acled"):
            assert dateline.validate(path, form=form).exit_code in (0, 1, 2, 4)  # type: ignore[arg-type]


@given(value=st.text() | st.integers() | st.floats() | st.lists(st.text(), max_size=3) | st.none())
def test_shown_values_are_one_short_printable_line(value: Any) -> None:
    assert shown(value).isprintable()
    assert len(shown(value)) <= 80


@QUICK
@given(table=st.sampled_from(list(TABLES)), names=st.sets(st.integers(0, 10), max_size=4))
def test_a_schema_differs_from_itself_by_nothing_and_from_a_smaller_one_by_a_break(table: str, names: set[int]) -> None:
    old, new = json_schema(table), json_schema(table)
    for number in names:
        new["properties"].pop(list(old["properties"])[number])
    difference = compare(old, new)
    assert len([c for c in difference.changes if c.level == "breaking"]) == len(names)
    back = compare(new, old)
    assert {c.what.split(",")[0] for c in back.changes} <= {"a new column", "a new column that is never null"}
