"""Markdown as the text that a reader sees: the marks of headings, lists and emphasis are no words."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token


def plain_text(text: str) -> str:
    """The text of a Markdown document, one paragraph for each of its blocks.

    Args:
        text: CommonMark. HTML blocks and code blocks are left out, link texts and image descriptions kept.

    Returns:
        Paragraphs separated by a blank line; line breaks inside a paragraph become blanks.
    """
    blocks = MarkdownIt("commonmark").parse(text)
    paragraphs = (_inline(block.children or []) for block in blocks if block.type == "inline")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _inline(tokens: list[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif token.type in ("text", "code_inline", "image"):
            pieces.append(token.content)
    return "".join(pieces).strip()
