"""Front matter: the block of ``key: value`` lines between two ``---`` lines at the head of a text file."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"---[ \t]*\r?\n(?P<lines>(?:.*\r?\n){0,60}?)---[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*")
_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*\Z")
_OTHER = re.compile(r"[ \t]+\S|- |#|[ \t]*\Z")  # nested values of other keys, comments, blank lines


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split a text into its front matter and its body.

    Args:
        text: a file's text. A block in which any line is not ``key: value`` is no front matter.

    Returns:
        The values by lower-case key, without surrounding quotes; and the body.
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text
    values: dict[str, str] = {}
    for line in block["lines"].splitlines():
        match = _LINE.match(line)
        if match is None:
            if _OTHER.match(line):
                continue
            return {}, text
        value = match["value"] or ""
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[match["key"].lower()] = value
    return values, text[block.end() :]
