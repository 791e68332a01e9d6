"""Claim types, polarity, factuality and the status after attribution, for one event mention.

Implements CODEBOOK 3.2 (one of 20 claim types by the outermost cue, with its overrides), 3.4 (what a source
does to the status) and 3.5 (projection of factuality to the author and to the source).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .complements import is_infinitive, is_passive
from .cues import Cues
from .interest import FRIENDS, Interest
from .records import Attribution, Parse, Reading, Span, Status

_REALISED = frozenset({"occurred", "ongoing", "attempted", "habitual"})
_UNREAL = frozenset({"planned", "hypothetical", "not_applicable"})
_WILL = frozenset({"threat", "commitment", "directive", "prediction"})
_PLAIN = frozenset({"report", "claim", "announcement", "assessment"})
_PRESUPPOSING = frozenset({"claim_of_responsibility", "evaluation", "admission", "stance", "accusation"})
_VOWS = frozenset({"vow", "pledge", "promise", "swear", "warn", "say", "announce", "declare", "insist", "tell", "add"})
_ARMED = frozenset({"rebel_or_militia", "combatant", "media_embedded_with_party", "military_official_claimed"})
_OWN_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i"})
_OWN_POSSESSIVES = frozenset({"its", "their", "our", "his", "her", "my"})
_SECURITY = frozenset({"military_official", "police_official", "state_official", "rebel_or_militia", "combatant"})
_MODALS = frozenset({"will", "would", "shall", "'ll", "could", "may", "might", "can", "must", "should"})
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll"})
_HEDGES = frozenset({"may", "might", "could", *_FUTURE})
_ANNOUNCERS = frozenset({"say", "announce", "state", "add", "declare", "tell", "confirm", "report"})
_BACKGROUND = frozenset({"after", "following", "under", "despite", "since"})
MAX_CHAIN = 5


@dataclass(frozen=True, slots=True)
class _Event:
    """The trigger as the cues see it."""

    verb: int | None  # the verb that carries the event: the trigger, or what governs an event noun
    realised: bool  # stated as a past or present fact
    future: bool  # under will, would and the like
    hedged: bool  # under may, might, could, will, would
    nominal: bool


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
    event = _event(parse, head)
    links = tuple(a for a in chain if not _says_nothing(a) and not _presupposed(parse, head, event, a))
    silent = next((a for a in chain if _says_nothing(a) and a.claim_type not in _PRESUPPOSING), None)
    if not links:
        return _narration(parse, head, trigger, event, status, silent, cues)
    owns: list[bool | None] = [None] * (len(links) - 1)  # a pronoun in the content is the innermost source
    owns.append(_own_agent(parse, head, event, links[-1], cues))
    hurts = [False] * (len(links) - 1) + [interest is not None and _hurts(interest)]
    types = [
        _effective(parse, head, event, link, own, status, cues, hurt)
        for link, own, hurt in zip(links, owns, hurts, strict=True)
    ]
    claim_type = _overall(links, types)
    if claim_type in ("report", "claim", "claim_of_responsibility") and owns[-1] and status.value == "negated":
        claim_type = "denial"  # "the group said it did not carry out the attack"
    final = status
    for link, kind in zip(reversed(links), reversed(types), strict=True):
        final = _after(kind, final, link, event, parse)
    if silent is not None and final.value in _REALISED:
        final = Status("unknown", f"{status.evidence} not said".strip())
    return Reading(
        claim_type=claim_type,
        polarity="negative" if final.value == "negated" else "positive",
        factuality_author=_at_author(links, types, status, final, cues),
        factuality_source=_at_source(_innermost(links, types), status, cues),
        status=final,
        chain=links,
        evidence=" < ".join(f"{kind}:{link.cue or link.mode}" for link, kind in zip(links, types, strict=True)),
    )


def read_account(parse: Parse, chain: tuple[Attribution, ...], cues: Cues) -> Reading:
    """Read a claim about a deed that it names by an anaphor only ("denied the allegation").

    Args:
        parse: the sentence of the account.
        chain: the attributions over the anaphor, outermost first.
        cues: the dictionary.

    Returns:
        The reading of a deed that has occurred, as the chain accounts for it.
    """
    status = Status("occurred")
    final, event = status, _Event(None, True, False, False, True)
    types = [link.claim_type for link in chain]
    for link in reversed(chain):
        final = _after(link.claim_type, final, link, event, parse)
    return Reading(
        claim_type=_overall(chain, types),
        polarity="negative" if final.value == "negated" else "positive",
        factuality_author=_at_author(chain, types, status, final, cues),
        factuality_source=_at_source(_innermost(chain, types), status, cues),
        status=final,
        chain=chain,
        evidence=" < ".join(f"{link.claim_type}:{link.cue}" for link in chain),
    )


def _says_nothing(link: Attribution) -> bool:
    """A negated cue asserts nothing, unless the dictionary says what it does ("did not confirm")."""
    if link.evidence != "negated" or link.claim_type == "doubt":
        return False
    return link.claim_type != "report" or link.cue != "deny"


def _presupposed(parse: Parse, head: int, event: _Event, link: Attribution) -> bool:
    """What a promise, order or threat only mentions: "to withdraw under an accord", "a call that each has rejected"."""
    rejected = link.claim_type in ("denial", "doubt")
    if not (rejected or link.claim_type in _WILL) or link.mode == "direct":
        return False
    at = head
    for _ in range(8):
        relative = parse.deps[at] == "relcl" and event.realised
        if rejected:  # only what is told in passing: "denied that rebels, who have shelled the town, were near"
            relative = relative and parse.lower[max(parse.left[at] - 1, 0)] == ","
        background = not rejected and parse.deps[at] == "prep" and parse.lower[at] in _BACKGROUND
        if relative or background:
            return _holds(link, parse, parse.heads[at])
        if parse.heads[at] == at or parse.deps[at] in ("conj", "ccomp", "xcomp", "advcl"):
            return False
        at = parse.heads[at]
    return False


def _narration(
    parse: Parse, head: int, trigger: Span, event: _Event, status: Status, silent: Attribution | None, cues: Cues
) -> Reading:
    if silent is not None and status.value in _REALISED:
        status = Status("unknown", f"{silent.cue_text or silent.cue} negated")
    kind, strength, word = _hedge(parse, head, trigger, event, cues)
    if status.value == "predicted":
        kind = "prediction"
    return Reading(
        claim_type=kind,
        polarity="negative" if status.value == "negated" else "positive",
        factuality_author=_projected(strength if strength == "Uu" else strength + "+", status),
        factuality_source=None,
        status=status,
        evidence=word,
    )


def _hedge(parse: Parse, head: int, trigger: Span, event: _Event, cues: Cues) -> tuple[str, str, str]:
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
    if inner.source.text.lower() in _OWN_PRONOUNS:
        return True
    return bool(inner.source.name) and inner.source.name == outer.source.name


def _hurts(interest: Interest) -> bool:
    """Whether it hurts a source to say so: its own side did it, or it is the other side's gain."""
    return interest.relation_to_actor in FRIENDS or interest.interest == "against_interest"


def _effective(
    parse: Parse,
    head: int,
    event: _Event,
    link: Attribution,
    own: bool | None,
    status: Status,
    cues: Cues,
    hurts: bool,
) -> str:
    """The type of one cue over this event: the dictionary's, after the disambiguations of CODEBOOK 3.2."""
    kind = link.claim_type
    if event.verb is not None and (_is_cue(parse, event.verb, link) or not _holds(link, parse, event.verb)):
        event = _Event(event.verb, False, False, False, event.nominal)  # "warned of attacks"
    word = parse.lower[event.verb] if event.verb is not None else ""
    adverse = word in cues.adverse or parse.lower[head] in cues.adverse
    if kind in _WILL:
        if event.realised and status.value in _REALISED:
            return cues.realised.get(link.cue) or ("assessment" if kind == "prediction" else "report")
        if kind == "prediction" and own and event.future:
            return "threat" if adverse else "commitment"
        if kind == "commitment" and link.cue in _VOWS and adverse and status.value != "negated":
            return "threat"
        return kind
    if kind in _PLAIN and status.value == "planned" and "imperative" in status.evidence.split():
        return "directive"
    if kind in ("report", "claim") and not event.realised and event.hedged:
        if event.future and _enforces(parse, event, link, cues):
            return "threat" if status.value not in ("negated", "hypothetical") else kind
        if own and event.future:
            return "threat" if adverse and status.value != "negated" else "commitment"
        open_ = status.value in ("predicted", "planned", "occurred") or _only_modal(status)
        return "prediction" if open_ and not own else kind
    return _assertive(parse, head, event, link, own, cues, hurts)


def _enforces(parse: Parse, event: _Event, link: Attribution, cues: Cues) -> bool:
    """An official who says that somebody "will be arrested" speaks of what his own side will do."""
    verb = event.verb
    if verb is None or parse.lower[verb] not in cues.enforced or not is_passive(parse, verb):
        return False
    agent = any(parse.deps[c] == "agent" for c in parse.children[verb])
    return not agent and link.source.source_type in _SECURITY | {"local_official", "court"} - {"combatant"}


def _only_modal(status: Status) -> bool:
    """Hypothetical by a modal alone ("might attack"), not by a condition."""
    return status.value == "hypothetical" and set(status.evidence.split()) <= _MODALS


def _holds(link: Attribution, parse: Parse, token: int) -> bool:
    return any(s.start <= parse.starts[token] < s.end for s in link.content)


def _assertive(
    parse: Parse, head: int, event: _Event, link: Attribution, own: bool | None, cues: Cues, hurts: bool
) -> str:
    kind = link.claim_type
    behind = _behind(parse, head)
    word = parse.lower[event.verb] if event.verb is not None else ""
    if own and (kind in ("report", "admission", "confirmation") or (kind == "claim" and behind)):
        carried = word.startswith("carr") or behind
        armed = link.source.source_type in _ARMED or (
            link.source.source_type == "unspecified" and link.source.anonymity != "unspecified"
        )
        if (carried and (armed or kind != "admission")) or (
            armed and kind == "report" and word in cues.responsible and link.cue in _ANNOUNCERS
        ):
            return "claim_of_responsibility"
    if kind == "admission" and own is False and not hurts and not _own_patient(parse, event, link, cues):
        return "confirmation"
    if kind == "accusation" and own and link.cue == "allege":
        return "claim"
    if kind == "stance":
        return "evaluation" if event.nominal and not event.realised else "report"
    return kind


def _event(parse: Parse, head: int) -> _Event:
    nominal = not parse.tags[head].startswith(("VB", "MD"))
    verb = head if not nominal else _governor(parse, head)
    if verb is None:
        return _Event(None, False, False, False, nominal)
    at = verb
    for _ in range(4):  # coordinated and controlled verbs take their tense from the one above
        own = any(parse.deps[c] in ("aux", "auxpass", "nsubj", "nsubjpass", "mark") for c in parse.children[at])
        if own or parse.deps[at] != "conj" or parse.tags[at] in ("VBD", "VBZ", "VBP"):
            break
        at = parse.heads[at]
    auxiliaries = {parse.lower[c] for c in parse.children[at] if parse.deps[c] in ("aux", "auxpass")}
    modal = bool(auxiliaries & _MODALS)
    perfect = bool(auxiliaries & {"have", "had", "has", "'ve", "having"})
    finite = parse.tags[at] in ("VBD", "VBZ", "VBP") or bool(auxiliaries & {"was", "were", "had", "has", "did", "is"})
    finite = finite or bool(auxiliaries & {"are", "have", "been", "do", "does", "'s", "'ve", "’s"})
    realised = perfect if modal or is_infinitive(parse, at) else finite
    return _Event(
        verb,
        realised,
        bool(auxiliaries & _FUTURE),
        modal and bool(auxiliaries & _HEDGES) and not perfect,
        nominal,
    )


def _governor(parse: Parse, noun: int) -> int | None:
    """The verb that an event noun is an argument of."""
    at = noun
    for _ in range(6):
        up = parse.heads[at]
        if up == at:
            return None
        if parse.tags[up].startswith("VB"):
            return up
        at = up
    return None


def _behind(parse: Parse, head: int) -> bool:
    prep = parse.heads[head]
    return parse.deps[head] == "pobj" and parse.lower[prep] == "behind"


def _own_agent(parse: Parse, head: int, event: _Event, link: Attribution, cues: Cues) -> bool | None:
    """Whether the event's agent is the source or its side; None when the sentence does not show it."""
    owner = parse.child(head, "poss") if event.nominal else None
    if owner is not None:
        return parse.lower[owner] in _OWN_POSSESSIVES or _same_name(parse, owner, link)
    verb = event.verb
    if verb is None or _is_cue(parse, verb, link):
        return None
    at = verb
    for _ in range(5):
        if is_passive(parse, at) and at == verb:
            agent = next((c for c in parse.children[at] if parse.deps[c] == "agent"), None)
            goal = parse.child(agent, "pobj") if agent is not None else None
            return _is_own(parse, goal, link, cues) if goal is not None else None
        subject = parse.child(at, "nsubj", "nsubjpass")
        if subject is not None:
            return _is_own(parse, subject, link, cues)
        if parse.deps[at] not in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "prep") or parse.heads[at] == at:
            return None
        at = parse.heads[at]
        if _is_cue(parse, at, link):
            goal = parse.child(at, "dobj")
            return goal is None or goal > verb
    return None


def _is_cue(parse: Parse, token: int, link: Attribution) -> bool:
    if link.cue_start is None or link.cue_end is None:
        return False
    return link.cue_start <= parse.starts[token] < link.cue_end


def _is_own(parse: Parse, token: int, link: Attribution, cues: Cues) -> bool:
    word = parse.lower[token]
    if word in _OWN_PRONOUNS:
        return True
    owner = parse.child(token, "poss")
    if owner is not None:
        return parse.lower[owner] in _OWN_POSSESSIVES or _same_name(parse, owner, link)
    if _same_name(parse, token, link):
        return True
    modified = any(parse.deps[c] in ("amod", "compound", "nmod") for c in parse.children[token])
    if word in cues.own_armed:
        return not modified and link.source.source_type in _ARMED
    return word in cues.own_side and not modified and link.source.source_type in _SECURITY


def _same_name(parse: Parse, token: int, link: Attribution) -> bool:
    if not parse.tags[token].startswith("NN"):
        return False
    name = (link.source.name or link.source.text or "").lower()
    return bool(name) and parse.lower[token] in name.split() and len(parse.lower[token]) > 2


def _own_patient(parse: Parse, event: _Event, link: Attribution, cues: Cues) -> bool:
    if event.verb is None:
        return False
    harmed = parse.child(event.verb, "nsubjpass", "dobj", "nsubj")
    return harmed is not None and parse.lower[harmed] not in _OWN_PRONOUNS and _is_own(parse, harmed, link, cues)


def _after(kind: str, status: Status, link: Attribution, event: _Event, parse: Parse) -> Status:
    """The status after one cue, from the inside out (CODEBOOK 3.4)."""
    value, cue = status.value, link.cue_text or link.cue
    if kind == "denial":
        return Status("unknown" if value == "negated" else "negated", f"{cue} {status.evidence}".strip())
    if kind == "doubt":
        return Status("unknown", f"{cue} {status.evidence}".strip())
    if kind == "hearsay" and value in _REALISED and event.nominal and link.evidence != "adverb":
        bare = event.verb is None or not event.realised or _is_outside(link) or _is_cue(parse, event.verb, link)
        return Status("unknown", cue) if bare else status
    if value == "negated":
        return status
    if kind == "prediction":
        settled = value in ("hypothetical", "unknown", "threatened") and not _only_modal(status)
        return status if settled else Status("predicted", cue)
    if kind == "threat":
        return Status("threatened", cue)
    if kind in ("commitment", "directive"):
        if kind == "commitment" and value == "threatened" and link.cue in _VOWS:
            return Status("planned", cue)  # "vowed to withdraw"
        if kind == "commitment" and event.future and not {"if", "unless"} & set(status.evidence.split()):
            return Status("planned", cue)
        return Status("planned", cue) if value not in ("hypothetical", "threatened", "predicted") else status
    return status


def _innermost(links: Sequence[Attribution], types: Sequence[str]) -> str:
    """The type by the innermost source that the text names, else by the innermost cue."""
    pairs = list(zip(links, types, strict=True))
    named = [k for k, (link, _) in enumerate(pairs) if link.source.text is not None]
    below = pairs[named[-1] if named else 0 :]
    if any(kind == "hearsay" for _, kind in below):
        return "hearsay"  # "the mission said it had received reports of clashes"
    judged = [kind for link, kind in below if link.evidence == "judged"]
    return judged[-1] if judged else types[named[-1]] if named else types[-1]


def _is_outside(link: Attribution) -> bool:
    """The verb that governs the event noun is not part of the hearsay: "reports of clashes emerged"."""
    return link.cue in ("report", "word", "news", "talk", "rumour", "rumor", "speculation")


def _at_source(kind: str, status: Status, cues: Cues) -> str | None:
    base = cues.types[kind].factuality_source
    if kind not in _WILL and kind != "doubt" and status.value in _UNREAL:
        return "Uu"  # "analysts believe that rebels plan to attack" says nothing of an attack
    if kind == "commitment" and status.value == "threatened":
        status = Status("planned", status.evidence)  # "vowed to withdraw"
    return _projected(base, status) if base else None


def _at_author(links: Sequence[Attribution], types: Sequence[str], status: Status, final: Status, cues: Cues) -> str:
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
    return _projected(weakest, final)


def _projected(base: str, status: Status) -> str:
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
