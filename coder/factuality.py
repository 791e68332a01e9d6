"""What a source does to an event's status and factuality (CODEBOOK 3.4, 3.5).

The status is that of the event's clause, changed by one cue after the other from the inside out; factuality is
projected to the author and to the source.
"""

from __future__ import annotations

from collections.abc import Sequence

from .claimed_event import MODALS, ClaimedEvent, is_cue
from .cues import Cues
from .records import Attribution, Parse, Status
from .status import REALISED

WILL = frozenset({"threat", "commitment", "directive", "prediction"})  # claim types about what is not yet
VOWS = frozenset({"vow", "pledge", "promise", "swear", "warn", "say", "announce", "declare", "insist", "tell", "add"})
TOLD = REALISED | {"habitual"}  # statuses of what is told as a fact
_UNREAL = frozenset({"planned", "hypothetical", "not_applicable"})


def status_after(kind: str, status: Status, link: Attribution, event: ClaimedEvent, parse: Parse) -> Status:
    """The status after one cue, from the inside out (CODEBOOK 3.4)."""
    value, cue = status.value, link.cue_text or link.cue
    if kind == "denial":
        return Status("unknown" if value == "negated" else "negated", f"{cue} {status.evidence}".strip())
    if kind == "doubt":
        return Status("unknown", f"{cue} {status.evidence}".strip())
    if kind == "hearsay" and value in TOLD and event.nominal and link.evidence != "adverb":
        bare = event.verb is None or not event.realised or _is_outside(link) or is_cue(parse, event.verb, link)
        return Status("unknown", cue) if bare else status
    if value == "negated":
        return status
    if kind == "prediction":
        settled = value in ("hypothetical", "unknown", "threatened") and not only_modal(status)
        return status if settled else Status("predicted", cue)
    if kind == "threat":
        return Status("threatened", cue)
    if kind in ("commitment", "directive"):
        if kind == "commitment" and value == "threatened" and link.cue in VOWS:
            return Status("planned", cue)  # "vowed to withdraw"
        if kind == "commitment" and event.future and not {"if", "unless"} & set(status.evidence.split()):
            return Status("planned", cue)
        return Status("planned", cue) if value not in ("hypothetical", "threatened", "predicted") else status
    return status


def _is_outside(link: Attribution) -> bool:
    """The verb that governs the event noun is not part of the hearsay: "reports of clashes emerged"."""
    return link.cue in ("report", "word", "news", "talk", "rumour", "rumor", "speculation")


def only_modal(status: Status) -> bool:
    """Hypothetical by a modal alone ("might attack"), not by a condition."""
    return status.value == "hypothetical" and set(status.evidence.split()) <= MODALS


def innermost_type(links: Sequence[Attribution], types: Sequence[str]) -> str:
    """The type by the innermost source that the text names, else by the innermost cue."""
    pairs = list(zip(links, types, strict=True))
    named = [k for k, (link, _) in enumerate(pairs) if link.source.text is not None]
    below = pairs[named[-1] if named else 0 :]
    if any(kind == "hearsay" for _, kind in below):
        return "hearsay"  # "the mission said it had received reports of clashes"
    judged = [kind for link, kind in below if link.evidence == "judged"]
    return judged[-1] if judged else types[named[-1]] if named else types[-1]


def factuality_at_source(kind: str, status: Status, cues: Cues) -> str | None:
    """How sure the source is by the claim type over a clause of that status; None when the type does not tell."""
    base = cues.types[kind].factuality_source
    if kind not in WILL and kind != "doubt" and status.value in _UNREAL:
        return "Uu"  # "analysts believe that rebels plan to attack" says nothing of an attack
    if kind == "commitment" and status.value == "threatened":
        status = Status("planned", status.evidence)  # "vowed to withdraw"
    return projected(base, status) if base else None


def factuality_at_author(
    links: Sequence[Attribution], types: Sequence[str], status: Status, final: Status, cues: Cues
) -> str:
    """The weakest commitment of the chain; a cue without any source is the author's own hedge."""
    values = [
        cues.types[kind].factuality_source
        if link.source.text is None and link.evidence == "raising"
        else cues.types[kind].factuality_author
        for link, kind in zip(links, types, strict=True)
    ]
    if any(value in ("Uu", "") for value in values):
        return "Uu"
    if final.value in _UNREAL:
        return "Uu"
    weakest = min(values, key=("PS+", "PR+", "CT+").index)
    return projected(weakest, final)


def projected(base: str, status: Status) -> str:
    """A cue's value over a clause of that status (CODEBOOK 3.5)."""
    if base in ("Uu", "CTu"):
        return base
    if status.value == "negated":
        return base[:2] + ("-" if base[2:] == "+" else "+")
    if status.value in ("predicted", "threatened"):
        return "PS" + base[2:]
    if status.value == "attempted":
        return "Uu"  # "tried to seize": whether it succeeded is not said
    if status.value in _UNREAL or status.value == "unknown":
        return base if base in ("PR+", "PS+", "PS-") else "Uu"
    return base
