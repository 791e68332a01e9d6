"""Pronouns and definite descriptions: which actor of the story they mean.

Few rules, each of which can be told to a reader: the antecedent is of a fitting kind and number
(``references.csv``), at most five sentences back, and no actor of the same clause. Who does violence is rather
somebody armed, who suffers it somebody unarmed; then the nearest sentence wins; in it a subject means the
subject, anything else the actor named last.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from .actor_classes import actor_class
from .actor_lexicon import fold, head_lemma, words_of
from .phrases import is_plural
from .records import Actor, Parse, Phrase
from .references import References
from .subjects import clause_of

REACH = 5  # sentences over which a reference may go
KEPT = 16  # actors that a story remembers
_DEFINITE = frozenset({"the", "this", "these", "those", "that", "both"})
_RESTRICTING = frozenset({"prep", "acl", "relcl", "appos", "poss"})
_ABLE = frozenset({"armed", "rioters", "state"})
_SHARING = frozenset({"advcl", "conj", "pcomp"})  # clauses that may share the subject of the one above
_OWN = frozenset({"nsubj", "poss"})
_OTHERS = frozenset({"more", "others", "dozens", "scores", "hundreds", "thousands"})
_ENDS_HEAD = frozenset({"of", "from", "in", "who", "at", "with", "for"})


@dataclass(frozen=True, slots=True)
class Remembered:
    """An actor, the sentence where it was named, and its number: "one", "many", "body", or "members" of a body."""

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
        and _number_fits(number, kept.number, parse.deps[phrase.head] in _OWN)
        and classes & actor_class(kept.actor)
        and not _same_clause(parse, phrase, kept)
    ]
    found = next(iter(_by_preference(parse, phrase, fitting, references)), None)
    if found is None or (number == "member" and found.number != "one" and len({k.actor.name for k in fitting}) > 1):
        return None  # "the fighter" may be of either group
    note = f"{phrase.text!r} means {found.actor.phrase.text!r} of sentence {found.sentence}"
    first = found.actor.evidence.rsplit("; ", 1)[-1]
    told = found.actor.told if ("pronoun", parse.lower[phrase.head]) in references.rows else None
    return found.actor.on(phrase, f"{note}; {first}", told)


def resolve_pair(parse: Parse, phrase: Phrase, memory: Memory, references: References) -> tuple[Actor, Actor] | None:
    """Find the two parties that "both sides" or "the two countries" mean.

    Args:
        parse: the sentence.
        phrase: the phrase that may mean two parties.
        memory: the actors of the story so far.
        references: the words that refer back.

    Returns:
        The readings of the two armed bodies or states of the last sentence that named two, on the new phrase; None
        when the phrase is no such pair, or that sentence named more than two.
    """
    words = parse.lower[phrase.lo : phrase.head]
    if ("pair", head_lemma(parse.lower[phrase.head])) not in references.rows or not {"both", "two"} & {*words}:
        return None
    if not parse.tags[phrase.head].endswith("S") or not _definite(parse, phrase, references):
        return None
    named: dict[int, dict[str, Actor]] = {}
    for kept in memory.actors:
        if parse.sentence.index - kept.sentence <= REACH and kept.actor.name and actor_class(kept.actor) & _ABLE:
            named.setdefault(kept.sentence, {}).setdefault(kept.actor.name, kept.actor)
    last = max((sentence for sentence, actors in named.items() if len(actors) > 1), default=None)
    if last is None or len(named[last]) > 2:
        return None
    note = f"{phrase.text!r} means the two parties of sentence {last}"
    first, second = (actor.on(phrase, note) for actor in named[last].values())
    return first, second


def resolve_short(
    parse: Parse, phrase: Phrase, memory: Memory, references: References, common: Container[str]
) -> Actor | None:
    """Find whom a short form of a name means: "the Karenni force" after "the Karenni Nationalities Defence Force".

    Args:
        parse: the sentence.
        phrase: a definite phrase of capitalised words and a noun that describes a body.
        memory: the actors of the story so far.
        references: the words that refer back.
        common: folded words that tell no party from another, such as nationalities.

    Returns:
        The last named actor whose name holds all the capitalised words, on the new phrase; None when there is none.
    """
    own = range(phrase.lo + 1, phrase.head)
    described = ("description", head_lemma(parse.lower[phrase.head])) in references.rows
    if not described or not own or parse.lower[phrase.lo] not in _DEFINITE:
        return None
    words = {fold(parse.words[k]) for k in own}
    if any(word in common for word in words) or not all(parse.words[k][0].isupper() for k in own):
        return None
    for kept in reversed(memory.actors):
        actor = kept.actor
        named = {word.form for word in words_of(f"{actor.name} {actor.phrase.text}")}
        if actor.name and not actor.generic and words <= named and "state" not in actor_class(actor):
            note = f"{phrase.text!r} is short for {actor.phrase.text!r} of sentence {kept.sentence}"
            return actor.on(phrase, note)
    return None


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
    number: str = row.number
    if number == "same":
        number = "many" if is_plural(parse, phrase.head) else "member"
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


def _number_fits(wanted: str, found: str, own: bool) -> bool:
    """Whether two numbers go together; ``own``: the phrase does or owns something, as a body and its members may."""
    if wanted == "any":
        return True
    if wanted == "many":  # "they" may be a group or a force
        return found in ("many", "body", "members")
    if wanted == "member":  # "the fighter" is one of the group just named
        return found in ("one", "body", "members")
    if found == "members":  # "JNIM fighters attacked … It said …"
        return wanted == "body" and own
    return wanted == found


def _number(actor: Actor, references: References) -> str:
    """ "one", "many" or "body": by the head word, which stands before any of-phrase.

    The people of an armed group that is named are "members": they may be called "they" and "it".
    """
    number = _counted(actor, references)
    of_group = actor.name is not None and not actor.generic and "state" not in actor_class(actor)
    return "members" if number == "many" and of_group else number


def _counted(actor: Actor, references: References) -> str:
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
    if len(forms) > 1 and (head in _OTHERS or (forms[0].isdigit() and forms[0] != "1")):
        return "many"  # "nine more", "30 wounded"
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
    own, other = clause_of(parse, phrase.head), clause_of(parse, kept.actor.phrase.head)
    if parse.deps[phrase.head] == "dobj":  # "…, setting them ablaze": not who did it
        while own != other and parse.deps[own] in _SHARING and parse.child(own, "nsubj", "nsubjpass") is None:
            own = clause_of(parse, parse.heads[own])
    return own == other
