from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from dateline.coder.dates import dateline_date, event_date, event_days, find_dates, representative
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


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['sentence']} [{row['published']} {row['last']}]")
def test_expression(row: dict[str, str]) -> None:
    found = find_dates(
        sentence(row["sentence"]), day(row["published"]), day(row["last"]), past=row["tense"] != "future"
    )
    got = [(e.text, e.first, e.last, e.precision, e.reason) for e in found]
    precision = int(row["precision"]) if row["precision"] else None
    expected = (
        row["expression"], day(row["first"]), day(row["final"]), precision, row["reason"] or None
    )  # fmt: skip
    assert got == ([expected] if row["expression"] else [])


def test_there_are_enough_cases() -> None:
    assert len({(row["sentence"], row["published"], row["last"], row["tense"]) for row in rows()}) >= 250
    assert all(row["tense"] in ("past", "future") for row in rows())


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


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("A blast hit Jos on Monday, a driver, whom we reached on Tuesday, said.", "hit", "Monday"),
        ("The judge, whom we reached on Tuesday, told of a lynching.", "lynching", None),
        ("The mayor, who was shot dead on Sunday, had been warned.", "shot dead", "Sunday"),
        ("Troops retook Bara, a town that had fallen on Monday, the army said on Tuesday.", "retook", "Tuesday"),
        ("Two sisters were killed the night before when a shell hit their house.", "killed", "the night before"),
    ],
)
def test_a_date_in_an_aside_dates_only_what_is_told_there(text: str, trigger: str, expected: str | None) -> None:
    s = sentence(text)
    at = text.index(trigger)
    found = find_dates(s, WEDNESDAY, WEDNESDAY)
    got = event_date(found, Span(0, len(text)), s, trigger=Span(at, at + len(trigger)))
    assert (got.text if got else None) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "nominal", "expected"),
    [
        ("Families buried 17 people on Monday after the raid.", "raid", True, None),
        ("Police fired on Monday after protesters stormed the hall.", "stormed", False, "Monday"),
        ("The raid on Monday killed two.", "raid", True, "Monday"),
        ("Traders marched on Monday in protest against the killing of a boy.", "killing", True, None),
    ],
)
def test_what_came_before_the_dated_event_is_not_dated_by_it(
    text: str, trigger: str, nominal: bool, expected: str | None
) -> None:
    s = sentence(text)
    at = text.index(trigger)
    span = Span(at, at + len(trigger))
    got = event_date(find_dates(s, WEDNESDAY), Span(0, len(text)), s, trigger=span, nominal=nominal)
    assert (got.text if got else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighting raged on Monday.", [13]),
        ("Fighting raged on Monday and Tuesday.", [13, 14]),
        ("Fighting raged on Sunday, Monday and again on Tuesday.", [12, 13, 14]),
        ("Fighting raged on 3, 4 and 7 May.", [3, 4, 7]),
        ("Fighting raged on May 3 and 4.", [3, 4]),
        ("Jets bombed the port daily from 3 to 5 May.", [3, 4, 5]),
        ("Jets bombed the port every night from Sunday to Tuesday.", [12, 13, 14]),
        ("Fighting raged on 30 April and 1 May.", [30, 1]),
        ("Fighting raged from 3 to 5 May.", []),
        ("Fighting raged between Friday and Sunday.", []),
        ("Fighting raged on 3-5 May.", []),
        ("Fighting raged last week.", []),
        ("Fighting raged on Monday, the army said on Tuesday.", [13]),
        ("Fighting raged in the night of 12 to 13 May.", [13]),
        ("Fighting raged during Ramadan.", []),
    ],
)
def test_one_day_for_each_that_the_text_states(text: str, expected: list[int]) -> None:
    s = sentence(text)
    found = find_dates(s, WEDNESDAY)
    dated = [e for e in found if e.reason != "recurring"]
    assert [d.day for d in event_days(found, dated[0], s)] == expected


def test_nothing_is_ever_dated_by_the_day_the_program_runs() -> None:
    with CASES.open(encoding="utf-8", newline="") as handle:
        texts = {row["sentence"] for row in csv.DictReader(handle)}
    for text in sorted(texts):
        for found in find_dates(sentence(text), None):
            assert found.last is None or str(found.last.year)[2:] in text, text
