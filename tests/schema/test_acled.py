"""Files in ACLED's format, of today and of older days. All rows are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import dateline
import polars as pl
import pytest
from dateline.schema import sample
from dateline.schema.acled_forms import acled_columns, parsed_dates, value_forms
from dateline.schema.event import Event
from dateline.schema.ontology import interactions, load_ontology
from dateline.schema.report import Report


def rows(n: int = 6, seed: int = 2) -> pl.DataFrame:
    frame = sample("events", n, seed)
    one_line = pl.col(pl.String).str.replace_all("\n", " ")
    return frame.select(name for name in frame.columns if name in acled_columns()).with_columns(one_line)


def check(tmp_path: Path, frame: pl.DataFrame, **options: Any) -> Report:
    frame.write_csv(tmp_path / "file.csv", **options)
    return dateline.validate(tmp_path / "file.csv", form="acled")


def test_columns_are_acleds_and_in_its_order() -> None:
    present = [name for name, column in acled_columns().items() if column.status in ("core", "common", "later")]
    assert present == list(Event.model_fields)[: len(present)]
    assert len(present) == 31


@pytest.mark.parametrize(
    ("cells", "dates", "forms"),
    [
        (["2024-05-13"], [date(2024, 5, 13)], set()),
        (["13-May-24", "01-Jan-97"], [date(2024, 5, 13), date(1997, 1, 1)], {"13-May-24"}),
        (["13 May 2024", "1 May 2024"], [date(2024, 5, 13), date(2024, 5, 1)], {"13 May 2024"}),
        (["13-May-2024"], [date(2024, 5, 13)], {"13-May-2024"}),
        (["45425", "45425.0"], [date(2024, 5, 13)] * 2, {"45425 (a spreadsheet's day number)"}),
        (["2024-05-13 00:00:00"], [date(2024, 5, 13)], {"2024-05-13 00:00:00"}),
        (["13/05/2024", "01/05/2024"], [date(2024, 5, 13), date(2024, 5, 1)], {"13/05/2024"}),
        (["05/13/2024", "05/01/2024"], [date(2024, 5, 13), date(2024, 5, 1)], {"05/13/2024"}),
        (["13.05.2024"], [date(2024, 5, 13)], {"13.05.2024"}),
        (["2024-05-13", "13-May-24", None, "soon"], [date(2024, 5, 13)] * 2 + [None, None], {"13-May-24"}),
        (["2024-13-05", "31-Feb-24", "99/99/2024", ""], [None] * 4, set()),
    ],
)
def test_dates(cells: list[str | None], dates: list[date | None], forms: set[str]) -> None:
    found, used, exchangeable = parsed_dates(pl.Series("d", cells, dtype=pl.String))
    assert found.to_list() == dates
    assert set(used) == forms
    assert not exchangeable


def test_day_and_month_that_can_be_exchanged_are_told() -> None:
    assert parsed_dates(pl.Series(["05/06/2024", "01/02/2024"]))[2]
    assert not parsed_dates(pl.Series(["05/05/2024"]))[2], "the same day either way"


def test_all_old_interactions_have_a_present_form() -> None:
    listed = "10 11 12 13 14 15 16 17 18 20 22 23 24 25 26 27 28 30 33 34 35 36 37 38 40 44 45 46 47 48 50 55 56 57 58"
    numbers = f"{listed} 60 66 67 68 70 77 78 80 88".split()
    forms = value_forms("interaction")
    assert {forms[number] for number in numbers} <= set(interactions())
    assert (forms["12"], forms["30"], forms["78"]) == (
        "State forces-Rebel group", "Political militia only", "External/Other forces-Civilians")  # fmt: skip
    assert "21" not in forms, "codes stand in ascending order"
    assert forms["Rebel Groups-Civilians"] == "Rebel group-Civilians"
    assert value_forms("inter2")["8"] == "External/Other forces"
    assert all(value in load_ontology().inters for value in value_forms("inter1").values() if value)


def test_a_present_file_has_no_problems(tmp_path: Path) -> None:
    report = check(tmp_path, rows())
    assert (report.exit_code, report.problems) == (0, ())


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("inter1", "9", "vocabulary"), ("inter1", "Soldiers", "vocabulary"), ("interaction", "99", "interaction"),
        ("time_precision", "4", "range"), ("fatalities", "many", "wrong-type"), ("fatalities", "-1", "range"),
        ("latitude", "91", "range"), ("event_type", "Battle", "vocabulary"), ("year", "1890", "range"),
        ("region", "Atlantis", "region"), ("country", "Swaziland", "country-name"), ("notes", "", "null"),
        ("iso", "1", "country-iso"), ("disorder_type", "Violence", "vocabulary"), ("geo_precision", "1.5", "wrong-type"),
        ("source", "A;; B", "repeated-separator"), ("event_id_cnty", "same", "duplicate-id"),
        ("civilian_targeting", "yes", "vocabulary"),
    ],
)  # fmt: skip
def test_what_is_off_is_said(tmp_path: Path, column: str, value: str, code: str) -> None:
    report = check(tmp_path, rows().with_columns(pl.lit(value).alias(column)))
    found = [r for r in report.records() if r["code"] == code]
    assert found, str(report)
    assert found[0]["line"] in (2, 3)
    if value:
        assert value in found[0]["value"]


def test_a_cell_that_is_no_number_is_told_once(tmp_path: Path) -> None:
    frame = rows().with_columns(
        latitude=pl.when(pl.int_range(pl.len()) == 2).then(pl.lit("12,5")).otherwise("latitude")
    )
    report = check(tmp_path, frame)
    assert report.counts == {"wrong-type": 1}
    assert [(r["row"], r["line"]) for r in report.records()] == [(2, 4)]


def test_values_are_shown_as_written(tmp_path: Path) -> None:
    frame = rows().with_columns(interaction=pl.lit("10"), inter1=pl.lit("7"), actor1=pl.lit("Civilians (Nigeria)"))
    shown = {r["value"] for r in check(tmp_path, frame).records() if r["code"] == "interaction"}
    assert shown == {"'10'"}


def test_unused_columns_are_told_and_population_is_known(tmp_path: Path) -> None:
    report = check(tmp_path, rows().with_columns(mine=pl.lit(1), population_best=pl.lit(10)))
    assert [(r["code"], r["column"]) for r in report.records()] == [("unknown-column", "mine")]
