"""The grammar of English date expressions: what looks like a date, before anyone asks which one.

One alternation of named forms finds them; :mod:`.dates` says what each form means. Words that a political
scientist may want to change (feasts, names that contain dates) are in ``lexicons/date_words.csv``.
"""
# ruff: noqa: E501  (a form on one line is easier to read than a wrapped one)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from .lexicon import Row, read_table

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}
FUNCTION_WORDS = (
    "in|on|at|when|after|before|during|and|but|or|as|that|which|who|where|while|by|for|from|to|with|near|of|is|was|were|"
    "are|had|has|have|the|a|an|it|he|she|they|we|there|because|since|until|through|against|between|over|under|its|his|their"
)

_M = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
_FULL_M = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|aug|sept|oct|nov|dec)\.)"
_WD = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_WDX = rf"(?:{_WD}|(?:mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)\b\.?)"
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_Y4 = r"(?:1[89]|20)\d\d\b(?![,.]?\d|%)"
_Y = rf"(?:(?:\s*,?\s*|\s+of\s+|-){_Y4}|[ -]'?\d\d\b(?=\s*(?:[-–—]{{2}}|[\[\]().,;:]|$)))"
_RY = r"(?:,?\s+(?:of\s+|earlier\s+)?(?P<ry>this|last|the\s+same|that|the\s+previous|the\s+following)\s+year)?"
_DASH = r"(?:\s*[-–—/]\s*|\s+(?:to|through|thru|until|till)\s+)"
_DASH_AND = rf"(?:{_DASH}|\s+and\s+|\s*&\s*)"
_NO_DAY = rf"(?!\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b|(?:\s*,?\s+|\s+of\s+|[-/]){_Y4})"
_PART = r"(?:\s+(?:early\s+|late\s+|mid-?)?(?:morning|afternoon|evening|night|midnight|noon|midday|dawn))"
_PHASE = (
    r"(?:(?:very\s+)?early(?:\s+in)?|late(?:\s+in)?|mid|middle|(?:the\s+)?(?:start|beginning|end|middle)\s+of|"
    r"(?:the\s+)?(?:first|second|third|fourth|last|final)\s+(?:few\s+)?(?:week|days|half)\s+of)(?:\s+|\s*-\s*)"
)
_WDP = rf"(?:{_WDX}(?:{_PART})?\s*,?\s*[(]?\s*(?:the\s+)?)"
_N = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|"
    r"several|a\s+few|a\s+couple\s+of|many|some|a\s+half)"
)
_U = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)s?"

# Names are dispatched on; order matters where two forms begin at the same place.
FORMS: dict[str, str] = {
    "iso": r"(?<![\d/-])(?P<y>(?:19|20)\d\d)[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?![\d-])",
    "numeric": r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)",
    "span_full": rf"(?:between\s+|from\s+)?{_WDP}?(?:(?P<d1>{_D})(?:\s+of)?[ -](?P<m1>{_M})(?P<y1>{_Y})?{_DASH_AND}{_WDP}?(?P<d2>{_D})(?:\s+of)?[ -](?P<m2>{_M})(?P<y2>{_Y})?"
    rf"|(?P<m3>{_M})\s+(?P<d3>{_D})(?P<y3>{_Y})?{_DASH_AND}{_WDP}?(?P<m4>{_M})\s+(?P<d4>{_D})(?P<y4>{_Y})?)",
    "span_days": rf"(?:between\s+|from\s+)?{_WDP}?(?:(?P<d1>{_D})(?:,\s*{_D})*{_DASH_AND}(?:the\s+)?(?P<d2>{_D})(?:\s+of)?\s+(?P<m1>{_M})(?P<y1>{_Y})?"
    rf"|(?P<m2>{_M})\s+(?P<d3>{_D})(?:(?:,\s*{_D})*{_DASH}|(?:,\s*{_D})*,?\s+and\s+(?={_D}(?:\s*[,.;:)]|\s*$|\s+(?:{FUNCTION_WORDS})\b)))(?P<d4>{_D})(?!\s+(?:people|others|more|killed|dead))(?P<y2>{_Y})?)",
    "span_months": rf"(?:between\s+|from\s+)(?P<m1>{_FULL_M})(?P<y1>{_Y})?{_DASH_AND}(?P<m2>{_FULL_M})(?P<y2>{_Y})?|(?P<m3>{_FULL_M})\s?[-–—/]\s?(?P<m4>{_FULL_M})(?P<y4>{_Y})",
    "span_weekdays": rf"(?P<night>overnight\s+|the\s+night\s+)?(?:between\s+|from\s+)?(?P<w1>{_WD})(?:{_PART})?(?:\s*[-–—/]\s*|\s+(?:to|through|into|until|till)\s+)(?P<w2>{_WD})(?:{_PART})?"
    rf"|(?P<night2>overnight\s+|the\s+night\s+)?between\s+(?P<w3>{_WD})(?:{_PART})?\s+and\s+(?P<w4>{_WD})(?:{_PART})?",
    "dmy": rf"{_WDP}?(?:(?P<rel>last|this|next)\s+)?(?P<d>{_D}|(?:twenty[- ]|thirty[- ])?(?:{'|'.join(ORDINALS)}|thirtieth)\s+of)(?:\s+(?:of\s+)?|-)(?P<m>{_M})(?P<y>{_Y})?(?!-\d){_RY}",
    "mdy": rf"{_WDP}?(?:(?P<rel>last|this|next)\s+)?(?P<m>{_M})(?:\s+|-)(?:the\s+)?(?P<d>{_D})(?!\s*[-–]\s*\w|\s+(?:people|others|persons|more)\b)(?P<y>{_Y})?{_RY}",
    "month_year": rf"(?P<phase>{_PHASE})?(?P<m>{_M})(?P<y>\s*,?\s+{_Y4}|\s+of\s+{_Y4}|[-/]{_Y4})",
    "month": rf"(?P<phase>{_PHASE})(?:(?P<rel>last|this|next)\s+)?(?P<m>{_FULL_M})\b(?!\s+(?:have|be|not|also)\b){_NO_DAY}{_RY}"
    rf"|(?P<rel2>last|this|next|since(?:\s+last)?)\s+(?P<m2>{_FULL_M})\b{_NO_DAY}"
    rf"|(?<!\w)(?P<prep>in|during|until|till|by|of|for|throughout|around|through|back\s+in|before|after)\s+(?P<x>(?P<m3>{_FULL_M})\b(?!\s+(?:have|be|not|also)\b){_NO_DAY}{_RY.replace('<ry>', '<ry3>')})",
    "weekday_week": rf"(?:late\s+|early\s+|mid-)?(?P<w>{_WD})(?:{_PART})?,?\s+(?:of\s+)?(?P<rel>last|this|next|the\s+previous|the\s+following)\s+week\b",
    "weekday_ago": rf"(?P<n>a\s+week|two\s+weeks|three\s+weeks)\s+ago\s+(?:on\s+)?(?P<w>{_WD})|(?P<w2>{_WD})\s+a\s+week\s+ago|(?P<n3>two|three|four)\s+(?P<w3>{_WD})s\s+ago",
    "nth_weekday": rf"(?:the\s+)?(?P<n>first|second|third|fourth|last|final)\s+(?P<w>{_WD}|day)\s+(?:of|in)\s+(?P<m>{_M})(?P<y>\s*,?\s+{_Y4}|\s+of\s+{_Y4})?",
    "year_ago_today": r"(?P<n>a|one|two|three|four|five|ten)\s+years?\s+ago\s+(?:today|to\s+the\s+day)",
    "ahead": rf"in\s+(?:another\s+)?(?P<n>{_N})\s+(?P<u>(?:day|week|month)s?)(?:['’]\s+time)?(?=\s*[,.;:)]|\s*$|\s+(?:in|at|with|and|when)\b)",
    "recurring": rf"(?:(?:every|each)\s+(?:other\s+)?(?:{_WD}(?:{_PART})?|day|night|week|weekend|month|year|morning|evening)|(?:on\s+)?{_WD}s(?!'))\b",
    "weekday": rf"(?:late\s+on\s+|early\s+on\s+|late\s+|early\s+|mid-)?(?:(?P<rel>last|next|this(?:\s+(?:past|coming))?|(?:the\s+)?(?:previous|preceding|prior|following|next)|the\s+same|that(?:\s+same)?)\s+)?"
    rf"(?:the\s+(?:night|morning|evening|afternoon|early\s+hours)\s+of\s+)?(?P<w>{_WD})(?!-\w)(?:{_PART})?(?:\s+(?P<rel2>last)\b(?!\s+(?:week|month|year)))?",
    "today": rf"(?:(?P<before>the\s+day\s+before\s+yesterday)|(?P<after>the\s+day\s+after\s+tomorrow)|(?:(?:earlier|later|late|early)\s+)?(?P<day>today|yesterday|tomorrow)(?:{_PART})?|(?P<night>tonight|overnight|last\s+(?:night|evening))|(?:(?:earlier|later|late|early)\s+)?this\s+(?P<part>morning|afternoon|evening))\b(?!-\w)",
    "week_before": r"the\s+(?P<u>week|month|year)\s+(?P<way>before|after)(?=\s*[,.;:)]|\s*$|\s+(?:in|at|near|when|on|by|and|with|from)\b)",
    "part_of": r"(?:the\s+)?(?P<phase>start|beginning|end|middle)\s+of\s+the\s+(?P<u>week|month)\b",
    "next_day": r"the\s+(?P<next>next|following)\s+(?:day|morning|night|evening|afternoon)|the\s+(?P<prev>previous|preceding)\s+(?:day|morning|night|evening|afternoon)|the\s+(?P<unit>day|night|evening)\s+(?P<way>before|after)(?=\s*[,.;:)]|\s*$|\s+(?:in|at|near|when|on|by|and|with|from)\b)",
    "past_span": rf"(?:the|these)\s+(?:last|past|previous|preceding)\s+(?:(?P<n>{_N}|few|couple\s+of)\s+)?(?P<u>{_U})\b|past\s+(?P<n2>{_N})\s+(?P<u2>{_U})\b|(?:in\s+)(?:the\s+)?(?P<recent>recent)\s+(?P<u3>{_U})\b",
    "period": r"(?:(?P<phase>earlier|later|late|early|mid|the\s+(?:end|beginning|start|middle)\s+of)[\s-]+)?(?P<rel>this(?:\s+(?:past|coming))?|last|next|the\s+(?:same|previous|preceding|following|past|next)|that(?:\s+same)?)\s+(?P<u>week|weekend|month|year)\b(?!-\w)"
    r"|(?P<x>the\s+(?P<u2>weekend))\b(?!-\w)",
    "compound_ago": rf"{_N}\s+{_U}\s*(?:,|and)\s*{_N}\s+{_U}\s+ago\b|\d+\s+and\s+a\s+half\s+{_U}\s+ago\b|{_N}\s+{_U}\s+from\s+now\b",
    "ago": rf"(?:(?P<n>{_N})(?:\s+(?:or\s+so|and\s+a\s+half))?\s+)?(?P<u>{_U})\s+(?P<way>ago|earlier|later|before(?!\s+(?:the|a|an|he|she|they|his|its|their|her|it|\w+ing)\b)(?=\s*[,.;:)]|\s*$|\s+(?:{FUNCTION_WORDS})\b)|previously|prior(?!\s+to))\b"
    rf"|(?P<n2>{_N})\s+(?P<u2>{_U})\s+(?P<way2>after|before)(?=\s+\w)",
    "same": r"(?:the|that)\s+same\s+(?:day|night|evening|afternoon|morning)|(?:later|earlier)\s+(?:that|the\s+same|in\s+the)\s+(?:day|evening|night)|(?<!\w)(?:on\s+)?that\s+(?:day|night|evening|afternoon|morning)\b",
    "nth": rf"(?:on|of|by|since)\s+(?P<x>(?:the\s+night\s+of\s+)?the\s+(?P<d>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))(?:\s+of\s+(?P<rel>this|last)\s+month)?)(?!\s+of\b|\s*(?:,|and|to|-|–)\s*(?:the\s+)?\d)(?=\s*[,.;:)]|\s*$|\s+(?:{FUNCTION_WORDS})\b)",
    "hijri": r"(?:(?:the\s+)?(?:(?:holy|fasting|sacred)\s+)?month\s+of\s+|during\s+|(?:\d{1,2}(?:st|nd|rd|th)?)\s+(?:of\s+)?|in\s+|eve\s+of\s+|throughout\s+)(?P<x>%HIJRI%)(?:,?\s+(?:\d{1,2}\s*,\s*)?1[34]\d\d(?:\s+a\.?h\.?)?)?\b|%HIJRI%\s+\d{1,2}\b(?:,?\s+1[34]\d\d)?",
    "feast": r"(?P<feast>%FEAST%)(?!\w)(?P<y>,?\s+(?:19|20)\d\d\b)?",
    "season": rf"(?:(?:last|this|next|the\s+following)\s+(?:spring|summer|autumn|fall|winter)|(?:the\s+)?(?:spring|summer|autumn|fall|winter)\s+of\s+{_Y4}|(?:spring|summer|autumn|winter)\s+{_Y4})\b",
    "years": rf"(?:(?:between|from)\s+)(?P<y1>{_Y4})(?:\s+(?:to|and|until|through)\s+|\s*[-–—]\s*)(?P<y2>{_Y4})|(?<![\w-])(?P<y3>{_Y4})\s?[-–—/]\s?(?P<y4>{_Y4}|\d\d\b)(?![-/\d])",
    "decade": r"(?:the\s+|(?:early|late|mid)[\s-]+(?:the\s+)?)?(?P<y>(?:19|20)\d0)'?s\b",
    "year": rf"(?<!\w)(?:in|since|during|until|till|by|after|before|late|early|mid|throughout|back\s+in|of|from|to|year|around|through|end\s+of)[\s-]+(?P<x>(?P<y>{_Y4}))(?![\w-])(?!\s+(?:people|civilians|soldiers|troops|men|women|children|fighters|members|persons|families|homes|houses|others|rebels|villages|hours|meters|metres|tons|dollars|pesos))"
    rf"|(?<=\()(?P<y2>{_Y4})(?=\))",
    "vague": r"(?:recently|(?:decades|centuries)\s+(?:ago|earlier)|long\s+ago|in\s+the\s+past(?=\s*[,.;:)]|\s*$)|some\s+time\s+ago|(?:once|twice)\s+before)\b",
}  # fmt: skip

# A word that could open any form: cheap enough to ask of every sentence.
_GATE = (
    r"\b(?:(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yester|tomorrow|tonight|"
    r"overnight|days?\b|nights?\b|evening|morning|afternoon|week|months?\b|years?\b|fortnight|hours?\b|minutes?\b|decade|"
    r"centuries\b|long\s+ago|some\s+time\s+ago|recently|in\s+the\s+past|twice\s+before|once\s+before|"
    r"spring|summer|autumn|fall\b|winter|the\s+\d|"
    r"jan|feb|mar(?:ch)?\b|apr|may\b|june?\b|july?\b|aug|sept?\b|september|oct|nov|dec|%WORDS%)"
)


class DateRow(Row):
    """A word of ``date_words.csv``: a feast, a Hijri month, or a word that makes a date part of a name."""

    words: str
    kind: Literal["feast", "hijri", "name", "before", "compound"]
    month: int | None = None
    day: int | None = None
    note: str = ""


@dataclass(frozen=True)
class DateGrammar:
    """Compiled forms. Make one with :func:`load_date_grammar`."""

    gate: re.Pattern[str]
    master: re.Pattern[str]
    forms: dict[str, re.Pattern[str]]
    name_after: re.Pattern[str]
    name_before: re.Pattern[str]
    compound: re.Pattern[str]
    feasts: dict[str, tuple[int, int] | None]


def load_date_grammar(overlays: Sequence[Path] = ()) -> DateGrammar:
    """Read ``date_words.csv``, with overlays, and compile the forms.

    Raises:
        LexiconError: a line of the dictionary is wrong.
    """
    rows = read_table(DateRow, "date_words", overlays)
    words = {
        kind: _either([row.words for row in rows if row.kind == kind])
        for kind in ("feast", "hijri", "name", "before", "compound")
    }
    forms = {
        name: pattern.replace("%HIJRI%", words["hijri"].lower()).replace("%FEAST%", words["feast"].lower())
        for name, pattern in FORMS.items()
    }
    master = "|".join(f"(?P<f_{name}>{_anonymous(pattern)})" for name, pattern in forms.items())
    feasts = {
        row.words.lower(): (row.month, row.day) if row.month and row.day else None
        for row in rows
        if row.kind == "feast"
    }
    gate = _GATE.replace("%WORDS%", f"{words['hijri']}|{words['feast']}".lower())
    return DateGrammar(
        gate=re.compile(gate),
        master=re.compile(rf"(?<![\w'’-])(?:{master})"),
        forms={name: re.compile(pattern) for name, pattern in forms.items()},
        name_after=re.compile(rf"\s+(?:[A-Z][\w'’]+\s+)?(?i:{words['name']})\b"),
        name_before=re.compile(rf"\b(?i:{words['before']})\s+$"),
        compound=re.compile(rf"\s+(?i:{words['compound']})\b"),
        feasts=feasts,
    )


@lru_cache(maxsize=1)
def builtin_date_grammar() -> DateGrammar:
    """The grammar without overlays, compiled once a process."""
    return load_date_grammar()


def _either(words: Sequence[str]) -> str:
    """An alternation, longest first; an apostrophe may be typographic or missing."""
    if not words:
        return r"(?!)"
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", r"\s+").replace("'", "['’]?") for word in ordered) + ")"


def _anonymous(pattern: str) -> str:
    """The pattern without its group names, so that many forms fit into one alternation."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=sep)", "[/.-]")
