"""The words that refer back (``references.csv``), and the verbs that tell who is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from .actor_lexicon import VerbRow
from .inflection import load_inflector
from .lexicon import Row, read_table


class ReferenceRow(Row):
    """A word that refers back. ``number`` "same": that of the word; "body": an organisation or force.

    "deictic": the speaker's party ("us"); "speaker": who speaks for a body; "pair": the parties of a conflict ("both
    sides"); "filler": a word that tells nothing.
    """

    word: str
    kind: Literal["pronoun", "deictic", "description", "collective", "speaker", "pair", "filler"]
    number: Literal["", "one", "many", "body", "same", "any"] = ""
    classes: str = ""


@dataclass(frozen=True, slots=True)
class References:
    """The words that refer back, and the verbs that tell who is meant. Make one with :func:`load_references`."""

    rows: Mapping[tuple[str, str], ReferenceRow]
    violent: frozenset[str]  # forms of verbs of violence
    harming: frozenset[str]  # forms of verbs whose sufferers are people; not arrests and the like


def load_references(overlays: Sequence[Path] = ()) -> References:
    """Read ``references.csv`` and the verbs of ``actor_verbs.csv``, with overlays."""
    inflector = load_inflector(overlays)
    verbs = [
        (form, frozenset(row.classes.split("|")))
        for row in read_table(VerbRow, "actor_verbs", overlays)
        if row.pos == "verb"
        for form in inflector.verb(row.word)
    ]
    rows: dict[tuple[str, str], ReferenceRow] = {
        (row.kind, row.word): row for row in read_table(ReferenceRow, "references", overlays)
    }
    return References(
        MappingProxyType(rows),
        frozenset(form for form, classes in verbs if "violence" in classes),
        frozenset(form for form, classes in verbs if "person" in classes and "state" not in classes),
    )
