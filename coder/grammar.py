"""Words that pass arguments on ("carry out an attack", ``grammar_words.csv``), nouns of what one suffers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from .actor_lexicon import VerbRow
from .inflection import Inflector
from .lexicon import Row, read_table

Role = Literal[
    "giver",
    "taker",
    "control",
    "drawer",
    "undertaking",
    "time",
    "measure",
    "pitting",
    "blaming",
    "planting",
    "answering",
]


class GrammarRow(Row):
    """A verb that passes its arguments on to an event noun or an infinitive, a noun of trying, a noun of time."""

    word: str
    role: Role
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
    blaming: frozenset[str]  # "blamed X for the attack": X did it
    planting: frozenset[str]  # "a mine laid by X": X did it
    answering: frozenset[str]  # "retaliated with an attack": the subject acts
    suffered: frozenset[str]  # nouns: "her murder" is what she suffered


def load_grammar(inflector: Inflector, overlays: Sequence[Path] = ()) -> Grammar:
    """Read ``grammar_words.csv`` and the nouns of ``actor_verbs.csv``, with overlays."""
    roles = (*get_args(Role), "suffered")
    forms: dict[str, set[str]] = {role: set() for role in roles}
    for row in read_table(GrammarRow, "grammar_words", overlays):
        noun = row.role in ("undertaking", "time", "measure")
        forms[row.role] |= inflector.noun(row.word) if noun else inflector.verb(row.word)
    for deed in read_table(VerbRow, "actor_verbs", overlays):
        if deed.pos == "noun" and "suffered" in deed.classes.split("|"):
            forms["suffered"] |= inflector.noun(deed.word)
    return Grammar(*(frozenset(forms[role]) for role in roles))
