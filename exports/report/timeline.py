"""The timeline: events by day, week, month or year, as stacked bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .markup import esc, tag, text

MAX_BARS = 120
HEIGHT = 100


@dataclass(frozen=True)
class Bins:
    """Bins without gaps: their labels, each event's bin, and what a bin is."""

    labels: Sequence[str]
    index: list[int]
    unit: str


def _day(d: date) -> date:
    return d


def _week(d: date) -> date:
    return d - timedelta(days=d.weekday())


def _month(d: date) -> date:
    return d.replace(day=1)


def _year(d: date) -> date:
    return d.replace(month=1, day=1)


def _next(d: date, unit: str) -> date:
    if unit in ("day", "week"):
        return d + timedelta(days=1 if unit == "day" else 7)
    return _month(d + timedelta(days=31)) if unit == "month" else d.replace(year=d.year + 1)


_UNITS: tuple[tuple[str, Callable[[date], date]], ...] = (
    ("day", _day), ("week", _week), ("month", _month), ("year", _year)
)  # fmt: skip


def bins(days: Sequence[date]) -> Bins:
    """The finest bins that give at most :data:`MAX_BARS` bars."""
    if not days:
        return Bins([], [], "day")
    unit, starts = "year", []
    for unit, floor in _UNITS:
        starts, last = [floor(min(days))], floor(max(days))
        while starts[-1] < last and len(starts) <= MAX_BARS:
            starts.append(_next(starts[-1], unit))
        if len(starts) <= MAX_BARS:
            break
    number = {start: k for k, start in enumerate(starts)}
    index = [number.get(floor(day), len(starts) - 1) for day in days]
    shape = {"month": "%Y-%m", "year": "%Y"}.get(unit, "%Y-%m-%d")
    return Bins([start.strftime(shape) for start in starts], index, unit)


def timeline(found: Bins, types: Sequence[str], event_types: Sequence[str]) -> str:
    """The chart: one group a bin, one rectangle a type; the browser changes them when events are filtered."""
    if not found.labels:
        return text("p", "No events.", class_="none")
    counts = Counter(zip(found.index, event_types, strict=True))
    totals = Counter(found.index)
    top = max(totals.values())
    bars = "".join(_bar(k, label, counts, types, top) for k, label in enumerate(found.labels))
    width = len(found.labels)
    svg = tag(
        "svg", bars, id="timeline", viewBox=f"0 0 {width} {HEIGHT}", preserveAspectRatio="none", role="img",
        aria_label=f"Events by {found.unit}, {found.labels[0]} to {found.labels[-1]}, at most {top}",
    )  # fmt: skip
    shown = list(dict.fromkeys([0, width // 2, width - 1]))
    axis = tag("div", *(text("span", found.labels[k]) for k in shown), class_="axis")
    ceiling = tag("p", "events by ", esc(found.unit), ", at most ", text("b", top, id="timeline-top"), class_="note")
    return ceiling + svg + axis


def _bar(k: int, label: str, counts: Counter[tuple[int, str]], types: Sequence[str], top: int) -> str:
    base, parts = float(HEIGHT), []
    for t, name in enumerate(types):
        size = HEIGHT * counts[k, name] / top
        base -= size
        parts.append(f'<rect class="t{t}" x="{k + 0.08:.2f}" width="0.84" y="{base:.2f}" height="{size:.2f}"/>')
    total = sum(counts[k, name] for name in types)
    return tag("g", text("title", f"{label}: {total}"), *parts, data_bin=k)
