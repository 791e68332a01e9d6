"""What a story remembers from sentence to sentence: one explicit record, handed along, never a global."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .coreference import Memory
from .records import Toponym

CARRIED = 20  # sentences over which a place or a day may still be that of an event that names none
NEAR = 3  # sentences for which a demonstration, violence or a place stays the context
FAR = 20  # sentences for which a story stays one about a conflict

_FAMILIES = (
    frozenset({"violence", "explosion", "battle", "territory", "mob"}),
    frozenset({"demonstration", "riot", "crowd_control"}),
)


def _family(group: str) -> str:
    return next((min(family) for family in _FAMILIES if group in family), group)


@dataclass(frozen=True, slots=True)
class Deed:
    """A realised event that the story told, for "the ambush" and "the arrests" later on."""

    action: str
    group: str  # of actions
    place: Toponym | None
    day: date | None
    sentence: int
    targets: frozenset[str]  # common nouns, in lower case


@dataclass(frozen=True, slots=True)
class Story:
    """The memory of one article, up to the sentence being coded."""

    actors: Memory
    last_date: date | None = None
    date_sentence: int = -99
    last_place: Toponym | None = None
    place_sentence: int = -99
    demonstration: int = -99  # sentence of the last realised demonstration
    violence: int = -99
    conflict: int = -99  # sentence of the last realised event that shows an armed conflict
    deeds: tuple[Deed, ...] = ()  # in text order
    sites: tuple[tuple[str, Toponym], ...] = ()  # where the story put something: ("ridge", a town), in text order

    def context(self, sentence: int) -> frozenset[str]:
        """Context flags that earlier sentences leave for this one."""
        flags = {
            "demonstration": sentence - self.demonstration <= NEAR,
            "violence": sentence - self.violence <= NEAR,
            "conflict": sentence - self.conflict <= FAR,
        }
        return frozenset(name for name, holds in flags.items() if holds)

    def place_for(self, sentence: int) -> Toponym | None:
        """The place of the events just told, for a sentence that names none."""
        return self.last_place if sentence - self.place_sentence <= NEAR else None

    def place_before(self, sentence: int) -> Toponym | None:
        """The place told last, unless long before."""
        return self.last_place if sentence - self.place_sentence <= CARRIED else None

    def day_for(self, sentence: int) -> date | None:
        """The day told last, unless long before."""
        return self.last_date if sentence - self.date_sentence <= CARRIED else None

    def dated(self, day: date, sentence: int) -> Story:
        """The memory after a sentence that says on which day it happened."""
        return replace(self, last_date=day, date_sentence=sentence)

    def placed(self, place: Toponym | None, sentence: int) -> Story:
        """The memory after a sentence that says where it happened."""
        return replace(self, last_place=place, place_sentence=sentence)

    def elsewhere(self) -> Story:
        """The memory at the start of a section, which is mostly about another place."""
        return replace(self, last_place=None, place_sentence=-99)

    def afresh(self) -> Story:
        """The memory at the start of a new item of a list: no place, no day."""
        return replace(self.elsewhere(), last_date=None)

    def did(self, deed: Deed) -> Story:
        """The memory after a deed was told."""
        return replace(self, deeds=(*self.deeds, deed))

    def knows(self, nouns: Iterable[str], place: Toponym) -> Story:
        """The memory after events at or near some things ("below the ridge") were put into a place."""
        return replace(self, sites=(*self.sites, *((noun, place) for noun in nouns)))

    def site(self, noun: str) -> Toponym | None:
        """Where "the ridge" is, of which the story told last."""
        return next((place for known, place in reversed(self.sites) if known == noun), None)

    def deed_like(self, action: str, group: str, at: int | None = None) -> Deed | None:
        """The deed that an event noun takes up: the last of its action, else its group or family.

        Args:
            action: of the noun.
            group: its action's group; all armed violence is one family ("attack", "ambush", "bombing"), so are crowds.
            at: id of the place that the noun's phrase names ("the Hangu bombing"); only a deed there is meant.
        """
        near = [d for d in self.deeds if at is None or (d.place and d.place.place and d.place.place.geonameid == at)]
        alike = (d for d in reversed(near) if d.action == action and action != "attack")  # an attack may be any deed
        close = (d for d in reversed(near) if d.group == group and action != "attack")
        kin = (d for d in reversed(near) if _family(d.group) == _family(group))
        return next(alike, None) or next(close, None) or next(kin, None)

    def deed_on(self, targets: frozenset[str], group: str, sentence: int) -> Deed | None:
        """The deed of a family that was told of such a target just before: "the market" that a strike had hit."""
        return next(
            (
                deed
                for deed in reversed(self.deeds)
                if sentence - deed.sentence <= NEAR and deed.targets & targets and _family(deed.group) == _family(group)
            ),
            None,
        )

    def saw(self, sentence: int, kinds: frozenset[str]) -> Story:
        """The memory after a sentence in which ``kinds`` of event were realised."""
        return replace(
            self,
            demonstration=sentence if "demonstration" in kinds else self.demonstration,
            violence=sentence if "violence" in kinds else self.violence,
            conflict=sentence if "conflict" in kinds else self.conflict,
        )
