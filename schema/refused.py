"""Files that are not read any further."""

from __future__ import annotations


class Refused(Exception):
    """A file that is not read any further; ``code`` and ``part`` say why."""

    def __init__(self, code: str, part: str) -> None:
        super().__init__(part)
        self.code, self.part = code, part
