"""Actor names in ACLED's style: countries, regime periods, placeholders (CODEBOOK 1.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from .actor_lexicon import ActorLexicon, Alias, Entry, Word, head_lemma

_POSSESSIVE = re.compile(r"(['’]?s)$")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fill(
    template: str, lexicon: ActorLexicon, iso3: str | None, on: date | None, more: Mapping[str, str]
) -> str | None:
    """Fill a name template.

    Args:
        template: with ``{country}``, ``{state}``, ``{regime}``, ``{religion}`` or ``{ethnicity}``.
        lexicon: for names and regimes.
        iso3: the country.
        on: the day that decides the regime; without it there is no bracket.
        more: the other placeholders' values.

    Returns:
        The name, or None when a placeholder cannot be filled.
    """
    values = dict(more)
    if iso3 is not None and iso3 in lexicon.countries:
        name = lexicon.countries[iso3]
        values["country"] = name
        values["state"] = f"the {name}" if lexicon.has("article", iso3.lower()) else name
        values["regime"] = lexicon.regime(iso3, on)
    if any(key not in values for key in _PLACEHOLDER.findall(template)):
        return None
    return " ".join(template.format(**values).split()) or None


def find_alias(
    words: tuple[Word, ...], at: int, lexicon: ActorLexicon, country: str | None, caseless: bool
) -> tuple[int, tuple[tuple[Entry, bool], ...]] | None:
    """The longest named actor that starts at a word: where it ends and what it may be."""
    first = words[at].form
    for alias in lexicon.aliases.get(first) or lexicon.aliases.get(head_lemma(first), ()):
        end = _matched(alias.words, words, at)
        if end is None:
            continue
        if not _cased(alias, words[at:end], caseless) or (not caseless and _cut_off(words, at, end, lexicon)):
            continue
        entries = tuple((e, local) for e, local in alias.entries if not local or country in e.countries)
        if entries:
            return end, entries
    return None


def _cut_off(words: tuple[Word, ...], at: int, end: int, lexicon: ActorLexicon) -> bool:
    """Whether a name is the end of a longer one that no dictionary has: "the Garo National Liberation Army"."""
    if at == 0 or end - at < 2 or not words[at - 1].surface[0].isupper():
        return False
    if not words[at].surface[0].isupper() or words[at].surface.isupper():  # "Muivah NSCN IM"
        return False
    before = words[at - 1].form
    if before in ("a", "an"):  # "A Communist Party cadre" at the start of a sentence
        return False
    listed = any((before,) in entries for entries in lexicon.affixes.values())
    known = before in lexicon.nations or (head_lemma(before),) in lexicon.agents or before in lexicon.aliases
    return not (listed or known)


def _matched(wanted: tuple[str, ...], words: tuple[Word, ...], at: int) -> int | None:
    """Where a name that starts at a word ends; "the" inside it and an ending of its last word may vary."""
    for k, form in enumerate(wanted):
        while k and at < len(words) and words[at].form == "the":
            at += 1
        if at == len(words) or not _same(form, words[at].form, k in (0, len(wanted) - 1)):
            return None
        at += 1
    return at


def _same(wanted: str, form: str, inflected: bool) -> bool:
    return form == wanted or (inflected and len(form) > 4 and head_lemma(form) == head_lemma(wanted))


def _cased(alias: Alias, words: tuple[Word, ...], caseless: bool) -> bool:
    """Whether the words are written as a name must be; in text without case only short names are refused."""
    if caseless:
        return not alias.acronym or len(alias.words[0]) > 2
    if alias.acronym:
        return not any(c.islower() for c in _POSSESSIVE.sub("", words[0].surface))
    return not alias.cased or any(not word.surface[0].islower() for word in words)


def choose(entries: tuple[tuple[Entry, bool], ...], country: str | None, on: date | None) -> Entry:
    """The entry that an alias means: by country and date, then by country, then by date (CODEBOOK 4).

    A later row of the dictionaries wins among equals; outside every period the nearest one is taken.
    """

    def rank(item: tuple[int, Entry]) -> tuple[bool, bool, int, int]:
        order, entry = item
        here = country is not None and country in entry.countries
        return (here or not entry.countries, entry.active(on), -entry.distance(on), order)

    ranked = [(k, entry) for k, (entry, _) in enumerate(entries)]
    active = [item for item in ranked if item[1].active(on)]
    return max(active or ranked, key=rank)[1]
