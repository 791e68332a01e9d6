"""Two statements of one source: "denied that troops had fled and said they had won".

The parser hangs the second verb below the first one's clause, as if the troops had said it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .contents import Draft
from .records import Parse, Span

_STATEMENTS = frozenset({"report", "claim", "confirmation", "accusation", "announcement"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def part_statements(parse: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """Give a statement that is coordinated with a denial's clause back to the one who denies.

    Who denies a deed says in the same breath what happened instead; that those whose deed is denied say something
    would be a strange thing to deny. Other cues stay ambiguous and keep the parse.

    Args:
        parse: the sentence.
        drafts: its attributions.

    Returns:
        The attributions in the same order; the denial's content ends before the second statement.
    """
    out = list(drafts)
    at = {k: _verb(parse, draft) for k, draft in enumerate(drafts)}
    for k, inner in at.items():
        if inner is None or not _bare_conjunct(parse, inner) or out[k].claim_type not in _STATEMENTS:
            continue
        clause = parse.heads[inner]
        for n, outer in at.items():
            above = outer is not None and parse.deps[clause] == "ccomp" and parse.heads[clause] == outer
            if above and out[n].claim_type == "denial" and parse.tags[inner] in _FINITE:
                out[k] = replace(out[k], mention=out[n].mention)
                out[n] = replace(out[n], content=_before(parse, out[n].content, inner))
    return out


def _verb(parse: Parse, draft: Draft) -> int | None:
    """The verb of a cue."""
    if draft.cue is None:
        return None
    inside = (t for t in range(len(parse)) if draft.cue.start <= parse.starts[t] < draft.cue.end)
    return next((t for t in inside if parse.tags[t].startswith("VB")), None)


def _bare_conjunct(parse: Parse, verb: int) -> bool:
    """A coordinated verb without a subject and auxiliary of its own."""
    own = any(parse.deps[c] in ("nsubj", "nsubjpass", "aux", "auxpass", "mark") for c in parse.children[verb])
    return parse.deps[verb] == "conj" and not own


def _before(parse: Parse, content: Sequence[Span], verb: int) -> tuple[Span, ...]:
    end = verb
    while end > 0 and (parse.deps[end - 1] in ("cc", "punct", "advmod", "neg")):
        end -= 1
    stop = parse.ends[end - 1]
    return tuple(Span(s.start, min(s.end, stop)) for s in content if s.start < stop)
