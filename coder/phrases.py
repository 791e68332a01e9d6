"""Noun phrases: where one begins and ends, and the others that are coordinated with it or hang on it."""

from __future__ import annotations

from dataclasses import replace

from .records import Parse, Phrase

_TITLES = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sgt. cpl. capt. lt. col. gen. sen. rep. judge".split())

_WAYSIDE = frozenset("roadside road wayside highway river riverside sea lake border gate".split())


def is_plural(parse: Parse, head: int) -> bool:
    """Whether a noun stands in the plural; a surname does not, though it may end like one ("Mrs. Parsons")."""
    if parse.tags[head] == "NNPS":
        return not (head > 0 and parse.lower[head - 1] in _TITLES)
    return parse.tags[head] == "NNS"


def between(parse: Parse, first: int, last: int, head: int | None = None) -> Phrase:
    """The phrase from one token to another; its head is the last one unless told."""
    end = last + 1
    return Phrase(
        parse.starts[first], parse.ends[last], parse.text(first, end), first, end, last if head is None else head
    )


def conjuncts(parse: Parse, head: int) -> list[int]:
    """A head and its coordinated heads, so that a list of actors stays a list."""
    out = [head]
    if (cut := _fused(parse, head)) is not None:
        out = [cut[0], head]
    frontier = [head]
    while frontier and len(out) < 12:
        for child in parse.children[frontier.pop()]:
            if parse.deps[child] == "conj" and parse.tags[child].startswith(("NN", "PRP", "CD", "DT", "JJ", "FW")):
                out.append(child)
                frontier.append(child)
    return out


def without_trigger(parse: Parse, found: Phrase, tokens: tuple[int, ...]) -> Phrase:
    """A phrase without the trigger's words at its left edge ("shot dead two men": not "dead two men")."""
    lo = found.lo
    while lo in tokens and lo < found.head:
        lo += 1
    if lo == found.lo:
        return found
    return between(parse, lo, found.hi - 1, found.head)


def _fused(parse: Parse, head: int) -> tuple[int, int] | None:
    """A first conjunct that the parser takes for a modifier ("the army and M23 rebels"), and the "and" after it."""
    for first in parse.children[head]:
        if first > head or parse.deps[first] not in ("nmod", "compound") or parse.tags[first] not in ("NN", "NNS"):
            continue
        near = (c for governor in (first, head) for c in parse.children[governor] if first < c < head)
        cc = next((c for c in near if parse.deps[c] == "cc"), None)
        if cc is not None:
            return first, cc
    return None


def halves(parse: Parse, found: Phrase) -> tuple[Phrase, Phrase] | None:
    """The two parties of a phrase with one head: "Meitei and Kuki village volunteers", "Chadian and Libyan troops".

    Args:
        parse: the sentence.
        found: the phrase.

    Returns:
        Both as phrases; the first keeps the shared words beside its own. None when no names are coordinated.
    """
    for cc in range(found.lo + 1, found.head - 1):
        if parse.deps[cc] != "cc" or parse.lower[cc] != "and":
            continue
        left, right = _name_end(parse, found.lo, cc - 1), cc + 1 + (parse.lower[cc + 1] == "the")
        if not (parse.words[left][0].isupper() and parse.words[right][0].isupper()):
            continue
        if left < cc - 1:  # "the Security Forces (SFs) and the Maoist cadres": the first name is complete
            return between(parse, found.lo, left), between(parse, cc + 1, found.hi - 1, found.head)
        own = next((k for k in range(cc + 1, found.head) if parse.words[k][0].islower()), found.head)
        first = replace(between(parse, found.lo, cc - 1, found.head), shared=parse.text(own, found.head + 1))
        return first, between(parse, cc + 1, found.hi - 1, found.head)
    return None


def _name_end(parse: Parse, lo: int, last: int) -> int:
    """The last word of a name before the abbreviation in brackets that ends at ``last``, if there is one."""
    if parse.lower[last] != ")":
        return last
    opening = next((k for k in range(last, lo, -1) if parse.lower[k] == "("), None)
    return last if opening is None else opening - 1


def phrase(parse: Parse, head: int) -> Phrase:
    """The noun phrase around one head: with determiners, modifiers and of-phrases, without clauses and conjuncts."""
    lo = hi = head
    fused = _fused(parse, head)
    for child in parse.children[head]:
        if fused is not None and child <= fused[1]:
            continue
        if child < head and parse.deps[child] not in (
            "cc",
            "punct",
            "conj",
            "preconj",
            "appos",
            "advcl",
            "relcl",
            "mark",
            "nsubj",
            "aux",
        ):
            lo = min(lo, parse.left[child])
        elif child > head and _belongs(parse, child):
            hi = max(hi, _bounded_end(parse, child))
    lo = _trim_left(parse, lo if fused is None else fused[1] + 1, head)
    return between(parse, lo, hi, head)


_MARKS = frozenset('"“”-–—•*·')  # quotation marks, and what begins an item of a list


def _trim_left(parse: Parse, lo: int, head: int) -> int:
    while lo < head and (parse.tags[lo] in (",", ":", "``", "''", "CC", "-LRB-", "-RRB-") or parse.lower[lo] in _MARKS):
        lo += 1
    return lo


def _belongs(parse: Parse, child: int) -> bool:
    if parse.deps[child] == "prep":
        if parse.child(child, "pcomp") is not None:  # "accuse the army of having …"
            return False
        return parse.lower[child] in ("of", "from") or _in_name(parse, child)
    return parse.deps[child] in ("compound", "nummod", "case", "nmod", "npadvmod") and parse.tags[child] != "VBN"


def _in_name(parse: Parse, prep: int) -> bool:
    """A preposition inside a name: "Volunteers for the Defence of the Homeland"."""
    inner = parse.child(prep, "pobj")
    proper = inner is not None and parse.tags[inner].startswith("NNP") and parse.tags[prep - 1].startswith("NNP")
    return proper and parse.lower[prep] == "for"


def _bounded_end(parse: Parse, child: int) -> int:
    """The end of a dependent, stopping before any clause inside it."""
    end = parse.right[child]
    for token in range(child, end):
        if parse.deps[token] in ("relcl", "acl", "advcl", "appos", "conj", "cc") or parse.tags[token] in (
            ",",
            ":",
            "-LRB-",
        ):
            return max(child, token - 1)
        if parse.deps[token] == "prep" and token != child and parse.lower[token] not in ("of",):
            return token - 1
    return end - 1


def modifier(parse: Parse, head: int) -> Phrase:
    """A premodifier as a phrase of its own, with the compounds that belong to it ("Boko Haram" attack)."""
    lo = parse.left[head]
    while (
        lo > 0
        and parse.heads[lo - 1] == parse.heads[head]
        and parse.deps[lo - 1] == "compound"
        and parse.tags[lo - 1] == "NNP"
        and parse.tags[head] == "NNP"
    ):
        lo -= 1
    lo = _trim_left(parse, lo, head)
    return between(parse, lo, head)


def objects_of(parse: Parse, prep: int) -> list[int]:
    """The heads that a preposition governs."""
    return [h for c in parse.children[prep] if parse.deps[c] == "pobj" for h in conjuncts(parse, c)]


def prepositional(parse: Parse, head: int, wanted: frozenset[str], taken: frozenset[int] = frozenset()) -> list[int]:
    """The heads that hang on another by one of the wanted prepositions, without those that are taken."""
    found = []
    for child in parse.children[head]:
        if parse.deps[child] in ("prep", "agent", "dative") and parse.lower[child] in wanted and child not in taken:
            for grandchild in parse.children[child]:
                if parse.deps[grandchild] == "pobj" and not _wayside(parse, child, grandchild):
                    found += conjuncts(parse, grandchild)
    return [h for h in found if h not in taken]


def doers_after(parse: Parse, head: int, taken: frozenset[int] = frozenset()) -> list[int]:
    """Who did what a passive or an event noun tells: "by X", "at the hands of X"."""
    found = prepositional(parse, head, frozenset({"by"}), taken)
    for hands in prepositional(parse, head, frozenset({"at"})):  # hands themselves fill no role
        if parse.lower[hands] == "hands":
            found += prepositional(parse, hands, frozenset({"of"}), taken)
    return found


def _wayside(parse: Parse, preposition: int, noun: int) -> bool:
    """ "Planted by the roadside": where, not by whom."""
    return parse.lower[preposition] == "by" and parse.lower[noun] in _WAYSIDE


def possessor(parse: Parse, noun: int) -> list[int]:
    """The head of a noun's possessive, if it has one."""
    owner = parse.child(noun, "poss")
    return [owner] if owner is not None else []
