"""What the rest of a story says of a mention: a march that "turned violent" later was a riot; the dead that are
counted after a shelling are the shelling's; "the farmers" who were counted before are not counted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .claims import Mention
from .clauses import in_relative_clause
from .decisions import Decisions, Facts
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
_DEADLY = frozenset({"violence", "explosion", "battle", "territory", "mob", "riot", "crowd_control"})
_CROWD_MAKING = frozenset({"demonstration", "riot"})
_GUARDS = frozenset({"state", "police", "military"})  # classes of actors who may use force against a crowd
_SIDES = frozenset({"rebel", "military", "external", "identity", "militia"})  # classes of actors


def settle(mentions: Sequence[Mention], decisions: Decisions) -> list[Mention]:
    """Type mentions once more, with what their neighbours in the story say of them.

    A demonstration is one event at its highest type (CODEBOOK 1.2, 1.9): what was done by or to the crowd may stand
    some sentences before or after the words that name the march. A result without a cause has the type of the deed
    that the sentence before told.

    Args:
        mentions: of one article, in text order.
        decisions: the tables.

    Returns:
        The mentions; only realised ones may change, of crowd events near others at the same place and of results,
        and a toll that takes up a known one is dropped.
    """
    crowds = [m for m in mentions if m.reading.status.value in REALISED and _group(m, decisions) in _CROWD_MAKING]
    mentions = [_at_crowd(m, crowds, decisions) for m in mentions]
    told = [(m, _says(m)) for m in mentions if m.reading.status.value in REALISED]
    told = [(m, flags) for m, flags in told if flags]
    mentions = [_settled(m, told, decisions) if _of_crowd(m, decisions) else m for m in mentions]
    return _counted_once(_taken_up(mentions, decisions))


def _at_crowd(mention: Mention, crowds: Sequence[Mention], decisions: Decisions) -> Mention:
    """Type force against unarmed people anew when a crowd is told with it ("fired on the workers")."""
    facts = mention.typing.facts
    fitting = (
        mention.reading.status.value in REALISED
        and _group(mention, decisions) == "violence"
        and not mention.frame.nominal
        and facts.actor & _GUARDS
        and not facts.target & (_SIDES | _CROWDS | {"armed", "thing"})
        and ("many" in facts.target or not facts.target)
    )
    crowd = next((c for c in crowds if _is_scene(c, mention)), None) if fitting else None
    if crowd is None:
        return mention
    riot = crowd.typing.acled is not None and crowd.typing.acled.sub_event_type == "Violent demonstration"
    context = facts.context | {"demonstration"} | ({"riot"} if riot else set())
    return _retyped(mention, replace(facts, target=facts.target | {"protesters"}, context=context), decisions)


def _is_scene(crowd: Mention, mention: Mention) -> bool:
    """Whether a demonstration is where force was used: told just before it, or just after it as what came before."""
    steps = mention.parse.sentence.index - crowd.parse.sentence.index
    before = {crowd.parse.lower[c] for c in crowd.parse.children[crowd.frame.head] if crowd.parse.deps[c] == "aux"}
    near = 0 <= steps < NEAR or (steps == -1 and "had" in before)
    place = _place(crowd)
    return near and crowd.when.day == mention.when.day and (place is None or place == _place(mention))


def _taken_up(mentions: Sequence[Mention], decisions: Decisions) -> list[Mention]:
    """Give a result the type of the deed that the sentence before told ("A shell hit a bus. Two men died.")."""
    out: list[Mention] = []
    deed: Mention | None = None
    for mention in mentions:
        if deed is not None and _follows(mention, deed, mentions, decisions):
            mention = _as_result(mention, deed, decisions)
        elif deed is not None and _is_untyped(mention, decisions):
            mention = _as_told(mention, [m for m in out if _group(m, decisions) in _DEADLY])
        out.append(mention)
        row = mention.typing.acled
        if mention.reading.status.value not in REALISED or row is None or not row.sub_event_type:
            continue
        if _group(mention, decisions) in _DEADLY:
            weak = mention.frame.action in decisions.outcomes or row.sub_event_type == "Attack"
            if not (weak and deed is not None and deed.parse is mention.parse):
                deed = mention
    return out


def _follows(mention: Mention, deed: Mention, mentions: Sequence[Mention], decisions: Decisions) -> bool:
    """Whether a mention tells a result without a cause, in or after the sentence of a deed, with no other place or day.

    A running toll ("the death toll rose to eight") may stand some sentences after the deed. Another deed told in the
    result's own sentence is nearer, unless it has the same type.
    """
    frame = mention.frame
    running = frame.nominal and mention.toll is not None and mention.toll.total
    beside = (m for m in mentions if m.parse is mention.parse and m.typing.acled is not deed.typing.acled)
    return (
        0 <= mention.parse.sentence.index - deed.parse.sentence.index <= (NEAR if running else 1)
        and (mention.parse is not deed.parse or deed.frame.head < frame.head)
        and frame.action in decisions.outcomes
        and not ((frame.nominal and not running) or frame.cause is not None or frame.instrument)
        and (not mention.actors or _in_which(mention, deed))
        and mention.reading.status.value in REALISED
        and (mention.where_inherited or _place(mention) in (None, _place(deed)))
        and (mention.when.text is None or (mention.when.day is not None and mention.when.day == deed.when.day))
        and not any(m.frame.action not in decisions.outcomes and _group(m, decisions) in _DEADLY for m in beside)
    )


def _is_untyped(mention: Mention, decisions: Decisions) -> bool:
    """Whether a mention is violence by nobody named that the tables take for crime, because no conflict is told."""
    row = mention.typing.acled
    realised = mention.reading.status.value in REALISED and _group(mention, decisions) == "violence"
    return realised and (row is None or not row.sub_event_type) and not mention.actors


def _as_told(mention: Mention, deeds: Sequence[Mention]) -> Mention:
    """Give violence of a day and place the type of what the story told of them: "Two men died in Monday's shooting".

    A mention that names nobody has the parties of that deed, too.
    """
    day, place = mention.when.day, _place(mention)
    if day is None or place is None or mention.when.precision != 1:
        return mention
    same = [m for m in deeds if (m.when.day, _place(m)) == (day, place) and m.reading.status.value in REALISED]
    rows = [m.typing.acled for m in same if m.typing.acled is not None and m.typing.acled.sub_event_type]
    if len({row.sub_event_type for row in rows}) != 1:
        return mention  # two deeds of one day and place: whose dead they are is not told
    typing = replace(mention.typing, acled=rows[-1])
    alike = mention.frame.action in ("attack", same[-1].frame.action)
    if mention.targets or not mention.frame.nominal or not alike:
        return replace(mention, typing=typing)
    return replace(mention, typing=typing, actors=same[-1].actors, targets=same[-1].targets)


def _in_which(mention: Mention, deed: Mention) -> bool:
    """Whether a result is told of a deed's doers in its relative clause: "a bombing in which a bomber killed two"."""
    unnamed = all(actor.generic or actor.name is None for actor in mention.actors)
    return (
        unnamed
        and deed.frame.nominal
        and mention.parse is deed.parse
        and in_relative_clause(mention.parse, mention.frame)
    )


def _as_result(mention: Mention, deed: Mention, decisions: Decisions) -> Mention:
    facts, own = deed.typing.facts, mention.typing
    row = decisions.sub_event_type(replace(facts, context=facts.context | (own.facts.context & {"dead", "injured"})))
    told = own.acled.sub_event_type if own.acled is not None else ""
    same_side = bool(facts.target & own.facts.target & _SIDES)  # else the soldiers killed may be those who shelled
    same_side |= bool(mention.actors)  # told in the deed's own relative clause
    if row is None or not row.sub_event_type or (told not in ("", "Attack") and not same_side):
        return mention
    if told and (row.sub_event_type == "Attack" or told not in ("Attack", "Armed clash")):
        return mention
    return replace(mention, typing=replace(own, acled=row))


def _counted_once(mentions: Sequence[Mention]) -> list[Mention]:
    """Take the toll from a definite plural ("the farmers") when the story has counted its dead before."""
    out: list[Mention] = []
    counted = False
    for mention in mentions:
        toll = mention.toll
        if counted and toll is not None and toll.low < toll.best and toll.text.lower().startswith("the "):
            mention = replace(mention, toll=None)
        out.append(mention)
        counted |= toll is not None and toll.best > 0 and mention.reading.status.value in REALISED
    return out


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
    return _retyped(mention, replace(facts, context=facts.context | more), decisions)


def _retyped(mention: Mention, facts: Facts, decisions: Decisions) -> Mention:
    return replace(mention, typing=Typing(decisions.sub_event_type(facts), decisions.plover_event(facts), facts))


def _group(mention: Mention, decisions: Decisions) -> str:
    return decisions.actions[mention.frame.action].group


def _place(mention: Mention) -> int | None:
    return mention.where.place.geonameid if mention.where is not None and mention.where.place is not None else None
