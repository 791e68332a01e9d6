"""English inflection of dictionary words: regular rules here, irregular verbs and nouns in ``irregular.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .lexicon import Row, read_table

_VOWELS = "aeiou"


class IrregularRow(Row):
    """An irregular verb (past, participle; alternatives by ``|``) or noun (plural in ``past``)."""

    lemma: str
    pos: str
    past: str
    participle: str = ""


@dataclass(frozen=True)
class Inflector:
    """Gives the surface forms of lemmas."""

    verbs: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    nouns: dict[str, str]

    def verb(self, lemma: str) -> frozenset[str]:
        """All forms of a verb: base, third person, past, participles."""
        past, participle = self.verbs.get(lemma, ((_past(lemma),), (_past(lemma),)))
        return frozenset({lemma, plural(lemma), _gerund(lemma), *past, *participle})

    def noun(self, lemma: str) -> frozenset[str]:
        """Singular and plural of a noun given in the singular; a word that is already plural stays alone."""
        if lemma in self.nouns:
            return frozenset({lemma, self.nouns[lemma]})
        return frozenset({lemma} if lemma.endswith("s") and not lemma.endswith("ss") else {lemma, plural(lemma)})


def load_inflector(overlays: Sequence[Path] = ()) -> Inflector:
    """Read ``irregular.csv``, with overlays."""
    rows = read_table(IrregularRow, "irregular", overlays)
    verbs = {
        row.lemma: (tuple(row.past.split("|")), tuple((row.participle or row.past).split("|")))
        for row in rows
        if row.pos == "verb"
    }
    return Inflector(verbs, {row.lemma: row.past for row in rows if row.pos == "noun"})


def plural(word: str) -> str:
    """The regular plural of a noun, which is also the third person of a verb."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith("o") and word[-2:-1] not in _VOWELS:
        return word + "es"
    return word + "s"


def _doubled(word: str) -> str:
    """The stem before -ed and -ing: ``gun`` -> ``gunn``. Longer verbs that double stand in the irregular list."""
    short = len(word) <= 4 and sum(c in _VOWELS for c in word) == 1
    if short and word[-1] not in "wxy" + _VOWELS and len(word) > 2 and word[-2] in _VOWELS:
        return word + word[-1]
    return word


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _gerund(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    return _doubled(word) + "ing"
