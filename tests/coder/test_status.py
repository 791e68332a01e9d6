from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dateline.coder.grammar import load_grammar
from dateline.coder.inflection import load_inflector
from dateline.coder.parser import Parser
from dateline.coder.sentences import split
from dateline.coder.status import event_status
from dateline.coder.status_cues import load_status_cues

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "status.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"] for case in CASES])
def test_status(case: dict[str, str], parser: Parser) -> None:
    inflector = load_inflector()
    parse = next(parser.parse(split(case["sentence"])))
    head = parse.words.index(case["trigger"])
    nominal = parse.tags[head].startswith("NN")
    found = event_status(parse, head, nominal, load_status_cues(inflector), load_grammar(inflector))
    assert found.value == case["status"], found.evidence
