"""An event's notes: a short account in our own words, from the coded fields alone (CODEBOOK 1.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from .lexicon import TABLES, Row, read_table
from .merging.happening import Happening
from .merging.told import Told

_LISTED = 3
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FORCES = re.compile(r"^(?:Military|Police) Forces of .+?(?: \(\d{4}-(?:\d{4})?\))?(?: .+)?$")
_PERIOD = re.compile(r" \(\d{4}-(?:\d{4})?\)")


class NoteRow(Row):
    """What a sub-event is called when both sides, one of them or nobody is known; blank ``second``: like nobody."""

    sub_event_type: str
    both: str
    first: str
    none: str
    second: str = ""


@cache
def clauses() -> Mapping[str, NoteRow]:
    """The clauses of ``tables/notes.csv`` by sub-event type."""
    return {row.sub_event_type: row for row in read_table(NoteRow, "notes", base=TABLES)}


def notes(row: Mapping[str, Any], event: Happening) -> str:
    """The notes of an event's row: day, who did what to whom, where; who says so; disputes; fatalities.

    Args:
        row: the other columns of the event.
        event: its claims, toll and contests.
    """
    clause = clauses()[row["sub_event_type"]]
    first, second = _party(row["actor1"], row["assoc_actor_1"]), _party(row["actor2"], row["assoc_actor_2"])
    form = clause.both if first and second else clause.first if first else clause.second if second else ""
    deed = (form or clause.none).format(first=first, second=second)
    parts = [f"{when(row['event_date'], row['time_precision'])}, {deed} {where(row)}."]
    if row["sources"]:
        parts.append(f"According to {listed(row['sources'])}.")
    parts += _disputes(event)
    parts.append(f"Fatalities: {row['fatalities']}{_toll(event)}.")
    return " ".join(parts)


def when(day: date, precision: int) -> str:
    """The day in the words of CODEBOOK 1.7, by its precision."""
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    if precision == 1:
        return f"On {day.day} {month}"
    return f"Around {day.day} {month} (as reported)" if precision == 2 else f"In {month} (month of)"


def where(row: Mapping[str, Any]) -> str:
    """The place, with its units in brackets."""
    units = list(dict.fromkeys(u for u in (row["admin2"], row["admin1"], row["country"]) if u and u != row["location"]))
    preposition = {1: "in", 2: "near"}.get(row["geo_precision"], "in the region of")
    return f"{preposition} {row['location']} ({', '.join(units)})" if units else f"{preposition} {row['location']}"


def listed(names: Sequence[str], most: int = _LISTED) -> str:
    """Names in a sentence: a, b and c; more than ``most`` are counted."""
    shown = list(names[:most])
    if len(names) > most:
        rest = len(names) - most
        return f"{', '.join(shown)} and {rest} other{'s' if rest > 1 else ''}"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


@lru_cache(maxsize=1 << 12)
def _party(name: str | None, associates: str | None) -> str | None:
    if not name:
        return None
    called = _PERIOD.sub("", name)
    if name.startswith("Unidentified "):
        called = f"an {called.split(' (')[0].lower()}"
    elif _FORCES.match(name):
        called = f"the {called[0].lower()}{called[1:].replace(' Forces of ', ' forces of ', 1)}"
    elif ": " in called:
        called = called.split(": ", 1)[1]
    elif called.startswith(("Civilians (", "Protesters (", "Rioters (")):
        called = called.split(" (")[0].lower()
    extra = [a.split(" (")[0].lower() if a.endswith(")") else a for a in (associates or "").split("; ") if a]
    return f"{called} ({', '.join(extra[:_LISTED])})" if extra else called


def _disputes(event: Happening) -> list[str]:
    told = []
    for contest in event.contests:
        if contest.kind == "denial":
            told.append(f"Denied or doubted by {listed(_sources(contest.against))}.")
        elif contest.kind == "blame":
            told.append(f"{_blame(contest.claims)}; {_blame(contest.against)}.")
    copies = len({claim.publisher for claim in event.claims if claim.publisher}) - event.outlets
    if copies > 0:
        told.append(f"{copies + 1} outlets carry the same text.")
    return told


def _sources(claims: Iterable[Told]) -> list[str]:
    return sorted({claim.source or claim.publisher or "others" for claim in claims}) or ["others"]


def _blame(claims: Sequence[Told]) -> str:
    doers = sorted({_party(claim.actor_name, None) or "somebody else" for claim in claims})
    return f"{listed(_sources(claims))} named {listed(doers)}"


def _toll(event: Happening) -> str:
    """What stands in brackets behind the number: a share of days, or other numbers."""
    if event.share is not None:
        share = event.share
        return f" (of {share.total} reported for {share.days} days with activity, split evenly)"
    others = sorted({c.figure.best for c in event.toll.conflicting if c.figure.best != event.fatalities})
    if others:
        return f" (others report {listed([str(n) for n in others])})"
    earlier = sorted({c.figure.best for c in event.toll.superseded if c.figure.best != event.fatalities})
    return f" (earlier reports: {listed([str(n) for n in earlier])})" if earlier else ""
