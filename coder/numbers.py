"""Numbers in news English: digits, words, bounds, ranges and round figures (CODEBOOK 1.5).

The values follow the codebook: the lower of two numbers, ``at least N`` is N, dozens are 12, scores 20,
several 3. What a text leaves open is not invented: ``at least 12`` has ``high`` 12 and ``exact`` False.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_VALUES = (
    {word: n for n, word in enumerate(_UNITS, 1)}
    | {word: n for n, word in enumerate(_TEENS, 10)}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | _SCALES
    | {"a": 1, "an": 1, "zero": 0, "fourty": 40, "half": 0}
)
# Round figures without a number: lowest, ACLED's value, and the largest that the word still covers.
_ROUND = {
    "tens": (10, 10, 99),
    "dozens": (12, 12, 99),
    "scores": (20, 20, 99),
    "hundreds": (100, 100, 999),
    "thousands": (1000, 1000, 9999),
    "millions": (1_000_000, 1_000_000, 9_999_999),
}
SEVERAL = (2, 3, 10)  # plural without a number: 3, or 10 in a large attack (CODEBOOK 1.5)

_UNIT = "(?:" + "|".join(_UNITS) + ")"
_SUB100 = f"(?:(?:{'|'.join(_TENS)}|fourty)(?:[-‐‑ ]{_UNIT})?|{'|'.join(_TEENS)}|{_UNIT})"
_SUB1000 = rf"(?:(?:(?:an?|{_SUB100})\s+)?hundred(?:\s+(?:and\s+)?{_SUB100})?|{_SUB100})"
_WORDS = rf"(?:(?:an?\s+|{_SUB1000}\s+)?(?:thousand|million)(?:\s+(?:and\s+)?{_SUB1000})?|{_SUB1000}|zero)"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?=\s+(?:thousand|million))|\d+)"
_DOZEN = rf"(?:half\s+a|an?|{_SUB100}|\d+)\s+(?:dozen|score)"
_NUMBER = rf"(?:{_DOZEN}|half-a-dozen|{_DIGITS}(?:\s+(?:hundred|thousand|million))?|{_WORDS})"
_FEW = r"(?:several|a\s+few|some|many|a\s+couple(?:\s+of)?)"
_PLURAL = rf"(?:{'|'.join(_ROUND)})"
_LOOSE = (
    rf"(?:{_FEW}\s+(?:dozen|score|hundred|thousand|million)s?"
    rf"|{_PLURAL}(?:\s+(?:and|or|if\s+not)\s+{_PLURAL})?(?:\s+of\s+(?:thousands|hundreds|millions))?"
    r"|several|a\s+(?:good\s+)?few|quite\s+a\s+few|(?:a|an\s+\w+)\s+(?:handful|number)(?=\s+of)|many|numerous|multiple"
    r"|(?:a\s+)?(?:couple|pair)(?=\s+of|\s+more|\s+\w+s\b)|both)"
)
_LEAST = (
    r"at\s+(?:the\s+very\s+)?least|a\s+minimum\s+of|at\s+a\s+minimum|no(?:t)?\s+(?:fewer|less)\s+than|"
    r"(?:well\s+|just\s+|slightly\s+|a\s+little\s+|far\s+|many\s+)?(?:more\s+than|over|above)|upwards?\s+of|in\s+excess\s+of"
)
_MOST = (
    r"up\s+to|as\s+many\s+as|as\s+much\s+as|at\s+(?:the\s+)?most|(?:no|not)\s+more\s+than|a\s+maximum\s+of|"
    r"(?:fewer|less)\s+than|under|below"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close\s+to|(?:an\s+)?estimated|circa|perhaps|"
    r"maybe|possibly|probably|reportedly|allegedly|virtually|as\s+few\s+as|in\s+the\s+region\s+of"
)
_PLAIN = (
    r"another|a\s+further|further|an?\s+additional|additional|a\s+total\s+of|only|just|exactly|all|the|the\s+other|"
    r"other|these|those|an?\s+combined|even"
)
_PREFIX = rf"(?:(?:{_LEAST}|{_MOST}|{_ABOUT}|{_PLAIN})\s+)*"
_SEP = r"(?:\s+to\s+|\s+or\s+(?:even\s+|possibly\s+|perhaps\s+)?)"
_CORE = (
    rf"(?:between\s+(?P<lo1>{_NUMBER})\s+and\s+(?P<hi1>{_NUMBER})"
    rf"|(?P<lo2>{_NUMBER}){_SEP}(?P<hi2>{_NUMBER})|(?P<lo3>{_DIGITS})\s*[-‐‑–—]\s*(?P<hi3>{_DIGITS})"
    rf"|(?P<loose>{_LOOSE})|(?P<number>{_NUMBER}))"
)
_SUFFIX = r"(?P<plus>\s*\+|\s+plus\b|\s+or\s+(?:more|so)\b|[-\s]odd\b)?"
_AFTER = r"(?![\w%])(?![.,:/]\d)(?!\s*(?:%|percent\b|per\s+cent\b|pct\b))(?![-‐‑–](?!\d)\w)"
_QUANTITY = re.compile(rf"(?<![\w$€£#])(?<!\d[.,:/])(?<![-/]){_PREFIX}{_CORE}{_SUFFIX}{_AFTER}")
_NONE = re.compile(r"(?:no|none|zero|nobody|no\s+one|not\s+one|not\s+a\s+single)", re.IGNORECASE)
_SINGLE = re.compile(r"(?:an?|a\s+single|a\s+lone|another)", re.IGNORECASE)
_BOUNDS = (
    ("most", re.compile(rf"\b(?:{_MOST})\b", re.IGNORECASE)),
    ("least", re.compile(rf"\b(?:{_LEAST})\b", re.IGNORECASE)),
    ("about", re.compile(rf"\b(?:{_ABOUT})\b", re.IGNORECASE)),
)


class Quantity(NamedTuple):
    """How many, as said: lowest, the codebook's value, highest; ``bound`` names the wording."""

    low: int
    best: int
    high: int
    text: str
    exact: bool
    bound: str = "exact"  # exact, least, most, about, range, round, vague


class Found(NamedTuple):
    """A quantity in a text, with local offsets."""

    start: int
    end: int
    quantity: Quantity


def parse_quantity(text: str) -> Quantity | None:
    """Read a text that is a number expression and nothing else (CODEBOOK 1.5).

    Args:
        text: e.g. "at least twenty-three", "10 to 15", "dozens", "a", "no".

    Returns:
        The quantity; None when the text is no number expression. ``at least N`` gives N for all three values;
        ``up to N`` gives low 0, best N and bound "most"; a range gives its lower end as best; several, a few
        and many give 2, 3, 10; dozens 12, scores 20, hundreds 100.
    """
    stripped = text.strip()
    match = _QUANTITY.fullmatch(_lower(stripped))
    if match is not None:
        return _read(match, stripped)
    if _NONE.fullmatch(stripped):
        return Quantity(0, 0, 0, stripped, True)
    if _SINGLE.fullmatch(stripped):
        return Quantity(1, 1, 1, stripped, True)
    return Quantity(*SEVERAL, stripped, False, "vague") if stripped.lower() == "some" else None


def scan(text: str) -> tuple[Found, ...]:
    """All number expressions of a text in order, without bare "a", "no" and "some"."""
    out = []
    for match in _QUANTITY.finditer(_lower(text)):
        out.append(Found(match.start(), match.end(), _read(match, text[match.start() : match.end()])))
    return tuple(out)


def add(first: Quantity, second: Quantity) -> Quantity:
    """The sum of two quantities of different people."""
    text = f"{first.text} + {second.text}"
    low, best, high = (a + b for a, b in zip(first[:3], second[:3], strict=True))
    return Quantity(low, best, high, text, first.exact and second.exact, _looser(first, second))


def value(text: str) -> int | None:
    """The integer that a plain number in digits or words stands for, or None."""
    words = re.findall(r"\d[\d,.]*|[a-z]+", text.lower())
    if not words:
        return None
    total, current = 0.0, 0.0
    for i, word in enumerate(words):
        if word in ("and", "a", "an") and i:
            continue
        if word == "half":
            return 6
        if word[0].isdigit():
            current += float(word.replace(",", "").rstrip("."))
        elif word in ("thousand", "million"):
            total, current = total + (current or 1) * _SCALES[word], 0.0
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
        elif word in _VALUES:
            current += _VALUES[word]
        else:
            return None
    return int(total + current)


def _looser(first: Quantity, second: Quantity) -> str:
    order = ("exact", "least", "about", "range", "round", "vague", "most")
    return max(first.bound, second.bound, key=order.index)


def _lower(text: str) -> str:
    """The text in lower case if that keeps its length, so that offsets stay valid."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _read(match: re.Match[str], text: str) -> Quantity:
    low = match["lo1"] or match["lo2"] or match["lo3"]
    high = match["hi1"] or match["hi2"] or match["hi3"]
    if low and high:
        return _range(low, high, text)
    if match["loose"]:
        return _loose(match["loose"].lower(), text)
    number = value(match["number"]) or 0
    bound = next((name for name, pattern in _BOUNDS if pattern.search(text)), "exact")
    if bound == "exact" and match["plus"]:
        bound = "about" if match["plus"].strip().lower() in ("or so", "odd", "-odd") else "least"
    if bound == "most":
        return Quantity(0, number, number, text, False, "most")
    return Quantity(number, number, number, text, bound == "exact", bound)


def _range(low: str, high: str, text: str) -> Quantity:
    first, second = value(low) or 0, value(high) or 0
    tail = re.search(r"(hundred|thousand|million|dozen)$", high.lower())
    if tail and first < second and not re.search(r"(hundred|thousand|million|dozen)$", low.lower()):
        first *= _SCALES[tail.group()]  # "two to three hundred"
    return Quantity(min(first, second), min(first, second), max(first, second), text, False, "range")


def _loose(words: str, text: str) -> Quantity:
    if words.startswith(("couple", "pair", "a couple", "a pair", "both")) and not re.search(
        r"(dozen|score|hundred|thousand|million)s?$", words
    ):
        return Quantity(2, 2, 2, text, words == "both")
    scale = re.search(r"\b(dozen|score|hundred|thousand|million)s?$", words)
    if scale and not words.startswith(tuple(_ROUND)):
        unit = _SCALES[scale.group(1)]
        few = 2 if words.startswith("a couple") else 3
        return Quantity(2 * unit, few * unit, 9 * unit, text, False, "round")
    if words.startswith(tuple(_ROUND)):
        found = [_ROUND[word] for word in re.findall(r"[a-z]+", words) if word in _ROUND]
        if re.search(r"\bof\s+\w+$", words) and len(found) > 1:
            low, best, high = (
                found[0][0] * found[-1][0],
                found[0][1] * found[-1][1],
                (found[0][2] + 1) * found[-1][0] - 1,
            )
        else:
            low, best, high = min(found)[0], min(found)[1], max(found)[2]
        return Quantity(low, best, high, text, False, "round")
    return Quantity(*SEVERAL, text, False, "vague")
