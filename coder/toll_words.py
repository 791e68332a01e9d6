"""The words that tell of dead and injured people: ``lexicons/toll_words.csv``, inflected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Literal

from .inflection import Inflector, load_inflector
from .lexicon import Row, read_table

Outcome = Literal["dead", "injured", "casualty"]

_NOUNS = frozenset("event mass person total unit collective pair never unreal loss comrade".split())


class TollRow(Row):
    """A word, what it does in a sentence about victims, and what became of them."""

    word: str
    # fmt: off
    role: Literal[
        "verb", "intransitive", "state", "event", "mass", "person", "total",
        "uncertain", "losing", "loss", "doubt", "judicial", "unit", "plural", "organisation", "collective",
        "pair", "never", "unreal", "almost", "determiner", "pronoun", "nobody",
        "relative", "modal", "achieved", "reach", "auxiliary", "headline", "comrade",
    ]
    # fmt: on
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True)
class TollWords:
    """Cue words by surface form (role and outcome), and word classes that a count needs."""

    cues: dict[str, tuple[tuple[str, Outcome], ...]]
    particles: dict[str, str]  # "gunned" only counts with "down"
    doubt: frozenset[str]
    judicial: frozenset[str]
    unit: frozenset[str]
    plural: frozenset[str]
    organisation: frozenset[str]
    collective: frozenset[str]
    pair: frozenset[str]
    never: frozenset[str]
    unreal: frozenset[str]
    almost: frozenset[str]
    determiner: frozenset[str]
    pronoun: frozenset[str]
    nobody: frozenset[str]
    relative: frozenset[str]
    modal: frozenset[str]
    achieved: frozenset[str]
    reach: frozenset[str]
    auxiliary: frozenset[str]
    headline: frozenset[str]
    comrade: frozenset[str]  # whom an armed side loses


def load_toll_words(overlays: Sequence[Path] = ()) -> TollWords:
    """Read ``toll_words.csv``, with overlays; inflected forms are made here.

    Raises:
        LexiconError: a line of the dictionary is wrong.
    """
    inflector = load_inflector(overlays)
    cues: dict[str, dict[str, Outcome]] = {}
    particles: dict[str, str] = {}
    classes: dict[str, set[str]] = {}
    for row in read_table(TollRow, "toll_words", overlays):
        forms = _forms(row, inflector)
        if row.outcome is None:
            classes.setdefault(row.role, set()).update(forms)
            continue
        first, _, particle = row.word.partition(" ")
        if particle:
            forms = inflector.verb(first)
            particles.update(dict.fromkeys(forms, particle))
        for form in forms:
            cues.setdefault(form, {})[row.role] = row.outcome
    names = [field.name for field in fields(TollWords)][2:]
    sets = {name: frozenset(classes.get(name, ())) for name in names}
    by_form = {form: tuple(roles.items()) for form, roles in cues.items()}
    return TollWords(cues=by_form, particles=particles, **sets)


def _forms(row: TollRow, inflector: Inflector) -> frozenset[str]:
    if row.role in ("verb", "intransitive", "judicial", "losing"):
        return inflector.verb(row.word)
    if row.role in _NOUNS:
        return inflector.noun(row.word)
    return frozenset({row.word})


@lru_cache(maxsize=1)
def builtin_toll_words() -> TollWords:
    """The words without overlays, read once a process."""
    return load_toll_words()
