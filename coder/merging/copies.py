"""Republished text: which articles carry the same sentences, and how many outlets told it on their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

from .told import Told

_WORD = re.compile(r"\w+")
SIZE = 3  # words in a shingle
LEAST = 4  # shingles; shorter sentences are alike by chance
SHARE = 0.75  # of the shorter sentence's shingles that are in the other
_WORDS = 0.7  # of the shorter sentence's words; fewer cannot make up the shingles
_FEW = 12  # sentences that are compared each with each
_WIDEST = 50  # sentences remembered for one shingle
Shingle = tuple[str, ...]


def shingles(sentence: str) -> frozenset[Shingle]:
    """Runs of three words, without case and punctuation."""
    words = _WORD.findall(sentence.lower())
    return frozenset(zip(*(words[k:] for k in range(SIZE)), strict=False))


def alike(a: frozenset[Shingle], b: frozenset[Shingle]) -> bool:
    """Whether two sentences are near-identical: one may leave out the other's tail."""
    shorter = min(len(a), len(b))
    return shorter >= LEAST and len(a & b) >= SHARE * shorter


def origins(claims: Iterable[Told]) -> list[list[str]]:
    """Outlets by origin: those that share a near-identical sentence are one.

    Args:
        claims: the claims of one event.

    Returns:
        Groups of outlets, the largest first. An article of no known outlet stands under its id, in brackets.
    """
    carried: dict[str, set[str]] = defaultdict(set)  # a sentence and the outlets that carry it
    for claim in claims:
        carried[claim.sentence].add(claim.publisher or f"({claim.article_id})")
    groups = _Groups({outlet for outlets in carried.values() for outlet in outlets})
    _join_alike(groups, carried)
    return sorted(groups.all(), key=lambda group: (-len(group), group))


def independent(claims: Sequence[Told]) -> int:
    """How many known outlets told an event in their own words (republished text counts once)."""
    known = {claim.publisher for claim in claims if claim.publisher}
    if len(known) < 2 or not _may_share(claims):
        return len(known)
    return sum(1 for group in origins(claims) if not known.isdisjoint(group))


def _may_share(claims: Sequence[Told]) -> bool:
    """Whether sentences of different outlets are the same or have most words in common: a cheap first look."""
    carried = {claim.sentence: claim.publisher for claim in claims}
    if len(carried) > _FEW or any(carried[claim.sentence] != claim.publisher for claim in claims):
        return True
    words = [frozenset(sentence.lower().split()) for sentence in carried]
    return any(_common(a, b) for a, b in combinations(words, 2))


def _common(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences have enough words in common to be worth comparing: shingles cost more."""
    return len(a & b) >= _WORDS * min(len(a), len(b))


def _join_alike(groups: _Groups, carried: Mapping[str, Set[str]]) -> None:
    kept: list[tuple[str, frozenset[str], str]] = []
    for sentence in sorted(carried) if len(carried) > 1 else carried:
        words = frozenset(sentence.lower().split())
        if len(words) >= LEAST:
            first, *rest = sorted(carried[sentence])
            if rest and len(shingles(sentence)) >= LEAST:
                for outlet in rest:
                    groups.join(first, outlet)
            kept.append((sentence, words, first))
    made: dict[str, frozenset[Shingle]] = {}
    pairs = combinations(range(len(kept)), 2) if len(kept) <= _FEW else _overlapping(kept)
    for a, b in pairs:
        (first, words, outlet), (second, others, other) = kept[a], kept[b]
        if not _common(words, others) or groups.find(outlet) == groups.find(other):
            continue
        for sentence in (first, second):
            if sentence not in made:
                made[sentence] = shingles(sentence)
        if alike(made[first], made[second]):
            groups.join(outlet, other)


def _overlapping(kept: Sequence[tuple[str, frozenset[str], str]]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that share a shingle: of many sentences, few are worth comparing."""
    seen: dict[Shingle, list[int]] = defaultdict(list)
    for number, (sentence, _, _) in enumerate(kept):
        found = shingles(sentence)
        for other in sorted({n for shingle in found for n in seen.get(shingle, ())}):
            yield other, number
        for shingle in found:
            if len(seen[shingle]) < _WIDEST:
                seen[shingle].append(number)


class _Groups:
    """Disjoint sets of outlets."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

    def find(self, member: str) -> str:
        """The member that stands for a set."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, a: str, b: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first

    def all(self) -> list[list[str]]:
        """The sets."""
        sets: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parent):
            sets[self.find(member)].append(member)
        return list(sets.values())
