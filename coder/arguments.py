"""A trigger whose roles are sought, and what fills them."""

from __future__ import annotations

from dataclasses import dataclass

from .grammar import Grammar
from .phrases import phrase, prepositional, without_trigger
from .records import Parse, Phrase

TARGET_PREPOSITIONS = frozenset({"on", "at", "against", "upon", "toward", "towards", "into"})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "along", "through", "of"})
_BARE = frozenset({"that", "which"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """What fills the roles around a trigger. Event nouns may stand as actors; linking replaces them."""

    actors: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    instruments: tuple[Phrase, ...] = ()
    places: tuple[Phrase, ...] = ()
    holders: tuple[Phrase, ...] = ()  # "from Y"
    obliques: tuple[Phrase, ...] = ()  # what stands after the target's prepositions, beside an object
    weak_actors: tuple[Phrase, ...] = ()  # modifiers ("rebel attack"): actors only if they read as such
    claimers: tuple[Phrase, ...] = ()  # who or what claims the deed: actors only if they read as such
    drawn: tuple[Phrase, ...] = ()  # whom a crowd event drew


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger whose arguments are sought; ``taken`` are the tokens that fill no role."""

    parse: Parse
    head: int
    tokens: tuple[int, ...]
    taken: frozenset[int]
    pattern: str
    extra: tuple[str, ...]
    grammar: Grammar

    def prepositional(self, head: int, wanted: frozenset[str]) -> list[int]:
        """The heads after the wanted prepositions of a token."""
        return prepositional(self.parse, head, wanted, self.taken)

    def free(self, heads: list[int]) -> list[int]:
        """The heads that may fill a role; a bare "that" or "which" tells nobody."""
        bare = [h for h in heads if self.parse.lower[h] in _BARE and self.parse.tags[h] in ("WDT", "IN", "DT")]
        return [h for h in heads if h not in self.taken and h not in bare]

    def phrases(self, heads: list[int]) -> tuple[Phrase, ...]:
        """Their noun phrases, cut off from the trigger's own words."""
        return tuple(
            without_trigger(self.parse, phrase(self.parse, head), self.tokens) for head in dict.fromkeys(heads)
        )
