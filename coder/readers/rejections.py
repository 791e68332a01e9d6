"""Why an article is refused: the closed list of codes, each with its message and its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from ..records import Rejection

MAX_TEXT = 2_000_000  # characters of one article's text
MAX_LINE = 4_000_000  # bytes of one line or one-article file, so that no input is held whole in memory
RAW_CHARACTERS = 500


class Reason(NamedTuple):
    """What a code says to the user."""

    message: str
    remedy: str


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "unreadable": Reason("the file cannot be read", "check permissions and whether the file is complete"),
        "not_utf8": Reason("not UTF-8", "convert to UTF-8, e.g. `iconv -f WINDOWS-1252 -t UTF-8`"),
        "nul_bytes": Reason("holds NUL characters", "export the text again, or remove the NUL characters"),
        "empty": Reason("holds no article", "remove the file, or check how it was written"),
        "too_long": Reason(
            f"longer than {MAX_TEXT:,} characters of text (or {MAX_LINE:,} bytes of line or file)",
            "one record is one article: split collections into articles",
        ),
        "bad_json": Reason("not valid JSON", "write one JSON object a line"),
        "not_object": Reason("the line is JSON but no object", 'write {"id": …, "text": …}, one a line'),
        "bad_csv": Reason("not valid CSV", "quote cells that hold separators, line breaks or (doubled) quotes"),
        "bad_parquet": Reason("not a readable Parquet file", "write it again; check that it is complete"),
        "missing_column": Reason("a needed column is missing", "name the columns id and text"),
        "missing_text": Reason("there is no text", "put the article's body in the field text"),
        "blank_text": Reason("the text is blank", "remove the article, or fetch its text again"),
        "bad_field_type": Reason("a value has the wrong type", "write fields as strings or leave them out"),
        "bad_date": Reason("published is no ISO 8601 date", "write 2024-05-31 or 2024-05-31T08:00:00Z"),
        "unknown_country": Reason(
            "country is unknown", "write an ISO 3166-1 code or the English name, or leave it out"
        ),
        "duplicate_id": Reason("this id was already read", "give every article an id of its own"),
        "other_language": Reason("the article is not in English", "code English text, e.g. a translation"),
        "no_main_text": Reason("no article text was found in the page", "save the text as .txt"),
    }
)


@dataclass(eq=False)
class Refusal(Exception):
    """A reason of :data:`REASONS` met while reading, with its particulars and place."""

    code: str
    detail: str = ""
    line: int | None = None
    raw: str | bytes | None = None
    article_id: str | None = None

    def rejection(self, source: str) -> Rejection:
        """The record for ``rejected.jsonl``; ``raw`` is cut to 500 characters, writable as UTF-8."""
        reason = REASONS[self.code]
        return Rejection(
            source=_clean(source),
            line=self.line,
            article_id=None if self.article_id is None else _clean(self.article_id[:RAW_CHARACTERS]),
            code=self.code,
            message=_clean(f"{reason.message}: {self.detail}" if self.detail else reason.message),
            remedy=reason.remedy,
            raw=_excerpt(self.raw),
        )


def _excerpt(raw: str | bytes | None) -> str | None:
    if raw is None:
        return None
    if isinstance(raw, bytes):
        raw = raw[: 4 * RAW_CHARACTERS].decode("utf-8", "backslashreplace")
    return _clean(raw[:RAW_CHARACTERS])[:RAW_CHARACTERS]


def _clean(text: str) -> str:
    """The text with lone surrogates spelled out: they cannot be written as UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
