"""Names on their way into a gazetteer: which are usable, how they are printed, under which tier they are found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .fold import fold, strip

NAME, OTHER, STRIPPED, SHORT = 0, 1, 2, 3  # tiers of a name; SHORT is for units after a comma ("Calif.")
MAX_WORDS = 5
MAX_LENGTH = 40
UNIT_WORD = re.compile(
    r" (Province|Governorate|Region|State|District|County|Parish|Department|Prefecture|Oblast|Division|"
    r"Municipality|Regional State|Regency)$"
)
_SKIP = re.compile(r"[\d(),;:/]|^[A-Z]{2,3}$")
_LETTERS = {
    "ı": "i",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ß": "ss",
    "æ": "ae",
    "Æ": "Ae",
}
_MARKS = str.maketrans({**dict.fromkeys("‘’ʻʼʿʾ`´ʹ", ""), **_LETTERS, "ə": "a", "Ə": "A"})
# Countries whose names are transliterated from Arabic script, with or without article.
_ARABIC = (
    "SYR IRQ YEM LBY EGY SDN SSD SOM LBN JOR PSE ISR SAU ARE OMN QAT KWT BHR DZA TUN MAR MRT ESH IRN AFG PAK "
    "TUR MLI NER TCD DJI ERI ETH NGA COM"
)
STRIP_IN = frozenset(_ARABIC.split())


def plain(name: str) -> str:
    """The name as ACLED would print it: ASCII where possible, without marks of transliteration."""
    if name.isascii():
        return name.replace("`", "")
    decomposed = unicodedata.normalize("NFKD", name.translate(_MARKS))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def usable(name: str) -> bool:
    """Whether another name is in Latin script, capitalised and no code, so that English text may hold it."""
    if not name[:1].isupper() or _SKIP.search(name):
        return False
    return name.isascii() or all(ord(c) < 0x370 or ord(c) >= 0x1E00 for c in name)


def key_of(name: str) -> str:
    """The folded form under which a name is kept; empty when it holds no letter or is too long to be one."""
    key = fold(name)
    return key if len(key) <= MAX_LENGTH and key.count(" ") < MAX_WORDS else ""


def add(names: dict[str, int], name: str, tier: int) -> None:
    """Add a name to a place's names (folded, to the best tier)."""
    key = key_of(name)
    if key:
        names[key] = min(tier, names.get(key, tier))


def add_stripped(names: dict[str, int], iso3: str) -> None:
    """Add the second tier, without article and type word, in countries where spellings differ in these."""
    if iso3 not in STRIP_IN:
        return
    for name in [n for n, tier in names.items() if tier < STRIPPED]:
        short = strip(name)
        if short != name:
            names.setdefault(short, STRIPPED)


def add_unit(names: dict[str, int], name: str, others: Iterable[str]) -> None:
    """Add a unit's names, with and without the word for its kind."""
    own = fold(UNIT_WORD.sub("", name))
    for other in (name, *others):
        short = UNIT_WORD.sub("", other)
        add(names, other, NAME if fold(other) == own else OTHER)
        add(names, short, NAME if fold(short) == own else OTHER)
