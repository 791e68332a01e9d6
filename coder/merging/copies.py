"""Republished text: which articles carry the same sentences, and how many outlets told it on their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

from .told import Told

_WORD = re.compile(r"\w+")
LEAST = 4  # shingles; shorter sentences are alike by chance
SHARE = 0.75  # of the shorter sentence's shingles that are in the other
_WORDS = 0.7  # of the shorter sentence's words; fewer cannot make up the shingles
_FEW = 12  # sentences that are compared each with each
_WIDEST = 50  # sentences remembered for one shingle
Shingle = tuple[str, str, str]
_Kept = tuple[str, frozenset[str], str]  # a sentence, its words, an outlet that carries it


def shingles(sentence: str) -> frozenset[Shingle]:
    """Runs of three words, without case and punctuation."""
    words = _WORD.findall(sentence.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


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
    carried = _carried(claims)
    groups = _joined(carried)
    sets: dict[str, list[str]] = defaultdict(list)
    for outlet in sorted(set().union(*carried.values())):
        sets[groups.find(outlet)].append(outlet)
    return sorted(sets.values(), key=lambda group: (-len(group), group))


def independent(claims: Sequence[Told]) -> int:
    """How many known outlets told an event in their own words (republished text counts once)."""
    known = {claim.publisher for claim in claims if claim.publisher}
    if len(known) < 2:
        return len(known)
    groups = _joined(_carried(claims))
    return len({groups.find(outlet) for outlet in known})


def _carried(claims: Iterable[Told]) -> Mapping[str, Set[str]]:
    """Each sentence and the outlets that carry it."""
    carried: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        carried[claim.sentence].add(claim.publisher or f"({claim.article_id})")
    return carried


def _common(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences have enough words in common to be worth comparing: shingles cost more."""
    return len(a & b) >= _WORDS * min(len(a), len(b))


def _joined(carried: Mapping[str, Set[str]]) -> _Groups:
    """The outlets, joined when they carry the same sentence or near-identical ones."""
    groups = _Groups()
    kept: list[_Kept] = []
    for sentence, outlets in carried.items():
        words = frozenset(sentence.lower().split())
        if len(words) >= LEAST:
            kept.append((sentence, words, min(outlets)))
            if len(outlets) > 1 and len(shingles(sentence)) >= LEAST:
                for outlet in outlets:
                    groups.join(outlet, min(outlets))
    made: dict[str, frozenset[Shingle]] = {}
    pairs = combinations(kept, 2) if len(kept) <= _FEW else _overlapping(sorted(kept))
    for (first, words, outlet), (second, others, other) in pairs:
        if not _common(words, others) or groups.find(outlet) == groups.find(other):
            continue
        for sentence in (first, second):
            if sentence not in made:
                made[sentence] = shingles(sentence)
        if alike(made[first], made[second]):
            groups.join(outlet, other)
    return groups


def _overlapping(kept: Sequence[_Kept]) -> Iterator[tuple[_Kept, _Kept]]:
    """Pairs of sentences that share a shingle: of many sentences, few are worth comparing."""
    seen: dict[Shingle, list[int]] = defaultdict(list)
    for number, (sentence, _, _) in enumerate(kept):
        found = shingles(sentence)
        for other in sorted({n for shingle in found for n in seen.get(shingle, ())}):
            yield kept[other], kept[number]
        for shingle in found:
            if len(seen[shingle]) < _WIDEST:
                seen[shingle].append(number)


class _Groups:
    """Disjoint sets of outlets; an outlet that was never joined is a set of its own."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, member: str) -> str:
        """The member that stands for a set."""
        while (parent := self._parent.get(member)) is not None:
            member = parent
        return member

    def join(self, a: str, b: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(a), self.find(b)))
        if first != second:
            self._parent[second] = first
