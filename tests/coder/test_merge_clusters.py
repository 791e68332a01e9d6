"""The articles of fixtures/clusters are merged and flagged as they were coded by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dateline.coder.merge import merge, merged
from dateline.coder.merging.copies import origins
from dateline.coder.pipeline import Coder
from dateline.coder.readers import Defaults, read_articles
from dateline.coder.records import Article
from dateline.schema import polars_schema

FOLDER = Path(__file__).parents[2] / "fixtures" / "clusters"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/expected.json"))
COMPARED = ("event_date", "sub_event_type", "location", "fatalities", "corroborated", "actor1", "actor2")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def claims(coder: Coder) -> dict[str, Rows]:
    inputs = [str(FOLDER / name / "articles.jsonl") for name in NAMES]
    articles = [item for item in read_articles(inputs, defaults=Defaults()) if isinstance(item, Article)]
    found: dict[str, Rows] = {name: [] for name in NAMES}
    for article, coding in zip(articles, coder.code_many(articles), strict=True):
        found[article.article_id.rpartition("-")[0]] += coding.claims
    return found


def expected(name: str) -> Rows:
    events: Rows = json.loads((FOLDER / name / "expected.json").read_text("utf-8"))["events"]
    return events


def number(article_id: str) -> int:
    return int(article_id.rpartition("-")[2])


def test_there_are_enough_articles(claims: dict[str, Rows]) -> None:
    assert len(NAMES) >= 8
    assert sum(len((FOLDER / name / "articles.jsonl").read_text("utf-8").splitlines()) for name in NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_cluster(name: str, claims: dict[str, Rows]) -> None:
    events, links = merge(claims[name])
    by_claim = {row["claim_id"]: row for row in claims[name]}
    found = {}
    for event in events:
        articles = sorted({number(by_claim[c]["article_id"]) for c in event["claim_ids"]})
        found[tuple(articles), str(event["event_date"]), event["location"], event["sub_event_type"]] = event
    wanted = {(tuple(e["articles"]), e["event_date"], e["location"], e["sub_event_type"]): e for e in expected(name)}
    assert found.keys() == wanted.keys()
    for key, want in wanted.items():
        event = found[key]
        assert {k: str(event[k]) for k in COMPARED if k in want} == {k: str(want[k]) for k in COMPARED if k in want}
        assert event["contested"] == bool(want["contested_by"])
        against = {
            number(by_claim[c]["article_id"])
            for c, e in links.items()
            if e == event["event_id"] and c not in event["claim_ids"]
        }
        assert against == set(want.get("denied_in", []))


@pytest.mark.parametrize("name", NAMES)
def test_what_contests_and_what_is_copied(name: str, claims: dict[str, Rows]) -> None:
    frame = pl.DataFrame(claims[name], schema=polars_schema("claims"), orient="row")
    happenings = {
        (str(h.cluster.lead.day), h.cluster.lead.claim.location_name, h.fatalities): h for h in merged(frame.lazy())
    }
    for want in expected(name):
        event = happenings[want["event_date"], want["location"], want["fatalities"]]
        assert [contest.kind for contest in event.contests] == want["contested_by"]
        for contest in event.contests:
            assert contest.claims and contest.against
        same = [group for group in origins(event.claims) if len(group) > 1]
        assert same == want.get("same_text", [])


def test_all_clusters_at_once_give_the_same_events(claims: dict[str, Rows]) -> None:
    together, _ = merge([row for rows in claims.values() for row in rows])
    alone = [event for rows in claims.values() for event in merge(rows)[0]]
    order = ("event_date", "country", "location", "event_id")
    assert together == sorted(alone, key=lambda e: tuple(str(e[k]) for k in order))
