"""Weapons: words for them, and the classes that the decision tables tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from .inflection import Inflector
from .lexicon import Row, read_table
from .records import Parse, Phrase

# From the most to the least telling: a drone's bomb is a drone strike, a suicide bomber's car a suicide bomb.
RANK = (
    "chemical",
    "suicide",
    "drone",
    "air",
    "grenade",
    "artillery",
    "explosive",
    "crowd_control",
    "firearms",
    "primitive",
    "vehicle",
)


class InstrumentRow(Row):
    """A word for a weapon and its class."""

    words: str
    weapon: str = Field(alias="class")
    note: str = ""


@dataclass(frozen=True)
class Instruments:
    """Weapon words by surface form; several words are joined by blanks."""

    classes: dict[str, str]

    def of_words(self, words: Sequence[str]) -> str | None:
        """The class of the longest weapon word that ends a sequence of lower-case words."""
        for size in range(min(4, len(words)), 0, -1):
            found = self.classes.get(" ".join(words[-size:]))
            if found:
                return found
        return None

    def names(self, words: Sequence[str]) -> bool:
        """Whether the words together are an entry ("fighter jets")."""
        return len(words) > 1 and " ".join(words) in self.classes

    def of_phrase(self, parse: Parse, phrase: Phrase) -> str | None:
        """The class of the weapon that a phrase names by its head, or None."""
        words = [w for w in parse.lower[phrase.lo : phrase.head + 1] if w != "-"]
        return self.of_words(words)

    def in_span(self, parse: Parse, lo: int, hi: int) -> tuple[str, ...]:
        """All weapon classes named between two tokens, most telling first; of nested names the longest counts."""
        words = [w for w in parse.lower[lo:hi] if w not in ("-", "–")]
        found: set[str] = set()
        at = 0
        while at < len(words):
            sizes = (n for n in range(min(4, len(words) - at), 0, -1) if " ".join(words[at : at + n]) in self.classes)
            size = next(sizes, 0)
            if size:
                found.add(self.classes[" ".join(words[at : at + size])])
            at += size or 1
        return tuple(sorted(found, key=RANK.index))


def load_instruments(inflector: Inflector, overlays: Sequence[Path] = ()) -> Instruments:
    """Read ``instruments.csv``, with overlays; plurals are made here."""
    classes: dict[str, str] = {}
    for row in read_table(InstrumentRow, "instruments", overlays):
        *first, last = row.words.replace("-", " ").split()
        for form in inflector.noun(last):
            classes[" ".join([*first, form])] = row.weapon
    return Instruments(classes)
