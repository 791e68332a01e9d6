"""Whose a force is: a government's, an owner's that a pronoun means, or nobody's in particular (CODEBOOK 1.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .actor_classes import actor_class
from .actor_lexicon import ActorLexicon
from .actor_names import fill
from .records import Actor

_OF_A_FORCE = frozenset(
    {"military", "rebel", "militant", "militia", "unidentified", "armed_body", "body", "communal", "gang", "person"}
)
_MATERIEL = frozenset({"weapon", "position", "property"})

_PROTESTS = frozenset({"Peaceful protest", "Protest with intervention", "Excessive force against protesters"})
_RIOTS = frozenset({"Violent demonstration", "Mob violence"})


def as_force(actor: Actor, lexicon: ActorLexicon, on: date | None) -> Actor:
    """A government read as its military, for a deed of force (CODEBOOK 1.3).

    Args:
        actor: a reading as a government.
        lexicon: for the name.
        on: the day that decides the regime.
    """
    name = fill(lexicon.classes["military"].name, lexicon, actor.country, on, {})
    return replace(
        actor, name=name, inter="State forces", armed=True, sector="MIL", read_as=(*actor.read_as, "military")
    )


def as_protesters(actor: Actor) -> Actor:
    """People who demonstrate are protesters, whoever else they are (CODEBOOK 1.3); others stay as they were read.

    Args:
        actor: who demonstrates, as read.
    """
    plain = actor.name is None or actor.name.startswith("Civilians (")
    if actor.kind != "actor" or actor.inter != "Civilians" or not plain:
        return actor
    name = actor.name.replace("Civilians", "Protesters", 1) if actor.name else None
    return replace(actor, name=name, inter="Protesters", read_as=(*actor.read_as, "protesters"))


def as_crowd(actor: Actor, sub_event_type: str) -> Actor:
    """The crowd of an event is named as its type says: protesters or rioters (CODEBOOK 1.3).

    Civilians who fight an armed side in a battle are a communal militia: rioters fight none (decision 0052).

    Args:
        actor: a party of the event, as read.
        sub_event_type: the event's type; others than those of crowds and the armed clash change nothing.
    """
    if sub_event_type == "Armed clash" and actor.read_as[-1:] == ("rioters",) and "civilian" in actor_class(actor):
        name = actor.name.replace("Rioters (", "Unidentified Communal Militia (", 1) if actor.name else None
        return replace(actor, name=name, inter="Identity militia", read_as=(*actor.read_as, "communal"))
    crowd = "Protesters" if sub_event_type in _PROTESTS else "Rioters" if sub_event_type in _RIOTS else None
    if crowd is None or actor.inter not in ("Protesters", "Rioters") or actor.inter == crowd:
        return actor
    name = actor.name.replace(f"{actor.inter} (", f"{crowd} (", 1) if actor.name else None
    return replace(actor, name=name, inter=crowd, read_as=(*actor.read_as, crowd.lower()))


def owned_by(actor: Actor, owner: Actor) -> Actor:
    """A force named by its owner's pronoun ("its fighters") is the owner (CODEBOOK 1.3).

    Args:
        actor: the reading of the phrase.
        owner: the reading of whom the pronoun means.

    Returns:
        The phrase with the owner's name and type when the owner is an armed side, else the actor as it was.
    """
    if owner.kind != "actor" or owner.inter is None or not {"armed", "state"} & actor_class(owner):
        return unowned(actor)
    if actor.read_as[-1:] and actor.read_as[-1] not in _OF_A_FORCE:
        return actor
    if actor.kind != "actor" and actor.kind not in _MATERIEL:  # "its demands"
        return actor
    note = f"{actor.evidence}; of {owner.phrase.text!r} ({owner.evidence})"
    return replace(owner.on(actor.phrase, note), certainty=actor.certainty, body=False)


def unowned(actor: Actor) -> Actor:
    """A force of somebody unknown ("its men") is nobody's in particular: not the state's, and not civilians.

    Args:
        actor: the reading of a phrase whose owner is a pronoun that nothing resolves.

    Returns:
        The phrase without name and type, but armed, when it reads as state forces or as people of no kind, else as it
        was.
    """
    if actor.kind != "actor" or actor.read_as not in (("military",), ("police",), ("armed_body",), ("person",)):
        return actor
    note = f"{actor.evidence}; of somebody unknown"
    return replace(actor, name=None, inter=None, country=None, armed=True, evidence=note)
