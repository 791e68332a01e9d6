"""Which act a matched cue is in its sentence: negated, judged false, or with nobody who can be held to it."""

from __future__ import annotations

from .complements import is_passive
from .cues import CueEntry, Cues
from .records import Parse
from .sources import Mention

_NEGATIONS = frozenset({"neg"})
_PEOPLE = frozenset({"some", "many", "others", "several", "people", "they", "those", "observers"})
_NEGATIVE_GOVERNORS = frozenset({"unable", "refused", "declined", "failed", "unwilling", "refuses", "declines"})


def act_of(parse: Parse, token: int, entry: CueEntry, mention: Mention, cues: Cues) -> tuple[str, str]:
    """The claim type of the cue itself, and "negated" when it is denied that it was said."""
    if negated(parse, token):
        return (entry.negated if entry.negated not in ("", "-") else entry.claim_type), "negated"
    if (noun := _claim_noun(parse, token, entry)) is not None and (judged := _judged(parse, noun, cues)):
        return judged, "judged"
    bare = mention.source.anonymity == "unspecified" and cues.sources.of("nobody", mention.head) is not None
    if entry.claim_type == "report" and bare and mention.head not in _PEOPLE:
        return "hearsay", "nobody can be held to it"
    if entry.claim_type == "report" and entry.cue == "report" and entry.pos == "noun":
        return "hearsay", ""
    if entry.cue in ("report", "say", "state") and mention.source.text is None and is_passive(parse, token):
        return "hearsay", "impersonal"
    return entry.claim_type, ""


def _claim_noun(parse: Parse, token: int, entry: CueEntry) -> int | None:
    """The noun that can be called true or false: the cue itself, or what it belongs to ("reports saying that")."""
    if entry.pos == "noun":
        return token
    host = parse.heads[token]
    return host if parse.deps[token] in ("acl", "relcl") and parse.tags[host].startswith("NN") else None


def _judged(parse: Parse, noun: int, cues: Cues) -> str:
    """What the text says of a claim noun: "false claims", "the claims … were unfounded", "… are not true"."""
    for child in parse.children[noun]:
        if parse.deps[child] == "amod" and parse.lower[child] in cues.predicates:
            return cues.predicates[parse.lower[child]][0]
    host = parse.heads[noun]
    if parse.deps[noun] not in ("nsubj", "dobj", "nsubjpass"):
        return ""
    denied = any(parse.deps[c] in _NEGATIONS for c in parse.children[host])
    said = [c for c in parse.children[host] if parse.deps[c] in ("acomp", "oprd", "attr")]
    if parse.tags[host] in ("VBD", "VBN"):  # "was debunked", not "lies in ruins"
        said.append(host)
    return next((cues.predicates[parse.lower[c]][denied] for c in said if parse.lower[c] in cues.predicates), "")


def negated(parse: Parse, token: int) -> bool:
    """Whether a cue itself is denied: "did not say", "there was no confirmation"."""
    if parse.tags[token].startswith("NN") and any(parse.lower[c] == "no" for c in parse.children[token]):
        return True
    at = token
    for _ in range(3):
        if any(parse.deps[c] in _NEGATIONS for c in parse.children[at]) or _neither(parse, at):
            return True
        subject = parse.child(at, "nsubj", "nsubjpass")
        if subject is not None and (
            parse.lower[subject] in ("nobody", "none", "neither")
            or any(parse.lower[c] in ("no", "neither") for c in parse.children[subject])
        ):
            return True
        if parse.deps[at] not in ("xcomp", "acomp"):
            return False
        at = parse.heads[at]
        if parse.lower[at] in _NEGATIVE_GOVERNORS:
            return True
    return False


def _neither(parse: Parse, verb: int) -> bool:
    """ "Neither confirmed nor denied": both verbs are denied."""
    told = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("preconj", "cc", "advmod")}
    if "neither" in told:
        return True
    above = parse.heads[verb]
    return parse.deps[verb] == "conj" and any(parse.lower[c] == "nor" for c in parse.children[above])
