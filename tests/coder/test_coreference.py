from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dateline.coder.actor_lexicon import ActorLexicon, load_actors
from dateline.coder.actors import read_actor
from dateline.coder.coreference import KEPT, REACH, Memory, remember, resolve
from dateline.coder.parser import Parser
from dateline.coder.phrases import phrase
from dateline.coder.records import Actor
from dateline.coder.references import load_references
from dateline.coder.sentences import split

REFERENCES = load_references()

BOKO = "Boko Haram - Jamatu Ahli is-Sunnah lid-Dawatai wal-Jihad"
GUNMEN = "Unidentified Armed Group (Nigeria)"
CIVILIANS = "Civilians (Nigeria)"
RAID = "Gunmen attacked Gusau and killed five farmers."


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return load_actors()


def _last(parser: Parser, lexicon: ActorLexicon, text: str, head: str, named: str) -> Actor | None:
    """What ``head`` means in the last sentence; ``named`` are the head words of the earlier actors."""
    *before, last = parser.parse(split(text))
    memory = Memory()
    for parse in before:
        for word in named.split():
            if word in parse.words:
                found = phrase(parse, parse.words.index(word))
                actor = resolve(parse, found, memory, REFERENCES) or read_actor(
                    parse, found, lexicon, country="NGA", on=date(2023, 6, 1), material=True
                )
                memory = remember(memory, actor, parse.sentence.index, REFERENCES)
    return resolve(last, phrase(last, last.words.index(head)), memory, REFERENCES)


@pytest.mark.parametrize(
    ("text", "head", "named", "name"),
    [
        (f"{RAID} They burned houses.", "They", "Gunmen farmers", GUNMEN),
        (f"{RAID} They were buried on Sunday.", "They", "Gunmen farmers", CIVILIANS),
        (f"{RAID} The attackers fled.", "attackers", "Gunmen farmers", GUNMEN),
        (f"{RAID} The victims came from Zaria.", "victims", "Gunmen farmers", CIVILIANS),
        ("Five farmers were killed by gunmen. They burned a market.", "They", "farmers gunmen", GUNMEN),
        ("Boko Haram attacked Bama. The group killed a guard.", "group", "Haram", BOKO),
        ("Boko Haram attacked Bama. It killed a guard.", "It", "Haram", BOKO),
        ("Boko Haram attacked Bama. These militants killed a guard.", "militants", "Haram", BOKO),
        ("Police beat a student. She was taken to Kano.", "She", "Police student", CIVILIANS),
        ("The army shelled Bama. Its jets returned.", "Its", "army", "Military Forces of Nigeria (2023-)"),
    ],
)
def test_refers(parser: Parser, lexicon: ActorLexicon, text: str, head: str, named: str, name: str) -> None:
    found = _last(parser, lexicon, text, head, named)
    assert found is not None
    assert found.name == name
    assert head in found.phrase.text
    assert "means" in found.evidence


@pytest.mark.parametrize(
    ("text", "head", "named", "why"),
    [
        (f"{RAID} Militants fled.", "Militants", "Gunmen farmers", "no article"),
        (f"{RAID} Other attackers fled.", "attackers", "Gunmen farmers", "indefinite"),
        (f"{RAID} Some attackers fled.", "attackers", "Gunmen farmers", "indefinite"),
        (f"{RAID} The masked local attackers fled.", "attackers", "Gunmen farmers", "tells which"),
        (f"{RAID} The attackers of Bama fled.", "attackers", "Gunmen farmers", "tells which"),
        (f"{RAID} The protesters fled.", "protesters", "Gunmen farmers", "another kind"),
        (f"{RAID} He fled.", "He", "Gunmen farmers", "one person, many named"),
        (f"{RAID} It denied this.", "It", "Gunmen farmers", "no organisation named"),
        ("Boko Haram attacked Bama. She fled.", "She", "Haram", "a group is no person"),
        ("A Boko Haram commander fled. It denied this.", "It", "commander", "a person is no group"),
    ],
)
def test_does_not_refer(parser: Parser, lexicon: ActorLexicon, text: str, head: str, named: str, why: str) -> None:
    assert _last(parser, lexicon, text, head, named) is None, why


def test_a_reference_reaches_only_so_far(parser: Parser, lexicon: ActorLexicon) -> None:
    near = RAID + " It rained." * (REACH - 1) + " The attackers fled."
    far = RAID + " It rained." * REACH + " The attackers fled."
    assert _last(parser, lexicon, near, "attackers", "Gunmen") is not None
    assert _last(parser, lexicon, far, "attackers", "Gunmen") is None


def test_the_latest_fitting_actor_wins(parser: Parser, lexicon: ActorLexicon) -> None:
    text = "Boko Haram attacked Bama. Ansaru attacked Zaria. The group fled."
    found = _last(parser, lexicon, text, "group", "Haram Ansaru")
    assert found is not None and found.name is not None and found.name.startswith("Ansaru")


def test_a_chain_names_the_nearest_link_and_the_first_entry(parser: Parser, lexicon: ActorLexicon) -> None:
    text = "Boko Haram attacked Bama. The group killed a guard. It fled."
    found = _last(parser, lexicon, text, "It", "Haram group")
    assert found is not None
    assert found.evidence.count("means") == 1
    assert "'The group' of sentence 1" in found.evidence and "actors.csv" in found.evidence


def test_no_actor_of_the_same_clause(parser: Parser, lexicon: ActorLexicon) -> None:
    text = "Gunmen attacked them after the farmers had attacked them."
    (parse,) = parser.parse(split(text))
    found = phrase(parse, 0)
    actor = read_actor(parse, found, lexicon, country="NGA", on=None, material=True)
    memory = remember(Memory(), actor, parse.sentence.index, REFERENCES)
    first, last = (t for t, word in enumerate(parse.words) if word == "them")
    assert resolve(parse, phrase(parse, first), memory, REFERENCES) is None
    outer = resolve(parse, phrase(parse, last), memory, REFERENCES)
    assert outer is not None and outer.inter == "Political militia"


def test_memory_is_a_value(parser: Parser, lexicon: ActorLexicon) -> None:
    (parse,) = parser.parse(split("Gunmen attacked Gusau."))
    found = phrase(parse, 0)
    actor = read_actor(parse, found, lexicon, country="NGA", on=None, material=True)
    empty = Memory()
    once = remember(empty, actor, 0, REFERENCES)
    assert empty == Memory() and once != empty
    assert remember(once, actor, 0, REFERENCES) == once
    assert remember(empty, replace(actor, kind="weapon"), 0, REFERENCES) == empty
    assert remember(empty, replace(actor, name=None, inter=None), 0, REFERENCES) == empty
    many = once
    for k in range(40):
        many = remember(many, replace(actor, phrase=replace(found, start=k, end=k + 1)), 0, REFERENCES)
    assert len(many.actors) == KEPT


def test_nothing_is_meant_at_the_start_of_a_story(parser: Parser) -> None:
    (parse,) = parser.parse(split("They attacked the group."))
    assert resolve(parse, phrase(parse, 0), Memory(), REFERENCES) is None
    assert resolve(parse, phrase(parse, parse.words.index("group")), Memory(), REFERENCES) is None
