"""Accounts that name their deed by an anaphor become claims about the deed told before, or none."""

from __future__ import annotations

from datetime import date

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article

DAY = date(2024, 5, 15)
STRIKE = "Residents said an air strike killed ten villagers near Maiduguri, Nigeria, on Monday. "
BOMB = "A bomb killed six people at a market in Quetta, Pakistan, on Monday. "


def claims(text: str, coder: Coder) -> list[tuple[str, str, str, str]]:
    rows = coder.code(Article("a", text, published=DAY)).claims
    return [(row["trigger_text"], row["claim_type"], row["event_status"], row["sub_event_type"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            STRIKE + "The air force dismissed the allegation as a fabrication.",
            ("allegation", "denial", "negated", "Air/drone strike"),
        ),
        (STRIKE + "The air force denied any involvement.", ("involvement", "denial", "negated", "Air/drone strike")),
        (
            STRIKE + "A clinic treated twelve people. The air force later admitted responsibility.",
            ("responsibility", "admission", "occurred", "Air/drone strike"),
        ),
        (
            BOMB + "The Baloch Liberation Army claimed responsibility in a message.",
            ("responsibility", "claim_of_responsibility", "occurred", "Remote explosive/landmine/IED"),
        ),
        (
            BOMB + "A little-known cell claimed it.",
            ("it", "claim_of_responsibility", "occurred", "Remote explosive/landmine/IED"),
        ),
    ],
)
def test_an_account_is_a_claim_about_the_deed_before_it(
    text: str, expected: tuple[str, str, str, str], coder: Coder
) -> None:
    assert claims(text, coder)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "No group claimed responsibility.",
        BOMB + "The ministry said exports had fallen. A trader admitted it.",
        "Police arrested four men in Gao, Mali, on Monday. Their lawyer denied the charges.",
        "Rebels killed ten soldiers in Gao, Mali, on Monday. The army offered a truce, but the rebels rejected it.",
        "The army denied the allegation. On Monday an air strike killed ten villagers near Gao, Mali.",
        "The army said it had killed ten rebels in Gao, Mali, on Monday. The army denied reports.",
    ],
)
def test_without_a_fitting_deed_there_is_no_claim(text: str, coder: Coder) -> None:
    assert not {"denial", "admission", "claim_of_responsibility"} & {claim[1] for claim in claims(text, coder)}


def test_who_claims_responsibility_is_the_doer_and_who_denies_contests(coder: Coder) -> None:
    taken = coder.code(Article("a", BOMB + "The Baloch Liberation Army claimed responsibility.", published=DAY))
    (event,) = taken.events
    assert event["actor1"] == "BLA: Baloch Liberation Army"
    denied = coder.code(Article("b", STRIKE + "The air force denied the claim.", published=DAY))
    (event,) = denied.events
    assert (event["contested"], event["fatalities"]) == (True, 10)


def test_an_account_stands_on_the_day_and_at_the_place_of_its_deed(coder: Coder) -> None:
    rows = coder.code(Article("a", STRIKE + "The air force denied the claim.", published=DAY)).claims
    deed, account = rows[-2], rows[-1]
    same = ("event_date", "time_precision", "location_name", "geo_precision", "rule_id", "action", "target_name")
    assert [account[key] for key in same] == [deed[key] for key in same]
    assert (account["date_text"], account["location_text"], account["fatalities"]) == (None, None, None)
    assert account["sentence"][account["trigger_start"] - account["sentence_start"] :].startswith("claim")


@pytest.mark.parametrize(
    ("victims", "interest"), [("six soldiers", "self_serving"), ("six people at a market", "against_interest")]
)
def test_who_takes_on_losses_of_the_enemy_boasts_and_who_takes_on_civilians_admits(
    victims: str, interest: str, coder: Coder
) -> None:
    text = f"A bomb killed {victims} in Quetta, Pakistan, on Monday. The Baloch Liberation Army claimed responsibility."
    account = coder.code(Article("a", text, published=DAY)).claims[-1]
    assert (account["claim_type"], account["source_interest"]) == ("claim_of_responsibility", interest)


def test_an_account_of_a_deed_without_a_day_knows_the_camps_of_its_articles_time(coder: Coder) -> None:
    text = "Last year a bomb killed six people in Idlib, Syria. The Free Syrian Army claimed responsibility."
    account = coder.code(Article("a", text, published=date(2018, 5, 15))).claims[-1]
    assert (account["event_date"], account["source_relation_to_actor"]) == (None, "own_side")
