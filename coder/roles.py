"""Role patterns: how a construction gives actor, target, instrument and place.

``verb_arguments.py`` and ``noun_arguments.py`` find what stands around a trigger. Eight patterns cover the rules:
``actor_target`` (X shelled Y), ``reciprocal`` (X and Y clashed), ``actor_only`` (X marched), ``actor_place``
(X seized P from Y), ``device`` (a bomb exploded), ``inverse`` (X came under fire, P fell to Y), ``parties``
(X and Y signed a truce) and ``victim`` (five people died).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .arguments import PLACE_PREPOSITIONS, TARGET_PREPOSITIONS, Arguments, Trigger
from .grammar import Grammar
from .noun_arguments import doers, nominal
from .phrases import conjuncts, halves
from .records import Parse, Phrase
from .subjects import subject_heads
from .verb_arguments import verbal

_EACH_OTHER = frozenset({("one", "another"), ("each", "other")})  # they name nobody
_PREDICATES = ("acomp", "attr", "prep", "advmod", "oprd", "ccomp", "xcomp", "pobj")


def arguments(
    parse: Parse,
    head: int,
    tokens: tuple[int, ...],
    pos: str,
    pattern: str,
    extra: tuple[str, ...],
    grammar: Grammar,
    times: frozenset[int] = frozenset(),
) -> Arguments:
    """Find the arguments of one trigger.

    Args:
        parse: the sentence.
        head: token of the trigger's head.
        tokens: all tokens of the trigger; they never fill a role themselves.
        pos: "verb", "noun" or "word".
        pattern: the rule's role pattern.
        extra: further prepositions that bring the target.
        grammar: the verbs that pass arguments on.
        times: tokens of time expressions; they fill no role ("clashed … on Monday").

    Returns:
        The arguments, with patterns applied (inverse swaps, reciprocal splits).
    """
    times |= {i for i, word in enumerate(parse.lower) if word in grammar.times}
    times |= {i + k for i, pair in enumerate(pairwise(parse.lower)) if pair in _EACH_OTHER for k in (0, 1)}
    trigger = Trigger(parse, head, tokens, frozenset(tokens) | times, pattern, extra, grammar)
    raw = verbal(trigger) if pos == "verb" else _predicative(trigger) if pos == "word" else nominal(trigger)
    shaped = _SHAPE.get(pattern, _keep)(parse, raw)
    device = pattern == "device" and pos == "noun"
    by = doers(trigger) if device else []  # "a blast triggered by rebels"
    return replace(shaped, actors=trigger.phrases(by)) if by else shaped


def _predicative(trigger: Trigger) -> Arguments:
    """Arguments of an adjective or fixed expression: "left 12 people dead", "X is on strike", "five dead in …"."""
    parse, word, grammar = trigger.parse, trigger.head, trigger.grammar
    governor, dep = parse.heads[word], parse.deps[word]
    subject: list[int] = []
    if dep in _PREDICATES and parse.tags[governor].startswith("VB"):
        held = parse.child(governor, "dobj") if dep in ("oprd", "acomp", "ccomp", "xcomp") else None
        subject = conjuncts(parse, held) if held is not None else subject_heads(parse, governor, grammar)
    elif dep in ("amod", "acl", "nummod") and parse.tags[governor].startswith("NN"):
        subject = [governor]
    elif dep == "aux":  # "X must go"
        subject = subject_heads(parse, governor, grammar)
    elif (own := parse.child(word, "nsubj", "nummod")) is not None:
        subject = [own]
    return Arguments(
        targets=trigger.phrases(trigger.free(subject)),
        places=trigger.phrases(trigger.prepositional(word, PLACE_PREPOSITIONS)),
    )


def _keep(parse: Parse, raw: Arguments) -> Arguments:
    return raw


def _reciprocal(parse: Parse, raw: Arguments) -> Arguments:
    """Two sides: "X clashed with Y", "X and Y clashed", "clashes between X and Y"."""
    if len(raw.actors) == 1 and not raw.targets and (two := halves(parse, raw.actors[0])) is not None:
        raw = replace(raw, actors=two)
    if raw.targets or len(raw.actors) < 2:
        return raw
    return replace(raw, actors=raw.actors[:1], targets=raw.actors[1:])


def _actor_place(parse: Parse, raw: Arguments) -> Arguments:
    """X takes P from Y: the former holder is the target, before the place."""
    return replace(raw, targets=raw.holders + raw.targets)


def _actor_only(parse: Parse, raw: Arguments) -> Arguments:
    """X marched, a march by X, a march of X. Whom the crowd is against stays its target; where it stands does not."""
    targets = tuple(p for p in raw.targets if _preposition(parse, p) not in TARGET_PREPOSITIONS - {"against"})
    actors = raw.actors or raw.drawn
    if actors:
        return replace(raw, actors=actors, targets=targets)
    people = tuple(p for p in targets if _preposition(parse, p) in ("", "of"))
    return replace(raw, actors=people, targets=tuple(p for p in targets if p not in people))


def _preposition(parse: Parse, found: Phrase) -> str:
    """The preposition before a phrase's first conjunct, or ""."""
    at = found.head
    while parse.deps[at] == "conj" and parse.heads[at] != at:
        at = parse.heads[at]
    return parse.lower[parse.heads[at]] if parse.deps[at] == "pobj" else ""


def _inverse(parse: Parse, raw: Arguments) -> Arguments:
    """The subject suffers; the doer stands after "to", "by" or "from". "X lost P to Y": the object is the place."""
    if raw.obliques:
        return replace(raw, actors=raw.obliques, targets=raw.actors, places=raw.places + raw.targets, obliques=())
    return replace(raw, actors=raw.targets, targets=raw.actors)


def _device(parse: Parse, raw: Arguments) -> Arguments:
    """A weapon is the subject: it is the instrument, nobody is named as its user."""
    return replace(raw, actors=(), instruments=raw.instruments + raw.actors)


def _victim(parse: Parse, raw: Arguments) -> Arguments:
    """Death without a doer: the subject is the victim."""
    return replace(raw, actors=(), targets=raw.actors or raw.targets)


_SHAPE = {
    "actor_place": _actor_place,
    "actor_only": _actor_only,
    "reciprocal": _reciprocal,
    "parties": _reciprocal,
    "inverse": _inverse,
    "device": _device,
    "victim": _victim,
}
