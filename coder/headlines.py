"""A speaker before a colon: "UN: 40 dead in raid", and speakers in a transcript."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .contents import Draft, Story
from .cues import Cues
from .records import Parse, Span
from .sources import Mention, describe

_HEADLINE = re.compile(r"^\s*([A-Z][\w.’'&-]*(?:[ -][\w.’'&-]+){0,5}):\s+(?=\S)")
_NO_SPEAKER = re.compile(
    r"(?i)^(update|breaking|photos?|video|watch|exclusive|analysis|read more|related|live|note|"
    r"editor.s note|"
    r"presenter|host|anchor|newsreader|announcer|moderator|interviewer|correspondent|"  # the outlet's own voice
    r"q|a|poll|opinion|correction|source|tags?|by|from|http|https|date|time|location|fact check|report|listen)\b"
)


def headline_colon(story: Story, parse: Parse, cues: Cues, known: Sequence[Mention]) -> Draft | None:
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
    return Draft(mention, cue, content, "headline_colon", None, "report", sentence.index, "colon")
