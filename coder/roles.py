"""Role patterns: how a construction gives actor, target, instrument and place.

``subjects.py`` finds who a verb's subject is, ``phrases.py`` where its phrase ends. Eight patterns cover the rules:
``actor_target`` (X shelled Y), ``reciprocal`` (X and Y clashed), ``actor_only`` (X marched), ``actor_place``
(X seized P from Y), ``device`` (a bomb exploded), ``inverse`` (X came under fire, P fell to Y), ``parties``
(X and Y signed a truce) and ``victim`` (five people died).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from .grammar import Grammar
from .phrases import (
    conjuncts,
    halves,
    is_plural,
    modifier,
    objects_of,
    phrase,
    possessor,
    prepositional,
    without_trigger,
)
from .records import Parse, Phrase
from .subjects import RELATIVES, is_passive, subject_heads

TARGET_PREPOSITIONS = frozenset({"on", "at", "against", "upon", "toward", "towards", "into"})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "along", "through", "of"})
PARTNER_PREPOSITIONS = frozenset({"with", "against", "between", "among", "by"})
_SCENE = frozenset({"in", "at", "near", "by", "outside", "during", "after", "over", "from", "on", "off", "as"})
_SAME_FORM = ({"VBD"}, {"VBN"}, {"VBD", "VBN"}, {"VB"}, {"VBZ"}, {"VBP"}, {"VBG"})  # of verbs that share an object
_BARE = frozenset({"that", "which"})
_NOBODY = frozenset({"no", "nobody", "none", "neither"})
_FINAL = frozenset({".", "!", "?", '"', "”", "…"})
_STANDS = frozenset({"anti", "pro", "counter", "non"})
_CAUSING = frozenset({"lead", "leads", "led", "leading"})  # "led to protests": a cause, not a protester
_EACH_OTHER = frozenset({("one", "another"), ("each", "other")})  # they name nobody
_PREDICATES = ("acomp", "attr", "prep", "advmod", "oprd", "ccomp", "xcomp", "pobj")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What fills the roles around a trigger. Event nouns may stand as actors; linking replaces them."""

    actors: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    instruments: tuple[Phrase, ...] = ()
    places: tuple[Phrase, ...] = ()
    holders: tuple[Phrase, ...] = ()  # "from Y"
    obliques: tuple[Phrase, ...] = ()  # what stands after the target's prepositions, beside an object
    weak_actors: tuple[Phrase, ...] = ()  # modifiers ("rebel attack"): actors only if they read as such
    drawn: tuple[Phrase, ...] = ()  # whom a crowd event drew


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
    trigger = _Trigger(parse, head, tokens, frozenset(tokens) | times, pattern, extra, grammar)
    raw = _verbal(trigger) if pos == "verb" else _predicative(trigger) if pos == "word" else _nominal(trigger)
    shaped = _SHAPE.get(pattern, _keep)(parse, raw)
    device = pattern == "device" and pos == "noun"
    by = (_agents(trigger, []) or _claimants(trigger)) if device else []  # "a blast triggered by rebels"
    return replace(shaped, actors=trigger.phrases(by)) if by else shaped


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A trigger whose arguments are sought; ``taken`` are the tokens that fill no role."""

    parse: Parse
    head: int
    tokens: tuple[int, ...]
    taken: frozenset[int]
    pattern: str
    extra: tuple[str, ...]
    grammar: Grammar

    def prepositional(self, head: int, wanted: frozenset[str]) -> list[int]:
        """The heads after the wanted prepositions of a token."""
        return prepositional(self.parse, head, wanted, self.taken)

    def free(self, heads: list[int]) -> list[int]:
        """The heads that may fill a role; a bare "that" or "which" tells nobody."""
        bare = [h for h in heads if self.parse.lower[h] in _BARE and self.parse.tags[h] in ("WDT", "IN", "DT")]
        return [h for h in heads if h not in self.taken and h not in bare]

    def phrases(self, heads: list[int]) -> tuple[Phrase, ...]:
        """Their noun phrases, cut off from the trigger's own words."""
        return tuple(
            without_trigger(self.parse, phrase(self.parse, head), self.tokens) for head in dict.fromkeys(heads)
        )


def _verbal(trigger: _Trigger) -> Arguments:
    parse, verb, tokens = trigger.parse, trigger.head, trigger.tokens
    subjects = subject_heads(parse, verb, trigger.grammar)
    objects = trigger.free(_objects(trigger))
    oblique = _oblique(trigger)
    if is_passive(parse, verb) or (trigger.pattern == "actor_target" and _headline_passive(parse, verb)):
        own = [s for s in subjects if s in tokens]  # "an accord was signed by X", "the bodies of X were found"
        targets = trigger.free(subjects) or ([*_owners(trigger, own), *oblique] if own else [])
        actors = trigger.prepositional(verb, frozenset({"by"}))
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


def _used(trigger: _Trigger) -> list[int]:
    """What a participle names as the means: "attacked the post, using mortars"."""
    parse = trigger.parse
    using = [c for c in parse.children[trigger.head] if parse.deps[c] == "advcl" and parse.lower[c] == "using"]
    return trigger.free(
        [h for c in using for o in parse.children[c] if parse.deps[o] == "dobj" for h in conjuncts(parse, o)]
    )


def _oblique(trigger: _Trigger) -> list[int]:
    """What stands after the prepositions of the target; they may hang on the trigger's noun ("open fire on X")."""
    wanted = TARGET_PREPOSITIONS | frozenset(trigger.extra)
    found = trigger.prepositional(trigger.head, wanted)
    for token in trigger.tokens:
        if token != trigger.head:
            found += [h for h in trigger.prepositional(token, wanted | {"of"}) if h not in found]
    return found


def _owners(trigger: _Trigger, nouns: list[int]) -> list[int]:
    """Whose the trigger's own noun is: "the bodies of X", "X's body"."""
    return [
        h
        for noun in nouns
        for h in trigger.prepositional(noun, frozenset({"of"})) + trigger.free(possessor(trigger.parse, noun))
    ]


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


def _headline_passive(parse: Parse, verb: int) -> bool:
    """A headline's past form without auxiliary and object: "Journalist detained in Minsk"."""
    if parse.tags[verb] not in ("VBD", "VBN") or parse.heads[verb] != verb or not parse.lower[verb].endswith("ed"):
        return False
    if parse.words[-1] in _FINAL or len(parse) > 20 or parse.child(verb, "nsubj") is None:
        return False
    follows = parse.lower[verb + 1] if verb + 1 < len(parse) else "in"
    return follows in _SCENE and parse.child(verb, "dobj", "aux", "ccomp", "xcomp", "prt", "dative") is None


def _objects(trigger: _Trigger) -> list[int]:
    parse, verb, tokens = trigger.parse, trigger.head, trigger.tokens
    found = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "dative", "oprd") and parse.tags[c] != "IN"]
    heads = [h for c in found for h in conjuncts(parse, c)]
    if parse.deps[verb] == "relcl" and _relative_object(parse, verb, heads, tokens):
        return [parse.heads[verb]]
    for inner in [h for h in heads if h in tokens]:
        heads += _inside(parse, inner, tokens)
    if not heads:
        heads = _described(parse, verb)
    if not heads and verb == tokens[-1]:
        heads = _shared_object(parse, verb)
    if not heads and parse.deps[tokens[-1]] == "xcomp" and parse.heads[tokens[-1]] == verb:  # "threatened to shell X"
        heads = [h for c in parse.children[tokens[-1]] if parse.deps[c] == "dobj" for h in conjuncts(parse, c)]
    for child in parse.children[verb]:  # "took over X", "blew up X": the parser may read a preposition
        if child in tokens and parse.deps[child] in ("prep", "prt"):
            heads += objects_of(parse, child)
    return list(dict.fromkeys(heads))


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


def _nominal(trigger: _Trigger) -> Arguments:
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
        drawn=trigger.phrases(_drawn(trigger)),
    )


def _of_a_stand(parse: Parse, modifier: int) -> bool:
    """Whether a modifier tells for or against whom something is: nobody's doing is in "anti-government protests"."""
    if parse.lower[modifier] in _STANDS | {"-", "–"}:
        return True
    return modifier > 1 and parse.lower[modifier - 1] in ("-", "–") and parse.lower[modifier - 2] in _STANDS


def _blamed(trigger: _Trigger) -> list[int]:
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


def _agents(trigger: _Trigger, of: list[int]) -> list[int]:
    """The doers of an event noun: by-phrases, also inside its of-phrase ("the arrest of X by Y") or a participle's."""
    parse = trigger.parse
    by = trigger.prepositional(trigger.head, frozenset({"by"}))
    by += [h for victim in of for h in trigger.prepositional(victim, frozenset({"by"}))]
    by = by or _right_after(trigger)
    done = trigger.grammar.givers | trigger.grammar.planting | {"blamed", "pinned"}
    for child in parse.children[trigger.head]:
        if parse.deps[child] == "acl" and parse.lower[child] in done:
            by += trigger.prepositional(child, frozenset({"by", "on"}))
    return by


def _right_after(trigger: _Trigger) -> list[int]:
    """A by-phrase right after the noun that the parser hangs on an active verb: "suffered losses in raids by X"."""
    parse, after = trigger.parse, trigger.head + 1
    if after >= len(parse) or parse.lower[after] != "by" or trigger.pattern not in ("actor_target", "device"):
        return []
    verb = parse.heads[after]
    if not parse.tags[verb].startswith("VB") or verb > after or is_passive(parse, verb):
        return []
    return trigger.free([h for c in parse.children[after] if parse.deps[c] == "pobj" for h in conjuncts(parse, c)])


def _partners(trigger: _Trigger) -> list[int]:
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


def _light(trigger: _Trigger) -> tuple[list[int], list[int]]:
    """Actor and target lent by a light verb that governs the event noun ("X carried out an attack on Y")."""
    parse, grammar = trigger.parse, trigger.grammar
    governor, dep = parse.heads[trigger.head], parse.deps[trigger.head]
    if dep == "conj":
        governor, dep = parse.heads[governor], parse.deps[governor]
    if dep == "pobj" and parse.lower[governor] == "of" and parse.lower[parse.heads[governor]] in grammar.measures:
        governor, dep = parse.heads[parse.heads[governor]], parse.deps[parse.heads[governor]]  # "a wave of arrests"
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


def _claimants(trigger: _Trigger) -> list[int]:
    """Who claims the deed: "X claimed responsibility for an attack", "X took credit for the blast"."""
    parse = trigger.parse
    preposition = parse.heads[trigger.head]
    noun = parse.heads[preposition]
    if parse.lower[preposition] != "for" or parse.lower[noun] not in ("responsibility", "credit"):
        return []
    verb = parse.heads[noun]
    if not parse.tags[verb].startswith("VB") or parse.deps[noun] not in ("dobj", "nsubjpass"):
        return []
    if parse.deps[noun] == "nsubjpass":  # "responsibility for the attack was claimed by X"
        return trigger.prepositional(verb, frozenset({"by"}))
    claimants = trigger.free(subject_heads(parse, verb, trigger.grammar))
    return [h for h in claimants if parse.lower[parse.left[h]] not in _NOBODY]  # "no group claimed the attack"


def _drawn(trigger: _Trigger) -> list[int]:
    """Whom an event drew: "the march drew 500 people", "was attended by 500"."""
    parse = trigger.parse
    governor, dep = parse.heads[trigger.head], parse.deps[trigger.head]
    if parse.lower[governor] not in trigger.grammar.drawers:
        return []
    if dep == "nsubj":
        return trigger.free([c for c in parse.children[governor] if parse.deps[c] == "dobj"])
    return trigger.prepositional(governor, frozenset({"by"})) if dep == "nsubjpass" else []


def _predicative(trigger: _Trigger) -> Arguments:
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
