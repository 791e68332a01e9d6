"""How many people a noun phrase of a parsed sentence names (CODEBOOK 1.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .date_grammar import MONTHS
from .numbers import SEVERAL, Quantity, add, scan
from .phrases import is_plural
from .records import Parse
from .toll_words import TollWords

ONE = Quantity(1, 1, 1, "", True)
NONE = Quantity(0, 0, 0, "", True)
MANY = Quantity(*SEVERAL, "", False, "vague")

_AGES = frozenset({"year", "years", "yr", "yrs", "month", "months", "week", "weeks", "day", "days"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Victims:
    """Counted victims with the tokens that name them."""

    count: Quantity
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A parsed sentence with the numbers in it; ``numbers`` maps each token of a number to its extent."""

    parse: Parse
    words: TollWords
    numbers: dict[int, tuple[int, int, Quantity]]


def token_numbers(parse: Parse) -> dict[int, tuple[int, int, Quantity]]:
    """The numbers of a sentence by each of their tokens: first token, end, value. Dates and ages are left out."""
    base = parse.sentence.start
    out: dict[int, tuple[int, int, Quantity]] = {}
    token = 0
    for found in scan(parse.sentence.text):
        while token < len(parse) and parse.ends[token] - base <= found.start:
            token += 1
        first = token
        while token < len(parse) and parse.starts[token] - base < found.end:
            token += 1
        if token > first and not (_is_date(parse, first, token) or _is_age(parse, token)):
            out.update(dict.fromkeys(range(first, token), (first, token, found.quantity)))
    return out


def _is_date(parse: Parse, first: int, end: int) -> bool:
    """A bare year, or the day of a month, unless a plural noun follows; and a span of years."""
    if parse.lower[first] == "the":
        first += 1
    figures = [word for word in parse.words[first:end] if word.isdigit()]
    if len(figures) > 1 and all(_YEAR.fullmatch(word) for word in figures):
        return True
    if end - first > 1 or not parse.words[first].isdigit():
        return False
    follower = parse.tags[end] if end < len(parse) else ""
    if _YEAR.fullmatch(parse.words[first]):
        return follower not in ("NNS", "NNPS")
    around = (parse.lower[first - 1] if first else "", parse.lower[end] if end < len(parse) else "")
    if len(parse.words[first]) > 2 or not any(word.rstrip(".") in MONTHS for word in around):
        return False
    return around[1].rstrip(".") in MONTHS or follower not in ("NNS", "NNPS")


def _is_age(parse: Parse, end: int) -> bool:
    """Whether a number that ends before a token says how old somebody is: "a 23 year old farmer"."""
    words = [word for word in parse.lower[end : end + 5] if word not in ("-", "–")]
    return len(words) > 1 and words[0] in _AGES and words[1] == "old"


def count_people(scene: Scene, head: int, deep: int = 0) -> Victims | None:
    """How many people a noun phrase names, with its conjuncts; None when it names no people or a group."""
    first = _single(scene, head, deep)
    if first is None or deep > 3:
        return None
    parse = scene.parse
    for child in parse.children[head]:
        if child < head or not _is_another(scene, head, child):
            continue
        other = count_people(scene, child, deep + 1)
        if other is None or (parse.deps[child] == "appos" and other.count.best <= first.count.best):
            continue  # "three men, two soldiers and a guard" says who the three are
        both_vague = first.count.bound == other.count.bound == "vague"
        total = first.count if both_vague else add(first.count, other.count)
        first = Victims(total, min(first.lo, other.lo), max(first.hi, other.hi))
    return first


def _is_another(scene: Scene, head: int, child: int) -> bool:
    """A conjunct that names further people, or a list that the parser took for an apposition."""
    parse = scene.parse
    if parse.deps[child] == "appos":
        members = [c for c in parse.children[child] if parse.deps[c] == "conj"]
        return any(number_of(scene, member) is not None for member in members)
    if parse.deps[child] != "conj" or not parse.tags[child].startswith(("N", "C")):
        return False
    between = parse.lower[head + 1 : child]
    if "including" in between or "or" in between or parse.lower[child] in scene.words.cues:
        return False
    if parse.tags[head] == "NN" and (own := number_of(scene, head)) is not None and own.count.best > 1:
        return False  # "93 bus and lorry drivers": the number counts the last noun
    bare = parse.tags[child] == "NN" and parse.child(child, "det", "poss", "amod", "nummod") is None
    return not (bare and parse.right[child] - child > 1)  # a bare noun with more: rather the next clause


def count_explicit(scene: Scene, head: int) -> Victims | None:
    """The count of a phrase that says it: a number, "a", a name; not a bare plural."""
    found = count_people(scene, head)
    if found is None or found.count.text or found.count.best != SEVERAL[1]:
        return found
    return None


def _single(scene: Scene, head: int, deep: int) -> Victims | None:
    parse, words = scene.parse, scene.words
    word, tag = parse.lower[head], parse.tags[head]
    if word in words.never or word in words.unit:
        return None
    if word in scene.words.nobody or (word in ("one", "anyone", "anybody") and _has_no(parse, head)):
        return Victims(NONE, max(head - 1, 0), head + 1)
    if word in scene.words.pronoun or (word in ("another", "one") and tag in ("DT", "CD", "PRP", "NN")):
        return Victims(ONE, head, head + 1)
    number = number_of(scene, head)
    if number is not None:
        return number
    inner = _members(scene, head, deep)
    if inner is not None:
        return inner
    lo = parse.left[head]
    determiners = [parse.lower[c] for c in parse.children[head] if parse.deps[c] in ("det", "poss", "neg")]
    if "no" in determiners:
        return Victims(NONE, lo, head + 1)
    if word in ("some", "many", "number"):
        return Victims(MANY, head, head + 1)
    if word in words.pair:
        return Victims(Quantity(2, 2, 2, word, True), lo, head + 1)
    if word in words.collective:
        return Victims(MANY, lo, head + 1) if tag == "NN" else None
    shouting_name = parse.sentence.text.isupper() and not determiners and not word.endswith("s")
    if word in words.plural or (is_plural(parse, head) and not shouting_name):
        return Victims(MANY, lo, head + 1)
    return _one_person(scene, head, determiners)


def _one_person(scene: Scene, head: int, determiners: list[str]) -> Victims | None:
    parse, words = scene.parse, scene.words
    lo, tag = parse.left[head], parse.tags[head]
    surname = tag == "NNPS" and not is_plural(parse, head)
    if tag in ("NN", "NNS", "NNPS") and not surname:
        if scene.words.determiner & set(determiners) or any(parse.deps[c] == "poss" for c in parse.children[head]):
            return Victims(ONE, lo, head + 1)
        shouting = parse.sentence.text.isupper()
        outer = parse.lower[lo]  # "a Communist Party cadre": the article may hang on another word
        if "the" in determiners or outer in scene.words.determiner or outer == "the" or (shouting and not determiners):
            return Victims(ONE, lo, head + 1)
        return Victims(ONE, lo, head + 1) if parse.deps[head] == "conj" else None
    if tag != "NNP" and not surname:
        return None
    names = [i for i in range(lo, head + 1) if parse.tags[i].startswith("NNP")]
    if any(parse.lower[i] in words.organisation for i in names):
        return None
    if any(len(parse.words[i]) > 1 and parse.words[i].isupper() for i in names) and not parse.sentence.text.isupper():
        return None
    titled = any(parse.tags[i] == "NN" for i in range(lo, head))
    if "the" in determiners and not titled:
        return None
    return Victims(ONE, lo, head + 1)


def _members(scene: Scene, head: int, deep: int) -> Victims | None:
    """ "a group of five farmers", "a total of 12 people", "a family of four"."""
    parse = scene.parse
    if deep > 2 or not (
        parse.lower[head] in scene.words.collective or parse.lower[head] in ("total", "number", "majority", "most")
    ):
        return None
    for child in parse.children[head]:
        if parse.deps[child] == "prep" and parse.lower[child] == "of":
            inner = parse.child(child, "pobj")
            found = _single(scene, inner, deep + 1) if inner is not None else None
            if found is not None:
                return Victims(found.count, found.lo, found.hi)
    return None


def number_of(scene: Scene, head: int) -> Victims | None:
    """The number that counts a noun: the last one before it with nothing but modifiers between, or itself."""
    parse = scene.parse
    if head in scene.numbers:
        lo, hi, count = scene.numbers[head]
        return Victims(count, lo, max(hi, head + 1)) if countable(scene, hi) else None
    if re.match(r"\s*(?:\([^)]*\)\s*)?per\b", parse.sentence.text[parse.ends[head] - parse.sentence.start :]):
        return None  # a rate
    for child in parse.children[head]:
        if child < head and parse.deps[child] == "nummod" and child in scene.numbers:
            lo, _, count = scene.numbers[child]
            return Victims(count, lo, head + 1)
    token = head - 1
    while token >= max(0, head - 9):
        if token in scene.numbers:
            lo, hi, count = scene.numbers[token]
            return Victims(count, lo, head + 1)
        inside = parse.tags[token].startswith(("J", "N", "VBN", "VBG", "HYPH", "CC", "RB", "PRP$")) or parse.lower[
            token
        ] in (
            ",",
            "-",
            "'s",
            "(",
            ")",
            '"',
            "``",
            "''",
            "the",
            "of",
            "their",
        )
        if not inside or (parse.lower[token] == "of" and token - 1 not in scene.numbers):
            return None
        if (parse.lower[token] == "the" or parse.tags[token] == "PRP$") and parse.lower[token - 1] not in ("of", "all"):
            return None  # "a woman of 80 and her son", "Ali, 31, and the driver": an age
        if parse.tags[token].startswith("N") and parse.deps[token] not in (
            "compound",
            "nmod",
            "amod",
            "poss",
            "npadvmod",
        ):
            return None
        token -= 1
    return None


def countable(scene: Scene, after: int) -> bool:
    """A number by itself counts people unless a unit, a month or a sign of time follows."""
    parse = scene.parse
    if after >= len(parse):
        return True
    word = parse.lower[after]
    if word == "per" or parse.lower[after : after + 2] in (("in", "every"), ("out", "of"), ("in", "10")):
        return False  # a rate
    return word not in scene.words.unit and word not in ("a.m.", "p.m.", "am", "pm", "gmt", "o'clock", "-")


def number_before(scene: Scene, cue: int) -> Victims | None:
    """Fallback by position: "... and 12 wounded", "five people were killed", "12 dead"."""
    parse = scene.parse
    for token in range(cue - 1, max(cue - 8, -1), -1):
        if token in scene.numbers:
            lo, hi, count = scene.numbers[token]
            if not countable(scene, hi):
                return None
            end = _noun_end(parse, hi, cue)
            return _whole_list(scene, max(end - 1, lo)) or Victims(count, lo, max(hi, end))
        if parse.lower[token] not in scene.words.auxiliary and not parse.tags[token].startswith(
            ("NNS", "NN", "JJ", "RB")
        ):
            return None
        if parse.lower[token] in scene.words.unit:
            return None
    return None


def _whole_list(scene: Scene, last: int) -> Victims | None:
    """The list that a noun ends ("two soldiers and three rebels dead"), counted together."""
    parse, first = scene.parse, last
    while (
        parse.deps[first] == "conj"
        and parse.heads[first] < first
        and parse.tags[parse.heads[first]].startswith(("N", "C"))
    ):
        first = parse.heads[first]
    if (
        first == last
        or number_of(scene, first) is None
        or any(word in scene.words.cues for word in parse.lower[first:last])
    ):
        return None
    return count_people(scene, first)


def number_after(scene: Scene, cue: int) -> Victims | None:
    """Fallback by position: "killed at least 12"."""
    parse = scene.parse
    for token in range(cue + 1, min(cue + 3, len(parse))):
        if token in scene.numbers:
            lo, hi, count = scene.numbers[token]
            return Victims(count, lo, hi) if countable(scene, hi) else None
        if not parse.tags[token].startswith("RB") and parse.lower[token] not in ("dead", "to", "death"):
            return None
    return None


def _noun_end(parse: Parse, start: int, stop: int) -> int:
    end = start
    while end < stop and parse.tags[end].startswith(("N", "JJ")):
        end += 1
    return end


def _has_no(parse: Parse, head: int) -> bool:
    return (head > 0 and parse.lower[head - 1] in ("no", "not", "n't")) or parse.lower[head] != "one"


def _proper(parse: Parse, token: int) -> bool:
    return parse.tags[token].startswith("NNP")
