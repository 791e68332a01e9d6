"""Lexical rules: their format, their loading and their own evidence.

A rule maps trigger words to an ontology-neutral action and says by which role pattern its arguments are found.
Codes (ACLED, PLOVER) are never in a rule; decision tables give them. Every rule carries sentences on which it
must fire and sentences on which it must stay silent; one test runner checks all of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import DatelineError
from ..schema.countries import load_countries
from .actor_lexicon import DemonymRow
from .lexicon import Row, read_table

BUILTIN = Path(__file__).parent / "rules"
CASE_DATE = date(2024, 5, 15)  # the publication date of every rule case, a Wednesday

RolePattern = Literal[
    "actor_target", "reciprocal", "actor_only", "actor_place", "device", "inverse", "parties", "victim"
]


class RuleError(DatelineError):
    """A rule file is wrong; the message names file, rule and key."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def phrasings(entry: str) -> tuple[str, ...]:
    """What an entry of a rule stands for: "give|send food|medical_aid" for four expressions.

    Args:
        entry: words between blanks; ``|`` parts the alternatives of a word, ``_`` joins words within one of them.
    """
    slots = [[word.replace("_", " ") for word in slot.split("|")] for slot in entry.split(" ")]
    return tuple(" ".join(words) for words in product(*slots))


Entry = Annotated[str, Field(pattern=r"^[^\s|]+(?:[ |][^\s|]+)*$")]  # no blank or empty alternative


class Conditions(_Strict):
    """Words or classes around the trigger. In `requires` each key given must match, in `excludes` none may.

    An entry ``@name`` stands for the words of that list in ``context_words.csv``; ``@polity`` also holds the names
    and demonyms of all countries.
    """

    object: tuple[str, ...] = Field((), description="words of the target phrase")
    subject: tuple[str, ...] = Field((), description="words of the actor phrase")
    modifier: tuple[str, ...] = Field((), description="words right before the trigger, in its phrase")
    before: tuple[str, ...] = Field((), description="one to three words right before the trigger")
    after: tuple[str, ...] = Field((), description="one to three words that follow the trigger")
    context: tuple[str, ...] = Field((), description="words or expressions anywhere in the sentence")
    actor: tuple[str, ...] = Field((), description="classes of the actor, such as armed, state, crowd")
    target: tuple[str, ...] = Field((), description="classes of the target, such as person, property, place")


class Fires(_Strict):
    """A sentence on which the rule must give a claim with these column values."""

    text: str
    yields: dict[str, str | int | float | bool | None]


class Silent(_Strict):
    """A sentence on which the rule must give no claim, and why."""

    text: str
    why: str = ""


class Rule(_Strict):
    """One lexical rule (see CONTRIBUTING for how to add one)."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z_]+$", description="family.name, never reused")
    since: str = Field(description="the version that introduced it")
    status: Literal["active", "draft", "retired"] = "active"
    action: str = Field(description="ontology-neutral action; a row of tables/actions.csv")
    verbs: tuple[Entry, ...] = Field((), description="verbs, the first word inflects; later words may be apart")
    nouns: tuple[Entry, ...] = Field((), description="nouns in the singular, the last word inflects")
    words: tuple[Entry, ...] = Field((), description="other expressions, matched as they are")
    roles: RolePattern
    prepositions: tuple[str, ...] = Field((), description="prepositions that bring the target besides the usual")
    instrument: str | None = Field(None, description="class of weapon that the words imply")
    requires: Conditions = Conditions()
    excludes: Conditions = Conditions()
    note: str = ""
    fires: tuple[Fires, ...] = Field(min_length=2)
    silent: tuple[Silent, ...] = Field(min_length=2)

    def triggers(self) -> Iterator[tuple[str, str]]:
        """Every expression that may fire the rule, with its kind: "verb", "noun" or "word"."""
        for kind, entries in (("verb", self.verbs), ("noun", self.nouns), ("word", self.words)):
            for entry in entries:
                yield from ((kind, phrase) for phrase in phrasings(entry))


class RuleFile(_Strict):
    """A file of rules; its name is the family."""

    rule: tuple[Rule, ...]


@dataclass(frozen=True)
class Rulebook:
    """All rules, by id."""

    rules: dict[str, Rule]

    @property
    def active(self) -> tuple[Rule, ...]:
        """The rules that code; drafts and retired ones do not."""
        return tuple(rule for rule in self.rules.values() if rule.status == "active")


class ContextRow(Row):
    """A word of a named list that rules refer to as ``@list`` in any condition."""

    list: str
    word: str


def _word_lists(overlays: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """The lists of ``context_words.csv``, with the names and demonyms of all countries in ``@polity``."""
    lists: dict[str, list[str]] = {}
    for row in read_table(ContextRow, "context_words", overlays):
        lists.setdefault(row.list, []).append(row.word.lower())
    names = [name.lower() for country in load_countries() for name in (country.country, *country.names)]
    names += [row.demonym.lower() for row in read_table(DemonymRow, "demonyms", overlays)]
    lists.setdefault("polity", []).extend(names)
    return {name: tuple(dict.fromkeys(words)) for name, words in lists.items()}


def _expanded(rule: Rule, lists: dict[str, tuple[str, ...]]) -> Rule:
    """The rule with every ``@list`` in its conditions replaced by the list's words.

    Raises:
        RuleError: naming a list that ``context_words.csv`` does not have.
    """

    def words(entries: tuple[str, ...]) -> tuple[str, ...]:
        for entry in entries:
            if entry.startswith("@") and entry[1:] not in lists:
                raise RuleError(f"rule {rule.id!r}: {entry} is no list of context_words.csv")
        return tuple(w for entry in entries for w in (lists[entry[1:]] if entry.startswith("@") else (entry,)))

    def conditions(given: Conditions) -> Conditions:
        return given.model_copy(update={key: words(getattr(given, key)) for key in given.model_fields_set})

    return rule.model_copy(update={"requires": conditions(rule.requires), "excludes": conditions(rule.excludes)})


def load_rules(overlays: Sequence[Path] = ()) -> Rulebook:
    """Load the built-in rules and the ``*.toml`` of every overlay folder (a later rule of the same id wins).

    Raises:
        RuleError: naming file and rule of what is wrong, or of an id that two built-in files share.
    """
    rules: dict[str, Rule] = {}
    lists = _word_lists(overlays)
    for folder in (BUILTIN, *overlays):
        own: dict[str, Path] = {}
        for path in sorted(folder.glob("*.toml")):
            for rule in read_rules(path):
                if rule.id in own:
                    raise RuleError(
                        f"{path}: rule {rule.id!r} also stands in {own[rule.id].name}; ids are never reused"
                    )
                own[rule.id] = path
                rules[rule.id] = _expanded(rule, lists)
    return Rulebook(rules)


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read one file of rules.

    Raises:
        RuleError: the file is no TOML, or a rule does not fit the model.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RuleError(f"{path}: {error}") from error
    try:
        rules = RuleFile.model_validate(data).rule
    except ValidationError as error:
        raise RuleError(_explain(path, data, error)) from error
    for rule in rules:
        if not (rule.verbs or rule.nouns or rule.words):
            raise RuleError(f"{path}: rule {rule.id!r} can never fire: it has no verbs, nouns or words")
        if rule.id.split(".")[0] != path.stem:
            raise RuleError(f"{path}: rule {rule.id!r} belongs into {rule.id.split('.')[0]}.toml")
    return rules


def _explain(path: Path, data: dict[str, object], error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    name = ""
    records = data.get("rule")
    if isinstance(records, list) and len(first["loc"]) > 1 and isinstance(first["loc"][1], int):
        record = records[first["loc"][1]]
        name = (
            f" (rule {record.get('id', '?')!r}{_line(path, str(record.get('id')))})" if isinstance(record, dict) else ""
        )
    return f"{path}: {where}{name}: {first['msg']}"


def _line(path: Path, rule_id: str) -> str:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("id") and rule_id in line:
            return f", line {number}"
    return ""
