"""Whose side a source is on, and whether what it says serves that side (CODEBOOK 3.3, partisan relation).

A *camp* is a side of a conflict for a stretch of time; ``camps.csv`` names its members (governments and
groups) and ``camps_hostile.csv`` which camps fight. What the tables do not tell stays ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from .decisions import ActionRow
from .lexicon import Row, read_table
from .records import Actor, Source

_BODY = re.compile(  # words that name a body of any state, not which state's
    r"\b(?:The|Police|Army|Navy|Air|General|Staff|Armed|Forces?|Defen[cs]e|Interior|Foreign|Security|Military|Ministry)\b"
)
_WORD = re.compile(r"\w+")
_FORCES = frozenset({"state_official", "military_official", "police_official"})
_STATE_TYPES = _FORCES | {"media_outlet_partisan"}
_PARTISAN_TYPES = _STATE_TYPES | {
    "rebel_or_militia",
    "combatant",
    "political_party",
    "military_official_claimed",
    "media_embedded_with_party",
}
_NEUTRAL_TYPES = frozenset(
    {
        "international_organisation",
        "ngo_monitor",
        "eyewitness_resident",
        "medical",
        "expert_analyst",
        "media_outlet",
        "religious_or_community_leader",
    }
)
_STATE_INTER = ("state forces", "external/other forces", "external forces")
_ARMED = frozenset({"State forces", "External/Other forces", "Rebel group", "Political militia", "Identity militia"})
FRIENDS = ("own_side", "ally")
_STRIKES = frozenset({"violence", "explosion"})


class CampRow(Row):
    """A member of a camp in a conflict, with the names by which texts call it."""

    conflict: str
    camp: str
    member: str
    kind: Literal["government", "group"]
    iso3: str = ""
    aliases: str
    first: date | None = None
    last: date | None = None


class HostileRow(Row):
    """Two camps of a conflict that fight each other; read both ways."""

    conflict: str
    camp: str
    hostile: str


@dataclass(frozen=True)
class Member:
    """A camp's member with a pattern of its names."""

    conflict: str
    camp: str
    name: str
    iso3: str | None
    names: re.Pattern[str]
    openings: frozenset[str]  # the first word of each name, in lower case
    first: date | None
    last: date | None

    def active(self, on: date | None) -> bool:
        """Whether it belonged to the camp on that day; without a day, whether it still does."""
        if on is None:
            return self.last is None
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    def named(self, texts: Sequence[str], words: frozenset[str]) -> bool:
        """Whether one of its names stands in one of some texts, whose ``words`` in lower case are known."""
        return not self.openings.isdisjoint(words) and any(self.names.search(text) for text in texts)


@dataclass(frozen=True)
class Camps:
    """The loaded tables."""

    members: tuple[Member, ...]
    hostile: frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Interest:
    """What a source is to the event's actor and target, and whether its claim serves its own side."""

    relation_to_actor: str = "unknown"  # own_side, ally, opponent, third_party, unknown
    relation_to_target: str = "unknown"
    interest: str = "unknown"  # self_serving, against_interest, neutral, unknown


def load_camps(overlays: Sequence[Path] = ()) -> Camps:
    """Read ``camps.csv`` and ``camps_hostile.csv``, with overlays.

    A later row with the same conflict, camp, member and first day wins.

    Raises:
        LexiconError: a line of a table is wrong.
    """
    rows = {(r.conflict, r.camp, r.member, r.first): r for r in read_table(CampRow, "camps", overlays)}
    pairs = read_table(HostileRow, "camps_hostile", overlays)
    return Camps(
        tuple(_member(row) for row in rows.values()),
        frozenset({(p.conflict, *side) for p in pairs for side in ((p.camp, p.hostile), (p.hostile, p.camp))}),
    )


def _member(row: CampRow) -> Member:
    names = sorted({row.member, *row.aliases.split("|")} - {""}, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)
    openings = frozenset(word for name in names for word in _words(name)[:1])
    return Member(row.conflict, row.camp, row.member, row.iso3 or None, pattern, openings, row.first, row.last)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def valence_of(action: ActionRow, target: Actor | None) -> int:
    """What an event is worth to its actor's camp: as the table says, but losses of an armed opponent are a gain.

    Args:
        action: the event's action.
        target: its target, or None.

    Returns:
        +1, -1 or 0, as :func:`relate` takes it.
    """
    fought = action.group in _STRIKES and target is not None and target.inter in _ARMED
    return abs(action.valence) if fought else action.valence


def relate(
    source: Source | None,
    actor: Actor | None,
    target: Actor | None,
    valence: int,
    polarity: str,
    camps: Camps,
    on: date | None = None,
    country: str | None = None,
) -> Interest:
    """Relate a source to the actor and the target of the event that it speaks of (CODEBOOK 3.3).

    Args:
        source: who says it; None for the article's own voice.
        actor: the event's actor, or None.
        target: the event's target, or None.
        valence: what the event is worth to the actor's camp: +1 a gain (ground taken, an opponent's losses),
            -1 a loss or a shame (ground lost, civilians harmed), 0 neither.
        polarity: "positive" or "negative"; a denial turns the sign.
        camps: the tables.
        on: day of the event; without it only camps that still exist count.
        country: ISO3 of the story's country, to which a bare "army" or "ministry" belongs.

    Returns:
        The relations and the interest; ``unknown`` wherever the tables do not tell.
    """
    if source is None:
        return Interest()
    mine = _of_source(source, camps, on, country)
    to_actor = _relation(source, mine, _of_actor(actor, camps, on), camps)
    to_target = _relation(source, mine, _of_actor(target, camps, on), camps)
    if to_actor == "unknown" and _same_state(source, actor, country):
        to_actor = "own_side"
    if to_target == "unknown" and _same_state(source, target, country):
        to_target = "own_side"
    return Interest(to_actor, to_target, _interest(to_actor, to_target, valence, polarity))


def _of_source(source: Source, camps: Camps, on: date | None, country: str | None) -> tuple[Member, ...]:
    if source.source_type not in _PARTISAN_TYPES and source.source_type != "unspecified":
        return ()
    texts = [text for text in (source.name, source.text) if text]
    words = frozenset(word for text in texts for word in _words(text))
    found = tuple(m for m in camps.members if m.active(on) and m.named(texts, words))
    if source.source_type == "unspecified":  # "Boko Haram", "an M23 source"; a country's name alone is no source
        return tuple(m for m in found if m.iso3 is None)
    if source.source_type in _STATE_TYPES:
        governments = tuple(m for m in found if m.iso3 is not None)
        if governments or found:
            return governments or found
        return _government(country, camps, on) if _bare(source) else ()
    return tuple(m for m in found if m.iso3 is None) or found


def _same_state(source: Source, actor: Actor | None, country: str | None) -> bool:
    """The story's own state speaks of its own forces ("the police chief" of "a constable"), in conflict or not."""
    if actor is None or country is None or actor.country != country or source.source_type not in _FORCES:
        return False
    return (actor.inter or "").lower() in _STATE_INTER and _bare(source)


def _bare(source: Source) -> bool:
    """A state body without any name in it ("the army") is that of the story's country."""
    if source.anonymity not in ("named_generic", "unnamed"):
        return False
    text = source.text or ""
    rest = _BODY.sub("", text.lower() if text.isupper() else text)
    return not re.search(r"\b[A-Z]", rest)


def _government(iso3: str | None, camps: Camps, on: date | None) -> tuple[Member, ...]:
    return tuple(m for m in camps.members if iso3 and m.iso3 == iso3 and m.active(on))


def _of_actor(actor: Actor | None, camps: Camps, on: date | None) -> tuple[Member, ...]:
    if actor is None:
        return ()
    if (actor.inter or "").lower() in _STATE_INTER and actor.country:
        return _government(actor.country, camps, on)
    if actor.generic or not actor.name:
        return ()
    words = frozenset(_words(actor.name))
    return tuple(m for m in camps.members if m.iso3 is None and m.active(on) and m.named((actor.name,), words))


def _relation(source: Source, mine: tuple[Member, ...], theirs: tuple[Member, ...], camps: Camps) -> str:
    if not theirs:
        return "unknown"
    if not mine:
        return "third_party" if source.source_type in _NEUTRAL_TYPES else "unknown"
    if {m.name for m in mine} & {t.name for t in theirs}:
        return "own_side"
    shared = [(m, t) for m in mine for t in theirs if m.conflict == t.conflict]
    kinds = {
        "ally" if m.camp == t.camp else "opponent" if (m.conflict, m.camp, t.camp) in camps.hostile else "third_party"
        for m, t in shared
    }
    if not kinds:
        return "third_party"
    if "ally" in kinds and "opponent" in kinds:
        return "unknown"  # allies in one conflict, enemies in another
    return next(kind for kind in ("ally", "opponent", "third_party") if kind in kinds)


def _interest(to_actor: str, to_target: str, valence: int, polarity: str) -> str:
    sign = -1 if polarity == "negative" else 1
    if to_actor in FRIENDS:
        worth = valence
    elif to_actor == "opponent" or (to_actor in ("unknown", "third_party") and to_target in FRIENDS):
        worth = -valence
    elif to_actor == "third_party":
        return "neutral"
    else:
        return "unknown"
    if worth == 0:
        return "neutral"
    return "self_serving" if worth * sign > 0 else "against_interest"
