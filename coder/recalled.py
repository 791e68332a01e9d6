"""Deeds that a story tells again: "condemned the arrests", "the Hangu bombing", "had hit the market" (CODEBOOK 1.6)."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import is_definite, refers_back
from .records import Frame, Parse, Toponym
from .resources import Resources
from .story import Deed, Story

_TAKEN_UP = frozenset({"nsubj", "nsubjpass", "dobj"})  # "the ambush came after ...", "condemned the arrests"


def deed_meant(
    parse: Parse,
    frame: Frame,
    story: Story,
    here: Sequence[Toponym],
    stated: Sequence[int],
    resources: Resources,
) -> Deed | None:
    """The deed told before that an event noun takes up ("condemned the arrests", "the Hangu bombing"), or that is told
    again ("had hit the market").

    Args:
        parse: the sentence.
        frame: the event.
        story: the memory before the sentence.
        here: the sentence's places.
        stated: where its places and days stand.
        resources: the groups of actions.
    """
    group = resources.decisions.actions[frame.action].group
    if not frame.nominal:
        known = {
            parse.lower[p.head] for p in frame.targets if any(parse.lower[c] == "the" for c in parse.children[p.head])
        }
        return story.deed_on(frozenset(known), group, parse.sentence.index) if known else None
    if not is_definite(parse, frame):
        return None
    lo, hi = parse.starts[parse.left[frame.head]], parse.ends[parse.right[frame.head] - 1]
    named = next((t.place.geonameid for t in here if lo <= t.start < frame.start and t.place is not None), None)
    if named is None and any(lo <= at < hi for at in stated):
        return None
    about = refers_back(parse, frame, [at for at in stated if not lo <= at < frame.start])
    subject = parse.deps[frame.head] in _TAKEN_UP
    return story.deed_like(frame.action, group, named) if about or subject else None
