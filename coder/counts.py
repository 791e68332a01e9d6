"""How many died and were injured, and how big a crowd was, from one parsed sentence (CODEBOOK 1.5, 1.7).

Each toll hangs on the token of its cue ("killed", "dead", "deaths", "wounded"). Conventions:

* a plural without a number ("killing civilians", "several") is low 2, best 3, high 10;
* one named or singular victim is 1; victims joined by "and" are added, those after "including" are not;
* negated ("no one was killed") is 0, 0, 0; "feared dead", "missing", "killed or wounded" and "casualties" are
  best 0 with the number as ``high``;
* a running total ("the toll rose to 40", "have been killed since 2011") has ``total`` True.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from .headcount import Scene, token_numbers
from .numbers import SEVERAL, Quantity
from .records import Parse, Phrase, Toll
from .toll_words import TollWords, builtin_toll_words
from .victims import is_running_number, victims_of

_RUNNING = re.compile(
    r"^(?:(?!bring|brought|rais|tak)[^.;]){0,90}?\b(?:since\s+(?!then)\w|so\s+far\b|to\s+date\b|(?<!of\s)(?<!earlier\s)this\s+year\b|(?:over|in|during|for)\s+the\s+(?:past|last)\s+"
    r"(?:\w+\s+){0,2}(?:weeks|months|years?|decades?)|(?:each|every|a|per)\s+year\b|annually\b)",
    re.IGNORECASE,
)
_RUNNING_BEFORE = re.compile(
    r"\b(?:since\s+(?!then)\w|so\s+far\b|this\s+(?:year|decade)\b|(?:over|in|during)\s+the\s+(?:past|last)\s+(?:\w+\s+){0,2}"
    r"(?:weeks|months|years?|decades?)\b)",
    re.IGNORECASE,
)
_WAR = re.compile(
    r"^[^,.;]{0,50}?\bin\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,4}(?:war|conflict|insurgency|violence|uprising|unrest)\b",
    re.IGNORECASE,
)
_STATISTICS = re.compile(
    r"\b(?:first|last)\s+(?:\w+\s+)?(?:months|weeks|half)\s+of\b|\b(?:homicide|murder)\s+rate\b|\b(?:statistics|per\s+100,000)\b",
    re.IGNORECASE,
)
_BRINGING = re.compile(
    r"\b(?:bring\w*|brought|rais(?:ed|es|ing)|push(?:ed|es|ing))\b[^,.;]{0,40}$|\bnumber\s+of\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def find_tolls(parse: Parse, words: TollWords | None = None) -> tuple[Toll, ...]:
    """Numbers of dead and injured people in a sentence (CODEBOOK 1.5).

    Args:
        parse: the parsed sentence.
        words: the cue words with the user's own; ours by default.

    Returns:
        The tolls in the order of their cues. No toll means that the sentence says nothing about victims that
        could be counted; a toll of 0 means that it says there were none.
    """
    words = words or builtin_toll_words()
    cues = [i for i, word in enumerate(parse.lower) if word in words.cues]
    if not cues:
        return ()
    scene = Scene(parse, words, token_numbers(parse))
    out: list[Toll] = []
    for token in cues:
        for toll in _tolls_of(scene, token):
            twin = any(t.kind == toll.kind and t.start < toll.end and toll.start < t.end for t in out)
            if not twin:
                out.append(toll)
    return tuple(out)


def _tolls_of(scene: Scene, token: int) -> Iterator[Toll]:
    parse = scene.parse
    for role, outcome in scene.words.cues[parse.lower[token]]:
        victims = victims_of(scene, token, role)
        if victims is None:
            continue
        count, kinds = _outcome(scene, token, victims.count, role, outcome)
        lo, hi = min(victims.lo, token), max(victims.hi, token + 1)
        if victims.hi <= token or victims.lo > token:
            lo, hi = victims.lo, victims.hi
        total = role == "total" or is_running_number(parse, token) or _is_running(scene, token, lo)
        start, end = parse.starts[lo], parse.ends[hi - 1]
        for kind in kinds:
            yield Toll(kind, count.low, count.best, count.high, start, end, parse.text(lo, hi), token, total)
        return


def _outcome(scene: Scene, token: int, count: Quantity, role: str, outcome: str) -> tuple[Quantity, tuple[str, ...]]:
    """What a count is worth: nothing certain when feared, "killed or wounded", or only casualties."""
    parse = scene.parse
    before = parse.lower[max(0, token - 2) : token]
    unsure = Quantity(0, 0, count.high, count.text, False, count.bound)
    if outcome == "casualty":
        return unsure, ("dead",)
    if role == "uncertain" or scene.words.doubt & set(before):
        return unsure, (outcome,)
    after = parse.lower[token + 1 : token + 3]
    neighbours = (after, before[::-1])
    for pair in neighbours:
        if len(pair) == 2 and pair[0] in ("or", "and/or") and scene.words.cues.get(pair[1]):
            return unsure, (outcome,)
        if len(pair) == 2 and pair[0] == "and" and scene.words.cues.get(pair[1]) and count.high > 1:
            low, best, _ = SEVERAL
            return Quantity(min(low, count.high - 1), min(best, count.high - 1), count.high, count.text, False), (
                outcome,
            )
    return count, (outcome,)


def _is_running(scene: Scene, token: int, lo: int) -> bool:
    parse = scene.parse
    base = parse.sentence.start
    if _STATISTICS.search(parse.sentence.text):
        return True
    after = parse.sentence.text[parse.ends[token] - base :]
    before = parse.sentence.text[: parse.starts[lo] - base]
    if _BRINGING.search(before):
        return True
    perfect = any(parse.lower[c] in ("have", "has", "'ve") for c in parse.children[token])
    if perfect and _RUNNING_BEFORE.search(before):
        return True
    return bool(_RUNNING.search(after)) or (perfect and bool(_WAR.search(after)))


_UP = frozenset(
    [
        "nsubj",
        "nsubjpass",
        "pobj",
        "prep",
        "agent",
        "advcl",
        "xcomp",
        "pcomp",
        "acl",
        "dobj",
        "csubj",
        "npadvmod",
        "compound",
        "appos",
    ]
)
_DOWN = frozenset(
    [
        "advcl",
        "xcomp",
        "prep",
        "pcomp",
        "acl",
        "dobj",
        "pobj",
        "oprd",
        "acomp",
        "ccomp",
        "conj",
        "attr",
        "dep",
        "agent",
        "nsubj",
        "nsubjpass",
        "parataxis",
    ]
)
_APART = frozenset({"after", "before", "following", "since"})  # what they bring in is another event's toll


def split_toll(toll: Toll | None, days: int) -> list[Toll | None]:
    """A toll over several stated days: split evenly, the remainder on the first (CODEBOOK 1.5).

    Args:
        toll: the toll of the sentence, or None.
        days: the number of days, at least 1.
    """
    if toll is None or days == 1:
        return [toll] * days

    def share(total: int, day: int) -> int:
        return total // days + (total % days if day == 0 else 0)

    return [
        replace(toll, low=share(toll.low, day), best=share(toll.best, day), high=share(toll.high, day))
        for day in range(days)
    ]


def toll_of(
    tolls: tuple[Toll, ...], parse: Parse, head_token: int, tokens: Collection[int] = (), kind: str = "dead"
) -> Toll | None:
    """The toll that belongs to an event trigger.

    Its own cue first ("killed"); then one below it in its clause ("attacked a village, killing five"); then
    the same for what governs it ("five died in the attack", "a blast rocked the market, killing five").

    Args:
        tolls: the tolls of the sentence.
        parse: its parse.
        head_token: token of the trigger's head.
        tokens: all its tokens ("shooting dead" counts by "dead").
        kind: "dead" or "injured".

    Returns:
        The toll, or None. A running total belongs to its own cue only.
    """
    mine = {toll.token: toll for toll in tolls if toll.kind == kind}
    own = next((mine[token] for token in (head_token, *tokens) if token in mine), None)
    if own is not None:
        return own
    fresh = {token: toll for token, toll in mine.items() if not toll.total}
    node = head_token
    for step in range(4):
        if step and node in fresh:
            return fresh[node]
        found = _below(fresh, parse, node, 0, step == 0)
        if found is not None:
            return found
        above = parse.heads[node]
        if _of_another_deed(parse, node, above):
            return None
        if parse.deps[node] == "ccomp":  # "police said gunmen attacked a church, killing two"
            rest = (c for c in parse.children[above] if c > node and parse.deps[c] == "advcl")
            return next((fresh[c] for c in rest if c in fresh and parse.tags[c] == "VBG"), None)
        if parse.deps[node] == "relcl" and step == 0 and parse.child(node, "nsubjpass") is not None:
            at = parse.starts[above]  # "the death of a nurse, who was killed by a shell"
            return next((toll for toll in fresh.values() if toll.start <= at < toll.end), None)
        if parse.deps[node] not in _UP or above == node:
            return None
        node = above
    return None


def _of_another_deed(parse: Parse, clause: int, main: int) -> bool:
    """Whether the main clause tells of somebody else's deed: "soldiers killed two men after rebels attacked"."""
    mark = parse.child(clause, "mark")
    if parse.deps[clause] != "advcl" or mark is None or parse.lower[mark] not in ("after", "before", "because"):
        return False
    return parse.child(main, "nsubj") is not None and parse.child(main, "dobj") is not None


def _below(tolls: dict[int, Toll], parse: Parse, node: int, depth: int, own: bool) -> Toll | None:
    """A toll under ``node``; a relative clause counts only when it tells of the trigger itself (``own``)."""
    children = [
        c
        for c in parse.children[node]
        if not _APART & {parse.lower[c], *(parse.lower[m] for m in parse.children[c] if parse.deps[m] == "mark")}
    ]
    for child in children:
        label = parse.deps[child]
        relative = own and depth == 0 and label in ("relcl", "amod") and parse.tags[node].startswith("N")
        if child in tolls and (label in _DOWN or relative):
            return tolls[child]
    if depth >= 3:
        return None
    for child in children:
        label = parse.deps[child]
        verb_joined = label == "conj" and parse.tags[child].startswith("V")
        if label not in _DOWN or verb_joined or (label == "ccomp" and depth == 0 and child < node):
            continue
        found = _below(tolls, parse, child, depth + 1, own)
        if found is not None:
            return found
    return None


def crowd_size(parse: Parse, phrase: Phrase) -> str | None:
    """ACLED's tag for the size of a crowd (CODEBOOK 1.7).

    Args:
        parse: the sentence.
        phrase: the phrase of the demonstrators ("about 200 people", "hundreds of students").

    Returns:
        E.g. "crowd size=about 200"; None when the phrase gives no size.
    """
    numbers = token_numbers(parse)
    for token in range(phrase.lo, phrase.head + 1):
        if token in numbers:
            lo, _, count = numbers[token]
            if lo >= phrase.lo - 3 and count.best >= 3:
                return "crowd size=" + " ".join(count.text.lower().split())
    return None
