"""Whether a text is English: by script, and by the function words of the languages it could be instead.

A text is refused on evidence for another language only, never for a lack of English words: tables, headlines
and telegram style have hardly any.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from ..lexicon import Row, read_table

HEAD = 2000  # characters that are looked at
MIN_WORDS = 12  # shorter texts are never refused
MIN_HITS = 4  # function words of another language that are needed
MARGIN = 1.5  # times as many of them as English ones
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
# Scripts without spaces between words: three characters count as a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


class FunctionWords(Row):
    """A language and its commonest function words (``function_words.csv``), blank-separated."""

    language: str
    words: str


@dataclass(frozen=True, slots=True)
class Languages:
    """The function words of English and of the languages it is told from."""

    english: frozenset[str] = field(repr=False)
    others: Mapping[str, tuple[str, ...]] = field(repr=False)  # word to the languages that have it

    def other_than_english(self, text: str) -> str | None:
        """What a text reads as when it is not English.

        Args:
            text: an article's text; its first 2,000 characters count.

        Returns:
            A language or "another script"; None for English and where there is too little to tell.
        """
        head = text[:HEAD]
        words = _WORD.findall(head.lower())
        if len(words) + len(_UNSPACED.findall(head)) // 3 < MIN_WORDS:
            return None
        letters = sum(map(str.isalpha, head))
        if not head.isascii() and len(_LATIN.findall(head)) < letters / 2:
            return "another script"
        english = sum(word in self.english for word in words)
        hits: dict[str, int] = {}
        for word in words:
            for language in self.others.get(word, ()):
                hits[language] = hits.get(language, 0) + 1
        best = max(hits, key=lambda language: hits[language], default=None)
        if best is None or hits[best] < max(MIN_HITS, MARGIN * english + 1):
            return None
        return best


@cache
def load_languages() -> Languages:
    """Read ``function_words.csv``. Words that English has too tell nothing and are left out."""
    rows = read_table(FunctionWords, "function_words")
    english = frozenset(word for row in rows if row.language == "English" for word in row.words.split())
    others: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for word in row.words.split():
            if row.language != "English" and word not in english:
                others[word] = (*others.get(word, ()), row.language)
    return Languages(english, MappingProxyType(others))
