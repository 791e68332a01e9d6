"""The dictionary of claim cues: which words attribute a statement, in which frames, and as which act.

``claim_cues.csv`` has one row per cue and group of frames. A frame is a complement that the cue takes:
``clause`` (that-clause or paraphrase), ``quote``, ``wh`` (whether, how), ``inf``, ``obj_inf`` (urge X to do),
``ing``, ``np``, ``oprd`` (call X false), a preposition (``for``), ``np_for`` (blame X for), ``bare``, and
in the passive ``pass_inf`` (is believed to), ``pass_np`` (was condemned), ``pass_of`` (was accused of).
A verb is a cue only in the frames that are listed: "the blast claimed ten lives" is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .inflection import Inflector, IrregularRow, load_inflector
from .lexicon import Row, read_table
from .source_types import SourceTypes, load_source_types

ClaimType = Literal[
    "narration",
    "report",
    "claim",
    "claim_of_responsibility",
    "accusation",
    "denial",
    "confirmation",
    "admission",
    "revelation",
    "documentation",
    "assessment",
    "hearsay",
    "prediction",
    "threat",
    "commitment",
    "directive",
    "announcement",
    "evaluation",
    "doubt",
    "stance",
]
_FILLERS = frozenset({"the", "a", "an", "of"})


class CueRow(Row):
    """A cue in certain frames; alternatives in a cell are separated by ``|``."""

    cue: str
    pos: Literal["verb", "noun", "adjective", "adverb", "phrase", "marker", "raising", "predicate", "light"]
    frames: str = ""  # of a marker: its strength, PR or PS
    claim_type: ClaimType
    realised: str = ""  # claim type when the content is a past fact ("warned that rebels had entered")
    negated: str = ""  # claim type when the cue is negated; "-" or blank: the cue then says nothing of the event
    requires: str = ""  # head words of the content, one of which must stand there
    excludes: str = ""  # head words of the content that make it no cue
    note: str = ""


class ClaimTypeRow(Row):
    """What a claim type means for factuality and status (CODEBOOK 3.2)."""

    claim_type: ClaimType
    speech_act: str
    reporter_stance: str
    factuality_source: str = ""
    factuality_author: str
    status: str


class ActRow(Row):
    """A word that tells harm done to others from other acts, harm from responsibility claimed, or a deed as done."""

    word: str
    pos: Literal["verb", "noun"]
    kind: Literal["adverse", "responsible", "enforced", "own_side", "own_armed", "presupposing"]


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A cue row ready for matching: the words that must follow the first one, and its sets."""

    cue: str
    pos: str
    rest: tuple[str, ...]
    frames: frozenset[str]
    claim_type: str
    realised: str
    negated: str
    requires: frozenset[str]
    excludes: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """The loaded dictionary; entries are indexed by the surface form of the first word, longest cue first."""

    index: dict[str, tuple[CueEntry, ...]]
    types: dict[str, ClaimTypeRow]
    adverse: frozenset[str]
    responsible: frozenset[str]
    enforced: frozenset[str]  # what the state does to those who break its orders: "arrested"
    own_side: frozenset[str]
    own_armed: frozenset[str]  # own side of an armed group only: "militants"
    presupposing: frozenset[str]  # what is done about a deed that has happened: "investigate", "punish"
    channels: tuple[tuple[str, str], ...]
    sources: SourceTypes
    markers: dict[str, tuple[str, str]]
    predicates: dict[str, tuple[str, str]]  # what is said of a claim noun: its claim type, as it stands and denied
    light: frozenset[str]  # verbs whose subject is the source of a cue noun: "issued a threat"
    realised: dict[str, str]
    negated: dict[str, str]


class ChannelRow(Row):
    """Words by which the text names the channel of a statement."""

    words: str
    channel: str


def load_cues(overlays: Sequence[Path] = ()) -> Cues:
    """Read the cue, claim-type, channel and source-type dictionaries, with overlays (CODEBOOK 3.2, 3.3).

    Args:
        overlays: folders of the user's own dictionaries; a later row with the same cue, part of speech and
            frames wins.

    Returns:
        The frozen dictionary that all attribution functions take.

    Raises:
        LexiconError: a line of a dictionary is wrong.
    """
    inflector = _inflector(overlays)
    rows = {(r.cue, r.pos, r.frames, r.requires): r for r in read_table(CueRow, "claim_cues", overlays)}
    markers: dict[str, tuple[str, str]] = {
        row.cue.lower(): (row.claim_type, row.frames) for row in rows.values() if row.pos == "marker"
    }
    predicates = {
        row.cue.lower(): (str(row.claim_type), row.negated) for row in rows.values() if row.pos == "predicate"
    }
    light = {form for r in rows.values() if r.pos == "light" for form in verb_forms(inflector, r.cue.lower())}
    index = _index(rows.values(), inflector)
    acts = read_table(ActRow, "adverse_acts", overlays)
    return Cues(
        index={form: tuple(sorted(found, key=_priority)) for form, found in index.items()},
        types={row.claim_type: row for row in read_table(ClaimTypeRow, "claim_types", overlays)},
        adverse=_act_forms(acts, "adverse", inflector),
        responsible=_act_forms(acts, "responsible", inflector),
        enforced=_act_forms(acts, "enforced", inflector),
        own_side=_act_forms(acts, "own_side", inflector),
        own_armed=_act_forms(acts, "own_armed", inflector),
        presupposing=_act_forms(acts, "presupposing", inflector),
        channels=tuple((r.words.lower(), r.channel) for r in read_table(ChannelRow, "channels", overlays)),
        sources=load_source_types(overlays),
        markers=markers,
        predicates=predicates,
        light=frozenset(light),
        realised={r.cue: r.realised for r in rows.values() if r.realised},
        negated={r.cue: r.negated for r in rows.values() if r.negated},
    )


def _index(rows: Iterable[CueRow], inflector: Inflector) -> dict[str, list[CueEntry]]:
    """Entries by the surface forms of their first word."""
    index: dict[str, list[CueEntry]] = {}
    for row in rows:
        if row.pos in ("marker", "predicate", "light"):
            continue
        first, *rest = row.cue.lower().split()
        entry = _entry(row, tuple(word for word in rest if row.pos == "phrase" or word not in _FILLERS))
        for form in _forms(inflector, row.pos, first):
            index.setdefault(form, []).append(entry)
    return index


def cue_terms(cues: Cues) -> tuple[str, ...]:
    """Lower-case first words of all cues, sorted: a sentence without any needs no parse for sources."""
    return tuple(sorted(cues.index))


def _priority(entry: CueEntry) -> tuple[int, int]:
    return -len(entry.rest), 0 if entry.requires else 1


def _entry(row: CueRow, rest: tuple[str, ...]) -> CueEntry:
    return CueEntry(
        row.cue,
        row.pos,
        rest,
        frozenset(row.frames.split("|")) - {""},
        row.claim_type,
        row.realised,
        row.negated,
        frozenset(row.requires.lower().split("|")) - {""},
        frozenset(row.excludes.lower().split("|")) - {""},
    )


def _inflector(overlays: Sequence[Path]) -> Inflector:
    base = load_inflector(overlays)
    rows = read_table(IrregularRow, "cue_irregular", overlays)
    own = {
        r.lemma: (tuple(r.past.split("|")), tuple((r.participle or r.past).split("|"))) for r in rows if r.pos == "verb"
    }
    return Inflector({**base.verbs, **own}, base.nouns)


def verb_forms(inflector: Inflector, lemma: str) -> frozenset[str]:
    """All forms of a verb, with the gerund of verbs that double their last consonant ("admitting")."""
    if lemma == "be":
        return frozenset({"be", "is", "are", "was", "were", "been", "being"})
    forms = set(inflector.verb(lemma))
    for form in tuple(forms):
        if form == lemma + lemma[-1] + "ed":
            forms.add(form[:-2] + "ing")
    return frozenset(forms)


def _forms(inflector: Inflector, pos: str, word: str) -> frozenset[str]:
    if pos in ("verb", "raising"):
        return verb_forms(inflector, word)
    return inflector.noun(word) if pos == "noun" else frozenset({word})


def _act_forms(rows: Sequence[ActRow], kind: str, inflector: Inflector) -> frozenset[str]:
    return frozenset(
        form
        for row in rows
        if row.kind == kind
        for form in (verb_forms(inflector, row.word) if row.pos == "verb" else inflector.noun(row.word))
    )
