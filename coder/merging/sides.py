"""The two sides of an event's row, in ACLED's order (CODEBOOK 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...schema.ontology import Ontology
from .dyads import Dyad, fits
from .dyads import Side as Claimed
from .told import Told, attestation

VIOLENT = ("Battles", "Violence against civilians", "Explosions/Remote violence")
VAC = "Violence against civilians"
# Strategic developments that are done to somebody: whom they are done to is never the first actor.
_DONE_TO = ("Arrests", "Disrupted weapons use", "Looting/property destruction")

_Pair = tuple[Dyad, list[Told]]


class Side(NamedTuple):
    """A side as ACLED writes it."""

    name: str
    inter: str
    associates: tuple[str, ...] = ()
    known: bool = True  # named by the text, not filled in


_CROWDS = frozenset({"Protesters", "Rioters"})
_AIR_FORCE = Side("Unidentified Military Forces", "External/Other forces", (), False)  # who has aircraft


def sides(claims: Sequence[Told], best: Told, country: str, ontology: Ontology) -> tuple[Side | None, Side | None]:
    """Both sides: those of the best claim, made more telling by the others, then what ACLED writes for unknown.

    For violence against civilians the victim comes second, and only civilians are victims when any are told; else the
    doer comes first, which has no meaning in ACLED. Who is arrested, disarmed or robbed comes second too.
    """
    sub = best.sub_event_type or ""
    event_type = ontology.event_type(sub)
    group = ontology.group(event_type)
    pairs = _pairs(claims)
    first = _chosen(pairs, best, "actor", group, country)
    second = _chosen(_of_civilians(pairs) if event_type == VAC else pairs, best, "target", group, country)
    if first and second and first.name == second.name:
        second = None
    if event_type == VAC and first and first.inter == "Civilians" and (second is None or second.inter != "Civilians"):
        first, second = second, first
    if event_type in VIOLENT and first is None:
        first = _AIR_FORCE if sub == "Air/drone strike" else unknown(country)
    if event_type == "Battles" and second is None:
        second = unknown(country)
    if event_type == VAC and second is None:
        second = Side(f"Civilians ({country})", "Civilians", (), False)
    if first is None and sub not in _DONE_TO:
        first, second = second, None
    return _with_crowd(first, second, event_type, country)


def _of_civilians(pairs: Sequence[_Pair]) -> Sequence[_Pair]:
    """The pairs whose victims are civilians; all of them when none are."""
    return [pair for pair in pairs if pair[0].second.inter == "Civilians"] or pairs


def _with_crowd(
    first: Side | None, second: Side | None, event_type: str, country: str
) -> tuple[Side | None, Side | None]:
    """Demonstrations have a crowd for a side: people named by who they are demonstrate as protesters or rioters.

    A crowd that is alone is called as its event is: one that marched in peace where others rioted are protesters.
    """
    crowd = {"Protests": "Protesters", "Riots": "Rioters"}.get(event_type)
    if crowd is None:
        return first, second
    if len([side for side in (first, second) if side and side.inter in _CROWDS]) == 1:
        first, second = _called(first, crowd), _called(second, crowd)
    inters = {side.inter for side in (first, second) if side}
    if first is None:
        return Side(f"{crowd} ({country})", crowd, (), False), None
    if inters & _CROWDS:
        return (second, first) if second and first.inter not in _CROWDS else (first, second)
    if first.inter == "Civilians":
        return Side(f"{crowd} ({country})", crowd, first.associates), second
    if second is None:
        return Side(f"{crowd} ({country})", crowd, (), False), first
    return first, second


def _called(side: Side | None, crowd: str) -> Side | None:
    if side is None or side.inter not in _CROWDS:
        return side
    return side._replace(name=side.name.replace(side.inter, crowd, 1), inter=crowd)


def unknown(country: str) -> Side:
    """What ACLED writes for an armed group that nobody names."""
    return Side(f"Unidentified Armed Group ({country})", "Political militia", (), False)


def _chosen(pairs: Sequence[_Pair], best: Told, role: str, group: str, country: str) -> Side | None:
    """The most telling name of a role that can be the best claim's; of rival names the best attested."""
    base, opposite = _of(best, role), _of(best, "target" if role == "actor" else "actor")
    found: dict[tuple[str, str], list[Told]] = {}
    associates: dict[tuple[str, str], set[str]] = {}
    for of, claims in pairs:
        named = _candidate(of, role, base, opposite, group)
        at = _written(named, claims[0], country) if named is not None else None
        if named is not None and at is not None:
            found.setdefault(at, []).extend(claims)
            associates.setdefault(at, set()).update(named.associates)
    if not found:
        return None
    if len(found) == 1:
        ((name, inter),) = found
    else:
        name, inter = min(found, key=lambda at: (_vagueness(at[0]), *attestation(found[at]), at))
    extra = tuple(sorted(associates[name, inter] - {name})) if associates[name, inter] else ()
    return Side(name, inter, extra, not name.startswith("Unidentified"))


def _pairs(claims: Sequence[Told]) -> list[_Pair]:
    """The different pairs that the claims name, with the claims that name each."""
    found: dict[int, _Pair] = {}
    for claim in claims:
        of = claim.dyad
        found.setdefault(id(of), (of, []))[1].append(claim)
    return list(found.values())


def _candidate(of: Dyad, role: str, base: Claimed, opposite: Claimed, group: str) -> Claimed | None:
    """The side of a pair that can be this side of the event, read in the best claim's order."""
    own, other = (of.first, of.second) if role == "actor" else (of.second, of.first)
    if group == "violence" or (fits(own, base, group) and fits(other, opposite, group)):
        return own
    return other if fits(other, base, group) and fits(own, opposite, group) else None


def _of(claim: Told, role: str) -> Claimed:
    return claim.dyad.first if role == "actor" else claim.dyad.second


def _vagueness(name: str) -> int:
    if name.startswith("Unidentified"):
        return 2
    return 1 if name.startswith(("Civilians (", "Protesters (", "Rioters (")) else 0


def _written(named: Claimed, claim: Told, country: str) -> tuple[str, str] | None:
    """Name and type as ACLED writes them; None when the claim tells neither."""
    if named.inter is None:
        return None
    name = named.whole
    if name is None:
        text = (claim.actor_text if claim.actor_type == named.inter else claim.target_text) or ""
        name = _generic(named.inter, text, country)
    return name, named.inter


def _generic(inter: str, text: str, country: str) -> str:
    names = {
        "State forces": f"Military Forces of {country}",
        "Civilians": f"Civilians ({country})",
        "Protesters": f"Protesters ({country})",
        "Rioters": f"Rioters ({country})",
    }
    return names.get(inter) or (text if text[:1].isupper() else f"Unidentified Armed Group ({country})")
