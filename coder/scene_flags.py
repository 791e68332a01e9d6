"""What a sentence says of the scene of its events: a demonstration, violence, fighting, insurgents (CODEBOOK 1.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .actor_lexicon import head_lemma
from .decisions import VIOLENT
from .records import Frame, Parse, Phrase, Status
from .resources import Resources
from .status import REALISED

Classes = Callable[[Phrase], frozenset[str]]

_DESTRUCTIVE = frozenset({"burn", "loot", "damage", "demolish"})  # actions that make a demonstration a violent one
_CROWDS = frozenset({"protesters", "rioters"})  # classes of actors
_FORCES = frozenset({"rebel", "military", "external", "identity", "militia"})  # classes of actors
_INSURGENTS = frozenset({"rebel", "militant", "militia", "party_militia"})  # classes of nouns for people
_WAR_WEAPONS = frozenset({"chemical", "suicide", "drone", "air", "grenade", "artillery", "explosive"})
_FLAGS = {
    **{group: frozenset({"violence"}) for group in VIOLENT},
    "battle": frozenset({"violence", "conflict", "fighting"}),
    "explosion": frozenset({"violence", "conflict"}),
    "territory": frozenset({"violence", "conflict", "transfer"}),
    "demonstration": frozenset({"demonstration"}),
    "riot": frozenset({"demonstration", "riot"}),
    "crowd_control": frozenset({"demonstration", "intervention"}),
}


def scene_flags(
    parse: Parse,
    frames: Sequence[Frame],
    statuses: Mapping[int, Status],
    classes: Classes,
    before: frozenset[str],
    resources: Resources,
) -> frozenset[str]:
    """What a sentence and the story before it say of the scene, for the decision tables (``decisions.toml``).

    Args:
        parse: the sentence.
        frames: its events.
        statuses: whether each of them happened, by the token of its head.
        classes: the actor classes of a phrase.
        before: the flags that still hold from the sentences before it.
        resources: rules and dictionaries.
    """
    flags, destroyed = set(before), False
    actions = resources.decisions.actions
    for frame in frames:
        group = actions[frame.action].group
        if _tells(frame, group, statuses[frame.head]):
            flags |= _FLAGS.get(group, frozenset())
        doers = frozenset().union(*(classes(p) for p in frame.actors))
        sides = doers.union(*(classes(p) for p in frame.targets))
        if group in VIOLENT and ((sides & _FORCES and "listed" in sides) or frame.instrument in _WAR_WEAPONS):
            flags.add("conflict")
        if group in VIOLENT | {"property"} and doers & _CROWDS:
            flags |= {"riot"} if "mob" in doers else {"riot", "demonstration"}
        if frame.action == "clash" and sides & _CROWDS:
            flags |= {"riot", "demonstration"}
        destroyed |= frame.action in _DESTRUCTIVE and not doers & (_FORCES | {"police"})
    if frames and _names_insurgents(parse, resources):
        flags.add("insurgents")
    return frozenset(flags | {"riot"} if destroyed and "demonstration" in flags else flags)


def _tells(frame: Frame, group: str, status: Status) -> bool:
    """Whether a frame says something of the scene: no march that is only planned, no rape as a charge."""
    if frame.action == "rape_told":
        return False
    return group not in ("demonstration", "riot") or status.value in REALISED


def _names_insurgents(parse: Parse, resources: Resources) -> bool:
    """Whether the sentence speaks of rebels, terrorists or a militia at all."""
    agents = resources.actors.agents
    nouns = (parse.lower[k] for k, tag in enumerate(parse.tags) if tag.startswith("NN"))
    return any((row := agents.get((head_lemma(noun),))) is not None and row.class_ in _INSURGENTS for noun in nouns)
