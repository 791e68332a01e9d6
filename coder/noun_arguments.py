"""Arguments of an event noun: its owner, by- and of-phrases, and what a light verb or a claim lends it."""

from __future__ import annotations

from .arguments import PLACE_PREPOSITIONS, TARGET_PREPOSITIONS, Arguments, Trigger
from .grammar import Grammar
from .phrases import conjuncts, doers_after, modifier, possessor
from .records import Parse
from .subjects import is_passive, subject_heads

_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_CLAIMING = frozenset({"claim", "claims", "claimed", "claiming"})
_STANDS = frozenset({"anti", "pro", "counter", "non"})
_CAUSING = frozenset({"lead", "leads", "led", "leading"})  # "led to protests": a cause, not a protester


def event_compound(parse: Parse, head: int) -> bool:
    """An -ing noun that the parser hangs as a clause on its own modifier: "killed in police firing"."""
    owner = parse.heads[head]
    if parse.deps[head] != "acl" or owner != head - 1 or parse.child(head, "dobj", "prt") is not None:
        return False
    return parse.deps[owner] == "pobj" and parse.lower[parse.heads[owner]] in (
        "in",
        "during",
        "by",
        "after",
        "from",
        "to",
    )


def nominal(trigger: Trigger) -> Arguments:
    """The arguments around an event noun, before its role pattern shapes them."""
    parse, noun = trigger.parse, trigger.head
    of = trigger.prepositional(noun, frozenset({"of"}))
    by = _agents(trigger, of) or _blamed(trigger)
    owners = trigger.free(possessor(parse, noun))
    victims: list[int] = []
    if not of and _suffered(parse, noun, owners, trigger.grammar):
        victims, owners = owners, []
    if event_compound(parse, noun):
        owners = trigger.free([parse.heads[noun]])
    givers, takers = _light(trigger)
    givers = [] if victims and trigger.pattern == "victim" else givers or _claimants(trigger)
    wanted = TARGET_PREPOSITIONS | frozenset(trigger.extra)
    on = [h for h in trigger.prepositional(noun, wanted - {"at"}) if h not in by] or [
        h for agent in by for h in trigger.prepositional(agent, wanted)
    ]
    mutual = trigger.pattern in ("reciprocal", "parties")  # "a clash at Bor" has its place there, no party
    at = [] if mutual else trigger.prepositional(noun, frozenset({"at"}))
    premodifiers = [
        c
        for c in parse.children[noun]
        if parse.deps[c] in ("compound", "amod", "nmod")
        and c not in trigger.taken
        and c < noun
        and not _of_a_stand(parse, c)
    ]
    return Arguments(
        trigger.phrases(by or owners or givers or _partners(trigger)),
        trigger.phrases(victims or on or of or at or takers),
        trigger.phrases(trigger.prepositional(noun, frozenset({"with", "using"}))),
        trigger.phrases(trigger.prepositional(noun, PLACE_PREPOSITIONS)),
        trigger.phrases(trigger.prepositional(noun, frozenset({"from"}))),
        weak_actors=tuple(modifier(parse, c) for c in premodifiers),
        claimers=trigger.phrases(_claiming(trigger)),
        drawn=trigger.phrases(_drawn(trigger)),
    )


def _of_a_stand(parse: Parse, modifier: int) -> bool:
    """Whether a modifier tells for or against whom something is: nobody's doing is in "anti-government protests"."""
    if parse.lower[modifier] in _STANDS | {"-", "–"}:
        return True
    return modifier > 1 and parse.lower[modifier - 1] in ("-", "–") and parse.lower[modifier - 2] in _STANDS


def _blamed(trigger: Trigger) -> list[int]:
    """Who is blamed for the deed: "blamed X for the attack", "blamed the attack on X", "accused X of the attack"."""
    parse, noun = trigger.parse, trigger.head
    above, label = parse.heads[noun], parse.deps[noun]
    if label in ("dobj", "nsubjpass") and parse.lower[above] in trigger.grammar.blaming:
        return trigger.prepositional(above, frozenset({"on"})) or trigger.prepositional(noun, frozenset({"on"}))
    if label != "pobj" or parse.lower[above] not in ("for", "of"):
        return []
    verb = parse.heads[above]
    if parse.deps[verb] == "dobj":  # the parser hangs "for the attack" on whom it is blamed on
        verb = parse.heads[verb]
    if parse.lower[verb] not in trigger.grammar.blaming:
        return []
    if is_passive(parse, verb):
        return trigger.free(subject_heads(parse, verb, trigger.grammar))
    return trigger.free([h for c in parse.children[verb] if parse.deps[c] == "dobj" for h in conjuncts(parse, c)])


def _suffered(parse: Parse, noun: int, owners: list[int], grammar: Grammar) -> bool:
    """Whether an event noun's owner is its victim: "her arrest", "the mayor's murder"; not "the army's killings"."""
    if parse.lower[noun] not in grammar.suffered:
        return False
    person = any(parse.tags[owner] == "PRP$" and parse.lower[owner] != "its" for owner in owners)
    return person or parse.tags[noun] == "NN"


def _agents(trigger: Trigger, of: list[int]) -> list[int]:
    """The doers of an event noun: by-phrases, also inside its of-phrase ("the arrest of X by Y") or a participle's."""
    parse = trigger.parse
    by = doers_after(parse, trigger.head, trigger.taken)
    by += [h for victim in of for h in trigger.prepositional(victim, frozenset({"by"}))]
    by = by or _right_after(trigger)
    done = trigger.grammar.givers | trigger.grammar.planting | {"blamed", "pinned"}
    for child in parse.children[trigger.head]:
        if parse.deps[child] == "acl" and parse.lower[child] in done:
            by += trigger.prepositional(child, frozenset({"by", "on"}))
    return by


def _right_after(trigger: Trigger) -> list[int]:
    """A by-phrase right after the noun that the parser hangs on an active verb: "suffered losses in raids by X"."""
    parse, after = trigger.parse, trigger.head + 1
    if after >= len(parse) or parse.lower[after] != "by" or trigger.pattern not in ("actor_target", "device"):
        return []
    verb = parse.heads[after]
    if not parse.tags[verb].startswith("VB") or verb > after or is_passive(parse, verb):
        return []
    return trigger.free([h for c in parse.children[after] if parse.deps[c] == "pobj" for h in conjuncts(parse, c)])


def _partners(trigger: Trigger) -> list[int]:
    """The sides of a reciprocal noun: "clashes between X and Y", also "clashes erupted between X and Y"."""
    if trigger.pattern not in ("reciprocal", "parties"):
        return []
    parse, noun = trigger.parse, trigger.head
    wanted = frozenset({"between", "among", "with"})
    found = [h for token in trigger.tokens for h in trigger.prepositional(token, wanted)]  # "exchange of fire with X"
    governor = parse.heads[noun]
    if not found and parse.deps[noun] in ("nsubj", "nsubjpass", "dobj", "attr"):
        felt = parse.deps[noun] == "nsubj" and parse.child(governor, "dobj") is not None  # "caused panic among people"
        found = trigger.prepositional(governor, wanted - ({"with", "among"} if felt else {"with"}))
    if not found and parse.deps[noun] == "nsubj" and parse.lower[governor] in trigger.grammar.pitting:
        found = trigger.free([c for c in parse.children[governor] if parse.deps[c] == "dobj"])
        found += trigger.prepositional(governor, frozenset({"against"}))
    return found


def _light(trigger: Trigger) -> tuple[list[int], list[int]]:
    """Actor and target lent by a light verb that governs the event noun ("X carried out an attack on Y")."""
    parse, grammar = trigger.parse, trigger.grammar
    governor, dep = parse.heads[trigger.head], parse.deps[trigger.head]
    if dep == "conj":
        governor, dep = parse.heads[governor], parse.deps[governor]
    if dep == "pobj" and parse.lower[governor] == "of" and parse.lower[parse.heads[governor]] in grammar.measures:
        governor, dep = parse.heads[parse.heads[governor]], parse.deps[parse.heads[governor]]  # "a wave of arrests"
    if dep == "pobj" and parse.lower[governor] == "with":  # "retaliated with an attack on the camp"
        answer = parse.heads[governor]
        active = parse.lower[answer] in grammar.answering and not is_passive(parse, answer)
        return (trigger.free(subject_heads(parse, answer, grammar)) if active else []), []
    if dep == "pobj" and parse.lower[governor] in ("out", "in", "to", "under", "for", "against"):
        caused = parse.lower[governor] == "to" and parse.lower[parse.heads[governor]] in _CAUSING
        governor, dep = parse.heads[governor], "" if caused else "dobj"
    if not parse.tags[governor].startswith("VB"):
        return [], []
    word = parse.lower[governor]
    against = trigger.prepositional(governor, TARGET_PREPOSITIONS - {"at", "into"})
    if dep == "dobj" and word in grammar.takers:
        return [], trigger.free(subject_heads(parse, governor, grammar))
    if dep == "dobj" and word in grammar.givers:
        return trigger.free(subject_heads(parse, governor, grammar)), against
    if dep == "nsubjpass" and word in grammar.givers:
        return trigger.prepositional(governor, frozenset({"by"})), against
    return [], []


def _claimants(trigger: Trigger) -> list[int]:
    """Who claims the deed: "X claimed responsibility for an attack", "X took credit for the blast"."""
    parse = trigger.parse
    preposition = parse.heads[trigger.head]
    noun = parse.heads[preposition]
    if parse.lower[preposition] != "for" or parse.lower[noun] not in ("responsibility", "credit"):
        return []
    verb = parse.heads[noun]
    if not parse.tags[verb].startswith("VB") or parse.deps[noun] not in ("dobj", "nsubjpass"):
        return []
    if any(parse.deps[c] == "neg" for c in parse.children[verb]):  # "did not claim responsibility for it"
        return []
    if parse.deps[noun] == "nsubjpass":  # "responsibility for the attack was claimed by X"
        return trigger.prepositional(verb, frozenset({"by"}))
    return _somebody(trigger, verb)


def _claiming(trigger: Trigger) -> list[int]:
    """Who or what claims the deed itself or is behind it: "X claimed the attack", "X is thought to be behind it"."""
    parse = trigger.parse
    above, dep = parse.heads[trigger.head], parse.deps[trigger.head]
    if dep == "pobj" and parse.lower[above] == "behind":
        return _somebody(trigger, parse.heads[above])
    denied = any(parse.deps[c] == "neg" for c in parse.children[above])
    if parse.lower[above] not in _CLAIMING or denied or dep not in ("nsubjpass", "dobj"):
        return []
    return trigger.prepositional(above, frozenset({"by"})) if dep == "nsubjpass" else _somebody(trigger, above)


def _somebody(trigger: Trigger, verb: int) -> list[int]:
    """The subject of a verb of claiming, unless it is nobody ("no group claimed it", "who was behind it")."""
    parse = trigger.parse
    claimants = trigger.free(subject_heads(parse, verb, trigger.grammar))
    return [h for h in claimants if parse.lower[parse.left[h]] not in _NOBODY and not parse.tags[h].startswith("W")]


def _drawn(trigger: Trigger) -> list[int]:
    """Whom an event drew: "the march drew 500 people", "was attended by 500"."""
    parse = trigger.parse
    governor, dep = parse.heads[trigger.head], parse.deps[trigger.head]
    if parse.lower[governor] not in trigger.grammar.drawers:
        return []
    if dep == "nsubj":
        return trigger.free([c for c in parse.children[governor] if parse.deps[c] == "dobj"])
    return trigger.prepositional(governor, frozenset({"by"})) if dep == "nsubjpass" else []


def doers(trigger: Trigger) -> list[int]:
    """Who did what a noun names, where the noun is a device: by-phrases, else who claims it."""
    return _agents(trigger, []) or _claimants(trigger)
