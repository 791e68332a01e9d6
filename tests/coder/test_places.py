from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dateline.coder.gazetteer import Gazetteer, open_gazetteer
from dateline.coder.gazetteer.overlay import Entry, lay_over
from dateline.coder.places import PlaceWords, find_places, load_place_words
from dateline.coder.records import Article, Geography
from dateline.coder.sentences import split

CASES = Path(__file__).parent / "cases" / "places.csv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture(scope="module")
def words() -> PlaceWords:
    return load_place_words()


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def geography(text: str, gazetteer: Gazetteer, words: PlaceWords, country: str | None = None) -> Geography:
    return find_places(Article("a", text, country=country), split(text), gazetteer, words)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['toponym']} in {row['text'][:50]} [{row['hint']}]")
def test_toponym(row: dict[str, str], gazetteer: Gazetteer, words: PlaceWords) -> None:
    found = geography(row["text"], gazetteer, words, row["hint"] or None)
    if row["name"] == "-":
        at = row["text"].index(row["toponym"])
        assert [t.text for t in found.toponyms if t.start <= at < t.end] == []
        return
    toponym = next(t for t in found.toponyms if t.text == row["toponym"])
    anchor = toponym.anchor.name if toponym.anchor else ""
    place = toponym.place or toponym.anchor
    assert place is not None
    name = toponym.place.name if toponym.place else "?"
    assert (name, place.country, str(toponym.precision), anchor) == (
        row["name"], row["country"], row["precision"], row["anchor"]
    )  # fmt: skip


def test_a_name_has_one_sense_in_a_story(gazetteer: Gazetteer, words: PlaceWords) -> None:
    text = "Shells hit Tripoli, Lebanon. Hours later, gunmen came to Tripoli. Tripoli was quiet at night."
    found = [t.place for t in geography(text, gazetteer, words).toponyms if t.text == "Tripoli"]
    assert {p.country for p in found if p} == {"Lebanon"} and len(found) == 3


def test_candidates_and_confidence_are_kept_for_explain(gazetteer: Gazetteer, words: PlaceWords) -> None:
    (sure,) = [
        t for t in geography("A blast hit Hyderabad, Pakistan.", gazetteer, words).toponyms if t.text == "Hyderabad"
    ]
    (open_,) = geography("A blast hit Hyderabad.", gazetteer, words).toponyms
    assert "India" in {p.country for p in sure.candidates}
    assert 0 < open_.score < sure.score <= 1


def test_the_country_of_the_story(gazetteer: Gazetteer, words: PlaceWords) -> None:
    assert geography("Syrian troops left Homs and Hama.", gazetteer, words).country == "SYR"
    assert geography("Nothing happened anywhere.", gazetteer, words).country is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MARIB, Yemen (RSO) - A missile hit a house in Marib on Monday.", "MARIB"),
        ("**MIRANSHAH** — Troops raided a house in North Waziristan, Pakistan.", "MIRANSHAH"),
        ("KANO, Nigeria (NWN) - Gunmen killed five people in Gusau, Zamfara state. Troops went to Tsafe.", None),
        ("BEIRUT (LD) - Israeli guns shelled Haifa and Safed in Israel, the Israeli army said.", None),
        ("KANO, Nigeria (NWN) - Gunmen killed five people.", "KANO"),
        ("Gunmen killed five people in Kano, Nigeria.", None),
    ],
)
def test_a_dateline_counts_where_the_story_may_be_set_there(
    text: str, expected: str | None, gazetteer: Gazetteer, words: PlaceWords
) -> None:
    found = geography(text, gazetteer, words).dateline
    assert (found.text if found else None) == expected


def test_the_users_own_places_are_found(tmp_path: Path, words: PlaceWords) -> None:
    lay_over(None, [Entry("Tudun Gona", "NGA", 12.1, 6.4, ("Tudungona",), "Zamfara")], tmp_path / "g", "mine")
    mine = Gazetteer(tmp_path / "g")
    found = geography("Gunmen killed two people in Tudungona, Nigeria.", mine, words).toponyms[0]
    assert found.place is not None and (found.place.name, found.place.admin1) == ("Tudun Gona", "Zamfara")
    assert found.precision == 1


def test_no_text_no_places(gazetteer: Gazetteer, words: PlaceWords) -> None:
    assert geography("", gazetteer, words) == Geography((), None, None)


@pytest.mark.parametrize(
    ("publisher", "country"), [("Pakistan Courier", "Pakistan"), ("The Indian Wire", "India"), ("Daily Star", "India")]
)
def test_the_publishers_name_is_a_vote(publisher: str, country: str, gazetteer: Gazetteer, words: PlaceWords) -> None:
    text = "Two people were shot in Hyderabad on Monday."
    found = find_places(Article("a", text, publisher=publisher), split(text), gazetteer, words)
    assert [t.place.country for t in found.toponyms if t.place] == [country]
