"""Sentence splitting: line layout first, then end punctuation with abbreviations known.

A text is read in one of three cases, because a capital letter tells nothing in the other two: mixed case, ALL
CAPS (old wire services), and lower case throughout (scraped archives).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from .lexicon import Row, read_table
from .records import Sentence

Case = Literal["mixed", "upper", "lower"]
MAX_HEADING = 8  # words
MAX_LINE = 130  # characters; hard-wrapped lines are shorter
MAX_WORD = 30  # characters
_UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x250)) if c.isupper())
_CLOSERS = r"[\"'”’»)\]]*"
_OPENERS = r"(?:[-–—*•]+\s*)?[\"'“‘«»(\[¿¡]*"
_MARK = r"(?:\.(?:[ \u00a0]\.)+|[.!?…]+)" + _CLOSERS
# A sentence starts with a capital or a digit; names like al-Shabaab and iPhone count as capitalised.
_CASED = re.compile(
    rf"{_MARK}(?=\s+{_OPENERS}(?:[{_UPPER}0-9$€£#@&]|[a-z]{{1,3}}[-'’]?[{_UPPER}])|\s*\Z)"
    # A blank lost in scraping: "… fled.The army …".
    rf"|(?<=[a-z]{{3}})[.!?][\"”’]?(?=[\"“‘]?[{_UPPER}][a-z]+(?:[ ,]|['’]s ))"
)
_UNCASED = re.compile(rf"{_MARK}(?=\s+{_OPENERS}[^\W_]|\s*\Z)")
_PATTERNS: Mapping[Case, re.Pattern[str]] = MappingProxyType({"mixed": _CASED, "upper": _UNCASED, "lower": _UNCASED})
_STOP_LOWER = re.compile(r"[a-z]{3}[.?!][\"'”’]*\s+[\"'“‘]*[a-z]")
_STOP_UPPER = re.compile(rf"[a-z]{{3}}[.?!][\"'”’]*\s+[\"'“‘]*[{_UPPER}]")
_GAP = re.compile(r"[^\S\n]*\n\s*")
_BULLET = re.compile(r"(?:[-–—*•·>#|]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s")
_NEXT = re.compile(rf"\s*{_OPENERS}([\w.'’-]*)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_UNIT = re.compile(r"[A-Z]{2,}\b|\d")  # after "5 p.m.": a time zone or a number, no new sentence
_ADDRESS = re.compile(r"www\.|https?:|[@/\\]")
# "Stop!" Smith said: the quotation's end is not the sentence's.
_SPEAKER = re.compile(
    rf"\s+(?:(?:the|a|an|[{_UPPER}])[\w.'’-]*\s+){{1,4}}(?:said|says|asked|told|added|replied|shouted|cried|wrote)\b",
    re.IGNORECASE,
)
HEAD = 600  # characters at the head of a text in which a dateline may stand
_CAPS = rf"[{_UPPER}][{_UPPER}.'’]+(?:[ /-][{_UPPER}.'’]+){{0,4}}"
_TITLED = rf"[{_UPPER}][\w.'’-]+(?: [{_UPPER}][\w.'’-]+){{0,3}}"
_WIRE = rf"\s?\([{_UPPER}][^()\n]{{1,40}}\)"
_DASH = r"\s*(?:--+|[—–-])\s+"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})(?:,? \d{4})?"
# "BAMAKO (Reuters) - …", "BAMAKO, Mali — …", "Bamako, March 3 (AFP) -- …", "Imphal, February 6: …"
_DATELINE = re.compile(
    rf"(?:(?:{_CAPS}(?:, ?[\w .,]{{2,40}}?)?(?:{_WIRE})?|{_TITLED}(?:, ?[\w .,]{{2,40}}?)?{_WIRE}){_DASH}"
    rf"|{_TITLED}(?:, {_TITLED})?,? {_DAY}(?:{_WIRE})?:\s+)"
    rf"(?={_OPENERS}[{_UPPER}0-9])"
)
# "BOGOTA, 6 DEC 89 (AFP) -- [REPORT] [TEXT] …", also twice in a row
_DATELINE_UPPER = re.compile(
    r"(?:[^\W\d_][^\W\d_\s.'’()-][^\d_\[\]]{0,60}?(?:,\s+\d{1,2}\s+[^\W\d_]{3,9}(?:\s+\d{2,4})?|(?=\())\s*"
    r"(?:\([^()]{2,60}\))?\s*--\s*(?:\[[^\[\]\d]{2,80}\]\s*)*){1,2}"
)


class Abbreviation(Row):
    """A word that matters for sentence ends (``abbreviations.csv``), without its last full stop.

    ``never``: ends no sentence (Mr., vs.); ``title``: likewise, when it has a capital (Gen.); ``number``: not
    before a number (No.); ``proper``: with a capital, ends one only before a starter (Oct., Ill.);
    ``ending``: likewise, capital or not (U.S.); ``final``: ends one before any capital (p.m.). ``start``: a
    word that starts sentences; ``start_cased``: one that does so when capitalised in a mixed-case text.
    ``after_time``: follows a ``final`` within a sentence (p.m. Tuesday).
    """

    word: str
    kind: Literal["never", "title", "number", "proper", "ending", "final", "start", "start_cased", "after_time"]


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The abbreviations by word, and the words that start sentences."""

    kinds: Mapping[str, str] = field(repr=False)
    starters: frozenset[str] = field(repr=False)
    cased_starters: frozenset[str] = field(repr=False)
    after_time: frozenset[str] = field(repr=False)


@cache
def load_sentence_words(overlays: tuple[Path, ...] = ()) -> SentenceWords:
    """Read ``abbreviations.csv`` and its overlays; a later line for the same word wins.

    Raises:
        LexiconError: with file, line and remedy.
    """
    rows = read_table(Abbreviation, "abbreviations", overlays)
    starters, cased, after_time = (
        frozenset(row.word for row in rows if row.kind == kind) for kind in ("start", "start_cased", "after_time")
    )
    kinds = {row.word: row.kind for row in rows if row.kind not in ("start", "start_cased", "after_time")}
    return SentenceWords(MappingProxyType(kinds), starters, starters | cased, after_time)


def split(text: str, words: SentenceWords | None = None) -> tuple[Sentence, ...]:
    """Split an article's text into sentences that slice to it exactly.

    Args:
        text: the article's text, as given.
        words: abbreviations and starters; ours by default.

    Returns:
        The sentences in order. They do not overlap and cover every character that is not white space. A
        dateline is a sentence of its own: before a sentence, it takes the subject from the verb.
    """
    known = words or load_sentence_words()
    case = _case(text)
    out: list[Sentence] = []
    for lo, hi in _paragraphs(text, case):
        if lo < HEAD and (end := _dateline_end(text, lo, hi, case)):
            out.append(_sentence(len(out), text, lo, end))
            lo = end
        for start, end in _sentences(text, lo, hi, case, known):
            out.append(_sentence(len(out), text, start, end))
    return tuple(out)


def is_heading(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is the heading of a section: a line of a few words of its own, within a text.

    The title and a line with a name or number in it are none: they may tell an event that is told nowhere else.

    Args:
        text: the article's text.
        sentence: one of its sentences.
    """
    words = sentence.text.lstrip("#*> ").split()
    if not 0 < len(words) <= MAX_HEADING or sentence.index < 2 or sentence.text[-1] in '.!?:;,"”’)':
        return False
    alone = text[: sentence.start].endswith("\n") and text[sentence.end :].lstrip(" *#").startswith("\n")
    return alone and words[0][:1].isalpha() and all(word[:1].islower() for word in words[1:])


def _sentence(index: int, text: str, start: int, end: int) -> Sentence:
    sentence = text[start:end].strip()
    start = text.index(sentence, start)
    return Sentence(index, start, start + len(sentence), sentence)


def _dateline_end(text: str, lo: int, hi: int, case: Case) -> int | None:
    """The end of the dateline that a paragraph starts with, or None."""
    if case == "lower":
        return None
    while lo < hi and text[lo].isspace():
        lo += 1
    match = (_DATELINE if case == "mixed" else _DATELINE_UPPER).match(text, lo, hi)
    return match.end() if match and hi - match.end() > 20 else None


def _case(text: str) -> Case:
    """How a text is cased: by its share of capitals, and by what follows its full stops."""
    head = text[:4000]
    lower = sum(map(str.islower, head))
    small = len(_STOP_LOWER.findall(head))
    if not small and lower > 0.1 * (len(head) - lower):
        return "mixed"  # however many of the others are capitals
    upper = sum(map(str.isupper, head))
    if lower <= 0.1 * upper:
        return "upper"
    if small and upper < 0.04 * lower and small > 3 * len(_STOP_UPPER.findall(head)):
        return "lower"
    return "mixed"


def _paragraphs(text: str, case: Case) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: paragraphs, list items, headings; wrapped lines are joined."""
    gaps = [(m.start(), m.end()) for m in _GAP.finditer(text)]
    soft = _soft_breaks(text, gaps, case) if gaps else frozenset()
    start = 0
    for a, b in gaps:
        if a not in soft:
            if start < a:
                yield start, a
            start = b
    if start < len(text):
        yield start, len(text)


def _soft_breaks(text: str, gaps: Sequence[tuple[int, int]], case: Case) -> frozenset[int]:
    """The starts of the line breaks that only wrap a line."""
    lines = [(a, b) for a, b in zip((0, *(b for _, b in gaps)), (*(a for a, _ in gaps), len(text)), strict=True)]
    widths = [b - a for a, b in lines]
    breaks = []
    indent = 0
    for n, (a, b) in enumerate(gaps):
        before, indent = indent, b - text.rfind("\n", a, b) - 1
        single = text.count("\n", a, b) == 1 and indent <= before
        if single and 0 < widths[n] <= MAX_LINE and b < len(text) and not _BULLET.match(text, b):
            breaks.append(n)
    if not breaks:
        return frozenset()
    width = sorted(widths)[-1 - len(widths) // 20]  # a stray long line does not count
    following = {n: text[gaps[n][1] : gaps[n][1] + MAX_WORD].split(maxsplit=1)[0] for n in breaks}
    full = {n for n in breaks if widths[n] + 1 + len(following[n]) > width - 3}
    stopped = {n for n in breaks if text[gaps[n][0] - 1] in ".!?:\"'”’»)"}
    small = {n for n in breaks if text[gaps[n][1]].islower()}
    running = small - stopped if case == "mixed" else set()
    filled = full - stopped if len(breaks) > 1 else set()
    wrapped = width <= MAX_LINE and max(len(running) / 0.35, len(filled) / 0.5) >= len(breaks)
    joined = {n for n in breaks if wrapped and (n in full or n not in stopped)}
    if case == "mixed":
        joined |= small - stopped
    return frozenset(gaps[n][0] for n in joined)


def _sentences(text: str, lo: int, hi: int, case: Case, words: SentenceWords) -> Iterator[tuple[int, int]]:
    while lo < hi and text[lo].isspace():
        lo += 1
    start = lo
    for match in _PATTERNS[case].finditer(text, lo, hi):
        end = match.end()
        if end >= hi or not _ends(text, start, match, case, words):
            continue
        yield start, end
        start = end
        while start < hi and text[start].isspace():
            start += 1
    while hi > start and text[hi - 1].isspace():
        hi -= 1
    if start < hi:
        yield start, hi


def _ends(text: str, start: int, match: re.Match[str], case: Case, words: SentenceWords) -> bool:
    """Whether an end mark inside a paragraph ends a sentence."""
    mark = match.group()
    dot = match.start()
    if mark[0] != "." or mark[1:2] in (".", " ", "\u00a0", "?", "!"):
        if mark[0] in ".…" and case != "mixed":
            return False  # three dots and no capital to tell: a pause
        quoted = mark[-1] in "\"'”’" and mark[0] in "!?"
        return dot > start and not (quoted and _SPEAKER.match(text, match.end()))
    begin = 1 + max(text.rfind(" ", start, dot), text.rfind("\n", start, dot), start - 1)
    token = text[begin:dot]
    if not text[match.end()].isspace():
        return not _ADDRESS.search(token) and "." not in token
    word = token.lstrip("\"'“‘«([¿¡").lower()
    if not word:
        return dot > start
    if begin == start and len(word) <= 3 and (word.isdecimal() or len(word) == 1):
        return False  # "1. …", "a. …": the number of an item
    kind = words.kinds.get(word) or words.kinds.get(word.rsplit("-", 1)[-1])
    if kind is None:
        if not (len(word) == 1 and word.isalpha()) and not _ACRONYM.fullmatch(word):
            return True
        kind = "ending"
    if kind in ("title", "proper") and case == "mixed" and not token.lstrip("\"'“‘«([¿¡")[0].isupper():
        return True
    return _ends_after(kind, text, match.end(), case, words)


def _ends_after(kind: str, text: str, end: int, case: Case, words: SentenceWords) -> bool:
    """Whether an abbreviation of this kind, whose stop and closers end at ``end``, ends a sentence too."""
    if kind in ("never", "title"):
        return False
    following = _NEXT.match(text, end)
    word = following.group(1) if following else ""
    if kind == "number" or (kind == "proper" and case != "mixed"):
        return not word[:1].isdigit()
    if kind == "final" and case == "mixed":
        return not _UNIT.match(word) and word.lower() not in words.after_time
    return word.lower() in (words.cased_starters if case == "mixed" else words.starters)
