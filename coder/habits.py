"""General statements: what is told as a rate or as what is usual, and of no single day (CODEBOOK 3.4, habitual)."""

from __future__ import annotations

from .records import Parse
from .status_cues import StatusCues
from .subjects import is_passive

_EACH = frozenset({"each", "every"})
_FROM_THEN = frozenset("ago after later before earlier long old and -".split())  # "a day after", "a day-old siege"
_ANYBODY = frozenset({"anyone", "anybody", "those"})
_COUNTED = frozenset("dozens scores tens hundreds thousands millions".split())
_BE = frozenset({"is", "are", "'s", "'re"})


def general(parse: Parse, head: int, nominal: bool, cues: StatusCues) -> list[tuple[str, str]]:
    """What makes a statement about the trigger ``head`` a general one.

    Headlines tell single events in the simple present, so the tense alone decides nothing: a rate does ("ten people a
    week"), "whenever", "anyone who", a present passive of nobody in particular at no named place.

    Args:
        parse: the sentence.
        head: token of the trigger's head.
        nominal: whether the trigger is a noun.
        cues: the status dictionary; its kind "period" holds the units of rates, with "habitual" in its first column
            where "each" makes even the past a habit.

    Returns:
        A status and the words that decided, or nothing.
    """
    present = not nominal and _simple_present(parse, head)
    if rate := _rate(parse, head, present, cues):
        return [("habitual", rate)]
    if nominal:
        return [("habitual", "general subject")] if _defined(parse, head) else []
    if not present:
        return []
    if (found := _any_doer(parse, head)) is not None:
        return [found]
    if _whenever(parse, head):
        return [("habitual", "when")]
    return [("habitual", "general passive")] if _general_passive(parse, head) else []


def _simple_present(parse: Parse, verb: int) -> bool:
    helpers = [c for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")]
    if parse.tags[verb] in ("VBP", "VBZ"):
        return not helpers
    return is_passive(parse, verb) and [parse.lower[c] in _BE for c in helpers] == [True]


def _rate(parse: Parse, head: int, present: bool, cues: StatusCues) -> str:
    """ "Five a day", "per month", "each year", "on average", "on a daily basis": the words, or ""."""
    for k in range(1, len(parse.words)):
        word, before = parse.lower[k], parse.lower[k - 1]
        if not cues.knows("period", word) or not _modifies(parse, k, head):
            continue
        after = parse.lower[k + 1] if k + 1 < len(parse.words) else ""
        counted = k > 1 and (parse.tags[k - 2].startswith("NN") or parse.tags[k - 2] == "CD")
        ever = before in _EACH and (present or bool(cues.of("period", word, False)))
        daily = word != "average" and parse.tags[k] in ("JJ", "RB") and (after == "basis" or present)
        if before == "per" or ever or (before in ("a", "an") and counted and after not in _FROM_THEN):
            return f"{before} {word}"
        if daily or f"{before} {word}" == "on average":
            return word
    return ""


def _modifies(parse: Parse, token: int, head: int) -> bool:
    """Whether a word belongs to the trigger's own clause: no other verb than one of being stands between them."""
    at = token
    for _ in range(6):
        above = parse.heads[at]
        if head in (at, above):
            return True
        if above == at:
            return False
        at = above
        if parse.tags[at].startswith(("VB", "MD")):
            return parse.lower[at] in _BE and parse.heads[head] == at and parse.deps[head] == "attr"
    return False


def _bare(parse: Parse, noun: int) -> bool:
    """A noun that nothing singles out: no article, owner, number or name stands before it."""
    kinds = ("det", "poss", "nummod", "predet", "quantmod")
    before = [c for c in parse.children[noun] if c < noun]
    return not any(parse.deps[c] in kinds or parse.tags[c].startswith("NNP") for c in before)


def _defined(parse: Parse, noun: int) -> bool:
    """ "Kidnapping of foreigners is a lucrative business": what is said of the kind, not of one."""
    verb = parse.heads[noun]
    if parse.deps[noun] != "nsubj" or parse.lower[verb] not in _BE or not _bare(parse, noun):
        return False
    said = parse.child(verb, "attr")
    return said is not None and parse.tags[said] in ("NN", "NNS")


def _any_doer(parse: Parse, verb: int) -> tuple[str, str] | None:
    """ "Anyone who attacks" supposes an attack; "soldiers who shoot civilians are rarely punished" tells of a habit."""
    subject, party = parse.child(verb, "nsubj", "nsubjpass"), parse.heads[verb]
    if parse.deps[verb] != "relcl" or subject is None or parse.lower[subject] not in ("who", "that"):
        return None
    if parse.lower[party] in _ANYBODY:
        return "hypothetical", f"{parse.lower[party]} {parse.lower[subject]}"
    general_doer = parse.tags[party] == "NNS" and _bare(parse, party) and parse.deps[party] in ("nsubj", "nsubjpass")
    main = parse.heads[party]
    if general_doer and (_simple_present(parse, main) or any(parse.tags[c] == "MD" for c in parse.children[main])):
        return "habitual", f"{parse.lower[party]} {parse.lower[subject]}"
    return None


def _whenever(parse: Parse, verb: int) -> bool:
    """ "Whenever crowds gather, police fire", "when troops are attacked, they call for aircraft": both clauses."""
    clauses = [verb, *(c for c in parse.children[verb] if parse.deps[c] == "advcl")]
    for clause in clauses:
        openers = {parse.lower[c] for c in parse.children[clause] if parse.deps[c] in ("advmod", "mark")}
        if "whenever" in openers:
            return True
        if "when" in openers and _simple_present(parse, clause) and parse.tags[clause] == "VBN":
            main = parse.heads[clause]
            return _simple_present(parse, main) or any(parse.tags[c] == "MD" for c in parse.children[main])
    return False


def _general_passive(parse: Parse, verb: int) -> bool:
    """ "Journalists are killed with impunity": a plural of nobody in particular, at no named place."""
    subject = parse.child(verb, "nsubjpass")
    if parse.tags[verb] != "VBN" or parse.deps[verb] != "ROOT" or subject is None or parse.tags[subject] != "NNS":
        return False
    return (
        parse.lower[subject] not in _COUNTED
        and _bare(parse, subject)
        and not any(tag.startswith("NNP") for tag in parse.tags)
    )
