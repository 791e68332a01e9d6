"""Role patterns: how a construction gives actor, target, instrument and place.

This is the only module that knows the parser's labels for arguments. Eight patterns cover the rules:
``actor_target`` (X shelled Y), ``reciprocal`` (X and Y clashed), ``actor_only`` (X marched), ``actor_place``
(X seized P from Y), ``device`` (a bomb exploded), ``inverse`` (X came under fire, P fell to Y), ``parties``
(X and Y signed a truce) and ``victim`` (five people died).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from .inflection import Inflector
from .lexicon import Row, read_table
from .records import Parse, Phrase

TARGET_PREPOSITIONS = frozenset({"on", "at", "against", "upon", "toward", "towards", "into"})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "along", "through", "of"})
PARTNER_PREPOSITIONS = frozenset({"with", "against", "between", "among", "by"})
_SUBJECT_WORDS = frozenset({"who", "which", "that", "whom"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_SCENE = frozenset({"in", "at", "near", "by", "outside", "during", "after", "over", "from", "on", "off", "as"})
_FINAL = frozenset({".", "!", "?", '"', "”", "…"})
_PREDICATES = ("acomp", "attr", "prep", "advmod", "oprd", "ccomp", "xcomp", "pobj")


class GrammarRow(Row):
    """A verb that passes its arguments on to an event noun or an infinitive, a noun of trying, a noun of time."""

    word: str
    role: Literal["giver", "taker", "control", "drawer", "undertaking", "time", "measure", "pitting"]
    note: str = ""


@dataclass(frozen=True)
class Grammar:
    """Surface forms of the verbs that pass arguments on."""

    givers: frozenset[str]  # "carried out an attack": the subject acts
    takers: frozenset[str]  # "suffered an attack": the subject is acted upon
    control: frozenset[str]  # "ordered X to shell": the object acts
    drawers: frozenset[str]  # "the march drew 500 people": the object acts
    undertakings: frozenset[str]  # nouns: "an attempt by X to storm"
    times: frozenset[str]  # nouns: "at dawn" brings no target
    measures: frozenset[str]  # nouns: "a wave of arrests" is arrests
    pitting: frozenset[str]  # "the clashes pitted X against Y"


def load_grammar(inflector: Inflector, overlays: Sequence[Path] = ()) -> Grammar:
    """Read ``grammar_words.csv``, with overlays."""
    roles = ("giver", "taker", "control", "drawer", "undertaking", "time", "measure", "pitting")
    forms: dict[str, set[str]] = {role: set() for role in roles}
    for row in read_table(GrammarRow, "grammar_words", overlays):
        noun = row.role in ("undertaking", "time", "measure")
        forms[row.role] |= inflector.noun(row.word) if noun else inflector.verb(row.word)
    return Grammar(*(frozenset(forms[role]) for role in roles))


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
    trigger = _Trigger(parse, head, tokens, frozenset(tokens) | times, pattern, extra, grammar)
    raw = _verbal(trigger) if pos == "verb" else _predicative(trigger) if pos == "word" else _nominal(trigger)
    return _SHAPE.get(pattern, _keep)(parse, raw)


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
        return _prepositional(self.parse, head, wanted, self.taken)

    def free(self, heads: list[int]) -> list[int]:
        """The heads that may fill a role."""
        return [h for h in heads if h not in self.taken]

    def phrases(self, heads: list[int]) -> tuple[Phrase, ...]:
        """Their noun phrases, cut off from the trigger's own words."""
        return tuple(_cut(self.parse, phrase(self.parse, head), self.tokens) for head in dict.fromkeys(heads))


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
        trigger.phrases(trigger.prepositional(verb, means)),
        trigger.phrases(trigger.prepositional(verb, PLACE_PREPOSITIONS)),
        trigger.phrases([h for t in tokens for h in trigger.prepositional(t, frozenset({"from"}))]),
        trigger.phrases(oblique),
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
        for h in trigger.prepositional(noun, frozenset({"of"})) + trigger.free(_possessor(trigger.parse, noun))
    ]


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether a verb token is passive: with an auxiliary, or a reduced relative ("men killed in …")."""
    if parse.child(verb, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if parse.tags[verb] != "VBN" or parse.child(verb, "dobj", "aux") is not None:
        return False
    dep = parse.deps[verb]
    if dep in ("acl", "amod") or (dep == "acomp" and parse.lower[parse.heads[verb]] in _BE):  # "was gang-raped"
        return True
    if dep == "conj":  # "two were killed and six wounded"
        governor = parse.heads[verb]
        return parse.tags[governor].startswith("VB") and is_passive(parse, governor)
    return dep in ("advcl", "ROOT", "ccomp", "dep") and parse.child(verb, "nsubj") is None


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


def subject_heads(parse: Parse, verb: int, grammar: Grammar, depth: int = 0) -> list[int]:
    """The heads of a verb's subject, passed through relative, participial, control and coordinate clauses."""
    own = parse.child(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        if parse.lower[own] in _SUBJECT_WORDS and parse.deps[verb] == "relcl":
            return conjuncts(parse, parse.heads[verb])
        return conjuncts(parse, own)
    if depth > 4 or parse.heads[verb] == verb:
        return []
    governor, dep = parse.heads[verb], parse.deps[verb]
    if dep == "acl" and parse.lower[governor] in grammar.undertakings:
        return _undertakers(parse, governor, grammar, depth)
    if dep in ("relcl", "acl"):
        return [governor] if parse.tags[governor].startswith(("NN", "PRP", "CD", "DT")) else []
    return _inherited_subject(parse, verb, governor, dep, grammar, depth)


def _inherited_subject(parse: Parse, verb: int, governor: int, dep: str, grammar: Grammar, depth: int) -> list[int]:
    if dep in ("xcomp", "ccomp", "advcl", "conj", "acomp", "oprd", "dep", "pcomp", "prep"):
        if dep == "ccomp" and parse.tags[verb] not in ("VB", "VBG"):
            return []
        if parse.tags[governor].startswith("VB") or parse.tags[governor] in ("MD", "JJ", "IN", "TO"):
            if dep in ("xcomp", "ccomp", "pcomp", "prep") and _controls_object(parse, governor, grammar):
                return _controlled(parse, governor, grammar)
            if dep == "advcl" and _goes_on(parse, verb, governor, grammar):
                return _controlled(parse, governor, grammar)
            told_of = dep == "pcomp" and parse.lower[governor] in ("of", "about")
            if told_of and parse.tags[parse.heads[governor]].startswith("VB"):  # "heard of shelling": not its doer
                return []
            return subject_heads(parse, governor, grammar, depth + 1)
        if parse.tags[governor].startswith("NN") and dep in ("pcomp", "prep", "dep", "conj"):
            return _doers(parse, governor)
    return []


def _goes_on(parse: Parse, verb: int, governor: int, grammar: Grammar) -> bool:
    """Whether a participle goes on with the deed of a control verb: "accused X of shelling …, killing seven"."""
    preposition = parse.child(governor, "prep")
    controls = parse.lower[governor] in grammar.control and preposition is not None
    return controls and parse.tags[verb] == "VBG" and parse.child(preposition or 0, "pcomp") is not None


def _doers(parse: Parse, noun: int) -> list[int]:
    return _prepositional(parse, noun, frozenset({"by"}), frozenset()) or _possessor(parse, noun)


def _undertakers(parse: Parse, noun: int, grammar: Grammar, depth: int) -> list[int]:
    """Who makes "an attempt to …": its by-phrase or owner, else the subject of the verb that it hangs on."""
    at = noun
    while not parse.tags[at].startswith("VB") and parse.heads[at] != at:
        at = parse.heads[at]
    return _doers(parse, noun) or (subject_heads(parse, at, grammar, depth + 1) if at != noun else [])


def _controls_object(parse: Parse, governor: int, grammar: Grammar) -> bool:
    verb = governor
    if parse.tags[governor] == "IN":
        verb = parse.heads[governor]
    return parse.lower[verb] in grammar.control


def _controlled(parse: Parse, governor: int, grammar: Grammar) -> list[int]:
    verb = parse.heads[governor] if parse.tags[governor] == "IN" else governor
    if is_passive(parse, verb):
        return subject_heads(parse, verb, grammar, 3)
    found = parse.child(verb, "dobj")
    return conjuncts(parse, found) if found is not None else []


def _objects(trigger: _Trigger) -> list[int]:
    parse, verb, tokens = trigger.parse, trigger.head, trigger.tokens
    found = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "dative", "oprd") and parse.tags[c] != "IN"]
    heads = [h for c in found for h in conjuncts(parse, c)]
    if parse.deps[verb] == "relcl" and _relative_object(parse, verb, heads, tokens):
        return [parse.heads[verb]]
    for inner in [h for h in heads if h in tokens]:
        heads += _inside(parse, inner, tokens)
    if not heads and verb == tokens[-1]:
        heads = _shared_object(parse, verb)
    for child in parse.children[verb]:  # "took over X", "blew up X": the parser may read a preposition
        if child in tokens and parse.deps[child] in ("prep", "prt"):
            heads += _objects_of(parse, child)
    return list(dict.fromkeys(heads))


def _shared_object(parse: Parse, verb: int) -> list[int]:
    """The object of a coordinated verb right after it: "killed and wounded scores of fighters"."""
    other = parse.child(verb, "conj")
    if other is None or parse.tags[other] != parse.tags[verb] or other - verb > 3:
        return []
    if parse.child(other, "nsubj", "nsubjpass", "auxpass", "prt") is not None:
        return []
    shared = parse.child(other, "dobj")
    return conjuncts(parse, shared) if shared is not None else []


def _relative_object(parse: Parse, verb: int, heads: list[int], tokens: tuple[int, ...]) -> bool:
    """Whether the noun that a relative clause describes is its object ("the town that rebels took")."""
    if heads:
        return any(parse.lower[h] in _SUBJECT_WORDS for h in heads)
    subject = parse.child(verb, "nsubj")
    return subject is not None and parse.lower[subject] not in _SUBJECT_WORDS and verb == tokens[0]


def _inside(parse: Parse, noun: int, tokens: tuple[int, ...]) -> list[int]:
    """The object inside the trigger's own noun: "took control of X", "took four nurses hostage" (one phrase)."""
    found: list[int] = []
    for child in parse.children[noun]:
        if parse.deps[child] == "prep" and (child in tokens or parse.lower[child] in ("of", "on", "over")):
            found += _objects_of(parse, child)
        elif parse.deps[child] in ("compound", "nmod") and parse.tags[child] in ("NNS", "NNPS"):
            found.append(child)
    return found


def _objects_of(parse: Parse, prep: int) -> list[int]:
    return [h for c in parse.children[prep] if parse.deps[c] == "pobj" for h in conjuncts(parse, c)]


def _prepositional(parse: Parse, head: int, wanted: frozenset[str], taken: frozenset[int]) -> list[int]:
    found = []
    for child in parse.children[head]:
        if parse.deps[child] in ("prep", "agent", "dative") and parse.lower[child] in wanted and child not in taken:
            for grandchild in parse.children[child]:
                if parse.deps[grandchild] == "pobj":
                    found += conjuncts(parse, grandchild)
    return [h for h in found if h not in taken]


def _possessor(parse: Parse, noun: int) -> list[int]:
    owner = parse.child(noun, "poss")
    return [owner] if owner is not None else []


def _nominal(trigger: _Trigger) -> Arguments:
    parse, noun = trigger.parse, trigger.head
    of = trigger.prepositional(noun, frozenset({"of"}))
    by = _agents(trigger, of)
    owners = trigger.free(_possessor(parse, noun))
    if event_compound(parse, noun):
        owners = trigger.free([parse.heads[noun]])
    givers, takers = _light(trigger)
    givers = givers or _claimants(trigger)
    wanted = TARGET_PREPOSITIONS | frozenset(trigger.extra)
    on = trigger.prepositional(noun, wanted - {"at"}) or [
        h for agent in by for h in trigger.prepositional(agent, wanted)
    ]
    at = trigger.prepositional(noun, frozenset({"at"}))
    premodifiers = [
        c
        for c in parse.children[noun]
        if parse.deps[c] in ("compound", "amod", "nmod") and c not in trigger.taken and c < noun
    ]
    return Arguments(
        trigger.phrases(by or owners or givers or _partners(trigger)),
        trigger.phrases(on or of or at or takers),
        trigger.phrases(trigger.prepositional(noun, frozenset({"with", "using"}))),
        trigger.phrases(trigger.prepositional(noun, PLACE_PREPOSITIONS)),
        trigger.phrases(trigger.prepositional(noun, frozenset({"from"}))),
        weak_actors=tuple(_modifier(parse, c) for c in premodifiers),
        drawn=trigger.phrases(_drawn(trigger)),
    )


def _agents(trigger: _Trigger, of: list[int]) -> list[int]:
    """The doers of an event noun: by-phrases, also inside its of-phrase ("the arrest of X by Y") or a participle's."""
    parse = trigger.parse
    by = trigger.prepositional(trigger.head, frozenset({"by"}))
    by += [h for victim in of for h in trigger.prepositional(victim, frozenset({"by"}))]
    done = trigger.grammar.givers | {"blamed", "pinned"}
    for child in parse.children[trigger.head]:
        if parse.deps[child] == "acl" and parse.lower[child] in done:
            by += trigger.prepositional(child, frozenset({"by", "on"}))
    return by


def _partners(trigger: _Trigger) -> list[int]:
    """The sides of a reciprocal noun: "clashes between X and Y", also "clashes erupted between X and Y"."""
    if trigger.pattern not in ("reciprocal", "parties"):
        return []
    parse, noun = trigger.parse, trigger.head
    wanted = frozenset({"between", "among", "with"})
    found = trigger.prepositional(noun, wanted)
    governor = parse.heads[noun]
    if not found and parse.deps[noun] in ("nsubj", "nsubjpass", "dobj", "attr"):
        found = trigger.prepositional(governor, wanted - {"with"})
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
        governor, dep = parse.heads[governor], "dobj"
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
    return trigger.free(subject_heads(parse, verb, trigger.grammar))


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
    elif (own := parse.child(word, "nsubj", "nummod")) is not None:
        subject = [own]
    return Arguments(
        targets=trigger.phrases(trigger.free(subject)),
        places=trigger.phrases(trigger.prepositional(word, PLACE_PREPOSITIONS)),
    )


def conjuncts(parse: Parse, head: int) -> list[int]:
    """A head and its coordinated heads, so that a list of actors stays a list."""
    out = [head]
    if (cut := _fused(parse, head)) is not None:
        out = [cut[0], head]
    frontier = [head]
    while frontier and len(out) < 12:
        for child in parse.children[frontier.pop()]:
            if parse.deps[child] == "conj" and parse.tags[child].startswith(("NN", "PRP", "CD", "DT", "JJ", "FW")):
                out.append(child)
                frontier.append(child)
    return out


def _cut(parse: Parse, found: Phrase, tokens: tuple[int, ...]) -> Phrase:
    """A phrase without the trigger's words at its left edge ("shot dead two men": not "dead two men")."""
    lo = found.lo
    while lo in tokens and lo < found.head:
        lo += 1
    if lo == found.lo:
        return found
    return Phrase(parse.starts[lo], found.end, parse.text(lo, found.hi), lo, found.hi, found.head)


def _fused(parse: Parse, head: int) -> tuple[int, int] | None:
    """A first conjunct that the parser takes for a modifier ("the army and M23 rebels"), and the "and" after it."""
    for first in parse.children[head]:
        if first > head or parse.deps[first] not in ("nmod", "compound") or parse.tags[first] not in ("NN", "NNS"):
            continue
        near = (c for governor in (first, head) for c in parse.children[governor] if first < c < head)
        cc = next((c for c in near if parse.deps[c] == "cc"), None)
        if cc is not None:
            return first, cc
    return None


def phrase(parse: Parse, head: int) -> Phrase:
    """The noun phrase around one head: with determiners, modifiers and of-phrases, without clauses and conjuncts."""
    lo = hi = head
    fused = _fused(parse, head)
    for child in parse.children[head]:
        if fused is not None and child <= fused[1]:
            continue
        if child < head and parse.deps[child] not in (
            "cc",
            "punct",
            "conj",
            "preconj",
            "appos",
            "advcl",
            "relcl",
            "mark",
            "nsubj",
            "aux",
        ):
            lo = min(lo, parse.left[child])
        elif child > head and _belongs(parse, child):
            hi = max(hi, _bounded_end(parse, child))
    lo = _trim_left(parse, lo if fused is None else fused[1] + 1, head)
    return Phrase(parse.starts[lo], parse.ends[hi], parse.text(lo, hi + 1), lo, hi + 1, head)


def _trim_left(parse: Parse, lo: int, head: int) -> int:
    while lo < head and (
        parse.tags[lo] in (",", ":", "``", "''", "CC", "-LRB-", "-RRB-") or parse.lower[lo] in ('"', "“", "”")
    ):
        lo += 1
    return lo


def _belongs(parse: Parse, child: int) -> bool:
    if parse.deps[child] == "prep":
        return parse.lower[child] in ("of", "from") or _in_name(parse, child)
    return parse.deps[child] in ("compound", "nummod", "case", "nmod", "npadvmod") and parse.tags[child] != "VBN"


def _in_name(parse: Parse, prep: int) -> bool:
    """A preposition inside a name: "Volunteers for the Defence of the Homeland"."""
    inner = parse.child(prep, "pobj")
    proper = inner is not None and parse.tags[inner].startswith("NNP") and parse.tags[prep - 1].startswith("NNP")
    return proper and parse.lower[prep] == "for"


def _bounded_end(parse: Parse, child: int) -> int:
    """The end of a dependent, stopping before any clause inside it."""
    end = parse.right[child]
    for token in range(child, end):
        if parse.deps[token] in ("relcl", "acl", "advcl", "appos", "conj", "cc") or parse.tags[token] in (
            ",",
            ":",
            "-LRB-",
        ):
            return max(child, token - 1)
        if parse.deps[token] == "prep" and token != child and parse.lower[token] not in ("of",):
            return token - 1
    return end - 1


def _modifier(parse: Parse, head: int) -> Phrase:
    """A premodifier as a phrase of its own, with the compounds that belong to it ("Boko Haram" attack)."""
    lo = parse.left[head]
    while (
        lo > 0
        and parse.heads[lo - 1] == parse.heads[head]
        and parse.deps[lo - 1] == "compound"
        and parse.tags[lo - 1] == "NNP"
        and parse.tags[head] == "NNP"
    ):
        lo -= 1
    lo = _trim_left(parse, lo, head)
    return Phrase(parse.starts[lo], parse.ends[head], parse.text(lo, head + 1), lo, head + 1, head)


def _keep(parse: Parse, raw: Arguments) -> Arguments:
    return raw


def _reciprocal(parse: Parse, raw: Arguments) -> Arguments:
    """Two sides: "X clashed with Y", "X and Y clashed", "clashes between X and Y"."""
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
