"""Every event of the fixture articles lies where and when a careful reader puts it (CODEBOOK 1.6).

The reading was written down from the articles: for each event one mention or more, the places that can be defended,
and the first and last day that the text allows.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dateline.coder.merge import merge
from dateline.coder.pipeline import Coder
from dateline.coder.readers import Defaults, read_articles
from dateline.coder.records import Article

READING = Path(__file__).parent / "coder" / "cases" / "fixture_reading.csv"
Mention = tuple[str, int, str]


def rows() -> list[dict[str, str]]:
    with READING.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def told(root: Path, coder: Coder) -> tuple[dict[Mention, set[str]], dict[str, dict[str, Any]]]:
    """The events of each mention (one for each day that it states), and the events."""
    articles = read_articles([str(root / "fixtures" / "articles")], defaults=Defaults())
    claims = [c for coding in coder.code_many([a for a in articles if isinstance(a, Article)]) for c in coding.claims]
    events, links = merge(claims)
    mentions = defaultdict(set)
    for claim in claims:
        if claim["exportable"]:
            mention = claim["article_id"], claim["sentence_index"], claim["trigger_text"]
            mentions[mention].add(links[claim["claim_id"]])
    return mentions, {event["event_id"]: event for event in events}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['article']}: {row['trigger']} ({row['sentence']})")
def test_an_event_is_where_and_when_the_reader_puts_it(row: dict[str, str], told: Any) -> None:
    mentions, events = told
    found = [events[key] for key in mentions[row["article"], int(row["sentence"]), row["trigger"]]]
    assert found, "no event of the article has this mention"
    for event in found:
        assert event["location"] in row["places"].split("|")
        assert date.fromisoformat(row["first"]) <= event["event_date"] <= date.fromisoformat(row["last"])
        assert row["first"] != row["last"] or event["time_precision"] == 1, "the text states the day"


def test_the_reading_covers_every_event(told: Any) -> None:
    mentions, events = told
    read = {(row["article"], int(row["sentence"]), row["trigger"]) for row in rows()}
    assert set().union(*(mentions[mention] for mention in read)) == set(events)
