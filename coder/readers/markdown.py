"""Markdown as the text that a reader sees: the marks of headings and emphasis are no words; items keep their dash."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token


def plain_text(text: str) -> str:
    """The text of a Markdown document, one paragraph for each of its blocks.

    Args:
        text: CommonMark. HTML blocks and code blocks are left out, link texts and image descriptions kept.

    Returns:
        Paragraphs separated by a blank line, those that begin an item of a list with a dash before them, so that it
        is seen where an item ends; line breaks inside a paragraph become blanks.
    """
    paragraphs: list[str] = []
    mark = ""
    for block in MarkdownIt("commonmark").parse(text):
        if block.type == "list_item_open":
            mark = "- "
        elif block.type == "inline" and (paragraph := _inline(block.children or [])):
            paragraphs.append(mark + paragraph)
            mark = ""
    return "\n\n".join(paragraphs)


def _inline(tokens: list[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif token.type in ("text", "code_inline", "image"):
            pieces.append(token.content)
    return "".join(pieces).strip()
