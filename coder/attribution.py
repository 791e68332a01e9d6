"""Attribution: who says what, by which cue, in which words (CODEBOOK 3).

Cues come from the dictionary, their complements and sources from the parse, quotations from the article's
text; nesting follows from which content holds which cue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from .anaphors import NEAR, may_account
from .contents import Draft, Story, length, merge_spans, where
from .cuematch import SPEECH, in_sentence
from .cues import Cues, cue_terms, load_cues
from .quotes import find_quotes
from .records import Article, Attribution, Parse, Sentence, Source, Span
from .sources import Mention

__all__ = ["Cues", "context_sentences", "cue_terms", "find_attributions", "load_cues", "worth_a_row"]

MAX_DEPTH = 5
_MARKS = ('"', "“", "«", "„", "''", "‘")
_ANAPHOR = re.compile(
    r"(?i)(?:(?:the|this|that|these|those|its|their|his|her|such|either|both)\s)?(?:\w+\s)?"
    r"(?:it|this|that|these|those|claims?|reports?|accounts?|tolls?|figures?|information|footage|videos?|"
    r"allegations?|accusations?|versions?|statements?|details?|authenticity|numbers?|incidents?)\b"
)
_FIGURE = re.compile(r"(?i)\b(?:tolls?|figures?|numbers?|casualt\w+|details?|counts?)\b")
_WORDS = re.compile(r"[\w'’-]+|[^\w\s]")
_CAPITALISED = re.compile(r"\b[A-Z][\w.'’-]* ")
_EDGE = re.compile(r"\b")
_PRONOUN_START = re.compile(r"(?i)^[\"“'‘(]*\s*(he|she|they|it|the (?:statement|spokes\w+|official|report|source))\b")


def context_sentences(sentences: Sequence[Sentence], candidates: Collection[int], cues: Cues) -> frozenset[int]:
    """Sentences that must be parsed besides the candidates so that the events in these get their source.

    They are the sentences that can hold the cue of a quotation that runs over a candidate, those before
    a candidate whose own source is a pronoun or left out, those soon after one in which somebody may account for
    its event by "it" or "the allegation", and those that introduce by full name or title a source that is cited by
    surname. Reads text only.

    Args:
        sentences: all sentences of the article, in order.
        candidates: indexes of the sentences that are parsed anyway.
        cues: the dictionary.

    Returns:
        Indexes of further sentences, none of them a candidate.
    """
    out: set[int] = set()
    quoted = _quotation_ends(sentences, candidates)
    for index in candidates:
        text = sentences[index].text
        if _PRONOUN_START.match(text) or re.search(r"(?i)\b(he|she|they|it)\s+(also |later )?\w+(ed|s|aid)\b", text):
            out |= {k for k in (index - 1, index - 2, index - 3) if k >= 0 and _has_cue(sentences[k], cues)}
        if index in quoted:
            out |= quoted[index]
        elif index + 1 < len(sentences) and re.search(r"verif|confirmed|corroborat", sentences[index + 1].text):
            out.add(index + 1)
        if text[:1] in "\"“'‘«" and index > 0 and not _has_cue(sentences[index], cues):
            out |= {k for k in (index - 1, index + 1) if 0 <= k < len(sentences)}
    after = {k for index in candidates for k in range(index + 1, min(index + 1 + NEAR, len(sentences)))}
    out |= {k for k in after if may_account(sentences[k].text)}
    out |= _introductions(sentences, out | set(candidates), cues)
    return frozenset(out - set(candidates))


def _introductions(sentences: Sequence[Sentence], cited: Collection[int], cues: Cues) -> set[int]:
    """The first sentences that cite by a longer name ("Trade Minister Ana Ruiz said") who is later just "Ruiz"."""
    last: dict[str, int] = {}
    for index in sorted(cited):
        words = ["", *_WORDS.findall(sentences[index].text), ""]
        for before, name, after in zip(words, words[1:], words[2:], strict=False):
            bare = name[:1].isupper() and not before[:1].isupper()
            if bare and (before in cues.index or after in cues.index):
                last[name] = index
    return {k for name, index in last.items() if (k := _introduced(name, sentences[:index], cues)) is not None}


def _introduced(name: str, sentences: Sequence[Sentence], cues: Cues) -> int | None:
    return next((s.index for s in sentences if _names_in_full(s.text, name) and _has_cue(s, cues)), None)


def _names_in_full(text: str, name: str) -> bool:
    """Whether a name stands in a text after a word with a capital."""
    if f" {name}" not in text:
        return False
    ends = (match.end() for match in _CAPITALISED.finditer(text))
    return any(text.startswith(name, end) and _EDGE.match(text, end + len(name)) for end in ends)


def _has_cue(sentence: Sentence, cues: Cues) -> bool:
    return any(word in cues.index for word in re.findall(r"[a-z]+", sentence.text.lower()))


def _quotation_ends(sentences: Sequence[Sentence], candidates: Collection[int]) -> dict[int, set[int]]:
    """For each candidate in a quotation of several sentences: the sentences at its ends and next to them."""
    if not any(mark in s.text for s in sentences for mark in _MARKS):
        return {}
    pieces: list[str] = []
    at = 0
    for sentence in sentences:
        gap = sentence.start - at
        pieces.append("\n" * gap if gap > 1 else " " * gap)
        pieces.append(sentence.text)
        at = sentence.end
    starts = [s.start for s in sentences]
    out: dict[int, set[int]] = {}
    for quote in find_quotes("".join(pieces)):
        first, last = bisect_right(starts, quote.start) - 1, bisect_right(starts, quote.end - 1) - 1
        if first == last:
            continue
        ends = {k for k in (first - 1, first, last, last + 1) if 0 <= k < len(sentences)}
        for index in range(first, last + 1):
            if index in candidates:
                out.setdefault(index, set()).update(ends)
    return out


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
    story = Story(article, sentences, quotes, tuple(q.start for q in quotes))
    drafts: list[Draft] = []
    known: list[Mention] = []
    for index in sorted(parses):
        found = in_sentence(story, parses[index], cues, known)
        for draft in found:
            if draft.mention.source.text is not None:
                known.append(draft.mention)
        drafts += found
    drafts += _orphan_quotes(story, parses, drafts)
    drafts = [_backward_doubt(story, draft, drafts) for draft in drafts]
    return _nest(article, _unique(drafts))


def _orphan_quotes(story: Story, parses: Mapping[int, Parse], drafts: list[Draft]) -> list[Draft]:
    """Quotations of a full sentence without a cue go on with the speaker of the quotation before."""
    covered = [span for draft in drafts for span in draft.content]
    out: list[Draft] = []
    for quote in story.quotes:
        if quote.end - quote.start < 25 or any(s.start < quote.end and s.end > quote.start for s in covered):
            continue
        lead = story.article.text[: quote.start].rstrip(" ")
        if lead and lead[-1] not in '\n.!?”"':
            continue
        sentence = next((s for s in story.sentences if s.start <= quote.start < s.end), None)
        if sentence is None or sentence.index not in parses:
            continue
        before = [d for d in drafts if d.sentence_index in range(sentence.index - 2, sentence.index + 1)]
        speaker = next((d for d in reversed(before) if d.mode in ("direct", "mixed") and d.mention.source.text), None)
        if speaker is None:
            continue
        mention = replace(speaker.mention, source=replace(speaker.mention.source, start=None, end=None, text=None))
        out.append(Draft(mention, None, quote.spans, "free_indirect", None, "report", sentence.index, "carried over"))
    return out


def _backward_doubt(story: Story, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """ "The claim could not be verified" is about the claim before it (CODEBOOK 3.2)."""
    if draft.claim_type != "doubt" or draft.entry is None or draft.entry.claim_type != "confirmation":
        return draft
    text = story.article.text
    doubted = _ANAPHOR.match(text[draft.content[0].start : draft.content[0].end]) if draft.content else None
    if doubted is None or _FIGURE.search(doubted.group()):
        return draft  # a doubt about a figure leaves the deed as it was told
    at = where(draft)[0]
    before = [
        d
        for d in drafts
        if d.cue is not None
        and d.cue.end <= at
        and draft.sentence_index - d.sentence_index <= 1
        and d.content
        and d.content[-1].end <= at
    ]
    if before:
        near = max(before, key=lambda d: (d.sentence_index, length(d)))
        return replace(draft, content=merge_spans([*near.content, *draft.content], text))
    if draft.sentence_index == 0:
        return draft
    earlier = story.sentences[draft.sentence_index - 1]
    return replace(draft, content=merge_spans([Span(earlier.start, earlier.end), *draft.content], text))


def _unique(drafts: list[Draft]) -> list[Draft]:
    """One attribution per cue, in text order."""
    seen: set[tuple[Span | None, tuple[Span, ...]]] = set()
    out = []
    for draft in sorted(drafts, key=where):
        key = (draft.cue, () if draft.cue else draft.content)
        if key not in seen:
            seen.add(key)
            out.append(draft)
    return out


def _nest(article: Article, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """Give every attribution the smallest larger one whose content holds its cue as its parent."""
    depth, parent = _depths(drafts)
    drafts = [d for k, d in enumerate(drafts) if not (depth.get(k, 1) > 1 and d.claim_type == "stance")]
    depth, parent = _depths(drafts)
    ids = {k: _identifier(article, drafts[k]) for k in depth}
    return tuple(
        _record(article, drafts[k], ids[k], ids[parent[k]] if k in parent else None, depth[k]) for k in sorted(depth)
    )


def worth_a_row(
    attributions: Sequence[Attribution], used: Collection[str], others: bool = True
) -> tuple[Attribution, ...]:
    """The attributions worth a row: those over an event, and besides them what each source says.

    Inside a source's words only what it lets somebody else say is another attribution: "the mayor said he
    hoped ..." has one source, and what it hopes is kept only when an event hangs on it.

    Args:
        attributions: all of the article.
        used: ids of those in the chain of a claim.
        others: whether those that scope over no event are wanted.

    Returns:
        The kept ones in the same order; a child of a dropped one moves up to that one's parent.
    """
    by_id = {a.attribution_id: a for a in attributions}
    kept: dict[str, Attribution] = {}
    for item in sorted(attributions, key=lambda a: a.depth):
        parent = by_id.get(item.parent_id or "")
        while parent is not None and parent.attribution_id not in kept:
            parent = by_id.get(parent.parent_id or "")
        if item.attribution_id in used or (others and (parent is None or _speaks_itself(item, parent))):
            depth = kept[parent.attribution_id].depth + 1 if parent is not None else 1
            up = parent.attribution_id if parent is not None else None
            kept[item.attribution_id] = replace(item, parent_id=up, depth=depth)
    return tuple(kept[a.attribution_id] for a in attributions if a.attribution_id in kept)


def _speaks_itself(item: Attribution, parent: Attribution) -> bool:
    """Whether a nested attribution is speech, by another source than the one that tells of it."""
    source = item.source
    if item.claim_type not in SPEECH or source.text is None:
        return False
    return source.name is None or source.name != parent.source.name


def _depths(drafts: Sequence[Draft]) -> tuple[dict[int, int], dict[int, int]]:
    """Depth and parent by position in ``drafts``; those deeper than five are left out."""
    order = sorted(range(len(drafts)), key=lambda k: (-length(drafts[k]), where(drafts[k])))
    rank = {k: n for n, k in enumerate(order)}
    depth: dict[int, int] = {}
    parent: dict[int, int] = {}
    for n, k in enumerate(order):
        at, end = where(drafts[k])
        holders = [
            h for h in order[:n] if h in depth and any(s.start <= at and end <= s.end for s in drafts[h].content)
        ]
        if holders:
            parent[k] = max(holders, key=lambda h: (depth[h], rank[h]))
        level = depth[parent[k]] + 1 if k in parent else 1
        if level <= MAX_DEPTH:
            depth[k] = level
    return depth, parent


def _identifier(article: Article, draft: Draft) -> str:
    start, end = where(draft)
    key = f"{article.article_id}\x1f{start}\x1f{end}\x1f{draft.mode if draft.cue is None else ''}"
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _record(article: Article, draft: Draft, identifier: str, parent: str | None, depth: int) -> Attribution:
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
