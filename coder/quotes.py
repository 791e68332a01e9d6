"""Quotations in an article's text: where they open and close, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .records import Span

_MARK = re.compile(r"``|''|[\"“”„«»‘’']")
_PARAGRAPH = re.compile(r"\n\s*")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "``": "''", "‘": "’"}
_MAX_SINGLE = 600  # a single quotation mark that finds no partner within this many characters is an apostrophe


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: its stretches of text with their marks (several when it goes on over paragraph breaks)."""

    spans: tuple[Span, ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Where it opens."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1].end


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Find the outermost quotations of a text (CODEBOOK 3.3 ``mode``).

    Reads “ ” " ‘ ’ ' « » „ and the typewriter pairs `` and ''. A quotation open at the end of a paragraph
    goes on when the next paragraph opens with a mark; otherwise it ends with its paragraph when it fills
    the rest of it from a sentence start, or is no quotation at all.

    Args:
        text: the article's text.

    Returns:
        Quotations in text order, never overlapping. Never raises, whatever the marks.
    """
    out: list[Quote] = []
    carried: list[Span] = []
    opener = ""
    for lo, hi in _paragraphs(text):
        if carried and not text.startswith(_same_kind(opener), lo):
            out += _unclosed(text, carried)
            carried = []
        for span, mark, closed in _scan(text, lo, hi):
            if carried and span.start == lo:
                carried.append(span)
            elif closed:
                out.append(Quote((span,)))
                continue
            else:
                carried = [span]
            opener = mark
            if closed:
                out.append(Quote(tuple(carried)))
                carried = []
    out += _unclosed(text, carried)
    return tuple(sorted(out, key=lambda quote: quote.start))


def _unclosed(text: str, spans: list[Span]) -> list[Quote]:
    """An open quotation counts when it opens its paragraph or is long; a short one is a stray mark."""
    if not spans:
        return []
    first = spans[0]
    long = first.end - first.start > 40 or len(spans) > 1
    opens = first.start == 0 or text[first.start - 1] == "\n"
    return [Quote(tuple(spans), closed=False)] if long or opens else []


def _same_kind(mark: str) -> tuple[str, ...]:
    return (mark, "“", '"', "''", "``", "«", "„") if mark not in ("'", "‘") else (mark,)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lo = 0
    for match in _PARAGRAPH.finditer(text):
        if match.start() > lo:
            yield lo, match.start()
        lo = match.end()
    if lo < len(text):
        yield lo, len(text)


def _scan(text: str, lo: int, hi: int) -> Iterator[tuple[Span, str, bool]]:
    """Quotations of one paragraph, with the opening mark and whether they are closed in it."""
    at = lo
    while match := _MARK.search(text, at, hi):
        mark, begin = match.group(), match.start()
        at = match.end()
        if not _opens(text, lo, match):
            continue
        end = _closing(text, mark, at, hi)
        if end is not None:
            yield Span(begin, end), mark, True
            at = end
        elif mark not in ("'", "‘", "’") and _at_sentence(text, lo, begin):
            yield Span(begin, hi), mark, False
            return


def _opens(text: str, lo: int, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() > lo else " "
    after = text[match.end() : match.end() + 1]
    if match.group() in ("”", "»", "’") or not after or (after.isspace() and match.group() != "«"):
        return False
    return not (before.isalnum() or before in ".,!?%")


def _at_sentence(text: str, lo: int, begin: int) -> bool:
    before = text[lo:begin].rstrip()
    return not before or before[-1] in ".!?:,—-”\"'"


def _closing(text: str, mark: str, at: int, hi: int) -> int | None:
    """The end of the quotation opened by ``mark``, or None when it is not closed in the paragraph."""
    if mark in ("'", "‘"):
        return _closing_single(text, at, min(hi, at + _MAX_SINGLE))
    wanted = _OPENERS.get(mark, mark)
    depth = 0
    for match in _MARK.finditer(text, at, hi):
        found = match.group()
        after = text[match.end() : match.end() + 1].strip()
        if found == "“" == mark and text[match.start() - 1] in ".,!?" and not after:
            return match.end()  # typed with the opening mark at both ends
        if found == mark and mark in ("“", "«"):
            depth += 1
        elif (found in wanted and found not in ("'", "’")) or (found == "''" and wanted == "''"):
            if depth and mark in ("“", "«"):
                depth -= 1
            elif mark not in ('"', "''") or not _is_opening(text, match):
                return match.end()
    return None


def _is_opening(text: str, match: re.Match[str]) -> bool:
    """A straight mark after a blank and before a letter opens; inside a quotation that is a nested one."""
    before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
    return before.isspace() and after.isalnum()


def _closing_single(text: str, at: int, hi: int) -> int | None:
    """A closing single mark: after punctuation, or after a word with no letter behind it."""
    fallback = None
    for match in re.finditer(r"['’]", text[at:hi]):
        where = at + match.start()
        after = text[where + 1 : where + 2]
        if after.isalnum():
            continue
        if text[where - 1] in ".,!?;…":
            return where + 1
        if not text[where - 1].isspace() and fallback is None:
            fallback = where + 1
    return fallback
