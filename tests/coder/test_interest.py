"""Camps, relations of sources to sides, and interest (CODEBOOK 3.3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dateline.coder.interest import Camps, load_camps, relate
from dateline.coder.lexicon import LexiconError
from dateline.coder.records import Actor, Phrase, Source

PHRASE = Phrase(0, 1, "x", 0, 1, 0)
ACTORS = {
    "rsf": Actor(PHRASE, "actor", "RSF: Rapid Support Forces", "Rebel group", "SDN"),
    "sudan": Actor(PHRASE, "actor", "Military Forces of Sudan (2019-)", "State forces", "SDN"),
    "russia": Actor(PHRASE, "actor", "Military Forces of Russia (2000-)", "External/Other forces", "RUS"),
    "ukraine": Actor(PHRASE, "actor", "Military Forces of Ukraine (2019-)", "State forces", "UKR"),
    "m23": Actor(PHRASE, "actor", "M23: March 23 Movement", "Rebel group", "COD"),
    "civilians": Actor(PHRASE, "actor", "Civilians (Sudan)", "Civilians", "SDN"),
    "constable": Actor(PHRASE, "actor", "Police Forces of Kenya (2022-)", "State forces", "KEN"),
    "gunmen": Actor(PHRASE, "actor", "Unidentified Armed Group (Sudan)", "Political militia", "SDN", generic=True),
}


@pytest.fixture(scope="module")
def camps() -> Camps:
    return load_camps()


def source(text: str, source_type: str, anonymity: str = "named_generic") -> Source:
    return Source(0, len(text), text, None, source_type, anonymity)


@pytest.mark.parametrize(
    ("text", "source_type", "actor", "target", "valence", "polarity", "expected"),
    [
        ("The RSF", "rebel_or_militia", "rsf", "civilians", -1, "positive", ("own_side", "against_interest")),
        ("The RSF", "rebel_or_militia", "rsf", "civilians", -1, "negative", ("own_side", "self_serving")),
        (
            "The Sudanese army",
            "military_official",
            "rsf",
            "civilians",
            -1,
            "positive",
            ("opponent", "self_serving"),
        ),
        (
            "The Sudanese army",
            "military_official",
            "rsf",
            "sudan",
            1,
            "positive",
            ("opponent", "against_interest"),
        ),
        ("The army", "military_official", "rsf", "civilians", -1, "positive", ("opponent", "self_serving")),
        ("Residents", "eyewitness_resident", "rsf", "civilians", -1, "positive", ("third_party", "neutral")),
        ("Moscow", "state_official", "russia", "ukraine", 1, "positive", ("own_side", "self_serving")),
        (
            "Ukraine's general staff",
            "military_official",
            "russia",
            "ukraine",
            -1,
            "positive",
            ("opponent", "self_serving"),
        ),
        ("Kigali", "state_official", "m23", None, 1, "positive", ("ally", "self_serving")),
        ("Police", "police_official", "constable", "civilians", -1, "positive", ("own_side", "against_interest")),
        ("The US military", "military_official", "constable", "civilians", -1, "positive", ("unknown", "unknown")),
        ("The party", "political_party", "rsf", None, -1, "positive", ("unknown", "unknown")),
        ("The RSF", "rebel_or_militia", "gunmen", None, -1, "positive", ("unknown", "unknown")),
        ("The RSF", "rebel_or_militia", "rsf", None, 0, "positive", ("own_side", "neutral")),
    ],
)
def test_relation_and_interest(
    text: str,
    source_type: str,
    actor: str,
    target: str | None,
    valence: int,
    polarity: str,
    expected: tuple[str, str],
    camps: Camps,
) -> None:
    got = relate(
        source(text, source_type),
        ACTORS[actor],
        ACTORS[target] if target else None,
        valence,
        polarity,
        camps,
        on=date(2023, 9, 1),
        country="KEN" if actor == "constable" else "SDN",
    )
    assert (got.relation_to_actor, got.interest) == expected


def test_a_camp_ends(camps: Camps) -> None:
    syria = Actor(PHRASE, "actor", "Military Forces of Syria", "State forces", "SYR")
    tehran = source("Tehran", "state_official", "named")
    assert relate(tehran, syria, None, 1, "positive", camps, on=date(2020, 1, 1)).relation_to_actor == "ally"
    assert relate(tehran, syria, None, 1, "positive", camps, on=date(2025, 6, 1)).relation_to_actor != "ally"


def test_a_bare_army_without_a_country_is_not_guessed(camps: Camps) -> None:
    got = relate(source("The army", "military_official"), ACTORS["rsf"], None, -1, "positive", camps)
    assert (got.relation_to_actor, got.interest) == ("unknown", "unknown")


def test_the_articles_own_voice_and_missing_actors_are_unknown(camps: Camps) -> None:
    assert relate(None, ACTORS["rsf"], None, -1, "positive", camps).interest == "unknown"
    assert relate(source("The RSF", "rebel_or_militia"), None, None, -1, "positive", camps).interest == "unknown"


def test_a_source_that_is_the_target(camps: Camps) -> None:
    got = relate(
        source("The Sudanese army", "military_official"),
        None,
        ACTORS["sudan"],
        1,
        "positive",
        camps,
        on=date(2023, 9, 1),
    )
    assert (got.relation_to_actor, got.relation_to_target, got.interest) == (
        "unknown",
        "own_side",
        "against_interest",
    )


def test_hostility_is_mutual_and_names_existing_camps(camps: Camps) -> None:
    known = {(m.conflict, m.camp) for m in camps.members}
    for conflict, one, other in camps.hostile:
        assert (conflict, other, one) in camps.hostile
        assert (conflict, one) in known


def test_an_overlay_adds_a_conflict_and_a_bad_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "camps.csv").write_text(
        "conflict,camp,member,kind,iso3,aliases,first,last\n"
        "Freedonia,east,Eastern Front,group,,Eastern Front,,\n"
        "Freedonia,west,Western League,group,,Western League,,\n"
    )
    (tmp_path / "camps_hostile.csv").write_text("conflict,camp,hostile\nFreedonia,east,west\n")
    front = Actor(PHRASE, "actor", "Eastern Front", "Rebel group", None)
    league = source("The Western League", "rebel_or_militia")
    got = relate(league, front, None, -1, "positive", load_camps([tmp_path]))
    assert (got.relation_to_actor, got.interest) == ("opponent", "self_serving")
    (tmp_path / "camps_hostile.csv").write_text("conflict,camp\nFreedonia,east\n")
    with pytest.raises(LexiconError, match=r"camps_hostile\.csv:2: hostile"):
        load_camps([tmp_path])
