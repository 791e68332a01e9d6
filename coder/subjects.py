"""Which verb governs a word, and who is its subject: also through relative, control and coordinate clauses."""

from __future__ import annotations

from .grammar import Grammar
from .phrases import conjuncts, possessor, prepositional
from .records import Parse

_AMID = frozenset({"in", "during", "amid"})
_DIED = frozenset("die dies died dying perish perishes perished".split())
_DOING = frozenset("engaged involved implicated used employed".split())  # "were engaged in fighting"
RELATIVES = frozenset({"who", "which", "that", "whom"})
_LEAVING = frozenset({"leave", "leaves", "left", "leaving"})
_FINDING = frozenset({"find", "finds", "found", "finding", "saw", "see", "discovered"})
_CLAIMED = frozenset({"responsibility", "credit", "blame"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def clause_of(parse: Parse, token: int) -> int:
    """The verb of the clause that a token stands in; the root where there is none."""
    while not parse.tags[token].startswith("VB") and parse.heads[token] != token:
        token = parse.heads[token]
    return token


def is_infinitive(parse: Parse, verb: int) -> bool:
    """Whether a verb has its own "to"."""
    return any(parse.tags[c] == "TO" and parse.deps[c] == "aux" for c in parse.children[verb])


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether a verb token is passive: with an auxiliary, or a reduced relative ("men killed in …")."""
    if parse.child(verb, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if parse.tags[verb] != "VBN" or parse.child(verb, "dobj", "aux") is not None:
        return False
    dep = parse.deps[verb]
    if dep in ("acl", "amod") or (dep == "acomp" and parse.lower[parse.heads[verb]] in _BE):  # "was gang-raped"
        return True
    if dep in ("xcomp", "oprd"):  # "nine were reported killed"
        return True
    if dep == "ccomp" and parse.lower[parse.heads[verb]] in _FINDING:  # "found three men shot dead"
        return True
    if dep == "conj":  # "two were killed and six wounded", "left two dead and six wounded"
        governor = parse.heads[verb]
        left = parse.lower[governor] in _LEAVING
        return parse.tags[governor].startswith("VB") and (left or is_passive(parse, governor))
    return dep in ("advcl", "ROOT", "ccomp", "dep") and parse.child(verb, "nsubj") is None


def teller(parse: Parse, verb: int) -> int | None:
    """The noun of which a past form tells that the parser takes for its participle, or None for another verb.

    A participle of a noun has no object or that-clause of its own: "men on motorbikes shot a mayor", "a witness
    reported on Monday that …".
    """
    noun = parse.heads[verb]
    if parse.deps[verb] != "acl" or parse.tags[verb] != "VBN":
        return None
    clause = parse.child(verb, "ccomp")
    if parse.child(verb, "dobj") is None and (clause is None or clause < verb or parse.heads[noun] != noun):
        return None
    while parse.deps[noun] == "pobj" and parse.tags[parse.heads[parse.heads[noun]]].startswith("NN"):
        noun = parse.heads[parse.heads[noun]]
    return noun


def interrupted(parse: Parse, cue: int) -> tuple[int, int] | None:
    """Whose deed a short clause of saying interrupts, and who speaks: "Gunmen, a priest said, killed three".

    The parser takes the first noun for the subject of "said". Returns None where there is no such clause.
    """
    host = parse.heads[cue]
    subjects = [c for c in parse.children[cue] if parse.deps[c] == "nsubj" and c < cue]
    if parse.deps[cue] not in ("parataxis", "ccomp") or host < cue or not subjects or parse.lower[cue + 1] != ",":
        return None
    if not parse.tags[host].startswith("VB") or parse.child(host, "nsubj", "nsubjpass") is not None:
        return None
    first = subjects[0]
    named = [c for c in parse.children[first] if parse.deps[c] == "appos"]
    speaker = subjects[-1] if len(subjects) > 1 else next((c for c in named if parse.right[c] == cue), first)
    before = parse.left[speaker] - 1
    return (first, speaker) if speaker != first and parse.lower[before] == "," else None


def subject_heads(parse: Parse, verb: int, grammar: Grammar, depth: int = 0) -> list[int]:
    """The heads of a verb's subject, passed through relative, participial, control and coordinate clauses."""
    own = parse.child(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        if parse.deps[verb] == "relcl" and (parse.lower[own] in RELATIVES or _all_of_whom(parse, own)):
            return conjuncts(parse, _antecedent(parse, verb))
        return conjuncts(parse, own)
    for child in parse.children[verb]:
        if (cut := interrupted(parse, child)) is not None:
            return [cut[0]]
    if depth > 4 or parse.heads[verb] == verb:
        return []
    governor, dep = parse.heads[verb], parse.deps[verb]
    if dep == "conj" and (doers := _doers_between(parse, verb, governor)):
        return doers
    active = is_infinitive(parse, verb) or parse.tags[verb] == "VBG"  # not "the plan supported by the army"
    if dep == "acl" and parse.lower[governor] in grammar.undertakings and active:
        return _undertakers(parse, governor, grammar, depth)
    if dep == "acl" and _results(parse, verb) and _is_scene(parse, governor):
        above = parse.heads[parse.heads[governor]]  # "robbed a bank in Lagos killing two guards"
        if not parse.tags[above].startswith("VB"):
            return []
        if not (is_passive(parse, above) or parse.lower[above] in _DIED):  # not "died in a blast targeting them"
            return subject_heads(parse, above, grammar, depth + 1)
    if dep in ("relcl", "acl"):
        past = teller(parse, verb)
        noun = past if past is not None else _antecedent(parse, verb)
        return [noun] if parse.tags[noun].startswith(("NN", "PRP", "CD", "DT")) else []
    return _inherited_subject(parse, verb, governor, dep, grammar, depth)


def _all_of_whom(parse: Parse, subject: int) -> bool:
    """ "Two ministers, both of whom were killed": the relative clause is about all of them."""
    whole = parse.lower[subject] in ("both", "all", "each")
    return whole and any(parse.lower[h] in ("whom", "which") for h in prepositional(parse, subject, frozenset({"of"})))


def _antecedent(parse: Parse, verb: int) -> int:
    """The noun that a relative clause is about; one on "responsibility" is about what it is claimed for."""
    noun = parse.heads[verb]
    if _is_where(parse, noun, verb):
        noun = _who_is_there(parse, noun)
    if parse.lower[noun] not in _CLAIMED:
        return noun
    claimed = [h for h in prepositional(parse, noun, frozenset({"for"})) if h < verb]
    return claimed[-1] if claimed else noun


def _is_where(parse: Parse, noun: int, verb: int) -> bool:
    """Whether a clause with "who" hangs on a name after "in", "at" or "near", which is where and not who."""
    subject = parse.child(verb, "nsubj", "nsubjpass")
    who = subject is not None and parse.lower[subject] == "who"
    return who and parse.tags[noun] in ("NNP", "NNPS") and _is_scene(parse, noun)


def _is_scene(parse: Parse, noun: int) -> bool:
    """Whether a noun stands after "in", "at" or "near", where things happen."""
    return parse.deps[noun] == "pobj" and parse.lower[parse.heads[noun]] in ("in", "at", "near", "outside")


def _who_is_there(parse: Parse, place: int) -> int:
    """The noun just before a place's preposition: "threw stones at police in Harare, who fired back"."""
    before = parse.heads[place] - 1
    while before > 0 and parse.deps[before] == "pobj" and parse.tags[before] in ("NNP", "NNPS"):
        before = parse.heads[before] - 1
    return before if parse.tags[before] in ("NN", "NNS") else place


def _inherited_subject(parse: Parse, verb: int, governor: int, dep: str, grammar: Grammar, depth: int) -> list[int]:
    if dep in ("xcomp", "ccomp", "advcl", "conj", "acomp", "oprd", "dep", "pcomp", "prep"):
        if dep == "ccomp" and parse.tags[verb] not in ("VB", "VBG"):
            return _described_as(parse, verb, governor)
        if parse.tags[governor].startswith("VB") or parse.tags[governor] in ("MD", "JJ", "IN", "TO"):
            if dep in ("xcomp", "ccomp", "pcomp", "prep") and _controls_object(parse, governor, grammar):
                return _controlled(parse, governor, grammar)
            if dep == "advcl" and _goes_on(parse, verb, governor, grammar):
                return _controlled(parse, governor, grammar)
            if dep == "advcl" and _results(parse, verb) and is_passive(parse, governor):
                return prepositional(parse, governor, frozenset({"by"}))  # "was shelled by X, killing nine"
            if dep == "pcomp" and _befell(parse, verb, governor):
                return []
            told_of = dep == "pcomp" and parse.lower[governor] in ("of", "about")
            if told_of and parse.tags[parse.heads[governor]].startswith("VB"):  # "heard of shelling": not its doer
                return []
            subjects = subject_heads(parse, governor, grammar, depth + 1)
            if dep != "xcomp" or parse.lower[governor] not in _BE:
                return subjects
            return [d for h in subjects for d in _minded(parse, h, grammar)]
        if parse.tags[governor].startswith("NN") and dep in ("pcomp", "prep", "dep", "conj"):
            return _doers(parse, governor)
    return []


def _befell(parse: Parse, verb: int, preposition: int) -> bool:
    """Whether an -ing form names what its clause's subject suffered: "died in shelling", not "engaged in shelling"."""
    if parse.lower[preposition] not in _AMID or parse.child(verb, "dobj", "prt", "xcomp") is not None:
        return False
    if prepositional(parse, verb, frozenset({"with"})):  # "killed in fighting with the army": a side of it
        return False
    main = parse.heads[preposition]
    hurt = is_passive(parse, main) and parse.lower[main] not in _DOING
    return hurt or parse.lower[main] in _DIED


def _described_as(parse: Parse, verb: int, governor: int) -> list[int]:
    """Who acts in "men believed to be rebels attacked a post", where the parser lets "attacked" be believed."""
    bare = parse.tags[verb] == "VBD" and parse.child(verb, "mark") is None and verb > governor
    told = parse.child(governor, "xcomp")
    subject = parse.child(governor, "nsubj")
    if not bare or told is None or subject is None or not governor < told < verb or not is_infinitive(parse, told):
        return []
    return conjuncts(parse, subject)


def _doers_between(parse: Parse, verb: int, governor: int) -> list[int]:
    """Who acts in "nine were killed after gunmen attacked a church and exchanged fire with police": not the nine.

    The parser joins the last verb to the passive one before.
    """
    if parse.tags[verb] != "VBD" or is_passive(parse, verb) or not is_passive(parse, governor):
        return []
    for clause in parse.children[governor]:
        if parse.deps[clause] == "advcl" and governor < clause < verb and parse.tags[clause] == "VBD":
            subject = parse.child(clause, "nsubj")
            if subject is not None:
                return conjuncts(parse, subject)
    return []


def _goes_on(parse: Parse, verb: int, governor: int, grammar: Grammar) -> bool:
    """Whether a participle goes on with the deed of a control verb: "accused X of shelling …, killing seven"."""
    preposition = parse.child(governor, "prep")
    controls = parse.lower[governor] in grammar.control and preposition is not None
    return controls and parse.tags[verb] == "VBG" and parse.child(preposition or 0, "pcomp") is not None


def _results(parse: Parse, verb: int) -> bool:
    """Whether a bare participle after the main verb tells what came of it: ", killing nine"."""
    bare = parse.child(verb, "mark", "advmod", "aux") is None
    return bare and parse.tags[verb] == "VBG" and parse.heads[verb] < verb


def _doers(parse: Parse, noun: int) -> list[int]:
    return prepositional(parse, noun, frozenset({"by"})) or possessor(parse, noun)


def _minded(parse: Parse, subject: int, grammar: Grammar) -> list[int]:
    """Whose aim it is, where a verb's subject is an aim: "the aim of the rebels was to seize the town"."""
    if parse.lower[subject] not in grammar.undertakings:
        return [subject]
    return _doers(parse, subject) or prepositional(parse, subject, frozenset({"of"}))


def _undertakers(parse: Parse, noun: int, grammar: Grammar, depth: int) -> list[int]:
    """Who makes "an attempt to …": its by-phrase or owner, else the subject of the verb that it hangs on."""
    at = clause_of(parse, noun)
    owners = _doers(parse, noun) or prepositional(parse, noun, frozenset({"of"}))
    if owners or at == noun:
        return owners
    if is_passive(parse, at) and parse.child(at, "nsubjpass") == noun:  # "the decision to deploy was taken by X"
        return prepositional(parse, at, frozenset({"by"}))
    return [h for h in subject_heads(parse, at, grammar, depth + 1) if h != noun]


def _controls_object(parse: Parse, governor: int, grammar: Grammar) -> bool:
    return parse.lower[_control_verb(parse, governor)] in grammar.control


def _control_verb(parse: Parse, governor: int) -> int:
    """The verb that may pass its object on; its preposition may hang on that object ("accuse the army of having …")."""
    if parse.tags[governor] != "IN":
        return governor
    above = parse.heads[governor]
    hung = parse.deps[above] == "dobj" and parse.lower[governor] == "of"
    return parse.heads[above] if hung else above


def _controlled(parse: Parse, governor: int, grammar: Grammar) -> list[int]:
    verb = _control_verb(parse, governor)
    if is_passive(parse, verb):
        return subject_heads(parse, verb, grammar, 3)
    found = parse.child(verb, "dobj")
    return conjuncts(parse, found) if found is not None else []
