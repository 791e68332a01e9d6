"""One spelling for place names: the same function folds the gazetteer's names and the text's."""

from __future__ import annotations

import re
import unicodedata

_BY_HAND = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "a",
        "ħ": "h",
    }
)
_DROP = re.compile(r"['’‘ʼʻʿʾ`´ʹʺ′\u02bb\u02bc\u02be\u02bf.]")
_GAP = re.compile(r"[\W_]+")
_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "&": "and"}
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|ath|az|an|ed|er|es|esh|et|ez|en|il|ul)\s+(?=\w{2})")
_TYPE = re.compile(
    r"\s(?:city|town|village|district|province|governorate|region|state|county|department|prefecture|"
    r"municipality|oblast|raion|rayon|division|lga|local government area|commune|township|camp)$"
)


def fold(name: str) -> str:
    """Fold case, diacritics, apostrophes, hyphens, full stops and the usual short forms (Saint, Fort, Mount).

    Args:
        name: a place name as written.

    Returns:
        Lower-case words parted by one blank; empty if the name holds no letter or digit.
    """
    low = name.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_BY_HAND))
        low = "".join(c for c in low if not unicodedata.combining(c))
    low = _GAP.sub(" ", _DROP.sub("", low.replace("&", " and "))).strip()
    if "saint" in low or "fort" in low or "mount" in low:
        low = " ".join(_WORDS.get(word, word) for word in low.split(" "))
    return low


def strip(folded: str) -> str:
    """The second tier of a folded name: without Arabic article, type word and final ``h`` of ``-ah``.

    Returns:
        The stripped name, or the name itself when there is nothing to strip.
    """
    short = _TYPE.sub("", _ARTICLE.sub("", folded))
    if short.endswith(("ah", "eh")) and len(short) > 4:
        short = short[:-1]
    return short if len(short) > 2 else folded
