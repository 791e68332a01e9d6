from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from dateline.coder.actor_classes import _BY_CLASS, _BY_INTER, actor_class
from dateline.coder.actor_lexicon import ActorLexicon, load_actors
from dateline.coder.actors import read_actor
from dateline.coder.decisions import load_decisions
from dateline.coder.event_types import OF_EVENT_TYPES
from dateline.coder.parser import Parser
from dateline.coder.phrases import phrase
from dateline.coder.records import Actor
from dateline.coder.sentences import split

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "actors.csv").open(encoding="utf-8")))
NO_CLASSES = {"drone", "none"}  # a weapon as target; an empty role


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return load_actors()


def _read(
    parser: Parser,
    lexicon: ActorLexicon,
    sentence: str,
    head: str,
    country: str | None,
    on: date | None,
    material: bool = True,
) -> Actor:
    parse = next(parser.parse(split(sentence)))
    found = phrase(parse, parse.words.index(head))
    return read_actor(parse, found, lexicon, country=country, on=on, material=material)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['head']}: {c['sentence']}" for c in CASES])
def test_actor(case: dict[str, str], parser: Parser, lexicon: ActorLexicon) -> None:
    on = date.fromisoformat(case["on"])
    found = _read(parser, lexicon, case["sentence"], case["head"], case["country"], on, case["material"] == "yes")
    read = (found.kind, found.name or "", found.inter or "", found.country or "", found.certainty)
    wanted = tuple(case[key] for key in ("kind", "name", "inter", "home", "certainty"))
    assert read == wanted, found.evidence
    assert "; ".join(found.associates) == case["associates"], found.evidence
    classes = actor_class(found)
    assert set(filter(None, case["has"].split("|"))) <= classes
    assert not set(filter(None, case["lacks"].split("|"))) & classes
    assert found.evidence


def test_without_a_country_the_type_is_kept(parser: Parser, lexicon: ActorLexicon) -> None:
    found = _read(parser, lexicon, "Gunmen attacked a convoy.", "Gunmen", None, None)
    assert (found.name, found.inter, found.armed) == (None, "Political militia", True)


def test_without_a_day_there_is_no_regime(parser: Parser, lexicon: ActorLexicon) -> None:
    found = _read(parser, lexicon, "Soldiers entered the town.", "Soldiers", "MLI", None)
    assert found.name == "Military Forces of Mali"


def test_one_spelling_is_another_group_in_another_country(parser: Parser, lexicon: ActorLexicon) -> None:
    text, on = "The ADF attacked a village.", date(2023, 6, 1)
    congo = _read(parser, lexicon, text, "ADF", "COD", on)
    assert congo.name == "ADF: Allied Democratic Forces"
    elsewhere = _read(parser, lexicon, text, "ADF", "CMR", on)
    assert elsewhere.name != congo.name


def test_a_phrase_is_never_lost(parser: Parser, lexicon: ActorLexicon) -> None:
    text = "In the quiet valley three grey Xorblats of Quendor watched 12 others; some left, both unharmed."
    parse = next(parser.parse(split(text)))
    for token in range(len(parse)):
        found = phrase(parse, token)
        actor = read_actor(parse, found, lexicon, country=None, on=None, material=True)
        assert actor.phrase == found
        assert actor.kind and actor.evidence
        assert isinstance(actor_class(actor), frozenset)


def test_generic_actors_are_not_known(parser: Parser, lexicon: ActorLexicon) -> None:
    gunmen = _read(parser, lexicon, "Gunmen killed a farmer.", "Gunmen", "NGA", date(2023, 6, 1))
    army = _read(parser, lexicon, "The army killed a farmer.", "army", "NGA", date(2023, 6, 1))
    assert gunmen.generic and "known" not in actor_class(gunmen)
    assert not army.generic and "known" in actor_class(army)


def test_the_tables_ask_only_for_classes_that_exist(lexicon: ActorLexicon) -> None:
    decisions = load_decisions()
    given = {"person", "place", "property", "weapon", "event", "other", "position", "known", "external"}
    given |= {"notable", "armed", "civilian"} | OF_EVENT_TYPES | NO_CLASSES
    for classes in (*_BY_CLASS.values(), *_BY_INTER.values()):
        given |= set(classes.split())
    assert _asked(row.actor for row, _ in decisions.acled) <= given
    assert _asked(row.target for row, _ in decisions.acled) <= given
    assert _asked(row.actor for row, _ in decisions.plover) <= given
    assert _asked(row.target for row, _ in decisions.plover) <= given


def test_every_agent_class_is_given_a_type(lexicon: ActorLexicon) -> None:
    named = set(lexicon.classes) | {"criminal"}
    assert set(_BY_CLASS) <= named
    assert {row.class_ for row in lexicon.agents.values()} <= set(lexicon.classes)


def _asked(cells: Iterable[str]) -> set[str]:
    return {part for cell in cells for part in re.split(r"[|+]", cell) if part}
