"""Date expressions of a sentence, and which of them dates an event (CODEBOOK 1.6).

Dates count from the publication date and from the last date of the story; without them a relative expression
stays unresolved with its reason. Reasons: ``no_publication_date``, ``no_anchor`` ("a day earlier" than
what?), ``coarser_than_month``, ``ambiguous_numeric`` (12/03/2021), ``invalid_date`` (30 February),
``hijri_calendar``, ``feast_day``, ``recurring`` ("every Friday"), ``relative_to_event`` ("two days after
the attack"), ``vague``,
``dateline`` (no expression; the story's own date was taken).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from .date_grammar import FUNCTION_WORDS, DateGrammar, builtin_date_grammar
from .date_resolve import resolve
from .date_spans import NO_DATE, Anchor, Resolved, one_day, span, yearless, yearless_month
from .records import Sentence, Span, TimeExpression

_AHEAD = re.compile(
    r"\b(?:will|shall|would(?!\s+have)|scheduled|slated|planned|due|upcoming|deadline|set\s+for|set\s+to|going\s+to|"
    r"expected|ahead\s+of|plans?\s+to)\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
_WILL = re.compile(
    r",?(?:(?!\b(?:was|were|had|said|that|\w+ed)\b)[^,.;:]){0,70}\b(?:will|shall)\b", re.IGNORECASE
)  # "On 5 May, the court will sit"
_SINCE = re.compile(r"\bsince\s+(?:at\s+least\s+|the\s+)?$", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|since|until|till|by|from|to|after|before|late|early)\s+$", re.IGNORECASE)
_DOUBTFUL = re.compile(r"\b(?:may|march|mar|sun|sat|mon|wed|august|aug|dec|sep|jan|eid|easter|holi)\b", re.IGNORECASE)
_PLACE_LINE = re.compile(r"\W{0,3}(?:[A-ZÀ-Ý][\w.'’/-]*[ ,]*(?:\([^)]{2,30}\)[ ,]*|/\s*|--?\s*)?){1,9}[,(.]?\s*")
_LINE_END = re.compile(
    r"\s*(?:,?\s*\d{4})?\s*[)\]]?\s*(?:\([^)]{2,60}\)|\[[^\]]{2,60}\]|[A-Z][A-Za-z]+)?\s*(?:--|[-–—:]|$)"
)
_HEAD_LABEL = re.compile(
    r"\W{0,3}(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified|date|dated|issued|filed|created)"
    r"(?:\s+(?:on|at|date))?|this\s+(?:story|article|report)\s+is\s+from|story\s+from)\s*:?\s*(?:on\s+)?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told\s+(?:\S+\s+){1,4}?|announced|reported|confirmed|added|stated|declared|claimed|warned|denied|"
    r"statement|interview|briefing|press\s+conference|news\s+conference)\s*,?\s*(?:late\s+|early\s+)?(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)
_SPOKEN = 2  # rank of a date of speaking
_SAID_THAT = re.compile(  # "On Wednesday the army admitted that …"
    r",?\s(?:[\w'’-]+\s){1,6}?(?:said|says|admitted|acknowledged|announced|claimed|confirmed|denied|reported|alleged|"
    r"asserted|insisted|declared|stated|conceded)\s(?:that\b|[a-z]+\s)",
)
_BOUND = re.compile(
    r"\b(?:before|ahead\s+of|until|till|prior\s+to|for|by|after|following)\s+(?:the\s+)?$", re.IGNORECASE
)
_ONE_NIGHT = re.compile(r"\bnight\s+(?:of\s+|between\s+|from\s+)?(?:the\s+)?$", re.IGNORECASE)
_BETWEEN_DAYS = re.compile(r"(?:,|and|&|,\s*and|and\s+again|,?\s*then)?(?:\s*(?:on|late|early))?", re.IGNORECASE)
_COUNTED = re.compile(r"(?i)\b(?:after|before|earlier|later|previously)$")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATED = tuple(  # what each form of a head has; each by itself, because its first letters are then found fast
    re.compile(form)
    for form in (
        r"\d[-./]\d\d?[-./]\d",
        rf"\d(?:st|nd|rd|th)?(?:-|\s+(?:of\s+)?){_MONTH}",
        rf"of(?:-|\s+(?:of\s+)?){_MONTH}",
        rf"{_MONTH}[a-z]*\.?(?:-|\s+(?:the\s+)?)\d",
    )
)
_DEADLINE = re.compile(  # "has given the authorities until Saturday"
    r"\b(?:(?:gives?|gave|given|giving|deadline|ultimatum|wait(?:s|ed|ing)?)\b(?:\s+[\w'’-]+){0,4}|has|have|had)"
    r"\s+(?:until|till)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DAILY = re.compile(r"\b(?:daily|(?:every|each)\s+(?:day|night|evening|morning))\b[^,;.]{0,40}$", re.IGNORECASE)
_AFTERMATH = re.compile(
    r"\b(?:after|over|(?:response|retaliation|reaction|protest|connection)\s+(?:to|for|at|against|with))\s+"
    r"(?:[\w'’-]+\s+){0,5}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s(?:to\s|of\s|from\s|with\s)?(?:who|whom|whose|which|where)\b[^,;.]*|\bthat\s(?:had|has)\s(?!been\s(?:killed|attacked))[^,;.]*"
)
_POSSESSIVE = re.compile(r"['’]s?\s+(?=\w)")
_MODAL = re.compile(r"\s+(?:have|be|not|also|still|yet|never)\b", re.IGNORECASE)
_FOLLOWED = re.compile(rf"\s*(?:[,.;:)'’–—-]|$)|\s+(?:{FUNCTION_WORDS})\b", re.IGNORECASE)


def find_dates(
    sentence: Sentence,
    published: date | None,
    last: date | None = None,
    past: bool = True,
    grammar: DateGrammar | None = None,
) -> tuple[TimeExpression, ...]:
    """Find and resolve the date expressions of a sentence (CODEBOOK 1.6).

    Args:
        sentence: the sentence.
        published: publication date; without it relative expressions stay unresolved.
        last: the last date the story resolved, for "a day earlier", "the same day".
        past: False when the clause looks ahead ("will meet on Friday"); cues just before an expression
            ("scheduled for Friday") are seen anyway.
        grammar: the forms with the user's own words; ours by default.

    Returns:
        The expressions in text order, offsets in the article. The date of a dateline is none of them.
    """
    grammar = grammar or builtin_date_grammar()
    text = sentence.text
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if grammar.gate.search(lower) is None:
        return ()
    mixed = not (text.isupper() or text == lower)
    out: list[TimeExpression] = []
    anchor = Anchor(published, last, past)
    for match in grammar.master.finditer(lower):
        found = _expression(sentence, lower, match, mixed, anchor, grammar)
        if found is None:
            continue
        out.append(found)
        if found.first and found.precision == 1:
            anchor = replace(anchor, last=found.last, in_sentence=True)
    return tuple(out)


def _expression(
    sentence: Sentence, lower: str, match: re.Match[str], mixed: bool, anchor: Anchor, grammar: DateGrammar
) -> TimeExpression | None:
    form = (match.lastgroup or "")[2:]
    inner = grammar.forms[form].match(lower, match.start())
    if inner is None:
        return None
    start, end = inner.span("x") if inner.groupdict().get("x") else inner.span()
    text = sentence.text
    before = text[:start]
    if _not_a_date(form, inner, text, start, end, mixed, grammar) or _in_dateline(sentence, start, end):
        return None
    since = _SINCE.search(before)
    if since or lower.startswith("since", start):
        anchor = replace(anchor, past=True)
    if anchor.past and not since and (_AHEAD.search(before[-90:]) or _WILL.match(text, end)):
        anchor = replace(anchor, past=False)
    if form == "mdy" and re.search(r"\b(?:in|In|IN)\s+$", before) and _day_is_a_count(inner, text):
        start, end = inner.span("m")
        resolved: Resolved | None = yearless_month(inner["m"], anchor)
    else:
        resolved = _feast(inner, anchor, grammar) if form == "feast" else resolve(form, inner, anchor)
    if resolved is None:
        return None
    if since or lower.startswith("since", start):
        start, resolved = (since.start() if since else start), _since(resolved, anchor)
    if form in ("span_days", "span_full") and _ONE_NIGHT.search(before) and resolved.precision == 2:
        resolved = resolved._replace(precision=1)
    base = sentence.start
    return TimeExpression(base + start, base + end, text[start:end], *resolved)


def _day_is_a_count(match: re.Match[str], text: str) -> bool:
    """ "In July 4 soldiers died": the number counts what follows."""
    if match["y"] or not match["d"].isdigit() or match["rel"]:
        return False
    return _FOLLOWED.match(text, match.end()) is None


def _since(resolved: Resolved, anchor: Anchor) -> Resolved:
    if resolved.first is None:
        return resolved
    if anchor.published is None:
        return resolved if resolved.precision is None else NO_DATE
    return span(resolved.first, max(anchor.published, resolved.first))


def _feast(match: re.Match[str], anchor: Anchor, grammar: DateGrammar) -> Resolved:
    day = grammar.feasts.get(" ".join(match["feast"].replace("’", "'").split()))
    if day is None:
        return Resolved(None, None, None, "feast_day")
    if match["y"]:
        return one_day(date(int(match["y"][-4:]), *day))
    return yearless(*day, anchor)


def _not_a_date(
    form: str, match: re.Match[str], text: str, start: int, end: int, mixed: bool, grammar: DateGrammar
) -> bool:
    if mixed:
        doubtful = _DOUBTFUL.search(text, start, end)
        if doubtful and doubtful.group()[0].islower():
            return True
        if form == "month" and match["prep"] in ("of", "for", "by", "around", "through", "before", "after"):
            return bool(re.match(r"\s+[A-Z]", text[end:]))
        if form in ("hijri", "feast") and not text[start:end][0].isupper() and not re.search(r"[A-Z]", text[start:end]):
            return True
    if form == "year" and re.match(r"(?:of|to|from|by|around|through)\b", match.group()):
        return _FOLLOWED.match(text, end) is None and not re.match(r"\s+[A-Z]", text[end:])
    elif form == "dmy" and match["m"] == "may" and _MODAL.match(text, end):
        return True
    if form == "weekday" and grammar.compound.match(text, end):
        return True  # "the Friday mosque"
    if form in ("dmy", "mdy", "weekday", "month_year", "feast"):
        if grammar.name_before.search(text[:start]):
            return True
        name = grammar.name_after.match(text, end)
        if name and not _ON.search(text[:start]):
            head = name.group().split()[-1]
            return not mixed or head[0].isupper()
    return False


def _in_dateline(sentence: Sentence, start: int, end: int) -> bool:
    """The date belongs to "BOGOTA, 3 Jan 90 --" or "Published: 3 March 2021" at the head of the story."""
    if sentence.start > 300 or start > 80:
        return False
    text = sentence.text
    if _HEAD_LABEL.fullmatch(text, 0, start):
        return True
    return bool(_PLACE_LINE.fullmatch(text, 0, start) and _LINE_END.match(text, end))


def representative(expr: TimeExpression) -> tuple[date, int] | None:
    """The day that stands for an expression in the data, and its time precision (CODEBOOK 1.6).

    A known day stands for itself (of a night, the day it ends on); a week, weekend or other span has its
    middle day; a calendar month the 15th; "early" and "late" parts of a month its first and last day.

    Args:
        expr: a date expression.

    Returns:
        The day and precision 1..3; None when it is unresolved or coarser than a month.
    """
    if expr.first is None or expr.last is None or expr.precision is None:
        return None
    if expr.precision == 1:
        return expr.last, 1
    if expr.precision == 3 and expr.first.month == expr.last.month:
        words = expr.text.lower()
        if expr.first.day == 1 and re.search(r"\b(?:early|start|beginning)\b", words):
            return expr.first, 3
        if re.search(r"\b(?:late|end)\b", words):
            return expr.last, 3
        if expr.first.day == 1 and expr.last.day >= 28:
            return expr.first.replace(day=15), 3
    return expr.first + timedelta(days=(expr.last - expr.first).days // 2), expr.precision


def event_date(
    exprs: tuple[TimeExpression, ...],
    clause: Span,
    sentence: Sentence,
    dateline: date | None = None,
    trigger: Span | None = None,
    nominal: bool = False,
) -> TimeExpression | None:
    """Choose the expression that dates an event.

    Inside the event's clause before elsewhere in the sentence; a date of speaking ("said on Friday") and
    a date that only bounds or names something else ("before Sunday's vote") come last; then the nearest to
    the trigger.

    Args:
        exprs: the expressions of the sentence.
        clause: the clause of the event's trigger, article offsets.
        sentence: the sentence.
        dateline: the story's own date, taken when the sentence has no expression; None: take nothing.
        trigger: the trigger's offsets in the article; the clause's start by default.
        nominal: whether the trigger is a noun: "buried on Monday after the raid" does not date the raid.

    Returns:
        The expression; one that only says when somebody spoke has precision 2. When there is none in the sentence
        and ``dateline`` is given, an empty one at the sentence's start: that day, precision 2 (within the week),
        reason "dateline". Otherwise None.
    """
    trigger = trigger or Span(clause.start, clause.start)
    usable = [e for e in exprs if not (nominal and _only_later(e, sentence, trigger))]
    ranked = [(rank, expr) for expr in usable if (rank := _rank(expr, clause, sentence, trigger)) is not None]
    if ranked:
        rank, best = min(ranked, key=lambda pair: pair[0])
        return replace(best, precision=2) if rank[0] == _SPOKEN and best.precision == 1 else best
    if dateline is None:
        return None
    return TimeExpression(sentence.start, sentence.start, "", dateline, dateline, 2, "dateline")


def _only_later(expr: TimeExpression, sentence: Sentence, trigger: Span) -> bool:
    """Whether the trigger is a noun that the dated event came after: "on Monday, two days after the raid"."""
    between = sentence.text[max(expr.end - sentence.start, 0) : max(trigger.start - sentence.start, 0)]
    return _AFTERMATH.search(between) is not None


def _rank(expr: TimeExpression, clause: Span, sentence: Sentence, trigger: Span) -> tuple[int, int, int] | None:
    """Lower is better; None when the expression cannot date the event."""
    text, base = sentence.text, sentence.start
    if _in_aside(text, expr.start - base, trigger.start - base):
        return None
    before, after = text[: expr.start - base], text[expr.end - base :]
    inside = clause.start <= expr.start and expr.end <= clause.end
    distance = expr.start - trigger.end if expr.start >= trigger.end else max(trigger.start - expr.end, 0)
    if re.search(r"\b(?:after|before)$", expr.text) and not re.match(r"the\b", expr.text, re.IGNORECASE):
        gap = text[expr.end - base : max(trigger.start - base, 0)]
        follows = trigger.start >= expr.end and "," not in gap
        if follows:
            return (0, 0, distance) if expr.first else (2, 1, distance)
        return None if expr.first else (3, 1, distance)
    owner = _POSSESSIVE.match(after)
    if owner:
        noun_end = expr.end + owner.end() + len(" ".join(after[owner.end() :].split(" ")[:3]))
        if expr.end <= trigger.start <= noun_end:
            return (0, 0, distance)
        return None if _BOUND.search(before) else (3, 0, distance)
    if _DEADLINE.search(before):
        return None
    penalty = 0
    if _SAID.search(before) or _SAID_THAT.match(text[expr.end - base : max(trigger.start - base, 0)]):
        penalty = _SPOKEN
    elif re.search(r"\b(?:before|ahead\s+of|until|till|prior\s+to|scheduled\s+for|set\s+for)\s+(?:the\s+)?$", before):
        penalty = 3
    return (penalty if penalty else 0 if inside else 1, int(expr.first is None and not inside), distance)


def _in_aside(text: str, start: int, trigger: int) -> bool:
    """Whether a date stands in a relative clause that the trigger is not part of: ", whom I met yesterday, "."""
    for match in _ASIDE.finditer(text):
        if match.start() <= start < match.end():
            return not match.start() <= trigger < match.end()
    return False


def event_days(exprs: tuple[TimeExpression, ...], chosen: TimeExpression, sentence: Sentence) -> tuple[date, ...]:
    """The days that a sentence states for an event: one row each (CODEBOOK 1.6).

    "On Monday and Tuesday" and "on 3, 4 and 5 January" state each of their days, and so does "daily from 3 to 5
    January". A plain span states none: it is not assumed that something happened on each of its days.

    Args:
        exprs: the expressions of the sentence.
        chosen: the one that dates the event, from :func:`event_date`.
        sentence: the sentence.

    Returns:
        The days in order; the one day of an expression with precision 1; nothing for a span or an unresolved
        expression, which :func:`representative` stands for.
    """
    if chosen.first is None or chosen.last is None or chosen.precision is None:
        return ()
    if chosen.precision > 1:
        return _listed_days(chosen.text, chosen.first, chosen.last, sentence.text[: chosen.start - sentence.start])
    days = {chosen.last}
    known = [e for e in exprs if e.precision == 1 and e.last is not None]
    at = next((i for i, e in enumerate(known) if e.start == chosen.start), None)
    if at is None:
        return (chosen.last,)
    for step in (1, -1):
        here = at
        while 0 <= here + step < len(known) and _coordinated(known[here], known[here + step], sentence):
            here += step
            days.add(known[here].last or chosen.last)
    return tuple(sorted(days))


def _coordinated(one: TimeExpression, other: TimeExpression, sentence: Sentence) -> bool:
    left, right = sorted((one, other), key=lambda e: e.start)
    gap = sentence.text[left.end - sentence.start : right.start - sentence.start].strip()
    if _COUNTED.search(right.text):
        return False  # "on Thursday, a day after ...": counted from it, no second day of the same event
    return bool(gap) and _BETWEEN_DAYS.fullmatch(gap) is not None and one.last != other.last


def _listed_days(text: str, first: date, last: date, before: str) -> tuple[date, ...]:
    """The days of "3, 4 and 5 January" or "30 April and 1 May"; all days of a span after "daily"."""
    every = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    if _DAILY.search(before):
        return every
    if re.match(r"(?:between|from)\b|.*\d\s*[-–—/]\s*\d", text, re.IGNORECASE) or not re.search(r"\band\b|&", text):
        return ()
    if first.month != last.month:
        return (first, last)
    numbers = {int(n) for n in re.findall(r"\b\d{1,2}(?=st|nd|rd|th|\b)", text)}
    return tuple(day for day in every if day.day in numbers)


def dateline_date(text: str, published: date | None) -> date | None:
    """The date in a story's own head: a dateline, a "Published:" line, or a line that is only a date.

    Args:
        text: the article's text; only its first 600 characters are read.
        published: completes a date without year; without it such a date is not taken.

    Returns:
        The date, to be used as publication date where none is given; None when there is none.
    """
    head = text[:600]
    if not _may_be_dated(head):
        return None
    grammar = builtin_date_grammar()
    offset = 0
    for number, line in enumerate(head.split("\n")):
        dated = offset < 400 and _may_be_dated(line)
        found = _line_date(line, number, published, grammar) if dated else None
        if found:
            return found
        offset += len(line) + 1
    return None


def _may_be_dated(text: str) -> bool:
    lower = text.lower()
    return any(form.search(lower) for form in _DATED)


def _line_date(line: str, number: int, published: date | None, grammar: DateGrammar) -> date | None:
    anchor = Anchor(published, None, True)
    for match in grammar.master.finditer(line.lower()[:160]):
        form = (match.lastgroup or "")[2:]
        inner = grammar.forms[form].match(line.lower(), match.start())
        if form not in ("iso", "numeric", "dmy", "mdy") or inner is None:
            continue
        alone = not line[: match.start()].strip(" *_|[(") and len(line[match.end() :].strip()) < 25
        head = _HEAD_LABEL.fullmatch(line, 0, match.start())
        place = _PLACE_LINE.fullmatch(line, 0, match.start()) and _LINE_END.match(line, match.end())
        if head or place or (alone and number < 6):
            resolved = resolve(form, inner, anchor)
            if resolved and resolved.first:
                return resolved.first
    return None
