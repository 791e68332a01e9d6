"""Which clause of a sentence says a thing, and whether that is said of an event (CODEBOOK 1.6).

What stands in a relative clause, in one with "after" or "before", or with another event noun inside a phrase is not
said of the trigger: "police arrested a planner of the attack on a base in Rawalpindi", "a man who had fled on Sunday".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .records import Frame, Parse

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CLAUSES = ("relcl", "acl", "advcl", "ccomp", "parataxis", "csubj")
_OTHER_TIMES = frozenset("after before since because although though if unless until".split())
_SEATED = frozenset("stationed based born raised headquartered".split())  # "soldiers stationed in Gusau"
_REFERRING = frozenset("the this that these those".split())
_RUNNING = frozenset({"toll", "tolls"})  # that it rises on Tuesday says nothing of the deed's day
_LOOKING_BACK = frozenset("against over about after following since for to of".split())
_EARLIER = _LOOKING_BACK - {"of"}
_APART = frozenset("after before since following over against about".split())  # prepositions of other events


def day_is_of(parse: Parse, at: int, head: int, events: Sequence[int] = ()) -> bool:
    """Whether a day is said of a trigger.

    Args:
        parse: the sentence.
        at: the expression's offset in the article.
        head: the trigger's head.
        events: heads of the sentence's other event nouns.
    """
    return not _of_another(parse, at, head, events) and _is_of(parse, at, head, ("relcl", "acl"), False)


def place_is_of(parse: Parse, at: int, head: int, events: Sequence[int] = ()) -> bool:
    """Whether a place is said of a trigger, as :func:`day_is_of`; a participle's mostly is ("a bus going to Jos")."""
    if _of_another(parse, at, head, events):
        return False
    clause = clause_at(parse, at)
    if clause is not None and parse.deps[clause] == "acl":
        return parse.heads[clause] == head or parse.lower[clause] not in _SEATED
    return _is_of(parse, at, head, ("relcl",), True)


def _of_another(parse: Parse, at: int, head: int, events: Sequence[int]) -> bool:
    """Whether an offset stands in the phrase of an event noun that only describes something, or is told as earlier."""
    around = _upwards(parse, head)
    if _in_relative(parse, around):
        return False  # "a bombing in Hangu, in which ...": what a relative clause describes may be that event
    for event in events:
        inside = parse.starts[parse.left[event]] <= at < parse.ends[parse.right[event] - 1]
        if inside and event not in around and _is_aside(parse, event, around):
            return True
    return False


def _in_later_conjunct(parse: Parse, at: int, head: int) -> bool:
    """Whether a coordinated clause with a subject of its own tells what came after a deed in the past perfect: "that
    helicopters had shelled a camp and three men were buried on Thursday".
    """
    token = parse.token_at(at)
    while token is not None and parse.heads[token] != token and token != head:
        above = parse.heads[token]
        if parse.deps[token] == "conj" and above == head:
            return is_past_perfect(parse, head) and _has_subject(parse, token) and not is_past_perfect(parse, token)
        token = above
    return False


def is_past_perfect(parse: Parse, verb: int) -> bool:
    """Whether a verb tells of what was before the time told: "had come under fire"."""
    return any(parse.lower[c] == "had" and parse.deps[c] == "aux" for c in parse.children[verb])


def _is_aside(parse: Parse, event: int, around: frozenset[int]) -> bool:
    """Whether a noun or "after", "over", "against" stands between an event noun and the trigger's clause."""
    token = parse.heads[event]
    while token not in around and parse.heads[token] != token:
        if parse.tags[token].startswith(("NN", "PRP", "CD")) or parse.lower[token] in _APART:
            return True
        token = parse.heads[token]
    return False


def _is_of(parse: Parse, at: int, head: int, apart: tuple[str, ...], before: bool) -> bool:
    """Whether a clause is said of a trigger; ``before``: also one that another event's clause follows."""
    if _in_later_conjunct(parse, at, head):
        return False
    clause = clause_at(parse, at)
    if clause is None or clause in _upwards(parse, head):
        return True
    governor, label = parse.heads[clause], parse.deps[clause]
    if label in apart:
        return governor == head
    if label == "advcl":
        return not any(parse.lower[c] in _OTHER_TIMES for c in parse.children[clause])
    return (before and clause < head) or label not in ("ccomp", "parataxis") or not _has_subject(parse, clause)


def happened_then(parse: Parse, at: int) -> bool:
    """Whether another clause tells of the same time, in the simple past: "dispersed traders who marched on Tuesday"."""
    clause = clause_at(parse, at)
    if clause is None:
        return True
    earlier = any(parse.lower[c] in ("had", "has", "have") for c in parse.children[clause] if parse.deps[c] == "aux")
    return parse.tags[clause] in ("VBD", "VBN") and not earlier


def came_before(parse: Parse, at: int, head: int) -> bool:
    """Whether a relative clause tells what befell a party just before: "shot men who had been seized on Sunday"."""
    clause = clause_at(parse, at)
    if clause is None or parse.deps[clause] != "relcl" or parse.tags[clause] not in ("VBD", "VBN"):
        return False
    return head in _upwards(parse, parse.heads[clause])


def preceded(parse: Parse, frame: Frame) -> int | None:
    """The verb of what an event noun came before: "was overrun on Monday after two days of fighting"; else None."""
    token = frame.head
    while frame.nominal and parse.deps[token] in ("pobj", "prep", "pcomp") and parse.heads[token] != token:
        if parse.lower[token] in ("after", "over", "against"):
            return parse.heads[token] if parse.tags[parse.heads[token]].startswith("VB") else None
        token = parse.heads[token]
    return None


def is_said_with(parse: Parse, at: int, verb: int) -> bool:
    """Whether an offset stands in a verb's own phrase, and not in that of a verb that is coordinated with it."""
    token = parse.token_at(at)
    while token is not None and token != verb and parse.heads[token] != token:
        if parse.deps[token] == "conj" and parse.tags[token].startswith("VB"):
            return False
        token = parse.heads[token]
    return token == verb


def was_told_then(parse: Parse, at: int, head: int) -> bool:
    """Whether a day is when somebody told of an earlier deed: "on Monday the army admitted that it had hit us"."""
    clause, token = clause_at(parse, at), head
    earlier = False
    while token != clause and parse.heads[token] != token:
        earlier |= is_past_perfect(parse, token)
        if earlier and parse.deps[token] == "ccomp" and clause in _upwards(parse, parse.heads[token]):
            return True
        token = parse.heads[token]
    return False


def clause_at(parse: Parse, at: int) -> int | None:
    """The head of the smallest clause around an offset; coordinated ones share what stands at their ends."""
    token = parse.token_at(at)
    while token is not None and parse.heads[token] != token:
        if parse.deps[token] in _CLAUSES:
            return token
        token = parse.heads[token]
    return token


def verb_above(parse: Parse, token: int | None) -> int | None:
    """The nearest verb that a token hangs on, or None."""
    while token is not None and not parse.tags[token].startswith("VB"):
        token = parse.heads[token] if parse.heads[token] != token else None
    return token


def _upwards(parse: Parse, token: int) -> frozenset[int]:
    found = {token}
    while parse.heads[token] != token:
        token = parse.heads[token]
        found.add(token)
    return frozenset(found)


def _has_subject(parse: Parse, verb: int) -> bool:
    return any(parse.deps[c] in _SUBJECTS for c in parse.children[verb])


def refers_back(parse: Parse, frame: Frame, told: Sequence[int]) -> bool:
    """Whether an event noun takes up an event told before: "marched against the killings", "the ambush came after".

    Args:
        parse: the sentence.
        frame: the event.
        told: where its places and days stand; a noun that is followed by one needs no story.
    """
    lo, hi = parse.starts[parse.left[frame.head]], parse.ends[parse.right[frame.head] - 1]
    if frame.nominal and parse.lower[frame.head] in _RUNNING:
        return not any(lo <= at < hi for at in told)
    if not is_definite(parse, frame):
        return False
    return looks_back(parse, frame) and not any(lo <= at for at in told)


def looks_back(parse: Parse, frame: Frame) -> bool:
    """Whether an event noun stands after a preposition that tells of what came before: "over the abduction"."""
    return parse.deps[frame.head] == "pobj" and parse.lower[parse.heads[frame.head]] in _LOOKING_BACK


def asks_where(parse: Parse, frame: Frame) -> bool:
    """Whether a clause leaves the place open: "did not say where they had been killed"."""
    asked = (c for c in parse.children[frame.head] if c < frame.head and parse.lower[c] == "where")
    return parse.deps[frame.head] == "ccomp" and any(parse.deps[c] == "advmod" for c in asked)


def is_definite(parse: Parse, frame: Frame) -> bool:
    """Whether an event is named as a known one: "the ambush", "that raid", but not "the abduction of a trader"."""
    children = parse.children[frame.head]
    if not frame.nominal or not any(parse.lower[c] in _REFERRING for c in children):
        return False
    below = (g for c in children if parse.deps[c] == "prep" and parse.lower[c] == "of" for g in parse.children[c])
    return not any(parse.lower[d] in ("a", "an") or parse.deps[d] == "nummod" for g in below for d in parse.children[g])


def in_relative_clause(parse: Parse, frame: Frame) -> bool:
    """Whether a trigger stands in a relative clause: "a strike in which thirteen people died"."""
    return _in_relative(parse, _upwards(parse, frame.head))


def _in_relative(parse: Parse, around: frozenset[int]) -> bool:
    """Whether one of a trigger's governors is a relative clause, also one that the parser takes for an adverbial."""
    return any(
        parse.deps[token] == "relcl"
        or (parse.deps[token] == "advcl" and any(parse.tags[t] == "WDT" for t in range(parse.left[token], token)))
        for token in around
    )


def is_background(parse: Parse, frame: Frame, nouns: Collection[int]) -> bool:
    """Whether an event is told as what came before another: "launched in response to the bombing in Hangu".

    Args:
        parse: the sentence.
        frame: the event.
        nouns: heads of the sentence's event nouns; what a relative clause says of such a one is as old.
    """
    earlier = {n for n in nouns if parse.deps[n] == "pobj" and parse.lower[parse.heads[n]] in _EARLIER}
    if frame.nominal:
        return frame.head in earlier
    marked = any(parse.lower[c] in _OTHER_TIMES and parse.deps[c] == "mark" for c in parse.children[frame.head])
    described = any(n < frame.head for n in earlier) and in_relative_clause(parse, frame)
    return described or (parse.deps[frame.head] == "advcl" and marked)


def is_recent(parse: Parse, frame: Frame) -> bool:
    """Whether a verb in the present perfect tells of the time up to publication: "has set up a base"."""
    children = parse.children[frame.head]
    return not frame.nominal and any(parse.deps[c] == "aux" and parse.lower[c] in ("has", "have") for c in children)
