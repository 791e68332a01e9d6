from __future__ import annotations

import numpy
import pytest
from dateline.coder import parser as layer
from dateline.coder.parser import ModelError, Parser, load
from dateline.coder.records import Sentence
from dateline.coder.sentences import split

TEXT = (
    "SAN SALVADOR, 3 JAN 90 -- THE BRIGADE REPORTED THAT ABOUT 50\nPEASANTS WERE   KIDNAPPED. "
    "Gunmen on motorbikes killed five farmers near Gusau, police said. The « café » was hit by a shell 🙂 at dawn."
)


def test_offsets_slice_to_the_article(parser: Parser) -> None:
    for parse in parser.parse(split(TEXT)):
        for word, start, end in zip(parse.lower, parse.starts, parse.ends, strict=True):
            assert " ".join(TEXT[start:end].split()).lower() == word


def test_the_fast_parser_gives_the_same_parses(parser: Parser) -> None:
    slow = load(fast=False)
    for sentences in (split(TEXT * 5), (Sentence(0, 0, 0, ""),), (Sentence(0, 0, 7, "Protest"),)):
        assert list(parser.parse(sentences)) == list(slow.parse(sentences))


def test_the_fast_parser_sees_the_same_words() -> None:
    sentences = split(TEXT)
    fast, slow = (list(load(fast=fast).nlp.pipe(s.text for s in sentences)) for fast in (True, False))
    for one, other in zip(fast, slow, strict=True):
        assert numpy.allclose(one.tensor, other.tensor, atol=1e-5)


def test_steps_give_the_parses_of_spacys_own_loop(parser: Parser) -> None:
    sentences = [Sentence(0, 0, 0, ""), *split(TEXT), Sentence(0, 0, 1, "."), *split("Troops left. " * 200)]
    parses = list(parser.parse(sentences))
    assert len(parses) == len(sentences)
    for parse, sentence in zip(parses, sentences, strict=True):
        doc = parser.nlp(layer._prepare(sentence)[0])
        assert parse.heads == tuple(token.head.i for token in doc)
        assert parse.deps == tuple(token.dep_ for token in doc)


def test_a_missing_model_names_both_remedies() -> None:
    with pytest.raises(ModelError, match=r"pip install .*==3\.8\.0.*--model"):
        load("en_no_such_model")


def test_altered_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(layer.FINGERPRINTS, "parser/model", "0" * 64)
    with pytest.raises(ModelError, match="not the official ones"):
        load()


def test_a_parser_with_other_labels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer, "NEEDED_LABELS", frozenset({"nsubj", "obl"}))
    with pytest.raises(ModelError, match="CLEAR"):
        load()
