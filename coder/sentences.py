"""Sentence splitting: line breaks and blank lines first, then end punctuation with abbreviations known."""

from __future__ import annotations

import re

from .records import Sentence

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj capt sgt cpl pvt adm cmdr gov sen rep hon rev st jr sr messrs mt ft no nos "
    "vs etc inc ltd co corp bros dept est fig jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu "
    "thur thurs fri sat sun approx brig fr pres supt insp det ave blvd rd km ph.d e.g i.e a.m p.m u.s u.k u.n".split()
)
_BREAK = re.compile(r"\n[ \t\r]*\n\s*")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9ÁÉÍÓÚÀ-Ý]|\s*$)")


def split(text: str) -> tuple[Sentence, ...]:
    """Split an article's text into sentences that slice to it exactly.

    A single line break ends a sentence only where lines are not wrapped (most lines end in punctuation).
    """
    out: list[Sentence] = []
    for lo, hi in _paragraphs(text):
        for start, end in _sentences(text, lo, hi):
            out.append(Sentence(len(out), start, end, text[start:end]))
    return tuple(out)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    cuts = [0]
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    ended = sum(line[-1] in ".!?:\"'”’»)" for line in lines)
    wrapped = len(lines) > 3 and ended < 0.6 * len(lines) and max(map(len, lines), default=0) < 120
    pattern = _BREAK if wrapped else re.compile(r"\n\s*")
    spans = []
    for match in pattern.finditer(text):
        spans.append((cuts[-1], match.start()))
        cuts.append(match.end())
    spans.append((cuts[-1], len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _sentences(text: str, lo: int, hi: int) -> list[tuple[int, int]]:
    out = []
    start = lo
    for match in _END.finditer(text, lo, hi):
        if match.end() < hi and _is_abbreviation(text, start, match.start(), match.group()):
            continue
        out.append((start, match.end()))
        start = match.end()
    out.append((start, hi))
    return [trimmed for a, b in out if (trimmed := _trim(text, a, b))]


def _is_abbreviation(text: str, start: int, dot: int, mark: str) -> bool:
    if not mark.startswith(".") or len(mark) > 1:
        return False
    word = re.search(r"[\w.&]+$", text[start:dot])
    if word is None:
        return False
    last = word.group().lower()
    return (
        last in _ABBREVIATIONS
        or (len(last) == 1 and word.group().isupper())
        or bool(re.fullmatch(r"(\w\.)+\w", last))
    )


def _trim(text: str, a: int, b: int) -> tuple[int, int] | None:
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    return (a, b) if a < b else None
