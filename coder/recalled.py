"""Deeds that a story tells again: "condemned the arrests", "the Hangu bombing", "had hit the market" (CODEBOOK 1.6)."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import is_definite, is_past_perfect, refers_back
from .records import Frame, Parse, Toponym
from .resources import Resources
from .story import Deed, Story

_AT = frozenset("in at on near outside inside below above behind beside along beneath around".split())
_ANYWHERE = frozenset(  # words for whatever place was told last, and for no place
    "city town village area region country state district province capital place scene world way time morning day week "
    "afternoon evening night month year statement interview response return front end head case attack clash".split()
)
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
        heads = (phrase.head for phrase in frame.targets)
        known = frozenset(parse.lower[h] for h in heads if any(parse.lower[c] == "the" for c in parse.children[h]))
        again = story.deed_on(known, group, parse.sentence.index) if known else None
        before = is_past_perfect(parse, frame.head) and not stated
        return again or (story.deed_like(frame.action, group) if before else None)
    if not is_definite(parse, frame):
        return None
    lo, hi = parse.starts[parse.left[frame.head]], parse.ends[parse.right[frame.head] - 1]
    named = next((t.place.geonameid for t in here if lo <= t.start < frame.start and t.place is not None), None)
    if named is None and any(lo <= at < hi for at in stated):
        return None
    about = refers_back(parse, frame, [at for at in stated if not lo <= at < frame.start])
    subject = parse.deps[frame.head] in _TAKEN_UP
    return story.deed_like(frame.action, group, named) if about or subject else None


def site_meant(parse: Parse, frame: Frame, story: Story) -> Toponym | None:
    """Where the story put the thing at which an event happens: "set up a post on the ridge".

    Args:
        parse: the sentence.
        frame: the event.
        story: the memory before the sentence.
    """
    known = (
        story.site(parse.lower[k])
        for k in _sites(parse, frame)
        if any(parse.lower[c] == "the" for c in parse.children[k])
    )
    return next((place for place in known if place is not None), None)


def sites_of(parse: Parse, frame: Frame) -> frozenset[str]:
    """The things at which an event happens, in lower case: "in a hamlet below the ridge"."""
    return frozenset(parse.lower[k] for k in _sites(parse, frame))


def _sites(parse: Parse, frame: Frame) -> list[int]:
    lo, hi = parse.left[frame.head], parse.right[frame.head]
    return [
        k
        for k in range(lo, hi)
        if parse.deps[k] == "pobj"
        and parse.tags[k] == "NN"
        and parse.lower[parse.heads[k]] in _AT
        and parse.lower[k] not in _ANYWHERE
    ]
