"""Trigger words: the filter that decides which sentences are parsed, and the matching on the parse.

Both are generated from the rules, so that every trigger passes the filter (a test proves it): the filter costs
no recall.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from .inflection import Inflector
from .noun_arguments import event_compound
from .records import Parse
from .rulebook import Rule, Rulebook

# Words too common to select a sentence by; a multiword trigger that starts with one is found by its next word.
LIGHT = frozenset(
    "be have do make take get give go come set put lay hold keep bring carry call cut break turn run fall lose "
    "open leave send build join move push pull drive show say use reach send win gain see find face show block "
    "a an the of to on in at by for with from up down out off over into under and or his her their its him them".split()
)
_ARTICLES = frozenset({"a", "an", "the", "his", "their", "himself", "herself", "themselves", "itself"})
_WORD = re.compile(r"[^\W\d_']+(?:'[^\W\d_']+)*|\w+")
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "our", "his", "my", "your", "this", "these"})
GAP = 7  # how far the parts of a verb trigger may lie apart, in tokens


@dataclass(frozen=True, slots=True)
class Pattern:
    """One surface form of a trigger: its first word is the index key, ``rest`` follows."""

    rule: Rule
    pos: str  # "verb", "noun" or "word"
    first: str
    rest: tuple[str, ...]
    head: int = 0  # which of its words is the head: the last of a noun, the second of "baton-charge"


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found in a parse."""

    rule: Rule
    pos: str
    head: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Listed:
    """A list of words and phrases that a rule requires one of, as the filter's text has them."""

    first: frozenset[str]  # every first word
    single: frozenset[str]  # the words, in the singular and plural
    longer: Mapping[str, tuple[tuple[str, ...], ...]]  # the rest of each phrase, by its first word

    def told(self, words: frozenset[str]) -> bool:
        """Whether all words of some entry are among the words of a sentence."""
        found = self.first & words
        if not found or not self.single.isdisjoint(found):
            return bool(found)
        return any(all(_among(part, words) for part in rest) for word in found for rest in self.longer.get(word, ()))


class Need(NamedTuple):
    """What a sentence must hold besides a trigger's first word for a rule to fire, and what it must not."""

    words: frozenset[str]  # each, in the singular or a plural
    lists: tuple[Listed, ...]  # an entry of each
    barred: frozenset[str]


Needs = Mapping[str, Mapping[str, tuple[Need, ...]]]  # by first word and by one of the others, "" if there is none


@dataclass(frozen=True)
class TriggerIndex:
    """All patterns by first word and by the next, the filter's needles, and what else each needs in its sentence."""

    patterns: dict[str, dict[str, tuple[Pattern, ...]]]  # next word "": none, or an article
    needles: tuple[str, ...]
    needs: Needs  # of nouns and fixed expressions
    verb_needs: Needs


def build_index(rules: Rulebook, inflector: Inflector) -> TriggerIndex:
    """Index the triggers of all active rules."""
    patterns: dict[str, list[Pattern]] = defaultdict(list)
    needles: set[str] = set()
    needs: dict[str, set[Need]] = defaultdict(set)
    verb_needs: dict[str, set[Need]] = defaultdict(set)
    for rule in rules.active:
        required, barred = _required(rule), _barred(rule)  # once a rule: a named list may hold a thousand words
        for pos, entry in rule.triggers():
            for words in _forms(entry, pos, inflector):
                patterns[words[0]].append(Pattern(rule, pos, words[0], words[1:], _head(entry, pos, words)))
                needles.add(_needle(words, entry, pos))
                (verb_needs if pos == "verb" else needs)[words[0]].add(_need(words, required, barred))
    ordered = {first: _by_next_word(group) for first, group in patterns.items()}
    weakest = ({first: _by_longest_word(group) for first, group in kind.items()} for kind in (needs, verb_needs))
    return TriggerIndex(ordered, tuple(sorted(needles)), *weakest)


def _by_next_word(group: list[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in sorted(group, key=_rank):
        found[next((word for word in pattern.rest if word not in _ARTICLES), "")].append(pattern)
    return {word: tuple(patterns) for word, patterns in found.items()}


def _rank(pattern: Pattern) -> tuple[int, str, str, tuple[str, ...]]:
    return -len(pattern.rest), pattern.rule.id, pattern.pos, pattern.rest


def _forms(entry: str, pos: str, inflector: Inflector) -> list[tuple[str, ...]]:
    words = tuple(entry.lower().replace("-", " ").split())
    if pos == "verb":
        k = _head(entry, pos, words)
        return [(*words[:k], form, *words[k + 1 :]) for form in sorted(inflector.verb(words[k]))]
    if pos == "noun":
        return [(*words[:-1], form) for form in sorted(inflector.noun(words[-1]))]
    return [words]


def _head(entry: str, pos: str, words: tuple[str, ...]) -> int:
    """Which word inflects: a verb's first, of "baton-charge" the part after the hyphen; a noun's last."""
    if pos == "verb":
        return entry.split()[0].count("-")
    return len(words) - 1 if pos == "noun" else 0


def _needle(words: tuple[str, ...], entry: str, pos: str) -> str:
    """The word of a form that the filter looks for first: one that is not light, else the first."""
    lemma = entry.lower().replace("-", " ").split()[0]
    if lemma not in LIGHT:
        return f" {words[0]} "
    rest = next((word for word in words[1:] if word not in LIGHT), None)
    return f" {rest}" if rest else f" {words[0]} "


def _need(words: tuple[str, ...], required: tuple[Listed, ...], barred: frozenset[str]) -> Need:
    """What a form needs; the rule's lists are shared by its forms, and a form's own words bar nothing."""
    others = frozenset(words[1:]) - _ARTICLES
    return Need(others, required, barred if barred.isdisjoint(words) else barred.difference(words))


def _required(rule: Rule) -> tuple[Listed, ...]:
    """The lists of words that a rule requires one of; one with a sign ("$") the filter cannot judge."""
    lists = (getattr(rule.requires, key) for key in ("context", "object", "subject", "modifier", "before", "after"))
    return tuple(_listed(entries) for entries in lists if entries and all(_WORD.search(entry) for entry in entries))


def _listed(entries: Sequence[str]) -> Listed:
    single: set[str] = set()
    longer: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for entry in entries:
        first, *rest = _WORD.findall(entry.lower())
        if rest:
            longer[first].append(tuple(rest))
        else:
            single.update((first, first + "s", first + "es"))
    phrases = {first: tuple(rests) for first, rests in longer.items()}
    return Listed(frozenset(single | phrases.keys()), frozenset(single), phrases)


def _among(word: str, words: frozenset[str]) -> bool:
    return word in words or word + "s" in words or word + "es" in words


def _barred(rule: Rule) -> frozenset[str]:
    """The single words that keep a rule silent wherever they stand in the sentence."""
    single = {entry.lower() for entry in rule.excludes.context if _WORD.fullmatch(entry.lower())}
    return frozenset(word + suffix for word in single for suffix in ("", "s", "es"))


def _by_longest_word(group: set[Need]) -> dict[str, tuple[Need, ...]]:
    """The alternatives of a first word, the least demanding first; one that demands nothing makes the others idle."""
    idle = Need(frozenset(), (), frozenset())
    found: dict[str, list[Need]] = defaultdict(list)
    for need in (idle,) if idle in group else sorted(group, key=_demands):
        found[max(need.words, key=lambda word: (len(word), word), default="")].append(need)
    return {word: tuple(needs) for word, needs in found.items()}


def _demands(need: Need) -> tuple[int, int]:
    return len(need.words) + len(need.lists), len(need.barred)


def normalised(texts: Sequence[str]) -> pl.Series:
    """Texts as lower-case words between single blanks, with dates in March taken out (a month, not a march)."""
    words = pl.Series(texts, dtype=pl.String).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}']+", " ")
    before = "in|of|since|last|until|by|early|late|mid|end|ending|ended|for|and|february|from"
    months = rf"\b(?:\d{{1,2}} march|march \d{{1,4}}|(?:{before}) march)\b"
    return " " + words.str.replace_all(months, " ") + " "


def contains(texts: Sequence[str], needles: Sequence[str]) -> list[bool]:
    """Which texts hold one of the needles (words between blanks), vectorised."""
    return normalised(texts).str.contains_any(list(needles)).to_list() if texts else []


def candidates(texts: Sequence[str], index: TriggerIndex) -> list[bool]:
    """Which sentences may hold a trigger: a necessary condition of :func:`match`, so it costs no recall."""
    if not texts:
        return []
    plain = normalised(texts)
    hits = plain.str.contains_any(list(index.needles))
    return [bool(hit) and _may_fire(text, index) for hit, text in zip(hits, plain, strict=True)]


def _may_fire(text: str, index: TriggerIndex) -> bool:
    """Whether a normalised text holds a first word of some trigger, and what else that trigger needs."""
    sequence = text.split()
    words = frozenset(sequence)
    if "'" in text:
        words = words.union(word.split("'")[0] for word in sequence if "'" in word)
    present = _present(words)
    if any(_supplied(index.needs[word], words, present) for word in words & index.needs.keys()):
        return True
    verbs = words & index.verb_needs.keys()
    return any(_supplied(index.verb_needs[word], words, present) and _bare(word, sequence) for word in verbs)


def _bare(verb: str, sequence: Sequence[str]) -> bool:
    """Whether a word stands somewhere without a determiner right before it."""
    return any(w == verb and before not in _DETERMINERS for w, before in zip(sequence, ["", *sequence], strict=False))


def _supplied(needs: Mapping[str, tuple[Need, ...]], words: frozenset[str], present: frozenset[str]) -> bool:
    """Whether a sentence has what one of the needs of a first word asks for."""
    for other in needs.keys() & present:
        for need in needs[other]:
            if need.words <= present and words.isdisjoint(need.barred) and _told(need.lists, words):
                return True
    return False


def _told(lists: Sequence[Listed], words: frozenset[str]) -> bool:
    return all(wanted.told(words) for wanted in lists)


def nominees(lower: Sequence[str], tags: Sequence[str], index: TriggerIndex) -> Iterator[tuple[int, Pattern]]:
    """The patterns that words and tags of a sentence allow, with their first token: a necessary condition of
    :func:`match`, so the parser need not run on a sentence without one ("world demand for metals").
    """
    present = _present(lower)
    for i, word in enumerate(lower):
        group = index.patterns.get(word)
        if group is None:
            continue
        verb = tags[i].startswith("VB") and not _determined(lower, i)
        noun = tags[i].startswith("NN") or tags[i] in ("VBG", "JJ")
        fitting = [
            pattern
            for following in group.keys() & present
            for pattern in group[following]
            if (verb or pattern.pos != "verb" or pattern.head)
            and (noun or pattern.pos != "noun" or pattern.rest)
            and all(part in present or part in _ARTICLES for part in pattern.rest)
        ]
        yield from ((i, pattern) for pattern in sorted(fitting, key=_rank))


def match(parse: Parse, index: TriggerIndex) -> tuple[Match, ...]:
    """All triggers of a sentence, best first: more words before fewer, narrower conditions before wider.

    Several rules may share a trigger; the caller takes the first whose conditions hold and drops every later
    match that shares a token with it.
    """
    found: list[Match] = []
    for i, pattern in nominees(parse.lower, parse.tags, index):
        tokens = _tokens(parse, i, pattern)
        if tokens is None:
            continue
        head = tokens[pattern.head] if pattern.pos == "noun" or pattern.head else i
        if _fits(parse, tokens, head, pattern):
            found.append(Match(pattern.rule, pattern.pos, head, tokens))
    return tuple(
        sorted(found, key=lambda m: (-len(m.tokens), -_narrowness(m.rule), m.head, m.pos != "verb", m.rule.id))
    )


def _present(lower: Collection[str]) -> frozenset[str]:
    """The words of a sentence, also without a plural's ending, and "": what another word of a trigger may match."""
    plural = [word for word in lower if word.endswith("s")]
    return frozenset(lower).union([""], [w[:-1] for w in plural], [w[:-2] for w in plural if w.endswith("es")])


def _narrowness(rule: Rule) -> int:
    return len(rule.requires.model_fields_set)


def _fits(parse: Parse, tokens: tuple[int, ...], head: int, pattern: Pattern) -> bool:
    if pattern.pos == "word":
        return True
    tag = parse.tags[head]
    if pattern.pos == "noun":
        return tag.startswith("NN") or (len(tokens) > 1 and tag in ("VBG", "JJ")) or _used_as_noun(parse, head)
    if _determined(parse.lower, head):
        return False
    return tag.startswith("VB") and not (parse.deps[head] == "amod" and not _is_clause(parse, head))


def _determined(lower: Sequence[str], head: int) -> bool:
    """Whether a word follows a determiner and so is a noun: "the attack", "its meeting"."""
    return head > 0 and lower[head - 1] in _DETERMINERS


def _used_as_noun(parse: Parse, head: int) -> bool:
    """An -ing form or adjective used as a noun: with a determiner, an owner or an of-phrase."""
    if parse.tags[head] == "JJ":
        argument = parse.deps[head] in ("nsubj", "nsubjpass", "dobj", "pobj")
        return argument and parse.child(head, "det", "poss") is not None
    if parse.tags[head] != "VBG":
        return False
    if event_compound(parse, head):
        return True
    return any(
        parse.deps[c] in ("det", "poss", "amod", "compound") or (parse.deps[c] == "prep" and parse.lower[c] == "of")
        for c in parse.children[head]
    )


def _is_clause(parse: Parse, head: int) -> bool:
    return any(parse.deps[c] in ("nsubj", "nsubjpass", "dobj", "agent", "aux", "auxpass") for c in parse.children[head])


def _tokens(parse: Parse, i: int, pattern: Pattern) -> tuple[int, ...] | None:
    """The tokens of a pattern that starts at token ``i``, or None."""
    if not pattern.rest:
        return (i,)
    tokens = [i]
    at = i + 1
    limit = GAP if pattern.pos == "verb" and not pattern.head else 0
    for word in pattern.rest:
        spot = _find(parse, at, word, limit, i if pattern.pos == "verb" else None)
        if spot is None:
            return _passive_tokens(parse, i, pattern.rest) if limit else None
        tokens.append(spot)
        at = spot + 1
    return tuple(tokens)


def _find(parse: Parse, at: int, word: str, gap: int, head: int | None) -> int | None:
    seen = 0
    for j in range(at, min(len(parse), at + gap + 3)):
        if parse.lower[j] in ("-", "–"):
            continue
        if same_word(parse.lower[j], word) and (seen == 0 or head is None or under(parse, j, head)):
            return None if _quantifies(parse, j) else j
        seen += 1
        verb = parse.tags[j].startswith("VB") and parse.lower[j - 1] not in ("-", "–")  # not "long-standing sanctions"
        if seen > gap or verb or parse.lower[j] in (";", ":", ","):
            return None
        if parse.tags[j] == "IN" and parse.lower[j] != "of" and parse.tags[at - 1] == "IN":
            return None  # "withdraw from … under an accord" is no "withdraw from an accord"
    return None


def _quantifies(parse: Parse, word: int) -> bool:
    """Whether a preposition belongs to a number ("fired at least eight shots" is no firing at anybody)."""
    of = parse.heads[word]
    return parse.deps[word] == "advmod" and (parse.tags[of] == "CD" or parse.lower[of] in ("least", "most"))


def _passive_tokens(parse: Parse, i: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """The same words in a passive ("sanctions were imposed") or reduced relative ("an accord signed in …")."""
    noun = parse.child(i, "nsubjpass")
    if noun is None and parse.deps[i] == "acl" and parse.tags[i] == "VBN":
        noun = parse.heads[i]
    if noun is None:
        return None
    found: list[int] = []
    for word in rest:
        if word in _ARTICLES:
            continue
        spot = next((j for j in range(parse.left[noun], noun + 1) if same_word(parse.lower[j], word)), None)
        spot = spot if spot is not None else _find(parse, i + 1, word, 0, i)
        if spot is None:
            return None
        found.append(spot)
    return tuple(sorted({i, *found})) if found else None


def same_word(token: str, word: str) -> bool:
    """Whether a token is a dictionary word, in the singular or a regular plural."""
    return token == word or (token.startswith(word) and token[len(word) :] in ("s", "es"))


def under(parse: Parse, token: int, head: int) -> bool:
    """Whether ``head`` is among the five nearest ancestors of ``token``."""
    for _ in range(5):
        if token == head:
            return True
        if parse.heads[token] == token:
            return False
        token = parse.heads[token]
    return token == head
