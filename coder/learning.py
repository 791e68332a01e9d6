"""What a sentence teaches the story: the parties, the place and the day that later sentences may take over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .claims import Mention
from .clauses import is_background
from .coreference import Memory, remember
from .decisions import VIOLENT
from .event_types import DEMONSTRATIONS
from .recalled import sites_of
from .records import Actor, Parse
from .references import References
from .resources import Resources
from .setting import is_town
from .status import REALISED
from .story import Deed, Story

_CROWD = frozenset({"demonstration", "riot", "crowd_control"})  # groups of actions


def remembered(memory: Memory, actors: Iterable[Actor], sentence_index: int, references: References) -> Memory:
    """A story's memory of its parties after those of one more event.

    Args:
        memory: the parties so far.
        actors: who did it and who suffered it; things are not remembered.
        sentence_index: number of the sentence that tells of it.
        references: the words that refer back.
    """
    for actor in actors:
        if actor.kind in ("actor", "position"):
            memory = remember(memory, actor, sentence_index, references)
    return memory


def story_after(story: Story, parse: Parse, mentions: Sequence[Mention], resources: Resources) -> Story:
    """A story's memory after a sentence: its parties, and place, day and kind of what it tells as real.

    Args:
        story: the memory before the sentence.
        parse: the sentence.
        mentions: its events, in text order.
        resources: rules and dictionaries.
    """
    index, actors = parse.sentence.index, story.actors
    actions = resources.decisions.actions
    kinds: set[str] = set()
    nouns = {mention.frame.head for mention in mentions if mention.frame.nominal}
    for mention in mentions:
        actors = remembered(actors, (*mention.actors, *mention.targets), index, resources.references)
        if mention.reading.status.value not in REALISED:
            continue
        group = actions[mention.frame.action].group
        kinds |= {"violence"} if group in VIOLENT else {"demonstration"} if group in _CROWD else set()
        kinds |= mention.typing.facts.context & {"conflict"}
        if mention.where is not None and is_town(mention.where):
            story = story.knows(sites_of(parse, mention.frame), mention.where)
        if group != "verbal":
            story = story.did(_deed(parse, mention, group))
        background = is_background(parse, mention.frame, nouns)
        if _teaches_place(mention, story, background):
            story = story.placed(mention.where, index)
        if _teaches_day(mention, story, group, background) and mention.when.day is not None:
            story = story.dated(mention.when.day, index)
    return replace(story.saw(index, frozenset(kinds)), actors=actors)


def _teaches_place(mention: Mention, story: Story, background: bool) -> bool:
    """Whether later sentences may take over a mention's place; a region, or one of before, for want of better."""
    where = mention.where
    if where is None or mention.where_inherited or not is_town(where):
        return False
    return not (background or where.precision == 3) or story.last_place is None


def _teaches_day(mention: Mention, story: Story, group: str, background: bool) -> bool:
    """Whether later sentences may take over a mention's day."""
    when = mention.when
    if when.text is None or when.day is None or when.precision != 1:
        return False
    if group == "verbal" and (when.start or 0) > mention.frame.start:
        return False  # "called for a strike on Sunday"
    return not background or story.last_date is None


def _deed(parse: Parse, mention: Mention, group: str) -> Deed:
    frame, acled = mention.frame, mention.typing.acled
    crowd = acled is not None and acled.sub_event_type in DEMONSTRATIONS
    heads = (phrase.head for phrase in frame.targets)
    targets = frozenset(parse.lower[k] for k in heads if parse.tags[k] in ("NN", "NNS"))
    place = mention.where if is_town(mention.where) else None
    group = "demonstration" if crowd else group
    return Deed(frame.action, group, place, mention.when.day, parse.sentence.index, targets)
