"""What holds for every article, however broken its text: offsets slice, rows are valid, the same text codes the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.coder.merge import merge
from dateline.coder.pipeline import Coder, Coding
from dateline.coder.records import Article
from dateline.schema import TABLES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SENTENCES = (
    "Gunmen killed five farmers near Gusau on Monday, police said.",
    "“They came at dawn,” said Hawa Garba, a trader. “We buried nine people.",
    "The army denied that its jets had struck a camp in Kaduna.",
    "Iran said Israel attacked Syria on Monday.",
    "Police fired tear gas at protesters in Kisumu and arrested 14 of them.",
    "MIRANSHAH, Dec 5 – A roadside bomb exploded near Kohat, wounding two.",
    "According to the page, a fighter admitted that his comrades had looted shops in Afrin.",
    "REBELS SEIZED BARA FROM THE ARMY ON 3 MAY 2024.",
    "It also reported that 12 to 15 people were abducted between 11 and 14 November.",
    "Did the rebels shell the port? They will not attack, he added.",
)
JUNK = ("“", "”", '"', "'", "\n\n", " \u00a0 ", "\u200b", "🙂", "𐍈", "—", "(", ")", "...", "\t", "e\u0301", "ß", "İ")
PARTS = (  # every reference may stand for every other: no chain of them may be endless
    ("We", "Our commander", "Its spokesman", "He", "His brother", "The attackers", "The army", "One of them", "Both sides"),
    ("said", "denied that", "was told by our commander that", "admitted that", "claimed responsibility after", "said his men said"),
    ("its fighters", "they", "our troops", "each other", "he", "rebels", "some of whom", "it", "the group's own men"),
    ("attacked", "were killed by", "surrendered to", "clashed with", "abducted", "shelled", "the killing of"),
    ("us", "them", "our base", "his convoy", "its own soldiers", "ten of our men", "those who fled", "civilians"),
    ("in Maiduguri on Monday.", "there a day earlier.", "near its border, he added.", "in retaliation for their attack on us."),
)  # fmt: skip
COMPOSED = st.tuples(*(st.sampled_from(part) for part in PARTS)).map(" ".join)
TEXTS = st.lists(
    st.one_of(st.sampled_from(SENTENCES), COMPOSED, st.sampled_from(JUNK), st.text(max_size=12)), min_size=1, max_size=9
).map(" ".join)
SPANS = ("trigger", "actor", "target", "location", "date")
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def code(coder: Coder, text: str) -> Coding:
    return coder.code(Article("a", text, published=date(2024, 12, 6)))


def spans(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    named = [(row[f"{name}_start"], row[f"{name}_end"], row[f"{name}_text"]) for name in SPANS]
    return [span for span in named if span[0] is not None]


@SLOW
@given(text=TEXTS)
def test_every_offset_slices_to_its_text(coder: Coder, text: str) -> None:
    coding = code(coder, text)
    for row in coding.claims:
        assert text[row["sentence_start"] :].startswith(row["sentence"])
        for start, end, found in spans(row):
            assert text[start:end] == found
    for row in coding.attributions:
        for name in ("source", "cue"):
            if row[f"{name}_start"] is not None:
                assert text[row[f"{name}_start"] : row[f"{name}_end"]] == row[f"{name}_text"]
        for span in row["content_spans"]:
            assert 0 <= span["start"] < span["end"] <= len(text)
        assert 1 <= row["depth"] <= 5
    for row in coding.places:
        assert text[row["start"] : row["end"]] == row["text"]


@SLOW
@given(text=TEXTS)
def test_every_row_is_valid(coder: Coder, text: str) -> None:
    coding = code(coder, text)
    for table, model in TABLES.items():
        for row in getattr(coding, table):
            model.model_validate(row)
    ids = [row["claim_id"] for row in coding.claims]
    assert len(ids) == len(set(ids))
    known = {row["attribution_id"] for row in coding.attributions}
    assert {row["attribution_id"] for row in coding.claims} - {None} <= known


@SLOW
@given(texts=st.lists(TEXTS, min_size=2, max_size=4))
def test_an_article_codes_the_same_alone_and_among_others(coder: Coder, texts: list[str]) -> None:
    articles = [Article(f"a{k}", text, published=date(2024, 12, 6)) for k, text in enumerate(texts)]
    together = list(coder.code_many(articles))
    for article, coding in zip(articles, together, strict=True):
        assert next(iter(coder.code_many([article]))) == coding


@SLOW
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_only_what_happened_becomes_an_event(coder: Coder, texts: list[str]) -> None:
    articles = [Article(f"a{k}", text, published=date(2024, 12, 6)) for k, text in enumerate(texts)]
    claims = [row for coding in coder.code_many(articles) for row in coding.claims]
    events, ids = merge(claims)
    by_id = {row["claim_id"]: row for row in claims}
    exported = {row["claim_id"] for row in claims if row["exportable"]}
    assert exported <= set(ids)
    against = [by_id[i] for i in set(ids) - exported]  # what speaks against an event is linked, not part of it
    assert all(row["claim_type"] in ("denial", "doubt") or row["event_status"] == "negated" for row in against)
    for event in events:
        assert all(by_id[i]["event_status"] in ("occurred", "ongoing", "attempted") for i in event["claim_ids"])
