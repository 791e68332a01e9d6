"""Claim types, polarity, factuality and status, on invented sentences (CODEBOOK 3.2, 3.4, 3.5)."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from dateline.coder import parser, sentences
from dateline.coder.attribution import find_attributions, load_cues
from dateline.coder.claimtypes import chain_over, read_claim
from dateline.coder.cues import Cues
from dateline.coder.records import Article, Reading, Span, Status

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "claims.csv").open(encoding="utf-8", newline="")))


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.fixture(scope="module")
def model() -> parser.Parser:
    return parser.load()


def reading(text: str, trigger: str, clause: str, model: parser.Parser, cues: Cues) -> Reading:
    """Read the claim about ``trigger`` in an article of that text."""
    article = Article("case", text)
    split = sentences.split(text)
    parses = {p.sentence.index: p for p in model.parse(split)}
    found = find_attributions(article, split, parses, cues)
    at = text.index(trigger)
    parse = next(p for p in parses.values() if p.sentence.start <= at < p.sentence.end)
    head = parse.token_at(at)
    assert head is not None
    span = Span(at, at + len(trigger))
    return read_claim(parse, head, span, chain_over(found, span), Status(clause or "occurred"), cues)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['group']}-{n}" for n, c in enumerate(CASES)])
def test_claim_is_read_as_the_codebook_says(case: dict[str, str], model: parser.Parser, cues: Cues) -> None:
    got = reading(case["text"], case["trigger"], case["clause_status"], model, cues)
    assert (got.claim_type, got.status.value) == (case["claim_type"], case["status"])
    assert (got.chain[0].source.text if got.chain else None) == (case["source"] or None)
    if case["source_type"]:
        assert got.chain[0].source.source_type == case["source_type"]
    if case["depth"]:
        assert len(got.chain) == int(case["depth"])
    assert got.polarity == ("negative" if case["status"] == "negated" else "positive")
    assert (got.factuality_source is None) == (not got.chain)


def test_every_claim_type_has_cases(cues: Cues) -> None:
    per_type = Counter(case["claim_type"] for case in CASES)
    assert {kind for kind in cues.types if per_type[kind] < 5} <= {"stance"}
    per_group = Counter(case["group"] for case in CASES)
    assert per_group["nested"] >= 20
    assert per_group["negative"] >= 20


@pytest.mark.parametrize(
    ("text", "trigger", "clause", "author", "source"),
    [
        ("Rebels seized the bridge in Bor.", "seized", "occurred", "CT+", None),
        ("Rebels did not seize the bridge.", "seize", "negated", "CT-", None),
        ("Rebels probably seized the bridge.", "seized", "occurred", "PR+", None),
        ("Rebels perhaps seized the bridge.", "seized", "occurred", "PS+", None),
        ("Rebels may seize the bridge.", "seize", "predicted", "PS+", None),
        ("The mayor said rebels seized the bridge.", "seized", "occurred", "Uu", "CT+"),
        ("The mayor said rebels did not seize the bridge.", "seize", "negated", "Uu", "CT-"),
        ("The mayor denied that rebels seized the bridge.", "seized", "occurred", "Uu", "CT-"),
        ("The army admitted that its men burned the huts.", "burned", "occurred", "CT+", "CT+"),
        ("Analysts believe rebels seized the bridge.", "seized", "occurred", "Uu", "PR+"),
        ("The army doubted that rebels seized the bridge.", "seized", "occurred", "Uu", "PS-"),
        ("Rebels reportedly seized the bridge.", "seized", "occurred", "Uu", "Uu"),
        ("Rebels appear to have seized the bridge.", "seized", "occurred", "PR+", "PR+"),
        ("The police confirmed that rebels seized the bridge.", "seized", "occurred", "PR+", "CT+"),
        ("The radio said the army admitted that its men burned huts.", "burned", "occurred", "Uu", "CT+"),
        ("Elders asked the gunmen to leave the village.", "leave", "planned", "Uu", "Uu"),
        ("The militia threatened to burn the village.", "burn", "threatened", "Uu", "PS+"),
    ],
)
def test_factuality_is_projected_to_author_and_source(
    text: str, trigger: str, clause: str, author: str, source: str | None, model: parser.Parser, cues: Cues
) -> None:
    got = reading(text, trigger, clause, model, cues)
    assert (got.factuality_author, got.factuality_source) == (author, source)


def test_a_denied_claim_and_an_asserted_one_stand_side_by_side(model: parser.Parser, cues: Cues) -> None:
    text = "The opposition says police shot three protesters; the police deny it."
    assert reading(text, "shot", "occurred", model, cues).claim_type == "report"


def test_a_negated_cue_says_nothing_of_the_event(model: parser.Parser, cues: Cues) -> None:
    got = reading("Officials did not say that troops fired on the crowd.", "fired", "occurred", model, cues)
    assert got.status.value == "unknown"
    assert got.chain == ()


def test_condemning_presupposes_the_event_even_when_negated(model: parser.Parser, cues: Cues) -> None:
    got = reading("The council did not condemn the killing of the chief.", "killing", "occurred", model, cues)
    assert (got.claim_type, got.status.value) == ("narration", "occurred")
