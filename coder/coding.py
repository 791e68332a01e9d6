"""Coding one article: the steps in order, on parsed sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .actors import actor_class, read_actor
from .attribution import find_attributions
from .claims import Mention, When
from .claimtypes import chain_over, read_claim
from .coreference import Memory, remember, resolve
from .counts import crowd_size, find_tolls, toll_of
from .dates import event_date, find_dates, representative
from .event_types import main_actor, type_frame
from .frames import Dropped, find_frames
from .interest import relate
from .places import find_places, locate
from .records import (
    Actor,
    Article,
    Attribution,
    Frame,
    Geography,
    Parse,
    Phrase,
    Sentence,
    Span,
    Toll,
    Toponym,
)
from .resources import Resources
from .status import REALISED, event_status
from .story import Story

_VIOLENT = frozenset({"violence", "explosion", "battle", "abduction", "sexual", "mob", "territory"})
_CROWD = frozenset({"demonstration", "riot", "crowd_control"})


@dataclass(frozen=True)
class StoryCoding:
    """What was found in one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    candidates: tuple[int, ...]
    mentions: tuple[Mention, ...]
    dropped: tuple[tuple[int, Dropped], ...]  # with the sentence's index
    attributions: tuple[Attribution, ...]
    geography: Geography


def code_story(
    article: Article,
    sentences: tuple[Sentence, ...],
    events: Sequence[int],
    parses: Mapping[int, Parse],
    resources: Resources,
) -> StoryCoding:
    """Code one article.

    Args:
        article: with its publication date filled in from the dateline where it had none.
        sentences: all its sentences.
        events: the numbers of those that may tell of events.
        parses: the parses of these and of the sentences that hold their sources.
        resources: rules and dictionaries.
    """
    geography = find_places(article, sentences, resources.gazetteer, resources.place_words)
    attributions = find_attributions(article, sentences, parses, resources.cues)
    story = Story(actors=Memory())
    mentions: list[Mention] = []
    dropped: list[tuple[int, Dropped]] = []
    for index in events:
        coder = _SentenceCoder(article, parses[index], geography, attributions, resources, story)
        found, refused = coder.code()
        mentions += found
        dropped += [(index, item) for item in refused]
        story = coder.memory_after(found)
    return StoryCoding(article, sentences, tuple(events), tuple(mentions), tuple(dropped), attributions, geography)


@dataclass(frozen=True)
class _SentenceCoder:
    """One sentence with what the story knows before it."""

    article: Article
    parse: Parse
    geography: Geography
    attributions: tuple[Attribution, ...]
    resources: Resources
    story: Story

    def code(self) -> tuple[list[Mention], tuple[Dropped, ...]]:
        parse = self.parse
        times = [Span(t.start, t.end) for t in find_dates(parse.sentence, self.article.published)]
        frames, dropped = find_frames(parse, self.resources.frames, self._classes, times)
        if not frames:
            return [], dropped
        tolls = find_tolls(parse)
        context = self._context(frames)
        return [self._mention(frame, tolls, context) for frame in frames], dropped

    def _classes(self, phrase: Phrase) -> frozenset[str]:
        return actor_class(self._actor(phrase, None, True))

    def _actor(self, phrase: Phrase, country: str | None, material: bool) -> Actor:
        earlier = resolve(self.parse, phrase, self.story.actors)
        if earlier is not None:
            return earlier
        return read_actor(
            self.parse,
            phrase,
            self.resources.actors,
            country=country or self.geography.country or self.article.country,
            on=self.article.published,
            material=material,
        )

    def _context(self, frames: Sequence[Frame]) -> frozenset[str]:
        """What the sentence and the story before it say of the scene."""
        flags = set(self.story.context(self.parse.sentence.index))
        actions = self.resources.decisions.actions
        for frame in frames:
            group = actions[frame.action].group
            if group in _VIOLENT:
                flags |= {"violence", "conflict"}
            if group == "battle":
                flags.add("fighting")
            if group in _CROWD:
                flags.add("demonstration")
            if group == "riot" or (frame.action in ("burn", "loot") and "demonstration" in flags):
                flags.add("riot")
            if group == "crowd_control":
                flags.add("intervention")
            if group == "territory":
                flags.add("transfer")
        return frozenset(flags)

    def _mention(self, frame: Frame, tolls: tuple[Toll, ...], context: frozenset[str]) -> Mention:
        parse, resources = self.parse, self.resources
        status = event_status(parse, frame.head, frame.nominal, resources.status, resources.grammar)
        chain = chain_over(self.attributions, Span(frame.start, frame.end))
        reading = read_claim(parse, frame.head, Span(frame.start, frame.end), chain, status, resources.cues)
        where, inherited = self._where(frame)
        when = self._when(frame, reading.status.value)
        country = where.place.iso3 if where is not None and where.place is not None else None
        action = resources.decisions.actions[frame.action]
        material = action.group != "verbal"
        actors = tuple(self._actor(p, country, material) for p in frame.actors)
        targets = tuple(self._actor(p, country, material) for p in frame.targets)
        toll = (
            toll_of(tolls, parse, frame.head) if action.group in _VIOLENT | _CROWD or action.outcome == "yes" else None
        )
        typing = type_frame(
            parse, frame, actors, targets, toll, reading.status.value, context, country, resources.decisions
        )
        source = reading.chain[-1].source if reading.chain else None
        interest = relate(
            source,
            main_actor(actors),
            main_actor(targets),
            valence=action.valence,
            polarity=reading.polarity,
            camps=resources.camps,
            on=when.day or self.article.published,
        )
        return Mention(
            self.article,
            parse,
            frame,
            actors,
            targets,
            typing,
            where,
            inherited,
            when,
            toll,
            reading,
            interest,
            self._tags(frame, actors, typing.acled.sub_event_type if typing.acled else ""),
        )

    def _where(self, frame: Frame) -> tuple[Toponym | None, bool]:
        found = locate(self.geography, frame.clause, self.parse.sentence)
        if found is not None and found.place is not None and not found.place.feature.startswith("PCL"):
            return found, False
        remembered = self.story.place_for(self.parse.sentence.index) or self.geography.dateline
        if (
            remembered is not None
            and remembered.place is not None
            and (found is None or found.place is None or found.place.iso3 == remembered.place.iso3)
        ):
            return remembered, True
        return found, False

    def _when(self, frame: Frame, status: str) -> When:
        """The event's day: of its clause, else its sentence, else the story's; else the publication's week."""
        sentence = self.parse.sentence
        past = status in REALISED or status == "negated"
        expressions = find_dates(sentence, self.article.published, self.story.last_date, past)
        found = event_date(expressions, frame.clause, sentence, trigger=Span(frame.start, frame.end))
        if found is not None:
            day = representative(found)
            return When(found.text, found.start, found.end, day[0] if day else None, day[1] if day else None)
        if self.story.last_date is not None:
            return When(None, None, None, self.story.last_date, self.story.last_date_precision)
        return When(None, None, None, self.article.published, 2 if self.article.published else None)

    def _tags(self, frame: Frame, actors: tuple[Actor, ...], sub_event: str) -> str | None:
        if sub_event not in ("Peaceful protest", "Protest with intervention", "Violent demonstration"):
            return None
        sizes = [size for phrase in frame.actors if (size := crowd_size(self.parse, phrase))]
        return sizes[0] if sizes else "crowd size=no report"

    def memory_after(self, mentions: Sequence[Mention]) -> Story:
        """The story's memory after this sentence: its actors, realised kinds of event, place and date."""
        index = self.parse.sentence.index
        actors = self.story.actors
        kinds: set[str] = set()
        story = self.story
        for mention in mentions:
            for actor in (*mention.actors, *mention.targets):
                if actor.kind in ("actor", "position"):
                    actors = remember(actors, actor, index)
            if mention.reading.status.value not in REALISED:
                continue
            group = self.resources.decisions.actions[mention.frame.action].group
            kinds |= {"violence"} if group in _VIOLENT else {"demonstration"} if group in _CROWD else set()
            if mention.where is not None and not mention.where_inherited and mention.where.precision < 3:
                story = replace(story, last_place=mention.where, place_sentence=index)
            if mention.when.text is not None and mention.when.day is not None and mention.when.precision == 1:
                story = replace(story, last_date=mention.when.day, last_date_precision=1)
        return replace(story.saw(index, frozenset(kinds)), actors=actors)
