"""Claim cues in one parsed sentence: which words attribute what to whom, and as which act (CODEBOOK 3.2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from .complements import Complement, complements, subtree
from .contents import Draft, Story, beside, content_spans, linked_quotes, mode_of, phrase_after
from .cueacts import act_of, negated
from .cues import CueEntry, Cues
from .cuespans import cue_adjuncts, cue_governor, cue_tokens, source_tokens
from .headlines import headline_colon
from .quotes import Quote
from .records import Parse, Span
from .siblings import part_statements
from .sources import Mention, channel_of, describe, nobody

_QUOTABLE = frozenset({"clause", "quote", "wh", "obj_inf"})
_FIRST_PERSON = frozenset({"i", "we", "you"})
SPEECH = frozenset(
    {
        "report",
        "claim",
        "denial",
        "accusation",
        "confirmation",
        "admission",
        "claim_of_responsibility",
        "threat",
    }
)
_SOURCELESS = frozenset({"hearsay", "prediction", "doubt", "claim", "accusation"})
_FIXED = frozenset({"charge", "order", "words", "case", "answer", "response", "call", "talk", "request"})


def in_sentence(story: Story, parse: Parse, cues: Cues, known: Sequence[Mention]) -> list[Draft]:
    """All attributions whose cue stands in the sentence, in the order of their cues.

    Args:
        story: the article with its quotations.
        parse: the sentence's parse.
        cues: the dictionary.
        known: sources of the sentences before, oldest first.
    """
    taken: set[int] = set()
    out: list[Draft] = []
    local = list(known)
    headline = headline_colon(story, parse, cues, local)
    if headline is not None:
        out.append(headline)
    for token, word in enumerate(parse.lower):
        entries = cues.index.get(word)
        if entries is None or token in taken:
            continue
        found = _match(story, parse, token, entries, cues, local, taken)
        if found is not None:
            draft, used = found
            taken |= used
            out.append(draft)
            if draft.mention.source.text is not None:
                local.append(draft.mention)
    return part_statements(parse, out)


def _match(
    story: Story,
    parse: Parse,
    token: int,
    entries: tuple[CueEntry, ...],
    cues: Cues,
    known: Sequence[Mention],
    taken: Collection[int],
) -> tuple[Draft, set[int]] | None:
    kind = _kind(parse, token)
    table: dict[int, tuple[Complement, ...]] = {}
    for entry in entries:
        if entry.pos == "phrase":
            if found := _phrase(story, parse, token, entry, cues, known):
                return found
            continue
        if entry.pos == "adverb":
            if kind == "adverb" or parse.deps[token] == "advmod":
                return _adverb(story, parse, token, entry, cues), {token}
            continue
        if entry.pos == "raising" and kind == "verb":
            if _rest(parse, token, entry.rest) is not None and (found := _raising(story, parse, token, entry)):
                return found
            continue
        if entry.pos != kind:
            continue
        last = _rest(parse, token, entry.rest)
        if last is None or (not entry.rest and kind == "verb" and parse.child(token, "prt") is not None):
            continue  # "warned off" is not "warned"
        if kind == "noun" and _fixed(parse, token):
            continue
        if last not in table:
            table[last] = complements(parse, token, last)
        if found := _governing(story, parse, token, last, entry, table[last], cues, known, taken):
            return found
    return None


def _kind(parse: Parse, token: int) -> str:
    tag, dep = parse.tags[token], parse.deps[token]
    if tag.startswith("VB"):
        return "" if dep in ("aux", "auxpass", "amod") else "verb"
    if tag in ("NN", "NNS"):
        return "noun" if dep not in ("compound", "amod") else ""
    if tag == "RB":
        return "adverb"
    return "adjective" if tag.startswith("JJ") and dep in ("acomp", "amod", "oprd", "ROOT", "advcl") else ""


def _fixed(parse: Parse, noun: int) -> bool:
    """A noun in a fixed phrase that says nothing: "in charge of", "in order to", "in the words of"."""
    prep = parse.heads[noun]
    if parse.deps[noun] != "pobj" or parse.lower[prep] not in ("in", "by", "at", "on"):
        return False
    return parse.lower[noun] in _FIXED and (prep == noun - 1 or parse.lower[noun] == "words")


def _rest(parse: Parse, token: int, rest: tuple[str, ...]) -> int | None:
    """The last token of a cue of several words; up to three words may stand between them."""
    at = token
    for word in rest:
        for k in range(at + 1, min(at + 5, len(parse))):
            if parse.lower[k] == word:
                at = k
                break
            clause = parse.deps[k] in ("nsubj", "nsubjpass") and parse.tags[parse.heads[k]].startswith("VB")
            if parse.tags[k] in ("VBD", "VBZ", "MD", "WDT", "WP") or clause:
                return None
        else:
            return None
    return at


def _governing(
    story: Story,
    parse: Parse,
    token: int,
    last: int,
    entry: CueEntry,
    found: tuple[Complement, ...],
    cues: Cues,
    known: Sequence[Mention],
    taken: Collection[int],
) -> tuple[Draft, set[int]] | None:
    """A verb, noun or adjective cue with a complement or a quotation that the dictionary lists for it."""
    quoted = story.quote_at(parse.starts[token])
    complement = _choose(parse, entry, found)
    source = source_tokens(parse, token, cues.light)
    if (turned := _inverted(parse, token, entry, cues)) is not None:
        source = turned
        if complement is None or complement.frame != "clause":
            end = token - 1 if parse.lower[token - 1] == "," else token
            complement = Complement("clause", frozenset(range(end)), parse.heads[token])
    if source is not None and entry.pos == "adjective" and parse.lower[source[0]] == "it":
        source = None  # "it is unclear who"
    linked: list[Quote] = []
    quotable = quoted is None and entry.pos == "verb" and bool(entry.frames & _QUOTABLE)
    quotable = quotable and parse.deps[token] != "relcl"  # "said an aide who advises the governor"
    if quotable and (complement is None or complement.frame in ("clause", "wh", "bare", "so")):
        linked = linked_quotes(story, parse, token, source, strict="clause" not in entry.frames)
        source = source or beside(parse, token, linked)
    if complement is None and not linked:
        complement = _leftover(parse, token, entry, source)
        if complement is None:
            return None
    if quoted is not None and not _nested_speech(parse, token, source, complement, entry):
        return None
    if source is not None and parse.lower[source[0]] == "you":
        return None
    if entry.pos == "noun" and source is None and not _stands_alone(parse, token, entry, complement):
        return None
    return _drafted(story, parse, (token, last), entry, complement, source, linked, cues, known, taken)


def _drafted(
    story: Story,
    parse: Parse,
    words: tuple[int, int],
    entry: CueEntry,
    complement: Complement | None,
    source: tuple[int, frozenset[int]] | None,
    linked: list[Quote],
    cues: Cues,
    known: Sequence[Mention],
    taken: Collection[int],
) -> tuple[Draft, set[int]] | None:
    """The attribution of a cue with its complement, source and quotations; None when nothing is attributed."""
    token, last = words
    quoted = story.quote_at(parse.starts[token])
    tokens = complement.tokens if complement is not None else frozenset()
    if source is not None:
        tokens = tokens - source[1]
    lo, hi = cue_tokens(
        parse, token, [*range(token + 1, last + 1), *(complement.cue if complement else ())], cues.light
    )
    tokens = tokens - frozenset(range(lo, hi))
    content = content_spans(story, parse, tokens, linked, quoted)
    if not content and (complement is None or complement.frame != "bare"):
        return None
    free = _outside(parse, content, source, taken)
    lo = cue_governor(parse, token, lo, free)
    hi = cue_adjuncts(parse, token, hi, free, lambda t: channel_of(t, cues.channels) != "unknown")
    mention = describe(parse, *source, cues.sources, known) if source is not None else nobody(parse.sentence.index)
    mention = _with_channel(story, parse, mention, content, cues)
    cue = Span(parse.starts[lo], parse.ends[hi - 1])
    claim_type, evidence = act_of(parse, token, entry, mention, cues)
    mode = mode_of(story, content, linked)
    draft = Draft(mention, cue, content, mode, entry, claim_type, parse.sentence.index, evidence)
    return draft, set(range(lo, hi)) | set(range(token, last + 1) if last - token < 4 else [])


def _stands_alone(parse: Parse, noun: int, entry: CueEntry, complement: Complement | None) -> bool:
    """Whether a cue noun attributes though nobody is named: "the suggestion that troops shot him"."""
    spelt_out = complement is not None and complement.frame in ("clause", "wh")
    act = entry.negated if entry.negated and negated(parse, noun) else entry.claim_type
    return spelt_out or act in _SOURCELESS


def _outside(
    parse: Parse, content: tuple[Span, ...], source: tuple[int, frozenset[int]] | None, taken: Collection[int]
) -> Callable[[int], bool]:
    """Whether a token belongs to no other cue, to the content or to the source."""

    def free(token: int) -> bool:
        if token in taken or (source is not None and token in source[1]):
            return False
        return not any(s.start < parse.ends[token] and parse.starts[token] < s.end for s in content)

    return free


def _choose(parse: Parse, entry: CueEntry, found: tuple[Complement, ...]) -> Complement | None:
    best: Complement | None = None
    for item in found:
        if not _listed(entry, item.frame):
            continue
        words = {
            parse.lower[item.head],
            *(parse.lower[t] for t in item.tokens if parse.heads[t] == item.head),
        }
        if entry.requires and not entry.requires & (words | _goal_words(parse, item)):
            continue
        if entry.excludes & words and "clause" not in item.frame:
            continue
        if best is None or _weight(item) > _weight(best):
            best = item
    return best


def _listed(entry: CueEntry, frame: str) -> bool:
    if frame in entry.frames:
        return True
    if frame == "pass_np":
        return "np" in entry.frames and not entry.frames & {"clause", "inf"}
    if frame == "pass_by":
        return "np" in entry.frames  # "the raid was reported by Radio Okapi"
    if frame == "pass_inf":
        return "obj_inf" in entry.frames
    return frame.startswith("pass_") and f"np_{frame[5:]}" in entry.frames


def _goal_words(parse: Parse, item: Complement) -> set[str]:
    return {parse.lower[t] for t in item.tokens if parse.deps[t] in ("dobj", "nsubj", "nsubjpass", "pobj", "conj")}


def _weight(item: Complement) -> tuple[int, int]:
    clausal = item.frame in ("clause", "wh", "obj_inf", "np_inf", "pass_inf", "np_ing")
    return (2 if clausal else 1 if "_" in item.frame else 0), len(item.tokens)


def _nested_speech(
    parse: Parse,
    token: int,
    source: tuple[int, frozenset[int]] | None,
    complement: Complement | None,
    entry: CueEntry,
) -> bool:
    """Inside a quotation only speech by somebody else than the speaker counts."""
    if source is None or parse.lower[source[0]] in _FIRST_PERSON or complement is None:
        return False
    if entry.claim_type not in SPEECH:
        return False
    return complement.frame in ("clause", "wh") and parse.tags[token] in ("VBD", "VBZ", "VBP")


def _leftover(
    parse: Parse, token: int, entry: CueEntry, source: tuple[int, frozenset[int]] | None
) -> Complement | None:
    """A parenthetical at the end of a sentence that the parser did not join to it ("…, officials said")."""
    if entry.pos != "verb" or entry.rest or "clause" not in entry.frames or source is None:
        return None
    if entry.requires or parse.tags[token] not in ("VBD", "VBZ", "VBP") or parse.deps[token] == "relcl":
        return None
    lo = min(min(source[1]), token)
    after = [t for t in range(max(max(source[1]), token) + 1, len(parse)) if parse.deps[t] != "punct"]
    if any(parse.deps[c] == "advcl" and c < lo for c in parse.children[token]):
        return None  # "Asked whether troops had left, he said no"
    if lo > 3 and len(after) <= 6 and parse.lower[lo - 1] in (",", "”", '"', "''", "’", "—", "–"):
        return Complement("clause", frozenset(range(lo - 1)), parse.heads[token])
    return None


def _inverted(parse: Parse, token: int, entry: CueEntry, cues: Cues) -> tuple[int, frozenset[int]] | None:
    """The subject of "…, reported Radio Okapi." where the parser takes it for an object.

    What was said is closed by a comma, or is a clause of its own ("Two men were killed in Kupwara reports Dawn"); the
    phrase after the verb is all that follows, but for a day, and can speak.
    """
    if entry.pos != "verb" or entry.rest or entry.claim_type != "report" or "clause" not in entry.frames:
        return None
    if token < 4 or parse.tags[token] not in ("VBD", "VBZ", "VBN"):
        return None
    if parse.lower[token - 1] != "," and not _ends_a_clause(parse, token):
        return None
    if parse.child(token, "nsubj", "nsubjpass", "aux", "auxpass") is not None:
        return None
    found = phrase_after(parse, token, lambda t: False)
    if found is None:
        return None
    head, tokens = found
    speaks = parse.text(head, head + 1)[:1].isupper() or cues.sources.of("head", parse.lower[head]) is not None
    end = max(tokens) + 1
    return found if speaks and (end >= len(parse) or parse.lower[end] in (".", ",", ";", "on")) else None


def _ends_a_clause(parse: Parse, token: int) -> bool:
    """Whether a verb without comma follows a clause that it governs, or that it is hung on without an "and"."""
    if any(parse.deps[c] == "ccomp" and c < token for c in parse.children[token]):
        return True
    first = parse.heads[token]
    joined = any(parse.deps[c] == "cc" and c < token for c in parse.children[first])
    return parse.deps[token] == "conj" and first < token and parse.tags[first].startswith("VB") and not joined


def _with_channel(story: Story, parse: Parse, mention: Mention, content: tuple[Span, ...], cues: Cues) -> Mention:
    """Read the channel from the sentence around the content."""
    pieces, at = [], parse.sentence.start
    for span in content:
        pieces.append(story.article.text[at : max(at, min(span.start, parse.sentence.end))])
        at = max(at, span.end)
    pieces.append(story.article.text[at : parse.sentence.end])
    channel = channel_of(" ".join(pieces), cues.channels)
    if channel == "unknown":
        return mention
    return replace(mention, source=replace(mention.source, channel=channel))


def _phrase(
    story: Story, parse: Parse, token: int, entry: CueEntry, cues: Cues, known: Sequence[Mention]
) -> tuple[Draft, set[int]] | None:
    """ "According to X": the source follows, the content is the clause around it."""
    size = len(entry.rest)
    if parse.lower[token + 1 : token + 1 + size] != entry.rest:
        return None
    last = token + size
    goal = parse.child(last, "pobj") if size else parse.child(token, "pobj")
    if goal is None and last + 1 < len(parse):
        goal = next((t for t in range(last + 1, len(parse)) if parse.tags[t].startswith(("NN", "PRP"))), None)
    if goal is None or parse.lower[goal] in ("plan", "schedule", "law", "tradition"):
        return None
    if parse.lower[token] == "per" and not parse.tags[goal].startswith("NNP") and parse.child(goal, "det") is None:
        return None  # "per day"
    top = token
    while parse.deps[parse.heads[top]] in ("prep", "prt") and parse.heads[top] != top:
        top = parse.heads[top]
    host = _clause_of(parse, top)
    source = subtree(parse, goal) - frozenset(range(token, last + 1))
    if max(source) - min(source) > 40:
        source = frozenset({goal})
    cue = frozenset(range(token, last + 1))
    cut = {parse.left[top], *range(parse.left[top], parse.right[top])}
    tokens = subtree(parse, host) - source - cue - frozenset(cut if host != top else ())
    content = content_spans(story, parse, tokens, [], story.quote_at(parse.starts[token]))
    if not content:
        return None
    mention = describe(parse, goal, source, cues.sources, known)
    mention = _with_channel(story, parse, mention, content, cues)
    span = Span(parse.starts[token], parse.ends[last])
    mode = mode_of(story, content, [])
    return Draft(mention, span, content, mode, entry, entry.claim_type, parse.sentence.index, ""), set(cue)


def _clause_of(parse: Parse, token: int) -> int:
    """The head of the clause that a token modifies."""
    at = parse.heads[token]
    for _ in range(12):
        if parse.heads[at] == at or (
            parse.tags[at].startswith(("VB", "MD"))
            and parse.deps[at] in ("ROOT", "ccomp", "advcl", "conj", "relcl", "parataxis")
        ):
            return at
        at = parse.heads[at]
    return at


def _adverb(story: Story, parse: Parse, token: int, entry: CueEntry, cues: Cues) -> Draft:
    """ "Reportedly": the content is the clause or the modified phrase; there is no source."""
    host = parse.heads[token]
    if parse.deps[host] == "agent" or (parse.deps[host] == "prep" and parse.lower[host] == "by"):
        host = parse.heads[host]  # "was killed, apparently by rebels": that they did it is in doubt
    tokens = subtree(parse, host, [token]) if host != token else frozenset(range(len(parse))) - {token}
    content = content_spans(story, parse, tokens, [], story.quote_at(parse.starts[token]))
    mention = nobody(parse.sentence.index)
    span = Span(parse.starts[token], parse.ends[token])
    return Draft(mention, span, content, "indirect", entry, entry.claim_type, parse.sentence.index, "adverb")


def _raising(story: Story, parse: Parse, token: int, entry: CueEntry) -> tuple[Draft, set[int]] | None:
    """ "Appear to have shelled": the writer's own inference; the subject belongs to the content."""
    complement = _choose(parse, entry, complements(parse, token, token))
    if complement is None:
        return None
    subject = parse.child(token, "nsubj", "nsubjpass")
    opening = frozenset[int]() if subject is None or parse.lower[subject] == "it" else subtree(parse, subject)
    if token in opening:
        return None
    lo, hi = cue_tokens(parse, token, ())
    tokens = (opening | complement.tokens) - frozenset(range(lo, hi))
    content = content_spans(story, parse, tokens, [], story.quote_at(parse.starts[token]))
    if not content or story.quote_at(parse.starts[token]) is not None:
        return None
    span = Span(parse.starts[lo], parse.ends[hi - 1])
    mode = mode_of(story, content, [])
    index = parse.sentence.index
    return Draft(nobody(index), span, content, mode, entry, entry.claim_type, index, "raising"), {token}
