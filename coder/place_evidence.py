"""How much the surroundings of a name speak for a place: the words before and after it, and what it is part of."""

from __future__ import annotations

from .date_grammar import FUNCTION_WORDS, MONTHS
from .gazetteer import fold
from .place_words import Mention, PlaceWords, Words
from .records import Place

_UNIT_WORDS = """province governorate state region prefecture county parish department oblast district raion
    emirate division regency municipality territory township"""
UNITS = frozenset(_UNIT_WORDS.split())
_PLAIN = frozenset(FUNCTION_WORDS.split("|"))
_QUARTERS = frozenset("district quarter neighbourhood neighborhood suburb area".split())


def weigh(words: Words, found: list[Mention], spans: list[tuple[int, int]], lexicon: PlaceWords) -> None:
    """Set the evidence of the names of a sentence, from their neighbours and then from each other.

    Args:
        words: the sentence.
        found: its names in text order; their ``evidence`` and what they are said to be are set.
        spans: their first and last-but-one tokens.
        lexicon: the words around place names.
    """
    taken = {token for start, stop in spans for token in range(start, stop)}
    for number, (mention, (start, stop)) in enumerate(zip(found, spans, strict=True)):
        mention.evidence = (
            _form(words, start, stop, mention, lexicon)
            + _before(words, start, mention, lexicon)
            + _after(words, stop, mention, lexicon)
            + _embedded(words, start, stop, mention, lexicon, taken)
        )
        if number and _listed(words, spans[number - 1][1], start):
            mention.evidence += max(0.0, min(1.5, 0.7 * found[number - 1].evidence))
    for number in range(len(found) - 1, 0, -1):
        one, other = found[number - 1 : number + 1]
        if other.plural and _listed(words, spans[number - 1][1], spans[number][0]) and not one.country:
            one.plural, one.named, one.unit = True, True, other.unit
            one.evidence = max(one.evidence, other.evidence)


def _form(words: Words, start: int, stop: int, mention: Mention, lexicon: PlaceWords) -> float:
    """What the name itself tells."""
    if stop - start > 1:
        kinds = (lexicon.direction, lexicon.type, lexicon.common)
        mention.generic = all(any(word in kind for kind in kinds) for word in words.lower[start:stop])
        if words.lower[stop - 1] in UNITS:
            return 0.5 + _name_type(mention, words.lower[stop - 1])
        return 0.5
    text = words.texts[start]
    score = 0.0
    odd = mention.key in lexicon.common or words.lower[start] in lexicon.type or mention.key in lexicon.direction
    if odd and not mention.country:
        mention.generic = True
        score -= 3.0
    if mention.key in lexicon.given or words.lower[start] in lexicon.title:
        score -= 1.5
    if text.isupper() and len(text) <= 5 and not words.loose and not mention.country and "." not in text:
        score -= 3.0
    return score


def _before(words: Words, start: int, mention: Mention, lexicon: PlaceWords) -> float:
    """What the words before the name tell."""
    left = words.left(start, lexicon.direction)
    if left < 0:
        return -0.5 if start == 0 and not words.loose else 0.0
    word = words.lower[left]
    if word == "the":
        left = words.left(left, lexicon.direction)
        word = words.lower[left] if left >= 0 else ""
    if word in lexicon.type and (words.loose or not words.capital[left]):
        return _name_type(mention, word)
    if word == "of" and left > 0 and words.lower[left - 1] in lexicon.type and words.adjacent(left):
        if left > 1 and words.capital[left - 2] and words.adjacent(left - 1) and words.lower[left - 2] != "the":
            return 2.0  # "the Old Mill district of X": the district is no X, but lies in it
        return _name_type(mention, words.lower[left - 1])
    if word == "of" and left > 0 and words.lower[left - 1] in lexicon.of and words.adjacent(left):
        return 2.2
    if word == "river" and words.adjacent(start):
        return 0.0 if mention.demonym else -4.0  # "the river Jordan"
    alone = mention.generic and mention.key not in MONTHS and start + 1 < len(words)
    if word in lexicon.locative and alone and words.gap(start + 1).strip() == ",":
        return 3.7  # "In Tank, gunmen …"
    if word in lexicon.locative:
        return 2.2
    if word in lexicon.path:
        return 1.4
    if word == "of":
        return 0.8
    if word in lexicon.title and words.capital[left] and not words.loose:
        return -5.0
    return 0.0


def _name_type(mention: Mention, word: str) -> float:
    mention.named = True
    mention.quarter = word in _QUARTERS
    mention.unit = word in UNITS
    mention.region = word == "region"
    return 3.0


def _after(words: Words, stop: int, mention: Mention, lexicon: PlaceWords) -> float:
    """What the word after the name tells."""
    if stop >= len(words):
        return 0.0
    if words.gap(stop) == ", " and _apposition(words, stop, lexicon):
        return 0.0 if mention.demonym or mention.country else _name_type(mention, "town")
    if not words.adjacent(stop) or words.gap(stop) == "-":
        return 0.0
    word = words.lower[stop]
    faith = mention.key in lexicon.people and not mention.demonym
    if faith and word.islower() and word not in UNITS and word not in _PLAIN:
        return -5.0  # "a Christian village"
    if word in lexicon.event and not words.capital[stop] and not mention.demonym:
        return 0.8
    if word in lexicon.nature and not any(_landmark(m.place) for m in mention.matches):
        return 0.0 if mention.demonym else -4.0  # "the San Juan river" is no town
    kind = _singular(word, lexicon)
    if kind:
        if mention.demonym is not None or (mention.country and not words.loose):
            return 0.0
        mention.plural = kind != word
        return _name_type(mention, kind)
    if word in lexicon.person_verb and not mention.demonym and not mention.country:
        return -1.2
    return 0.0


def _landmark(place: Place) -> bool:
    """A region of our own list, or a town so large that the river of its name runs there."""
    return place.geonameid < 0 or (place.feature.startswith("PPL") and place.population > 1_000_000)


def _apposition(words: Words, token: int, lexicon: PlaceWords) -> bool:
    """Whether the words from ``token`` on say what kind of place goes before: ", a farming village"."""
    if words.lower[token] not in ("a", "an", "the"):
        return False
    for at in range(token + 1, min(token + 4, len(words))):
        if words.capital[at] or not words.adjacent(at):
            return False
        if words.lower[at] in ("village", "town", "city", "hamlet", "suburb", "settlement"):
            return True
    return False


def _singular(word: str, lexicon: PlaceWords) -> str:
    """A word for a kind of place, from its plural too; empty if it is none."""
    forms = (word, word[:-1], word[:-3] + "y") if word.endswith("s") else (word,)
    return next((form for form in forms if form in lexicon.type), "")


def _embedded(words: Words, start: int, stop: int, mention: Mention, lexicon: PlaceWords, taken: set[int]) -> float:
    """Whether the name is part of a longer one: a person's, a group's, a site's."""
    if words.loose:
        return 0.0
    score = 0.0
    if stop < len(words) and words.adjacent(stop) and words.capital[stop] and words.texts[stop][0].isalpha():
        score += _right(words, stop, mention, lexicon, stop in taken)
    if start > 0 and words.adjacent(start) and words.capital[start - 1]:
        word = words.lower[start - 1]
        first = start == 1
        if len(word) == 1 and words.gap(start) == "-":
            pass  # "D-Charleston"
        elif word in lexicon.given and not (first and word in lexicon.common):
            score -= 5.0
        elif start - 1 in taken or word in lexicon.direction or word in lexicon.type or word in lexicon.title:
            pass
        elif not (first and (word in lexicon.common or word in lexicon.locative or word in lexicon.path)):
            score -= 2.5
    return score


def _right(words: Words, stop: int, mention: Mention, lexicon: PlaceWords, taken: bool) -> float:
    """What the capitalised words after a name make of it: a paper, a brigade, a person, a site."""
    word = words.lower[stop]
    known = mention.country or mention.demonym
    if word in lexicon.group or _ends_in_group(words, stop, lexicon):
        return 0.0 if known else -6.0
    if word in lexicon.type or word in lexicon.site:
        return 0.3
    if mention.key in lexicon.given and word not in lexicon.title:
        return -5.0
    if taken or known:
        return 0.0
    return -2.5


def _ends_in_group(words: Words, stop: int, lexicon: PlaceWords) -> bool:
    """Whether the capitalised words from ``stop`` on hold one for an armed group: "Independence Army"."""
    token = stop
    while token < len(words) and token - stop < 4 and words.capital[token] and (token == stop or words.adjacent(token)):
        if words.lower[token] in lexicon.armed:
            return words.lower[token - 1] != "national"  # "Minnesota National Guard" is of the state
        if words.lower[token] in lexicon.type:
            return False
        token += 1
    return False


def _listed(words: Words, stop: int, start: int) -> bool:
    """Whether two names are neighbours in a list: "Homs, Hama and Idlib"."""
    between = words.sentence.text[words.ends[stop - 1] : words.starts[start]].strip()
    return between in (",", "and", ", and", "or", "&", "-", "/")


def people(words: Words, lexicon: PlaceWords) -> set[str]:
    """The words of a sentence that belong to a person's name: after a title or a given name."""
    if words.loose:
        return set()
    out: set[str] = set()
    token = 0
    while token < len(words) - 1:
        word = words.lower[token]
        if words.capital[token] and (word in lexicon.title or word in lexicon.given):
            at = token + 1
            while at < len(words) and words.capital[at] and words.adjacent(at) and at - token < 4:
                if words.lower[at] in lexicon.common or fold(words.texts[at]) in lexicon.demonyms:
                    break
                if words.lower[at] not in lexicon.type and words.lower[at] not in lexicon.site:
                    out.add(fold(words.texts[at]))
                at += 1
            if word in lexicon.given and at > token + 1:
                out.add(fold(words.texts[token]))
            token = at
        token += 1
    return out
