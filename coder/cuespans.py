"""The words of a claim cue itself, and the phrase of its source, in a parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .complements import FINITE, SCENES, agent_of, is_finite, is_passive, phrase_tokens
from .records import Parse
from .subjects import RELATIVES, interrupted, is_infinitive, teller

_AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
_LONGEST_ADJUNCT = 6


def cue_tokens(parse: Parse, cue: int, extra: Iterable[int], light: frozenset[str] = frozenset()) -> tuple[int, int]:
    """First and one past the last token of the cue, with auxiliaries, negation and adverbs beside it."""
    lo, hi = cue, cue + 1
    if parse.tags[cue].startswith("VB"):
        lo, hi = _verb_group(parse, cue)
    elif 0 < cue - parse.heads[cue] <= 4 and (
        parse.deps[cue] == "acomp" or (parse.deps[cue] == "dobj" and parse.lower[parse.heads[cue]] in light)
    ):
        lo, _ = cue_tokens(parse, parse.heads[cue], ())  # "expressed doubts", "is confident"
    for token in sorted(extra):
        near = hi + 3 if parse.tags[token] not in ("IN", "TO") else hi + 1
        if hi <= token <= near and not any(
            parse.tags[k] in FINITE or parse.deps[k] == "nsubj" for k in range(hi, token)
        ):
            hi = token + 1
    if hi < len(parse) and parse.lower[hi] == ":":
        hi += 1
    return lo, hi


def _verb_group(parse: Parse, verb: int) -> tuple[int, int]:
    """A verb with its auxiliaries, negation, adverbs and particle."""
    lo, hi = verb, verb + 1
    inside = {c for c in parse.children[verb] if parse.deps[c] in _AUXILIARIES or _light(parse, c)}
    while lo - 1 in inside:
        lo -= 1
    while parse.deps[lo] == "advmod" and lo < verb and parse.tags[lo] in ("WRB",):
        lo += 1
    while hi < len(parse) and parse.heads[hi] == verb and parse.deps[hi] == "prt":
        hi += 1
    return lo, hi


def cue_governor(parse: Parse, cue: int, lo: int, free: Callable[[int], bool]) -> int:
    """The first token of a cue with the verb or adjective right before it that governs it.

    "Went on to say", "declined to comment", "was reluctant to confirm", "repeated a claim".

    Args:
        parse: the sentence.
        cue: token of the cue's head.
        lo: first token of the cue so far.
        free: whether a token belongs to no other cue, to the content or to the source.
    """
    above, dep = parse.heads[cue], parse.deps[cue]
    if above >= lo or parse.tags[above][:2] not in ("VB", "JJ"):
        return lo
    if dep == "xcomp" and lo - above <= 2 and is_infinitive(parse, cue):
        near = all(parse.deps[t] in ("prt", "advmod") for t in range(above + 1, lo))
    elif dep == "dobj" and parse.tags[cue].startswith("NN") and lo - above <= 4:
        near = all(parse.heads[t] == cue for t in range(above + 1, lo))
    else:
        return lo
    if not near:
        return lo
    first = above
    if parse.tags[above].startswith("VB"):
        first, _ = _verb_group(parse, above)
    elif parse.deps[above] == "acomp" and above - parse.heads[above] == 1:
        first, _ = _verb_group(parse, parse.heads[above])
    return first if all(free(token) for token in range(first, lo)) else lo


def cue_adjuncts(parse: Parse, cue: int, end: int, free: Callable[[int], bool], channels: Callable[[str], bool]) -> int:
    """One past the last token of a verbal cue with the circumstances of saying right after it.

    By which channel, how and on which day it was said belongs to the cue: "said in a statement Tuesday".

    Args:
        parse: the sentence.
        cue: token of the cue's verb.
        end: one past the last token of the cue so far.
        free: whether a token belongs neither to the content nor to the source.
        channels: whether a text names a channel.
    """
    if not parse.tags[cue].startswith("VB"):
        return end
    at = end
    while at < len(parse):
        top = at
        while parse.left[parse.heads[top]] == at and parse.heads[top] not in (top, cue):
            top = parse.heads[top]
        if parse.left[top] != at or not _modifies(parse, top, cue):
            break
        stop = parse.right[top]
        if not _circumstance(parse, top, stop, channels) or not all(free(token) for token in range(at, stop)):
            break
        at = stop
    return at


def _circumstance(parse: Parse, top: int, stop: int, channels: Callable[[str], bool]) -> bool:
    if parse.deps[top] == "prep":
        goal = parse.child(top, "pobj")
        if goal is None or parse.lower[top] not in SCENES or stop - top > _LONGEST_ADJUNCT:
            return False
        return channels(parse.text(top, goal + 1))
    single = stop - parse.left[top] == 1
    return single and parse.deps[top] in ("npadvmod", "advmod") and parse.tags[top] not in ("WRB", "IN")


def _modifies(parse: Parse, top: int, cue: int) -> bool:
    """Whether an adjunct hangs on the cue, or on an adjunct of it."""
    at = parse.heads[top]
    for _ in range(3):
        if at == cue:
            return True
        if at < cue or parse.heads[at] == at:
            return False
        at = parse.heads[at]
    return False


def _light(parse: Parse, token: int) -> bool:
    return parse.deps[token] == "advmod" and parse.right[token] - parse.left[token] == 1


def source_tokens(parse: Parse, cue: int, light: frozenset[str] = frozenset()) -> tuple[int, frozenset[int]] | None:
    """The source of a cue: head token and the tokens of its phrase, or None when the sentence names none."""
    tag = parse.tags[cue]
    if tag.startswith("NN"):
        return _noun_source(parse, cue, light)
    if tag.startswith("JJ"):
        return _subject(parse, parse.heads[cue], cue)
    if is_passive(parse, cue):
        return agent_of(parse, cue)
    if (cut := interrupted(parse, cue)) is not None:
        return cut[1], phrase_tokens(parse, cut[1], cue)
    if (told := teller(parse, cue)) is not None:
        return told, phrase_tokens(parse, told, cue)
    return _subject(parse, cue, cue)


def _subject(parse: Parse, verb: int, cue: int) -> tuple[int, frozenset[int]] | None:
    """The subject of ``verb``, through coordination, control, participles and relative clauses."""
    at = verb
    for _ in range(6):
        subject = parse.child(at, "nsubj", "nsubjpass", "csubj") if at == verb else _active(parse, at)
        if subject is not None:
            if parse.lower[subject] in RELATIVES and parse.deps[at] == "relcl":
                return parse.heads[at], phrase_tokens(parse, parse.heads[at], cue)
            if parse.lower[subject] in ("there",) or parse.deps[subject] == "csubj":
                return None
            return subject, phrase_tokens(parse, subject, cue)
        if is_passive(parse, at) and at != verb:
            return agent_of(parse, at)
        host, dep = parse.heads[at], parse.deps[at]
        if host == at:
            return None
        if dep == "acl" and parse.tags[at] == "VBG":
            return host, phrase_tokens(parse, host, cue)
        if dep == "acl" and parse.tags[host].startswith("NN"):
            return _noun_source(parse, host, frozenset())
        if dep not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "acomp", "parataxis"):
            return None
        if dep == "ccomp" and is_finite(parse, at):
            return None
        quoted = parse.child(parse.heads[host], "dobj") if dep == "pcomp" and parse.lower[host] == "as" else None
        if quoted is not None:
            return quoted, phrase_tokens(parse, quoted, cue)  # "quoted a fighter as saying"
        goal = parse.child(host, "dobj") if dep == "xcomp" and is_infinitive(parse, at) else None
        if goal is not None and goal < at and parse.tags[goal][:2] in ("NN", "PR"):
            return goal, phrase_tokens(parse, goal, cue)
        at = host
    return None


def _active(parse: Parse, verb: int) -> int | None:
    return parse.child(verb, "nsubj", "nsubjpass")


def _noun_source(parse: Parse, noun: int, light: frozenset[str]) -> tuple[int, frozenset[int]] | None:
    owner = parse.child(noun, "poss")
    if owner is not None:
        mark = parse.child(owner, "case")
        return owner, phrase_tokens(parse, owner, noun) - ({mark} if mark is not None else set())
    for child in parse.children[noun]:
        if parse.deps[child] in ("prep", "agent") and parse.lower[child] in ("by", "from"):
            goal = parse.child(child, "pobj")
            if goal is not None:
                return goal, phrase_tokens(parse, goal, noun)
    host = parse.heads[noun]
    if parse.deps[noun] == "dobj" and parse.lower[host] in light:
        return agent_of(parse, host) if is_passive(parse, host) else _subject(parse, host, noun)
    return None
