"""Whom a statement is addressed to, when its grammar gives only a thing or nobody.

"Rejected a proposal by X", "broke off relations with X", "demanded that X withdraw": the party stands inside the thing,
after a preposition of the statement's own words, or as the subject of what is demanded.
"""

from __future__ import annotations

from collections.abc import Iterator

from .actor_lexicon import ActorLexicon, fold, head_lemma
from .phrases import conjuncts, possessor, prepositional
from .records import Frame, Parse

_HARM = frozenset({"violence", "suffered"})  # classes of event nouns
_BESIDE = frozenset({"of", "from", "with", "against", "to", "on"})
_INSIDE = _BESIDE | {"by"}
_DEMANDS = frozenset({"demand", "demand_assist", "demand_meet", "demand_yield"})
_REPORTED = frozenset({"accuse", "condemn"})  # "filed a complaint with the court": not against it
_DEPTH = 3  # nouns from the statement to the party: "threatened [a halt to [talks with X]]"


def inside(parse: Parse, noun: int, lexicon: ActorLexicon) -> list[int]:
    """The heads that may tell whose a thing is, or against whom: "X's plan", "a plan of X", "a Libyan plan".

    Args:
        parse: the sentence.
        noun: the head of the thing.
        lexicon: tells which nouns are deeds of violence; of a murder only the doer counts, not whom it befell.

    Returns:
        The heads, the likeliest first.
    """
    if lexicon.event_nouns.get(head_lemma(parse.lower[noun]), frozenset()) & _HARM:
        return prepositional(parse, noun, frozenset({"by"}))
    owners = [h for h in possessor(parse, noun) if parse.tags[h] != "PRP$"]
    heads = owners or prepositional(parse, noun, _INSIDE)
    before = (c for c in parse.children[noun] if c < noun and parse.deps[c] in ("amod", "compound"))
    return heads + [c for c in before if fold(parse.words[c]) in lexicon.nations]


def beside(parse: Parse, frame: Frame, lexicon: ActorLexicon) -> Iterator[int]:
    """The heads that may tell whom a statement without a target is addressed to, the likeliest first.

    Args:
        parse: the sentence.
        frame: the statement; of a demand, whoever is to do it comes first.
        lexicon: as for :func:`inside`.
    """
    doers = {actor.head for actor in frame.actors}
    passed = {*frame.tokens, *doers}
    if frame.action in _DEMANDS and not frame.nominal:
        yield from (h for h in _asked(parse, frame) if h not in passed)
    wanted = _BESIDE - ({"to", "with"} if frame.action in _REPORTED else set())
    found = [h for token in frame.tokens for h in prepositional(parse, token, wanted) if h not in passed]
    held = [h for token in frame.tokens if parse.tags[token].startswith("VB") for h in _held(parse, token)]
    for _ in range(_DEPTH):
        yield from found
        things = [h for h in (*held, *found) if h not in passed]
        passed.update(things)
        found, held = [h for thing in things for h in inside(parse, thing, lexicon) if h not in passed], []


def _asked(parse: Parse, frame: Frame) -> list[int]:
    """Who is to do what is demanded: the subject of the clause that the demand opens."""
    return [
        h
        for token in frame.tokens
        for clause in parse.children[token]
        if parse.deps[clause] == "ccomp" and clause > token
        for subject in parse.children[clause]
        if parse.deps[subject] in ("nsubj", "nsubjpass")
        for h in conjuncts(parse, subject)
    ]


def _held(parse: Parse, verb: int) -> list[int]:
    return [h for c in parse.children[verb] if parse.deps[c] == "dobj" for h in conjuncts(parse, c)]
