"""What is wrong with dictionaries: bad lines, unknown codes, entries that can never count, names that collide.

Loading stops at the first bad line; this reads everything and tells all of it, with file and line, so that a
dictionary made in a spreadsheet can be mended in one go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from ..errors import DatelineError
from ..schema.countries import load_countries
from . import actor_lexicon as actors
from .cues import ActRow, ChannelRow, ClaimType, ClaimTypeRow, CueRow
from .date_grammar import DateRow
from .decisions import AcledRow, ActionRow, PloverRow
from .grammar import GrammarRow
from .inflection import IrregularRow
from .instruments import InstrumentRow
from .interest import CampRow, HostileRow
from .lexicon import BUILTIN, TABLES, LexiconError, Row, read_lines
from .place_words import PlaceWord
from .publishers import PublisherRow
from .references import ReferenceRow
from .resources import load_resources
from .rulebook import ContextRow
from .sentences import Abbreviation
from .source_types import SourceTypeRow
from .status_cues import StatusCueRow
from .toll_words import TollRow

MODELS: Mapping[str, type[Row]] = {
    "abbreviations": Abbreviation,
    "acled": AcledRow,
    "actions": ActionRow,
    "actor_affixes": actors.AffixRow,
    "actor_verbs": actors.VerbRow,
    "actors": actors.ActorRow,
    "adverse_acts": ActRow,
    "agent_classes": actors.AgentClassRow,
    "agents": actors.AgentRow,
    "camps": CampRow,
    "camps_hostile": HostileRow,
    "channels": ChannelRow,
    "claim_cues": CueRow,
    "claim_types": ClaimTypeRow,
    "context_words": ContextRow,
    "cue_irregular": IrregularRow,
    "date_words": DateRow,
    "demonyms": actors.DemonymRow,
    "grammar_words": GrammarRow,
    "instruments": InstrumentRow,
    "irregular": IrregularRow,
    "objects": actors.ObjectRow,
    "place_words": PlaceWord,
    "plover": PloverRow,
    "publishers": PublisherRow,
    "references": ReferenceRow,
    "regimes": actors.RegimeRow,
    "source_types": SourceTypeRow,
    "status_cues": StatusCueRow,
    "toll_words": TollRow,
}
"""The dictionaries and decision tables that an overlay may add to, and the model of their rows."""

_KEYS: Mapping[str, Callable[[Any], object]] = {
    "agent_classes": lambda row: row.class_,
    "agents": lambda row: actors.noun_key(row.noun),
    "camps": lambda row: (row.conflict, row.camp, row.member, row.first),
    "claim_cues": lambda row: (row.cue, row.pos, row.frames, row.requires),
    "claim_types": lambda row: row.claim_type,
    "objects": lambda row: actors.noun_key(row.noun),
    "publishers": lambda row: row.publisher.casefold(),
    "references": lambda row: (row.kind, row.word),
    "regimes": lambda row: (row.iso3, row.start),
    "source_types": lambda row: (row.role, row.words.lower().replace("’", "'")),
}
"""What makes two rows the same entry, where the later row takes the earlier one's place."""


R = TypeVar("R", bound=Row)


class Finding(NamedTuple):
    """One thing to look at: where, how bad, what and what to do."""

    place: str  # file:line
    severity: Literal["error", "warning"]
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"


@dataclass(frozen=True)
class _Line:
    path: Path
    number: int
    row: Row
    own: bool  # of a folder that is checked

    @property
    def place(self) -> str:
        return f"{self.path}:{self.number}"


def check_lexicons(folders: Sequence[Path] = ()) -> list[Finding]:
    """Check dictionaries and tables: a user's overlays, together with the built-in ones.

    Args:
        folders: overlay folders, in the order in which they are laid over ours; none: the built-in ones are checked.

    Returns:
        Findings in the order of files and lines. Errors: a line that cannot be read, a file that no step reads, an
        unknown code, an entry whose period is empty or that a later line of the same file replaces. Warnings: a line
        that repeats another, a name that two actors of one country bear at one time (CODEBOOK 1.3).
    """
    findings: list[Finding] = []
    tables: dict[str, list[_Line]] = defaultdict(list)
    for folder, own in [*((f, not folders) for f in (BUILTIN, TABLES)), *((f, True) for f in folders)]:
        for path in sorted(folder.glob("*.csv")):
            if path.stem in MODELS:
                findings += _load(path, own, tables[path.stem])
            elif folder in folders:
                known = ", ".join(MODELS)
                findings.append(Finding(f"{path}:1", "error", f"no dictionary has this name; there are {known}"))
    for name, lines in tables.items():
        findings += _repeated(name, lines)
    findings += _codes(tables)
    findings += _periods(tables["actors"])
    findings += _collisions(tables["actors"])
    if not any(finding.severity == "error" for finding in findings):
        findings += _loaded(folders)
    return sorted(set(findings), key=_order)


def _order(finding: Finding) -> tuple[str, int, str]:
    path, _, line = finding.place.rpartition(":")
    return (path, int(line), finding.message) if line.isdigit() else (finding.place, 0, finding.message)


def _load(path: Path, own: bool, lines: list[_Line]) -> Iterator[Finding]:
    try:
        for number, row in read_lines(MODELS[path.stem], path):
            if isinstance(row, LexiconError):
                yield Finding(f"{path}:{number}", "error", str(row).removeprefix(f"{path}:{number}: "))
            else:
                lines.append(_Line(path, number, row, own))
    except LexiconError as error:
        place, _, message = str(error).partition(": ")
        yield Finding(place, "error", message)


def _repeated(name: str, lines: Sequence[_Line]) -> Iterator[Finding]:
    seen: dict[object, _Line] = {}
    keyed: dict[object, _Line] = {}
    key = _KEYS.get(name)
    for line in lines:
        cells = tuple(sorted(line.row.model_dump(exclude={"note"}).items()))
        before = seen.setdefault(cells, line)
        if before is not line and line.own:
            yield Finding(line.place, "warning", f"says the same as {before.place}; delete one of them")
        elif key is not None:
            identity = key(line.row)
            earlier = keyed.get(identity)
            if earlier is not None and line.own and earlier.path == line.path:
                yield Finding(
                    earlier.place, "error", f"can never count: line {line.number} is the same entry; merge them"
                )
            keyed[identity] = line


def _codes(tables: Mapping[str, Sequence[_Line]]) -> Iterator[Finding]:
    countries = {country.iso3 for country in load_countries()}
    classes = {row.class_ for row in _rows(tables["agent_classes"], actors.AgentClassRow)}
    camps = {(row.conflict, row.camp) for row in _rows(tables["camps"], CampRow)}
    claim_types = {"", "-", *get_args(ClaimType)}
    for table, column, known, what in (
        ("actors", "home", countries, "ISO 3166 country"),
        ("actors", "countries", countries, "ISO 3166 country"),
        ("regimes", "iso3", countries, "ISO 3166 country"),
        ("demonyms", "iso3", countries, "ISO 3166 country"),
        ("camps", "iso3", countries, "ISO 3166 country"),
        ("publishers", "country", countries, "ISO 3166 country"),
        ("agents", "class_", classes, "class of agent_classes.csv"),
        ("claim_cues", "realised", claim_types, "claim type"),
        ("claim_cues", "negated", claim_types, "claim type"),
    ):
        for line in tables[table]:
            for code in filter(None, getattr(line.row, column).split("|")):
                if line.own and code not in known:
                    yield Finding(line.place, "error", f"{column.rstrip('_')}: {code!r} is no {what}; correct it")
    for line in tables["camps_hostile"]:
        if isinstance(line.row, HostileRow):
            for camp in (line.row.camp, line.row.hostile):
                if line.own and (line.row.conflict, camp) not in camps:
                    yield Finding(line.place, "error", f"{camp!r} is no camp of {line.row.conflict!r} in camps.csv")


def _rows(lines: Sequence[_Line], model: type[R]) -> Iterator[R]:
    return (line.row for line in lines if isinstance(line.row, model))


def _periods(lines: Sequence[_Line]) -> Iterator[Finding]:
    for line in lines:
        if line.own and isinstance(line.row, actors.ActorRow):
            first, last = actors.period(line.row)
            if first > last:
                yield Finding(line.place, "error", f"ends ({last}) before it starts ({first}): it can never count")


def _collisions(lines: Sequence[_Line]) -> Iterator[Finding]:
    bearers: dict[tuple[str, ...], list[tuple[_Line, actors.ActorRow, date, date, bool]]] = defaultdict(list)
    for line in lines:
        if isinstance(line.row, actors.ActorRow):
            first, last = actors.period(line.row)
            for alias, local in actors.spellings(line.row):
                words = tuple(word.form for word in actors.words_of(alias))
                if words:
                    bearers[words].append((line, line.row, first, last, local))
                elif line.own:
                    yield Finding(line.place, "error", f"alias {alias!r} has no word to be found by; delete it")
    for words, found in bearers.items():
        for (line, a, first, last, local), (other, b, start, end, near) in combinations(found, 2):
            shared = set(a.countries.split("|")) & set(b.countries.split("|")) - {""}
            if a.name == b.name or local != near or not shared or max(first, start) > min(last, end):
                continue
            if other.own:
                yield Finding(
                    other.place,
                    "warning",
                    f"{' '.join(words)!r} is also {a.name!r} ({line.place}) in {', '.join(sorted(shared))} at one"
                    " time; it will be told apart by context or not at all",
                )


def _loaded(folders: Sequence[Path]) -> Iterator[Finding]:
    try:
        load_resources(folders)
    except DatelineError as error:
        place, _, message = str(error).partition(": ")
        yield Finding(place, "error", message)
