"""What the number of deaths in one claim is worth (CODEBOOK 1.5)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|no fewer than|not less than|upwards of|a minimum of)\W+(?:\w+\W+)?$", re.I
)
_UP_TO = re.compile(r"\b(?:up to|as many as|at most)\W+(?:\w+\W+)?$", re.I)
# How much a figure is worth: the lowest of the best kind is taken. A claim that says nothing of deaths is UNTOLD.
BETTER, PLAIN, PARTISAN, UNSURE, UNTOLD = range(5)
_EVIDENCE = frozenset({"documentation", "admission", "confirmation", "revelation"})
_DISTANT = frozenset({"claim", "claim_of_responsibility"})


class Range(NamedTuple):
    """The deaths that a wording allows; ``high`` is None for "at least"."""

    low: int
    high: int | None


class Figure(NamedTuple):
    """A toll that somebody gives, and what it is worth."""

    best: int
    range: Range
    voice: str
    worth: int
    update: bool  # told as a new number


NONE = Figure(0, Range(0, 0), "", UNTOLD, False)


class Given(NamedTuple):
    """What a claim says of deaths and who says it: the columns of its row that decide."""

    fatalities: int | None
    fatalities_low: int | None
    fatalities_high: int | None
    fatalities_text: str | None
    sentence: str
    article_id: str
    publisher: str | None
    source: str | None
    source_type: str | None
    source_interest: str
    claim_type: str
    updates: bool  # the sentence tells a toll as a new one
    bounded: bool  # the sentence holds words such as "at least", "up to"


def figure(given: Given) -> Figure:
    """The toll that a claim gives; one of worth UNTOLD when it says nothing of deaths."""
    if given.fatalities is None:
        return NONE
    before, text = "", given.fatalities_text or ""
    low, high = given.fatalities_low or 0, given.fatalities_high
    if given.bounded and text:
        before = given.sentence.partition(text)[0]
        if _AT_LEAST.search(before) or _AT_LEAST.match(f"{text[:14]} "):
            high = None
    voice = plain(given.source or f"\0{given.publisher or given.article_id}")
    return Figure(given.fatalities, Range(low, high), voice, _worth(given, before), given.updates)


@lru_cache(maxsize=1 << 14)  # the same sources speak again and again
def plain(name: str) -> str:
    """A name without case and article: "The army" and "army" are one."""
    return name.casefold().removeprefix("the ")


def _worth(given: Given, before: str) -> int:
    unsure = given.fatalities == 0 and (given.fatalities_high or 0) > 0
    if unsure or given.claim_type == "hearsay" or (before and _UP_TO.search(before)):
        return UNSURE
    if given.source_interest == "self_serving" or given.claim_type in _DISTANT:
        return PARTISAN
    if given.claim_type in _EVIDENCE or given.source_type == "medical" or given.source_interest == "against_interest":
        return BETTER
    return PLAIN
