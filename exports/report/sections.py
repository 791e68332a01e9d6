"""The parts of the page that are tables and bars: types, actors and dyads, sources by kind of claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

import polars as pl

from ...schema.vocabulary import load_vocabulary
from .markup import esc, number, table, tag, text
from .model import Model

TOP = 25
NOBODY = "the article itself"
T = TypeVar("T")


def tiles(model: Model) -> str:
    """The figures at the head of the page."""
    events = model.events
    low, high = int(events["fatalities_low"].sum()), int(events["fatalities_high"].sum())
    facts = [
        ("events", number(events.height)),
        ("claims", number(model.claims.height)),
        ("articles with claims", number(model.articles.height)),
        ("contested events", number(int(events["contested"].sum()))),
        ("corroborated events", number(int(events["corroborated"].sum()))),
        ("reported deaths, lowest count", number(int(events["fatalities"].sum()))),
        ("deaths, low to high", f"{number(low)}–{number(high)}"),
    ]
    return tag("dl", *(tag("div", text("dt", name), text("dd", value)) for name, value in facts), class_="tiles")


def legend(types: Sequence[str]) -> str:
    """The colours of the event types."""
    items = (tag("li", f'<svg viewBox="0 0 10 10"><rect class="t{k}" width="10" height="10"/></svg>', esc(name))
             for k, name in enumerate(types))  # fmt: skip
    return tag("ul", *items, class_="legend")


def types_section(model: Model, types: Sequence[str]) -> str:
    """Events by sub-type, as bars; a bar filters the events."""
    counts = Counter(model.events.select("event_type", "sub_event_type").rows())
    top = max(counts.values(), default=1)
    rows = []
    for event_type in types:
        own = sorted(((n, sub) for (kind, sub), n in counts.items() if kind == event_type), reverse=True)
        rows += [
            [
                tag("th", text("button", sub, type="button", data_find=sub), scope="row"),
                tag("td", bar(n / top, f"t{types.index(event_type)}"), class_="wide"),
                text("td", number(n), class_="n"),
            ]
            for n, sub in own
        ]
    head = [text("th", "sub-type"), text("th", "", aria_label="bar"), text("th", "events", class_="n")]
    return table(head, rows, class_="bars") if rows else text("p", "No events.", class_="none")


def bar(share: float, name: str) -> str:
    """A horizontal bar, ``share`` of the width."""
    rect = f'<rect class="{esc(name)}" width="{100 * share:.1f}%" height="100%"/>'
    return f'<svg class="bar" aria-hidden="true">{rect}</svg>'


def actors_section(model: Model) -> str:
    """The actors with most events, and the dyads."""
    sides: Counter[str] = Counter()
    deaths: Counter[str] = Counter()
    inter: dict[str, str] = {}
    dyads: Counter[tuple[str, str]] = Counter()
    columns = ("actor1", "inter1", "actor2", "inter2", "fatalities")
    for one, type1, two, type2, toll in model.events.select(columns).iter_rows():
        for name, kind in ((one, type1), (two, type2)):
            if name:
                sides[name] += 1
                deaths[name] += toll
                inter[name] = kind or ""
        if one and two:
            dyads[min(one, two), max(one, two)] += 1
    return tag("div", _actors(sides, deaths, inter), _dyads(dyads), class_="pair")


def _actors(sides: Counter[str], deaths: Counter[str], inter: Mapping[str, str]) -> str:
    most = _most(sides)
    top = most[0][1] if most else 1
    rows = [
        [
            tag("th", text("button", name, type="button", data_find=name, dir="auto"), scope="row"),
            text("td", inter[name]),
            tag("td", bar(n / top, "plain"), class_="wide"),
            text("td", number(n), class_="n"),
            text("td", number(deaths[name]), class_="n"),
        ]
        for name, n in most
    ]
    head = [text("th", "actor"), text("th", "type"), text("th", "", class_="wide")]
    head += [text("th", name, class_="n") for name in ("events", "deaths")]
    return tag("div", text("h3", f"Actors{_of(sides)}"), table(head, rows, class_="bars"), class_="scroll")


def _dyads(dyads: Counter[tuple[str, str]]) -> str:
    most = _most(dyads)
    top = most[0][1] if most else 1
    rows = [
        [
            tag("th", text("span", a, dir="auto"), esc(" – "), text("span", b, dir="auto"), scope="row"),
            tag("td", bar(n / top, "plain"), class_="wide"),
            text("td", number(n), class_="n"),
        ]
        for (a, b), n in most
    ]
    head = [text("th", "both sides"), text("th", "", class_="wide"), text("th", "events", class_="n")]
    return tag("div", text("h3", f"Dyads{_of(dyads)}"), table(head, rows, class_="bars"), class_="scroll")


def _most(counts: Counter[T]) -> list[tuple[T, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:TOP]


def _of(counts: Counter[T]) -> str:
    return f" (the {TOP} of {len(counts)} with most events)" if len(counts) > TOP else ""


def matrix_section(model: Model) -> str:
    """Two matrices over claims: kinds of source, and the sources named most, by kind of claim."""
    claims = model.claims.select("claim_type", "source_type", "source_name", "source_text")
    types = [value for value in load_vocabulary("claim_type") if value in set(claims["claim_type"])]
    if not types:
        return text("p", "No claims.", class_="none")
    labels = load_vocabulary("source_type")
    kind = pl.col("source_type").replace_strict(
        {value: labels[value].label for value in labels}, default=pl.col("source_type"), return_dtype=pl.String
    )
    kinds = _cells(claims.select(kind.fill_null(NOBODY).alias("row"), "claim_type"))
    named = claims.select(pl.coalesce("source_name", "source_text").alias("row"), "claim_type").drop_nulls("row")
    return _matrix("Kind of source", kinds, types) + _matrix("Source", _cells(named), types)


def _cells(frame: pl.DataFrame) -> dict[str, Counter[str]]:
    cells: dict[str, Counter[str]] = {}
    for row, kind, n in frame.group_by("row", "claim_type").len().sort("row", "claim_type").iter_rows():
        cells.setdefault(row, Counter())[kind] += n
    return cells


def _matrix(name: str, cells: Mapping[str, Counter[str]], types: Sequence[str]) -> str:
    order = sorted(cells, key=lambda row: (-cells[row].total(), row))[:TOP]
    top = max((max(cells[row].values()) for row in order), default=1)
    labels = load_vocabulary("claim_type")
    head = [text("th", name), *(tag("th", text("span", labels[t].label), class_="up", scope="col") for t in types)]
    head.append(text("th", "all", class_="n"))
    rows = [
        [
            text("th", row, scope="row", dir="auto"),
            *(text("td", cells[row][t] or "", class_=f"h{_heat(cells[row][t], top)}") for t in types),
            text("td", number(cells[row].total()), class_="n"),
        ]
        for row in order
    ]
    more = f" (the {TOP} of {len(cells)} with most claims)" if len(cells) > TOP else ""
    return text("h3", f"{name}{more}") + tag("div", table(head, rows, class_="matrix"), class_="scroll", tabindex=0)


def _heat(n: int, top: int) -> int:
    """A shade from 0 to 5, on the root of the share so that small numbers show."""
    return 0 if not n else max(1, min(5, round(5 * (n / top) ** 0.5)))
