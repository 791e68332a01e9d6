"""From a frame with its actors to ACLED and PLOVER: the facts that the decision tables read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .actor_classes import actor_class
from .decisions import AcledRow, Decisions, Facts, PloverRow
from .phrases import is_plural
from .records import Actor, Frame, Parse, Toll
from .status import REALISED

OF_EVENT_TYPES = frozenset(  # classes that depend on the scene; the others are those of actors.actor_class
    {"state_home", "captive", "armed_unit", "many_civilians", "one_civilian", "individual", "many", "thing"}
)
MASS = 5  # dead from which on a killing is no ordinary crime
DEMONSTRATIONS = frozenset({"Peaceful protest", "Protest with intervention", "Violent demonstration"})
_UNRESISTED = (
    "without resistance",
    "without a fight",
    "unopposed",
    "without firing",
    "peacefully",
    "no resistance",
    "without meeting resistance",
    "not met any resistance",
    "not meet any resistance",
    "not encounter any resistance",
    "not encountered any resistance",
    "encountered no resistance",
    "met no resistance",
    "meeting no resistance",
    "without firing a shot",
    "without a shot",
    "without opposition",
)
_CAPTIVE = frozenset(
    "captive captives hostage hostages prisoner prisoners detainee detainees captured surrendered".split()
)
_PERSONAL = (("name",), ("person",), ("pronoun_person",))  # readings that tell nothing of a person but that
_DEFINITE = frozenset({"the", "these", "those", "both"})  # take up what was told before
_MANY = frozenset("villagers residents locals mob crowd supporters youths youth herders farmers people".split())


@dataclass(frozen=True, slots=True)
class Typing:
    """What the tables decided, with the rows taken."""

    acled: AcledRow | None
    plover: PloverRow | None
    facts: Facts


def main_actor(actors: Sequence[Actor]) -> Actor | None:
    """The actor of a role: the first that is a person, group or body, else the first of any kind."""
    return next((a for a in actors if a.kind in ("actor", "position")), actors[0] if actors else None)


def type_frame(
    parse: Parse,
    frame: Frame,
    actors: Sequence[Actor],
    targets: Sequence[Actor],
    toll: Toll | None,
    injured: bool,
    unplaced: bool,
    status: str,
    context: frozenset[str],
    event_country: str | None,
    decisions: Decisions,
) -> Typing:
    """Decide the ACLED sub-event and the PLOVER event of a frame (CODEBOOK 1.2, 2.4).

    Args:
        parse: the sentence.
        frame: who did what to whom.
        actors: the readings of the frame's actor phrases.
        targets: the readings of its target phrases.
        toll: the dead of this event, if told.
        injured: whether it tells of injured people.
        unplaced: whether its sentence says neither where nor when.
        status: event status; PLOVER codes a planned visit as an agreement.
        context: flags of the sentence and the story (demonstration, violence, riot, …).
        event_country: ISO3 of where it happened; tells a military at home from one abroad.
        decisions: the tables.
    """
    actor, target = main_actor(actors), main_actor(targets)
    flags = set(context)
    if toll is not None and toll.kind == "dead" and toll.best > 0:
        flags.add("dead")
        if toll.best >= MASS and not (toll.total or (frame.nominal and not targets and is_plural(parse, frame.head))):
            flags.add("mass")
    if injured:
        flags.add("injured")
    text = " ".join(parse.lower)
    if any(phrase in text for phrase in _UNRESISTED):
        flags.add("unresisted")
    actor_classes = _classes(parse, actor, event_country)
    target_classes = _classes(parse, target, event_country)
    if not flags & {"conflict", "insurgents"}:
        flags.add("no_conflict")
    if frame.nominal and not (actors or targets or frame.instrument or toll) and unplaced:
        flags.add("bare")
    if status in REALISED and unplaced and toll is None and _vague(parse, frame, targets):
        flags.add("vague")
    facts = Facts(
        frame.action,
        actor_classes,
        target_classes,
        frame.instrument,
        frozenset(flags),
        status,
    )
    return Typing(decisions.sub_event_type(facts), decisions.plover_event(facts), facts)


def _vague(parse: Parse, frame: Frame, targets: Sequence[Actor]) -> bool:
    """ "its attacks", "a wave of bombings": a plural that counts nothing and takes up nothing told before."""
    if not frame.nominal or not is_plural(parse, frame.head):
        return False
    definite = any(parse.lower[c] in _DEFINITE for c in parse.children[frame.head])
    counted = any(
        not is_plural(parse, t.phrase.head) or parse.child(t.phrase.head, "nummod") is not None for t in targets
    )
    return not (definite or counted or parse.child(frame.head, "nummod") is not None)


def _classes(parse: Parse, actor: Actor | None, event_country: str | None) -> frozenset[str]:
    if actor is None:
        return frozenset()
    classes = set(actor_class(actor))
    phrase = actor.phrase
    words = frozenset(parse.lower[phrase.lo : phrase.hi])
    plural = is_plural(parse, phrase.head) or parse.lower[phrase.head] in _MANY
    if "state" in classes and (actor.country is None or event_country is None or actor.country == event_country):
        classes.add("state_home")
    if words & _CAPTIVE:
        classes.add("captive")
    if actor.kind in ("other", "property", "event", "place") and (actor.listed or not plural):
        classes.add("thing")
    if ("armed" in classes or "position" in classes) and not words & _CAPTIVE:
        classes.add("armed_unit")
    if "civilian" in classes:
        classes.add("many_civilians" if plural and words & _MANY else "one_civilian")
    if plural:
        classes.add("many")
    elif actor.kind == "actor" and (actor.generic or not actor.name) and actor.read_as[-1:] in _PERSONAL:
        classes.add("individual")
    return frozenset(classes)
