"""Dictionaries of actors: rows, indexes and look-up (CODEBOOK 1.3, 4).

Names of groups (``actors.csv``), nouns for people (``agents.csv``, classes in ``agent_classes.csv``),
words beside them (``actor_affixes.csv``), things (``objects.csv``), verbs that tell who acts
(``actor_verbs.csv``), governments in office (``regimes.csv``), nationalities and countries.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, field_validator

from ..schema.countries import load_countries
from .inflection import load_inflector
from .lexicon import Row, read_table

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’`][^\W_]+)*")
_SPELLED = {"defence": "defense", "defences": "defenses"}  # one of two spellings that names vary in
_ARTICLES = frozenset({"al", "ul"})  # Arabic articles, spelled in too many ways to be told apart
_IRREGULAR = {"children": "child", "thieves": "thief", "wives": "wife", "knives": "knife", "buses": "bus"}
_SAME = frozenset({"police", "people", "series", "news", "mujahideen", "corps"})
Inter = Literal[
    "",
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
]


class ActorRow(Row):
    """A named actor. Blank ``inter``: an organisation that is no armed actor."""

    name: str
    inter: Inter = ""
    home: str = ""
    countries: str = ""
    first: str = Field("", alias="from", pattern=r"^(\d{4}(-\d\d-\d\d)?)?$")
    last: str = Field("", alias="to", pattern=r"^(\d{4}(-\d\d-\d\d)?)?$")
    aliases: str = ""
    local_aliases: str = ""
    sector: str = ""
    note: str = ""

    @field_validator("first", "last")
    @classmethod
    def _is_day(cls, text: str) -> str:
        _day(text, end=False)
        return text


class AgentRow(Row):
    """A noun for people. ``defers``: a weak head that takes the class of its modifier ("rebel commander")."""

    noun: str
    class_: str = Field(alias="class")
    associate: str = ""
    sector: str = ""
    defers: Literal["", "yes"] = ""


class AgentClassRow(Row):
    """A class of nouns: its generic ACLED name and type, and what it becomes by what it does or suffers."""

    class_: str = Field(alias="class")
    name: str = ""
    inter: Inter = ""
    sector: str = ""
    armed: Literal["", "yes", "no"] = ""
    violent: str = ""
    protesting: str = ""
    suffering: str = ""
    note: str = ""


class AffixRow(Row):
    """A word beside a noun that changes its reading."""

    word: str
    kind: str
    value: str = ""


class ObjectRow(Row):
    """A noun that is no actor.

    ``armed`` "owner": a military position if its owner is armed ("a rebel vehicle"); "nation": also if it is a state's
    ("a Russian plane").
    """

    noun: str
    kind: Literal["property", "weapon", "position", "place", "event", "other"]
    armed: Literal["", "yes", "no", "owner", "nation"] = ""
    owner: str = ""


class VerbRow(Row):
    """A verb or event noun and what its doer or sufferer must be."""

    word: str
    pos: Literal["verb", "noun"]
    classes: str


class RegimeRow(Row):
    """The start of a government's term; it ends where the country's next one starts."""

    iso3: str
    start: date = Field(alias="from")
    leaders: str = ""


class DemonymRow(Row):
    """A nationality word, or the seat of a government that stands for it ("the Kremlin")."""

    demonym: str
    iso3: str
    kind: Literal["adjective", "noun", "seat"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A named actor in one period."""

    name: str
    inter: str
    home: str | None
    countries: frozenset[str]
    first: date
    last: date
    sector: str | None

    def active(self, on: date | None) -> bool:
        """Whether the actor existed, under this name and type, on a day; true when no day is known."""
        return on is None or self.first <= on <= self.last

    def distance(self, on: date | None) -> int:
        """Days between a day and the actor's period."""
        if self.active(on) or on is None:
            return 0
        return abs((on - self.first).days) if on < self.first else (on - self.last).days


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling of named actors. Local entries count only in their own countries."""

    words: tuple[str, ...]
    entries: tuple[tuple[Entry, bool], ...]
    cased: bool  # written with a capital
    acronym: bool


class Nation(NamedTuple):
    """A word for a country, its people, its capital, its leader or his seat."""

    words: tuple[str, ...]
    iso3: str
    kind: str  # "country", "capital", "adjective", "noun", "leader", "seat"
    cased: bool
    acronym: bool
    first: date
    last: date


class Word(NamedTuple):
    """A word of a phrase: folded form, as written, and its place in the article."""

    form: str
    surface: str
    start: int


@dataclass(frozen=True)
class ActorLexicon:
    """All dictionaries of actors, indexed. Make one with :func:`load_actors`."""

    aliases: Mapping[str, tuple[Alias, ...]] = field(repr=False)
    agents: Mapping[tuple[str, ...], AgentRow] = field(repr=False)
    classes: Mapping[str, AgentClassRow] = field(repr=False)
    objects: Mapping[tuple[str, ...], ObjectRow] = field(repr=False)
    affixes: Mapping[str, Mapping[tuple[str, ...], str]] = field(repr=False)
    verbs: Mapping[str, frozenset[str]] = field(repr=False)
    event_nouns: Mapping[str, frozenset[str]] = field(repr=False)
    nations: Mapping[str, tuple[Nation, ...]] = field(repr=False)
    regimes: Mapping[str, tuple[RegimeRow, ...]] = field(repr=False)
    rebels: Mapping[str, tuple[Entry, ...]] = field(repr=False)
    countries: Mapping[str, str] = field(repr=False)  # ISO3 -> ACLED's name

    def has(self, kind: str, *words: str) -> bool:
        """Whether the words are an affix of this kind."""
        return words in self.affixes.get(kind, {})

    def value(self, kind: str, *words: str) -> str | None:
        """The value of an affix, or None."""
        return self.affixes.get(kind, {}).get(words)

    def regime(self, iso3: str, on: date | None) -> str:
        """The bracket of the government in office on a day, such as "(2015-2023)"; "" when not known."""
        if on is None:
            return ""
        rows = self.regimes.get(iso3, ())
        for k, row in enumerate(rows):
            following = rows[k + 1].start if k + 1 < len(rows) else None
            if row.start <= on and (following is None or on < following):
                return f"({row.start.year}-{following.year if following else ''})"
        return ""

    def rebels_in(self, iso3: str, on: date | None) -> bool:
        """Whether a rebel group of the country is known to be active on a day."""
        return any(entry.active(on) for entry in self.rebels.get(iso3, ()))


def fold(word: str) -> str:
    """Lower case without diacritics, dots, apostrophes and possessive endings; "defence" is "defense"."""
    word = re.sub(r"['’`]s$", "", word.casefold())
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word.replace("ı", "i")) if not unicodedata.combining(c))
    word = word.replace(".", "").replace("'", "").replace("’", "").replace("`", "")
    return _SPELLED.get(word, word)


def words_of(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The words of a text; hyphens separate, Arabic articles are left out.

    Args:
        text: any text.
        offset: where it starts in its article.
    """
    found = (Word(fold(m.group()), m.group(), offset + m.start()) for m in _WORD.finditer(text))
    return tuple(word for word in found if word.form and word.form not in _ARTICLES)


def head_lemma(noun: str) -> str:
    """The singular of a lower-case noun, by simple rules ("gunmen" -> "gunman", "parties" -> "party")."""
    if noun in _SAME or (len(noun) < 4 and noun != "men"):
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("men"):
        return noun[:-3] + "man"
    if noun.endswith("children"):
        return noun[:-3]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def noun_key(noun: str) -> tuple[str, ...]:
    """The words under which a noun of a dictionary is found: folded, the last one in the singular."""
    words = [word.form for word in words_of(noun)]
    return (*words[:-1], head_lemma(words[-1]))


def load_actors(overlays: Sequence[Path] = ()) -> ActorLexicon:
    """Read and index all dictionaries of actors.

    Args:
        overlays: folders with the user's own dictionaries; their rows win over ours.

    Raises:
        LexiconError: naming file and line of a bad row.
    """
    inflector = load_inflector(overlays)
    affixes: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for affix in read_table(AffixRow, "actor_affixes", overlays):
        affixes[affix.kind][tuple(word.form for word in words_of(affix.word))] = affix.value
    verbs: dict[str, frozenset[str]] = {}
    nouns: dict[str, frozenset[str]] = {}
    for row in read_table(VerbRow, "actor_verbs", overlays):
        classes = frozenset(row.classes.split("|"))
        if row.pos == "noun":
            nouns[row.word] = nouns.get(row.word, frozenset()) | classes
        else:
            for form in inflector.verb(row.word):
                verbs[form] = verbs.get(form, frozenset()) | classes
    entries = _entries(read_table(ActorRow, "actors", overlays))
    regimes = _regimes(overlays)
    return ActorLexicon(
        aliases=_alias_index(entries),
        agents={noun_key(row.noun): row for row in read_table(AgentRow, "agents", overlays)},
        classes={row.class_: row for row in read_table(AgentClassRow, "agent_classes", overlays)},
        objects={noun_key(row.noun): row for row in read_table(ObjectRow, "objects", overlays)},
        affixes=dict(affixes),
        verbs=verbs,
        event_nouns=nouns,
        nations=_nation_index(regimes, overlays),
        regimes=regimes,
        rebels=_rebels(entry for _, entry in entries),
        countries={country.iso3: country.country for country in load_countries()},
    )


def _day(text: str, end: bool) -> date:
    if not text:
        return date.max if end else date.min
    if len(text) == 4:
        return date(int(text), 12, 31) if end else date(int(text), 1, 1)
    return date.fromisoformat(text)


def period(row: ActorRow) -> tuple[date, date]:
    """The first and last day of an actor; a blank end is open."""
    return _day(row.first, False), _day(row.last, True)


def spellings(row: ActorRow) -> Iterator[tuple[str, bool]]:
    """All names of an actor as written, and whether each counts only in the actor's own countries."""
    for local, cell in ((False, row.aliases), (True, row.local_aliases)):
        for alias in filter(None, (part.strip() for part in cell.split("|"))):
            yield alias, local
    for own in _own_names(row.name):
        yield own, False


def _entries(rows: Iterable[ActorRow]) -> list[tuple[ActorRow, Entry]]:
    return [
        (
            row,
            Entry(
                name=row.name,
                inter=row.inter,
                home=row.home or None,
                countries=frozenset(filter(None, row.countries.split("|"))),
                first=period(row)[0],
                last=period(row)[1],
                sector=row.sector or None,
            ),
        )
        for row in rows
    ]


def _alias_index(entries: Sequence[tuple[ActorRow, Entry]]) -> dict[str, tuple[Alias, ...]]:
    spelled: dict[tuple[str, ...], list[tuple[Entry, bool]]] = defaultdict(list)
    shape: dict[tuple[str, ...], tuple[bool, bool]] = {}
    for row, entry in entries:
        for alias, local in spellings(row):
            words = tuple(word.form for word in words_of(alias))
            words = (*words[:1], *(word for word in words[1:] if word != "the"))
            if words:
                spelled[words].append((entry, local))
                shape.setdefault(words, _shape(alias))
    index: dict[str, list[Alias]] = defaultdict(list)
    for words, found in spelled.items():
        spelling = Alias(words, tuple(found), *shape[words])
        for first in {words[0], head_lemma(words[0])} if len(words) == 1 else {words[0]}:
            index[first].append(spelling)
    return {first: tuple(sorted(group, key=lambda a: -len(a.words))) for first, group in index.items()}


def _own_names(name: str) -> tuple[str, ...]:
    """The spellings that a canonical name itself gives: "NRF: National Resistance Front", with and without brackets.

    Brackets that hold a year tell a period, not a name.
    """
    if "{" in name or name.startswith(("Military Forces", "Police Forces", "Militia (")):
        return ()
    long = name.split(": ", 1)[-1]
    bare = re.sub(r"\s*\([^)]*\)", "", long).strip()
    whole = re.sub(r"\s*\([^)]*\d[^)]*\)|[()]", "", long).strip()
    return tuple(spelling for spelling in dict.fromkeys((bare, whole)) if " " in spelling)


def _shape(alias: str) -> tuple[bool, bool]:
    letters = [c for c in alias if c.isalpha()]
    acronym = len(letters) <= 6 and " " not in alias and all(c.isupper() or not c.islower() for c in letters)
    return any(c.isupper() for c in letters), acronym


def _rebels(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.inter == "Rebel group":
            for country in entry.countries:
                found[country].append(entry)
    return {country: tuple(group) for country, group in found.items()}


def _regimes(overlays: Sequence[Path]) -> dict[str, tuple[RegimeRow, ...]]:
    found: dict[str, dict[date, RegimeRow]] = defaultdict(dict)
    for row in read_table(RegimeRow, "regimes", overlays):
        found[row.iso3][row.start] = row
    return {iso3: tuple(rows[start] for start in sorted(rows)) for iso3, rows in found.items()}


def _nation_index(
    regimes: Mapping[str, tuple[RegimeRow, ...]], overlays: Sequence[Path]
) -> dict[str, tuple[Nation, ...]]:
    found: list[Nation] = []

    def add(text: str, iso3: str, kind: str, first: date = date.min, last: date = date.max) -> None:
        words = tuple(word.form for word in words_of(text))
        words = words[1:] if len(words) > 1 and words[0] == "the" else words
        cased, acronym = _shape(text)
        if words:
            found.append(Nation(words, iso3, kind, cased, acronym, first, last))

    for country in load_countries():
        for name in (country.country, *country.names):
            add(name, country.iso3, "country")
        if country.capital:
            add(country.capital, country.iso3, "capital")
    for demonym in read_table(DemonymRow, "demonyms", overlays):
        add(demonym.demonym, demonym.iso3, demonym.kind)
    for iso3, rows in regimes.items():
        for k, row in enumerate(rows):
            end = rows[k + 1].start - timedelta(days=1) if k + 1 < len(rows) else date.max
            for leader in filter(None, row.leaders.split("|")):
                add(leader, iso3, "leader", row.start, end)
    index: dict[str, list[Nation]] = defaultdict(list)
    for nation in found:
        index[nation.words[0]].append(nation)
    rank = {"country": 0, "adjective": 1, "noun": 2, "capital": 3, "leader": 4, "seat": 5}
    return {first: tuple(sorted(group, key=lambda n: (-len(n.words), rank[n.kind]))) for first, group in index.items()}
