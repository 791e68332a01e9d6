"""Merging depends on the set of claims alone, and its events stand on their claims."""

from __future__ import annotations

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from dateline.coder.merge import merge, merge_frame
from dateline.coder.status import REALISED
from dateline.exports.run import RunFolder
from dateline.schema import TABLES, polars_schema
from dateline.schema.ontology import load_ontology
from dateline.schema.rules import row_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Row = dict[str, Any]
SUBS = ("Armed clash", "Attack", "Air/drone strike", "Suicide bomb", "Peaceful protest", "Violent demonstration", "Arrests",
        "Abduction/forced disappearance", "Government regains territory")  # fmt: skip
SIDES = (
    (None, None), ("Unidentified Armed Group (Mali)", "Political militia"), ("JNIM", "Rebel group"), ("CSP", "Rebel group"),
    ("Military Forces of Mali (2021-)", "State forces"), ("Civilians (Mali)", "Civilians"), ("Protesters (Mali)", "Protesters"),
    (None, "State forces"),
)  # fmt: skip
PLACES = (
    ("Gao", 1, 16.27, -0.04, "Gao"),
    ("Bourem", 2, 16.95, -0.35, "Gao"),
    ("Forgho", 3, 16.29, -0.06, "Gao"),
    ("Mopti", 4, 14.49, -4.2, "Mopti"),
)
SENTENCES = (
    "Gunmen attacked the village market on Monday and burned the houses of three elders, police said.",
    "Gunmen attacked the village market on Monday and burned the houses of three elders.",
    "The number of dead in the raid rose after the weekend.", "At least 5 people died, a doctor said.", "Up to 9 were killed in two days of fighting.",
)  # fmt: skip
BLANK = dict.fromkeys(TABLES["claims"].model_fields)


@st.composite
def claim(draw: st.DrawFn, number: int) -> Row:
    sub = draw(st.sampled_from(SUBS))
    (actor, actor_type), (target, target_type) = draw(st.sampled_from(SIDES)), draw(st.sampled_from(SIDES))
    name, geonameid, latitude, longitude, admin1 = draw(st.sampled_from(PLACES))
    low = draw(st.sampled_from([None, 0, 3, 5, 9]))
    more = draw(st.sampled_from([0, 0, 0, 4]))
    kind = draw(st.sampled_from(["narration", "report", "accusation", "claim", "admission", "hearsay"]))
    article = draw(st.integers(0, 6))
    role = draw(st.sampled_from(["event", "event", "event", "event", "denial", "blame"]))
    denied, blaming = role == "denial", role == "blame"
    day = date(2024, 5, 10) + timedelta(days=draw(st.integers(0, 5)))
    toll = {"fatalities": low, "fatalities_low": low, "fatalities_high": None if low is None else low + more}
    source = None if kind == "narration" and not denied else draw(st.sampled_from(["police", "the army", "residents"]))
    return BLANK | toll | {
        "claim_id": f"{number:016x}", "article_id": f"a{article}", "publisher": draw(st.sampled_from([None, "A", "B", "C"])),
        "published": day + timedelta(days=draw(st.integers(0, 2))), "sentence_index": draw(st.integers(0, 3)),
        "sentence": draw(st.sampled_from(SENTENCES)), "sentence_start": 0, "trigger_start": draw(st.integers(0, 9)), "trigger_end": 10,
        "trigger_text": "x", "rule_id": "violence.kill", "action": "accuse" if blaming else "kill",
        "event_type": None if blaming else load_ontology().event_type(sub), "sub_event_type": None if blaming else sub,
        "actor_name": actor, "actor_type": actor_type, "actor_associates": [], "target_name": target, "target_type": target_type,
        "target_associates": draw(st.sampled_from([[], ["Farmers (Mali)"]])), "location_text": draw(st.sampled_from([None, name])),
        "location_name": name, "admin1": admin1, "country": "Mali", "iso": 466, "latitude": latitude, "longitude": longitude,
        "geo_precision": draw(st.integers(1, 3)), "geonameid": geonameid, "event_date": day, "time_precision": draw(st.integers(1, 3)),
        "fatalities_text": None if low is None else "people", "event_status": "negated" if denied else "occurred",
        "claim_type": "denial" if denied else kind, "polarity": "negative" if denied else "positive", "attribution_depth": int(source is not None),
        "attribution_chain": [], "source_text": source, "source_relation_to_actor": draw(st.sampled_from(["unknown", "own_side", "opponent"])),
        "source_relation_to_target": "unknown", "source_interest": draw(st.sampled_from(["unknown", "self_serving", "against_interest"])),
        "exportable": role == "event", "export_reason": {"denial": "not_realised", "blame": "no_acled_type"}.get(role), "factuality_author": "Uu",
        "tags": draw(st.sampled_from([None, "crowd size=no report", "crowd size=about 200"])),
    }  # fmt: skip


@st.composite
def claims(draw: st.DrawFn) -> list[Row]:
    return [draw(claim(number)) for number in range(draw(st.integers(0, 14)))]


FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@FEW
@given(claims(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(rows: list[Row], rng: random.Random) -> None:
    events, links = merge(rows)
    turned = [*rows, *rows[: len(rows) // 2]]
    rng.shuffle(turned)
    assert merge(turned) == (events, links)
    assert merge([row | {"event_id": links.get(row["claim_id"])} for row in rows]) == (events, links)


@FEW
@given(claims())
def test_events_stand_on_their_claims(rows: list[Row]) -> None:
    events, links = merge(rows)
    by_id = {row["claim_id"]: row for row in rows}
    told = [name for event in events for name in event["claim_ids"]]
    assert len(told) == len(set(told)), "a claim is of two events"
    assert set(told) == {row["claim_id"] for row in rows if row["exportable"]}
    assert len({event["event_id"] for event in events}) == len(events)
    for event in events:
        behind = [by_id[name] for name in event["claim_ids"]]
        assert any(row["event_status"] in REALISED for row in behind)
        assert all(links[row["claim_id"]] == event["event_id"] for row in behind)
        tolls = [row for row in behind if row["fatalities"] is not None]
        low, high = (
            min((r["fatalities_low"] for r in tolls), default=0),
            max((r["fatalities_high"] for r in tolls), default=0),
        )
        if "split evenly" in event["notes"]:
            assert event["fatalities"] <= max(r["fatalities_high"] or 0 for r in rows)
        else:
            assert low <= event["fatalities"] <= high
            assert (event["fatalities_low"], event["fatalities_high"]) == (low, high)
        if event["contested"]:
            denied = [c for c, e in links.items() if e == event["event_id"] and c not in event["claim_ids"]]
            assert denied or len(behind) > 1


@FEW
@given(claims())
def test_events_keep_the_schema_s_rules(rows: list[Row]) -> None:
    frame = pl.DataFrame(rows, schema=polars_schema("claims"), orient="row")
    events, links = merge_frame(frame.lazy())
    assert events.schema == polars_schema("events")
    for rule in row_rules("events"):
        assert events.filter(rule.bad.fill_null(False)).is_empty(), rule.code
    assert links["claim_id"].is_unique().all()


def article(name: str) -> Row:
    return {
        "article_id": name, "publisher": None, "title": None, "url": None, "author": None, "language": "en", "published": None,
        "country_hint": None, "n_sentences": 1, "n_candidate_sentences": 1, "status": "coded", "text_length": 100,
    }  # fmt: skip


def run(folder: Path, batch: list[Row]) -> None:
    """One run over a batch of articles, as `dateline code` ends it."""
    run_folder = RunFolder(folder)
    names = sorted({row["article_id"] for row in batch})
    tables = {"articles": [article(name) for name in names], "claims": batch, "attributions": [], "places": []}
    run_folder.prepare({"dateline.x": "1"}, True)
    run_folder.shards.write("s", tables)
    run_folder.finish(["s"], [], {"dateline.x": "1"}, merge_frame)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(claims(), st.integers(1, 6), st.booleans())
def test_batch_boundaries_do_not_matter(rows: list[Row], cut: int, again: bool) -> None:
    batches = [[r for r in rows if r["article_id"] < f"a{cut}"], [r for r in rows if r["article_id"] >= f"a{cut}"]]
    with tempfile.TemporaryDirectory() as temporary:
        whole, parts = Path(temporary) / "whole", Path(temporary) / "parts"
        run(whole, rows)
        for batch in (*batches, *(batches[:1] if again else ())):
            run(parts, batch)
        assert {p.name: p.read_bytes() for p in whole.iterdir()} == {p.name: p.read_bytes() for p in parts.iterdir()}
