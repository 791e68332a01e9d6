"""Making ALL-CAPS text readable for the parser without moving a character."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def readable(text: str) -> str:
    """Give upper-case text sentence case, keeping its length so that offsets stay valid.

    Text with lower-case letters in it comes back as it is.
    """
    letters = sum(c.isalpha() for c in text)
    if letters < 12 or sum(c.islower() for c in text) > 0.1 * letters:
        return text
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered[:1].upper() + lowered[1:]
