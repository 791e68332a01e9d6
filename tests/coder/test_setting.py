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
