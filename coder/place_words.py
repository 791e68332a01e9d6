"""The words around place names, the words of a sentence, and what is noted of a possible place name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from ..schema.countries import load_countries
from .actor_lexicon import DemonymRow
from .gazetteer import Match, fold
from .lexicon import Row, read_table
from .publishers import load_outlets
from .records import Sentence

Kind = Literal[
    "common",
    "given",
    "title",
    "group",
    "site",
    "type",
    "direction",
    "locative",
    "near",
    "path",
    "person_verb",
    "people",
    "event",
    "armed",
    "nature",
    "of",
    "national",
]
_SAY = r"(?:reports?|reported|says?|said|quotes|quoting|quoted|adds?|added|writes|wrote)"
_QUOTING = (  # "reports Dawn", "Dawn reported", "the daily Dawn"
    rf"(?:(?:\b{_SAY}|\bReport(?:s|ed)|\btold|\btells|\bnewspaper|\bdaily|\b[Aa]ccording to)(?: by)? (?:the )?"
    rf"\b(?P<after>NAMES)\b)|\b(?P<before>NAMES) {_SAY}\b"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:(?:['’ʼ‘](?![sS]\b)|[.&])[^\W\d_]+)*\.?|\d+")


class PlaceWord(Row):
    """A word that tells of place names (``place_words.csv``)."""

    word: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words around place names, lower-case, by kind; and the demonyms."""

    common: frozenset[str]  # ordinary words that are also names of places
    given: frozenset[str]  # given names
    title: frozenset[str]  # before a person's name
    group: frozenset[str]  # after a name: a paper, a brigade, a club
    site: frozenset[str]  # after a name: something that stands there
    type: frozenset[str]  # kinds of places
    direction: frozenset[str]
    locative: frozenset[str]  # before a place where something is
    near: frozenset[str]  # locative, but not quite there
    path: frozenset[str]  # before a place something comes from or goes to
    person_verb: frozenset[str]  # after a person's name
    event: frozenset[str]  # after a name: what happened there, "the Hangu bombing"
    armed: frozenset[str]  # at the end of the name of an armed group
    nature: frozenset[str]  # after a name: a river or a hill called so, not the town
    of: frozenset[str]  # before "of" and a place: "the outskirts of", "the mayor of"
    national: frozenset[str]  # after a country's name: what is its own wherever it stands, "the U.S. embassy"
    people: frozenset[str]  # faiths and peoples that are capitalised, but are no places
    demonyms: Mapping[str, str] = field(repr=False)  # folded, to ISO3
    acronyms: frozenset[str] = frozenset()  # of countries, folded: "us", "uae"
    outlets: Mapping[str, str] = field(default_factory=dict, repr=False)  # of one country, to its ISO3
    quoting: re.Pattern[str] = field(default=re.compile(r"(?!)"), repr=False)  # one of them where a text quotes it

    def quoted(self, text: str) -> frozenset[str]:
        """The countries (ISO3) of the outlets that a text quotes."""
        named = (found["after"] or found["before"] for found in self.quoting.finditer(text))
        return frozenset(self.outlets[name] for name in named)


def load_place_words(overlays: Sequence[Path] = ()) -> PlaceWords:
    """Read ``place_words.csv`` and ``demonyms.csv``, with the user's overlays after ours.

    Raises:
        LexiconError: naming file and line.
    """
    rows = read_table(PlaceWord, "place_words", overlays)
    kinds: dict[str, set[str]] = {kind: set() for kind in get_args(Kind)}
    for row in rows:
        kinds[row.kind].add(row.word.lower())
    nationalities = read_table(DemonymRow, "demonyms", overlays)
    names = {fold(row.demonym): row.iso3 for row in nationalities if row.kind != "seat"}  # "the Kremlin" tells no place
    acronyms = frozenset(fold(n) for country in load_countries() for n in country.names if n.isupper())
    outlets = load_outlets(overlays)
    return PlaceWords(
        **{kind: frozenset(found) for kind, found in kinds.items()},
        demonyms=names,
        acronyms=acronyms,
        outlets=outlets,
        quoting=re.compile(_QUOTING.replace("NAMES", "|".join(map(re.escape, sorted(outlets, key=len, reverse=True))))),
    )


@dataclass(slots=True)
class Mention:
    """A possible place name in the text."""

    start: int
    end: int
    text: str
    key: str
    matches: tuple[Match, ...]
    sentence: int
    evidence: float
    demonym: str | None = None  # ISO3
    generic: bool = False  # a direction or an ordinary word, such as "Eastern" or "Centre"
    unit: bool = False  # said to be a province, district, state …
    named: bool = False  # said to be a place of some kind: "the village of X", "X district"
    outer: tuple[Match, ...] = ()  # what contains it, by the text
    holder: Mention | None = None  # the mention of what contains a name that the gazetteer lacks
    within: bool = False  # the text puts it into a unit: "X in Y District"
    loose: bool = False  # in text whose capitals tell nothing
    inner: tuple[Match, ...] = ()  # what it contains, by the text
    region: bool = False  # said to be a region: a first-order unit, or just the surroundings of a town
    quarter: bool = False  # said to be a part of a town: "the X district of Y"
    plural: bool = False  # "X and Y provinces": what it is counts for the whole list
    sure: bool = False  # the container follows a comma or is a possessor

    @property
    def country(self) -> bool:
        """Whether the name is a country's."""
        return any(m.place.feature == "PCLI" for m in self.matches)


class Words:
    """The words of one sentence, and what can be asked about them."""

    __slots__ = ("_adjacent", "capital", "ends", "loose", "lower", "sentence", "starts", "texts")

    def __init__(self, sentence: Sentence, loose: bool = False) -> None:
        self.sentence = sentence
        text = sentence.text
        found = [m.span() for m in _TOKEN.finditer(text)]
        self.texts = [text[start:end] for start, end in found]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.lower = [t.lower().rstrip(".") for t in self.texts]
        upper = sum(map(str.isupper, self.texts))
        self.loose = loose or (len(found) > 4 and upper > 0.6 * len(found))
        self.capital = [self.loose or t[0].isupper() for t in self.texts]
        self._adjacent: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def gap(self, token: int) -> str:
        """What stands between the word before ``token`` and ``token``."""
        return self.sentence.text[self.ends[token - 1] : self.starts[token]] if 0 < token < len(self.texts) else "."

    def adjacent(self, token: int) -> bool:
        """Whether only white space or a hyphen parts ``token`` from the word before."""
        if token not in self._adjacent:  # asked again and again for the same words
            gap = self.gap(token)
            self._adjacent[token] = (gap == "-" or gap.isspace()) and not self._stops(token - 1)
        return self._adjacent[token]

    def _stops(self, token: int) -> bool:
        text = self.texts[token]
        return text[-1] == "." and len(text) > 5 and "." not in text[:-1]

    def left(self, token: int, skip: frozenset[str]) -> int:
        """The nearest word before ``token`` that is none of ``skip``; -1 at a break or the beginning."""
        while token > 0 and self.adjacent(token):
            token -= 1
            if self.lower[token] not in skip:
                return token
        return -1
