"""Vocabularies: the closed lists of values, as data with a label and a definition each."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True, slots=True)
class Term:
    """A value with its label, its definition and whatever else its file says of it."""

    value: str
    label: str
    definition: str
    more: Mapping[str, str]


@dataclass(frozen=True)
class Terms:
    """One vocabulary, in the order of its file."""

    name: str
    terms: Mapping[str, Term]

    def __contains__(self, value: object) -> bool:
        return value in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, value: str) -> Term:
        return self.terms[value]


@cache
def load_vocabulary(name: str) -> Terms:
    """Read ``vocabularies/<name>.csv`` (columns value, label, definition, and more)."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        terms = {}
        for row in csv.DictReader(handle):
            value, label, definition = row.pop("value"), row.pop("label"), row.pop("definition")
            terms[value] = Term(value, label, definition, row)
    return Terms(name, terms)
