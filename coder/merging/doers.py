"""The doers of violence that claims name, and whether two groups of claims name rival ones (CODEBOOK 1.3, 1.9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .dyads import ORDERED, fits
from .told import Told


def doers(claims: Iterable[Told]) -> dict[str, list[Told]]:
    """The claims by the doer of violence that they name; claims that name none are left out."""
    found: dict[str, list[Told]] = {}
    for claim in claims:
        first = claim.dyad.first
        if first.name is not None and not first.generic:
            found.setdefault(first.name, []).append(claim)
    return found


def rivals(claims: Sequence[Told], others: Sequence[Told], group: str) -> bool:
    """Whether two groups of claims name different doers of violence."""
    if group not in ORDERED:
        return False
    first, second = doers(claims), doers(others)
    if not first or not second or not first.keys().isdisjoint(second):
        return False
    sides = [told[0].dyad.first for told in second.values()]
    return not any(fits(told[0].dyad.first, side, group) for told in first.values() for side in sides)
