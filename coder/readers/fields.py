"""The fields of an article: from a record's loose values to a checked :class:`Article`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from ...schema.countries import load_countries
from ..records import Article
from .language import Languages
from .rejections import MAX_TEXT, Refusal

FIELDS = ("id", "text", "title", "published", "publisher", "url", "author", "language", "country")
ENGLISH = frozenset(("en", "eng", "english"))
UNDECLARED = frozenset(("und", "mul", "unknown"))
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is taken for articles that do not say."""

    published: date | None = None
    publisher: str | None = None
    country: str | None = None  # ISO2, ISO3 or English name
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its format gives it: values by field name, unchecked."""

    values: Mapping[str, object]
    line: int | None = None
    fallback_id: str | None = None  # for one-article files: the file's name
    raw: str | bytes | None = None


def to_article(record: Record, defaults: Defaults, languages: Languages) -> Article:
    """Check a record's fields and complete them by the defaults.

    Args:
        record: values by field name; unknown names are ignored, blank values count as absent.
        defaults: its country must already be an ISO3 code or None.
        languages: for the check that the text is English.

    Returns:
        The article; without id or file name its id is a hash of its content.

    Raises:
        Refusal: with the code of the first thing that is wrong.
    """
    values = record.values
    article_id = _article_id(record)
    try:
        text = _text(values)
        article = Article(
            article_id=article_id or _content_id(values, text),
            text=text,
            title=_string(values, "title"),
            published=_published(values.get("published")) or defaults.published,
            publisher=_string(values, "publisher") or defaults.publisher,
            url=_string(values, "url"),
            author=_string(values, "author"),
            language=_language(_string(values, "language") or defaults.language),
            country=country_code(_string(values, "country")) or defaults.country,
        )
        other = languages.other_than_english(text)
        if other is not None:
            raise Refusal("other_language", f"it reads as {other}")
    except Refusal as refusal:
        raw = record.raw if record.raw is not None else _shown(values)
        raise Refusal(refusal.code, refusal.detail, record.line, raw, article_id) from None
    return article


def country_code(value: str | None) -> str | None:
    """The ISO3 code of a country given by ISO2, ISO3 or English name.

    Raises:
        Refusal: ``unknown_country``.
    """
    if value is None:
        return None
    countries = load_countries()
    found = countries.get(value.upper()) or countries.get(value)
    if found is None:
        raise Refusal("unknown_country", repr(value[:80]))
    return found.iso3


def _article_id(record: Record) -> str | None:
    value = record.values.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    try:
        return _string(record.values, "id") or record.fallback_id
    except Refusal as refusal:
        raw = record.raw if record.raw is not None else _shown(record.values)
        raise Refusal(refusal.code, refusal.detail, record.line, raw) from None


def _content_id(values: Mapping[str, object], text: str) -> str:
    parts = (str(values.get(name) or "") for name in ("url", "title", "published"))
    return blake2b("\x1f".join((*parts, text)).encode(), digest_size=8).hexdigest()


def _text(values: Mapping[str, object]) -> str:
    value = values.get("text")
    if value is None:
        present = ", ".join(map(str, list(values)[:12]))[:200]
        raise Refusal("missing_text", f"the record has {present}" if present else "the record has no fields")
    if not isinstance(value, str):
        raise Refusal("bad_field_type", f"text is {type(value).__name__}, not a string")
    if len(value) > MAX_TEXT:
        raise Refusal("too_long", f"the text has {len(value):,} characters")
    _check_characters("text", value)
    if not value.strip():
        raise Refusal("blank_text")
    return value


def _string(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refusal("bad_field_type", f"{name} is {type(value).__name__}, not a string")
    _check_characters(name, value)
    return value.strip() or None


def _check_characters(name: str, value: str) -> None:
    if "\0" in value:
        raise Refusal("nul_bytes", f"in {name}, character {value.index(chr(0)) + 1}")
    if not value.isascii() and (found := _SURROGATE.search(value)):
        raise Refusal("not_utf8", f"in {name}, character {found.start() + 1}")


def _published(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if not isinstance(value, str):
        raise Refusal("bad_field_type", f"published is {type(value).__name__}, not a string")
    _check_characters("published", value)
    text = value.strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()  # the day where it was published, whatever the time zone
    except ValueError:
        raise Refusal("bad_date", repr(text[:40])) from None


def _language(value: str | None) -> str | None:
    code = re.split(r"[-_]", value.lower())[0] if value else None
    if code is None or code in UNDECLARED:
        return None
    if code not in ENGLISH:
        raise Refusal("other_language", f"it is declared as {value[:40] if value else value!r}")
    return "en"


def _shown(values: Mapping[str, object]) -> str:
    return "; ".join(f"{name}: {str(value)[:200]}" for name, value in values.items() if value is not None)
