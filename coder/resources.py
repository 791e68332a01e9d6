"""Everything that coding needs besides text: loaded once, frozen, passed along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .actor_lexicon import ActorLexicon, load_actors
from .attribution import Cues, load_cues
from .decisions import Decisions, load_decisions
from .frames import FrameContext
from .gazetteer import Gazetteer, open_gazetteer
from .grammar import Grammar, load_grammar
from .inflection import load_inflector
from .instruments import load_instruments
from .interest import Camps, load_camps
from .places import PlaceWords, load_place_words
from .references import References, load_references
from .rulebook import Rulebook, load_rules
from .status_cues import StatusCues, load_status_cues
from .triggers import TriggerIndex, build_index
from .versions import ruleset_version


@dataclass(frozen=True)
class Resources:
    """Rules, dictionaries, tables and the gazetteer."""

    rules: Rulebook
    frames: FrameContext
    decisions: Decisions
    status: StatusCues
    actors: ActorLexicon
    references: References
    gazetteer: Gazetteer
    place_words: PlaceWords
    cues: Cues
    camps: Camps
    version: str  # of rules, dictionaries and tables together

    @property
    def index(self) -> TriggerIndex:
        """The triggers of all active rules."""
        return self.frames.index

    @property
    def grammar(self) -> Grammar:
        """The verbs that pass arguments on."""
        return self.frames.grammar


def load_resources(lexicons: Sequence[Path] = (), gazetteer: Path | None = None) -> Resources:
    """Load rules, dictionaries, tables and gazetteer, with the user's overlays after ours.

    Raises:
        RuleError, LexiconError, GazetteerError: with file, line and remedy.
    """
    inflector = load_inflector(lexicons)
    rules = load_rules(lexicons)
    decisions = load_decisions(lexicons)
    frames = FrameContext(
        index=build_index(rules, inflector),
        grammar=load_grammar(inflector, lexicons),
        instruments=load_instruments(inflector, lexicons),
        outcomes=decisions.outcomes,
        causes=decisions.causes,
        harms=decisions.harms,
        damages=decisions.damages,
    )
    return Resources(
        rules=rules,
        frames=frames,
        decisions=decisions,
        status=load_status_cues(inflector, lexicons),
        actors=load_actors(lexicons),
        references=load_references(lexicons),
        gazetteer=open_gazetteer(gazetteer),
        place_words=load_place_words(lexicons),
        cues=load_cues(lexicons),
        camps=load_camps(lexicons),
        version=ruleset_version(lexicons),
    )
