"""Frames: which rule fired where, and who did what to whom by its role pattern.

A frame is neutral: it holds an action and phrases, no codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .arguments import Arguments
from .conditions import Classes, Dropped, Screened, drop, refuse
from .grammar import Grammar
from .instruments import RANK, Instruments
from .phrases import phrase as noun_phrase
from .phrases import prepositional
from .records import Frame, Parse, Phrase, Span
from .roles import arguments
from .triggers import Match, TriggerIndex

_SENDERS = frozenset({"air", "drone"})  # "a bomb dropped by a plane"
_ABLE = frozenset({"armed", "state", "crowd"})  # who rather does harm than suffers it
_OUTRANKING = frozenset({"suicide", "chemical", "air"})


@dataclass(frozen=True)
class FrameContext:
    """What finding and linking frames needs besides the parse."""

    index: TriggerIndex
    grammar: Grammar
    instruments: Instruments
    outcomes: frozenset[str]  # actions that are results of others: kill, injure, damage
    causes: frozenset[str]  # deeds that others are results of; statements are none
    harms: frozenset[str]  # deeds whose sufferer may stand before the noun: "mosque attack"
    damages: frozenset[str]  # deeds that befall things: arson, looting


def find_frames(
    parse: Parse, screened: Screened, context: FrameContext, classes: Classes, times: Sequence[Span] = ()
) -> tuple[tuple[Frame, ...], tuple[Dropped, ...]]:
    """All frames of a sentence, in text order and not yet linked, and the candidates that were dropped.

    Args:
        parse: the sentence.
        screened: its triggers whose words fit, best first. Several rules may share a trigger: the first whose
            conditions hold takes its tokens.
        context: rules and dictionaries.
        classes: reads a phrase as an actor and gives its classes ("armed", "person", "property", …).
        times: the time expressions of the sentence; their words fill no role.
    """
    timed = frozenset(i for i, start in enumerate(parse.starts) if any(t.start <= start < t.end for t in times))
    frames: list[Frame] = []
    dropped = list(screened.dropped)
    taken: set[int] = set()
    for candidate in screened.matches:
        if taken & set(candidate.tokens):
            continue
        frame = _frame(parse, candidate, context, classes, timed)
        reason = refuse(parse, candidate, frame, classes)
        if reason:
            dropped.append(drop(parse, candidate, reason))
            continue
        taken.update(candidate.tokens)
        frames.append(frame)
    frames.sort(key=lambda f: f.head)
    return tuple(frames), tuple(dropped)


def _frame(parse: Parse, found: Match, context: FrameContext, classes: Classes, timed: frozenset[int]) -> Frame:
    rule = found.rule
    grammar = context.grammar
    roles = arguments(parse, found.head, found.tokens, found.pos, rule.roles, rule.prepositions, grammar, timed)
    actors, instruments = _split_devices(parse, _with_weak(roles, classes), context.instruments, classes, timed)
    if not actors:
        planters = _planters(parse, roles.instruments + instruments, grammar)
        actors, senders = _split_devices(parse, planters, context.instruments, classes, timed)
        instruments += senders  # "missiles fired by warplanes"
    targets = roles.targets
    harm = rule.roles == "actor_target" and rule.action in context.harms
    if rule.roles == "reciprocal" or (harm and rule.instrument and roles.obliques):  # "fought with rifles"
        targets, arms = _split_devices(parse, targets, context.instruments, classes, timed)
        beside, _ = _split_devices(parse, roles.obliques, context.instruments, classes, timed)
        targets, instruments = targets or beside, instruments + arms  # "hurled sticks of dynamite at X"
    if harm and not targets:
        targets = _weak_target(roles, actors, classes)
    lo, hi = clause_tokens(parse, found.head)
    instrument = _instrument(parse, found, roles.instruments + instruments, context.instruments)
    return Frame(
        sentence_index=parse.sentence.index,
        rule_id=rule.id,
        action=rule.action,
        head=found.head,
        tokens=found.tokens,
        start=parse.starts[found.tokens[0]],
        end=parse.ends[found.tokens[-1]],
        actors=actors,
        targets=tuple(p for p in targets if p not in actors),
        instruments=roles.instruments + instruments,
        places=roles.places,
        instrument=instrument or ("air" if any(_flies(parse, p) for p in actors) else None),
        clause=Span(parse.starts[lo], parse.ends[hi - 1]),
        nominal=found.pos == "noun",
        pattern=rule.roles,
    )


def _flies(parse: Parse, phrase: Phrase) -> bool:
    """Whether a party strikes from the air: "the air force destroyed six vehicles"."""
    head = phrase.head
    return head > 0 and (parse.lower[head - 1], parse.lower[head]) in (("air", "force"), ("air", "forces"))


def _with_weak(roles: Arguments, classes: Classes) -> tuple[Phrase, ...]:
    """A claimer or modifier is the actor only when nobody else is, and when it reads as one ("rebel attack")."""
    if roles.actors:
        return roles.actors
    people = ((p, classes(p)) for p in (*roles.claimers, *roles.weak_actors))
    return tuple(p for p, found in people if "listed" in found and found & {"armed", "state", "crowd", "known"})[:1]


def _weak_target(roles: Arguments, actors: tuple[Phrase, ...], classes: Classes) -> tuple[Phrase, ...]:
    """A modifier suffers when nobody else is told and it reads as a building or as civilians ("mosque attack")."""
    things = ((p, classes(p)) for p in roles.weak_actors if p not in actors)
    return tuple(p for p, found in things if found & {"property", "civilian"} and not found & _ABLE)[:1]


def _split_devices(
    parse: Parse, actors: tuple[Phrase, ...], instruments: Instruments, classes: Classes, timed: frozenset[int]
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Weapons in the place of a party are instruments; their owner ("Russian jets", "army drone") stays a party."""
    people: list[Phrase] = []
    devices: list[Phrase] = []
    for phrase in actors:
        if instruments.of_phrase(parse, phrase) is None or "person" in classes(phrase):
            people.append(phrase)
            continue
        devices.append(phrase)
        owner = _owner(parse, phrase, instruments, timed)
        if owner is not None and classes(owner) & {"armed", "state", "known", "external"}:
            people.append(owner)
    return tuple(people), tuple(devices)


def _planters(parse: Parse, devices: tuple[Phrase, ...], grammar: Grammar) -> tuple[Phrase, ...]:
    """Who used a weapon that acts by itself: "a mine laid by rebels went off"."""
    deeds = (c for p in devices for c in parse.children[p.head] if parse.deps[c] == "acl")
    used = (deed for deed in deeds if parse.lower[deed] in grammar.planting)
    return tuple(noun_phrase(parse, h) for deed in used for h in prepositional(parse, deed, frozenset({"by"})))


def _owner(parse: Parse, device: Phrase, instruments: Instruments, timed: frozenset[int]) -> Phrase | None:
    """The modifier that tells whose a weapon is; "fighter" in "fighter jets" is part of the weapon's name."""
    modifiers = [
        c
        for c in parse.children[device.head]
        if parse.deps[c] in ("poss", "amod", "compound", "nmod")
        and parse.tags[c][:2] in ("NN", "JJ")
        and c not in timed
        and not instruments.names(parse.lower[c : device.head + 1])
    ]
    if not modifiers:
        return None
    first = modifiers[0]
    lo = parse.left[first]
    return Phrase(parse.starts[lo], parse.ends[first], parse.text(lo, first + 1), lo, first + 1, first)


def _instrument(parse: Parse, found: Match, phrases: tuple[Phrase, ...], instruments: Instruments) -> str | None:
    """The most telling weapon of the trigger, its modifiers and the instrument phrases; else the rule's.

    Only what a rule says of suicide, poison and aircraft outranks the words ("suicide attackers detonated explosives").
    """
    classes = {found.rule.instrument} & _OUTRANKING
    lo, hi = found.tokens[0], found.tokens[-1] + 1
    if found.pos == "noun":
        lo = min(
            lo,
            *(c for c in (*parse.children[found.head], lo) if parse.deps[c] in ("compound", "amod", "nmod") or c == lo),
        )
        classes |= set(instruments.in_span(parse, lo, hi))
        if found.rule.roles == "device":  # "the explosion of two grenades"
            burst = prepositional(parse, found.head, frozenset({"of"}))
            classes |= {c for token in burst for c in instruments.in_span(parse, parse.left[token], token + 1)}
    else:
        for token in found.tokens[1:]:
            word = instruments.of_words(parse.lower[max(0, token - 2) : token + 1])
            classes |= {word} if word else set()
            within = (c for c in parse.children[token] if c < token and parse.deps[c] in ("compound", "amod", "nmod"))
            classes |= {c for w in within for c in instruments.in_span(parse, parse.left[w], token)}
            filled = (c for c in parse.children[token] if parse.deps[c] == "acl")  # "bombs loaded with chlorine"
            classes |= {c for f in filled for c in instruments.in_span(parse, f, parse.right[f])} & {"chemical"}
    classes |= {c for p in phrases for c in instruments.in_span(parse, p.lo, p.hi)}
    senders = (c for p in phrases for c in parse.children[p.head] if parse.deps[c] in ("acl", "prep"))
    classes |= {c for s in senders for c in instruments.in_span(parse, parse.left[s], parse.right[s])} & _SENDERS
    known = [c for c in RANK if c in classes]
    return known[0] if known else found.rule.instrument


def clause_tokens(parse: Parse, head: int) -> tuple[int, int]:
    """The token range of the clause around a trigger: its verb's subtree without its sentence's other clauses."""
    at = head
    while (
        not parse.tags[at].startswith(("VB", "MD"))
        and parse.heads[at] != at
        and parse.deps[at] not in ("relcl", "acl", "advcl")
    ):
        at = parse.heads[at]
    lo, hi = parse.left[at], parse.right[at]
    while hi - 1 > head and parse.deps[hi - 1] == "punct":
        hi -= 1
    for token in range(lo, hi):
        if (
            token in (at, head)
            or parse.deps[token] not in ("ccomp", "advcl", "conj", "relcl", "parataxis")
            or not parse.tags[token].startswith("VB")
        ):
            continue
        left, right = parse.left[token], parse.right[token]
        if right <= head and left == lo:
            lo = max(lo, right)
        elif left > head and right == hi:
            hi = min(hi, left)
    return (lo, hi) if lo <= head < hi else (parse.left[head], parse.right[head])
