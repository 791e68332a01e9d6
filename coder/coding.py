"""Coding one article: the steps in order, on parsed sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from .accounts import accounts_of
from .actor_classes import actor_class
from .actor_owners import as_crowd, as_protesters
from .attribution import find_attributions
from .claims import Mention, When
from .claimtypes import chain_over, read_claim
from .clauses import in_relative_clause, is_recent
from .conditions import Dropped, Screened
from .coreference import Memory
from .counts import crowd_size, find_tolls, split_toll, toll_of
from .dates import event_days, find_dates, representative
from .decisions import VIOLENT
from .event_types import DEMONSTRATIONS, Typing, main_actor, type_frame
from .frames import find_frames
from .interest import Interest, relate, valence_of
from .learning import remembered, story_after
from .linking import link
from .parties import NOWHERE, Parties
from .places import find_places
from .records import (
    Actor,
    Article,
    Attribution,
    Frame,
    Geography,
    Parse,
    Phrase,
    Reading,
    Sentence,
    Span,
    Status,
    TimeExpression,
    Toll,
    Toponym,
)
from .resources import Resources
from .scene_flags import scene_flags
from .sentences import is_heading
from .setting import event_expression, event_place, passed_over
from .settling import settle
from .status import REALISED, event_status
from .story import Story

_MONTH = timedelta(31)
# Groups of actions and actions that governments and firms do themselves, not by their armed forces.
_CIVIL_GROUPS = frozenset({"verbal", "concession", "cooperation", "aid", "sanction"})
_CIVIL = frozenset({"negotiate", "sign_agreement"})
_ABROAD = frozenset({"negotiate", "talk", "meet", "mediate"})  # "the rebels" of talks in Doha are not Qatar's


@dataclass(frozen=True)
class StoryCoding:
    """What was found in one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    candidates: tuple[int, ...]
    mentions: tuple[Mention, ...]
    dropped: tuple[tuple[int, Dropped], ...]  # of sentences that were read for roles, with their index
    attributions: tuple[Attribution, ...]
    geography: Geography


def code_story(
    article: Article,
    sentences: tuple[Sentence, ...],
    candidates: Sequence[int],
    screened: Mapping[int, Screened],
    parses: Mapping[int, Parse],
    resources: Resources,
    everything: bool = False,
) -> StoryCoding:
    """Code one article.

    Args:
        article: with its publication date filled in from the dateline where it had none.
        sentences: all its sentences.
        candidates: the numbers of those that may hold a trigger.
        screened: the triggers of those of them that were worth a parse.
        parses: the parses of these and of the sentences that hold their sources.
        resources: rules and dictionaries.
        everything: read places and sources also of an article without a trigger.
    """
    told = [
        index
        for index in candidates
        if index in screened and screened[index].matches and not _names_section(article, parses[index])
    ]
    dropped: list[tuple[int, Dropped]] = []
    if not told and not everything:
        return StoryCoding(article, sentences, tuple(candidates), (), (), (), Geography(()))
    scene = _Scene(article, sentences, parses, resources)
    story = Story(actors=Memory())
    mentions: list[Mention] = []
    since = 0
    for index in told:
        coder = _SentenceCoder(scene, parses[index], screened[index], story)
        frames, refused = coder.frames()
        dropped += [(index, item) for item in refused]
        if frames:
            coder = coder.knowing(
                passed_over(story, article, sentences[since:index], sentences[index], scene.geography)
            )
            mentions += (found := coder.code(frames))
            story, since = story_after(coder.story, coder.parse, found, resources), index + 1
    mentions = settle(mentions, resources.decisions)
    if mentions:
        country = scene.geography.country or article.country
        mentions += accounts_of(article, mentions, scene.attributions, parses, resources, country)
        mentions.sort(key=lambda mention: mention.frame.start)
    used = bool(mentions) or everything
    return StoryCoding(
        article,
        sentences,
        tuple(candidates),
        tuple(mentions),
        tuple(dropped),
        scene.attributions if used else (),
        scene.geography if used else Geography(()),
    )


def _names_section(article: Article, parse: Parse) -> bool:
    """Whether a sentence is a heading without a finite verb, which tells of no event: "Abductions and threats"."""
    finite = any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in parse.tags)
    return not finite and is_heading(article.text, parse.sentence)


@dataclass(frozen=True)
class _Scene:
    """An article with what all its sentences share. Places and sources are found when the first event needs them."""

    article: Article
    sentences: tuple[Sentence, ...]
    parses: Mapping[int, Parse]
    resources: Resources

    @cached_property
    def geography(self) -> Geography:
        """The article's places."""
        return find_places(self.article, self.sentences, self.resources.gazetteer, self.resources.place_words)

    @cached_property
    def period(self) -> tuple[date | None, int | None]:
        """Day and precision of what the article does not date: of its title's span, else of the week of publication."""
        published = self.article.published
        title = self.article.title or ""
        spans = find_dates(Sentence(0, 0, len(title), title), published) if any(map(str.isdigit, title)) else ()
        span = next((e for e in spans if e.first and e.last and timedelta(1) < e.last - e.first < _MONTH), None)
        return (span and representative(span)) or (published, 2 if published else None)

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what in the article."""
        return find_attributions(self.article, self.sentences, self.parses, self.resources.cues)


@dataclass(frozen=True, slots=True)
class _Told:
    """A frame with its actors, place, claim and toll, before it is typed."""

    frame: Frame
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    where: Toponym | None
    inherited: bool
    country: str | None
    reading: Reading
    toll: Toll | None
    injured: bool


def _event_nouns(frame: Frame, frames: Sequence[Frame]) -> list[int]:
    """The heads of a sentence's other event nouns; cause and result are one happening."""
    return [f.head for f in frames if f.nominal and f.head not in (frame.head, frame.cause) and f.cause != frame.head]


def _elliptical(parse: Parse, told: Mapping[int, _Told]) -> dict[int, _Told]:
    """Give "two others", "many more" and bare numbers the reading of the victims named just before them."""
    out: dict[int, _Told] = {}
    before: tuple[Actor, ...] = ()
    for head, item in told.items():
        targets = tuple(
            before[0].on(target.phrase, f"as {before[0].phrase.text!r} before")
            if before and _is_elliptical(parse, target.phrase)
            else target
            for target in item.targets
        )
        before = tuple(t for t in targets if t.kind == "actor" and t.inter is not None) or before
        out[head] = replace(item, targets=targets)
    return out


def _is_elliptical(parse: Parse, phrase: Phrase) -> bool:
    others = parse.lower[phrase.head] in ("others", "more", "another", "several", "many", "dozens", "scores")
    bare = others or (parse.tags[phrase.head] == "CD")
    return bare and all(parse.lower[c] not in ("of", "among") for c in parse.children[phrase.head])


@dataclass(frozen=True)
class _SentenceCoder:
    """One sentence with what the story knows before it. What is read twice is kept for the sentence."""

    scene: _Scene
    parse: Parse
    screened: Screened
    story: Story
    _memo: dict[bool, tuple[TimeExpression, ...]] = field(default_factory=dict, init=False, repr=False)
    _seen: dict[Phrase, frozenset[str]] = field(default_factory=dict, init=False, repr=False)

    @property
    def article(self) -> Article:
        """The sentence's article."""
        return self.scene.article

    @property
    def resources(self) -> Resources:
        """Rules and dictionaries."""
        return self.scene.resources

    def frames(self) -> tuple[tuple[Frame, ...], tuple[Dropped, ...]]:
        """The events that the sentence tells, and the candidates that were dropped."""
        times = [Span(t.start, t.end) for t in self._dates(True)]
        context = self.resources.frames
        found, refused = find_frames(self.parse, self.screened, context, self._classes, times)
        return link(self.parse, found, context, self._classes), refused

    def knowing(self, story: Story) -> _SentenceCoder:
        """The same with another memory; what depends on it is read anew."""
        return self if story is self.story else replace(self, story=story)

    def code(self, frames: Sequence[Frame]) -> list[Mention]:
        """The mentions of the sentence's events."""
        parse = self.parse
        tolls = find_tolls(parse)
        told: dict[int, _Told] = {}
        actors = self.story.actors
        for frame in frames:
            told[frame.head] = found = self._told(frame, frames, tolls, actors)
            parties, index = (*found.actors, *found.targets), self.parse.sentence.index
            actors = remembered(actors, parties, index, self.resources.references)
        told = _elliptical(parse, told)
        context = scene_flags(
            parse,
            frames,
            {head: item.reading.status for head, item in told.items()},
            self._classes,
            self.story.context(parse.sentence.index),
            self.resources,
        )
        return [mention for frame in frames for mention in self._mentions(frame, told, context)]

    def _classes(self, phrase: Phrase) -> frozenset[str]:
        if phrase not in self._seen:
            parties = Parties(self.scene, self.parse, self.story.actors, self.article.country or NOWHERE, True)
            self._seen[phrase] = actor_class(parties.actor(phrase))
        return self._seen[phrase]

    def _told(self, frame: Frame, frames: Sequence[Frame], tolls: tuple[Toll, ...], memory: Memory) -> _Told:
        """What the sentence tells of a frame besides its type; ``memory`` holds the actors named before it."""
        parse, resources = self.parse, self.resources
        status = event_status(parse, frame.head, frame.nominal, resources.status, resources.grammar)
        trigger = Span(frame.start, frame.end)
        chain = chain_over(self.scene.attributions, trigger)
        where, inherited = event_place(
            parse,
            frame,
            self.scene.geography,
            self._dates(True),
            self.story,
            chain,
            _event_nouns(frame, frames),
            resources,
        )
        country = where.place.iso3 if where is not None and where.place is not None else None
        action = resources.decisions.actions[frame.action]
        material = action.group not in _CIVIL_GROUPS and frame.action not in _CIVIL
        source = chain[-1].source if chain else None
        home = None if frame.action in _ABROAD else country
        parties = Parties(self.scene, parse, memory, home, material, source)
        actors, targets = parties.sides(frame)
        if action.group == "demonstration":
            actors = tuple(map(as_protesters, actors))
        admitted = any(link.claim_type == "admission" for link in chain)
        interest = self._interest(frame, chain, actors, targets, country) if admitted else None
        reading = read_claim(parse, frame.head, trigger, chain, status, resources.cues, interest)
        counted = action.group in VIOLENT | {"riot", "crowd_control"} or action.outcome == "yes"
        return _Told(
            frame,
            actors,
            targets,
            where,
            inherited,
            country,
            reading,
            toll_of(tolls, parse, frame.head, frame.tokens) if counted else None,
            counted and toll_of(tolls, parse, frame.head, frame.tokens, "injured") is not None,
        )

    def _mentions(self, frame: Frame, told: Mapping[int, _Told], context: frozenset[str]) -> list[Mention]:
        """The mentions of a frame: one, or one for each day that the sentence states (CODEBOOK 1.6)."""
        own = told[frame.head]
        days = self._whens(frame, own.reading.status, told)
        if own.reading.claim_type == "claim_of_responsibility":
            context |= {"conflict"}  # nobody claims an accident
        typing = self._typing(own, told, context)
        kind = typing.acled.sub_event_type if typing.acled else ""
        actors = tuple(as_crowd(actor, kind) for actor in own.actors)
        targets = own.targets if kind == "Mob violence" else tuple(as_crowd(actor, kind) for actor in own.targets)
        reading = own.reading
        interest = self._interest(
            frame, reading.chain, own.actors, own.targets, own.country, reading.polarity, days[0].day
        )
        return [
            Mention(
                self.article,
                self.parse,
                frame,
                actors,
                targets,
                typing,
                own.where,
                own.inherited,
                when,
                toll,
                own.reading,
                interest,
                self._tags(frame, own.actors, kind),
                part,
            )
            for part, (when, toll) in enumerate(zip(days, split_toll(own.toll, len(days)), strict=True))
        ]

    def _interest(
        self,
        frame: Frame,
        chain: Sequence[Attribution],
        actors: Sequence[Actor],
        targets: Sequence[Actor],
        country: str | None,
        polarity: str = "positive",
        day: date | None = None,
    ) -> Interest:
        """What the innermost source is to the parties of a frame."""
        action, target = self.resources.decisions.actions[frame.action], main_actor(targets)
        return relate(
            chain[-1].source if chain else None,
            main_actor(actors),
            target,
            valence=valence_of(action, target),
            polarity=polarity,
            camps=self.resources.camps,
            on=day or self.article.published,
            country=country or self.scene.geography.country or self.article.country,
        )

    def _typing(self, own: _Told, told: Mapping[int, _Told], context: frozenset[str]) -> Typing:
        """The type of a frame; a result ("killed") has that of what caused it, when that is violence."""
        decisions = self.resources.decisions

        def typed(frame: _Told) -> Typing:
            return type_frame(
                self.parse,
                frame.frame,
                frame.actors,
                frame.targets,
                own.toll or frame.toll,
                own.injured or frame.injured,
                (frame.inherited or frame.where is None) and not self._dates(True),
                own.reading.status.value,
                context,
                frame.country,
                decisions,
            )

        cause = told.get(own.frame.cause) if own.frame.cause is not None else None
        if cause is not None and decisions.actions[cause.frame.action].group in VIOLENT | {"crowd_control", "riot"}:
            found = typed(cause)
            if found.acled is not None and found.acled.sub_event_type:
                return found
        return typed(own)

    def _dates(self, past: bool) -> tuple[TimeExpression, ...]:
        if past not in self._memo:
            sentence, published = self.parse.sentence, self.article.published
            self._memo[past] = find_dates(sentence, published, self.story.last_date, past)
        return self._memo[past]

    def _whens(self, frame: Frame, status: Status, told: Mapping[int, _Told]) -> list[When]:
        """The event's days: of its clause, else its sentence, else the story's; else the publication's week."""
        sentence = self.parse.sentence
        past = status.value in REALISED or status.value == "negated" or status.evidence == "to"
        dates = self._dates(past)
        cause = told[frame.cause].frame if frame.cause is not None and frame.cause in told else frame
        geography = self.scene.geography
        nouns = _event_nouns(frame, [item.frame for item in told.values()])
        dated = cause if in_relative_clause(self.parse, frame) else frame
        found = event_expression(self.parse, dated, dates, geography, self.story, nouns, self.resources)
        if isinstance(found, date):
            return [When(None, None, None, found, 1)]
        if found is None and is_recent(self.parse, frame):
            return [When(None, None, None, self.article.published, 2 if self.article.published else None)]
        known = self.story.day_for(sentence.index)
        if found is None and known is not None:
            return [When(None, None, None, known, 1)]
        if found is None:
            return [When(None, None, None, *self.scene.period)]
        stated = event_days(dates, found, sentence)
        if len(stated) > 1 and status.value in REALISED:
            return [When(found.text, found.start, found.end, day, 1) for day in stated]
        day = representative(found)
        return [When(found.text, found.start, found.end, *(day or (None, None)))]

    def _tags(self, frame: Frame, actors: tuple[Actor, ...], sub_event: str) -> str | None:
        if sub_event not in DEMONSTRATIONS:
            return None
        sizes = [size for phrase in frame.actors if (size := crowd_size(self.parse, phrase))]
        return sizes[0] if sizes else "crowd size=no report"
