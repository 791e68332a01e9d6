"""The words that say whether an event happened: ``status_cues.csv`` (CODEBOOK 3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .inflection import Inflector
from .lexicon import Row, read_table


class StatusCueRow(Row):
    """A word and the status that it gives a verbal or a nominal event in its scope."""

    word: str
    kind: Literal[
        "verb",
        "adjective",
        "adverb",
        "noun",
        "modal",
        "mark",
        "preposition",
        "carrier",
        "container",
        "verdict",
        "proof",
        "period",
    ]
    verbal: str = ""
    nominal: str = ""
    note: str = ""


@dataclass(frozen=True)
class StatusCues:
    """Cues by kind and surface form: (status of a verbal event, status of a nominal event)."""

    by_kind: dict[str, dict[str, tuple[str, str]]]

    def of(self, kind: str, word: str, nominal: bool) -> str:
        """The status that ``word`` gives, or "" when it is no cue."""
        return self.by_kind.get(kind, {}).get(word, ("", ""))[nominal]

    def knows(self, kind: str, word: str) -> bool:
        """Whether ``word`` is listed at all."""
        return word in self.by_kind.get(kind, {})


def load_status_cues(inflector: Inflector, overlays: Sequence[Path] = ()) -> StatusCues:
    """Read ``status_cues.csv``, with overlays."""
    tables: dict[str, dict[str, tuple[str, str]]] = {}
    for row in read_table(StatusCueRow, "status_cues", overlays):
        if row.kind in ("verb", "carrier"):
            forms = inflector.verb(row.word)
        elif row.kind in ("noun", "container", "proof"):
            forms = inflector.noun(row.word)
        else:
            forms = frozenset({row.word})
        for form in forms:
            tables.setdefault(row.kind, {})[form] = (row.verbal, row.nominal)
    return StatusCues(tables)
