"""Places that are told without a name of the gazetteer: "the capital", a village that it lacks (CODEBOOK 1.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .clauses import place_is_of
from .gazetteer import Gazetteer
from .place_words import PlaceWords
from .records import Parse, Place, Sentence, Span, TimeExpression, Toponym

_CAPITAL = re.compile(
    r"\b(?:in|near|outside|around|across|of|into)\s+"
    r"(?P<text>the\s+(?:(?P<unit>provincial|regional|state|departmental|governorate)\s+)?capital(?:\s+city)?)"
    r"(?=[\s,.;:]|$)(?!\s+(?:of|markets?|gains?|account|[A-Z]))(?!,\s+[A-Z])"
)
_AFTER = frozenset({"punct", "prep", "appos", "relcl", "cc", "conj"})  # what may depend on a name
_SURE = 0.6  # score of a place that is named by what it is


def capitals(sentence: Sentence, country: str | None, last: Place | None, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """The capitals that a sentence names as such: "in the capital", "near the provincial capital".

    Args:
        sentence: where to look.
        country: ISO3 of the country that is spoken of.
        last: the place that the story told last, in whose region "the provincial capital" lies.
        gazetteer: which knows the seats.
    """
    for match in _CAPITAL.finditer(sentence.text) if "capital" in sentence.text else ():
        unit = match["unit"] is not None
        place = region_seat(last, gazetteer) if unit and last is not None else None
        if not unit and country is not None and (nation := gazetteer.country(country)) is not None:
            place = gazetteer.seat(nation)
        if place is not None:
            start, end = (sentence.start + at for at in match.span("text"))
            yield Toponym(start, end, match["text"], place, _SURE, "mention", 1)


def region_seat(place: Place, gazetteer: Gazetteer) -> Place | None:
    """The seat of the first-order unit in which a place lies."""
    units = gazetteer.admin(place.admin1, place.iso3) if place.admin1 else ()
    unit = next((u for u in units if u.feature == "ADM1" and u.name == place.admin1), None)
    return gazetteer.seat(unit) if unit is not None else None


def unlisted(
    parse: Parse,
    head: int,
    toponyms: Sequence[Toponym],
    dates: Sequence[TimeExpression],
    events: Sequence[int],
    words: PlaceWords,
) -> Span | None:
    """The name of a place where a clause puts its event, and which is in no gazetteer: "a gun battle near Dansadau".

    Args:
        parse: the sentence.
        head: the trigger's head.
        toponyms: the article's places that are known.
        dates: the sentence's date expressions.
        events: heads of the sentence's other event nouns.
        words: words that are no places after "in" or "at".
    """
    taken = [(t.start, t.end) for t in toponyms if t.place is not None or t.anchor is not None]
    taken += [(d.start, d.end) for d in dates]
    for token, label in enumerate(parse.deps):
        if label != "pobj" or parse.tags[token] != "NNP" or not _puts_there(parse, parse.heads[token], words):
            continue
        span = _name(parse, token, words)
        free = span is not None and not any(lo < span.end and span.start < hi for lo, hi in taken)
        if span is not None and free and place_is_of(parse, span.start, head, events):
            return span
    return None


def _puts_there(parse: Parse, preposition: int, words: PlaceWords) -> bool:
    """Whether a preposition puts something into what follows: "near", "on the outskirts of", "in the village of"."""
    noun = parse.lower[parse.heads[preposition]]
    if parse.lower[preposition] == "of":
        return noun in words.type or noun in ("outskirts", "edge", "vicinity", "centre", "center")
    return parse.lower[preposition] in words.locative


def _name(parse: Parse, head: int, words: PlaceWords) -> Span | None:
    """The name that ends in a token: only names in it, none of an organisation, person or thing."""
    left = parse.left[head]
    others = (words.common, words.title, words.group, words.site, words.people, words.given, words.demonyms)
    for token in range(left, head + 1):
        word, lower = parse.words[token], parse.lower[token]
        if parse.tags[token] != "NNP" or not word[0].isupper() or word.isupper() or any(lower in o for o in others):
            return None
    after = {parse.deps[c] for c in parse.children[head] if c > head}
    return Span(parse.starts[left], parse.ends[head]) if after <= _AFTER else None
