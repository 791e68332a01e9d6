"""Attribution: who says what, by which cue, in which words (CODEBOOK 3).

Cues come from the dictionary, their complements and sources from the parse, quotations from the article's
text; nesting follows from which content holds which cue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from .complements import Complement, complements, cue_tokens, is_passive, source_tokens, subtree
from .cues import CueEntry, Cues, cue_terms, load_cues
from .quotes import Quote, find_quotes
from .records import Article, Attribution, Parse, Sentence, Source, Span
from .sources import PRONOUNS, Mention, channel_of, describe, nobody

__all__ = ["Cues", "context_sentences", "cue_terms", "find_attributions", "load_cues"]

MAX_DEPTH = 5
_QUOTABLE = frozenset({"clause", "quote", "wh", "obj_inf"})
_NEGATIONS = frozenset({"neg"})
_FIRST_PERSON = frozenset({"i", "we", "you"})
_SPEECH = frozenset(
    {"report", "claim", "denial", "accusation", "confirmation", "admission", "claim_of_responsibility", "threat"}
)
_NEGATIVE_GOVERNORS = frozenset({"unable", "refused", "declined", "failed", "unwilling", "refuses", "declines"})
_HEADLINE = re.compile(r"^\s*([A-Z][\w.’'&-]*(?:[ -][\w.’'&-]+){0,5}):\s+(?=\S)")
_NO_SPEAKER = re.compile(
    r"(?i)^(update|breaking|photos?|video|watch|exclusive|analysis|read more|related|live|note|editor.s note|q|a|"
    r"poll|opinion|correction|source|tags?|by|from|http|https|date|time|location|fact check|report|listen)\b"
)
_PRONOUN_START = re.compile(r"(?i)^[\"“'‘(]*\s*(he|she|they|it|the (?:statement|spokes\w+|official|report|source))\b")


@dataclass(frozen=True, slots=True)
class _Draft:
    """An attribution before nesting is known."""

    mention: Mention
    cue: Span | None
    content: tuple[Span, ...]
    mode: str
    entry: CueEntry | None
    claim_type: str
    sentence_index: int
    evidence: str


@dataclass(frozen=True)
class _Story:
    """What all sentences of an article share: its text and its quotations."""

    article: Article
    sentences: Sequence[Sentence]
    quotes: tuple[Quote, ...]
    starts: tuple[int, ...]

    def quote_at(self, offset: int) -> Quote | None:
        """The quotation that covers an offset, or None."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return None
        quote = self.quotes[at]
        return quote if any(span.start <= offset < span.end for span in quote.spans) else None

    def quotes_between(self, start: int, end: int) -> list[Quote]:
        """Quotations that touch the stretch."""
        lo = max(0, bisect_right(self.starts, start) - 1)
        return [q for q in self.quotes[lo : bisect_right(self.starts, end)] if q.end > start and q.start < end]


def context_sentences(
    sentences: Sequence[Sentence], candidates: Collection[int], cues: Cues
) -> frozenset[int]:
    """Sentences that must be parsed besides the candidates so that the events in these get their source.

    They are the sentences that can hold the cue of a quotation that runs over a candidate, and those before
    a candidate whose own source is a pronoun or left out. Reads text only.

    Args:
        sentences: all sentences of the article, in order.
        candidates: indexes of the sentences that are parsed anyway.
        cues: the dictionary.

    Returns:
        Indexes of further sentences, none of them a candidate.
    """
    out: set[int] = set()
    for index in candidates:
        text = sentences[index].text
        if _PRONOUN_START.match(text) or re.search(r"(?i)\b(he|she|they|it)\s+(also |later )?\w+(ed|s|aid)\b", text):
            out |= {k for k in (index - 1, index - 2, index - 3) if k >= 0 and _has_cue(sentences[k], cues)}
        if _unbalanced(text):
            out |= _quotation_neighbours(sentences, index, cues)
        elif index + 1 < len(sentences) and "verif" in sentences[index + 1].text:
            out.add(index + 1)
        if text[:1] in "\"“'‘«" and index > 0 and not _has_cue(sentences[index], cues):
            out |= {k for k in (index - 1, index + 1) if 0 <= k < len(sentences)}
    return frozenset(out - set(candidates))


def _has_cue(sentence: Sentence, cues: Cues) -> bool:
    return any(word in cues.index for word in re.findall(r"[a-z]+", sentence.text.lower()))


def _unbalanced(text: str) -> bool:
    return (
        text.count("“") != text.count("”") or text.count("«") != text.count("»") or text.count('"') % 2 == 1
    )


def _quotation_neighbours(sentences: Sequence[Sentence], index: int, cues: Cues) -> set[int]:
    """Where a quotation that crosses the sentence opens and closes, at most 30 sentences away."""
    out = set()
    for step in (1, -1):
        for k in range(index + step, index + step * 30, step):
            if not 0 <= k < len(sentences):
                break
            if _unbalanced(sentences[k].text):
                out.add(k)
                break
    return {k for k in out if _has_cue(sentences[k], cues)} | out


def find_attributions(
    article: Article, sentences: Sequence[Sentence], parses: Mapping[int, Parse], cues: Cues
) -> tuple[Attribution, ...]:
    """Find all attributions in the parsed sentences of an article (CODEBOOK 3.2, 3.3).

    Args:
        article: the article.
        sentences: its sentences.
        parses: parses by sentence index; sentences without one yield nothing.
        cues: the dictionary.

    Returns:
        Attributions in text order of their cues; ``depth`` 1 is the outermost, ``parent_id`` the enclosing
        one. At most five deep, never circular. Offsets are code points of the article.
    """
    quotes = find_quotes(article.text)
    story = _Story(article, sentences, quotes, tuple(q.start for q in quotes))
    drafts: list[_Draft] = []
    known: list[Mention] = []
    for index in sorted(parses):
        found = _in_sentence(story, parses[index], cues, known)
        for draft in found:
            if draft.mention.source.text is not None:
                known.append(draft.mention)
        drafts += found
    drafts += _orphan_quotes(story, parses, drafts)
    return _nest(article, _unique(drafts))


def _in_sentence(story: _Story, parse: Parse, cues: Cues, known: Sequence[Mention]) -> list[_Draft]:
    taken: set[int] = set()
    out: list[_Draft] = []
    local = list(known)
    headline = _headline_colon(story, parse, cues, local)
    if headline is not None:
        out.append(headline)
    for token, word in enumerate(parse.lower):
        entries = cues.index.get(word)
        if entries is None or token in taken:
            continue
        found = _match(story, parse, token, entries, cues, local)
        if found is not None:
            draft, used = found
            taken |= used
            out.append(draft)
            if draft.mention.source.text is not None:
                local.append(draft.mention)
    return out


def _match(
    story: _Story, parse: Parse, token: int, entries: tuple[CueEntry, ...], cues: Cues, known: Sequence[Mention]
) -> tuple[_Draft, set[int]] | None:
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
            if found := _raising(story, parse, token, entry):
                return found
            continue
        if entry.pos != kind:
            continue
        last = _rest(parse, token, entry.rest)
        if last is None:
            continue
        if last not in table:
            table[last] = complements(parse, token, last)
        if found := _governing(story, parse, token, last, entry, table[last], cues, known):
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


def _rest(parse: Parse, token: int, rest: tuple[str, ...]) -> int | None:
    """The last token of a cue of several words; up to three words may stand between them."""
    at = token
    for word in rest:
        for k in range(at + 1, min(at + 5, len(parse))):
            if parse.lower[k] == word:
                at = k
                break
            if parse.tags[k] in ("VBD", "VBZ", "MD", "WDT", "WP") or parse.deps[k] in ("nsubj", "nsubjpass"):
                return None
        else:
            return None
    return at


def _governing(
    story: _Story,
    parse: Parse,
    token: int,
    last: int,
    entry: CueEntry,
    found: tuple[Complement, ...],
    cues: Cues,
    known: Sequence[Mention],
) -> tuple[_Draft, set[int]] | None:
    """A verb, noun or adjective cue with a complement or a quotation that the dictionary lists for it."""
    quoted = story.quote_at(parse.starts[token])
    complement = _choose(parse, entry, found)
    source = source_tokens(parse, token)
    linked: list[Quote] = []
    if quoted is None and entry.pos == "verb" and entry.frames & _QUOTABLE:
        if complement is None or complement.frame in ("clause", "wh", "bare", "so"):
            linked = _linked_quotes(story, parse, token, source, strict="clause" not in entry.frames)
            source = source or _beside(parse, token, linked)
    if complement is None and not linked:
        complement = _leftover(parse, token, entry, source)
        if complement is None:
            return None
    if quoted is not None and not _nested_speech(parse, token, source, complement, entry):
        return None
    if source is not None and parse.lower[source[0]] == "you":
        return None
    if entry.pos == "noun" and source is None and entry.claim_type not in ("hearsay", "prediction", "doubt"):
        return None
    tokens = complement.tokens if complement is not None else frozenset()
    if source is not None:
        tokens = tokens - source[1] if not (source[1] <= tokens and source[0] in tokens and False) else tokens
    lo, hi = cue_tokens(parse, token, [*range(token + 1, last + 1), *(complement.cue if complement else ())])
    tokens = tokens - frozenset(range(lo, hi))
    content = _content(story, parse, tokens, linked, quoted)
    if not content and (complement is None or complement.frame != "bare"):
        return None
    mention = describe(parse, *source, cues.sources, known) if source is not None else nobody(parse.sentence.index)
    mention = _with_channel(parse, mention, cues)
    cue = Span(parse.starts[lo], parse.ends[hi - 1])
    claim_type, evidence = _act(parse, token, entry, complement, mention)
    mode = _mode(story, content, linked)
    draft = _Draft(mention, cue, content, mode, entry, claim_type, parse.sentence.index, evidence)
    return draft, set(range(lo, hi)) | set(range(token, last + 1) if last - token < 4 else [])


def _choose(parse: Parse, entry: CueEntry, found: tuple[Complement, ...]) -> Complement | None:
    best: Complement | None = None
    for item in found:
        if not _listed(entry, item.frame):
            continue
        words = {parse.lower[item.head], *(parse.lower[t] for t in item.tokens if parse.heads[t] == item.head)}
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
    if frame == "pass_inf":
        return "obj_inf" in entry.frames
    return frame == "pass_oprd" and "np_oprd" in entry.frames or (
        frame.startswith("pass_") and f"np_{frame[5:]}" in entry.frames
    )


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
    if entry.claim_type not in _SPEECH:
        return False
    return complement.frame in ("clause", "wh") and parse.tags[token] in ("VBD", "VBZ", "VBP")


def _leftover(
    parse: Parse, token: int, entry: CueEntry, source: tuple[int, frozenset[int]] | None
) -> Complement | None:
    """A parenthetical at the end of a sentence that the parser did not join to it ("…, officials said")."""
    if entry.pos != "verb" or entry.rest or "clause" not in entry.frames or source is None:
        return None
    if entry.requires or parse.tags[token] not in ("VBD", "VBZ", "VBP"):
        return None
    lo = min(min(source[1]), token)
    after = [t for t in range(max(max(source[1]), token) + 1, len(parse)) if parse.deps[t] != "punct"]
    if lo > 3 and len(after) <= 6 and parse.lower[lo - 1] in (",", "”", '"', "''", "’", "—", "–"):
        return Complement("clause", frozenset(range(lo - 1)), parse.heads[token])
    return None


def _linked_quotes(
    story: _Story, parse: Parse, token: int, source: tuple[int, frozenset[int]] | None, strict: bool
) -> list[Quote]:
    """Quotations that stand right before or after the cue and its source; ``strict`` asks for a comma or colon."""
    inside = {token} | {t for t in (source[1] if source else ()) if story.quote_at(parse.starts[t]) is None}
    near = {t for t in inside if abs(t - token) <= 40}
    lo, hi = parse.starts[min(near)], parse.ends[max(near)]
    text = story.article.text
    out: list[Quote] = []
    at = bisect_right(story.starts, parse.starts[token]) - 1
    if at >= 0:
        before = story.quotes[at]
        if before.end <= lo and before.end > lo - 60 and _bridges(text[before.end : lo], text[before.end - 2 : lo], strict):
            out.append(before)
    after = story.quotes[at + 1] if at + 1 < len(story.quotes) else None
    if after is not None:
        gap = text[hi : after.start] if after.start >= hi else ""
        if after.start >= hi and _reaches(story, parse, token, hi, gap, bool(out), strict):
            out.append(after)
    return out


def _bridges(gap: str, wider: str, strict: bool) -> bool:
    if strict and not any(mark in wider for mark in ",!?—–"):
        return False
    return len(gap.split()) <= 2 and "\n" not in gap and not re.search(r"[.!?]\s", gap)


def _beside(parse: Parse, token: int, linked: list[Quote]) -> tuple[int, frozenset[int]] | None:
    """The noun phrase right after or before a cue that the parser left without a subject ("said Mr X")."""
    if not linked:
        return None
    after = [t for t in range(token + 1, len(parse)) if not any(q.start <= parse.starts[t] < q.end for q in linked)]
    run = []
    for t in after:
        if not parse.tags[t].startswith(("NN", "DT", "JJ", "PRP", "CD")) or t != token + 1 + len(run):
            break
        run.append(t)
    heads = [t for t in run if parse.tags[t].startswith(("NN", "PRP"))]
    if not heads:
        before = token - 1
        if before >= 0 and parse.tags[before].startswith(("NN", "PRP")) and not parse.tags[before].endswith("$"):
            return before, frozenset({before})
        return None
    return heads[-1], frozenset(range(run[0], heads[-1] + 1))


def _reaches(story: _Story, parse: Parse, token: int, hi: int, gap: str, second: bool, strict: bool) -> bool:
    """Whether the text between a cue and a quotation after it lets the quotation be its content."""
    sentence = parse.sentence
    if hi + len(gap) >= sentence.end:  # in the next sentence
        tail = story.article.text[hi : sentence.end]
        between = story.article.text[sentence.end : hi + len(gap)]
        if between.strip() or len(gap) > 200:
            return False
        if tail.rstrip().endswith(":"):
            return True
        return second and "\n" not in between
    tokens = [t for t in range(token + 1, len(parse)) if hi <= parse.starts[t] < hi + len(gap)]
    if any(parse.tags[t] in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return False
    ends = gap.rstrip()[-1:]
    return (not gap.strip() and not strict) or (ends in (",", ":") and len(tokens) <= 25) or gap.strip().lower() in ("that", ", that")


def _content(
    story: _Story, parse: Parse, tokens: frozenset[int], linked: list[Quote], quoted: Quote | None
) -> tuple[Span, ...]:
    """The content's stretches: token runs without loose punctuation, widened to the quotations they cut."""
    spans = [span for quote in linked for span in quote.spans]
    for lo, hi in _runs(tokens):
        while lo < hi and parse.deps[lo] == "punct" and story.quote_at(parse.starts[lo]) is None:
            lo += 1
        while hi > lo and _loose(story, parse, hi - 1):
            hi -= 1
        if lo < hi:
            spans.append(Span(parse.starts[lo], parse.ends[hi - 1]))
    if quoted is None:
        spans = [_widen(story, span) for span in spans]
        for span in tuple(spans):
            for quote in story.quotes_between(span.start, span.end):
                spans += [s for s in quote.spans if s not in spans]
    return _merge(spans, story.article.text)


def _loose(story: _Story, parse: Parse, token: int) -> bool:
    if parse.lower[token] in ("”", "''", '"', "’", "»") or story.quote_at(parse.starts[token]) is not None:
        return False
    return parse.deps[token] == "punct" or parse.lower[token] in (".", ",", ";", ":", "and", "but")


def _runs(tokens: frozenset[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for token in sorted(tokens):
        if out and out[-1][1] == token:
            out[-1] = (out[-1][0], token + 1)
        else:
            out.append((token, token + 1))
    return out


def _widen(story: _Story, span: Span) -> Span:
    """A stretch that begins or ends inside a quotation takes the whole of it."""
    start, end = span
    first, last = story.quote_at(start), story.quote_at(end - 1)
    if first is not None:
        start = min(start, next(s.start for s in first.spans if s.start <= start < s.end))
    if last is not None:
        end = max(end, next(s.end for s in last.spans if s.start <= end - 1 < s.end))
    return Span(start, end)


def _merge(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip(" ")):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def _mode(story: _Story, content: tuple[Span, ...], linked: list[Quote]) -> str:
    length = sum(span.end - span.start for span in content)
    if not length:
        return "indirect"
    quoted = 0
    for span in content:
        for quote in story.quotes_between(span.start, span.end):
            quoted += sum(max(0, min(span.end, s.end) - max(span.start, s.start)) for s in quote.spans)
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= length - 6 - len(content) else "mixed"


def _act(
    parse: Parse, token: int, entry: CueEntry, complement: Complement | None, mention: Mention
) -> tuple[str, str]:
    """The claim type of the cue itself, and "negated" when it is denied that it was said."""
    if _negated(parse, token):
        return (entry.negated if entry.negated not in ("", "-") else entry.claim_type), "negated"
    if entry.claim_type == "report" and mention.source.anonymity == "unspecified" and mention.source.text:
        if mention.head in ("sources", "reports", "rumours", "rumors", "rumour", "rumor", "accounts", "report"):
            return "hearsay", "nobody can be held to it"
    if entry.claim_type == "report" and entry.cue == "report" and entry.pos == "noun":
        return "hearsay", ""
    if entry.cue in ("report", "say", "state") and mention.source.text is None and is_passive(parse, token):
        return "hearsay", "impersonal"
    return entry.claim_type, ""


def _negated(parse: Parse, token: int) -> bool:
    at = token
    for _ in range(3):
        if any(parse.deps[c] in _NEGATIONS for c in parse.children[at]):
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


def _with_channel(parse: Parse, mention: Mention, cues: Cues) -> Mention:
    channel = channel_of(parse.sentence.text, cues.channels)
    if channel == "unknown":
        return mention
    return replace(mention, source=replace(mention.source, channel=channel))


def _phrase(
    story: _Story, parse: Parse, token: int, entry: CueEntry, cues: Cues, known: Sequence[Mention]
) -> tuple[_Draft, set[int]] | None:
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
    content = _content(story, parse, tokens, [], story.quote_at(parse.starts[token]))
    if not content:
        return None
    mention = _with_channel(parse, describe(parse, goal, source, cues.sources, known), cues)
    span = Span(parse.starts[token], parse.ends[last])
    mode = _mode(story, content, [])
    return _Draft(mention, span, content, mode, entry, entry.claim_type, parse.sentence.index, ""), set(cue)


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


def _adverb(story: _Story, parse: Parse, token: int, entry: CueEntry, cues: Cues) -> _Draft:
    """ "Reportedly": the content is the clause or the modified phrase; there is no source."""
    host = parse.heads[token]
    tokens = subtree(parse, host, [token]) if host != token else frozenset(range(len(parse))) - {token}
    content = _content(story, parse, tokens, [], story.quote_at(parse.starts[token]))
    mention = nobody(parse.sentence.index)
    span = Span(parse.starts[token], parse.ends[token])
    return _Draft(mention, span, content, "indirect", entry, entry.claim_type, parse.sentence.index, "adverb")


def _raising(story: _Story, parse: Parse, token: int, entry: CueEntry) -> tuple[_Draft, set[int]] | None:
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
    content = _content(story, parse, tokens, [], story.quote_at(parse.starts[token]))
    if not content or story.quote_at(parse.starts[token]) is not None:
        return None
    span = Span(parse.starts[lo], parse.ends[hi - 1])
    mode = _mode(story, content, [])
    index = parse.sentence.index
    return _Draft(nobody(index), span, content, mode, entry, entry.claim_type, index, "raising"), {token}


def _headline_colon(story: _Story, parse: Parse, cues: Cues, known: Sequence[Mention]) -> _Draft | None:
    """ "UN: 40 dead in raid" and speakers in a transcript, at the start of a paragraph."""
    sentence, text = parse.sentence, story.article.text
    if sentence.start and text[sentence.start - 1] != "\n":
        return None
    match = _HEADLINE.match(sentence.text)
    if match is None or _NO_SPEAKER.match(match.group(1)):
        return None
    colon = sentence.start + match.end(1)
    tokens = [t for t in range(len(parse)) if parse.starts[t] < colon]
    if not tokens or any(parse.tags[t] in ("VBD", "VBZ", "VBP", "MD", "VBG", "CD") for t in tokens):
        return None
    if not any(parse.tags[t].startswith("NN") for t in tokens) or len(parse) - len(tokens) < 4:
        return None
    if any(parse.words[t][:1].islower() and parse.tags[t] not in ("IN", "DT", "CC", "POS") for t in tokens):
        return None
    head = next(t for t in reversed(tokens) if parse.tags[t].startswith("NN"))
    mention = describe(parse, head, frozenset(tokens), cues.sources, known)
    end = len(sentence.text.rstrip(" ."))
    content = (Span(sentence.start + match.end(), max(sentence.start + end, sentence.start + match.end() + 1)),)
    cue = Span(colon, colon + 1)
    return _Draft(mention, cue, content, "headline_colon", None, "report", sentence.index, "colon")


def _orphan_quotes(story: _Story, parses: Mapping[int, Parse], drafts: list[_Draft]) -> list[_Draft]:
    """Quotations of a full sentence without a cue go on with the speaker of the quotation before."""
    covered = [span for draft in drafts for span in draft.content]
    out: list[_Draft] = []
    for quote in story.quotes:
        if quote.end - quote.start < 25 or any(s.start < quote.end and s.end > quote.start for s in covered):
            continue
        lead = story.article.text[: quote.start].rstrip(" ")
        if lead and lead[-1] not in "\n.!?”\"":
            continue
        sentence = next((s for s in story.sentences if s.start <= quote.start < s.end), None)
        if sentence is None or sentence.index not in parses:
            continue
        before = [d for d in drafts if d.sentence_index in range(sentence.index - 2, sentence.index + 1)]
        speaker = next((d for d in reversed(before) if d.mode in ("direct", "mixed") and d.mention.source.text), None)
        if speaker is None:
            continue
        mention = replace(speaker.mention, source=replace(speaker.mention.source, start=None, end=None, text=None))
        out.append(
            _Draft(mention, None, quote.spans, "free_indirect", None, "report", sentence.index, "carried over")
        )
    return out


def _unique(drafts: list[_Draft]) -> list[_Draft]:
    """One attribution per cue, in text order."""
    seen: set[tuple[Span | None, tuple[Span, ...]]] = set()
    out = []
    for draft in sorted(drafts, key=_where):
        key = (draft.cue, () if draft.cue else draft.content)
        if key not in seen:
            seen.add(key)
            out.append(draft)
    return out


def _where(draft: _Draft) -> tuple[int, int]:
    if draft.cue is not None:
        return draft.cue
    return draft.content[0].start, draft.content[-1].end


def _length(draft: _Draft) -> int:
    return sum(span.end - span.start for span in draft.content)


def _nest(article: Article, drafts: list[_Draft]) -> tuple[Attribution, ...]:
    """Give every attribution the smallest larger one whose content holds its cue as its parent."""
    order = sorted(range(len(drafts)), key=lambda k: (-_length(drafts[k]), _where(drafts[k])))
    rank = {k: n for n, k in enumerate(order)}
    depth: dict[int, int] = {}
    parent: dict[int, int] = {}
    for n, k in enumerate(order):
        at, end = _where(drafts[k])
        holders = [
            h
            for h in order[:n]
            if h in depth and any(s.start <= at and end <= s.end for s in drafts[h].content)
        ]
        if holders:
            parent[k] = max(holders, key=lambda h: (depth[h], rank[h]))
        level = depth[parent[k]] + 1 if k in parent else 1
        if level <= MAX_DEPTH:
            depth[k] = level
    ids = {k: _identifier(article, drafts[k]) for k in depth}
    kept = {k for k in depth if not (depth[k] > 1 and drafts[k].claim_type == "stance")}
    return tuple(
        _record(article, draft, ids[k], ids.get(parent.get(k, -1)), depth[k]) for k, draft in enumerate(drafts) if k in kept
    )


def _identifier(article: Article, draft: _Draft) -> str:
    start, end = _where(draft)
    key = f"{article.article_id}\x1f{start}\x1f{end}\x1f{draft.mode if draft.cue is None else ''}"
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _record(article: Article, draft: _Draft, identifier: str, parent: str | None, depth: int) -> Attribution:
    source: Source = draft.mention.source
    return Attribution(
        attribution_id=identifier,
        parent_id=parent,
        depth=depth,
        sentence_index=draft.sentence_index,
        source=source,
        cue_text=article.text[draft.cue.start : draft.cue.end] if draft.cue else None,
        cue_start=draft.cue.start if draft.cue else None,
        cue_end=draft.cue.end if draft.cue else None,
        content=draft.content,
        mode=draft.mode,
        claim_type=draft.claim_type,
        cue=draft.entry.cue if draft.entry else "",
        evidence=draft.evidence,
    )


_ = PRONOUNS
