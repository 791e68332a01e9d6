"""Every difference between two schemas is classified, and the step that it needs."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from dateline.schema.diff import NotASchema, compare
from dateline.schema.jsonschema import bundle, json_schema

Change = Callable[[dict[str, Any]], Any]
P = "properties"
NEW = {"anyOf": [{"type": "integer"}, {"type": "null"}], "description": "x"}


def nullable(schema: dict[str, Any], column: str) -> dict[str, Any]:
    return next(arm for arm in schema[P][column]["anyOf"] if arm.get("type") != "null")


def freed(entry: dict[str, Any]) -> dict[str, Any]:
    """The same column, null allowed."""
    inner = {key: entry[key] for key in ("type", "minimum", "maximum")}
    return {key: entry[key] for key in entry.keys() - inner.keys()} | {"anyOf": [inner, {"type": "null"}]}


def bound(entry: dict[str, Any]) -> dict[str, Any]:
    """The same column, null not allowed."""
    return {key: value for key, value in entry.items() if key != "anyOf"} | entry["anyOf"][0]


CASES: list[tuple[str, Change, str]] = [
    ("places", lambda s: s[P].pop("score"), "breaking"),
    ("places", lambda s: s[P].update(more=NEW), "compatible"),
    ("places", lambda s: s[P].update(more={"type": "integer"}), "breaking"),
    ("places", lambda s: s[P]["score"].update(type="integer"), "breaking"),
    ("places", lambda s: s[P].update(score=freed(s[P]["score"])), "breaking"),
    ("places", lambda s: s[P].update(name=bound(s[P]["name"])), "breaking"),
    ("places", lambda s: s[P]["role"]["enum"].append("suburb"), "compatible"),
    ("places", lambda s: s[P]["role"]["enum"].pop(), "breaking"),
    ("places", lambda s: s[P]["role"]["enum"].reverse(), "cosmetic"),
    ("places", lambda s: s[P]["role"].pop("enum"), "compatible"),
    ("places", lambda s: s[P]["text"].update(enum=["a"]), "breaking"),
    ("places", lambda s: s[P]["score"].update(maximum=2.0), "compatible"),
    ("places", lambda s: s[P]["score"].update(maximum=0.5), "breaking"),
    ("places", lambda s: s[P]["score"].update(minimum=-1), "compatible"),
    ("places", lambda s: s[P]["score"].update(minimum=0.1), "breaking"),
    ("places", lambda s: s[P]["score"].pop("maximum"), "compatible"),
    ("places", lambda s: s[P]["text"].update(maxLength=9), "breaking"),
    ("places", lambda s: s[P]["score"].update(multipleOf=2), "breaking"),
    ("places", lambda s: nullable(s, "iso").update(maximum=9999), "compatible"),
    ("claims", lambda s: nullable(s, "event_id").update(pattern="^x$"), "breaking"),
    ("places", lambda s: s[P]["score"].update(description="another"), "cosmetic"),
    ("places", lambda s: s[P]["score"].update(examples=[0.1]), "cosmetic"),
    ("places", lambda s: s[P]["name"].update(null="because"), "cosmetic"),
    ("places", lambda s: s.update(description="Names."), "cosmetic"),
    ("places", lambda s: s["required"].remove("score"), "breaking"),
    ("places", lambda s: s.update({P: dict(reversed(s[P].items()))}), "compatible"),
    ("claims", lambda s: s["$defs"]["ChainLink"][P].pop("channel"), "breaking"),
    ("claims", lambda s: s["$defs"]["ChainLink"][P]["mode"]["enum"].append("sung"), "compatible"),
    ("claims", lambda s: s[P]["actor_associates"]["items"].update(minLength=2), "breaking"),
    ("places", lambda s: s.update(additionalProperties=True), "breaking"),
]


@pytest.mark.parametrize(("table", "change", "level"), CASES)
def test_levels(table: str, change: Change, level: str) -> None:
    old = json_schema(table) | {"version": "1.4.2"}
    new = copy.deepcopy(old)
    change(new)
    difference = compare(old, new)
    assert {c.level for c in difference.changes} == {level}
    assert difference.needed == {"breaking": "major", "compatible": "minor", "cosmetic": "patch"}[level]
    assert not difference.enough
    steps = {"1.4.3": "cosmetic", "1.5.0": "cosmetic compatible", "2.0.0": "cosmetic compatible breaking"}
    for version, enough in steps.items():
        assert compare(old, new | {"version": version}).enough is (level in enough.split())


def test_the_gravest_change_counts_and_stands_first() -> None:
    old = json_schema("places") | {"version": "1.0.0"}
    new = copy.deepcopy(old)
    new[P]["score"]["description"] = "x"
    new[P].pop("role")
    difference = compare(old, new)
    assert [c.level for c in difference.changes] == ["breaking", "cosmetic"]
    assert difference.needed == "major"


def test_before_the_first_major_version_a_minor_step_may_break() -> None:
    old = json_schema("places") | {"version": "0.1.0"}
    new = copy.deepcopy(old) | {"version": "0.2.0"}
    new[P].pop("score")
    assert compare(old, new).needed == "minor"
    assert compare(old, new).enough
    assert not compare(old, new | {"version": "0.1.1"}).enough
    assert compare(old, new | {"version": "1.0.0"}).enough


def test_tables_that_come_and_go() -> None:
    old, new = bundle(), bundle()
    new["$defs"]["people"] = new["$defs"].pop("places")
    assert {(c.where, c.level) for c in compare(old, new).changes} == {("places", "breaking"), ("people", "compatible")}
    assert compare(old, bundle()).changes == ()


def test_a_table_and_a_bundle_are_not_compared() -> None:
    with pytest.raises(NotASchema):
        compare(bundle(), json_schema("places"))
