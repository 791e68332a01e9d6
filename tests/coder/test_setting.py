"""Place and day of events: what a sentence's other clauses, its source and the story before it give."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import dateline
import pytest

CASES = Path(__file__).parent / "cases" / "settings.csv"
PUBLISHED = date(2024, 5, 17)  # a Friday


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["why"])
def test_setting(row: dict[str, str], coder: dateline.Coder) -> None:
    article = dateline.Article("a", row["text"], published=PUBLISHED, country="NGA")
    claims = [c for c in coder.code(article).claims if c["trigger_text"] == row["trigger"]]
    assert claims, "the trigger is not coded"
    claim = claims[-1]
    got = {
        "place": claim["location_name"] or "",
        "geo_precision": str(claim["geo_precision"] or ""),
        "date": str(claim["event_date"] or ""),
        "time_precision": str(claim["time_precision"] or ""),
    }
    wanted = {name: row[name] for name in got}
    assert got == wanted or (not row["date"] and {**got, "date": "", "time_precision": ""} == wanted)


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Rebels ambushed a convoy in Goma while villagers in Bukavu protested.", "ambushed", "Goma"),
        ("Rebels ambushed a convoy in Goma while villagers in Bukavu protested.", "protested", "Bukavu"),
        ("Crowds marched through Lagos while gang members looted shops in Kano.", "marched", "Lagos"),
        ("Protesters blocked roads in Lagos and clashed with police in Kano, where two people died.", "died", "Kano"),
        ("Gunmen shot a judge in Kano after soldiers near Maiduguri attacked a village.", "shot", "Kano"),
    ],
)
def test_a_place_in_another_clause_is_not_taken_for_one_named_after_a_deed(
    coder: dateline.Coder, text: str, trigger: str, place: str
) -> None:
    claims = [dict(c) for c in coder.code(dateline.Article("t", text, published=PUBLISHED)).claims]
    (found,) = [c for c in claims if c["trigger_text"] == trigger]
    assert found["location_text"] == place
