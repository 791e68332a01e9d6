"""Arguments of a verb: its subject and objects, passives and headlines, coordination and relative clauses."""

from __future__ import annotations

from .arguments import PLACE_PREPOSITIONS, TARGET_PREPOSITIONS, Arguments, Trigger
from .phrases import conjuncts, doers_after, is_plural, objects_of, possessor
from .records import Parse
from .subjects import RELATIVES, is_passive, subject_heads

_SCENE = frozenset({"in", "at", "near", "by", "outside", "during", "after", "over", "from", "on", "off", "as"})
_SAME_FORM = ({"VBD"}, {"VBN"}, {"VBD", "VBN"}, {"VB"}, {"VBZ"}, {"VBP"}, {"VBG"})  # of verbs that share an object
_FINAL = frozenset({".", "!", "?", '"', "”", "…"})


def verbal(trigger: Trigger) -> Arguments:
    """The arguments around a verb, before its role pattern shapes them."""
    parse, verb, tokens = trigger.parse, trigger.head, trigger.tokens
    subjects = subject_heads(parse, verb, trigger.grammar)
    objects = trigger.free(_objects(trigger))
    oblique = _oblique(trigger)
    if is_passive(parse, verb) or (trigger.pattern == "actor_target" and _headline_passive(parse, verb)):
        own = [s for s in subjects if s in tokens]  # "an accord was signed by X", "the bodies of X were found"
        targets = trigger.free(subjects) or ([*_owners(trigger, own), *oblique] if own else [])
        actors = doers_after(parse, verb, trigger.taken)
        oblique = []
    else:
        actors = trigger.free(subjects)
        fire = any(parse.lower[o] == "fire" for o in objects)  # "returned fire on X"
        targets = oblique if fire else objects or oblique
        oblique = oblique if objects else []
    means = frozenset({"with", "using"}) - frozenset(trigger.extra)
    return Arguments(
        trigger.phrases(actors),
        trigger.phrases(targets),
        trigger.phrases(trigger.prepositional(verb, means) + _used(trigger)),
        trigger.phrases(trigger.prepositional(verb, PLACE_PREPOSITIONS)),
        trigger.phrases([h for t in tokens for h in trigger.prepositional(t, frozenset({"from"}))]),
        trigger.phrases(oblique),
    )


def _used(trigger: Trigger) -> list[int]:
    """What a participle names as the means: "attacked the post, using mortars"."""
    parse = trigger.parse
    using = [c for c in parse.children[trigger.head] if parse.deps[c] == "advcl" and parse.lower[c] == "using"]
    return trigger.free(
        [h for c in using for o in parse.children[c] if parse.deps[o] == "dobj" for h in conjuncts(parse, o)]
    )


def _oblique(trigger: Trigger) -> list[int]:
    """What stands after the prepositions of the target; they may hang on the trigger's noun ("open fire on X")."""
    wanted = TARGET_PREPOSITIONS | frozenset(trigger.extra)
    found = trigger.prepositional(trigger.head, wanted)
    for token in trigger.tokens:
        if token != trigger.head:
            found += [h for h in trigger.prepositional(token, wanted | {"of"}) if h not in found]
    return found


def _owners(trigger: Trigger, nouns: list[int]) -> list[int]:
    """Whose the trigger's own noun is: "the bodies of X", "X's body"."""
    return [
        h
        for noun in nouns
        for h in trigger.prepositional(noun, frozenset({"of"})) + trigger.free(possessor(trigger.parse, noun))
    ]


def _headline_passive(parse: Parse, verb: int) -> bool:
    """A headline's past form without auxiliary and object: "Journalist detained in Minsk"."""
    if parse.tags[verb] not in ("VBD", "VBN") or parse.heads[verb] != verb or not parse.lower[verb].endswith("ed"):
        return False
    if parse.words[-1] in _FINAL or len(parse) > 20 or parse.child(verb, "nsubj") is None:
        return False
    follows = parse.lower[verb + 1] if verb + 1 < len(parse) else "in"
    return follows in _SCENE and parse.child(verb, "dobj", "aux", "ccomp", "xcomp", "prt", "dative") is None


def _objects(trigger: Trigger) -> list[int]:
    parse, verb, tokens = trigger.parse, trigger.head, trigger.tokens
    found = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "dative", "oprd") and parse.tags[c] != "IN"]
    heads = [h for c in found for h in conjuncts(parse, c)]
    if parse.deps[verb] == "relcl" and _relative_object(parse, verb, heads, tokens):
        return [parse.heads[verb]]
    for inner in [h for h in heads if h in tokens]:
        heads += _inside(parse, inner, tokens)
    if not heads:
        heads = _up_to(parse, verb) or _described(parse, verb)
    if not heads and verb == tokens[-1]:
        heads = _shared_object(parse, verb)
    if not heads and parse.deps[tokens[-1]] == "xcomp" and parse.heads[tokens[-1]] == verb:  # "threatened to shell X"
        heads = [h for c in parse.children[tokens[-1]] if parse.deps[c] == "dobj" for h in conjuncts(parse, c)]
    for child in parse.children[verb]:  # "took over X", "blew up X": the parser may read a preposition
        if child in tokens and parse.deps[child] in ("prep", "prt"):
            heads += objects_of(parse, child)
    return list(dict.fromkeys(heads))


def _up_to(parse: Parse, verb: int) -> list[int]:
    """A counted object that the parser takes for a particle's: "kidnapped up to 16 advisers"."""
    if parse.lower[verb + 1 : verb + 3] != ("up", "to") or parse.heads[verb + 2] not in (verb, verb + 1):
        return []
    return [h for h in objects_of(parse, verb + 2) if parse.child(h, "nummod") is not None or parse.tags[h] == "CD"]


def _described(parse: Parse, verb: int) -> list[int]:
    """An object with a participle, which the parser takes for a clause: "found weapons believed to be theirs"."""
    for clause in parse.children[verb]:
        if parse.deps[clause] == "ccomp" and parse.tags[clause] in ("VBN", "VBD") and clause > verb:
            noun = parse.child(clause, "nsubj", "nsubjpass")
            if (
                parse.child(clause, "aux", "auxpass", "mark") is None
                and noun is not None
                and parse.left[noun] == verb + 1
            ):
                return conjuncts(parse, noun)
    return []


def _shared_object(parse: Parse, verb: int) -> list[int]:
    """The object of the coordinated verbs right after it: "killed, wounded or captured nine"."""
    other = parse.child(verb, "conj")
    while other is not None and other - verb <= 3 and {parse.tags[other], parse.tags[verb]} in _SAME_FORM:
        if parse.child(other, "nsubj", "nsubjpass", "auxpass", "prt") is not None:
            return []
        shared = parse.child(other, "dobj")
        if shared is not None:
            return conjuncts(parse, shared)
        verb, other = other, parse.child(other, "conj")
    return []


def _relative_object(parse: Parse, verb: int, heads: list[int], tokens: tuple[int, ...]) -> bool:
    """Whether the noun that a relative clause describes is its object ("the town that rebels took")."""
    if heads:
        return any(parse.lower[h] in RELATIVES for h in heads)
    subject = parse.child(verb, "nsubj")
    return subject is not None and parse.lower[subject] not in RELATIVES and verb == tokens[0]


def _inside(parse: Parse, noun: int, tokens: tuple[int, ...]) -> list[int]:
    """The object inside the trigger's own noun: "took control of X", "took four nurses hostage" (one phrase)."""
    found: list[int] = []
    for child in parse.children[noun]:
        if parse.deps[child] == "prep" and (child in tokens or parse.lower[child] in ("of", "on", "over")):
            found += objects_of(parse, child)
        elif parse.deps[child] in ("compound", "nmod") and is_plural(parse, child):
            found.append(child)
    return found + [c for c in possessor(parse, noun) if parse.tags[c].startswith("NN")]  # "rejected Libya's demand"
