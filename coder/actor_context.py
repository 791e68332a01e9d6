"""What an actor phrase does and suffers in its clause: classes of the verbs and event nouns it depends on."""

from __future__ import annotations

from dataclasses import dataclass

from .actor_lexicon import ActorLexicon, head_lemma
from .records import Parse
from .subjects import is_passive

_CLAUSES = ("conj", "xcomp", "advcl", "ccomp", "dep", "pcomp")
_NONE: frozenset[str] = frozenset()
_FIRING = {  # by the verb before "fire"
    **dict.fromkeys(("set", "setting"), frozenset({"violence"})),
    **dict.fromkeys(("open", "opened"), frozenset({"violence", "military"})),
}


@dataclass(frozen=True, slots=True)
class Context:
    """Classes of ``actor_verbs.csv``: of what the phrase does, of what is done to it, and how it stands."""

    doing: frozenset[str] = _NONE
    suffering: frozenset[str] = _NONE
    role: str = ""  # "subject", "agent", "object", "party", "modifier", "" (elsewhere)


def context_of(parse: Parse, token: int, lexicon: ActorLexicon) -> Context:
    """Read the context of a phrase's head.

    Args:
        parse: the sentence.
        token: the head noun.
        lexicon: for the classes of verbs and event nouns.
    """
    own = _clauses_of(parse, token, lexicon)
    at = token
    for _ in range(4):
        if parse.deps[at] not in ("conj", "appos") or parse.heads[at] == at:
            break
        at = parse.heads[at]
    found = _by_label(parse, at, lexicon)
    return Context(found.doing | own.doing, found.suffering | own.suffering, found.role)


def _by_label(parse: Parse, token: int, lexicon: ActorLexicon) -> Context:
    dep, governor = parse.deps[token], parse.heads[token]
    if dep in ("nsubj", "csubj") and is_passive(parse, governor):  # "left two dead and six wounded"
        return Context(suffering=_forms(parse, governor, lexicon), role="object")
    if dep in ("nsubj", "csubj"):
        return Context(doing=_verb(parse, governor, lexicon), role="subject")
    if dep == "nsubjpass":
        return Context(suffering=_forms(parse, governor, lexicon), role="object")
    if dep in ("dobj", "dative", "oprd"):
        return Context(suffering=_forms(parse, governor, lexicon), role="object")
    if dep == "pobj":
        return _by_preposition(parse, governor, lexicon)
    if dep == "poss" and _is_suffered(parse, governor, lexicon):
        return Context(suffering=_noun(parse, governor, lexicon) | {"person"}, role="object")
    if dep in ("poss", "compound", "amod", "nmod"):
        return Context(doing=_noun(parse, governor, lexicon), role="modifier")
    return Context()


def _is_suffered(parse: Parse, noun: int, lexicon: ActorLexicon) -> bool:
    """Whether the owner of an event noun is its victim: "the mayor's murder", not "the army's murder of two men"."""
    of = any(parse.lower[child] == "of" for child in parse.children[noun])
    return not of and parse.tags[noun] == "NN" and "suffered" in _noun(parse, noun, lexicon)


def _by_preposition(parse: Parse, preposition: int, lexicon: ActorLexicon) -> Context:
    word, governor = parse.lower[preposition], parse.heads[preposition]
    if parse.lower[governor] in ("out", "up", "between"):
        governor = parse.heads[governor]
    classes = _forms(parse, governor, lexicon) | _noun(parse, governor, lexicon)
    if word == "by":
        return Context(doing=classes, role="agent")
    if word in ("with", "between", "among", "against") and "clash" in classes:
        return Context(doing=classes, role="party")
    if word in ("between", "among", "with"):
        return Context(doing=classes, role="party")
    if word == "of" and "protest" in classes:
        return Context(doing=classes, role="agent")
    if word in ("of", "on", "at", "against", "upon", "into", "toward", "towards"):
        return Context(suffering=classes, role="object")
    return Context()


def _clauses_of(parse: Parse, token: int, lexicon: ActorLexicon) -> Context:
    """Relative and participial clauses of the head itself ("villagers who attacked", "men firing")."""
    doing, suffering = _NONE, _NONE
    for child in parse.children[token]:
        if parse.deps[child] == "relcl":
            passive = parse.child(child, "nsubjpass", "auxpass") is not None
            subject = parse.child(child, "nsubj")
            if passive:
                suffering |= _forms(parse, child, lexicon)
            elif subject is not None and parse.lower[subject] in ("who", "that", "which"):
                doing |= _verb(parse, child, lexicon)
        elif parse.deps[child] == "acl" and parse.tags[child] == "VBG":
            doing |= _verb(parse, child, lexicon)
        elif parse.deps[child] == "acl" and parse.tags[child] == "VBN":
            suffering |= _forms(parse, child, lexicon)
    return Context(doing, suffering)


def _verb(parse: Parse, verb: int, lexicon: ActorLexicon, depth: int = 0) -> frozenset[str]:
    """The classes of a verb and of those whose subject it shares ("came and burned", "tried to storm")."""
    found = _forms(parse, verb, lexicon)
    for child in parse.children[verb]:
        dep = parse.deps[child]
        if dep == "dobj":
            if parse.lower[child] == "fire" and parse.lower[verb] in _FIRING:
                found |= _FIRING[parse.lower[verb]]
            if found.isdisjoint({"violence", "undergo"}):  # "escaped an attack" is no violence of theirs
                found |= _noun(parse, child, lexicon) - {"state"}
        elif (
            depth < 3
            and dep in _CLAUSES
            and parse.tags[child].startswith("VB")
            and parse.child(child, "nsubj", "nsubjpass", "auxpass") is None
        ):
            found |= _verb(parse, child, lexicon, depth + 1)
    return found


def _forms(parse: Parse, verb: int, lexicon: ActorLexicon) -> frozenset[str]:
    if not parse.tags[verb].startswith(("VB", "JJ")):
        return _NONE
    return lexicon.verbs.get(parse.lower[verb], _NONE)


def _noun(parse: Parse, noun: int, lexicon: ActorLexicon) -> frozenset[str]:
    if not parse.tags[noun].startswith("NN") and parse.tags[noun] != "VBG":  # "Indian shelling" may be either
        return _NONE
    return lexicon.event_nouns.get(head_lemma(parse.lower[noun]), _NONE)
