"""What a story tells later settles the type of what it told before: a march that "turned violent" was a riot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .claims import Mention
from .decisions import Decisions
from .event_types import Typing
from .status import REALISED
from .story import NEAR

_CROWD_GROUPS = frozenset({"demonstration", "crowd_control"})
_CROWDS = frozenset({"protesters", "rioters", "crowd"})
# What a neighbouring mention of a crowd event says of the scene, by its sub-event (CODEBOOK 1.2).
_SAYS = {
    "Violent demonstration": frozenset({"demonstration", "riot"}),
    "Protest with intervention": frozenset({"demonstration", "intervention"}),
    "Excessive force against protesters": frozenset({"demonstration", "intervention", "dead"}),
}


def settle(mentions: Sequence[Mention], decisions: Decisions) -> list[Mention]:
    """Type the mentions of a demonstration once more, with what its neighbours in the story say of it.

    A demonstration is one event at its highest type (CODEBOOK 1.2, 1.9): what was done by or to the crowd may stand
    some sentences before or after the words that name the march.

    Args:
        mentions: of one article, in text order.
        decisions: the tables.

    Returns:
        The mentions; only realised ones of crowd events, near others at the same place, may change their type.
    """
    told = [(m, _says(m)) for m in mentions if m.reading.status.value in REALISED]
    told = [(m, flags) for m, flags in told if flags]
    return [_settled(m, told, decisions) if _of_crowd(m, decisions) else m for m in mentions]


def _says(mention: Mention) -> frozenset[str]:
    row = mention.typing.acled
    return _SAYS.get(row.sub_event_type, frozenset()) if row is not None else frozenset()


def _of_crowd(mention: Mention, decisions: Decisions) -> bool:
    if mention.reading.status.value not in REALISED:
        return False
    facts = mention.typing.facts
    group = decisions.actions[facts.action].group
    return group in _CROWD_GROUPS or bool((facts.actor | facts.target) & _CROWDS and "demonstration" in facts.context)


def _settled(mention: Mention, told: Sequence[tuple[Mention, frozenset[str]]], decisions: Decisions) -> Mention:
    index, place = mention.parse.sentence.index, _place(mention)
    more: set[str] = set()
    for other, flags in told:
        if abs(other.parse.sentence.index - index) <= NEAR and _place(other) in (place, None):
            more |= flags
    facts = mention.typing.facts
    if more <= facts.context:
        return mention
    facts = replace(facts, context=facts.context | more)
    return replace(mention, typing=Typing(decisions.sub_event_type(facts), decisions.plover_event(facts), facts))


def _place(mention: Mention) -> int | None:
    return mention.where.place.geonameid if mention.where is not None and mention.where.place is not None else None
