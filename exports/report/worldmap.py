"""The map: outlines from Natural Earth (public domain), a graticule, and one circle a place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from .markup import esc, tag, text
from .model import Place

_OUTLINES = Path(__file__).parents[1] / "templates" / "outlines.json"
ASPECT = 2.0  # width by height
LEAST = 8.0  # degrees of latitude that are always shown
PIXELS = 900  # the width that sizes are drawn for until the browser knows better
_LABELS = 10


@cache
def outlines() -> dict[str, str]:
    """Land and borders as SVG paths, in tenths of a degree, south positive."""
    found: dict[str, str] = json.loads(_OUTLINES.read_text(encoding="utf-8"))
    return found


def window(places: Sequence[Place]) -> tuple[float, float, float, float, float]:
    """What the map shows: left, top, width and height (longitude shrunk, latitude south positive), and the shrinking.

    Longitudes are multiplied by the cosine of the middle latitude, so that shapes are about right there.
    """
    if not places:
        return -180.0, -90.0, 360.0, 180.0, 1.0
    lats, lons = [p.latitude for p in places], [p.longitude for p in places]
    shrink = max(0.3, math.cos(math.radians((min(lats) + max(lats)) / 2)))
    if max(lons) - min(lons) > 120:
        shrink = 1.0
    height = max(LEAST, 1.3 * (max(lats) - min(lats)), 1.2 * (max(lons) - min(lons)) * shrink / ASPECT)
    height = min(height, 180.0)
    width = height * ASPECT
    middle = -(min(lats) + max(lats)) / 2
    top = min(max(middle - height / 2, -90.0), 90.0 - height)
    return shrink * (min(lons) + max(lons)) / 2 - width / 2, top, width, height, shrink


def radius(events: int) -> float:
    """A circle's radius in pixels: its area grows with the number of events."""
    return min(26.0, 2.5 + 2.0 * math.sqrt(events))


def worldmap(places: Sequence[Place], types: Sequence[str]) -> str:
    """The map as inline SVG."""
    left, top, width, height, shrink = window(places)
    scale = width / PIXELS
    land = outlines()
    base = tag(
        "g",
        f'<path class="land" d="{land["land"]}"/><path class="border" d="{land["borders"]}"/>',
        transform=f"scale({shrink / 10:.5f} 0.1)",
    )
    view = f"{left:.3f} {top:.3f} {width:.3f} {height:.3f}"
    content = (
        tag("g", *_graticule(left, top, width, height, shrink), class_="graticule"),
        base,
        tag("g", *(_circle(k, p, types, shrink, scale) for k, p in enumerate(places)), id="places"),
        tag("g", *_labels(places, shrink, scale, width, height), id="labels"),
    )
    label = f"Map of {len(places)} places with events"
    return tag("svg", *content, id="map", viewBox=view, data_home=view, role="img", aria_label=label)


def _circle(k: int, place: Place, types: Sequence[str], shrink: float, scale: float) -> str:
    kind = types.index(place.main_type) if place.main_type in types else 0
    return (
        f'<circle class="t{kind}" data-place="{k}" cx="{place.longitude * shrink:.3f}" cy="{-place.latitude:.3f}" '
        f'r="{radius(place.events) * scale:.4f}"><title>{esc(place.name)}: {place.events}</title></circle>'
    )


def _labels(places: Sequence[Place], shrink: float, scale: float, width: float, height: float) -> Iterator[str]:
    """Names of the places with most events, where they do not run into each other."""
    taken: list[tuple[float, float]] = []
    for k, place in enumerate(places):
        x, y = place.longitude * shrink, -place.latitude
        if len(taken) == _LABELS:
            return
        if any(abs(x - a) < 0.16 * width and abs(y - b) < 0.05 * height for a, b in taken):
            continue
        taken.append((x, y))
        size = 11 * scale
        yield text(
            "text", place.name[:40], x=f"{x + (radius(place.events) + 2) * scale:.3f}", y=f"{y + size / 3:.3f}",
            font_size=f"{size:.4f}", data_place=k,
        )  # fmt: skip


def _graticule(left: float, top: float, width: float, height: float, shrink: float) -> Iterator[str]:
    step = next((s for s in (1, 2, 5, 10, 15, 30) if height / s <= 6), 30)
    for lat in range(-90, 91, step):
        yield f'<path d="M{-180 * shrink:.3f} {-lat}H{180 * shrink:.3f}"/>'
    for lon in range(-180, 181, step):
        yield f'<path d="M{lon * shrink:.3f} -90V90"/>'
