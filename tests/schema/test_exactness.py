"""The vectorised verdict equals Pydantic's on every row, and the rules equal their plain Python form.

More than 50,000 rows are mutated with values from the edges of every type; planted mistakes must be caught.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any

import dateline.schema.checks as checks_module
import dateline.schema.claim_rules as claim_rules_module
import polars as pl
import pytest
from dateline.schema import polars_schema, sample
from dateline.schema.checks import model_checks
from dateline.schema.claim_rules import ACLED_NEEDS, REALISED, SPANS, claim_rules
from dateline.schema.engine import accepts, failing
from dateline.schema.fields import Record, Text
from dateline.schema.kinds import columns
from dateline.schema.ontology import load_ontology
from dateline.schema.rules import RowRule, row_rules
from dateline.schema.shared_rules import BOX_TOLERANCE
from dateline.schema.tables import TABLES
from dateline.schema.vocabulary import load_vocabulary
from pydantic import Field

ROWS = {"articles": 6_000, "claims": 16_000, "attributions": 11_000, "places": 8_000, "events": 11_000}
HEX = "0123456789abcdef"
EDGES: dict[Any, list[Any]] = {
    str: [None, "", "x", "é", "\x00", "NGA", "nga", "NGAA", "NGA\n", HEX, HEX + "\n", HEX[:15], HEX * 2, HEX * 2 + "0",
          HEX.upper(), "kill", "Kill", "a_b", "violence.kill", "violence..kill", "violence.kill\n", "police", "🙂",
          "e\u0301", "report", "narration", "Battles", "Attack", "Civilians", "Nigeria", "Sudan", "occurred", " "],
    int: [None, -1, 0, 1, 2, 3, 4, 566, 729, 999, 1000, 10_000_000, 10_000_001, 2**62, 2**62 + 1, 2**63 - 1, -(2**63)],
    float: [None, float("nan"), float("inf"), float("-inf"), -90.0, 90.0, 90.00000000000003, -180.0, 180.0,
            180.00000000000003, 0.0, -0.0, 1.0, 1.0000000000000002, 5e-324, -1e-300],
    bool: [None, True, False],
    date: [None, date(1, 1, 1), date(1799, 12, 31), date(1800, 1, 1), date(2200, 1, 1), date(2200, 1, 2), date(2024, 5, 13)],
}  # fmt: skip


def mutant(kind: Any, old: Any, rng: random.Random) -> Any:
    """A value of the same column type, often wrong."""
    if rng.random() < 0.15 and type(old) in (int, date):
        return old + (rng.choice((-1, 1)) if isinstance(old, int) else date(2024, 1, 2) - date(2024, 1, 1))
    if kind.element:
        items = [mutant(kind.element, item, rng) for item in old or []]
        return rng.choice([None, [], [None], items, [*items, mutant(kind.element, None, rng)]])
    if kind.model:
        fields = list(columns(kind.model))
        record = dict(old) if old else {name: mutant(inner, None, rng) for name, inner, _ in fields}
        name, inner, _ = rng.choice(fields)
        record[name] = mutant(inner, record[name], rng)
        return rng.choice([None, record, record, record])
    if kind.vocabulary and rng.random() < 0.3:
        return rng.choice(list(load_vocabulary(kind.vocabulary)))
    return rng.choice(EDGES[kind.base])


def mutants(table: str, n: int, seed: int, only: frozenset[str] = frozenset()) -> pl.DataFrame:
    """Rows with up to two mutated values, in any column or in ``only`` some."""
    rng = random.Random(seed)
    kinds = [(name, kind) for name, kind, _ in columns(TABLES[table]) if not only or name in only]
    rows = sample(table, 500, seed).to_dicts()
    found = []
    for k in range(n):
        row = dict(rows[k % len(rows)])
        for name, kind in rng.sample(kinds, rng.choice((0, 1, 1, 1, 2))):
            row[name] = mutant(kind, row[name], rng)
        found.append(row)
    return pl.DataFrame(found, schema=polars_schema(table), orient="row")


@pytest.mark.parametrize("table", TABLES)
def test_both_verdicts_agree_on_every_mutated_row(table: str) -> None:
    frame = mutants(table, ROWS[table], 1)
    fails = frame.select(failing(table)).to_series().to_list()
    rows = frame.to_dicts()
    differ = [row for row, fail in zip(rows, fails, strict=True) if fail == accepts(TABLES[table], row)]
    assert differ == []
    assert 0.1 < sum(fails) / len(fails) < 0.9, "the mutants are all good or all bad; nothing is tested"
    assert sum(ROWS.values()) >= 50_000


# The rules once more, row by row, written from the codebook and not from the expressions.


def span_torn(row: dict[str, Any], name: str) -> bool:
    start, end, text = (row[f"{name}_{part}"] for part in ("start", "end", "text"))
    return len({start is None, end is None, text is None}) == 2 or (start is not None and start >= end)


def span_other(row: dict[str, Any], name: str) -> bool:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    if start is None or end is None:
        return False
    start, end = start - row["sentence_start"], end - row["sentence_start"]
    inside = 0 <= start < end <= len(row["sentence"])
    return bool(inside and row["sentence"][start:end] != row[f"{name}_text"])


def toll(row: dict[str, Any]) -> bool:
    given = [row["fatalities_low"], row["fatalities"], row["fatalities_high"]]
    return (None in given and given != [None] * 3) or (None not in given and given != sorted(given))


def country(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    known = {c.country: c for c in load_ontology().countries}
    name, lat, lon = row["country"], row["latitude"], row["longitude"]
    if name is not None and name not in known:
        yield "country-name", "country"
    elif row["iso"] != (known[name].iso if name else None):
        yield "country-iso", "iso"
    if (lat is None) != (lon is None):
        yield "half-coordinates", "latitude"
    if name in known:
        box, t = known[name], BOX_TOLERANCE
        low = lat is not None and not box.south - t <= lat <= box.north + t
        if box.west <= box.east:
            out = lon is not None and not box.west - t <= lon <= box.east + t
        else:
            out = lon is not None and lon < box.west - t and lon > box.east + t
        if low or out:
            yield "outside-country", "latitude"


def types(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sub = row["sub_event_type"]
    if row["event_type"] != (load_ontology().event_type(sub) if sub else None):
        yield "sub-event-type", "event_type"
    if row["disorder_type"] != (load_ontology().disorder_type(sub) if sub else None):
        yield "disorder-type", "disorder_type"


def claims(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from types(row)
    yield from country(row)
    begin, length = row["sentence_start"], len(row["sentence"])
    realised = row["event_status"] in REALISED
    late = row["event_date"] and row["published"] and row["event_date"] > row["published"]
    event = row["plover_event"]
    tests = {
        ("toll-order", "fatalities"): toll(row),
        ("trigger-outside", "trigger_start"): row["trigger_start"] < begin or row["trigger_end"] > begin + length,
        ("export-reason", "export_reason"): row["exportable"] == (row["export_reason"] is not None),
        ("not-realised", "exportable"): row["exportable"] and not realised,
        ("incomplete-export", "exportable"): row["exportable"] and any(row[name] is None for name in ACLED_NEEDS),
        ("after-publication", "event_date"): bool(late and realised and row["exportable"]),
        ("depth", "attribution_depth"): (row["attribution_depth"] == 0) != (row["attribution_id"] is None),
        ("narration-with-source", "claim_type"): row["claim_type"] == "narration" and row["attribution_depth"] > 0,
        ("chain-length", "attribution_chain"): len(row["attribution_chain"]) != row["attribution_depth"],
        ("quad-class", "quad_class"): row["quad_class"] != (load_ontology().quad_class(event) if event else None),
    }
    for name in SPANS:
        tests["span-order", f"{name}_start"] = span_torn(row, name)
        tests["span-text", f"{name}_text"] = span_other(row, name)
    yield from (key for key, bad in tests.items() if bad)


def events(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from types(row)
    yield from country(row)
    o = load_ontology()
    one, two, found = row["inter1"], row["inter2"], o.countries.get(row["country"])
    named = found is not None and found.country == row["country"]
    targeted = o.civilian_targeting(row["sub_event_type"], one, two)
    vac = row["event_type"] == "Violence against civilians"
    tests = {
        ("region", "region"): bool(named and found and row["region"] != found.region),
        ("year", "year"): row["year"] != row["event_date"].year,
        ("toll-order", "fatalities"): toll(row),
        ("interaction", "interaction"): row["interaction"] != o.interaction(one, two),
        ("civilian-targeting", "civilian_targeting"): row["civilian_targeting"] != targeted,
        ("victim-second", "actor2"): vac and (row["actor2"] is None or (one == "Civilians" and two != "Civilians")),
        ("actor-inter", "inter1"): (row["actor1"] is None) != (one is None),
        ("actor-inter", "inter2"): (row["actor2"] is None) != (two is None),
        ("claim-count", "n_claims"): row["n_claims"] != len(row["claim_ids"]),
        ("article-count", "n_articles"): row["n_articles"] > row["n_claims"],
    }
    yield from (key for key, bad in tests.items() if bad)


def attributions(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    start, end, text = (row[f"source_{part}"] for part in ("start", "end", "text"))
    size = None not in (start, end, text) and end - start != len(text)
    outermost = row["parent_id"] is None
    tests = {
        ("span-order", "source_start"): span_torn(row, "source"),
        ("span-text", "source_text"): size,
        ("span-order", "cue_start"): span_torn(row, "cue"),
        ("span-order", "content_spans"): any(span["start"] >= span["end"] for span in row["content_spans"]),
        ("depth", "depth"): row["depth"] == 0 or outermost != (row["depth"] == 1),
    }
    yield from (key for key, bad in tests.items() if bad)


def places(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from country(row)
    if row["start"] >= row["end"]:
        yield "span-order", "start"


def articles(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row["n_candidate_sentences"] > row["n_sentences"]:
        yield "sentence-count", "n_candidate_sentences"


ORACLES: dict[str, Callable[[dict[str, Any]], Iterator[tuple[str, str]]]] = {
    "articles": articles, "claims": claims, "attributions": attributions, "places": places, "events": events,
}  # fmt: skip


def rule_differences(table: str, frame: pl.DataFrame, rules: tuple[RowRule, ...]) -> tuple[list[Any], set[str]]:
    """Rows on which expressions and plain Python differ, and the codes that were broken anywhere."""
    broken = frame.select(rule.bad.fill_null(False).alias(f"{k}") for k, rule in enumerate(rules)).rows()
    differ, seen = [], set()
    for row, flags in zip(frame.to_dicts(), broken, strict=True):
        found = {(r.code, r.column) for r, bad in zip(rules, flags, strict=True) if bad}
        seen |= {code for code, _ in found}
        if found != set(ORACLES[table](row)):
            differ.append((found ^ set(ORACLES[table](row)), row))
    return differ, seen


@pytest.mark.parametrize("table", TABLES)
def test_rules_agree_with_their_plain_form(table: str) -> None:
    read = frozenset(name for rule in row_rules(table) for name in rule.columns)
    frame = mutants(table, 6_000, 2, read).filter(~failing(table))
    assert frame.height > 1_000
    differ, seen = rule_differences(table, frame, row_rules(table))
    assert differ == []
    assert seen == {rule.code for rule in row_rules(table)}, "some rule was never broken"


@pytest.mark.parametrize("table", TABLES)
def test_sample_rows_are_valid_and_repeatable(table: str) -> None:
    frame = sample(table, 400, 9)
    assert frame.schema == polars_schema(table)
    assert not frame.select(failing(table).any()).item()
    assert not frame.select(pl.any_horizontal(r.bad.fill_null(False) for r in row_rules(table)).any()).item()
    assert frame.equals(sample(table, 400, 9))
    assert not frame.equals(sample(table, 400, 10))


class Short(Record):
    """Lengths that tell bytes from code points."""

    text: Annotated[str, Field(min_length=2, max_length=3)]
    texts: list[Annotated[str, Field(max_length=2)]]
    name: Text | None


SHORT = pl.DataFrame(
    [{"text": t, "texts": [t, "a"], "name": n} for t in ("", "é", "éé", "ééé", "éééé", "🙂", "🙂🙂", "abc", "abcd", "a")
     for n in (None, "", "é")],
    schema={"text": pl.String, "texts": pl.List(pl.String), "name": pl.String}, orient="row",
)  # fmt: skip


def short_differences() -> int:
    bad = pl.any_horizontal(check.bad.fill_null(False) for check in model_checks(Short))
    fails = SHORT.select(bad.alias("bad")).to_series()
    return sum(fail == accepts(Short, row) for row, fail in zip(SHORT.to_dicts(), fails, strict=True))


def test_lengths_are_code_points() -> None:
    assert short_differences() == 0


def test_a_planted_mistake_in_a_derived_check_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_module, "length", lambda text: text.str.len_bytes())
    assert short_differences() > 0


def test_a_planted_mistake_in_a_rule_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = mutants("claims", 1_500, 3).filter(~failing("claims"))
    assert rule_differences("claims", frame, tuple(claim_rules()))[0] == []
    monkeypatch.setattr(claim_rules_module, "length", lambda text: text.str.len_bytes())
    assert rule_differences("claims", frame, tuple(claim_rules()))[0] != []
    monkeypatch.undo()
    as_bytes = lambda text, start, size: text.cast(pl.Binary).bin.slice(start, size).cast(pl.String, strict=False)  # noqa: E731
    monkeypatch.setattr(claim_rules_module, "sliced", as_bytes)
    with contextlib.suppress(pl.exceptions.PolarsError):  # half a letter is no text
        assert rule_differences("claims", frame, tuple(claim_rules()))[0] != []
