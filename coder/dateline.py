"""The dateline at the head of a story: "KANO, Nigeria (Wire) -", "SAN SALVADOR, 3 JAN 90 --"."""

from __future__ import annotations

import re

from .records import Span

_HEAD = 600  # characters that may come before the dateline: title, byline
_NAME = r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}"
_DATE = r"(?:\d{1,2} [A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.? \d{1,2})(?:,? \d{2,4})?"
_WIRE = r"[(\[][^)\]\n]{1,40}[)\]]"
_DASH = r"(?:--|[—–�]|-(?=\s))"
_LINE = re.compile(
    rf"^[ \t\"*_]*(?P<name>{_NAME}(?:, ?[^\W\d_][\w.]*(?: [^\W\d_][\w.]*){{0,3}})?)"
    r"[*_]*(?: \([^\W\d_][^)\n]{2,30}\)(?=, ))?,? ?"
    rf"(?:{_DATE},? ?(?:{_WIRE})? ?(?:{_DASH}|:|\[TEXT\]|$)|{_WIRE} ?{_DASH}|{_DASH})",
    re.MULTILINE,
)
_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){0,3}"
_OUTER = r", ?[A-Z][\w.]*(?: [A-Z][\w.]*)?"
_NO_DASH = re.compile(rf"^[ \t]*(?P<name>{_UPPER}{_OUTER})(?= [A-Z])", re.MULTILINE)
_AFTER_TITLE = re.compile(rf"(?<=[.!?] )(?P<name>{_UPPER}(?:{_OUTER})?) ?(?:{_WIRE} ?)?{_DASH}")


def find_dateline(text: str) -> Span | None:
    """The place names of a story's dateline.

    Args:
        text: the story.

    Returns:
        The span of the town with what follows it ("KANO, Nigeria"), or None. Whether it is a place is for the
        gazetteer to tell.
    """
    head = text[:_HEAD]
    for pattern in (_LINE, _AFTER_TITLE, _NO_DASH):
        for match in pattern.finditer(head):
            name = match["name"]
            if name[0].isupper() and not re.match(r"(?:By|From|The|In|On|At|After)\b", name):
                return Span(match.start("name"), match.end("name"))
    return None
