"""The event of a claim as its cue sees it: in which tense it is told, and whether it is the source's own deed."""

from __future__ import annotations

from dataclasses import dataclass

from .complements import is_passive
from .cues import Cues
from .records import Attribution, Parse
from .subjects import is_infinitive

MODALS = frozenset({"will", "would", "shall", "'ll", "could", "may", "might", "can", "must", "should"})
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll"})
_HEDGES = frozenset({"may", "might", "could", *_FUTURE})
OWN_PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i"})
_OWN_POSSESSIVES = frozenset({"its", "their", "our", "his", "her", "my"})
_FIRST_PERSON = frozenset({"we", "i", "our", "my"})
_CIRCUMSTANCES = frozenset({"after", "following", "since", "before", "despite", "amid", "during", "over"})
_ANSWERS = frozenset({"response", "retaliation", "reply", "reaction", "answer", "responded", "responding", "due"})
ARMED_SOURCES = frozenset({"rebel_or_militia", "combatant", "media_embedded_with_party", "military_official_claimed"})
SECURITY_SOURCES = frozenset(
    {"military_official", "police_official", "state_official", "rebel_or_militia", "combatant"}
)


@dataclass(frozen=True, slots=True)
class ClaimedEvent:
    """The trigger as the cues see it."""

    verb: int | None  # the verb that carries the event: the trigger, or what governs an event noun
    realised: bool  # stated as a past or present fact
    future: bool  # under will, would and the like
    hedged: bool  # under may, might, could, will, would
    nominal: bool


def claimed_event(parse: Parse, head: int) -> ClaimedEvent:
    """The event named by the trigger ``head``, with the tense of the clause that carries it."""
    nominal = not parse.tags[head].startswith(("VB", "MD"))
    verb = head if not nominal else _governor(parse, head)
    if verb is None:
        return ClaimedEvent(None, False, False, False, nominal)
    at = verb
    for _ in range(4):  # coordinated and controlled verbs take their tense from the one above
        own = any(parse.deps[c] in ("aux", "auxpass", "nsubj", "nsubjpass", "mark") for c in parse.children[at])
        if own or parse.deps[at] != "conj" or parse.tags[at] in ("VBD", "VBZ", "VBP"):
            break
        at = parse.heads[at]
    auxiliaries = {parse.lower[c] for c in parse.children[at] if parse.deps[c] in ("aux", "auxpass")}
    modal = bool(auxiliaries & MODALS)
    perfect = bool(auxiliaries & {"have", "had", "has", "'ve", "having"})
    finite = parse.tags[at] in ("VBD", "VBZ", "VBP") or bool(auxiliaries & {"was", "were", "had", "has", "did", "is"})
    finite = finite or bool(auxiliaries & {"are", "have", "been", "do", "does", "'s", "'ve", "’s"})
    realised = perfect if modal or is_infinitive(parse, at) else finite
    return ClaimedEvent(
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


def is_behind(parse: Parse, head: int) -> bool:
    """Whether an event noun is what somebody is behind ("was behind the attack")."""
    prep = parse.heads[head]
    return parse.deps[head] == "pobj" and parse.lower[prep] == "behind"


def own_agent(parse: Parse, head: int, event: ClaimedEvent, link: Attribution, cues: Cues) -> bool | None:
    """Whether the event's agent is the source or its side; None when the sentence does not show it."""
    owner = parse.child(head, "poss") if event.nominal else None
    if owner is not None:
        return _is_speakers(parse.lower[owner], link) or _same_name(parse, owner, link)
    verb = event.verb
    if verb is None or is_cue(parse, verb, link) or (event.nominal and _beside(parse, head)):
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
        if is_cue(parse, at, link):
            goal = parse.child(at, "dobj")
            return goal is None or goal > verb
    return None


def _beside(parse: Parse, noun: int) -> bool:
    """Whether an event noun only tells when or why something else was done: "fired in response to a strike"."""
    prep = parse.heads[noun]
    answer = parse.lower[prep] == "to" and parse.lower[parse.heads[prep]] in _ANSWERS
    return parse.deps[noun] == "pobj" and (parse.lower[prep] in _CIRCUMSTANCES or answer)


def own_patient(parse: Parse, event: ClaimedEvent, link: Attribution, cues: Cues) -> bool:
    """Whether those who suffer the event are the source's side."""
    if event.verb is None:
        return False
    harmed = parse.child(event.verb, "nsubjpass", "dobj", "nsubj")
    return harmed is not None and parse.lower[harmed] not in OWN_PRONOUNS and _is_own(parse, harmed, link, cues)


def _is_own(parse: Parse, token: int, link: Attribution, cues: Cues) -> bool:
    word = parse.lower[token]
    if word in OWN_PRONOUNS:
        return _is_speakers(word, link)
    owner = parse.child(token, "poss")
    if owner is not None:
        return _is_speakers(parse.lower[owner], link) or _same_name(parse, owner, link)
    if _same_name(parse, token, link):
        return True
    modified = any(parse.deps[c] in ("amod", "compound", "nmod") for c in parse.children[token])
    if word in cues.own_armed:
        return not modified and link.source.source_type in ARMED_SOURCES
    return word in cues.own_side and not modified and link.source.source_type in SECURITY_SOURCES


def _is_speakers(word: str, link: Attribution) -> bool:
    """Whether a pronoun means the source; in a direct quotation "they" are others."""
    return word in (_FIRST_PERSON if link.mode == "direct" else OWN_PRONOUNS | _OWN_POSSESSIVES)


def _same_name(parse: Parse, token: int, link: Attribution) -> bool:
    if not parse.tags[token].startswith("NN"):
        return False
    name = (link.source.name or link.source.text or "").lower()
    return bool(name) and parse.lower[token] in name.split() and len(parse.lower[token]) > 2


def is_cue(parse: Parse, token: int, link: Attribution) -> bool:
    """Whether a token is a word of the cue."""
    if link.cue_start is None or link.cue_end is None:
        return False
    return link.cue_start <= parse.starts[token] < link.cue_end


def in_content(link: Attribution, parse: Parse, token: int) -> bool:
    """Whether a token stands in what is attributed."""
    return any(s.start <= parse.starts[token] < s.end for s in link.content)
