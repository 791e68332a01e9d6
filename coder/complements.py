"""What a claim cue governs in a parse: its complements by frame, its source and the words of the cue itself.

This is the only part of the attribution step that reads dependency labels of complements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .records import Parse
from .subjects import RELATIVES, is_infinitive, teller

SCENES = frozenset("in on at during via through over".split())  # before where something is said
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A complement of a cue: its frame, its tokens, its head and the tokens that belong to the cue."""

    frame: str
    tokens: frozenset[int]
    head: int
    cue: tuple[int, ...] = ()


def subtree(parse: Parse, token: int, without: Iterable[int] = ()) -> frozenset[int]:
    """The tokens under ``token`` with itself, leaving out the subtrees of ``without``."""
    out = set(range(parse.left[token], parse.right[token]))
    for other in without:
        if not parse.left[other] <= token < parse.right[other]:  # only what hangs below, never what is above
            out -= set(range(parse.left[other], parse.right[other]))
    return frozenset(out)


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether a cue's participle is passive: by an auxiliary, a passive subject or as a reduced relative.

    Narrower than :func:`.subjects.is_passive`, which guesses from less for the words of deeds.
    """
    if parse.tags[verb] != "VBN" and parse.tags[verb] != "VBD":
        return False
    if any(parse.deps[c] in ("nsubjpass", "auxpass") for c in parse.children[verb]):
        return True
    if teller(parse, verb) is not None:
        return False
    bare = not any(parse.deps[c] in ("aux", "nsubj") for c in parse.children[verb])
    return (parse.tags[verb] == "VBN" and parse.deps[verb] == "acl") or (
        parse.deps[verb] == "advcl" and bare and parse.tags[verb] == "VBN"
    )


def is_finite(parse: Parse, verb: int) -> bool:
    """Whether a clause has a tense of its own."""
    return parse.tags[verb] in FINITE or any(
        parse.tags[c] in FINITE and parse.deps[c] in ("aux", "auxpass") for c in parse.children[verb]
    )


def complements(parse: Parse, cue: int, last: int) -> tuple[Complement, ...]:
    """All complements of a cue.

    Args:
        parse: the sentence.
        cue: token of the cue's head.
        last: last token of a cue of several words ("claim responsibility"), else the same token.

    Returns:
        One complement per frame and place; the caller picks those that the dictionary lists.
    """
    if parse.tags[cue].startswith(("NN", "JJ")):
        return _nominal(parse, cue)
    passive = is_passive(parse, cue)
    found: list[Complement] = []
    for child in sorted({*parse.children[cue], *(parse.children[last] if last != cue else ())}):
        if child == last and last != cue:
            continue
        found += _by_label(parse, cue, child, last)
    if parse.tags[cue].startswith("JJ"):
        return tuple(found)
    if passive:
        found = _passive(parse, cue, found)
    found += _relative(parse, cue, found)
    if not any(c.frame in ("clause", "wh", "quote") for c in found):
        found += _in_a_statement(parse, cue)
    if not any(c.frame in ("clause", "wh", "quote") for c in found):
        found += _parenthetical(parse, cue)
    if last != cue or not found:
        found.append(Complement("bare", frozenset(), cue))
    return tuple(found)


def _by_label(parse: Parse, cue: int, child: int, last: int) -> list[Complement]:
    dep = parse.deps[child]
    if dep == "ccomp":
        return _clausal(parse, cue, child)
    if dep == "xcomp":
        return _open_clause(parse, cue, child)
    if dep == "dobj":
        return _object(parse, cue, child, last)
    if dep in ("oprd", "acomp"):
        return [Complement("oprd", subtree(parse, child), child)]
    if dep in ("prep", "agent") and parse.lower[child] != "by":
        return _preposition(parse, cue, child)
    if dep == "advcl" and child > cue and is_infinitive(parse, child):
        mark = parse.child(child, "mark")
        if mark is not None and parse.lower[mark] == "for":
            return [Complement("for", subtree(parse, child) - {mark}, child, (mark,))]
        return [Complement("inf", subtree(parse, child), child)]
    if dep == "advcl" and child > last and _marked(parse, child, "that"):
        return [Complement("clause", subtree(parse, child), child)]  # "made it clear that"
    if dep == "advcl" and parse.left[child] == last + 1 and _interrogative(parse, child):
        return [Complement("wh", subtree(parse, child), child)]  # "asked if"
    if dep == "advmod" and parse.lower[child] == "so":
        return [Complement("so", frozenset({child}), child)]
    return []


def _clausal(parse: Parse, cue: int, child: int) -> list[Complement]:
    if child < cue and ";" in parse.lower[child:cue]:
        return []  # two statements side by side
    tokens = subtree(parse, child, [cue] if parse.left[child] <= cue < parse.right[child] else [])
    tokens |= _going_on(parse, cue) if child < cue else _told_on(parse, cue, child)
    if is_infinitive(parse, child):
        own = parse.child(child, "nsubj", "nsubjpass")
        return [Complement("obj_inf" if own is not None else "inf", tokens, child)]
    if parse.tags[child] == "VBG" and not is_finite(parse, child):
        subject = parse.child(child, "nsubj") is not None
        return [Complement("np_ing" if subject else "ing", tokens, child)]
    if not is_finite(parse, child) and parse.tags[child].startswith(("NN", "JJ")):
        return [Complement("np_oprd", tokens, child)]  # "declared the valley a closed zone"
    return [Complement("wh" if child > cue and _interrogative(parse, child) else "clause", tokens, child)]


def _told_on(parse: Parse, cue: int, clause: int) -> frozenset[int]:
    """A past deed beside a present cue is said too: "claims it seized the farm and shelled the post"."""
    if parse.tags[cue] not in ("VBZ", "VBP") or parse.tags[clause] != "VBD":
        return frozenset()
    out = frozenset[int]()
    for child in parse.children[cue]:
        bare = not any(parse.deps[c] in ("nsubj", "nsubjpass", "aux", "mark") for c in parse.children[child])
        if parse.deps[child] == "conj" and child > clause and parse.tags[child] == "VBD" and bare:
            out |= subtree(parse, child)
    return out


def _going_on(parse: Parse, cue: int) -> frozenset[int]:
    """The second statement around a cue between commas: "troops fled, he added, and four rebels died"."""
    last = max((parse.right[c] for c in parse.children[cue] if parse.deps[c] in ("nsubj", "dobj", "dative")), default=0)
    last = max(last, cue + 1)
    if parse.lower[last : last + 2] != (",", "and") or "''" in parse.tags[:cue]:
        return frozenset()
    out = frozenset[int]()
    for child in parse.children[cue]:
        subject = parse.child(child, "nsubj", "nsubjpass")
        if parse.deps[child] != "conj" or subject is None or subject < cue or parse.child(child, "ccomp") is not None:
            continue
        if parse.tags[subject].startswith("PRP"):
            continue  # "troops fled, he said, and he would not return"
        out |= subtree(parse, child)
    return out


def _interrogative(parse: Parse, clause: int) -> bool:
    """Whether a clause is an indirect question."""
    marks = {parse.lower[c] for c in parse.children[clause] if parse.deps[c] == "mark"}
    return bool(marks & {"if", "whether"}) or any(
        parse.tags[c] in ("WRB", "WP", "WDT") and parse.lower[c] != "that" for c in parse.children[clause] if c < clause
    )


def _open_clause(parse: Parse, cue: int, child: int) -> list[Complement]:
    tokens = subtree(parse, child)
    goal = next((c for c in parse.children[cue] if parse.deps[c] in ("dobj", "dative") and c < child), None)
    infinitive = is_infinitive(parse, child)
    out = []
    if _is_gerund(parse, child):
        out.append(Complement("ing", tokens, child))
        if goal is not None:
            out.append(Complement("np_ing", tokens | subtree(parse, goal), child))
    elif infinitive:
        if goal is not None:
            out.append(Complement("obj_inf", tokens | subtree(parse, goal), child))
            out.append(Complement("np_inf", tokens | subtree(parse, goal), child))
        for prep in (c for c in parse.children[cue] if parse.deps[c] == "prep" and cue < c < child):
            whole = tokens | subtree(parse, prep) - {prep}
            out.append(Complement(f"{parse.lower[prep]}_inf", whole, child, (prep,)))
        out.append(Complement("inf", tokens, child))
    elif parse.tags[child] in FINITE or parse.child(child, "nsubj") is not None:
        out.append(Complement("clause", tokens, child))
    elif parse.tags[child] == "VBN":
        out.append(Complement("oprd", tokens, child))  # "were reported killed"
    return out


def _is_gerund(parse: Parse, verb: int) -> bool:
    """ "Denied shelling", "denied having shelled", "denied being there"."""
    return parse.tags[verb] == "VBG" or any(
        parse.tags[c] == "VBG" and parse.deps[c] in ("aux", "auxpass") for c in parse.children[verb]
    )


def _object(parse: Parse, cue: int, child: int, last: int) -> list[Complement]:
    whole = subtree(parse, child, [cue] if parse.left[child] <= cue < parse.right[child] else [])
    out = []
    if parse.lower[child] in RELATIVES and child < cue and parse.deps[cue] == "relcl":
        return _antecedent(parse, cue)
    for prep in parse.children[cue]:
        if parse.deps[prep] == "prep" and prep > child:
            out.append(Complement(f"np_{parse.lower[prep]}", whole | subtree(parse, prep), child))
    for prep in parse.children[child]:  # the parser often hangs the second argument on the first
        if parse.deps[prep] == "prep":
            out.append(Complement(f"np_{parse.lower[prep]}", whole, child))
    for other in parse.children[cue]:
        if parse.deps[other] == "oprd" and other > child:
            out.append(Complement("np_oprd", whole | subtree(parse, other), other))
    if any(parse.tags[t] == "``" for t in whole if t > min(whole)):
        out.append(Complement("np_oprd", whole, child))  # "called it “a crime”", read as one phrase
    out.append(Complement("np", whole, child))
    return out


def _preposition(parse: Parse, cue: int, prep: int) -> list[Complement]:
    below = subtree(parse, prep) - {prep}
    goal = parse.child(prep, "pobj", "pcomp", "prep")
    if goal is None or not below:
        return []
    return [Complement(parse.lower[prep], below, goal, (prep,))]


def _passive(parse: Parse, cue: int, found: list[Complement]) -> list[Complement]:
    """In the passive the object is the subject: it opens the content (not of "it was said that")."""
    if any(c.frame == "as" and parse.tags[c.head] == "VBG" for c in found):
        return []  # "was quoted as saying": the gerund is the cue
    subject = parse.child(cue, "nsubjpass", "nsubj")
    if subject is None and parse.deps[cue] == "acl":
        subject = parse.heads[cue]
    dummy = subject is None or parse.lower[subject] in ("it", "there")
    opening = frozenset[int]() if subject is None or dummy else subtree(parse, subject, [cue])
    out = [c for c in found if c.frame in ("clause", "wh")]
    if dummy and subject is not None and parse.lower[subject] == "there":
        opening = frozenset({subject})
    for item in found:
        if item.frame in ("inf", "ing", "oprd"):
            out.append(Complement(f"pass_{item.frame}", opening | item.tokens, item.head))
        elif "_" not in item.frame and item.frame not in ("clause", "wh", "np", "bare", "so"):
            out.append(Complement(f"pass_{item.frame}", opening | item.tokens, item.head, item.cue))
    if subject is not None and not dummy:
        out.append(Complement("pass_np", opening, subject))
        if agent_of(parse, cue) is not None:
            out.append(Complement("pass_by", opening, subject))
    return out


def _relative(parse: Parse, cue: int, found: list[Complement]) -> list[Complement]:
    """ "The toll the army gave": the antecedent is the object of a relative clause without its own."""
    if parse.deps[cue] != "relcl" or any(c.frame in ("np", "clause", "wh", "inf", "ing") for c in found):
        return []
    subject = parse.child(cue, "nsubj")
    if subject is None or parse.lower[subject] in RELATIVES:
        return []
    return _antecedent(parse, cue)


def _antecedent(parse: Parse, cue: int) -> list[Complement]:
    """The noun that a relative clause modifies as the object in it, with the second argument of the verb."""
    noun = parse.heads[cue]
    whole = subtree(parse, noun, [cue])
    found = [Complement("np", whole, noun)]
    for prep in parse.children[cue]:
        if parse.deps[prep] == "prep" and prep > cue:  # "an attack that officials blamed on rebels"
            found.append(Complement(f"np_{parse.lower[prep]}", whole | subtree(parse, prep), noun))
    return found


def _in_a_statement(parse: Parse, cue: int) -> list[Complement]:
    """ "Said in a statement that …", "told a rally that …": the parser hangs the clause on the noun before it."""
    out: list[Complement] = []
    for prep in parse.children[cue]:
        if parse.deps[prep] != "prep" or prep < cue or parse.lower[prep] not in SCENES | {"to"}:
            continue
        noun = parse.child(prep, "pobj")
        if noun is None:
            continue
        for clause in parse.children[noun]:
            if parse.deps[clause] in ("acl", "ccomp", "relcl") and _marked(parse, clause, "that"):
                out.append(Complement("clause", subtree(parse, clause), clause, tuple(range(prep, noun + 1))))
    return out


def _parenthetical(parse: Parse, cue: int) -> list[Complement]:
    """ "The bridge, he said, was hit": the cue hangs below the clause that it attributes."""
    host = parse.heads[cue]
    if host == cue or parse.deps[cue] not in ("parataxis", "ccomp", "advcl", "dep", "conj"):
        return []
    more = _going_on(parse, cue)
    if parse.deps[cue] in ("advcl", "conj") and not _between_commas(parse, cue, more):
        return []
    if not parse.tags[host].startswith(("VB", "NN", "JJ")) or not _marked(parse, cue, "as", none=True):
        return []
    if parse.child(cue, "nsubj", "csubj") is None or parse.child(cue, "dobj", "xcomp") is not None:
        return []
    return [Complement("clause", subtree(parse, host, [cue]) | more, host)]


def _marked(parse: Parse, clause: int, word: str, none: bool = False) -> bool:
    """Whether a clause is opened by that subordinator; ``none`` also lets it have no subordinator."""
    mark = parse.child(clause, "mark")
    return none if mark is None else parse.lower[mark] == word


def _between_commas(parse: Parse, cue: int, more: frozenset[int]) -> bool:
    lo, hi = parse.left[cue], parse.right[cue]
    if more:  # the cue's own words end before what goes on after it
        hi = next(t for t in range(cue, hi) if parse.lower[t] == ",")
    before = lo == 0 or parse.lower[lo - 1] in (",", "”", '"', "''", "—", "–")
    after = hi >= len(parse) or parse.lower[hi] in (",", ".", "“", '"', "—", "–", ":")
    return before and after and hi - lo < 12


def _nominal(parse: Parse, noun: int) -> tuple[Complement, ...]:
    """Complements of a noun or adjective: "claims that", "reports of", "a threat to"."""
    out: list[Complement] = []
    host = parse.heads[noun]
    children = list(parse.children[noun])
    if parse.tags[noun].startswith("JJ") and parse.deps[noun] == "acomp":
        children += [c for c in parse.children[host] if c > noun]  # "is confident that", often hung on "is"
    for child in children:
        dep = parse.deps[child]
        if child < noun:
            continue
        if dep in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
            out += _noun_clause(parse, child, dep)
        elif dep == "prep":
            out += _preposition(parse, noun, child)
    return tuple(out)


def _noun_clause(parse: Parse, child: int, dep: str) -> list[Complement]:
    tokens = subtree(parse, child)
    if is_infinitive(parse, child):
        return [Complement("inf", tokens, child)]
    mark = next((c for c in parse.children[child] if parse.deps[c] == "mark" and c < child), None)
    if dep == "ccomp" and _interrogative(parse, child):
        return [Complement("wh", tokens, child)]
    if dep == "ccomp" or (mark is not None and parse.lower[mark] == "that"):
        return [Complement("clause", tokens, child)]
    return []


def agent_of(parse: Parse, cue: int) -> tuple[int, frozenset[int]] | None:
    """The "by" phrase of a passive: its head and its tokens."""
    for child in parse.children[cue]:
        if parse.deps[child] == "agent" or (parse.deps[child] == "prep" and parse.lower[child] == "by"):
            goal = parse.child(child, "pobj")
            if goal is not None:
                return goal, phrase_tokens(parse, goal, cue)
    return None


def phrase_tokens(parse: Parse, head: int, cue: int) -> frozenset[int]:
    """The noun phrase of a source without the cue's own clause and without loose punctuation at its ends."""
    tokens = subtree(parse, head)
    if cue in tokens:
        at = cue
        while parse.heads[at] != head and parse.heads[at] != at:
            at = parse.heads[at]
        tokens = tokens - subtree(parse, at) if parse.heads[at] == head else frozenset({head})
    return run_around(tokens, head, parse)


def run_around(tokens: frozenset[int], head: int, parse: Parse) -> frozenset[int]:
    """The unbroken run of tokens around the head, without punctuation at its ends."""
    lo = hi = head
    while lo - 1 in tokens:
        lo -= 1
    while hi + 1 in tokens:
        hi += 1
    while lo < head and parse.deps[lo] == "punct":
        lo += 1
    while hi > head and parse.deps[hi] == "punct" and not (parse.lower[hi] == ")" and "(" in parse.lower[lo:hi]):
        hi -= 1
    return frozenset(range(lo, hi + 1))
