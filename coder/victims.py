"""Whom a cue of death or injury speaks of, by the parse and, where that fails, by position (CODEBOOK 1.5)."""

from __future__ import annotations

from itertools import pairwise

from .headcount import (
    NONE,
    ONE,
    Scene,
    Victims,
    count_explicit,
    count_people,
    countable,
    number_after,
    number_before,
    number_of,
)
from .records import Parse
from .subjects import is_passive


def is_running_number(parse: Parse, token: int) -> bool:
    """ "the number of people killed": the number itself stands elsewhere."""
    before = parse.lower[max(0, token - 5) : token]
    return any(a in ("number", "count", "tally") and b == "of" for a, b in pairwise(before)) and not (
        {"a", "large", "small", "unknown", "were", "was"} & set(before)
    )


def victims_of(scene: Scene, token: int, role: str) -> Victims | None:
    """The victims that one reading (``role``) of a cue counts; None when it counts nobody."""
    parse = scene.parse
    tag = parse.tags[token]
    if role == "total" or is_running_number(parse, token):
        return _running_total(scene, token)
    if role in ("verb", "intransitive"):
        verbal = tag.startswith("V") or parse.deps[token] in ("acl", "relcl", "ROOT", "conj", "advcl", "amod")
        if not verbal or (tag.startswith("N") and parse.child(token, "det", "poss") is not None):
            return None
        particle = scene.words.particles.get(parse.lower[token])
        if particle and particle not in parse.lower[token + 1 : token + 2]:
            return None
        return _of_verb(scene, token) if role == "verb" else _of_subject(scene, token)
    if role in ("losing", "loss"):
        return _own_losses(scene, token, role)
    if role in ("state", "uncertain"):
        return _of_state(scene, token)
    return _of_noun(scene, token, role)


def _own_losses(scene: Scene, token: int, role: str) -> Victims | None:
    """ "lost four fighters", "had lost two of its own", "the loss of six men"; what else is lost counts nobody."""
    parse = scene.parse
    if role == "losing":
        if not parse.tags[token].startswith("V") or _unreal(scene, token) or _negated(parse, token):
            return None
        whom = parse.child(token, "dobj")
    else:
        of = next((c for c in parse.children[token] if parse.lower[c] == "of"), None)
        whom = parse.child(of, "pobj") if of is not None else None
    if whom is None or whom < token:
        return None
    members = [c for c in parse.children[whom] if parse.lower[c] == "of"]
    named = [parse.child(c, "pobj") for c in members] if parse.tags[whom] == "CD" else [whom]
    people = any(n is not None and parse.lower[n] in scene.words.comrade for n in named)
    return number_of(scene, whom) or count_explicit(scene, whom) if people else None


def _of_verb(scene: Scene, verb: int) -> Victims | None:
    parse = scene.parse
    if _unreal(scene, verb):
        return None
    found = _patient(scene, verb)
    if _negated(parse, verb):
        return Victims(NONE, verb, verb + 1) if found is None else Victims(NONE, found.lo, found.hi)
    return found


def _patient(scene: Scene, verb: int) -> Victims | None:
    parse = scene.parse
    subject = parse.child(verb, "nsubjpass")
    if subject is not None:
        return _antecedent_or(scene, subject, verb)
    if parse.child(verb, "auxpass") is not None:  # the passive subject was taken for an active one
        subject = parse.child(verb, "nsubj")
        if subject is not None:
            return _antecedent_or(scene, subject, verb)
        return number_before(scene, verb) or _inherited(scene, verb)
    subject = parse.child(verb, "nsubj")
    if subject is not None and is_passive(parse, verb):  # "found three men shot dead"
        return _antecedent_or(scene, subject, verb)
    found = _object(scene, verb)
    if found is not None or parse.child(verb, "dobj") is not None:
        return found
    partner = verb + 2
    if partner < len(parse) and parse.lower[verb + 1] in ("or", "and", "and/or") and parse.heads[partner] == verb:
        found = _object(scene, partner) if parse.lower[partner] in scene.words.cues else None
        if found is not None:
            return found
    if parse.tags[verb] == "VBG":
        return number_after(scene, verb)
    if parse.deps[verb] == "acl":
        return count_explicit(scene, parse.heads[verb]) or number_before(scene, verb)
    if parse.deps[verb] == "relcl" and parse.child(verb, "nsubj") is not None:
        return number_of(scene, parse.heads[verb]) if parse.heads[verb] < verb else None
    if parse.deps[verb] == "amod":
        return number_before(scene, verb)
    ahead = parse.lower[verb + 1] if verb + 1 < len(parse) else "."
    if ahead in scene.words.headline or parse.tags[verb] == "VBN":
        return number_before(scene, verb) or _inherited(scene, verb) or number_after(scene, verb)
    return number_after(scene, verb)


def _object(scene: Scene, verb: int) -> Victims | None:
    parse = scene.parse
    direct = parse.child(verb, "dobj", "dative")
    if direct is None or direct < verb:
        return None
    if parse.lower[direct] in ("them", "themselves"):
        return _same_object(scene, verb)
    return count_people(scene, direct)


def _same_object(scene: Scene, verb: int) -> Victims | None:
    """ "abducted five men and killed them": the object of the verb before."""
    parse = scene.parse
    head = parse.heads[verb]
    direct = parse.child(head, "dobj") if parse.deps[verb] in ("conj", "advcl") else None
    return count_explicit(scene, direct) if direct is not None and direct < verb else None


def _inherited(scene: Scene, verb: int) -> Victims | None:
    """The passive subject of the verb this one is joined to ("were shot and killed", "was found dead")."""
    parse = scene.parse
    head = verb
    for _ in range(3):
        if parse.deps[head] not in ("conj", "xcomp", "oprd", "acomp", "ccomp", "advcl"):
            return None
        label = parse.deps[head]
        joined = label == "conj"
        passive = joined and parse.child(head, "auxpass") is not None
        head = parse.heads[head]
        subject = parse.child(head, "nsubjpass", *(("nsubj",) if passive else ()))
        if subject is None and label in ("xcomp", "oprd", "acomp"):
            subject = parse.child(head, "dobj")
        if subject is not None:
            return _antecedent_or(scene, subject, head)
    return None


def _of_subject(scene: Scene, verb: int) -> Victims | None:
    """Intransitive cues: who died."""
    parse = scene.parse
    if _unreal(scene, verb):
        return None
    subject = parse.child(verb, "nsubj", "nsubjpass")
    if subject is not None:
        found = _antecedent_or(scene, subject, verb)
    elif parse.deps[verb] == "acl":
        found = count_explicit(scene, parse.heads[verb])
    else:
        found = number_before(scene, verb) or _subject_before(scene, verb)
    if _negated(parse, verb):
        return Victims(NONE, verb, verb + 1) if found is None else Victims(NONE, found.lo, found.hi)
    return found


def _subject_before(scene: Scene, verb: int) -> Victims | None:
    parse = scene.parse
    if parse.deps[verb] != "conj":
        return None
    subject = parse.child(parse.heads[verb], "nsubj", "nsubjpass")
    return _antecedent_or(scene, subject, parse.heads[verb]) if subject is not None else None


def _antecedent_or(scene: Scene, subject: int, verb: int) -> Victims | None:
    """Count a subject; of a relative pronoun, what it refers to."""
    parse = scene.parse
    if parse.lower[subject] in scene.words.relative:
        head = verb
        for _ in range(3):
            if parse.deps[head] == "relcl":
                return count_explicit(scene, parse.heads[head])
            head = parse.heads[head]
        return None
    return count_people(scene, subject)


def _unreal(scene: Scene, verb: int) -> bool:
    """Future, possible or purposed ("would kill", "threatened to kill"), but not "managed to kill"."""
    parse, words = scene.parse, scene.words
    if words.almost & set(parse.lower[max(0, verb - 1) : verb]):
        return True
    if parse.deps[verb] == "pcomp" and parse.lower[parse.heads[parse.heads[verb]]] in words.unreal:
        return True
    helpers = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
    if helpers & {"have", "has", "had", "'ve"}:
        return False
    if helpers & scene.words.modal:
        return True
    if "to" in helpers and parse.tags[verb] in ("VB", "VBN"):
        return parse.lower[parse.heads[verb]] not in scene.words.achieved
    return False


def _negated(parse: Parse, verb: int) -> bool:
    for child in parse.children[verb]:
        if parse.deps[child] == "neg" and parse.lower[min(child + 1, len(parse) - 1)] != "only":
            return True
    return parse.lower[parse.heads[verb]] == "without" or (verb > 0 and parse.lower[verb - 1] == "without")


def _of_state(scene: Scene, token: int) -> Victims | None:
    parse = scene.parse
    if parse.tags[token] in ("VB", "VBP", "VBZ", "VBG", "VBD") and parse.lower[token] != "dead":
        return _of_subject(scene, token) if parse.lower[token] == "missing" else None
    head = parse.heads[token]
    if parse.deps[token] == "amod":
        if head > token and parse.lower[head] in scene.words.cues:
            return None  # "dead bodies"
        return count_explicit(scene, head) if head > token else number_before(scene, token)
    found = number_before(scene, token)
    if found is not None:
        return found
    subject = parse.child(token, "nsubj", "nsubjpass")
    if subject is not None and subject < token:
        return _antecedent_or(scene, subject, token)
    if parse.deps[token] in ("acomp", "oprd", "advmod", "xcomp", "ccomp", "dobj", "attr", "advcl", "dep"):
        if _negated(parse, head):
            return Victims(NONE, token, token + 1)
        return _governed(scene, head, token)
    return None


def _governed(scene: Scene, verb: int, token: int) -> Victims | None:
    """ "was shot dead", "shot dead a nurse", "left five people dead", "are dead"."""
    parse = scene.parse
    if not parse.tags[verb].startswith("V") or _unreal(scene, verb):
        return None
    direct = parse.child(verb, "dobj")
    if direct is not None and direct != token:
        return count_people(scene, direct)
    subject = parse.child(verb, "nsubjpass")
    copula = parse.lower[verb] in ("is", "are", "was", "were", "'s", "'re", "be", "been")
    if subject is None and (copula or is_passive(parse, verb)):  # "found three men shot dead"
        subject = parse.child(verb, "nsubj")
    if subject is not None:
        return _antecedent_or(scene, subject, verb)
    return _inherited(scene, verb) if parse.tags[verb] == "VBN" else number_after(scene, token)


def _of_noun(scene: Scene, noun: int, role: str) -> Victims | None:
    parse = scene.parse
    word = parse.lower[noun]
    if not parse.tags[noun].startswith("N") and parse.child(noun, "prep") is None:
        return None
    if parse.deps[noun] == "compound" and parse.heads[noun] > noun:
        return None  # "death threats", "murder charges"
    if word == "death" and noun and parse.lower[noun - 1] == "to":
        verb = parse.heads[parse.heads[noun]] if parse.deps[noun] == "pobj" else parse.heads[noun]
        return None if parse.lower[verb] in scene.words.judicial else _governed(scene, verb, noun)
    if word in ("life", "lives"):
        return _lives(scene, noun)
    own = number_of(scene, noun) if role != "mass" else None
    if own is not None and (word != "injuries" or (own.hi - own.lo < 4 and noun - 1 in scene.numbers)):
        return own
    if any(parse.lower[c] == "no" for c in parse.children[noun]):
        return Victims(NONE, min(parse.children[noun]), noun + 1)
    any_of = any(parse.lower[c] == "any" for c in parse.children[noun])
    if any_of and _denied(parse, noun):
        return Victims(NONE, noun, noun + 1)
    if word in ("injuries", "wounds"):
        return _sufferers(scene, noun)
    if word in ("casualty", "casualties", "fatality", "fatalities"):
        return None
    return _of_whom(scene, noun)


def _denied(parse: Parse, noun: int) -> bool:
    """ "did not cause any casualties", "without any", "no reports of any"."""
    head = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.lower[head] != "without":
        head = parse.heads[head]
    return (
        _negated(parse, head)
        or parse.lower[head] == "without"
        or any(parse.lower[c] == "no" for c in parse.children[head])
    )


def _of_whom(scene: Scene, noun: int) -> Victims | None:
    """ "the deaths of three nurses", "the body of a farmer", "Hassan's murder"."""
    parse = scene.parse
    for child in parse.children[noun]:
        if parse.deps[child] == "prep" and parse.lower[child] == "of":
            whom = parse.child(child, "pobj", "pcomp")
            return count_people(scene, whom) if whom is not None else None
        if parse.deps[child] == "poss" and parse.tags[child] in ("NNP", "NN", "PRP$"):
            if parse.tags[child] == "PRP$":
                return Victims(ONE, child, noun + 1) if parse.lower[child] in ("his", "her") else None
            return count_people(scene, child)
    return None


def _lives(scene: Scene, noun: int) -> Victims | None:
    parse = scene.parse
    verb = parse.heads[noun]
    word = parse.lower[verb]
    if word.startswith("los"):
        own = parse.child(noun, "poss")
        if own is not None and parse.deps[noun] == "dobj":
            subject = parse.child(verb, "nsubj")
            found = _antecedent_or(scene, subject, verb) if subject is not None else None
            return found or _subject_before(scene, verb)
        return number_of(scene, noun)
    if word.startswith(("claim", "cost", "tak", "took")):
        return number_of(scene, noun) or _of_whom(scene, noun)
    return None


def _sufferers(scene: Scene, noun: int) -> Victims | None:
    """ "Five people sustained injuries"."""
    parse = scene.parse
    verb = parse.heads[noun]
    if not parse.lower[verb].startswith(("sustain", "suffer", "receiv")):
        return None
    subject = parse.child(verb, "nsubj")
    return _antecedent_or(scene, subject, verb) if subject is not None else None


def _running_total(scene: Scene, noun: int) -> Victims | None:
    """ "the death toll has risen to 40", "brought to 30 the toll", "a toll of 12"."""
    parse, best = scene.parse, None
    for token in range(noun + 1, min(noun + 14, len(parse))):
        if parse.lower[token] in (";", ".") or parse.lower[token] in scene.words.cues:
            break
        if token in scene.numbers:
            lo, hi, count = scene.numbers[token]
            if any(w in scene.words.reach for w in parse.lower[max(noun + 1, lo - 2) : lo]) and countable(scene, hi):
                best = Victims(count, lo, hi)
    if best is None:
        for token in range(noun - 1, max(noun - 9, 0), -1):
            if token in scene.numbers and parse.lower[scene.numbers[token][0] - 1] == "to":
                lo, hi, count = scene.numbers[token]
                return Victims(count, lo, hi)
    return best
