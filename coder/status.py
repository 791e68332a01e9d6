"""Event status: did it happen, was it planned, threatened, denied (CODEBOOK 3.4).

The status is read from the trigger's own clause and the words that govern it, with scope over the trigger
only. What a source does to it (denies, threatens) is added by the claim-type step.
"""

from __future__ import annotations

from .grammar import Grammar
from .habits import general
from .records import Parse, Status
from .status_cues import StatusCues
from .subjects import RELATIVES, is_infinitive, is_passive

REALISED = frozenset({"occurred", "ongoing", "attempted"})
_OF_MANY = frozenset("first second third only last latest isolated same just merely simply mere ordinary".split())
_AFTER = frozenset({"following", "concerning", "regarding"})  # prepositions that the tagger takes for verbs
_USED = frozenset({"use", "used", "uses", "using"})
_BEING = frozenset({"is", "are", "was", "were", "be", "been", "become", "became", "remain", "remains", "remained"})
# An outer status that leaves an inner one as it is: "to prevent attacks" plans no attack.
_KEPT = frozenset({("hypothetical", "threatened"), ("hypothetical", "unknown"), ("planned", "hypothetical")})
_NOT_HABITS = frozenset({"planned", "threatened", "hypothetical", "negated", "predicted", "unknown"})


def event_status(parse: Parse, head: int, nominal: bool, cues: StatusCues, grammar: Grammar) -> Status:
    """The status of the event named by the trigger ``head``.

    Args:
        parse: the sentence.
        head: token of the trigger's head.
        nominal: whether the trigger is a noun.
        cues: the status dictionary.
        grammar: verbs that carry an event noun ("carried out an attack").

    Returns:
        One of the eleven values of CODEBOOK 3.4 (``not_applicable`` is never given here), and the words
        that decided.
    """
    operators = _nominal_operators(parse, head, cues, grammar) if nominal else _verbal_operators(parse, head, cues)
    operators += general(parse, head, nominal, cues)
    if _question(parse, head):
        operators.append(("unknown", "?"))
    return _combine(operators)


def _imperative(parse: Parse, verb: int) -> bool:
    """Whether a verb commands: a bare form without subject that opens its clause ("Burn the town hall")."""
    if parse.tags[verb] != "VB" or parse.child(verb, "nsubj", "nsubjpass", "csubj", "expl") is not None:
        return False
    if any(parse.deps[c] in ("aux", "auxpass") and parse.lower[c] != "do" for c in parse.children[verb]):
        return False
    above = parse.heads[verb]
    if parse.deps[verb] == "conj":
        return parse.tags[above] == "VB" and _imperative(parse, above)
    if parse.deps[verb] == "ccomp" and verb > above:
        return False
    openers = ("advmod", "punct", "neg", "aux", "intj", "cc", "advcl", "npadvmod", "prep", "dep")
    return parse.deps[verb] in ("ROOT", "ccomp") and all(
        parse.deps[c] in openers for c in parse.children[verb] if c < verb
    )


def _combine(operators: list[tuple[str, str]]) -> Status:
    """Innermost operator first. Two negations cancel; an outer one that is not factual hides what it governs."""
    value, words = "occurred", []
    for status, word in operators:
        if status in ("", "occurred"):
            continue
        words.append(word)
        if status == "negated":
            value = "occurred" if value == "negated" else "negated"
        elif status == "ongoing":
            value = "ongoing" if value == "occurred" else value
        elif status == "habitual":
            value = "habitual" if value not in _NOT_HABITS else value
        elif status == "planned" and value == "negated":
            value = "negated"  # "will not attack"
        elif (status, value) in _KEPT:
            pass
        else:
            value = status
    return Status(value, " ".join(reversed(words)))


def _verbal_operators(parse: Parse, verb: int, cues: StatusCues) -> list[tuple[str, str]]:
    out = _clause_operators(parse, verb, cues)
    at = verb
    for _ in range(5):
        step = _climb(parse, at, cues)
        if step is None:
            return out + _adjoined(parse, at, cues)
        at, found = step
        out += found
    return out


def _adjoined(parse: Parse, verb: int, cues: StatusCues) -> list[tuple[str, str]]:
    """What the main clause says of a participle ("will attack, killing ...") or of a gerund that is its subject."""
    main, dep = parse.heads[verb], parse.deps[verb]
    if main == verb or not parse.tags[main].startswith(("VB", "MD")):
        return []
    if dep == "advcl" and _imperative(parse, main) and parse.child(verb, "mark", "advmod") is not None:
        return [("hypothetical", "imperative")]
    if dep == "csubj" and is_infinitive(parse, verb):
        return [("hypothetical", "to")]  # "to bomb the town would be a crime"
    bare = parse.tags[verb] == "VBG" and parse.child(verb, "nsubj", "aux", "mark") is None
    if not bare or dep not in ("advcl", "csubj"):
        return []
    found = _clause_operators(parse, main, cues)
    unreal = [item for item in found if item[0] in ("planned", "hypothetical", "predicted", "unknown")]
    return [("hypothetical", word) for _, word in unreal] if dep == "csubj" else unreal


def _clause_operators(parse: Parse, verb: int, cues: StatusCues) -> list[tuple[str, str]]:
    """Negation, adverbs, aspect, modals and subordinators of one clause."""
    out: list[tuple[str, str]] = []
    perfect = any(
        parse.lower[c] in ("have", "has", "had", "'ve", "having") and parse.deps[c] == "aux"
        for c in parse.children[verb]
    )
    modal = ""
    for child in parse.children[verb]:
        word, dep = parse.lower[child], parse.deps[child]
        if dep == "neg" or (dep == "preconj" and word == "neither"):
            out.append(("negated", word))
        elif dep == "advmod" and word == "longer" and parse.lower[child - 1] == "no":
            out.append(("negated", "no longer"))
        elif dep in ("advmod", "advcl") and (status := cues.of("adverb", word, False)):
            out.append((status, word))
        elif dep == "aux" and (status := cues.of("modal", word, False)):
            modal = "unknown" if perfect and word in ("may", "might", "could", "must") else status
            out.append((modal, word))
        elif dep == "aux" and word == "had" and any(child < s < verb for s in _subjects(parse, verb)):
            out.append(("hypothetical", word))  # "had they attacked, …"
        elif dep in ("nsubj", "nsubjpass", "dobj") and _nobody(parse, child) and not cues.knows("proof", word):
            out.append(("negated", parse.text(parse.left[child], child + 1)))
        elif dep == "prep" and word == "at" and any(_nobody(parse, c) for c in parse.children[child]):
            out.append(("negated", parse.text(child, parse.right[child])))  # "fired at nobody"
    if parse.tags[verb] == "VBG" and _auxiliary_be(parse, verb) and not modal:
        out.append(("ongoing", "progressive"))
    if _imperative(parse, verb):
        out.append(("planned", "imperative"))
    for child in parse.children[verb]:
        if parse.deps[child] == "mark" and (status := cues.of("mark", parse.lower[child], False)):
            if parse.lower[child] != "until" or not _past_under_past(parse, verb):
                out.append((status, parse.lower[child]))
        elif (
            parse.deps[child] == "advcl"
            and modal
            and (_has_mark(parse, child, "if") or _has_mark(parse, child, "unless"))
        ):
            out.append(("hypothetical", "if"))
    return out


def _past_under_past(parse: Parse, verb: int) -> bool:
    """Whether a subordinate clause tells of the past: "did not stop until it captured the town"."""
    main = parse.heads[verb]
    auxiliaries = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
    past = parse.tags[verb] == "VBD" or bool(auxiliaries & {"had", "was", "were"})
    above = [*parse.children[main], *(parse.children[parse.heads[main]] if parse.deps[main] == "xcomp" else ())]
    return past and not any(parse.tags[c] == "MD" for c in above)


def _subjects(parse: Parse, verb: int) -> list[int]:
    return [c for c in parse.children[verb] if parse.deps[c] in ("nsubj", "nsubjpass")]


def _nobody(parse: Parse, noun: int) -> bool:
    """Whether a party or object is nobody: "no rebels", "neither side", "none of them"."""
    if parse.lower[noun] in ("nobody", "none", "neither", "nothing"):
        return True
    before = parse.lower[parse.left[noun] : noun]
    none = "not" in before and {"single", "one"} & set(before)  # "not a single shell hit the town"
    return bool({"no", "neither"} & {parse.lower[c] for c in parse.children[noun] if c < noun} or none)


def _auxiliary_be(parse: Parse, verb: int) -> bool:
    return any(
        parse.deps[c] == "aux" and parse.lower[c] in ("is", "are", "was", "were", "been", "be", "'s", "'re", "am")
        for c in parse.children[verb]
    )


def _has_mark(parse: Parse, clause: int, word: str) -> bool:
    return any(parse.deps[c] == "mark" and parse.lower[c] == word for c in parse.children[clause])


def _perfect_infinitive(parse: Parse, verb: int) -> bool:
    return is_infinitive(parse, verb) and any(
        parse.lower[c] == "have" and parse.deps[c] == "aux" for c in parse.children[verb]
    )


def _climb(parse: Parse, verb: int, cues: StatusCues) -> tuple[int, list[tuple[str, str]]] | None:
    """One step up to the word that governs this clause: its token and what it says of the event, or None."""
    governor, dep = parse.heads[verb], parse.deps[verb]
    if governor == verb:
        return None
    if _not_they(parse, verb):
        return governor, [("negated", "it was not")]
    if dep == "conj":
        return _climb_conjunct(parse, verb, governor, cues)
    if (verdict := _climb_verdict(parse, verb, cues)) is not None:
        return verdict
    if dep in ("xcomp", "ccomp", "dobj", "oprd", "acomp"):
        return _climb_complement(parse, verb, governor, dep, cues)
    if dep in ("pcomp", "prep"):
        return _climb_preposition(parse, verb, governor, cues)
    if dep == "acl" and parse.tags[governor].startswith("NN") and is_infinitive(parse, verb):
        status = cues.of("noun", parse.lower[governor], False)
        return governor, [(status or "planned", parse.lower[governor])]
    if dep in ("advcl", "acl") and is_infinitive(parse, verb) and not _perfect_infinitive(parse, verb):
        return governor, [("planned", "to")]
    return None


def _not_they(parse: Parse, verb: int) -> bool:
    """ "It was not the rebels who fired": that they did it is denied. The parser may hang the clause on "was"."""
    above, subject = parse.heads[verb], parse.child(verb, "nsubj", "nsubjpass")
    if subject is None or parse.lower[subject] not in RELATIVES:
        return False
    main = parse.heads[above] if parse.deps[verb] == "relcl" and parse.deps[above] == "attr" else above
    it = parse.child(main, "nsubj")
    return (
        parse.lower[main] in _BEING
        and it is not None
        and parse.lower[it] == "it"
        and any(parse.deps[c] == "neg" for c in parse.children[main])
    )


def _climb_conjunct(
    parse: Parse, verb: int, governor: int, cues: StatusCues
) -> tuple[int, list[tuple[str, str]]] | None:
    """A coordinated verb shares modals, negation and governors with the first; with its own tense, habits and "if"."""
    if not parse.tags[governor].startswith("VB") or parse.child(verb, "aux", "nsubj", "nsubjpass") is not None:
        return None
    if parse.tags[verb] in ("VBD", "VBZ", "VBP"):
        found = _clause_operators(parse, governor, cues)
        shared = [item for item in found if item[0] == "habitual" or cues.knows("mark", item[1])]
        return (governor, shared) if parse.tags[verb] == parse.tags[governor] else None
    plain = ("VB", "VBP")  # the tagger does not tell them apart in a list of verbs
    alike = parse.tags[verb] == parse.tags[governor] or (parse.tags[verb] in plain and parse.tags[governor] in plain)
    same = alike or is_passive(parse, governor)
    shared = _clause_operators(parse, governor, cues) if same else []
    return governor, [item for item in shared if item[0] != "ongoing" or parse.tags[verb] == "VBG"]


def _climb_complement(
    parse: Parse, verb: int, governor: int, dep: str, cues: StatusCues
) -> tuple[int, list[tuple[str, str]]] | None:
    word = parse.lower[governor]
    tag = parse.tags[governor]
    bare = is_infinitive(parse, verb) or parse.tags[verb] == "VBG" or _small_clause(parse, verb)
    if word in _USED and parse.child(governor, "dobj") is not None:  # "used batons to disperse a crowd": the means
        return governor, [("", word), *_clause_operators(parse, governor, cues)]
    if tag.startswith("VB"):
        status = cues.of("verb", word, False)
        if word == "had" and is_infinitive(parse, verb):
            status = "occurred"  # "had to withdraw" implies that they did
        if word == "going" and is_infinitive(parse, verb) and _auxiliary_be(parse, governor):
            status = "planned"  # "were going to attack"
        if dep == "ccomp" and not bare:
            modal = any(parse.tags[c] == "MD" for c in parse.children[verb])
            if status not in ("predicted", "unknown", "hypothetical") or not (
                modal or word.startswith(("doubt", "wonder", "imagin"))
            ):
                return None
        if status == "" and bare:
            status = "planned" if is_infinitive(parse, verb) and not _perfect_infinitive(parse, verb) else ""
        if _perfect_infinitive(parse, verb):
            status = ""
        return governor, [(status, word), *_clause_operators(parse, governor, cues)]
    if tag.startswith("JJ") or tag == "VBN":
        status = cues.of("adjective", word, False)
        upper = parse.heads[governor]
        return upper, [
            (status, word),
            *(_clause_operators(parse, upper, cues) if parse.tags[upper].startswith(("VB", "MD")) else []),
        ]
    return None


def _climb_verdict(parse: Parse, clause: int, cues: StatusCues) -> tuple[int, list[tuple[str, str]]] | None:
    """ "It is not true that they fired", "it was a lie that …": what the sentence itself says of the whole clause."""
    said = parse.heads[clause]
    if _unproven(parse, said, cues) and parse.deps[clause] in ("acl", "ccomp", "relcl"):
        return said, [(cues.of("proof", parse.lower[said], False), f"no {parse.lower[said]}")]
    main = parse.heads[said] if parse.tags[said].startswith(("NN", "JJ")) else said
    if parse.deps[clause] not in ("csubj", "ccomp", "acl", "relcl") or parse.lower[main] not in _BEING:
        return None
    subject = parse.child(main, "nsubj", "expl")
    if parse.deps[clause] != "csubj" and (subject is None or parse.lower[subject] not in ("it", "this", "that")):
        return None
    for child in parse.children[main]:
        if parse.deps[child] in ("acomp", "attr") and cues.knows("verdict", parse.lower[child]):
            status = cues.of("verdict", parse.lower[child], False)
            return main, [(status, parse.lower[child]), *_clause_operators(parse, main, cues)]
    return None


def _unproven(parse: Parse, noun: int, cues: StatusCues) -> bool:
    """ "There is no evidence that they fired", "found no sign of an attack", "has not seen any proof that"."""
    if not cues.knows("proof", parse.lower[noun]):
        return False
    verb = parse.heads[noun]
    denied = any(parse.deps[c] == "neg" for c in parse.children[verb]) and parse.deps[noun] in ("dobj", "attr")
    return denied or any(parse.lower[c] in ("no", "little", "neither") for c in parse.children[noun])


def _small_clause(parse: Parse, verb: int) -> bool:
    """ "Wanted the chief killed": a participle without auxiliaries as the complement."""
    return parse.tags[verb] == "VBN" and parse.child(verb, "aux", "auxpass", "mark") is None


def _climb_preposition(
    parse: Parse, verb: int, prep: int, cues: StatusCues
) -> tuple[int, list[tuple[str, str]]] | None:
    word = parse.lower[prep]
    upper = parse.heads[prep]
    out = [(cues.of("preposition", word, False), word)]
    if parse.tags[upper].startswith("VB"):
        status = cues.of("verb", parse.lower[upper], False)
        if word in ("from", "on", "of", "to", "against", "in", "with", "at") and status:
            return upper, [*out, (status, parse.lower[upper]), *_clause_operators(parse, upper, cues)]
        return None if not out[0][0] else (upper, out)
    if parse.tags[upper].startswith("NN"):
        return upper, [*out, (cues.of("noun", parse.lower[upper], False), parse.lower[upper])]
    if word in ("of", "to", "for") and (status := cues.of("adjective", parse.lower[upper], False)):
        return upper, [*out, (status, parse.lower[upper])]  # "capable of", "close to", "known for attacking"
    return None if not out[0][0] else (upper, out)


def _nominal_operators(parse: Parse, noun: int, cues: StatusCues, grammar: Grammar) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for child in parse.children[noun]:
        word = parse.lower[child]
        if parse.deps[child] in ("amod", "compound", "det", "neg", "nmod") and (
            status := cues.of("adjective", word, True)
        ):
            out.append((status, word))
    governor, dep = parse.heads[noun], parse.deps[noun]
    if _contrasted(parse, noun):
        return [*out, ("negated", "not")]
    if dep == "conj" and governor != noun:
        governor, dep = parse.heads[governor], parse.deps[governor]
    if dep in ("pobj", "pcomp"):
        return out + _prepositional_operators(parse, governor, cues, grammar)
    if dep in ("compound", "nmod") and parse.tags[governor].startswith("NN"):
        return [*out, (cues.of("noun", parse.lower[governor], True), parse.lower[governor])]
    if governor != noun and parse.tags[governor].startswith("VB") and parse.lower[governor] not in _AFTER:
        if parse.deps[governor] == "advcl" and _has_mark(parse, governor, "if"):
            out.append(("hypothetical", "if"))  # "if the bombing does not stop"
        counted = any(status == "negated" for status, _ in out)  # "no attack took place" is one negation
        if dep == "attr" and parse.lower[governor] in _BEING:
            above = _being(parse, noun, governor, cues)
        else:
            above = _governing_verb(parse, governor, dep, cues, grammar)
        out += [item for item in above if not (counted and item[0] == "negated")]
    return out


def _contrasted(parse: Parse, noun: int) -> bool:
    """ "An accident and not an attack", "a protest, not an attack": what a contrast says it was not."""
    head = parse.heads[noun]
    own = [c for c in parse.children[noun] if c < noun]
    beside = [c for c in parse.children[head] if head < c < noun] if parse.deps[noun] == "appos" else []
    return any(parse.deps[c] == "neg" and parse.lower[c] == "not" and not _not_only(parse, c) for c in (*own, *beside))


def _not_only(parse: Parse, word: int) -> bool:
    return parse.deps[word] == "neg" and "only" in parse.lower[word + 1 : word + 2]


def _being(parse: Parse, noun: int, verb: int, cues: StatusCues) -> list[tuple[str, str]]:
    """ "There was no attack", "it may be an attack"; "it was not the first attack" and "not only attacks" deny none."""
    told = (*parse.children[noun], *parse.children[verb])
    of_many = any(parse.lower[c] in _OF_MANY or _not_only(parse, c) for c in told)
    return [item for item in _verbal_operators(parse, verb, cues) if not (of_many and item[0] == "negated")]


def _governing_verb(parse: Parse, verb: int, dep: str, cues: StatusCues, grammar: Grammar) -> list[tuple[str, str]]:
    word = parse.lower[verb]
    if dep in ("dobj", "nsubjpass", "attr"):  # not "what residents called the worst fighting"
        status = cues.of("verb", word, True)
        if status:
            return [(status, word), *_verbal_operators(parse, verb, cues)]
        if word in grammar.givers or word in grammar.takers or cues.knows("carrier", word):
            return _verbal_operators(parse, verb, cues)
        negation = [item for item in _clause_operators(parse, verb, cues) if item[0] == "negated"]
        return negation if dep == "dobj" and word in ("saw", "see", "had", "have", "has") else []
    if dep in ("nsubj",) and (cues.knows("carrier", word) or word in grammar.givers):
        return [item for item in _verbal_operators(parse, verb, cues) if item[0] != "ongoing"]
    return _said_to_be_habit(parse, verb, cues) if dep == "nsubj" else []


def _said_to_be_habit(parse: Parse, verb: int, cues: StatusCues) -> list[tuple[str, str]]:
    """ "Land protests are a common sight there", "raids are frequent"."""
    said = parse.child(verb, "acomp", "attr")
    if parse.lower[verb] not in _BEING or said is None:
        return []
    words = [parse.lower[said], *(parse.lower[c] for c in parse.children[said] if parse.deps[c] == "amod")]
    return [("habitual", word) for word in words if cues.of("adjective", word, True) == "habitual"]


def _prepositional_operators(parse: Parse, prep: int, cues: StatusCues, grammar: Grammar) -> list[tuple[str, str]]:
    word = parse.lower[prep]
    out = [(cues.of("preposition", word, True), word)]
    upper = parse.heads[prep]
    if parse.tags[upper].startswith("NN") and word in ("of", "for", "to", "on", "about", "from", "against"):
        if word == "of" and parse.lower[upper] in ("case", "cases", "event") and parse.lower[upper - 1] == "in":
            return [*out, ("hypothetical", "in case of")]
        if word == "of" and cues.knows("container", parse.lower[upper]):
            return out + _nominal_operators(parse, upper, cues, grammar)  # "prevented an outbreak of rioting"
        out.append((cues.of("noun", parse.lower[upper], True), parse.lower[upper]))
        if _unproven(parse, upper, cues):
            out.append((cues.of("proof", parse.lower[upper], True), f"no {parse.lower[upper]}"))
        while parse.deps[upper] == "pobj" and parse.lower[parse.heads[upper]] == "of":
            upper = parse.heads[parse.heads[upper]]  # "part of the exports"
        guard = parse.heads[upper]
        if word == "from" and parse.deps[upper] == "dobj" and cues.of("verb", parse.lower[guard], True):
            out.append((cues.of("verb", parse.lower[guard], True), parse.lower[guard]))  # "protect ships from attacks"
    elif parse.tags[upper].startswith("VB") and word in (
        "for",
        "of",
        "on",
        "against",
        "about",
        "from",
        "with",
    ):
        status = cues.of("verb", parse.lower[upper], True)
        if status and status != "occurred":
            out += [(status, f"{parse.lower[upper]} {word}"), *_clause_operators(parse, upper, cues)]
    return out


def _question(parse: Parse, head: int) -> bool:
    """A direct question whose main clause holds the trigger (relative and adverbial clauses are presupposed)."""
    if not parse.words or parse.words[-1] not in ("?", '"', "”", "’") or "?" not in parse.words[-3:]:
        return False
    at = head
    while parse.heads[at] != at:
        if parse.deps[at] in ("relcl", "advcl", "acl"):
            return False
        at = parse.heads[at]
    return True
