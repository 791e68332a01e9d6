"""Whom a statement is addressed to: the party inside a thing, beside it, or who is to do what is demanded."""

from __future__ import annotations

from datetime import date

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article

CASES = [
    # sentence, trigger begins with, target text, its country
    ("Kenya threatened to break off relations with Somalia.", "threatened", "Somalia", "SOM"),
    ("Ghana demanded that Togo release the two pilots.", "demanded", "Togo", "TGO"),
    ("Nurses demanded that the Turkish government pay them.", "demanded", "the Turkish government", "TUR"),
    ("Pakistan rejected an offer from Afghanistan for direct talks.", "rejected", "an offer from Afghanistan", "AFG"),
    ("Denmark announced a suspension of aid to Egypt.", "suspension", "Egypt", "EGY"),
    ("Qatar has refused to provide military aid to Lebanon.", "refused", "Lebanon", "LBN"),
    ("Iran has threatened to close all borders with Turkey.", "threatened", "Turkey", "TUR"),
    ("Mali lifted the ban on Algerian fruit.", "lifted", "Algerian fruit", "DZA"),
    # whom a complaint is brought to is not whom it is against
    ("Chad filed a complaint with the Nigerian government over the raid.", "filed", None, None),
    # a murder's victim is not whom it is condemned in
    ("France condemned the killing of Malian nurses.", "condemned", "the killing of Malian nurses", None),
]


@pytest.mark.parametrize(("text", "trigger", "target", "country"), CASES, ids=[case[0][:40] for case in CASES])
def test_statement_has_its_addressee(
    coder: Coder, text: str, trigger: str, target: str | None, country: str | None
) -> None:
    claims = [dict(c) for c in coder.code(Article("t", text, published=date(2024, 5, 15))).claims]
    (found,) = [c for c in claims if str(c["trigger_text"]).startswith(trigger)]
    assert (found["target_text"], found["target_country"]) == (target, country)


def test_who_says_that_another_must_do_something_demands_it(coder: Coder) -> None:
    text = "Turkey said on Monday that Syria must withdraw from the ridge."
    (found,) = coder.code(Article("t", text, published=date(2024, 5, 15))).claims
    assert (found["actor_text"], found["target_text"]) == ("Turkey", "Syria")


@pytest.mark.parametrize("telling", ['"Togo must withdraw," it said.', "It added that Togo must withdraw."])
def test_who_asks_may_be_named_in_another_longer_sentence(coder: Coder, telling: str) -> None:
    before = "After a long day of talks about the border in the capital, the government of Ghana said it was angry."
    (found,) = coder.code(Article("t", f"{before} {telling}", published=date(2024, 5, 15))).claims
    assert (found["actor_text"], found["target_text"]) == ("the government of Ghana", "Togo")
    assert found["actor_start"] == before.index("the government of Ghana")


def test_counted_object_after_up_to_is_the_victim(coder: Coder) -> None:
    text = "Rebels have kidnapped up to 16 nurses from a clinic near Kano."
    (found,) = coder.code(Article("t", text, published=date(2024, 5, 15))).claims
    assert found["target_text"] == "up to 16 nurses"
