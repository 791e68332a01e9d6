"""The words by which a source takes up a deed told before: "denied it", "the allegation", "claimed responsibility"."""

from __future__ import annotations

import re

NEAR = 5  # sentences between a deed and an account of it
_SAID = "allegations?|accusations?|claims?|reports?|suggestions?|assertions?"
_DONE = "it|this|that|involvement|responsibility|role|incidents?|credit"
_OPENING = r"(?:(?:the|this|that|these|those|its|their|his|her|any|all|any such|such|both)\s)?(?:\w+\s)?"
_CLOSING = r"(?:\s(?:in|for|of|about|as|by)\s.*)?$"
_WORDS_OF_OTHERS = re.compile(rf"(?i){_OPENING}({_SAID}){_CLOSING}")
_THE_DEED = re.compile(rf"(?i)(?:any\s)?({_DONE}){_CLOSING}")
_ACCOUNT = re.compile(
    r"(?i)\b(?:(?:claim|tak|took|accept|assum)\w*\s(?:\w+\s)?(?:responsibility|credit)|"
    r"(?:den|dismiss|reject|refut|admit|acknowledg|conced|claim)\w*\s(?:\w+\s){0,2}"
    rf"(?:{_SAID}|{_DONE})\b)"
)


def may_account(text: str) -> bool:
    """Whether a sentence may say who did, or did not do, a deed that it does not name; reads text only."""
    return _ACCOUNT.search(text) is not None


def words_of_others(text: str) -> re.Match[str] | None:
    """What somebody said, as the whole of a content ("the allegation"); group 1 is the anaphor."""
    return _WORDS_OF_OTHERS.match(text)


def the_deed(text: str) -> re.Match[str] | None:
    """A deed by a pronoun or a part in it, as the whole of a content ("any role in it"); group 1 is the anaphor."""
    return _THE_DEED.match(text)
