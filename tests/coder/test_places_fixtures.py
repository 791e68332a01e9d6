"""Places and dates of events in the fixture articles, as a careful reader codes them (CODEBOOK 1.6).

``place`` and ``date`` are blank where the sentence says nothing (then the pipeline looks further up); ``None``
means that what it says does not date the event. ``last`` is the story's last date before the sentence.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from dateline.coder.dates import event_date, find_dates, representative
from dateline.coder.gazetteer import open_gazetteer
from dateline.coder.location import locate
from dateline.coder.places import find_places, load_place_words
from dateline.coder.readers import Defaults, read_articles
from dateline.coder.records import Article, Geography, Sentence, Span
from dateline.coder.sentences import split

CASES = Path(__file__).parent / "cases" / "fixture_events.csv"
ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
NOMINAL = {"drone strike", "lynching", "gunfight", "suicide bombing", "firing", "gun battle", "vigil"}


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def stories() -> dict[str, tuple[Article, tuple[Sentence, ...], Geography]]:
    words, gazetteer = load_place_words(), open_gazetteer()
    out = {}
    for article in read_articles((str(ARTICLES),), defaults=Defaults(None, None, None, None)):
        assert isinstance(article, Article)
        sentences = split(article.text)
        out[article.article_id] = (article, sentences, find_places(article, sentences, gazetteer, words))
    return out


@pytest.mark.parametrize(
    "row", rows(), ids=lambda row: f"{row['trigger']} {row['place']} {row['date']} {row['article']}"
)
def test_event(row: dict[str, str]) -> None:
    article, sentences, geography = stories()[row["article"]]
    text = article.text.replace("’", "'")
    start = text.index(row["clause"])
    clause = Span(start, start + len(row["clause"]))
    sentence = next(s for s in sentences if s.start <= start < s.end)
    at = text.index(row["trigger"], sentence.start)
    trigger = Span(at, at + len(row["trigger"]))

    if row["place"] or not row["date"]:
        where = locate(geography, clause, sentence)
        got = (where.place.name, str(where.precision)) if where and where.place else ("", "")
        assert got == (row["place"], row["geo_precision"])
    if row["date"]:
        last = date.fromisoformat(row["last"]) if row["last"] else None
        found = find_dates(sentence, article.published, last)
        chosen = event_date(found, clause, sentence, trigger=trigger, nominal=row["trigger"] in NOMINAL)
        when = representative(chosen) if chosen else None
        expected = None if row["date"] == "None" else (date.fromisoformat(row["date"]), int(row["time_precision"]))
        assert when == expected


def test_every_article_that_tells_of_events_has_a_case() -> None:
    told = {row["article"] for row in rows()}
    assert set(stories()) - told == {"business_week_in_review"}
