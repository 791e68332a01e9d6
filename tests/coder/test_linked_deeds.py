"""Deeds and their results: who did it, to whom, when the parser hangs the result on something between them."""

from __future__ import annotations

from datetime import date

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article

CASES = [
    # sentence, trigger, actor text, target text, sub-event type
    (
        "Gunmen opened fire as worshippers left a church in Kano, killing two.",
        "killing",
        "Gunmen",
        "two",
        "Attack",
    ),
    (
        "An attack by Boko Haram on a church in Kano that killed ten people was condemned.",
        "killed",
        "Boko Haram",
        "ten people",
        "Attack",
    ),
    (
        "A bomb planted by the roadside went off as a convoy passed near Kano, killing four soldiers.",
        "killing",
        None,
        "four soldiers",
        "Remote explosive/landmine/IED",
    ),
    (
        "The militants burned 20 houses and killed six people in Kano.",
        "burned",
        "The militants",
        "20 houses",
        "Looting/property destruction",
    ),
    (
        "Protesters set fire to a police station in Kano after an officer shot dead a taxi driver.",
        "set fire to",
        "Protesters",
        "a police station",
        "Violent demonstration",
    ),
    (
        "The army responded with an air strike that killed four militants near Kano.",
        "killed",
        "The army",
        "four militants",
        "Air/drone strike",
    ),
    (
        "The rebels avenged the arrest with an attack on a barracks in Kano.",
        "attack",
        "The rebels",
        "a barracks",
        "Armed clash",
    ),
    (
        "A bomb exploded at a market in Kano, killing six traders, hours after gunmen shot dead a judge.",
        "killing",
        None,
        "six traders",
        "Remote explosive/landmine/IED",
    ),
    (
        "A bomb exploded in Kano, a day after gunmen shot dead a judge in Zaria.",
        "shot dead",
        "gunmen",
        "a judge",
        "Attack",
    ),
    (
        "Two civilians died in shelling near Kano.",
        "shelling",
        None,
        "Two civilians",
        "Shelling/artillery/missile attack",
    ),
    (
        "Troops were engaged in fighting near Kano.",
        "fighting",
        "Troops",
        None,
        "Armed clash",
    ),
    (
        "Gunmen killed three traders in Kano and injured five nurses in a separate attack in Zaria.",
        "attack",
        "Gunmen",
        "five nurses",
        "Attack",
    ),
    (
        "Gunmen fired at police in Kano, who shot dead two of the attackers.",
        "shot dead",
        "police",
        "two of the attackers",
        "Armed clash",
    ),
    (
        "A gang robbed a bank in Kano killing two traders and fled with cash.",
        "killing",
        "A gang",
        "two traders",
        "Attack",
    ),
    (
        "Protesters blocked roads in Kano and clashed with police in Zaria, where two people died.",
        "died",
        None,
        "two people",
        "Violent demonstration",
    ),
]


@pytest.mark.parametrize(("text", "trigger", "actor", "target", "kind"), CASES, ids=[c[0][:40] for c in CASES])
def test_result_has_the_parties_of_its_deed(
    coder: Coder, text: str, trigger: str, actor: str | None, target: str | None, kind: str
) -> None:
    claims = [dict(c) for c in coder.code(Article("t", text, published=date(2024, 5, 15))).claims]
    (found,) = [c for c in claims if c["trigger_text"] == trigger]
    assert (found["actor_text"], found["target_text"], found["sub_event_type"]) == (actor, target, kind)


def test_a_strike_that_is_answered_is_not_its_victims_own(coder: Coder) -> None:
    text = "Hezbollah said it had fired rockets at an Israeli base in response to a strike that killed its commander."
    claims = [dict(c) for c in coder.code(Article("t", text, published=date(2024, 5, 15))).claims]
    types = {c["trigger_text"]: c["claim_type"] for c in claims}
    assert types["strike"] == "report"
    assert types["fired rockets at"] == "claim_of_responsibility"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Protesters toppled a statue in Kano on Monday.", "Rioters (Nigeria)"),
        ("Students occupied a university building in Kano on Monday.", "Protesters (Nigeria)"),
        ("A mob torched houses in Kano on Monday.", "Rioters (Nigeria)"),
        ("Hundreds marched in Kano on Monday.", "Protesters (Nigeria)"),
    ],
)
def test_crowd_is_named_as_its_type_says(coder: Coder, text: str, name: str) -> None:
    (found,) = coder.code(Article("t", text, published=date(2024, 5, 15))).claims
    assert found["actor_name"] == name


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The attack in Gao was claimed by the Islamic State.", "the Islamic State"),
        ("The Islamic State claimed the attack in Gao.", "The Islamic State"),
        ("No group claimed the attack in Gao.", None),
        ("The Islamic State was behind the attack in Gao.", "The Islamic State"),
        ("The Islamic State is thought to be behind the attack in Gao.", "The Islamic State"),
        ("It is not known who was behind the attack in Gao.", None),
        ("A gang of ten people attacked a bank in Gao.", "A gang of ten people"),
        ("The Islamic State did not claim the attack in Gao.", None),
    ],
)
def test_whoever_claims_a_deed_did_it(coder: Coder, text: str, actor: str | None) -> None:
    (found,) = coder.code(Article("t", text, published=date(2024, 5, 15))).claims
    assert found["actor_text"] == actor


def test_the_dead_of_one_deed_are_not_those_of_an_earlier_one_by_others(coder: Coder) -> None:
    text = "Soldiers killed a student in Kano a week after rebels attacked a barracks in Zaria."
    claims = [dict(c) for c in coder.code(Article("t", text, published=date(2024, 5, 15))).claims]
    assert [(c["trigger_text"], c["fatalities"]) for c in claims] == [("killed", 1), ("attacked", None)]
