from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dateline.coder.gazetteer import open_gazetteer
from dateline.coder.location import locate
from dateline.coder.places import find_places, load_place_words
from dateline.coder.records import Article, Span, Toponym
from dateline.coder.sentences import split

CASES = Path(__file__).parent / "cases" / "locations.csv"
GAZETTEER = open_gazetteer()
WORDS = load_place_words()


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def located(text: str, clause: str = "", sentence: int = 0) -> Toponym | None:
    sentences = split(text)
    geography = find_places(Article("a", text), sentences, GAZETTEER, WORDS)
    at = text.index(clause) if clause else sentences[sentence].start
    end = at + len(clause) if clause else sentences[sentence].end
    return locate(geography, Span(at, end), sentences[sentence])


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:70])
def test_location(row: dict[str, str]) -> None:
    found = located(row["text"])
    got = ("", "") if found is None or found.place is None else (found.place.name, str(found.precision))
    assert got == (row["name"], row["precision"])


def test_the_clause_goes_before_the_sentence() -> None:
    text = "Rebels shelled Homs in Syria, while in Hama a mine killed a farmer."
    first, second = located(text, "Rebels shelled Homs in Syria"), located(text, "while in Hama a mine killed a farmer")
    assert first and first.place and first.place.name == "Homs"
    assert second and second.place and second.place.name == "Hama"


def test_the_dateline_is_no_place_of_the_sentence() -> None:
    assert located("KANO, Nigeria (NWN) - Gunmen killed five people.") is not None
    found = located("KANO, Nigeria (NWN) - Gunmen killed five people.")
    assert found and found.place and found.place.feature == "PCLI"


def test_an_unclear_there_leaves_the_road_alone() -> None:
    assert located("Youths marched in Migori, Kenya. There, they blocked the Isebania road.", sentence=1) is None


def test_nothing_without_places() -> None:
    assert located("Gunmen killed five people.") is None
