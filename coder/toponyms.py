"""Finding place names: runs of capitalised words that the gazetteer knows, weighed by their neighbours.

Nothing is resolved here: a :class:`Mention` carries all places of its name and how much its surroundings
speak for a place. :mod:`.places` decides between them for the whole story.
"""

from __future__ import annotations

from .gazetteer import OTHER, SHORT, STRIPPED, Gazetteer, Match, fold
from .place_evidence import UNITS, weigh
from .place_words import Mention, PlaceWords, Words

MAX_TOKENS = 6
_CITY = 300_000  # people from which on "Mexico city" is the city of that name, and not a town called Mexico
_CLEAR = frozenset(  # kinds of places that follow nothing but their names
    "village town hamlet district sub-district subdistrict neighbourhood neighborhood suburb "
    "municipality commune tehsil taluka taluk upazila woreda kebele raion oblast wilaya cercle".split()
)
_CAMP = frozenset(("camp", "quarter", "settlement"))
_INSIDE_NAMES = """of de del della di da do dos du des la las le les el los al ar as ash ad at an az ez ed y e and
    the upon on au aux sur i bin am im ul"""
_CONNECTORS = frozenset(_INSIDE_NAMES.split())
_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "ad", "an", "az", "at", "il"))


def scan(words: Words, gazetteer: Gazetteer, lexicon: PlaceWords) -> list[Mention]:
    """All possible place names of a sentence, longest first from left to right, with their evidence."""
    found: list[Mention] = []
    spans: list[tuple[int, int]] = []
    told = not (
        lexicon.type.isdisjoint(words.lower) and _CLEAR.isdisjoint(words.lower)
    )  # some word for a kind of place
    joined = _joined(words)
    token = 0
    while token < len(words.texts):
        hit = None
        if words.capital[token] or (words.lower[token] in _ARTICLES and _article(words, token)):
            hit = _longest(words, token, gazetteer, lexicon)
            unknown = _unknown(words, token, lexicon) if told else None
            if unknown and (hit is None or (unknown[0] > hit[0] and _clear(words, token, unknown[0]))):
                hit = unknown
        if hit is None or any(_cuts(token, hit[0], part) for part in joined):
            token += 1
            continue
        stop, key, matches = hit
        found.append(_mention(words, token, stop, key, matches, lexicon))
        spans.append((token, stop))
        token = stop
    weigh(words, found, spans, lexicon)
    return found


def _cuts(first: int, stop: int, part: set[int]) -> bool:
    """Whether the tokens from ``first`` to ``stop`` hold some tokens of a name, but not all."""
    held = part.intersection(range(first, stop))
    return bool(held) and held != part


def _joined(words: Words) -> list[set[int]]:
    """The tokens of names that "e" joins: neither half of "Gulshan e Buner" is a place by itself."""
    return [
        {k - 1, k, k + 1}
        for k in range(1, len(words.texts) - 1)
        if words.texts[k] == "e" and words.capital[k - 1] and words.capital[k + 1]
    ]


def _unknown(words: Words, token: int, lexicon: PlaceWords) -> tuple[int, str, tuple[Match, ...]] | None:
    """A name that no gazetteer has, but that the text says is a place: "the village of X", "raided X village"."""
    first = words.lower[token]
    kinds = (lexicon.common, lexicon.title, lexicon.direction, lexicon.people, lexicon.demonyms)
    if words.loose or first in _ARTICLES - {"al"} or any(first in kind for kind in kinds):
        return None
    stop = token + 1
    while stop < len(words) and stop - token < MAX_TOKENS and words.adjacent(stop):
        if not (words.capital[stop] or _article(words, stop)):
            break
        if words.lower[stop] in lexicon.type or words.lower[stop] in lexicon.site or words.lower[stop] in lexicon.group:
            break
        stop += 1
    left = words.left(token, lexicon.direction | {"the"})
    before = words.lower[left] if left >= 0 else ""
    if before == "of" and left > 0 and words.lower[left - 1] in lexicon.type:
        return stop, "", ()
    if stop >= len(words) or not words.adjacent(stop) or words.gap(stop) == "-":
        return None
    if words.lower[stop] in lexicon.type and (before in lexicon.locative or before in lexicon.path):
        return stop, "", ()
    clear = words.lower[stop] in _CLEAR and not words.capital[stop] and left >= 0 and not words.capital[left]
    return (stop, "", ()) if clear and before not in ("a", "an", "one") else None


def _clear(words: Words, token: int, stop: int) -> bool:
    """Whether a word for a settlement or a quarter stands before or after a name, in small letters."""
    if stop < len(words) and words.lower[stop] in _CLEAR | _CAMP and not words.capital[stop]:
        return True
    left = words.left(token, frozenset(("the", "of")))
    return left >= 0 and words.lower[left] in _CLEAR


def _article(words: Words, token: int) -> bool:
    """An Arabic article in small letters before a capital: "al-Bab"."""
    return (
        words.lower[token] in _ARTICLES
        and token + 1 < len(words)
        and words.capital[token + 1]
        and words.gap(token + 1) == "-"
    )


def _longest(
    words: Words, token: int, gazetteer: Gazetteer, lexicon: PlaceWords
) -> tuple[int, str, tuple[Match, ...]] | None:
    last = token + 1
    while last < len(words) and last - token < MAX_TOKENS and words.adjacent(last):
        if not (words.capital[last] or words.lower[last] in _CONNECTORS):
            break
        last += 1
    typed = _with_type_word(words, token, last, gazetteer, lexicon)
    if typed:
        return typed
    text, base = words.sentence.text, words.starts[token]
    for stop in range(last, token, -1):
        if not words.capital[stop - 1]:
            continue
        key, matches = gazetteer.read(text[base : words.ends[stop - 1]])
        known = matches or key in lexicon.demonyms
        if known and _possible(words, token, stop, key, matches, lexicon):
            return stop, key, matches
    return None


def _with_type_word(
    words: Words, token: int, last: int, gazetteer: Gazetteer, lexicon: PlaceWords
) -> tuple[int, str, tuple[Match, ...]] | None:
    """A name that ends in a word for its kind in small letters: "Niger delta", "Mexico city"."""
    if words.loose or last >= len(words) or not words.adjacent(last) or words.gap(last) == "-":
        return None
    kind = words.lower[last]
    kept_kind = kind in lexicon.nature or (kind in lexicon.type and kind not in UNITS)
    if not kept_kind or not words.capital[last - 1]:
        return None
    key, found = gazetteer.read(words.sentence.text[words.starts[token] : words.ends[last]])
    short = gazetteer.matches(words.sentence.text[words.starts[token] : words.ends[last - 1]])
    if not found or (short and short[0].place.geonameid == found[0].place.geonameid):
        return None  # "Kano city" is Kano
    kept = tuple(m for m in found if m.tier <= OTHER and (m.place.geonameid < 0 or m.place.population > _CITY))
    return (last + 1, key, kept) if kept else None


def _possible(words: Words, token: int, stop: int, key: str, matches: tuple[Match, ...], lexicon: PlaceWords) -> bool:
    """Whether a match can be a place name at all, by its form."""
    text = words.texts[token]
    if stop - token > 1:
        if words.lower[stop - 1] in lexicon.armed and all(m.tier == STRIPPED for m in matches):
            return False  # "Hamza Division" is no division of that name
        if words.lower[token] in lexicon.common and all(m.tier == STRIPPED for m in matches):
            return False  # "Police Department" is no "Police"
        return not words.loose or words.lower[token] not in _CONNECTORS
    if len(key) < 2:
        return False
    country = any(m.place.feature == "PCLI" for m in matches)
    if country and key in lexicon.acronyms:
        return "." in text[:-1] or (text.isupper() and not words.loose)
    if all(m.tier == SHORT for m in matches) and key not in lexicon.demonyms:
        return words.gap(token).strip() == "," or (not words.loose and "." in text[:-1])
    if len(key) == 2:
        return False
    if words.loose:
        return _possible_loose(words, token, stop, key, matches, lexicon, country)
    return True


def _possible_loose(
    words: Words,
    token: int,
    stop: int,
    key: str,
    matches: tuple[Match, ...],
    lexicon: PlaceWords,
    country: bool,
) -> bool:
    """Without capitals to go by: countries, large cities, names after a preposition or beside a type word."""
    if country or key in lexicon.demonyms:
        return True
    typed = stop < len(words) and words.adjacent(stop) and words.lower[stop] in lexicon.type
    if key in lexicon.common or key in lexicon.given or key in lexicon.title:
        return False
    if typed or any(m.tier == 0 and (m.place.population > 1_000_000 or m.place.feature == "PPLC") for m in matches):
        return True
    left = words.left(token, lexicon.direction)
    before = words.lower[left] if left >= 0 else ""
    return before in lexicon.locative or before in lexicon.path or (before == "of" and len(key) > 3)


def _mention(words: Words, token: int, stop: int, key: str, matches: tuple[Match, ...], lexicon: PlaceWords) -> Mention:
    base = words.sentence.start
    end = words.ends[stop - 1]
    final = words.texts[stop - 1]
    if final[-1] == "." or words.gap(token).strip() == ",":
        short = tuple(m for m in matches if m.tier == SHORT)
        if short and (words.gap(token).strip() == "," or "." in final[:-1]):
            matches = short
    if final[-1] == "." and "." not in final[:-1] and not any(m.tier == SHORT for m in matches):
        end -= 1
    start = words.starts[token]
    country = any(m.place.feature == "PCLI" for m in matches)
    key = key or "?" + fold(words.sentence.text[start:end])
    return Mention(
        start=base + start,
        end=base + end,
        text=words.sentence.text[start:end],
        key=key,
        matches=matches,
        sentence=words.sentence.index,
        loose=words.loose,
        evidence=0.0,
        demonym=None if country else lexicon.demonyms.get(key),
    )
