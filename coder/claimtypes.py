"""How one event mention is claimed: one of 20 claim types by the outermost cue, with its overrides (CODEBOOK 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from .claimed_event import (
    ARMED_SOURCES,
    OWN_PRONOUNS,
    SECURITY_SOURCES,
    ClaimedEvent,
    claimed_event,
    in_content,
    is_behind,
    is_cue,
    own_agent,
    own_patient,
)
from .complements import is_passive
from .cues import Cues
from .factuality import (
    TOLD,
    VOWS,
    WILL,
    factuality_at_author,
    factuality_at_source,
    innermost_type,
    only_modal,
    projected,
    status_after,
)
from .interest import FRIENDS, Interest
from .records import Attribution, Parse, Reading, Span, Status

_PLAIN = frozenset({"report", "claim", "announcement", "assessment"})
_PRESUPPOSING = frozenset({"claim_of_responsibility", "evaluation", "admission", "stance", "accusation"})
_ANNOUNCERS = frozenset({"say", "announce", "state", "add", "declare", "tell", "confirm", "report"})
_BACKGROUND = frozenset({"after", "following", "under", "despite", "since"})
_MEANS = frozenset({"with", "by", "through"})
MAX_CHAIN = 5


def chain_over(attributions: Sequence[Attribution], trigger: Span) -> tuple[Attribution, ...]:
    """The attributions whose content holds the trigger, outermost first.

    Args:
        attributions: all attributions of the article.
        trigger: the trigger's article offsets.

    Returns:
        At most five, outermost first; empty when the article says it in its own voice.
    """
    over = [
        a
        for a in attributions
        if any(s.start <= trigger.start and trigger.end <= s.end for s in a.content)
        and not (a.cue_start is not None and a.cue_end is not None and a.cue_start <= trigger.start < a.cue_end)
    ]
    over.sort(key=lambda a: (a.depth, -sum(s.end - s.start for s in a.content), a.content[0].start))
    return tuple(over[:MAX_CHAIN])


def read_claim(
    parse: Parse,
    head: int,
    trigger: Span,
    chain: Sequence[Attribution],
    status: Status,
    cues: Cues,
    interest: Interest | None = None,
) -> Reading:
    """Read how an event mention is claimed.

    Args:
        parse: the sentence of the trigger.
        head: token of the trigger's head.
        trigger: its article offsets.
        chain: the attributions over it, outermost first (:func:`chain_over`).
        status: the status by the clause alone (negation, modals, tense, conditionals, attempts).
        cues: the dictionary.
        interest: what the innermost source is to the event's parties, where it is known (:func:`relate`).

    Returns:
        The claim type, polarity, factuality at author and source, and the status after attribution.
    """
    event = claimed_event(parse, head)
    links = tuple(a for a in chain if not _says_nothing(a) and not _presupposed(parse, head, event, a, cues))
    silent = next((a for a in chain if _says_nothing(a) and a.claim_type not in _PRESUPPOSING), None)
    if not links:
        return _narration(parse, head, trigger, event, status, silent, cues)
    own = own_agent(parse, head, event, links[-1], cues)  # a pronoun in the content is the innermost source
    hurts = interest is not None and _hurts(interest)
    types = [_effective(parse, head, event, link, None, status, cues, False) for link in links[:-1]]
    types.append(_effective(parse, head, event, links[-1], own, status, cues, hurts))
    claim_type = _overall(links, types)
    if claim_type in ("report", "claim", "claim_of_responsibility") and own and status.value == "negated":
        claim_type = "denial"  # "the group said it did not carry out the attack"
    return _reading(parse, event, links, types, claim_type, status, silent, cues)


def read_account(parse: Parse, chain: tuple[Attribution, ...], cues: Cues) -> Reading:
    """Read a claim about a deed that it names by an anaphor only ("denied the allegation").

    Args:
        parse: the sentence of the account.
        chain: the attributions over the anaphor, outermost first.
        cues: the dictionary.

    Returns:
        The reading of a deed that has occurred, as the chain accounts for it.
    """
    event = ClaimedEvent(None, True, False, False, True)
    types = [link.claim_type for link in chain]
    return _reading(parse, event, chain, types, _overall(chain, types), Status("occurred"), None, cues)


def _reading(
    parse: Parse,
    event: ClaimedEvent,
    links: tuple[Attribution, ...],
    types: Sequence[str],
    claim_type: str,
    status: Status,
    silent: Attribution | None,
    cues: Cues,
) -> Reading:
    """The reading of an event by the types of the cues over it; ``silent`` is a cue that says nothing of it."""
    final = status
    for link, kind in zip(reversed(links), reversed(types), strict=True):
        final = status_after(kind, final, link, event, parse)
    if silent is not None and final.value in TOLD:
        final = Status("unknown", f"{status.evidence} not said".strip())
    return Reading(
        claim_type=claim_type,
        polarity="negative" if final.value == "negated" else "positive",
        factuality_author=factuality_at_author(links, types, status, final, cues),
        factuality_source=factuality_at_source(innermost_type(links, types), status, cues),
        status=final,
        chain=links,
        evidence=" < ".join(f"{kind}:{link.cue or link.mode}" for link, kind in zip(links, types, strict=True)),
    )


def _says_nothing(link: Attribution) -> bool:
    """A negated cue asserts nothing, unless the dictionary says what it does ("did not confirm")."""
    if link.evidence != "negated" or link.claim_type == "doubt":
        return False
    return link.claim_type != "report" or link.cue != "deny"


def _presupposed(parse: Parse, head: int, event: ClaimedEvent, link: Attribution, cues: Cues) -> bool:
    """What a promise, order or denial only mentions: "to withdraw under an accord", "…, who shelled the town"."""
    rejected = link.claim_type in ("denial", "doubt")
    if not (rejected or link.claim_type in WILL):
        return False
    if not rejected and event.nominal and _dealt_with(parse, head, link, cues):
        return True
    if link.mode == "direct":
        return False
    at = head
    for _ in range(8):
        reduced = parse.deps[at] == "acl" and parse.tags[at] == "VBN"  # "the release of ten nurses abducted in May"
        relative = (parse.deps[at] == "relcl" and event.realised) or reduced
        if rejected:  # only what is told in passing: "denied that rebels, who have shelled the town, were near"
            relative = relative and parse.lower[max(parse.left[at] - 1, 0)] == ","
        background = parse.deps[at] == "prep" and parse.lower[at] in _BACKGROUND
        if relative or background:
            return in_content(link, parse, parse.heads[at])
        if parse.heads[at] == at or parse.deps[at] in ("conj", "ccomp", "xcomp", "advcl"):
            return False
        at = parse.heads[at]
    return False


def _dealt_with(parse: Parse, head: int, link: Attribution, cues: Cues) -> bool:
    """Whether a deed is what something is to be done about: "ordered an inquiry into the massacre"."""
    at = head
    for _ in range(6):
        above = parse.heads[at]
        if above == at or is_cue(parse, above, link) or not in_content(link, parse, above):
            return False
        if parse.deps[at] == "prep" and parse.lower[at] in _MEANS:
            return False  # "to retaliate with attacks"
        if parse.lower[above] in cues.presupposing and parse.deps[at] in ("prep", "dobj", "pobj"):
            return True
        at = above
    return False


def _narration(
    parse: Parse, head: int, trigger: Span, event: ClaimedEvent, status: Status, silent: Attribution | None, cues: Cues
) -> Reading:
    if silent is not None and status.value in TOLD:
        status = Status("unknown", f"{silent.cue_text or silent.cue} negated")
    kind, strength, word = _hedge(parse, head, trigger, event, cues)
    if status.value == "predicted":
        kind = "prediction"
    return Reading(
        claim_type=kind,
        polarity="negative" if status.value == "negated" else "positive",
        factuality_author=projected(strength if strength == "Uu" else strength + "+", status),
        factuality_source=None,
        status=status,
        evidence=word,
    )


def _hedge(parse: Parse, head: int, trigger: Span, event: ClaimedEvent, cues: Cues) -> tuple[str, str, str]:
    """The author's own hedge: its claim type, strength and word ("probably", "a reported attack")."""
    found = ("narration", "CT", "")
    if event.verb is not None:
        for child in parse.children[event.verb]:
            if parse.deps[child] == "advmod" and (marker := cues.markers.get(parse.lower[child])):
                found = (*marker, parse.lower[child])
    if event.nominal:
        for child in parse.children[head]:
            marker = cues.markers.get(parse.lower[child]) if parse.deps[child] == "amod" else None
            beside = child + 1 < len(parse) and parse.starts[child + 1] == trigger.start
            if marker is not None and (beside or marker[0] == "hearsay"):  # "a suspected rebel attack": the rebels are
                found = (*marker, parse.lower[child])
    return found


def _overall(links: Sequence[Attribution], types: Sequence[str]) -> str:
    """The outermost type, after the overrides of CODEBOOK 3.2."""
    picked = types[0]
    for outer, inner, kind in zip(links, links[1:], types[1:], strict=False):
        rejected = picked in _PLAIN and kind in ("denial", "doubt")
        owned = picked in ("claim", "report") and kind == "claim_of_responsibility"
        same = picked == "report" and _same_source(outer, inner) and kind != "stance"
        adverb = picked == "hearsay" and outer.evidence == "adverb"  # a source beats "allegedly"
        if rejected or owned or same or adverb:
            picked = kind
    return picked


def _same_source(outer: Attribution, inner: Attribution) -> bool:
    """ "The mission said it feared …": the inner source is the outer one."""
    if inner.source.text is None or inner.depth <= outer.depth:
        return False
    if inner.source.text.lower() in OWN_PRONOUNS:
        return True
    return bool(inner.source.name) and inner.source.name == outer.source.name


def _hurts(interest: Interest) -> bool:
    """Whether it hurts a source to say so: its own side did it, or it is the other side's gain."""
    return interest.relation_to_actor in FRIENDS or interest.interest == "against_interest"


def _effective(
    parse: Parse,
    head: int,
    event: ClaimedEvent,
    link: Attribution,
    own: bool | None,
    status: Status,
    cues: Cues,
    hurts: bool,
) -> str:
    """The type of one cue over this event: the dictionary's, after the disambiguations of CODEBOOK 3.2."""
    kind = link.claim_type
    if event.verb is not None and (is_cue(parse, event.verb, link) or not in_content(link, parse, event.verb)):
        event = ClaimedEvent(event.verb, False, False, False, event.nominal)  # "warned of attacks"
    word = parse.lower[event.verb] if event.verb is not None else ""
    adverse = word in cues.adverse or parse.lower[head] in cues.adverse
    if kind in WILL:
        if event.realised and status.value in TOLD:
            return cues.realised.get(link.cue) or ("assessment" if kind == "prediction" else "report")
        if kind == "prediction" and own and event.future:
            return "threat" if adverse else "commitment"
        if kind == "commitment" and link.cue in VOWS and adverse and status.value != "negated":
            return "threat"
        return kind
    if kind in _PLAIN and status.value == "planned" and "imperative" in status.evidence.split():
        return "directive"
    if kind in ("report", "claim") and not event.realised and event.hedged:
        if event.future and _enforces(parse, event, link, cues):
            return "threat" if status.value not in ("negated", "hypothetical") else kind
        if own and event.future:
            return "threat" if adverse and status.value != "negated" else "commitment"
        open_ = status.value in ("predicted", "planned", "occurred") or only_modal(status)
        return "prediction" if open_ and not own else kind
    return _assertive(parse, head, event, link, own, cues, hurts)


def _enforces(parse: Parse, event: ClaimedEvent, link: Attribution, cues: Cues) -> bool:
    """An official who says that somebody "will be arrested" speaks of what his own side will do."""
    verb = event.verb
    if verb is None or parse.lower[verb] not in cues.enforced or not is_passive(parse, verb):
        return False
    agent = any(parse.deps[c] == "agent" for c in parse.children[verb])
    return not agent and link.source.source_type in SECURITY_SOURCES | {"local_official", "court"} - {"combatant"}


def _assertive(
    parse: Parse, head: int, event: ClaimedEvent, link: Attribution, own: bool | None, cues: Cues, hurts: bool
) -> str:
    kind = link.claim_type
    behind = is_behind(parse, head)
    word = parse.lower[event.verb] if event.verb is not None else ""
    if own and (kind in ("report", "admission", "confirmation") or (kind == "claim" and behind)):
        carried = word.startswith("carr") or behind
        armed = link.source.source_type in ARMED_SOURCES or (
            link.source.source_type == "unspecified" and link.source.anonymity != "unspecified"
        )
        if (carried and (armed or kind != "admission")) or (
            armed and kind == "report" and word in cues.responsible and link.cue in _ANNOUNCERS
        ):
            return "claim_of_responsibility"
    if kind == "admission" and own is False and not hurts and not own_patient(parse, event, link, cues):
        return "confirmation"
    if kind == "accusation" and own and link.cue == "allege":
        return "claim"
    if kind == "stance":
        return "evaluation" if event.nominal and not event.realised else "report"
    return kind
