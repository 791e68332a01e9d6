"""The traps that other event coders fall into, and the two that they miss."""

from __future__ import annotations

from datetime import date

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article

TRAPS = [
    "Israel did not attack Syria on Monday.",
    "Israel has never attacked Syria.",
    "Israel may attack Syria.",
    "Israel will attack Syria.",
    "Israel failed to attack Syria.",
    "Israel refused to attack Syria.",
    "Did Israel attack Syria on Monday?",
    "Israel denied having attacked Syria on Monday.",
    "Neither Israel nor Turkey attacked Syria on Monday.",
    "There is no evidence that Israel attacked Syria.",
    "It is unlikely that Israel attacked Syria.",
    "It was not Israel that attacked Syria.",
    "Israel was about to attack Syria.",
]


def _claims(coder: Coder, text: str) -> list[dict[str, object]]:
    return list(coder.code(Article("t", text, published=date(2024, 5, 15))).claims)


@pytest.mark.parametrize("text", TRAPS)
def test_what_did_not_happen_is_no_occurred_claim(coder: Coder, text: str) -> None:
    claims = _claims(coder, text)
    assert [c for c in claims if c["event_status"] in ("occurred", "ongoing")] == []
    assert claims, "the mention is kept, with its status"


def test_the_attack_inside_a_report_is_kept_with_its_source(coder: Coder) -> None:
    (claim,) = _claims(coder, "Iran said Israel attacked Syria on Monday.")
    assert (claim["actor_text"], claim["target_text"], claim["source_text"]) == ("Israel", "Syria", "Iran")
    assert (claim["event_status"], claim["claim_type"]) == ("occurred", "report")
    assert claim["event_date"] == date(2024, 5, 13)


def test_the_attack_inside_a_relative_clause_is_kept(coder: Coder) -> None:
    claims = _claims(coder, "Israel, which attacked Syria last year, met envoys in Geneva.")
    (claim,) = [c for c in claims if c["action"] == "attack"]
    assert (claim["actor_text"], claim["target_text"], claim["event_status"]) == (
        "Israel",
        "Syria",
        "occurred",
    )
