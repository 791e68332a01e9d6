"""Role patterns: how a construction gives actor and target."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dateline.coder.dates import find_dates
from dateline.coder.grammar import load_grammar
from dateline.coder.inflection import load_inflector
from dateline.coder.parser import Parser
from dateline.coder.records import Sentence
from dateline.coder.roles import arguments

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "roles.csv").open(encoding="utf-8")))
PREPOSITIONS = {"reciprocal": ("with",), "inverse": ("to",)}


@pytest.mark.parametrize("case", CASES, ids=[f"{c['pattern']}-{n}" for n, c in enumerate(CASES)])
def test_roles(case: dict[str, str], parser: Parser) -> None:
    sentence = Sentence(0, 0, len(case["text"]), case["text"])
    (parse,) = parser.parse([sentence])
    words = case["trigger"].lower().split()
    head = parse.lower.index(words[0])
    tokens = tuple(parse.lower.index(word) for word in words)
    times = frozenset(
        token
        for time in find_dates(sentence, None)
        for token, start in enumerate(parse.starts)
        if time.start <= start < time.end
    )
    extra = PREPOSITIONS.get(case["pattern"], ())
    grammar = load_grammar(load_inflector())
    found = arguments(parse, head, tokens, case["pos"], case["pattern"], extra, grammar, times)
    assert "|".join(p.text for p in found.actors) == case["actors"]
    assert "|".join(p.text for p in found.targets) == case["targets"]


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("Anti-government protests were held in Minsk.", []),
        ("Pro-army rallies filled the squares.", []),
        ("Student protests were held in Minsk.", ["Student"]),
        ("Anti-government student protests were held in Minsk.", ["student"]),
    ],
)
def test_for_or_against_whom_a_protest_is_does_not_act(text: str, modifiers: list[str], parser: Parser) -> None:
    (parse,) = parser.parse([Sentence(0, 0, len(text), text)])
    head = next(k for k, word in enumerate(parse.lower) if word in ("protests", "rallies"))
    found = arguments(parse, head, (head,), "noun", "actor_only", (), load_grammar(load_inflector()))
    assert [phrase.text for phrase in found.weak_actors] == modifiers
