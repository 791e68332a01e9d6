"""What follows from a type, an actor type or a country in ACLED's format (CODEBOOK 1.2, 1.4, 1.8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from .countries import Countries, load_countries
from .vocabulary import Terms, load_vocabulary

_ALWAYS_CIVILIAN = frozenset({"Excessive force against protesters"})
_CIVILIANS = frozenset({"Civilians", "Protesters"})


@dataclass(frozen=True)
class Ontology:
    """ACLED's and PLOVER's derived columns."""

    sub_events: Terms
    events: Terms
    inters: Terms
    plover: Terms
    countries: Countries

    def event_type(self, sub_event: str) -> str:
        """The event type that a sub-event belongs to."""
        return self.sub_events[sub_event].more["event_type"]

    def disorder_type(self, sub_event: str) -> str:
        """The disorder type that follows from a sub-event."""
        return self.sub_events[sub_event].more["disorder_type"]

    def rank(self, sub_event: str) -> int:
        """The codebook's hierarchy, 1 first."""
        return int(self.sub_events[sub_event].more["rank"])

    def group(self, event_type: str) -> str:
        """The group within which reports may tell of one event."""
        return self.events[event_type].more["group"]

    def quad_class(self, plover_event: str) -> str:
        """PLOVER's quad class of an event."""
        return self.plover[plover_event].more["quad_class"]

    def interaction(self, inter1: str | None, inter2: str | None) -> str | None:
        """ACLED's interaction text: both types by ascending code; External/Other forces come before Civilians."""
        given = sorted((i for i in (inter1, inter2) if i), key=lambda i: int(self.inters[i].more["code"]))
        if not given:
            return None
        if len(given) == 1:
            return f"{given[0]} only"
        if given == ["Civilians", "External/Other forces"]:
            given.reverse()
        return "-".join(given)

    def civilian_targeting(self, sub_event: str, inter1: str | None, inter2: str | None) -> str | None:
        """ACLED's flag: always for violence against civilians, by the target for remote violence and riots."""
        event = self.event_type(sub_event)
        given = event == "Violence against civilians" or sub_event in _ALWAYS_CIVILIAN
        if event in ("Explosions/Remote violence", "Riots"):
            given = bool({inter1, inter2} & _CIVILIANS)
        return "Civilian targeting" if given else None

    def region(self, country: str) -> str | None:
        """ACLED's region of a country by ACLED's name."""
        found = self.countries.get(country)
        return found.region if found else None

    def iso3(self, country: str) -> str | None:
        """The ISO3 code of a country by ACLED's name."""
        found = self.countries.get(country)
        return found.iso3 if found else None


@cache
def load_ontology() -> Ontology:
    """Read the vocabularies behind the derived columns."""
    return Ontology(
        load_vocabulary("sub_event_type"),
        load_vocabulary("event_type"),
        load_vocabulary("inter"),
        load_vocabulary("plover_event"),
        load_countries(),
    )


def interactions() -> Collection[str]:
    """All interaction texts that ACLED's list knows."""
    ontology = load_ontology()
    inters = list(ontology.inters)
    return frozenset(
        text for first in inters for second in (None, *inters) if (text := ontology.interaction(first, second))
    )
