"""Crowds: whoever they are called, the same deed is the same type of event (CODEBOOK 1.2)."""

from __future__ import annotations

from datetime import date

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article

CROWDS = [
    "Hundreds",
    "Around 200 people",
    "A crowd",
    "Residents",
    "People",
    "Human rights defenders",
    "Opposition supporters",
    "Several hundred students",
    "Members of the teachers' union",
    "Scores of nurses",
    "Families of the victims",
    "Locals",
]
DEEDS = [
    ("protested in Multan on Monday", "Peaceful protest"),
    ("marched in Multan on Monday", "Peaceful protest"),
    ("staged a sit-in in Multan on Monday", "Peaceful protest"),
    ("took to the streets in Multan on Monday", "Peaceful protest"),
    ("blocked a road in Multan on Monday", "Peaceful protest"),
    ("were dispersed by police in Multan on Monday", "Protest with intervention"),
    ("clashed with police in Multan on Monday", "Violent demonstration"),
    ("threw stones at police in Multan on Monday", "Violent demonstration"),
    ("lynched a man in Multan on Monday", "Mob violence"),
]


@pytest.mark.parametrize(("deed", "kind"), DEEDS)
def test_each_crowd_does_the_same(coder: Coder, deed: str, kind: str) -> None:
    for crowd in CROWDS:
        claims = coder.code(Article("t", f"{crowd} {deed}.", published=date(2024, 5, 16))).claims
        assert [c["sub_event_type"] for c in claims] == [kind], crowd


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        ("Clashes between farmers and herders near Jos killed 12 people.", "Armed clash", "Identity militia"),
        ("Villagers clashed with gunmen near Jos.", "Armed clash", "Identity militia"),
        ("Residents fought off bandits near Jos.", "Armed clash", "Identity militia"),
        ("Farmers attacked herders near Jos, killing three.", "Mob violence", "Rioters"),
        ("Villagers lynched a suspected thief near Jos.", "Mob violence", "Rioters"),
        ("Soldiers clashed with gunmen near Jos.", "Armed clash", "State forces"),
    ],
)
def test_civilians_who_fight_a_battle_are_a_communal_militia(coder: Coder, text: str, kind: str, actor: str) -> None:
    found = coder.code(Article("t", text, published=date(2024, 5, 16))).claims[0]
    assert (found["sub_event_type"], found["actor_type"]) == (kind, actor)
