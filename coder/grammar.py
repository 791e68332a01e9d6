"""Words that pass arguments on, such as "carry out an attack" (``grammar_words.csv``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .inflection import Inflector
from .lexicon import Row, read_table


class GrammarRow(Row):
    """A verb that passes its arguments on to an event noun or an infinitive, a noun of trying, a noun of time."""

    word: str
    role: Literal["giver", "taker", "control", "drawer", "undertaking", "time", "measure", "pitting"]
    note: str = ""


@dataclass(frozen=True)
class Grammar:
    """Surface forms of the verbs that pass arguments on."""

    givers: frozenset[str]  # "carried out an attack": the subject acts
    takers: frozenset[str]  # "suffered an attack": the subject is acted upon
    control: frozenset[str]  # "ordered X to shell": the object acts
    drawers: frozenset[str]  # "the march drew 500 people": the object acts
    undertakings: frozenset[str]  # nouns: "an attempt by X to storm"
    times: frozenset[str]  # nouns: "at dawn" brings no target
    measures: frozenset[str]  # nouns: "a wave of arrests" is arrests
    pitting: frozenset[str]  # "the clashes pitted X against Y"


def load_grammar(inflector: Inflector, overlays: Sequence[Path] = ()) -> Grammar:
    """Read ``grammar_words.csv``, with overlays."""
    roles = ("giver", "taker", "control", "drawer", "undertaking", "time", "measure", "pitting")
    forms: dict[str, set[str]] = {role: set() for role in roles}
    for row in read_table(GrammarRow, "grammar_words", overlays):
        noun = row.role in ("undertaking", "time", "measure")
        forms[row.role] |= inflector.noun(row.word) if noun else inflector.verb(row.word)
    return Grammar(*(frozenset(forms[role]) for role in roles))
