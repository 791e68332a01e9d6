"""Getting articles in: files, folders, patterns and standard input as a stream of articles and rejections."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import BinaryIO

from ..records import Article, Rejection
from .counting import count_articles
from .fields import Defaults, Record, country_code, to_article
from .formats import read_source
from .inputs import SUFFIXES, InputError, Source, find_sources
from .language import load_languages
from .rejections import REASONS, Refusal

__all__ = ["REASONS", "SUFFIXES", "Defaults", "InputError", "count_articles", "read_articles"]


def read_articles(
    inputs: Sequence[str], *, defaults: Defaults | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejection]:
    """Read articles, streaming: memory does not grow with their number (but for 8 bytes' worth of each id).

    Each input is a file, a folder, a glob pattern or "-". Folders are read recursively, sorted; hidden
    files, links to folders and files of other suffixes than :data:`SUFFIXES` are passed over. Standard input
    is JSONL if it starts with "{", else one plain text article. ``.txt`` and ``.md`` hold one article a file,
    optionally after front matter; ``.html`` one page, whose main text, title, date, author and site name are
    extracted; ``.jsonl``/``.ndjson`` one object a line; ``.csv``/``.tsv`` need a column text, ``.parquet``
    the columns id and text; lines and text tables may be gzipped (``.gz``). The fields are id, text, title,
    published, publisher, url, author, language and country; others are ignored. A one-article file without id
    takes its path below the folder given, without suffix (a file named outright: its name); a line or row
    without id takes a hash of its content. No path or address found in the input is ever opened.

    Args:
        inputs: what to read, in this order.
        defaults: for articles that do not say; its country may be any ISO code or English name.
        stdin: instead of standard input.

    Yields:
        Articles, and a :class:`Rejection` for everything that is none, with a code of :data:`REASONS`.

    Raises:
        InputError: at once, not on iteration: an input matches nothing, is of an unknown kind, or the default
            country or language cannot be used.
    """
    sources = find_sources(inputs)
    return _read(sources, _checked(defaults or Defaults()), stdin or sys.stdin.buffer)


def _checked(defaults: Defaults) -> Defaults:
    try:
        return replace(defaults, country=country_code(defaults.country))
    except Refusal as refusal:
        reason = REASONS[refusal.code]
        raise InputError(f"default {reason.message}: {refusal.detail}; {reason.remedy}") from None


def _read(
    sources: Iterator[Source | tuple[str, Refusal]], defaults: Defaults, stdin: BinaryIO
) -> Iterator[Article | Rejection]:
    languages = load_languages()
    seen: set[bytes] = set()
    for source in sources:
        if isinstance(source, tuple):
            path, refusal = source
            yield refusal.rejection(path)
            continue
        for item in read_source(source, stdin):
            try:
                if isinstance(item, Refusal):
                    raise item
                article = to_article(item, defaults, languages)
                yield _first(article, item, seen)
            except Refusal as refusal:
                yield refusal.rejection(source.path)


def _first(article: Article, record: Record, seen: set[bytes]) -> Article:
    key = blake2b(article.article_id.encode(), digest_size=8).digest()
    if key in seen:
        raise Refusal("duplicate_id", "", record.line, article.text, article.article_id)
    seen.add(key)
    return article
