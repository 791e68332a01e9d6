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


class FunctionVerbRow(Row):
    """A verb that passes its arguments on to an event noun or to an infinitive."""

    verb: str
    role: Literal["giver", "taker", "control"]
    note: str = ""


@dataclass(frozen=True)
class Grammar:
    """Surface forms of the verbs that pass arguments on."""

    givers: frozenset[str]
    takers: frozenset[str]
    control: frozenset[str]


def load_grammar(inflector: Inflector, overlays: Sequence[Path] = ()) -> Grammar:
    """Read ``function_verbs.csv``, with overlays."""
    forms: dict[str, set[str]] = {"giver": set(), "taker": set(), "control": set()}
    for row in read_table(FunctionVerbRow, "function_verbs", overlays):
        forms[row.role] |= inflector.verb(row.verb)
    return Grammar(frozenset(forms["giver"]), frozenset(forms["taker"]), frozenset(forms["control"]))


@dataclass(frozen=True, slots=True)
class Arguments:
    """What fills the roles around a trigger. Event nouns may stand as actors; linking replaces them."""

    actors: tuple[Phrase, ...] = ()
    targets: tuple[Phrase, ...] = ()
    instruments: tuple[Phrase, ...] = ()
    places: tuple[Phrase, ...] = ()
    holders: tuple[Phrase, ...] = ()  # "from Y"
    weak_actors: tuple[Phrase, ...] = ()  # modifiers ("rebel attack"): actors only if they read as such


def arguments(
    parse: Parse,
    head: int,
    tokens: tuple[int, ...],
    pos: str,
    pattern: str,
    extra: tuple[str, ...],
    grammar: Grammar,
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

    Returns:
        The arguments, with patterns applied (inverse swaps, reciprocal splits).
    """
    raw = (
        _verbal(parse, head, tokens, extra, grammar)
        if pos == "verb"
        else _nominal(parse, head, tokens, pos, extra, grammar)
    )
    return _SHAPE.get(pattern, _keep)(parse, raw)


def _verbal(parse: Parse, verb: int, tokens: tuple[int, ...], extra: tuple[str, ...], grammar: Grammar) -> Arguments:
    passive = is_passive(parse, verb)
    subjects = subject_heads(parse, verb, grammar)
    objects = _objects(parse, verb, tokens)
    agents = _prepositional(parse, verb, frozenset({"by"}), tokens)
    wanted = TARGET_PREPOSITIONS | frozenset(extra)
    oblique = _prepositional(parse, verb, wanted, tokens)
    for token in tokens:  # "open fire on X": the preposition may hang on the trigger's noun
        if token != verb:
            oblique += [h for h in _prepositional(parse, token, wanted | {"of"}, tokens) if h not in oblique]
    if passive:
        trigger_subject = [s for s in subjects if s in tokens]  # "an accord was signed by X and Y"
        targets = [s for s in subjects if s not in tokens] or (oblique if trigger_subject else [])
        actors = agents
    else:
        actors = [s for s in subjects if s not in tokens]
        targets = [o for o in objects if o not in tokens] or oblique
        if objects and not any(o in tokens for o in objects) and any(parse.lower[o] == "fire" for o in objects):
            targets = oblique
    return Arguments(
        phrases(parse, actors),
        phrases(parse, targets),
        phrases(parse, _prepositional(parse, verb, frozenset({"with", "using"}) - frozenset(extra), tokens)),
        phrases(parse, _prepositional(parse, verb, PLACE_PREPOSITIONS, tokens)),
        phrases(parse, [h for t in tokens for h in _prepositional(parse, t, frozenset({"from"}), tokens)]),
    )


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether a verb token is passive: with an auxiliary, or a reduced relative ("men killed in …")."""
    if parse.child(verb, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if parse.tags[verb] != "VBN" or parse.child(verb, "dobj", "aux") is not None:
        return False
    dep = parse.deps[verb]
    if dep in ("acl", "amod"):
        return True
    if dep == "conj":  # "two were killed and six wounded"
        governor = parse.heads[verb]
        return parse.tags[governor].startswith("VB") and is_passive(parse, governor)
    return dep in ("advcl", "ROOT", "ccomp", "dep") and parse.child(verb, "nsubj") is None


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
            return subject_heads(parse, governor, grammar, depth + 1)
        if parse.tags[governor].startswith("NN") and dep in ("pcomp", "prep", "dep", "conj"):
            return _prepositional(parse, governor, frozenset({"by"}), ()) or _possessor(parse, governor)
    return []


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


def _objects(parse: Parse, verb: int, tokens: tuple[int, ...]) -> list[int]:
    found = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "dative", "oprd") and parse.tags[c] != "IN"]
    heads = [h for c in found for h in conjuncts(parse, c)]
    if not heads and parse.deps[verb] == "relcl" and parse.child(verb, "nsubj") is not None:
        relative = [c for c in parse.children[verb] if parse.lower[c] in _SUBJECT_WORDS and parse.deps[c] == "dobj"]
        governor = parse.heads[verb]
        if relative or (parse.lower[parse.child(verb, "nsubj") or 0] not in _SUBJECT_WORDS and verb == tokens[0]):
            return [governor]
    if any(parse.lower[h] in _SUBJECT_WORDS for h in heads) and parse.deps[verb] == "relcl":
        return [parse.heads[verb]]
    for inner in [h for h in heads if h in tokens]:  # "took control of X"
        for prep in parse.children[inner]:
            if parse.deps[prep] == "prep" and (prep in tokens or parse.lower[prep] in ("of", "on", "over")):
                heads += _objects_of(parse, prep)
    for child in parse.children[verb]:  # "took over X", "blew up X": the parser may read a preposition
        if child in tokens and parse.deps[child] in ("prep", "prt"):
            heads += [h for c in parse.children[child] if parse.deps[c] == "pobj" for h in conjuncts(parse, c)]
    return list(dict.fromkeys(heads))


def _objects_of(parse: Parse, prep: int) -> list[int]:
    return [h for c in parse.children[prep] if parse.deps[c] == "pobj" for h in conjuncts(parse, c)]


def _prepositional(parse: Parse, head: int, wanted: frozenset[str], tokens: tuple[int, ...]) -> list[int]:
    found = []
    for child in parse.children[head]:
        if parse.deps[child] in ("prep", "agent", "dative") and parse.lower[child] in wanted and child not in tokens:
            for grandchild in parse.children[child]:
                if parse.deps[grandchild] == "pobj":
                    found += conjuncts(parse, grandchild)
    return [h for h in found if h not in tokens]


def _possessor(parse: Parse, noun: int) -> list[int]:
    owner = parse.child(noun, "poss")
    return [owner] if owner is not None else []


def _nominal(
    parse: Parse, noun: int, tokens: tuple[int, ...], pos: str, extra: tuple[str, ...], grammar: Grammar
) -> Arguments:
    if pos == "word":
        return _predicative(parse, noun, tokens, grammar)
    by = _prepositional(parse, noun, frozenset({"by"}), tokens)
    by += [
        h
        for c in parse.children[noun]
        if parse.deps[c] == "acl" and parse.lower[c] in grammar.givers | {"blamed", "pinned"}
        for h in _prepositional(parse, c, frozenset({"by", "on"}), tokens)
    ]
    owners = [h for h in _possessor(parse, noun) if h not in tokens]
    givers, takers = _light(parse, noun, tokens, grammar)
    of = _prepositional(parse, noun, frozenset({"of"}), tokens)
    on = _prepositional(parse, noun, TARGET_PREPOSITIONS | frozenset(extra), tokens)
    partners = _partners(parse, noun, tokens)
    premodifiers = [
        c
        for c in parse.children[noun]
        if parse.deps[c] in ("compound", "amod", "nmod") and c not in tokens and c < noun
    ]
    return Arguments(
        phrases(parse, by or owners or givers or partners),
        phrases(parse, on or of or takers),
        phrases(parse, _prepositional(parse, noun, frozenset({"with", "using"}), tokens)),
        phrases(parse, _prepositional(parse, noun, PLACE_PREPOSITIONS, tokens)),
        phrases(parse, _prepositional(parse, noun, frozenset({"from"}), tokens)),
        tuple(_modifier(parse, c) for c in premodifiers),
    )


def _partners(parse: Parse, noun: int, tokens: tuple[int, ...]) -> list[int]:
    """The sides of a reciprocal noun: "clashes between X and Y", also "clashes erupted between X and Y"."""
    wanted = frozenset({"between", "among", "with"})
    found = _prepositional(parse, noun, wanted, tokens)
    if not found and parse.deps[noun] in ("nsubj", "nsubjpass", "dobj", "attr"):
        found = _prepositional(parse, parse.heads[noun], wanted - {"with"}, tokens)
    return found


def _light(parse: Parse, noun: int, tokens: tuple[int, ...], grammar: Grammar) -> tuple[list[int], list[int]]:
    """Actor and target lent by a light verb that governs the event noun ("X carried out an attack")."""
    governor, dep = parse.heads[noun], parse.deps[noun]
    if dep == "conj":
        governor, dep = parse.heads[governor], parse.deps[governor]
    if dep == "pobj" and parse.lower[governor] in ("out", "in", "to", "under", "for", "against"):
        governor, dep = parse.heads[governor], "dobj"
    if not parse.tags[governor].startswith("VB"):
        return [], []
    word = parse.lower[governor]
    if dep == "dobj" and word in grammar.takers:
        return [], [h for h in subject_heads(parse, governor, grammar) if h not in tokens]
    if dep == "dobj" and word in grammar.givers:
        return [h for h in subject_heads(parse, governor, grammar) if h not in tokens], []
    if dep == "nsubjpass" and word in grammar.givers:
        return _prepositional(parse, governor, frozenset({"by"}), tokens), []
    return [], []


def _predicative(parse: Parse, word: int, tokens: tuple[int, ...], grammar: Grammar) -> Arguments:
    """Arguments of an adjective or fixed expression: "left 12 people dead", "X is on strike", "five dead in …"."""
    governor = parse.heads[word]
    subject: list[int] = []
    if parse.deps[word] in (
        "acomp",
        "attr",
        "prep",
        "advmod",
        "oprd",
        "ccomp",
        "xcomp",
        "pobj",
    ) and parse.tags[governor].startswith("VB"):
        held = parse.child(governor, "dobj") if parse.deps[word] in ("oprd", "acomp", "ccomp", "xcomp") else None
        subject = conjuncts(parse, held) if held is not None else subject_heads(parse, governor, grammar)
    elif parse.deps[word] in ("amod", "acl", "nummod") and parse.tags[governor].startswith("NN"):
        subject = [governor]
    elif (own := parse.child(word, "nsubj", "nummod")) is not None:
        subject = [own]
    return Arguments(
        targets=phrases(parse, [s for s in subject if s not in tokens]),
        places=phrases(parse, _prepositional(parse, word, PLACE_PREPOSITIONS, tokens)),
    )


def conjuncts(parse: Parse, head: int) -> list[int]:
    """A head and its coordinated heads, so that a list of actors stays a list."""
    out = [head]
    frontier = [head]
    while frontier and len(out) < 12:
        for child in parse.children[frontier.pop()]:
            if parse.deps[child] == "conj" and parse.tags[child].startswith(("NN", "PRP", "CD", "DT", "JJ", "FW")):
                out.append(child)
                frontier.append(child)
    return out


def phrases(parse: Parse, heads: list[int]) -> tuple[Phrase, ...]:
    """Noun phrases for heads: with determiners, modifiers and of-phrases, without clauses and conjuncts."""
    return tuple(phrase(parse, head) for head in dict.fromkeys(heads))


def phrase(parse: Parse, head: int) -> Phrase:
    """The noun phrase around one head."""
    lo = hi = head
    for child in parse.children[head]:
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
    lo = _trim_left(parse, lo, head)
    return Phrase(parse.starts[lo], parse.ends[hi], parse.text(lo, hi + 1), lo, hi + 1, head)


def _trim_left(parse: Parse, lo: int, head: int) -> int:
    while lo < head and (
        parse.tags[lo] in (",", ":", "``", "''", "CC", "-LRB-", "-RRB-") or parse.lower[lo] in ('"', "“", "”")
    ):
        lo += 1
    return lo


def _belongs(parse: Parse, child: int) -> bool:
    if parse.deps[child] == "prep":
        return parse.lower[child] in ("of", "from")
    return (
        parse.deps[child] in ("compound", "nummod", "case", "nmod", "amod", "npadvmod") and parse.tags[child] != "VBN"
    )


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
    """X marched: a subject read as passive ("hundreds protested", taken for a participle) is still the actor."""
    return raw if raw.actors else replace(raw, actors=raw.targets, targets=())


def _inverse(parse: Parse, raw: Arguments) -> Arguments:
    """The subject suffers; the doer stands after "to", "by" or "from"."""
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
