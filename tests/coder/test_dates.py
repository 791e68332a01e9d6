from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from dateline.coder.dates import dateline_date, event_date, find_dates, representative
from dateline.coder.records import Sentence, Span, TimeExpression

CASES = Path(__file__).parent / "cases" / "dates.csv"
WEDNESDAY = date(2024, 5, 15)


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(0, start, start + len(text), text)


def only(text: str, published: date | None = WEDNESDAY, last: date | None = None) -> TimeExpression:
    (found,) = find_dates(sentence(text), published, last)
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['sentence']} [{row['published']}]")
def test_expression(row: dict[str, str]) -> None:
    found = find_dates(sentence(row["sentence"]), day(row["published"]), day(row["last"]))
    got = [(e.text, e.first, e.last, e.precision, e.reason) for e in found]
    precision = int(row["precision"]) if row["precision"] else None
    expected = (
        row["expression"], day(row["first"]), day(row["final"]), precision, row["reason"] or None
    )  # fmt: skip
    assert got == ([expected] if row["expression"] else [])


def test_there_are_enough_cases() -> None:
    assert len(rows()) >= 150
    assert len({row["sentence"] for row in rows()}) >= 150


def test_offsets_are_the_articles() -> None:
    (found,) = find_dates(sentence("Rebels came on Friday night.", start=100), WEDNESDAY)
    assert (found.start, found.end) == (115, 127)


def test_offsets_survive_characters_that_grow_in_lower_case() -> None:
    text = "İİİ units came on Friday."
    (found,) = find_dates(sentence(text), WEDNESDAY)
    assert text[found.start : found.end] == "Friday"


def test_a_clause_that_looks_ahead_takes_the_next_day() -> None:
    (found,) = find_dates(sentence("The envoy meets them on Friday."), WEDNESDAY, past=False)
    assert found.first == date(2024, 5, 17)


def test_an_earlier_date_of_the_sentence_is_the_anchor() -> None:
    found = find_dates(sentence("Troops came on Tuesday, and a day earlier jets struck."), WEDNESDAY)
    assert [e.first for e in found] == [date(2024, 5, 14), date(2024, 5, 13)]


@pytest.mark.parametrize(
    "text",
    [
        "KANO, 3 May 2024 -- Gunmen came.",
        "BOGOTA (COLOMBIA), 3 MAY 90 (RADIO X) -- GUNMEN CAME.",
        "Published: 3 May 2024",
    ],
)
def test_the_dateline_dates_no_event(text: str) -> None:
    assert find_dates(sentence(text), WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("It happened on Friday.", date(2024, 5, 10), 1),
        ("It happened last week.", date(2024, 5, 9), 2),
        ("It happened over the weekend.", date(2024, 5, 11), 2),
        ("It happened in March 2021.", date(2021, 3, 15), 3),
        ("It happened in February 2021.", date(2021, 2, 15), 3),
        ("It happened in early March 2021.", date(2021, 3, 1), 3),
        ("It happened in late March 2021.", date(2021, 3, 31), 3),
        ("It happened in mid-March 2021.", date(2021, 3, 15), 3),
        ("It happened on 1-3 July 2021.", date(2021, 7, 2), 2),
        ("It happened overnight Friday-Saturday.", date(2024, 5, 11), 1),
        ("It happened this month.", date(2024, 5, 8), 3),
    ],
)
def test_representative_day(text: str, expected: date, precision: int) -> None:
    assert representative(only(text)) == (expected, precision)


@pytest.mark.parametrize("text", ["It happened in 2019.", "It happened on Eid.", "It happened last year."])
def test_no_representative_day(text: str) -> None:
    assert representative(only(text)) is None


def chosen(text: str, trigger: str, clause: str = "", dateline: date | None = None) -> str | None:
    s = sentence(text)
    at = text.index(trigger)
    lo = text.index(clause) if clause else 0
    hi = lo + len(clause) if clause else len(text)
    found = event_date(find_dates(s, WEDNESDAY), Span(lo, hi), s, dateline, trigger=Span(at, at + len(trigger)))
    return None if found is None else found.text or str(found.first)


@pytest.mark.parametrize(
    ("text", "trigger", "clause", "expected"),
    [
        ("Gunmen killed two on Monday.", "killed", "", "Monday"),
        ("The army said on Tuesday that rebels killed two on Monday.", "killed", "", "Monday"),
        ("Rebels killed two on Monday, the army said on Tuesday.", "killed", "", "Monday"),
        ("Rebels killed two near Jos, the army said on Tuesday.", "killed", "", "Tuesday"),
        (
            "On Monday troops shelled Jos, and on Sunday rebels had raided Bauchi.",
            "raided",
            "on Sunday rebels had raided Bauchi",
            "Sunday",
        ),
        ("Police condemned Friday's attack on Monday.", "attack", "", "Friday"),
        ("Gunmen killed a candidate before Sunday's vote.", "killed", "", None),
        ("Soldiers came on Tuesday, a day after gunmen raided the town.", "came", "", "Tuesday"),
        ("Soldiers came on Tuesday, a day after gunmen raided the town.", "raided", "", "a day after"),
        ("Gunmen killed two.", "killed", "", None),
    ],
)
def test_event_date(text: str, trigger: str, clause: str, expected: str | None) -> None:
    assert chosen(text, trigger, clause) == expected


def test_the_storys_date_is_the_last_resort() -> None:
    s = sentence("Gunmen killed two.", start=40)
    found = event_date((), Span(40, 58), s, WEDNESDAY)
    assert found == TimeExpression(40, 40, "", WEDNESDAY, WEDNESDAY, 2, "dateline")
    assert chosen("Gunmen killed two on Monday.", "killed", dateline=WEDNESDAY) == "Monday"


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("SAN SALVADOR, 3 JAN 90 -- THE ARMY SPOKE.", None, date(1990, 1, 3)),
        ("BOGOTA (COLOMBIA), 12 DEC 89 (RADIO X) -- [TEXT] THE ARMY SPOKE.", None, date(1989, 12, 12)),
        ("LIMA (PERU), 12 DEC 89 (A LONG RADIO NAME)\n-- [TEXT] THE ARMY SPOKE.", None, date(1989, 12, 12)),
        ("This story is from March 10, 2002\nPolice fired.", None, date(2002, 3, 10)),
        ("Market blast\nPublished: 3 March 2021\nA bomb went off.", None, date(2021, 3, 3)),
        ("Market blast\n\n3 March 2021\n\nA bomb went off.", None, date(2021, 3, 3)),
        ("KABUL, Jan 5 (Wire) - A bomb went off.", WEDNESDAY, date(2024, 1, 5)),
        ("KABUL, Jan 5 (Wire) - A bomb went off.", None, None),
        ("A bomb went off on 3 March 2021 in Kabul.", None, None),
        ("KABUL, Jan (Wire) - A bomb went off.", None, None),
        ("", None, None),
    ],
)
def test_dateline_date(text: str, published: date | None, expected: date | None) -> None:
    assert dateline_date(text, published) == expected
