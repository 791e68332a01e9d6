"""Who a source is: its name, its channel, and whom a pronoun or a short name stands for (CODEBOOK 3.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .records import Parse, Source
from .source_types import SourceTypes, type_of

_PERSONAL = frozenset({"he", "she"})
_PLURAL = frozenset({"they", "both"})
_FIRST = frozenset({"i", "we", "you", "one", "us", "me"})
PRONOUNS = _PERSONAL | _PLURAL | _FIRST | frozenset("it this that who which his her him their them its".split())
_PEOPLE = frozenset(
    "source aide deputy head judge king secretary representative executive attorney employee chair official".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A source phrase in a sentence, described; a pronoun has the name of the source that it stands for."""

    source: Source
    head: str
    person: bool
    plural: bool
    sentence_index: int
    nouns: frozenset[str] = frozenset()  # common nouns by which the text calls it: "spokesman", "page"


def describe(parse: Parse, head: int, tokens: frozenset[int], types: SourceTypes, known: Sequence[Mention]) -> Mention:
    """Describe the source phrase of a cue (CODEBOOK 3.3).

    Args:
        parse: the sentence.
        head: token of the head noun or pronoun.
        tokens: tokens of the whole phrase.
        types: the source dictionary.
        known: sources met so far in the article, oldest first; pronouns and short names look back to them.

    Returns:
        The described mention; an unresolved pronoun has no name and type ``unspecified``.
    """
    lo, hi = min(tokens), max(tokens) + 1
    start, end = parse.starts[lo], parse.ends[hi - 1]
    text = parse.text(lo, hi)
    word = parse.lower[head]
    index = parse.sentence.index
    if word in PRONOUNS:
        found = _antecedent(parse, head, types, known) or resolve(word, index, known)
        return _pronoun(word, start, end, text, index, found)
    core = _core(parse, head, tokens)
    name = _proper_name(parse, head, types)
    source_type, anonymity, listed = type_of(parse, head, core, tokens, types)
    owner = parse.child(head, "poss") if listed and name else None
    if owner is not None and parse.tags[owner].startswith("NNP"):
        name = parse.text(parse.left[owner], head + 1)  # "Russia's Defence Ministry"
    before = _earlier(name, known) if name else _meant(parse, head, core, known)
    if before is not None:
        name = before.source.name if len(before.source.name or "") > len(name or "") else name
        if source_type == "unspecified":
            source_type = before.source.source_type
    if source_type == "unspecified":
        source_type = _of_owner(parse, head, known) or _of_rank(parse, head, types)
    if name and (anonymity in ("unnamed", "unspecified") or not parse.tags[head].startswith("NNP")):
        anonymity = "named"
    if anonymity == "unspecified" and source_type != "unspecified":
        anonymity = "unnamed"
    if name is None and anonymity in ("named", "named_generic"):
        name = _generic_name(parse, core)
    source = Source(start, end, text, name, source_type, anonymity)
    nouns = _nouns(parse, head)
    body = types.of("role", word) is not None or any(types.of("role", n) and not _human(n) for n in nouns)
    person = (
        (parse.tags[head] == "NNP" and not listed and not body)
        or (listed and anonymity == "unnamed" and not body)
        or bool(name and not parse.tags[head].startswith("NNP") and parse.child(head, "appos") is not None)
    )
    return Mention(source, word, person or _human(word), parse.tags[head].endswith("S"), index, nouns)


def _nouns(parse: Parse, head: int) -> frozenset[str]:
    """The common nouns of a source: its head, what it is said to be, the office before a name."""
    found = {head, *(c for c in parse.children[head] if parse.deps[c] == "appos")}
    out = {parse.lower[t] for t in found if not parse.tags[t].startswith("NNP")}
    offices = (parse.lower[c] for c in parse.children[head] if parse.deps[c] == "compound")
    return frozenset(out | {word for word in offices if _human(word)})


def _meant(parse: Parse, head: int, core: tuple[int, ...], known: Sequence[Mention]) -> Mention | None:
    """The last named source that was called what "the spokesman", "the page" is called, or None."""
    words = [parse.lower[t] for t in core]
    if len(words) != 2 or words[0] not in ("the", "this", "that") or parse.tags[head] != "NN":
        return None
    return next((m for m in reversed(known) if words[1] in m.nouns and m.source.anonymity == "named"), None)


def _of_owner(parse: Parse, head: int, known: Sequence[Mention]) -> str | None:
    """The type of the body to which "its spokesman" belongs, when the body was a source itself."""
    at = head if not parse.tags[head].startswith("NNP") else parse.child(head, "appos")
    owner = parse.child(at, "poss") if at is not None else None
    if owner is None or parse.tags[owner] != "PRP$" or parse.lower[owner] not in ("its", "their"):
        return None
    found = resolve(parse.lower[owner], parse.sentence.index, known)
    return found.source.source_type if found is not None else None


def _of_rank(parse: Parse, head: int, types: SourceTypes) -> str:
    """The type that the titles before a name tell, if all are ranks ("Captain Udo"), else ``unspecified``."""
    at = head if parse.tags[head].startswith("NNP") else parse.child(head, "appos")
    if at is None:
        return "unspecified"
    titles = [types.of("title", parse.lower[t].rstrip(".")) for t in range(parse.left[at], at)]
    ranks = {found[0] for found in titles if found is not None}
    return ranks.pop() if len(ranks) == 1 else "unspecified"


def _human(word: str) -> bool:
    return word in _PEOPLE or word.endswith(
        ("man", "woman", "person", "er", "or", "ist", "president", "chief", "official", "doctor")
    )


def _core(parse: Parse, head: int, tokens: frozenset[int]) -> tuple[int, ...]:
    """The phrase around its head: without relative clauses, participles and appositions after it."""
    out = set(tokens)
    for child in parse.children[head]:
        if child > head and parse.deps[child] in ("relcl", "acl", "appos", "conj", "cc", "advcl", "punct"):
            out -= set(range(parse.left[child], parse.right[child]))
    return tuple(sorted(out))


def _proper_name(parse: Parse, head: int, types: SourceTypes) -> str | None:
    if not parse.tags[head].startswith("NNP"):
        appositive = parse.child(head, "appos")
        if appositive is not None and parse.tags[appositive].startswith("NNP"):
            return _run_of_names(parse, appositive, types)
        return None
    return _run_of_names(parse, head, types)


def _run_of_names(parse: Parse, head: int, types: SourceTypes) -> str | None:
    lo = hi = head
    while (
        lo > 0
        and (parse.tags[lo - 1].startswith("NNP") or parse.lower[lo - 1] in ("-", "al"))
        and (parse.left[head] <= lo - 1)
    ):
        lo -= 1
    while hi + 1 < len(parse) and parse.tags[hi + 1].startswith("NNP") and parse.heads[hi + 1] == head:
        hi += 1
    first = parse.lower[lo]
    while lo < head and types.of("title", first.rstrip(".")) is not None:
        lo += 1
        first = parse.lower[lo]
    return parse.text(lo, hi + 1).strip(" -’'") or None


def _generic_name(parse: Parse, core: tuple[int, ...]) -> str | None:
    kept = [t for t in core if not (t == core[0] and (parse.deps[t] == "det" or parse.tags[t] == "PRP$"))]
    while kept and parse.deps[kept[-1]] in ("punct", "prep", "case"):
        kept.pop()
    if not kept or kept[-1] - kept[0] + 1 > 8:
        return None
    return parse.text(kept[0], kept[-1] + 1)


def _antecedent(parse: Parse, pronoun: int, types: SourceTypes, known: Sequence[Mention]) -> Mention | None:
    """The subject of the clause that a pronoun's clause is coordinated with: "the force set up a base and it plans"."""
    clause = parse.heads[pronoun]
    host = parse.heads[clause]
    if parse.deps[clause] != "conj" or parse.deps[pronoun] != "nsubj":
        return None
    subject = parse.child(host, "nsubj", "nsubjpass")
    if subject is None or subject > pronoun or not parse.tags[subject].startswith("NN"):
        return None
    tokens = frozenset(range(parse.left[subject], parse.right[subject]))
    found = describe(parse, subject, tokens, types, known)
    return found if _agrees(parse.lower[pronoun], found) and found.source.source_type != "unspecified" else None


def _pronoun(word: str, start: int, end: int, text: str, index: int, found: Mention | None) -> Mention:
    if found is None:
        source = Source(start, end, text, None, "unspecified", "unspecified")
        return Mention(source, word, word in _PERSONAL, word in _PLURAL, index)
    base = found.source
    source = Source(start, end, text, base.name, base.source_type, base.anonymity)
    return Mention(source, found.head, found.person, found.plural, index)


def resolve(word: str, index: int, known: Sequence[Mention]) -> Mention | None:
    """The last source of the four sentences before that a pronoun can stand for, or None.

    He and she stand for persons, they for groups and for single sources of unknown sex, it for bodies.
    """
    if word in _FIRST or word in ("this", "that", "who", "which"):
        return None
    for mention in reversed(known):
        if index - mention.sentence_index > 4:
            return None
        if mention.source.text is None:
            continue
        if _agrees(word, mention):
            return mention
    return None


def _agrees(word: str, mention: Mention) -> bool:
    if word in ("he", "she", "his", "her", "him"):
        return mention.person and not mention.plural
    if word in ("it", "its"):
        return not mention.person and not mention.plural
    return word in ("they", "their", "them", "both") and (mention.plural or not mention.person)


def _earlier(name: str, known: Sequence[Mention]) -> Mention | None:
    """An earlier source whose name ends in, or equals, this one ("Ibrahim Diallo" for "Diallo")."""
    last = name.split()[-1].lower()
    for mention in reversed(known):
        earlier = mention.source.name
        if earlier and earlier.lower().split()[-1] == last and (earlier.lower().endswith(name.lower())):
            return mention
    return None


def nobody(index: int) -> Mention:
    """The mention of a cue without a source ("it was reported", "reportedly")."""
    return Mention(Source(None, None, None, None, "unspecified", "unspecified"), "", False, False, index)


def channel_of(text: str, channels: tuple[tuple[str, str], ...]) -> str:
    """The channel that a stretch of text names, the longest match first, else ``unknown``."""
    folded = text.lower()
    best = ("", "unknown")
    for words, channel in channels:
        longer = len(words) > len(best[0]) and words in folded  # the plain test spares most of the patterns
        if longer and re.search(rf"\b{re.escape(words)}\b", folded):
            best = (words, channel)
    return best[1]
