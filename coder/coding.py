"""Coding one article: the steps in order, on parsed sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from .actor_context import context_of
from .actor_reading import ABROAD, STATE
from .actors import actor_class, as_force, owned_by, read_actor
from .attribution import find_attributions
from .claims import Mention, When
from .claimtypes import chain_over, read_claim
from .conditions import Dropped, Screened
from .coreference import Memory, governing_subject, remember, resolve
from .counts import crowd_size, find_tolls, split_toll, toll_of
from .dates import event_date, event_days, find_dates, representative
from .event_types import Typing, main_actor, type_frame
from .frames import find_frames
from .interest import relate
from .phrases import phrase as noun_phrase
from .places import find_places, locate
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
from .settling import settle
from .status import REALISED, event_status
from .story import Story

NOWHERE = ""  # no country: classes of actors do not depend on it, and a story's places are read only for its events
_VIOLENT = frozenset({"violence", "explosion", "battle", "abduction", "sexual", "mob", "territory"})
_CROWD = frozenset({"demonstration", "riot", "crowd_control"})
_WORDS = frozenset({"negotiate", "sign_agreement"})  # done by governments and firms, not by their armed forces
_CROWDS = frozenset({"protesters", "rioters"})  # classes of actors
_FORCES = frozenset({"rebel", "military", "external", "identity", "militia"})  # classes of actors
_WAR_WEAPONS = frozenset({"chemical", "suicide", "drone", "air", "grenade", "artillery", "explosive"})
_FLAGS = {
    **{group: frozenset({"violence"}) for group in _VIOLENT},
    "battle": frozenset({"violence", "conflict", "fighting"}),
    "explosion": frozenset({"violence", "conflict"}),
    "territory": frozenset({"violence", "conflict", "transfer"}),
    "demonstration": frozenset({"demonstration"}),
    "riot": frozenset({"demonstration", "riot"}),
    "crowd_control": frozenset({"demonstration", "intervention"}),
}


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
    told = [index for index in candidates if index in screened and screened[index].matches]
    dropped: list[tuple[int, Dropped]] = []
    if not told and not everything:
        return StoryCoding(article, sentences, tuple(candidates), (), (), (), Geography(()))
    scene = _Scene(article, sentences, parses, resources)
    story = Story(actors=Memory())
    mentions: list[Mention] = []
    for index in told:
        found, refused = (coder := _SentenceCoder(scene, parses[index], screened[index], story)).code()
        mentions += found
        dropped += [(index, item) for item in refused]
        story = coder.memory_after(found)
    mentions = settle(mentions, resources.decisions)
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


def _elliptical(parse: Parse, told: Mapping[int, _Told]) -> dict[int, _Told]:
    """Give "two others", "many more" and bare numbers the reading of the victims named just before them."""
    out: dict[int, _Told] = {}
    before: tuple[Actor, ...] = ()
    for head, item in told.items():
        targets = tuple(
            replace(before[0], phrase=target.phrase, evidence=f"as {before[0].phrase.text!r} before")
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

    def code(self) -> tuple[list[Mention], tuple[Dropped, ...]]:
        parse = self.parse
        times = [Span(t.start, t.end) for t in self._dates(True)]
        frames, dropped = find_frames(parse, self.screened, self.resources.frames, self._classes, times)
        if not frames:
            return [], dropped
        tolls = find_tolls(parse)
        told = _elliptical(parse, {frame.head: self._told(frame, tolls) for frame in frames})
        context = self._context(frames)
        return [mention for frame in frames for mention in self._mentions(frame, told, context)], dropped

    def _classes(self, phrase: Phrase) -> frozenset[str]:
        if phrase not in self._seen:
            self._seen[phrase] = actor_class(self._actor(phrase, self.article.country or NOWHERE, True))
        return self._seen[phrase]

    def _actor(self, phrase: Phrase, country: str | None, material: bool) -> Actor:
        references = self.resources.references
        near = governing_subject(self.parse, phrase.head, references)
        if near is not None:
            found = self._read(near, country, material)
            found = replace(found, phrase=phrase, evidence=f"{phrase.text!r} means {near.text!r}; {found.evidence}")
            return self._in_action(found, country, material)
        earlier = resolve(self.parse, phrase, self.story.actors, references)
        if earlier is not None:
            return self._in_action(earlier, country, material)
        found = self._read(phrase, country, material)
        owner = self._owner(phrase, country, material)
        if owner is None:
            return found
        if found.read_as[-1:] and found.read_as[-1] in STATE and owner.country and "state" in actor_class(owner):
            return self._abroad(self._read(phrase, owner.country, material), country)
        return owned_by(found, owner)

    def _in_action(self, actor: Actor, country: str | None, material: bool) -> Actor:
        """A government that an earlier sentence named acts by its military when the deed is one of force."""
        doing = context_of(self.parse, actor.phrase.head, self.resources.actors).doing
        if not material or actor.read_as[-1:] != ("government",) or not doing & {"violence", "clash", "military"}:
            return actor
        return self._abroad(as_force(actor, self.resources.actors, self.article.published), country)

    def _abroad(self, actor: Actor, country: str | None) -> Actor:
        away = country is not None and actor.country not in (None, country) and actor.inter == "State forces"
        return replace(actor, inter=ABROAD) if away else actor

    def _owner(self, phrase: Phrase, country: str | None, material: bool) -> Actor | None:
        """Whose "its fighters" are: the governing clause's subject, or the story's last fitting actor."""
        pronoun = self.parse.child(phrase.head, "poss")
        if pronoun is None or self.parse.tags[pronoun] != "PRP$":
            return None
        references = self.resources.references
        near = governing_subject(self.parse, pronoun, references)
        if near is not None:
            return self._read(near, country, material)
        return resolve(self.parse, noun_phrase(self.parse, pronoun), self.story.actors, references)

    def _read(self, phrase: Phrase, country: str | None, material: bool) -> Actor:
        actor = read_actor(
            self.parse,
            phrase,
            self.resources.actors,
            country=(country or self.scene.geography.country or self.article.country) if country != NOWHERE else None,
            on=self.article.published,
            material=material,
        )
        start = self.parse.starts[phrase.head]
        if not actor.listed and any(
            t.place is not None and t.start <= start < t.end for t in self.scene.geography.toponyms
        ):
            return replace(actor, kind="place", inter=None, evidence=f"{actor.evidence}; a place of the gazetteer")
        return actor

    def _context(self, frames: Sequence[Frame]) -> frozenset[str]:
        """What the sentence and the story before it say of the scene."""
        flags = set(self.story.context(self.parse.sentence.index))
        actions = self.resources.decisions.actions
        for frame in frames:
            group = actions[frame.action].group
            flags |= _FLAGS.get(group, frozenset())
            doers = frozenset().union(*(self._classes(p) for p in frame.actors))
            sides = doers.union(*(self._classes(p) for p in frame.targets))
            if group in _VIOLENT and ((sides & _FORCES and "listed" in sides) or frame.instrument in _WAR_WEAPONS):
                flags.add("conflict")
            if (group in _VIOLENT | {"property"} and doers & _CROWDS) or (frame.action == "clash" and sides & _CROWDS):
                flags |= {"riot", "demonstration"}
            if frame.action in ("burn", "loot") and "demonstration" in flags:
                flags.add("riot")
        return frozenset(flags)

    def _told(self, frame: Frame, tolls: tuple[Toll, ...]) -> _Told:
        """What the sentence tells of a frame besides its type."""
        parse, resources = self.parse, self.resources
        status = event_status(parse, frame.head, frame.nominal, resources.status, resources.grammar)
        trigger = Span(frame.start, frame.end)
        chain = chain_over(self.scene.attributions, trigger)
        reading = read_claim(parse, frame.head, trigger, chain, status, resources.cues)
        where, inherited = self._where(frame)
        country = where.place.iso3 if where is not None and where.place is not None else None
        action = resources.decisions.actions[frame.action]
        material = action.group != "verbal" and frame.action not in _WORDS
        counted = action.group in _VIOLENT | {"riot", "crowd_control"} or action.outcome == "yes"
        return _Told(
            frame,
            tuple(self._actor(p, country, material) for p in frame.actors),
            tuple(self._actor(p, country, material) for p in frame.targets),
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
        days = self._whens(frame, own.reading.status)
        if own.reading.claim_type == "claim_of_responsibility":
            context |= {"conflict"}  # nobody claims an accident
        typing = self._typing(own, told, context)
        source = own.reading.chain[-1].source if own.reading.chain else None
        interest = relate(
            source,
            main_actor(own.actors),
            main_actor(own.targets),
            valence=self.resources.decisions.actions[frame.action].valence,
            polarity=own.reading.polarity,
            camps=self.resources.camps,
            on=days[0].day or self.article.published,
            country=own.country or self.scene.geography.country or self.article.country,
        )
        return [
            Mention(
                self.article,
                self.parse,
                frame,
                own.actors,
                own.targets,
                typing,
                own.where,
                own.inherited,
                when,
                toll,
                own.reading,
                interest,
                self._tags(frame, own.actors, typing.acled.sub_event_type if typing.acled else ""),
                part,
            )
            for part, (when, toll) in enumerate(zip(days, split_toll(own.toll, len(days)), strict=True))
        ]

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
        if cause is not None and decisions.actions[cause.frame.action].group in _VIOLENT | {"crowd_control", "riot"}:
            found = typed(cause)
            if found.acled is not None and found.acled.sub_event_type:
                return found
        return typed(own)

    def _where(self, frame: Frame) -> tuple[Toponym | None, bool]:
        found = locate(self.scene.geography, frame.clause, self.parse.sentence)
        if found is not None and found.place is not None and not found.place.feature.startswith("PCL"):
            return found, False
        near = self.story.place_for(self.parse.sentence.index)
        remembered = near or self.scene.geography.dateline or self.story.last_place
        if (
            remembered is not None
            and remembered.place is not None
            and (found is None or found.place is None or found.place.iso3 == remembered.place.iso3)
        ):
            return remembered, True
        return found, False

    def _dates(self, past: bool) -> tuple[TimeExpression, ...]:
        if past not in self._memo:
            sentence, published = self.parse.sentence, self.article.published
            self._memo[past] = find_dates(sentence, published, self.story.last_date, past)
        return self._memo[past]

    def _whens(self, frame: Frame, status: Status) -> list[When]:
        """The event's days: of its clause, else its sentence, else the story's; else the publication's week."""
        sentence = self.parse.sentence
        past = status.value in REALISED or status.value == "negated" or status.evidence == "to"
        dates = self._dates(past)
        trigger = Span(frame.start, frame.end)
        found = event_date(dates, frame.clause, sentence, trigger=trigger, nominal=frame.nominal)
        if found is None and self.story.last_date is not None:
            return [When(None, None, None, self.story.last_date, self.story.last_date_precision)]
        if found is None:
            return [When(None, None, None, self.article.published, 2 if self.article.published else None)]
        stated = event_days(dates, found, sentence)
        if len(stated) > 1 and status.value in REALISED:
            return [When(found.text, found.start, found.end, day, 1) for day in stated]
        day = representative(found)
        return [When(found.text, found.start, found.end, *(day or (None, None)))]

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
                    actors = remember(actors, actor, index, self.resources.references)
            if mention.reading.status.value not in REALISED:
                continue
            group = self.resources.decisions.actions[mention.frame.action].group
            kinds |= {"violence"} if group in _VIOLENT else {"demonstration"} if group in _CROWD else set()
            kinds |= mention.typing.facts.context & {"conflict"}
            if mention.where is not None and not mention.where_inherited and mention.where.precision < 3:
                story = replace(story, last_place=mention.where, place_sentence=index)
            if mention.when.text is not None and mention.when.day is not None and mention.when.precision == 1:
                story = replace(story, last_date=mention.when.day, last_date_precision=1)
        return replace(story.saw(index, frozenset(kinds)), actors=actors)
