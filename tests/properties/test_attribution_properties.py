"""Whatever the text: attributions never crash, stay inside it, and nest without circles, five deep at most."""

from __future__ import annotations

import pytest
from dateline.coder import sentences
from dateline.coder.attribution import find_attributions, load_cues, worth_a_row
from dateline.coder.cues import Cues
from dateline.coder.parser import Parser
from dateline.coder.records import Article, Attribution
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PIECES = (
    "The army", "Rebels", "He", "The victim", "a witness", "said", "denied that", "claimed", "told", "quoted", "as saying",
    "according to", "rebels killed the mayor", "that it", "the mayor", ",", ".", ":", "“", "”", '"', "''", "``", "‘", "’",
    "«", "»", "\n\n", "who", "not", "reportedly", "𐍈", "🙂", "(", ")",
)  # fmt: skip


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


def found_in(text: str, parser: Parser, cues: Cues) -> tuple[Attribution, ...]:
    split = sentences.split(text)
    parses = {p.sentence.index: p for p in parser.parse(split)}
    return find_attributions(Article("case", text), split, parses, cues)


def check(text: str, found: tuple[Attribution, ...]) -> None:
    by_id = {a.attribution_id: a for a in found}
    for item in found:
        assert all(0 <= span.start < span.end <= len(text) for span in item.content)
        assert 1 <= item.depth <= 5
        at, steps = item, 0
        while at.parent_id is not None:
            at, steps = by_id[at.parent_id], steps + 1
            assert steps <= 5
        assert steps == item.depth - 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(" ".join))
def test_any_heap_of_speech(parser: Parser, cues: Cues, text: str) -> None:
    found = found_in(text, parser, cues)
    check(text, found)
    check(text, worth_a_row(found, ()))
    check(text, worth_a_row(found, {a.attribution_id for a in found[::2]}, others=False))


@pytest.mark.parametrize(
    "text",
    [
        "“They came at night. " + "They burned the mill and left. " * 350 + "They left,” said Ali Diallo.",
        "“They burned it, said Diallo. “They burned it again. Nobody closed the quotation.",
        "The murdered chief said before his death that gunmen would kill him.",
        "The man whom police shot said police shot him.",
        "The army said the rebels said the army said the rebels said the army said the rebels said the army fled.",
        "He said that he said that he said that he said that he said that he said that he said it.",
        "“”" * 400 + " said “ ” said ” “",
    ],
)
def test_bad_input(text: str, parser: Parser, cues: Cues) -> None:
    check(text, found_in(text, parser, cues))
