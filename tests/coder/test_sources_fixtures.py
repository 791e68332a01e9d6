"""Attributions of the fixture articles, marked by hand: cue, source and depth."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dateline.coder.coding import StoryCoding
from dateline.coder.pipeline import Coder
from dateline.coder.readers import Defaults, read_articles
from dateline.coder.records import Article, Attribution

MARKED = list(
    csv.DictReader((Path(__file__).parent / "cases" / "fixture_sources.csv").open(encoding="utf-8", newline=""))
)


@pytest.fixture(scope="module")
def stories(root: Path) -> dict[str, StoryCoding]:
    items = read_articles([str(root / "fixtures" / "articles")], defaults=Defaults())
    articles = [item for item in items if isinstance(item, Article)]
    return {story.article.article_id: story for story in Coder(attributions="all").stories(articles)}


def at_cue(story: StoryCoding, mark: dict[str, str]) -> list[Attribution]:
    """The attributions whose cue stands where the mark is."""
    start = story.article.text.index(mark["anchor"]) + mark["anchor"].index(mark["cue"])
    end = start + len(mark["cue"])
    return [a for a in story.attributions if a.cue_start is not None and a.cue_start < end and start < (a.cue_end or 0)]


def agrees(found: Attribution, mark: dict[str, str]) -> bool:
    text = found.source.text
    same = mark["source"] in (text or "") if mark["source"] else text is None
    return same and found.depth == int(mark["depth"])


def test_every_article_is_marked(stories: dict[str, StoryCoding]) -> None:
    assert {mark["article"] for mark in MARKED} == set(stories)


def test_the_source_of_nine_attributions_in_ten_is_found(stories: dict[str, StoryCoding]) -> None:
    missed = [m for m in MARKED if not any(agrees(a, m) for a in at_cue(stories[m["article"]], m))]
    assert 1 - len(missed) / len(MARKED) >= 0.9, missed


def test_a_page_that_quotes_a_fighter_is_a_chain_of_two_below_its_outlet(stories: dict[str, StoryCoding]) -> None:
    story = stories["syria_afrin_factions"]
    mention = next(m for m in story.mentions if "seven men" in m.parse.sentence.text and m.reading.chain)
    chain = [(link.source.text or "").split(",")[0] for link in mention.reading.chain]
    assert story.article.publisher == "Jazira Free Press"
    assert chain == ["The Facebook page Afrin Street Watch", "a fighter of the Levant Front"]
