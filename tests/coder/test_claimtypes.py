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
from dateline.coder.grammar import Grammar, load_grammar
from dateline.coder.inflection import load_inflector
from dateline.coder.records import Article, Attribution, Reading, Span, Status
from dateline.coder.status import event_status
from dateline.coder.status_cues import StatusCues, load_status_cues

FOLDER = Path(__file__).parent / "cases"
CASES = [
    case
    for name in ("claims", "nested", "negatives")
    for case in csv.DictReader((FOLDER / f"{name}.csv").open(encoding="utf-8", newline=""))
]


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.fixture(scope="module")
def model() -> parser.Parser:
    return parser.load()


@pytest.fixture(scope="module")
def status() -> tuple[StatusCues, Grammar]:
    inflector = load_inflector()
    return load_status_cues(inflector), load_grammar(inflector)


def read(text: str, trigger: str, model: parser.Parser, cues: Cues, status: tuple[StatusCues, Grammar]) -> Reading:
    """Read the claim about ``trigger``, its own clause first."""
    at = text.index(trigger)
    parse = next(p for p in model.parse(sentences.split(text)) if p.sentence.start <= at < p.sentence.end)
    head = parse.token_at(at)
    assert head is not None
    nominal = not parse.tags[head].startswith(("VB", "MD"))
    found = event_status(parse, head, nominal, *status)
    span = Span(at, at + len(trigger))
    return read_claim(parse, head, span, chain_over(attributions(text, model, cues), span), found, cues)


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


def attributions(text: str, model: parser.Parser, cues: Cues) -> tuple[Attribution, ...]:
    """All attributions of an article of that text."""
    split = sentences.split(text)
    parses = {p.sentence.index: p for p in model.parse(split)}
    return find_attributions(Article("case", text), split, parses, cues)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['group']}-{n}" for n, c in enumerate(CASES)])
def test_claim_is_read_as_the_codebook_says(
    case: dict[str, str], model: parser.Parser, cues: Cues, status: tuple[StatusCues, Grammar]
) -> None:
    if not case["trigger"]:  # nothing in it is an event: the attribution itself is a stance
        found = [(a.claim_type, a.source.text) for a in attributions(case["text"], model, cues)]
        assert ("stance", case["source"]) in found
        return
    got = read(case["text"], case["trigger"], model, cues, status)
    chain = got.chain
    assert {
        "claim_type": got.claim_type,
        "status": got.status.value,
        "polarity": got.polarity,
        "factuality_author": got.factuality_author,
        "factuality_source": got.factuality_source or "",
        "source": (chain[0].source.text or "") if chain else "",
        "source_type": (case["source_type"] and chain[0].source.source_type) if chain else "",
        "depth": str(len(chain)),
        "chain": " > ".join(link.source.text or "-" for link in chain),
    } == {key: value for key, value in case.items() if key not in ("group", "text", "trigger")}


def test_the_table_is_large_enough(cues: Cues) -> None:
    per_type = Counter(case["claim_type"] for case in CASES)
    assert {kind: per_type[kind] for kind in cues.types if per_type[kind] < 10} == {}
    assert len(CASES) >= 300
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert sum(case["depth"] > "1" for case in CASES) >= 40
    assert Counter(case["group"] for case in CASES)["negative"] >= 40


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
