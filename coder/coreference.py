"""Pronouns and definite descriptions: which actor of the story they mean.

Few rules, each of which can be told to a reader: the antecedent is of a fitting kind and number
(``references.csv``), at most five sentences back, and no actor of the same clause. Who does violence is rather
somebody armed, who suffers it somebody unarmed; then the nearest sentence wins; in it a subject means the
subject, anything else the actor named last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from .actor_lexicon import VerbRow, head_lemma, words_of
from .actors import actor_class
from .inflection import load_inflector
from .lexicon import Row, read_table
from .phrases import phrase as noun_phrase
from .records import Actor, Parse, Phrase

REACH = 5  # sentences over which a reference may go
KEPT = 16  # actors that a story remembers
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "both"})
_RESTRICTING = frozenset({"prep", "acl", "relcl", "appos", "poss"})
_ABLE = frozenset({"armed", "rioters", "state"})
_ENDS_HEAD = frozenset({"of", "from", "in", "who", "at", "with", "for"})


class ReferenceRow(Row):
    """A word that refers back. ``number`` "same": that of the word; "body": an organisation or force."""

    word: str
    kind: Literal["pronoun", "description", "collective", "filler"]
    number: Literal["", "one", "many", "body", "same", "any"] = ""
    classes: str = ""


@dataclass(frozen=True, slots=True)
class References:
    """The words that refer back, and the verbs that tell who is meant. Make one with :func:`load_references`."""

    rows: Mapping[tuple[str, str], ReferenceRow]
    violent: frozenset[str]  # forms of verbs of violence
    harming: frozenset[str]  # forms of verbs whose sufferers are people; not arrests and the like


def load_references(overlays: Sequence[Path] = ()) -> References:
    """Read ``references.csv`` and the verbs of ``actor_verbs.csv``, with overlays."""
    inflector = load_inflector(overlays)
    verbs = [
        (form, frozenset(row.classes.split("|")))
        for row in read_table(VerbRow, "actor_verbs", overlays)
        if row.pos == "verb"
        for form in inflector.verb(row.word)
    ]
    rows: dict[tuple[str, str], ReferenceRow] = {
        (row.kind, row.word): row for row in read_table(ReferenceRow, "references", overlays)
    }
    return References(
        MappingProxyType(rows),
        frozenset(form for form, classes in verbs if "violence" in classes),
        frozenset(form for form, classes in verbs if "person" in classes and "state" not in classes),
    )


@dataclass(frozen=True, slots=True)
class Remembered:
    """An actor, the sentence where it was named, and its number: "one", "many" or "body"."""

    actor: Actor
    sentence: int
    number: str


@dataclass(frozen=True, slots=True)
class Memory:
    """The actors of a story so far, the latest last. The empty memory is ``Memory()``."""

    actors: tuple[Remembered, ...] = ()


def remember(memory: Memory, actor: Actor, sentence_index: int, references: References) -> Memory:
    """Add an actor to a story's memory.

    Args:
        memory: the story so far.
        actor: an actor as read. What has neither name nor type cannot be referred to and is not kept.
        sentence_index: number of its sentence.
        references: the words that refer back.

    Returns:
        The new memory; an actor already kept moves to the end.
    """
    if actor.kind != "actor" or (actor.name is None and actor.inter is None):
        return memory
    rest = tuple(
        kept
        for kept in memory.actors
        if (kept.actor.phrase.start, kept.actor.phrase.end) != (actor.phrase.start, actor.phrase.end)
    )
    return Memory((*rest, Remembered(actor, sentence_index, _number(actor, references)))[-KEPT:])


def resolve(parse: Parse, phrase: Phrase, memory: Memory, references: References) -> Actor | None:
    """Find the actor that a pronoun or a definite description means.

    Args:
        parse: the sentence.
        phrase: the phrase that may refer back.
        memory: the actors of the story so far.
        references: the words that refer back.

    Returns:
        The antecedent's reading on the new phrase, with the antecedent in its evidence; None when the phrase
        does not refer back or nothing fits. Indefinite phrases never refer back.
    """
    wanted = _wanted(parse, phrase, references)
    if wanted is None:
        return None
    number, classes = wanted
    fitting = [
        kept
        for kept in memory.actors
        if 0 <= parse.sentence.index - kept.sentence <= REACH
        and _number_fits(number, kept.number)
        and classes & actor_class(kept.actor)
        and not _same_clause(parse, phrase, kept)
    ]
    found = next(iter(_by_preference(parse, phrase, fitting, references)), None)
    if found is None:
        return None
    note = f"{phrase.text!r} means {found.actor.phrase.text!r} of sentence {found.sentence}"
    first = found.actor.evidence.rsplit("; ", 1)[-1]
    return replace(found.actor, phrase=phrase, evidence=f"{note}; {first}")


def _wanted(parse: Parse, phrase: Phrase, references: References) -> tuple[str, frozenset[str]] | None:
    """The number and the classes of what a phrase means, or None when it does not refer back."""
    rows = references.rows
    word = parse.lower[phrase.head]
    pronoun = rows.get(("pronoun", word))
    if pronoun is not None:
        return pronoun.number, frozenset(pronoun.classes.split("|"))
    row = rows.get(("description", head_lemma(word)))
    if row is None or not parse.tags[phrase.head].startswith("NN") or not _definite(parse, phrase, references):
        return None
    number = row.number
    if number == "same":
        number = "many" if parse.tags[phrase.head] in ("NNS", "NNPS") else "one"
    return number, frozenset(row.classes.split("|"))


def _definite(parse: Parse, phrase: Phrase, references: References) -> bool:
    """Whether a phrase is "the group": an article, a bare noun and nothing that tells which one."""
    if parse.lower[phrase.lo] not in _DEFINITE or phrase.head == phrase.lo:
        return False
    rows = references.rows
    between = parse.lower[phrase.lo + 1 : phrase.head]
    if any(("filler", word) not in rows and not word.isdigit() for word in between):
        return False
    return not any(
        parse.deps[child] in _RESTRICTING and (parse.lower[child - 1] != "," or parse.deps[child] == "appos")
        for child in parse.children[phrase.head]
        if child > phrase.head and not _of_the_clause(parse, child)
    )


def _of_the_clause(parse: Parse, child: int) -> bool:
    """Prepositions that tell where or when it happened are often hung on the noun ("the attackers in Kano")."""
    return parse.deps[child] == "prep" and parse.lower[child] not in ("of", "from", "with", "loyal")


def _number_fits(wanted: str, found: str) -> bool:
    if wanted == "any":
        return True
    if wanted == "many":  # "they" may be a group or a force
        return found in ("many", "body")
    return wanted == found


def _number(actor: Actor, references: References) -> str:
    """ "one", "many" or "body": by the head word, which stands before any of-phrase."""
    rows = references.rows
    forms = [word.form for word in words_of(actor.phrase.text)]
    cut = next((k for k, form in enumerate(forms) if k and form in _ENDS_HEAD), len(forms))
    if not forms:
        return "body"
    head = forms[cut - 1]
    pronoun = rows.get(("pronoun", head))
    if pronoun is not None:
        return pronoun.number
    lemma = head_lemma(head)
    collective = rows.get(("collective", lemma))
    if head != lemma or (collective is not None and collective.number == "many") or cut < len(forms) - 1:
        return "many"
    if collective is not None:
        return "body"
    return "body" if actor.body else "one"


def _by_preference(parse: Parse, phrase: Phrase, fitting: list[Remembered], references: References) -> list[Remembered]:
    """The fitting antecedents, best first."""
    label, verb = parse.deps[phrase.head], parse.lower[parse.heads[phrase.head]]
    does = label == "nsubj" and verb in references.violent
    suffers = label in ("nsubjpass", "dobj") and verb in references.harming

    def rank(kept: Remembered) -> tuple[bool, int, int]:
        able = bool(actor_class(kept.actor) & _ABLE)
        likely = able if does else not able if suffers else True
        start = kept.actor.phrase.start
        return (not likely, -kept.sentence, start if label == "nsubj" else -start)

    return sorted(fitting, key=rank)


def _same_clause(parse: Parse, phrase: Phrase, kept: Remembered) -> bool:
    """Whether the antecedent is an actor of the same clause, or stands after the phrase."""
    if kept.sentence != parse.sentence.index:
        return False
    token = parse.token_at(kept.actor.phrase.start)
    if token is None or kept.actor.phrase.start >= phrase.start:
        return True
    return _clause(parse, kept.actor.phrase.head) == _clause(parse, phrase.head)


def _clause(parse: Parse, token: int) -> int:
    while not parse.tags[token].startswith("VB") and parse.heads[token] != token:
        token = parse.heads[token]
    return token


def governing_subject(parse: Parse, token: int, references: References) -> Phrase | None:
    """The antecedent of a pronoun in its own sentence: the subject of the clause that governs the pronoun's.

    "Protesters said they were beaten", "the group said its fighters left", "rebels fled after they lost the bridge".

    Args:
        parse: the sentence.
        token: the pronoun.
        references: the words that refer back.

    Returns:
        The subject's phrase when it agrees in number, else None.
    """
    pronoun = references.rows.get(("pronoun", parse.lower[token]))
    clause = _clause(parse, token)
    if pronoun is None or parse.deps[clause] not in ("ccomp", "advcl") or parse.heads[clause] == clause:
        return None
    subject = parse.child(parse.heads[clause], "nsubj", "nsubjpass")
    if subject is None or subject >= token or ("pronoun", parse.lower[subject]) in references.rows:
        return None
    many = parse.tags[subject] in ("NNS", "NNPS") or any(parse.deps[c] == "conj" for c in parse.children[subject])
    many = many or ("collective", parse.lower[subject]) in references.rows
    if not parse.tags[subject].startswith("NN") or (pronoun.number == "many") != many:
        return None
    return noun_phrase(parse, subject)
