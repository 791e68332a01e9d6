"""The records that flow between the coding steps.

Every step is a pure function from these frozen records to these frozen records. Offsets are code points
into the article's text as given, half-open; token numbers are positions in a :class:`Parse`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of an article's text, in code points."""

    start: int
    end: int


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read, before anything is coded."""

    article_id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    country: str | None = None  # a hint by the user or the publisher, ISO3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; ``text`` is exactly the article's slice ``[start:end]``."""

    index: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Parse:
    """A dependency parse of one sentence, as plain tuples (Penn tags, CLEAR labels).

    ``starts`` and ``ends`` are offsets into the article. The root's head is itself.
    """

    sentence: Sentence
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]  # leftmost token of each token's subtree
    right: tuple[int, ...]  # one past the rightmost token of each token's subtree

    def __len__(self) -> int:
        return len(self.words)

    def text(self, lo: int, hi: int) -> str:
        """The article's text under the tokens ``lo`` to ``hi`` (half-open)."""
        base = self.sentence.start
        return self.sentence.text[self.starts[lo] - base : self.ends[hi - 1] - base]

    def child(self, token: int, *labels: str) -> int | None:
        """The first child of ``token`` with one of the dependency ``labels``, or None."""
        return next((c for c in self.children[token] if self.deps[c] in labels), None)

    def token_at(self, offset: int) -> int | None:
        """The token that covers the article ``offset``, or None."""
        return next((i for i, (s, e) in enumerate(zip(self.starts, self.ends, strict=True)) if s <= offset < e), None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of one sentence: a candidate for a role. Token numbers refer to the sentence's parse."""

    start: int
    end: int
    text: str
    lo: int
    hi: int
    head: int  # token number of the head noun
    shared: str = ""  # the words after the phrase that it shares ("Meitei" of "Meitei and Kuki volunteers")


@dataclass(frozen=True, slots=True)
class Actor:
    """A phrase read as an actor (CODEBOOK 1.3, 1.4), or found to be something else (``kind``)."""

    phrase: Phrase
    kind: str  # "actor" people or organisation; "property", "weapon", "place", "event", "other"
    name: str | None = None  # ACLED actor name; null when it is in no dictionary and has no generic form
    inter: str | None = None  # ACLED inter text, e.g. "State forces"
    country: str | None = None  # ISO3 of the actor's home
    associates: tuple[str, ...] = ()
    armed: bool | None = None  # None when the text does not tell
    sector: str | None = None  # PLOVER sector, e.g. "MIL"
    certainty: str = "stated"  # or "suspected", "alleged"
    generic: bool = False  # named by an agent noun only
    read_as: tuple[str, ...] = ()  # class of agent_classes.csv, then what it became here; the last one decides
    listed: bool = True  # some dictionary knows the word
    body: bool = False  # an organisation or country itself, not its people
    mention: Phrase | None = None  # what a pronoun stands for, when the article tells
    evidence: str = ""  # which dictionary entry or rule named it, for `explain`

    @property
    def told(self) -> Phrase:
        """The words that tell who it is: those that a pronoun stands for, else its own."""
        return self.mention or self.phrase

    def on(self, phrase: Phrase, evidence: str, mention: Phrase | None = None) -> Actor:
        """The same reading on another phrase, which stands for ``mention`` if it is a pronoun."""
        return replace(self, phrase=phrase, mention=mention, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. ``country`` is ACLED's country name, ``iso`` the ISO 3166-1 number."""

    geonameid: int
    name: str
    feature: str  # GeoNames feature code, e.g. "PPL", "ADM1", "PCLI"
    country: str
    iso: int
    iso3: str
    admin1: str | None
    admin2: str | None
    latitude: float
    longitude: float
    population: int = 0
    admin3: str | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in an article, with what it was resolved to."""

    start: int
    end: int
    text: str
    place: Place | None
    score: float  # 0..1
    role: str  # "mention", "demonym"; claims turn the place of an event into "event"
    precision: int = 1  # ACLED geo_precision when this is an event's location
    candidates: tuple[Place, ...] = ()
    anchor: Place | None = None  # what stands for it on a map: a unit's seat, the district of an unknown village


@dataclass(frozen=True, slots=True)
class Geography:
    """The toponyms of one article and what they say together."""

    toponyms: tuple[Toponym, ...]
    country: str | None = None  # ISO3 that the story is about
    dateline: Toponym | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date expression. ``first``/``last`` are null when it cannot be resolved; ``reason`` then says why."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: int | None  # ACLED time_precision 1..3
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of dead or injured people in one sentence (CODEBOOK 1.5)."""

    kind: str  # "dead" or "injured"
    low: int
    best: int
    high: int
    start: int
    end: int
    text: str
    token: int  # token of the cue ("killed", "dead", "toll"), to attach it to a clause
    total: bool = False  # a running total ("the toll rose to 12"), not a new incident


@dataclass(frozen=True, slots=True)
class Status:
    """An event status (CODEBOOK 3.4) with the words that show it."""

    value: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Who did what to whom, by one rule, in one sentence; before ontology, status and source."""

    sentence_index: int
    rule_id: str
    action: str
    head: int  # token of the trigger's head
    tokens: tuple[int, ...]  # all trigger tokens, ascending
    start: int
    end: int
    actors: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    instruments: tuple[Phrase, ...] = ()
    places: tuple[Phrase, ...] = ()  # place-like arguments by position ("in X", "stormed X")
    instrument: str | None = None  # class of weapon: "air", "drone", "artillery", "suicide", "explosive", ...
    clause: Span = _NOWHERE  # article offsets of the trigger's clause
    nominal: bool = False
    pattern: str = ""
    cause: int | None = None  # head of the frame that this one is a result of; it is typed as that one
    trail: tuple[str, ...] = ()  # what was decided on the way, for `explain`


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so (CODEBOOK 3.3)."""

    start: int | None
    end: int | None
    text: str | None
    name: str | None
    source_type: str
    anonymity: str
    channel: str = "unknown"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something: source, cue and content (CODEBOOK 3). ``depth`` 1 is the outermost."""

    attribution_id: str
    parent_id: str | None
    depth: int
    sentence_index: int
    source: Source
    cue_text: str | None
    cue_start: int | None
    cue_end: int | None
    content: tuple[Span, ...]
    mode: str  # direct, indirect, mixed, free_indirect, headline_colon
    claim_type: str
    cue: str = ""  # the lexicon entry that matched
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an event mention is claimed: CODEBOOK 3.2 and 3.3, for one trigger."""

    claim_type: str
    polarity: str  # positive, negative
    factuality_author: str
    factuality_source: str | None
    status: Status
    chain: tuple[Attribution, ...] = ()  # outermost first
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Input that could not be coded, with its place and the remedy; goes to ``rejected.jsonl``."""

    source: str  # file name or "-"
    line: int | None
    article_id: str | None
    code: str
    message: str
    remedy: str
    raw: str | None = field(default=None)
