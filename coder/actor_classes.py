"""The classes of actors that rules and decision tables ask for (CODEBOOK 1.2)."""

from __future__ import annotations

from .actor_reading import ABROAD
from .records import Actor

_BY_CLASS = {
    "military": "state military armed conflict_party",
    "mutineer": "state military armed conflict_party",
    "police": "state police armed",
    "government": "state government political conflict_party",
    "leader": "state government leader political notable conflict_party",
    "official": "civilian official political notable",
    "rebel": "rebel armed conflict_party",
    "militant": "militia armed conflict_party",
    "unidentified": "militia armed",
    "gang": "militia armed",
    "criminal": "criminal_individual",
    "militia": "militia armed conflict_party",
    "communal": "identity militia armed",
    "rioters": "rioters crowd",
    "mob": "rioters crowd mob",
    "protesters": "protesters crowd",
    "crowd": "crowd",
    "party": "party political",
    "party_militia": "militia armed party",
    "opposition": "political notable party",
    "armed_body": "armed",
    "external": "external armed conflict_party",
    "guard": "armed",
    "former": "civilian",
    "captive": "civilian captive",
}
_BY_INTER = {
    "State forces": "state",
    "Rebel group": "rebel armed conflict_party",
    "Political militia": "militia armed conflict_party",
    "Identity militia": "identity militia armed",
    "Rioters": "rioters crowd",
    "Protesters": "protesters crowd",
    "Civilians": "civilian",
    ABROAD: "external",
}
_NOTABLE = ("Journalists", "Activists", "Lawyers", "Aid Workers")  # associates whose killing is a political one
_CIVIL_CROWD = frozenset({"civilian", "tribal", "pastoral", "settler", "person"})


def actor_class(actor: Actor) -> frozenset[str]:
    """The classes that rules and decision tables ask for (CODEBOOK 1.2).

    Args:
        actor: as read.

    Returns:
        Its kind, or for people: who they are (state, police, rebel, civilian …), whether armed, and "person".
        Villagers who turn violent stay civilian, so that the tables can tell a village from a riot.
    """
    if actor.kind == "position":
        return frozenset({"position", "property", "armed"})
    if actor.kind != "actor":
        return frozenset({actor.kind})
    before, last = ("", "", *actor.read_as)[-2:]
    if last == "pronoun_thing":
        return frozenset()
    found = {"person"}
    if last == "rioters" and before in _CIVIL_CROWD:
        found |= {"civilian", "crowd"}
    else:
        found |= set(_BY_CLASS.get(last, _BY_INTER.get(actor.inter or "", "")).split())
    if last == "pronoun_group":
        found.add("pronoun")
    if last == "name" and actor.inter is None:
        found.add("place")
    found |= _by_type(actor)
    if actor.armed:
        found.add("armed")
    if actor.name and not actor.generic:
        found.add("known")
    if actor.listed:
        found.add("listed")
    return frozenset(found)


def _by_type(actor: Actor) -> set[str]:
    found: set[str] = set()
    if actor.inter == ABROAD:
        found.add("external")
    if actor.sector == "REL" or any(name.startswith(_NOTABLE) for name in actor.associates):
        found.add("notable")
    return found
