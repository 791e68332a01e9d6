"""The antecedent of a pronoun in its own sentence, by the clauses that govern the pronoun's.

A sentence may tell who is meant, tell that it is one of two parties without telling which, or tell nothing. Only in
the last case may an earlier sentence be asked: "the spokesman said its forces …" never means the enemy named before.
"""

from __future__ import annotations

from .actor_lexicon import head_lemma
from .phrases import between, is_plural
from .phrases import phrase as noun_phrase
from .records import Parse, Phrase
from .references import ReferenceRow, References
from .subjects import RELATIVES, clause_of

_GOVERNED = frozenset({"ccomp", "advcl", "conj", "relcl", "parataxis"})
_CLIMB = 3  # clauses above the pronoun's own that are asked
_OWN = frozenset({"poss", "nsubj", "nsubjpass"})  # where "it" may be a speaker's own body
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_AT = frozenset({"at", "on", "against"})
_OWNING = frozenset({"of", "for", "from"})


def antecedents(parse: Parse, token: int, references: References) -> tuple[Phrase, ...] | None:
    """Whom a pronoun means by its own sentence: "protesters said they were beaten", "the group withdrew its fighters".

    Args:
        parse: the sentence.
        token: the pronoun.
        references: the words that refer back.

    Returns:
        One phrase: whom it means. None: the sentence does not tell. Empty: it is somebody of this sentence, or of the
        speaker's side, and the sentence does not tell who.
    """
    row = references.rows.get(("pronoun", parse.lower[token]))
    if row is None:
        return None
    clause = clause_of(parse, token)
    if _owns_object(parse, token, clause, references):
        found = _subject(parse, clause, row, token, references)
        if found:
            return found
    before = _side_by_side(parse, clause, token)
    found = _subject(parse, before, row, token, references) if before is not None else None
    if found is not None:
        return found
    for _ in range(_CLIMB):
        label, above = parse.deps[clause], clause_of(parse, parse.heads[clause])
        if clause == parse.heads[token] and _does_the_same(parse, clause, token):
            return _object(parse, above, row, token, references)
        if label not in _GOVERNED or parse.heads[clause] == clause:
            return None
        if label == "relcl":
            return _around_relative(parse, token, above, row, references)
        found = _sufferer(parse, above, row, token, references) if label in ("advcl", "conj") else None
        found = found or _subject(parse, above, row, token, references)
        if found is not None:
            return found
        clause = above
    return None


def _side_by_side(parse: Parse, clause: int, token: int) -> int | None:
    """The clause before a semicolon, which the parser hangs on the one after it: "31 were taken; they came back"."""
    before = [c for c in parse.children[clause] if parse.deps[c] in ("ccomp", "parataxis") and parse.right[c] <= token]
    return next((c for c in before if ";" in parse.lower[parse.right[c] : token + 1]), None)


def _owns_object(parse: Parse, token: int, clause: int, references: References) -> bool:
    """Whether a possessive stands in what its clause says of the subject ("the group withdrew its fighters").

    Whom somebody harms is not his own side ("the army said rebels attacked its base").
    """
    if parse.deps[token] != "poss":
        return False
    owned = parse.heads[token]
    return parse.deps[owned] not in ("nsubj", "nsubjpass", "attr") and parse.lower[clause] not in references.violent


def _sufferer(
    parse: Parse, verb: int, row: ReferenceRow, token: int, references: References
) -> tuple[Phrase, ...] | None:
    """Who suffers in one clause is rather who suffered in the other ("killed two soldiers when they were ambushed")."""
    governor = parse.heads[token]
    if parse.deps[token] not in ("nsubjpass", "dobj") or parse.lower[governor] not in references.harming:
        return None
    other = parse.child(verb, "dobj", "nsubjpass")
    if other is None or other > token or not parse.tags[other].startswith("NN"):
        return None
    return (noun_phrase(parse, other),) if _agrees(parse, other, row, references) else None


def _does_the_same(parse: Parse, verb: int, token: int) -> bool:
    """Whether a pronoun suffers what the subject of the clause above does, and is not it: "…, setting them ablaze"."""
    own = parse.child(verb, "nsubj", "nsubjpass", "auxpass")
    return parse.deps[token] == "dobj" and parse.deps[verb] in ("advcl", "conj", "pcomp") and own is None


def _object(
    parse: Parse, verb: int, row: ReferenceRow, token: int, references: References
) -> tuple[Phrase, ...] | None:
    """What the clause above did something to: "attacked two platforms, setting them ablaze"; None if it is not told."""
    heads = [c for c in parse.children[verb] if parse.deps[c] == "dobj"]
    if row.number == "one":  # "fired a rifle at a woman, wounding her": rather whom it was done to than with what
        hosts = (verb, *heads)
        links = [c for h in hosts for c in parse.children[h] if parse.deps[c] == "prep" and parse.lower[c] in _AT]
        heads = [noun for link in links if (noun := parse.child(link, "pobj")) is not None] or heads
    fitting = [h for h in heads if h < token and parse.tags[h].startswith("NN") and _agrees(parse, h, row, references)]
    nearest = max(fitting, default=None) if row.number == "one" else next(iter(fitting), None)
    return (noun_phrase(parse, nearest),) if nearest is not None else None


def _subject(
    parse: Parse, verb: int, row: ReferenceRow, token: int, references: References
) -> tuple[Phrase, ...] | None:
    """A clause's subject, or the body that it speaks for, as the antecedent; None when it cannot be."""
    verb, subject = _own_subject(parse, verb)
    if subject is None or subject == token:
        return None
    if parse.lower[subject] in RELATIVES and parse.deps[verb] == "relcl":
        subject = parse.heads[verb]
    if not _outside_quotes(parse, subject, token):
        return None
    own = references.rows.get(("pronoun", parse.lower[subject]))
    if own is not None:
        if subject > token:
            return None
        if own.number == row.number:
            return (noun_phrase(parse, subject),)
        return () if row.number == "body" and own.number == "one" else None
    if not parse.tags[subject].startswith("NN"):
        return None
    if row.number == "body" and _speaker(parse, subject, references) is not None:
        if parse.deps[token] not in _OWN:
            return None
        body = spoken_for(parse, subject, references)
        return () if body is None else (body,)
    if subject > token and parse.deps[clause_of(parse, token)] != "ccomp":
        return None
    return (noun_phrase(parse, subject),) if _agrees(parse, subject, row, references) else None


def _own_subject(parse: Parse, verb: int) -> tuple[int, int | None]:
    """A verb's subject, and the verb that it stands at: "X denied it and said …", "Y urged X to …"."""
    subject = parse.child(verb, "nsubj", "nsubjpass")
    while subject is None and parse.deps[verb] in ("conj", "xcomp") and parse.heads[verb] != verb:
        below, verb = verb, parse.heads[verb]
        controlled = parse.child(verb, "dobj") if parse.deps[below] == "xcomp" else None
        if controlled is not None and controlled < below:
            return verb, controlled
        subject = parse.child(verb, "nsubj", "nsubjpass")
    return verb, subject


def _outside_quotes(parse: Parse, subject: int, token: int) -> bool:
    """Whether no quotation opens between two words: who is quoted calls himself "I" or "we"."""
    between = parse.lower[min(subject, token) : max(subject, token)]
    return sum(word in _QUOTES for word in between) % 2 == 0


def _agrees(parse: Parse, noun: int, row: ReferenceRow, references: References) -> bool:
    many = is_plural(parse, noun) or any(parse.deps[c] == "conj" for c in parse.children[noun])
    collective = ("collective", head_lemma(parse.lower[noun])) in references.rows
    if row.number == "many":
        return many or collective
    return not many and (row.number == "body" or not collective)


def _around_relative(
    parse: Parse, token: int, above: int, row: ReferenceRow, references: References
) -> tuple[Phrase, ...] | None:
    """A pronoun in a relative clause: one fitting party of the clause around it, or one of two that it does not tell.

    The noun that the relative clause describes is its own subject or object and is not meant again.
    """
    described = parse.heads[clause_of(parse, token)]
    subject = parse.child(above, "nsubj", "nsubjpass")
    if subject is not None and parse.lower[subject] == parse.lower[token]:
        return (noun_phrase(parse, subject),)
    heads = [c for c in parse.children[above] if parse.deps[c] in ("nsubj", "nsubjpass", "dobj") and c < token]
    fitting = [c for c in heads if c != described and parse.tags[c].startswith("NN")]
    fitting = [c for c in fitting if _agrees(parse, c, row, references)]
    if not fitting:
        return None
    return (noun_phrase(parse, fitting[0]),) if len(fitting) == 1 else ()


def _speaker(parse: Parse, subject: int, references: References) -> int | None:
    """The word that makes a subject somebody who speaks for a body: "spokesman", also before or after a name."""
    near = [subject, *(c for c in parse.children[subject] if parse.deps[c] in ("compound", "appos"))]
    return next((t for t in near if ("speaker", head_lemma(parse.lower[t])) in references.rows), None)


def spoken_for(parse: Parse, subject: int, references: References) -> Phrase | None:
    """The body that somebody speaks for: "the group's spokesman", "a spokesman for the group", "the army commander".

    Args:
        parse: the sentence.
        subject: the head of a phrase.
        references: the words that refer back, with the titles of those who speak for a body.

    Returns:
        The body's phrase; None when the head is nobody of that kind, or his body is not told.
    """
    speaker = _speaker(parse, subject, references)
    if speaker is None:
        return None
    owner = parse.child(speaker, "poss")
    if owner is not None and parse.tags[owner].startswith("NN"):
        return noun_phrase(parse, owner)
    for child in parse.children[speaker]:
        inner = parse.child(child, "pobj")
        if parse.deps[child] == "prep" and parse.lower[child] in _OWNING and inner is not None:
            return noun_phrase(parse, inner)
    hosts = (speaker, parse.heads[speaker]) if parse.deps[speaker] == "compound" else (speaker,)
    before = sorted(c for h in hosts for c in parse.children[h] if c < speaker and parse.deps[c] in _MODIFIERS)
    if not before:
        return None
    return between(parse, parse.left[before[0]], before[-1])
