"""Writing HTML: every text that comes from the data goes through here."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# Inside a script element these could end it or open a comment; JSON reads the escapes as the same characters.
_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def esc(value: object) -> str:
    """A value as text of HTML, safe in elements and in quoted attributes; control characters are dropped."""
    return html.escape(_CONTROL.sub("", str(value)), quote=True)


def script_json(value: Any) -> str:
    """A value as JSON that is safe inside ``<script type="application/json">``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for character, escaped in _SCRIPT.items():
        text = text.replace(character, escaped)
    return text


def tag(name: str, *content: str, **attributes: object) -> str:
    """An element. Content is HTML already; attributes are escaped here, ``_`` in their names becomes ``-``."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{esc(value)}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{''.join(content)}</{name}>"


def text(name: str, content: object, **attributes: object) -> str:
    """An element that holds text."""
    return tag(name, esc(content), **attributes)


def table(head: Iterable[str], rows: Iterable[Iterable[str]], **attributes: object) -> str:
    """A table of cells that are HTML already (``<td>`` or ``<th>``)."""
    header = tag("thead", tag("tr", *head))
    return tag("table", header, tag("tbody", *(tag("tr", *row) for row in rows)), **attributes)


def number(value: float | int | None) -> str:
    """A number with thin thousands."""
    return f"{value or 0:,}".replace(",", "\u202f")
