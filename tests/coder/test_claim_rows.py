"""Rows never hold a missing value in disguise."""

from __future__ import annotations

from datetime import date

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article


def test_a_continent_has_no_country(coder: Coder) -> None:
    everywhere = Coder(places="all")
    text = "Gunmen killed five farmers near Gusau on Monday, the bloodiest attack in Africa and Asia this year."
    coding = everywhere.code(Article("a", text, published=date(2024, 5, 15)))
    named = {row["text"]: (row["country"], row["iso"]) for row in coding.places}
    assert named["Africa"] == (None, None)
    assert named["Gusau"] == ("Nigeria", 566)


def test_two_stated_days_are_two_claims_that_share_the_toll(coder: Coder) -> None:
    text = "Gunmen killed five farmers near Gusau on Monday and Tuesday, police said."
    claims = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert [(row["event_date"], row["fatalities"]) for row in claims] == [
        (date(2024, 5, 13), 3),
        (date(2024, 5, 14), 2),
    ]
    assert len({row["claim_id"] for row in claims}) == 2


def test_a_countrys_forces_named_by_a_pronoun_are_its_own(coder: Coder) -> None:
    text = "Iran said its troops attacked Iraqi soldiers near Basra on Monday."
    (claim,) = coder.code(Article("a", text, published=date(1987, 3, 5))).claims
    assert (claim["actor_text"], claim["actor_country"], claim["actor_type"]) == (
        "its troops",
        "IRN",
        "External/Other forces",
    )


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("Gunmen attacked Kano on Monday. They killed six traders.", "actor", "Gunmen"),
        ("JNIM spoke of the battle near Gao. 'We killed ten soldiers,' it said.", "actor", "JNIM"),
        ("The Taliban say they lost four fighters near Gao.", "target", "The Taliban"),
        ("The guards stood by. The group killed six traders in Gao.", "actor", "The group"),
        ("It was late. They killed six traders in Gao.", "actor", "They"),
    ],
)
def test_a_pronoun_gives_way_to_whom_it_means(coder: Coder, text: str, role: str, words: str) -> None:
    claim = coder.code(Article("a", text, published=date(2024, 5, 15))).claims[-1]
    assert claim[f"{role}_text"] == words
    assert text[claim[f"{role}_start"] : claim[f"{role}_end"]] == words


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Police probe the mosque attack in Kano.", "mosque"),
        ("The civilian massacres in Kano shocked the bishop.", "civilian"),
        ("The rebel attack in Kano shocked the bishop.", None),
        ("Ten men hurled dynamite sticks at the embassy gate in Lima.", "the embassy gate"),
    ],
)
def test_who_suffers_before_a_noun_or_from_what_is_thrown(coder: Coder, text: str, target: str | None) -> None:
    rows = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert [row["target_text"] for row in rows if row["plover_event"] != "ACCUSE"][-1] == target


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Four rebels were killed in an encounter with police in Kano.", "Four rebels"),
        ("A farmer was killed in a gunfight with police in Kano.", None),  # nobody says that he fought
        ("Four rebels were killed in an encounter in Kano.", None),
        ("Two rebels were killed in an exchange of fire with police in Kano.", "Two rebels"),
    ],
)
def test_armed_victims_of_a_fight_with_somebody_are_its_other_side(coder: Coder, text: str, target: str | None) -> None:
    rows = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert {row["target_text"] for row in rows if row["trigger_text"] != "killed"} == {target}


def test_the_dead_and_the_hurt_of_a_fight_stay_apart(coder: Coder) -> None:
    text = "A police constable was killed while two soldiers were injured during a gunfight with rebels in Kano."
    rows = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert {row["trigger_text"]: row["target_text"] for row in rows if row["trigger_text"] != "gunfight"} == {
        "killed": "A police constable",
        "injured": "two soldiers",
    }


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The front in Panama said it attacked U.S. troops with rifle fire.", "Panama"),
        ("Rebels attacked a U.S. convoy on Monday.", None),
        ("Two people died in a Pakistan mosque bombing on Monday.", "Pakistan"),
        ("Kenya police killed two protesters on Monday.", "Kenya"),
    ],
)
def test_whose_troops_they_are_is_not_where_it_happened(coder: Coder, text: str, country: str | None) -> None:
    (first, *_) = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert first["country"] == country


def test_a_seat_of_government_is_no_place() -> None:
    everywhere = Coder(places="all")
    text = "The Kremlin condemned a Russian raid near Kharkiv in Ukraine."
    coding = everywhere.code(Article("a", text, published=date(2024, 5, 15)))
    assert [row["text"] for row in coding.places] == ["Russian", "Kharkiv", "Ukraine"]
    assert coding.claims[0]["actor_name"] == "Government of Russia (2000-)"


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Iranian troops attacked a hill near Basra in Iraq on Monday.", "Armed clash"),
        ("Iranian troops attacked villagers near Basra in Iraq on Monday.", "Attack"),
        ("Iraqi troops attacked a village near Basra in Iraq on Monday.", "Attack"),
    ],
)
def test_an_army_abroad_fights_unless_it_attacks_people(coder: Coder, text: str, sub_event_type: str) -> None:
    (claim,) = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert claim["sub_event_type"] == sub_event_type


@pytest.mark.parametrize("source", ["Our commander", "Their commander", "Our own men", "Its spokesman"])
def test_a_source_named_by_a_pronoun_does_not_name_himself(coder: Coder, source: str) -> None:
    text = f"{source} said rebels attacked our base and killed our men in Maiduguri on Monday."
    claims = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert {(row["actor_text"], row["source_text"]) for row in claims} == {("rebels", source)}


def test_a_plain_killing_is_no_conflict_event_until_a_conflict_is_told(coder: Coder) -> None:
    crime = "A shopkeeper was stabbed to death in Leeds on Monday, police said."
    war = "Rebels shelled Goma on Monday. A shopkeeper was killed in Sake on Tuesday, a doctor said."
    (claim,) = coder.code(Article("a", crime, published=date(2024, 5, 15))).claims
    assert (claim["sub_event_type"], claim["export_reason"]) == (None, "no_acled_type")
    later = coder.code(Article("b", war, published=date(2024, 5, 15))).claims[-1]
    assert later["sub_event_type"] == "Attack"


@pytest.mark.parametrize(
    ("text", "claim_type", "interest"),
    [
        ("The army admitted that a drone had hit a school in Gao, Mali.", "admission", None),
        ("The army admitted that a Malian army drone had hit a school in Gao, Mali.", "admission", "against_interest"),
        ("The Congolese army acknowledged that M23 had killed ten soldiers in Beni.", "admission", "against_interest"),
        ("The Congolese army acknowledged that M23 had killed ten villagers in Beni.", "confirmation", "self_serving"),
        ("The Congolese army said its soldiers had killed ten M23 rebels in Beni, DR Congo.", "report", "self_serving"),
        ("The US military acknowledged that Iraqi police had killed ten men in Basra.", "confirmation", None),
    ],
)
def test_who_admits_is_on_the_doers_side_or_the_losers(
    text: str, claim_type: str, interest: str | None, coder: Coder
) -> None:
    claim = coder.code(Article("a", text, published=date(2024, 5, 15))).claims[-1]
    assert claim["claim_type"] == claim_type
    assert interest is None or claim["source_interest"] == interest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Goma on Monday. A shopkeeper was killed in the city.", "Shelling/artillery/missile attack"),
        ("A drone hit a bus near Obeid on Monday. The driver and two others died.", "Air/drone strike"),
        ("An ambush near Tera on Friday killed nine soldiers. Two farmers were killed in Gao.", "Attack"),
        ("Rebels fought the army in Sake on Monday. The market was shut. Two women were killed.", "Attack"),
    ],
)
def test_the_dead_of_the_next_sentence_are_those_of_the_deed(coder: Coder, text: str, expected: str) -> None:
    claim = coder.code(Article("a", text, published=date(2024, 5, 15))).claims[-1]
    assert claim["sub_event_type"] == expected


def test_a_definite_plural_is_not_counted_again(coder: Coder) -> None:
    text = "Bandits killed 12 farmers in Gwer on Monday. The farmers were killed in their huts, an uncle said."
    claims = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert [claim["fatalities"] for claim in claims] == [12, None]


def test_an_event_noun_takes_up_the_one_deed_of_its_day_and_place(coder: Coder) -> None:
    deed = "Police opened fire on mill workers in Khulna on Monday."
    text = f"{deed} Two workers died in Monday's firing and over 30 were injured."
    claim = coder.code(Article("a", text, published=date(2024, 5, 15))).claims[-1]
    assert (claim["sub_event_type"], claim["actor_text"], claim["fatalities"]) == ("Attack", "Police", 2)
    other = "Gunmen threw a grenade at a bar in Khulna on Monday."
    claim = coder.code(
        Article("b", f"{deed} {other} One man was stabbed on Monday.", published=date(2024, 5, 15))
    ).claims[-1]
    assert claim["actor_text"] is None, "of which deed, the text does not tell"


def test_the_dead_of_a_bombing_told_in_its_relative_clause(coder: Coder) -> None:
    text = (
        "The raid followed a suicide bombing at a checkpoint in Hangu, Pakistan, on Monday, in which a bomber drove into "
        "the gate and killed seven policemen."
    )
    claims = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert {c["sub_event_type"] for c in claims if c["fatalities"] == 7} == {"Suicide bomb"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militants attacked a police post in Bosaso on Monday, killing five people.", "Armed clash"),
        ("Militants attacked a village near Bosaso on Monday, killing five people.", "Attack"),
        ("The Somali air force destroyed six vehicles near Bosaso on Monday.", "Air/drone strike"),
        ("A helicopter dropped two bombs filled with chlorine on Saraqib on Monday.", "Chemical weapon"),
        ("A patrol in Quetta was targeted by a suicide bomber on Monday.", "Suicide bomb"),
    ],
)
def test_positions_and_weapons_decide_the_type(coder: Coder, text: str, expected: str) -> None:
    claims = coder.code(Article("a", text, published=date(2024, 5, 15))).claims
    assert {claim["sub_event_type"] for claim in claims} == {expected}
