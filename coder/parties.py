"""Who the phrases of a sentence are: read by the dictionaries, after pronouns and descriptions are resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from .actor_classes import actor_class
from .actor_context import context_of
from .actor_owners import as_force, owned_by, unowned
from .actor_reading import ABROAD, STATE
from .actors import read_actor
from .addressees import beside, inside
from .antecedents import antecedents, spoken_for
from .coreference import Memory, resolve, resolve_pair, resolve_short
from .phrases import between
from .phrases import phrase as noun_phrase
from .records import Actor, Article, Attribution, Frame, Geography, Parse, Phrase, Source
from .resources import Resources

NOWHERE = ""  # no country: classes of actors do not depend on it, and a story's places are read only for its events
_JUST_BEFORE = 2  # sentences in which whose aircraft they are may be told
_ADDRESSEES = frozenset({"actor", "place"})  # kinds of whom a statement may be addressed to
_PARTIES = frozenset({"actor", "place", "position"})  # kinds of what a pronoun for a party may mean
_TWO_SIDED = frozenset({"reciprocal", "parties"})  # role patterns


class Scene(Protocol):
    """What the sentences of an article share."""

    @property
    def article(self) -> Article:
        """The article."""
        ...

    @property
    def parses(self) -> Mapping[int, Parse]:
        """Its sentences' parses."""
        ...

    @property
    def resources(self) -> Resources:
        """Rules and dictionaries."""
        ...

    @property
    def geography(self) -> Geography:
        """Its places."""
        ...

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what in it."""
        ...


@dataclass(frozen=True, slots=True)
class Parties:
    """Reads the phrases of one clause as actors.

    ``country`` is the ISO3 of the event's country, ``NOWHERE`` when it does not matter; ``material`` tells deeds
    that forces may do from statements, aid and other dealings of governments; ``source`` is who tells of it, if
    anybody does.
    """

    scene: Scene
    parse: Parse
    memory: Memory
    country: str | None
    material: bool
    source: Source | None = None

    def sides(self, frame: Frame) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
        """Read both roles of a frame.

        "Both sides" are two actors, and each other's target where the deed is mutual. Aircraft are flown by a state.

        Args:
            frame: as found in the sentence.
        """
        phrases = frame.actors
        pair = resolve_pair(self.parse, phrases[0], self.memory, self.scene.resources.references) if phrases else None
        suffering = tuple(self._addressed(self.actor(phrase)) for phrase in frame.targets)
        if not any(actor.kind in _ADDRESSEES for actor in suffering):
            suffering = self._asked(frame) or suffering
        if pair is None or len(phrases) > 1:
            acting = tuple(self.actor(phrase) for phrase in phrases) or self._flown(frame) or self._demanding(frame)
            return acting, tuple(self._unless_own(actor, acting) for actor in suffering)
        if frame.pattern in _TWO_SIDED and not suffering:
            return pair[:1], pair[1:]
        return pair, suffering

    def _unless_own(self, actor: Actor, acting: tuple[Actor, ...]) -> Actor:
        """A target without a name where it is the doer's own ("withdrew its troops")."""
        owner = self.parse.child(actor.phrase.head, "poss")
        own = owner is not None and self.parse.tags[owner] == "PRP$" and actor.name is not None
        if not own or actor.name not in {other.name for other in acting}:
            return actor
        note = f"{actor.evidence}; the doer's own"
        return replace(actor, name=None, inter=None, country=None, associates=(), evidence=note)

    def _addressed(self, actor: Actor) -> Actor:
        """Whom a statement about a thing is addressed to: whose proposal was rejected, against whom sanctions are."""
        parse, head = self.parse, actor.phrase.head
        if self.material or actor.kind not in ("other", "event") or not parse.tags[head].startswith("NN"):
            return actor
        found = self._first_party(inside(parse, head, self.scene.resources.actors))
        return found.on(actor.phrase, f"of {found.phrase.text!r}: {found.evidence}") if found is not None else actor

    def _asked(self, frame: Frame) -> tuple[Actor, ...]:
        """Whom a statement about a thing or nobody is addressed to: "broke off ties with X", "demanded that X go"."""
        if self.material or frame.pattern != "actor_target":
            return ()
        found = self._first_party(beside(self.parse, frame, self.scene.resources.actors))
        return (found,) if found is not None else ()

    def _demanding(self, frame: Frame) -> tuple[Actor, ...]:
        """Who asks when the words only say what somebody must do: whoever says so (CODEBOOK 3.2, directive)."""
        if self.material or self.source is None or self.parse.tags[frame.head] != "MD":
            return ()
        found = self._source(self.source)
        if found is None:
            return ()
        asking = between(self.parse, frame.head, frame.head)  # the source may stand in another sentence
        return (found.on(asking, f"who asks is the source; {found.evidence}", found.told),)

    def _first_party(self, heads: Iterable[int]) -> Actor | None:
        """The first of some heads that reads as a party that a dictionary knows."""
        for head in heads:
            found = self.actor(noun_phrase(self.parse, head))
            if found.kind in _ADDRESSEES and found.listed and (found.country or found.name):
                if self.parse.deps[head] not in ("amod", "compound"):
                    return found
                thing = noun_phrase(self.parse, self.parse.heads[head])  # "a ban on Egyptian imports"
                return found.on(thing, f"of {found.phrase.text!r}: {found.evidence}")
        return None

    def _flown(self, frame: Frame) -> tuple[Actor, ...]:
        """Whose aircraft are that act by themselves: the one state force named just before, else some state's."""
        acting = [p for p in frame.instruments if self.parse.deps[p.head] in ("nsubj", "pobj")]
        if frame.instrument != "air" or not acting or frame.nominal:
            return ()
        index = self.parse.sentence.index
        forces = {
            kept.actor.country: kept.actor
            for kept in self.memory.actors
            if index - kept.sentence <= _JUST_BEFORE and kept.actor.read_as[-1:] in (("military",), ("government",))
        }
        if len(forces) == 1:
            (owner,) = forces.values()
            note = f"aircraft of {owner.phrase.text!r} ({owner.evidence})"
            return (self._force(owner).on(acting[0], note),)
        name = "Unidentified Military Forces"
        unknown = Actor(acting[0], "actor", name, ABROAD, armed=True, sector="MIL", generic=True, read_as=("external",))
        return (replace(unknown, evidence="aircraft of somebody unknown"),)

    def actor(self, phrase: Phrase) -> Actor:
        """Whom a phrase means: the speaker's party, somebody of this sentence, of an earlier one, or as it reads."""
        references = self.scene.resources.references
        if self._deictic(phrase.head):
            return self._speaker(phrase)
        near = antecedents(self.parse, phrase.head, references)
        if near is not None:
            found = self._meant(phrase, near)
            suffers = self.parse.deps[phrase.head] == "dobj"  # "attacked the platforms, setting them ablaze"
            if not near or suffers or found.kind in _PARTIES:
                return self._in_action(found)
        nations = self.scene.resources.actors.nations
        earlier = resolve(self.parse, phrase, self.memory, references)
        earlier = earlier or resolve_short(self.parse, phrase, self.memory, references, nations)
        if earlier is not None:
            return self._in_action(earlier)
        found = self._read(phrase)
        owner = self.parse.child(phrase.head, "poss")
        if owner is None or self.parse.tags[owner] != "PRP$":
            return found
        return self._owned(found, phrase, self._owner(owner))

    def _deictic(self, token: int) -> bool:
        """Whether a word is "we" or "our", and not the country "US"."""
        word = ("deictic", self.parse.lower[token])
        return word in self.scene.resources.references.rows and self.parse.tags[token].startswith("PRP")

    def _meant(self, phrase: Phrase, near: tuple[Phrase, ...]) -> Actor:
        """The antecedent in the sentence; a pronoun as such where the sentence does not tell which party it is."""
        if not near:
            return self._read(phrase)
        found = self._whole(near[0])
        note = f"{phrase.text!r} means {near[0].text!r}; {found.evidence}"
        return found.on(phrase, note, found.told)

    def _whole(self, phrase: Phrase) -> Actor:
        """A phrase that a pronoun stands for; "it" that tells of something is who told it, as far as that is known."""
        found = self.actor(phrase)
        if found.inter is None and found.name is None and self.parse.tags[phrase.head] == "PRP":
            told = next((a.source for a in self.scene.attributions if a.source.start == phrase.start), None)
            return (self._source(told) if told is not None else None) or found
        return found

    def _owner(self, pronoun: int) -> Actor | None:
        """Whose "its fighters" are: somebody of the sentence, else the story's last fitting actor."""
        references = self.scene.resources.references
        phrase = noun_phrase(self.parse, pronoun)
        if self._deictic(pronoun):
            return self._speaker(phrase)
        near = antecedents(self.parse, pronoun, references)
        found = self._whole(near[0]) if near else None
        if near is None or (found is not None and found.kind not in _PARTIES):
            found = resolve(self.parse, phrase, self.memory, references)
        if found is None and self.source is not None and self.parse.lower[pronoun] == "its":
            told = self._source(self.source)  # "its men, he said": those of whoever he speaks for
            himself = ("pronoun", (self.source.text or "").lower()) in references.rows
            return told if himself and told is not None and actor_class(told) & {"armed", "state"} else None
        return found

    def _owned(self, found: Actor, phrase: Phrase, owner: Actor | None) -> Actor:
        if owner is None:
            return unowned(found)
        if found.kind == "weapon" and self.parse.deps[phrase.head] == "dobj":  # "firing their guns"
            return found
        state = owner.kind == "place" or "state" in actor_class(owner)
        if found.read_as[-1:] and found.read_as[-1] in STATE and owner.country and state:
            return self._abroad(self._read(phrase, owner.country))
        forceful = found.armed or found.read_as == ("body",)
        if owner.read_as[-1:] == ("government",) and forceful:  # "the ministry said its troops"
            owner = self._force(owner)
        return owned_by(found, owner)

    def _speaker(self, phrase: Phrase) -> Actor:
        """ "Us" and "our men" in somebody's words are his party."""
        told = self._source(self.source) if self.source is not None else None
        if told is None:
            return self._read(phrase)
        note = f"{phrase.text!r} is the speaker's; {told.evidence}"
        return told.on(phrase, note, told.told)

    def _source(self, source: Source) -> Actor | None:
        """A source as an actor, by the sentence that names it; "he" and "it" are who was named as a source before."""
        attributions = self.scene.attributions
        same = (a.source for a in attributions if a.source.name is not None and a.source.name == source.name)
        return next((found for told in (source, *same) if (found := self._named(told)) is not None), None)

    def _named(self, source: Source) -> Actor | None:
        if source.start is None or source.end is None:
            return None
        for parse in self.scene.parses.values():
            if parse.sentence.start <= source.start < parse.sentence.end:
                inside = [k for k, start in enumerate(parse.starts) if source.start <= start < source.end]
                head = next((k for k in inside if parse.heads[k] not in inside or parse.heads[k] == k), None)
                if head is None or parse.tags[head] == "PRP":
                    return None
                body = spoken_for(parse, head, self.scene.resources.references)
                own = replace(self, parse=parse, source=None)  # "our commander" as a source does not name himself
                found = own.actor(body) if body is not None else None
                if found is None or (found.name is None and found.inter is None):  # "a retired colonel"
                    found = own.actor(noun_phrase(parse, head))
                return found
        return None

    def _in_action(self, actor: Actor) -> Actor:
        """A government that an earlier sentence named acts by its military when the deed is one of force."""
        if not self.material or actor.read_as[-1:] != ("government",):
            return actor
        doing = context_of(self.parse, actor.phrase.head, self.scene.resources.actors).doing
        if not doing & {"violence", "clash", "military"}:
            return actor
        return self._force(actor)

    def _force(self, actor: Actor) -> Actor:
        """The military of a government or of another state force."""
        return self._abroad(as_force(actor, self.scene.resources.actors, self.scene.article.published))

    @property
    def _place(self) -> str | None:
        """The country in which the sentence's actors are at home or abroad; None when it does not matter."""
        if self.country == NOWHERE:
            return None
        return self.country or self.scene.geography.country or self.scene.article.country

    def _abroad(self, actor: Actor) -> Actor:
        away = bool(self._place) and actor.country not in (None, self._place) and actor.inter == "State forces"
        return replace(actor, inter=ABROAD) if away else actor

    def _read(self, phrase: Phrase, country: str | None = None) -> Actor:
        scene = self.scene
        actor = read_actor(
            self.parse,
            phrase,
            scene.resources.actors,
            country=country or self._place,
            on=scene.article.published,
            material=self.material,
        )
        start = self.parse.starts[phrase.head]
        if not actor.listed and any(t.place is not None and t.start <= start < t.end for t in scene.geography.toponyms):
            return replace(actor, kind="place", inter=None, evidence=f"{actor.evidence}; a place of the gazetteer")
        return actor
