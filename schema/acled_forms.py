"""Older forms of ACLED's columns and values, and what they are today (CODEBOOK 1.1, 1.4, 1.11)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import product

import polars as pl

from .ontology import load_ontology
from .vocabulary import FOLDER, load_vocabulary

# Forms of dates beside YYYY-MM-DD, in the order in which they are tried.
DATE_FORMS = {
    "2024-05-13 00:00:00": "%Y-%m-%d 00:00:00",
    "2024-05-13T00:00:00": "%Y-%m-%dT00:00:00",
    "2024/05/13": "%Y/%m/%d",
    "13-May-24": "%d-%b-%y",
    "13-May-2024": "%d-%b-%Y",
    "13 May 2024": "%d %B %Y",
    "13-May-2024 (long)": "%d-%B-%Y",
    "May 13, 2024": "%B %d, %Y",
    "13.05.2024": "%d.%m.%Y",
}
DAY_FIRST, MONTH_FIRST = ("13/05/2024", "%d/%m/%Y"), ("05/13/2024", "%m/%d/%Y")


@dataclass(frozen=True, slots=True)
class AcledColumn:
    """A column of ACLED's files: its older names, and how surely a file has it."""

    column: str
    names: tuple[str, ...]
    status: str  # core, common, later, optional, dropped
    note: str


@cache
def acled_columns() -> dict[str, AcledColumn]:
    """All columns by their present name."""
    with (FOLDER / "acled_columns.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {
        r["column"]: AcledColumn(r["column"], tuple(filter(None, r["names"].split("|"))), r["status"], r["note"])
        for r in rows
    }


def plain_name(name: str) -> str:
    """A column's name as ACLED writes it today: lower case, underscores."""
    return re.sub(r"[\s\-.]+", "_", name.strip().strip("\ufeff").lower())


@cache
def value_forms(column: str) -> dict[str, str | None]:
    """Older forms of a column's values: each with its present form, or None where there is no single one."""
    key = "inter" if column in ("inter1", "inter2") else column
    if key == "interaction":
        return _interactions()
    with (FOLDER / "acled_forms.csv").open(encoding="utf-8", newline="") as handle:
        found: dict[str, str | None] = {
            row["form"]: row["present"] or None for row in csv.DictReader(handle) if row["column"] == key
        }
    if key == "inter":
        for term in load_vocabulary("inter").terms.values():
            found |= {term.more["code"]: term.value, f"{term.more['code']}.0": term.value}
        found |= {"0": None, "0.0": None}
    return found


def _interactions() -> dict[str, str | None]:
    ontology = load_ontology()
    forms = {name: [name] for name in ontology.inters}
    for form, present in value_forms("inter1").items():
        if present and not form[0].isdigit():
            forms[present].append(form)
    found: dict[str, str | None] = {"0": None}
    for first, second in product(ontology.inters, [None, *ontology.inters]):
        text = ontology.interaction(first, second)
        codes = [int(ontology.inters[name].more["code"]) for name in (first, second) if name]
        if len(codes) == 2 and codes[0] > codes[1]:
            continue
        number = "".join(map(str, codes)) if len(codes) == 2 else f"{codes[0]}0"
        found |= {number: text, f"{number}.0": text}
        if second is None:
            found |= {f"{form} {word}": text for form in forms[first] for word in ("only", "Only")}
        else:
            found |= {f"{a}-{b}": text for a, b in product(forms[first], forms[second])}
    return {form: text for form, text in found.items() if form != text}


def parsed_dates(texts: pl.Series) -> tuple[pl.Series, dict[str, int], bool]:
    """Dates of any form that ACLED's files have had.

    Args:
        texts: the cells.

    Returns:
        The dates (null where a cell is none), how often each older form stands, and whether day and month can be
        exchanged in every date written with slashes.
    """
    iso = texts.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    dates = texts.set(~iso.fill_null(True), None).str.to_date("%Y-%m-%d", strict=False)
    used: dict[str, int] = {}
    for name, form in DATE_FORMS.items():
        dates = _filled(dates, texts, texts.str.to_date(form, strict=False, exact=True), name, used)
    serial = texts.str.contains(r"^[2-5][0-9]{4}(\.0+)?$").fill_null(False)
    days = texts.set(~serial, None).cast(pl.Float64, strict=False)
    if days.null_count() < days.len():
        numbers = (days.cast(pl.Int32) - 25569).cast(pl.Date)  # a spreadsheet counts days from 1899-12-30
        dates = _filled(dates, texts, numbers, "45425 (a spreadsheet's day number)", used)
    return _slashed(dates, texts, used)


def _slashed(dates: pl.Series, texts: pl.Series, used: dict[str, int]) -> tuple[pl.Series, dict[str, int], bool]:
    left = texts.set(~(dates.is_null() & texts.str.contains(r"^\d{1,2}/\d{1,2}/\d{4}$").fill_null(False)), None)
    if left.null_count() == left.len():
        return dates, used, False
    by_day, by_month = (left.str.to_date(form, strict=False) for _, form in (DAY_FIRST, MONTH_FIRST))
    misses = by_day.null_count(), by_month.null_count()
    name, chosen = (MONTH_FIRST[0], by_month) if misses[1] < misses[0] else (DAY_FIRST[0], by_day)
    exchangeable = misses[0] == misses[1] == left.null_count() and bool((by_day != by_month).any())
    return _filled(dates, texts, chosen, name, used), used, exchangeable


def _filled(dates: pl.Series, texts: pl.Series, more: pl.Series, name: str, used: dict[str, int]) -> pl.Series:
    new = dates.is_null() & more.is_not_null() & texts.is_not_null()
    if new.any():
        used[name] = int(new.sum())
        return dates.zip_with(~new, more)
    return dates
