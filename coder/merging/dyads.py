"""Who stands against whom, and whether two claims can mean the same pair (CODEBOOK 1.3, 1.9)."""

from __future__ import annotations

from typing import NamedTuple

EQUAL, POSSIBLE, NO = 2, 1, 0
JOINT = "\x1f"  # between the names of a list that is kept as one text
_ARMED = frozenset({"Rebel group", "Political militia", "Identity militia"})
_FORCES = frozenset({"State forces", "External/Other forces"})
_CROWD = frozenset({"Protesters", "Rioters", "Civilians"})
BATTLES = frozenset({"Armed clash", "Government regains territory", "Non-state actor overtakes territory"})
ARMED = _ARMED | _FORCES
# Names that stand for anybody of a kind: equal ones do not show that it was the same party.
_ANYBODY = ("Unidentified ", "Civilians (", "Protesters (", "Rioters (")
# Groups of types in which it matters who was the doer.
ORDERED = frozenset({"violence"})


class Side(NamedTuple):
    """One side as a claim names it."""

    name: str | None  # None: not named, or named only as unidentified
    inter: str | None
    associates: frozenset[str]
    whole: str | None  # the name, also when it says "Unidentified"
    generic: bool  # whether the name stands for anybody of its kind


NOBODY = Side(None, None, frozenset(), None, True)


class Dyad(NamedTuple):
    """Two sides, doer first as far as the claim tells."""

    first: Side
    second: Side
    names: frozenset[str]  # the sides that are named

    @property
    def telling(self) -> bool:
        """Whether a side is named by more than its kind."""
        return not (self.first.generic and self.second.generic)


class Named(NamedTuple):
    """Whom a claim names: the columns of its row that decide."""

    battle: bool
    actor_name: str | None
    actor_type: str | None
    actor_associates: str  # joined by JOINT
    target_name: str | None
    target_type: str | None
    target_associates: str


def dyad(named: Named) -> Dyad:
    """The pair that a claim names.

    Civilians are no side of a battle (CODEBOOK 1.2), and a claim with one party on both sides knows only one.
    """
    first = _side(named.actor_name, named.actor_type, named.actor_associates)
    second = _side(named.target_name, named.target_type, named.target_associates)
    if named.battle:
        first, second = (NOBODY if side.inter in _CROWD else side for side in (first, second))
    if first.name is not None and first.name == second.name:
        second = NOBODY
    return Dyad(first, second, frozenset(n for n in (first.name, second.name) if n))


def _side(name: str | None, inter: str | None, associates: str) -> Side:
    unknown = name is None or name.startswith("Unidentified")
    generic = name is None or name.startswith(_ANYBODY)
    beside = frozenset(associates.split(JOINT) if associates else ())
    return Side(None if unknown else name, inter, beside, name, generic)


def compare(a: Dyad, b: Dyad, group: str) -> int:
    """Whether two pairs are EQUAL, POSSIBLE (one names less than the other, or by a wider name) or NO.

    An unidentified armed group may be the armed group named elsewhere. Two claims that share no name are not taken
    for the same pair, unless one of them names nobody, or they complete each other: doer and victim of violence,
    crowd and police.
    """
    if a.names and a.names == b.names and len(a.names) == 2:
        return EQUAL
    straight = fits(a.first, b.first, group) and fits(a.second, b.second, group)
    crossed = group not in ORDERED and fits(a.first, b.second, group) and fits(a.second, b.first, group)
    if not (straight or crossed):
        return NO
    if a.names == b.names:
        return EQUAL
    return POSSIBLE if not a.names or not b.names or _linked(a, b, group) or _completes(a, b, group) else NO


def _completes(a: Dyad, b: Dyad, group: str) -> bool:
    """Whether one names only the doer of violence, the other its victim; or one the crowd, the other the police."""
    if len(a.names) != 1 or len(b.names) != 1:
        return False
    if group == "demonstration":
        return (_of(a, _CROWD) and _of(b, _FORCES)) or (_of(a, _FORCES) and _of(b, _CROWD))
    halves = (a.first.name, b.second.name), (b.first.name, a.second.name)
    return group in ORDERED and any(all(half) for half in halves)


def _of(dyad: Dyad, inters: frozenset[str]) -> bool:
    return any(side.name is not None and side.inter in inters for side in (dyad.first, dyad.second))


def _linked(a: Dyad, b: Dyad, group: str) -> bool:
    pairs = ((a.first, b.first), (a.second, b.second), (a.first, b.second), (a.second, b.first))
    return any(x.name is not None and y.name is not None and fits(x, y, group) for x, y in pairs)


def fits(a: Side, b: Side, group: str) -> bool:
    """Whether two sides can be the same party."""
    if a.name is not None and b.name is not None:
        return same_party(a, b, group)
    if a.inter is None or b.inter is None:
        return True
    if a.inter == b.inter:
        return True
    for unknown, other in ((a, b), (b, a)):
        if unknown.name is None:
            kinds = _ARMED if unknown.inter in _ARMED else _FORCES if unknown.inter in _FORCES else frozenset()
            if other.inter in kinds:
                return True
    return group == "demonstration" and a.inter in _CROWD and b.inter in _CROWD


def same_party(a: Side, b: Side, group: str) -> bool:
    """Whether two named sides are one: same name, a unit of it, an associate of it, or the same crowd."""
    first, second = a.name or "", b.name or ""
    if first == second or first in b.associates or second in a.associates:
        return True
    if first.startswith(second + " ") or second.startswith(first + " "):
        return True
    if group == "demonstration" and a.inter in _CROWD and b.inter in _CROWD:
        return True
    return a.inter == b.inter == "Civilians" and group != "strategic"
