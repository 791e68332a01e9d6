"""The words that a source is credited with: content spans, and which quotation belongs to which cue."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .cues import CueEntry
from .quotes import Quote
from .records import Article, Parse, Sentence, Span
from .sources import Mention


@dataclass(frozen=True, slots=True)
class Draft:
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
class Story:
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


def linked_quotes(
    story: Story, parse: Parse, token: int, source: tuple[int, frozenset[int]] | None, strict: bool
) -> list[Quote]:
    """Quotations right before or after the cue and its source; ``strict`` asks for a comma or colon."""
    inside = {token} | {t for t in (source[1] if source else ()) if story.quote_at(parse.starts[t]) is None}
    near = {t for t in inside if abs(t - token) <= 40}
    lo, hi = parse.starts[min(near)], parse.ends[max(near)]
    text = story.article.text
    out: list[Quote] = []
    at = bisect_right(story.starts, parse.starts[token]) - 1
    if at >= 0:
        before = story.quotes[at]
        if (
            before.end <= lo
            and before.end > lo - 60
            and _bridges(text[before.end : lo], text[before.end - 3 : lo], strict)
        ):
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


def beside(parse: Parse, token: int, linked: list[Quote]) -> tuple[int, frozenset[int]] | None:
    """The noun phrase right after or before a cue that the parser left without a subject ("said Mr X")."""
    if not linked:
        return None
    found = phrase_after(parse, token, lambda t: any(q.start <= parse.starts[t] < q.end for q in linked))
    if found is not None:
        return found
    before = token - 1
    if before >= 0 and parse.tags[before].startswith(("NN", "PRP")) and not parse.tags[before].endswith("$"):
        return before, frozenset({before})
    return None


def phrase_after(parse: Parse, token: int, stop: Callable[[int], bool]) -> tuple[int, frozenset[int]] | None:
    """The plain noun phrase right after a token, up to where ``stop`` holds: its last noun and its tokens."""
    run: list[int] = []
    for t in range(token + 1, len(parse)):
        if not parse.tags[t].startswith(("NN", "DT", "JJ", "PRP", "CD")) or stop(t):
            break
        run.append(t)
    heads = [t for t in run if parse.tags[t].startswith(("NN", "PRP"))]
    return (heads[-1], frozenset(range(run[0], heads[-1] + 1))) if heads else None


def _reaches(story: Story, parse: Parse, token: int, hi: int, gap: str, second: bool, strict: bool) -> bool:
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
    return (
        (not gap.strip() and not strict)
        or (ends in (",", ":") and len(tokens) <= 25)
        or gap.strip().lower() in ("that", ", that")
    )


def content_spans(
    story: Story, parse: Parse, tokens: frozenset[int], linked: list[Quote], quoted: Quote | None
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
    return merge_spans(spans, story.article.text)


def _loose(story: Story, parse: Parse, token: int) -> bool:
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


def _widen(story: Story, span: Span) -> Span:
    """A stretch that begins or ends inside a quotation takes the whole of it."""
    start, end = span
    first, last = story.quote_at(start), story.quote_at(end - 1)
    if first is not None:
        start = min(start, next(s.start for s in first.spans if s.start <= start < s.end))
    if last is not None:
        end = max(end, next(s.end for s in last.spans if s.start <= end - 1 < s.end))
    return Span(start, end)


def merge_spans(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Join stretches that touch or have only blanks between them; empty ones are dropped."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip(" ")):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def mode_of(story: Story, content: tuple[Span, ...], linked: list[Quote]) -> str:
    """Direct when all of the content stands in quotation marks, mixed when a part does, else indirect."""
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


def where(draft: Draft) -> tuple[int, int]:
    """Offsets of the cue, or of the content of a draft without one."""
    if draft.cue is not None:
        return draft.cue
    return draft.content[0].start, draft.content[-1].end


def length(draft: Draft) -> int:
    """Characters of content."""
    return sum(span.end - span.start for span in draft.content)
