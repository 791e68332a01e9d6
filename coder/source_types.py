"""What kind of source a phrase names: its type and how far it is named, by the words of the source dictionary.

Implements CODEBOOK 3.3 (``source_type``, ``anonymity``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from .actor_lexicon import ActorRow, spellings
from .lexicon import Row, read_table
from .records import Parse

SourceType = Literal[
    "state_official",
    "military_official",
    "police_official",
    "military_official_claimed",
    "rebel_or_militia",
    "combatant",
    "political_party",
    "local_official",
    "court",
    "international_organisation",
    "ngo_monitor",
    "local_activist",
    "eyewitness_resident",
    "victim_or_family",
    "medical",
    "expert_analyst",
    "media_outlet",
    "media_outlet_partisan",
    "media_embedded_with_party",
    "social_media_user",
    "document",
    "religious_or_community_leader",
    "unspecified",
]
Anonymity = Literal["named", "named_generic", "unnamed", "anonymous", "unspecified"]
_REFLEXIVE = frozenset({"himself", "herself", "themselves"})
_CALLING = frozenset("called calls calling described describes describing identified identifies styled styles".split())
_BODIES = {  # source type by what a named actor is
    "Rebel group": "rebel_or_militia",
    "Political militia": "rebel_or_militia",
    "Identity militia": "rebel_or_militia",
}
_OFFICES = frozenset("heads head headed leads lead led runs ran commands commanded represents is was speaks".split())
_LONGEST = 5


class SourceTypeRow(Row):
    """A word or name that tells what kind of source it is, and how much it tells (``role``)."""

    words: str
    role: Literal["head", "role", "name", "modifier", "nobody", "withheld", "claimed", "title", "vague"]
    source_type: SourceType
    anonymity: Anonymity


@dataclass(frozen=True)
class SourceTypes:
    """The source dictionary by role: lower-case words to (type, anonymity)."""

    by_role: dict[str, dict[str, tuple[str, str]]]

    def of(self, role: str, words: str) -> tuple[str, str] | None:
        """Type and anonymity of ``words`` in that role."""
        return self.by_role.get(role, {}).get(words)


def load_source_types(overlays: Sequence[Path] = ()) -> SourceTypes:
    """Read ``source_types.csv``, with overlays: a later row with the same words and role wins.

    Names of armed groups come from the dictionary of actors, so that a group is the same to both steps.
    """
    groups = {
        name.lower().replace("’", "'"): (_BODIES[row.inter], "named")
        for row in read_table(ActorRow, "actors", overlays)
        for spelled, local in spellings(row)
        for name in (spelled, spelled.replace("Defense", "Defence"))
        if row.inter in _BODIES and not local and len(name) > 2
    }
    tables: dict[str, dict[str, tuple[str, str]]] = {"name": groups}
    for row in read_table(SourceTypeRow, "source_types", overlays):
        tables.setdefault(row.role, {})[row.words.lower().replace("’", "'")] = (
            row.source_type,
            row.anonymity,
        )
    return SourceTypes(tables)


def type_of(
    parse: Parse, head: int, core: tuple[int, ...], tokens: frozenset[int], types: SourceTypes
) -> tuple[str, str, bool]:
    """Source type, anonymity and whether the head is a listed word.

    Names and telling heads decide; a weak head ("spokesman") takes its type from what stands around it.
    """
    sentence = parse.sentence.text.lower()
    withheld = any(words in sentence for words in types.by_role.get("withheld", {}))
    for words, found in types.by_role.get("claimed", {}).items():
        if words in sentence:
            return *found, True
    around = _words(parse, core)
    ending = _longest(around, core.index(head), types, ("name", "head"))
    if (called := _self_styled(parse, tokens, types)) is not None:
        return *called, ending is not None
    rest = _words(parse, sorted(tokens - set(core) - _doings(parse, tokens)))
    kind, anonymity = _read(around, core.index(head), ending, rest, types, parse.tags[head].startswith("NNP"))
    if withheld and anonymity in ("unnamed", "named_generic", "unspecified"):
        anonymity = "anonymous"
    return kind, anonymity, ending is not None


def _words(parse: Parse, tokens: Sequence[int]) -> list[str]:
    return [parse.lower[t].replace("’", "'") for t in tokens]


def _doings(parse: Parse, tokens: frozenset[int]) -> set[int]:
    """What a relative clause tells of a source besides its office: "a group that works along the front"."""
    clauses = (t for t in tokens if parse.deps[t] == "relcl" and parse.lower[t] not in _OFFICES)
    return {token for clause in clauses for token in range(parse.left[clause], parse.right[clause])}


def _self_styled(parse: Parse, tokens: frozenset[int], types: SourceTypes) -> tuple[str, str] | None:
    """ "A man who called himself a commander of the bandits" is what he called himself."""
    order = sorted(tokens)
    after = range(1, len(order))
    at = next((k for k in after if parse.lower[order[k]] in _REFLEXIVE and parse.lower[order[k - 1]] in _CALLING), None)
    if at is None:
        return None
    found = _scan(_words(parse, order[at + 1 :]), types, ("name", "head", "modifier"))
    if found is None:
        return None
    return ("military_official_claimed" if found[0] == "military_official" else found[0]), "unnamed"


def _read(
    around: list[str], at: int, ending: _Found | None, rest: list[str], types: SourceTypes, proper: bool
) -> tuple[str, str]:
    """Type and anonymity by the words ``around`` the head ``at``, the entry that ends at it, and the ``rest``."""
    bare = len(around) == 1 or (len(around) == 2 and types.of("vague", around[0]) is not None)
    if bare and (unheld := types.of("nobody", around[at])):
        return unheld
    if ending is not None and types.of("role", ending.words) is None:
        return ending.kind
    own = range(ending.first, ending.first + ending.size) if ending is not None else range(at, at + 1)
    before = _scan(around, types, ("name", "head", "modifier"), own)
    role = (types.of("role", ending.words) if ending is not None else None) or types.of("role", around[at])
    if role is not None and before is not None:
        return before[0], "unnamed" if role[1] == "unnamed" else before[1]
    if ending is not None:
        return ending.kind
    told = _scan(rest, types, ("head", "modifier", "name"))
    if role is not None:
        return (told[0], "unnamed") if told is not None else role
    if proper:
        found = before or told
        return (found[0], "named") if found is not None else ("unspecified", "named")
    return (before[0], "unnamed") if before is not None else ("unspecified", "unnamed")


class _Found(NamedTuple):
    """A dictionary entry in a phrase: its words, its first one's position, how many they are, what they tell."""

    words: str
    first: int
    size: int
    kind: tuple[str, str]


def _longest(words: list[str], at: int, types: SourceTypes, roles: tuple[str, ...]) -> _Found | None:
    """The longest dictionary entry that ends at, or spans, the head."""
    for size in range(_LONGEST + 1, 0, -1):
        for lo in range(max(0, at - size + 1), at + 1):
            if lo + size > len(words):
                continue
            phrase = _joined(words[lo : lo + size])
            for role in roles:
                if found := types.of(role, phrase):
                    return _Found(phrase, lo, size, found)
    return None


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace(" - ", "-").replace(" 's", "'s")


def _scan(
    words: list[str], types: SourceTypes, roles: tuple[str, ...], skip: range = range(0)
) -> tuple[str, str] | None:
    """The first dictionary entry in ``words``, longer ones first, leaving out those within ``skip``."""
    for size in range(_LONGEST, 0, -1):
        for lo in range(len(words) - size + 1):
            if lo in skip and lo + size - 1 in skip:
                continue
            phrase = _joined(words[lo : lo + size])
            for role in roles:
                if found := types.of(role, phrase):
                    return found
    return None
