"""Dateline: news articles in, conflict-event data out, with the kind of claim and the source of every event kept.

``Coder`` codes articles, ``read`` opens a run's tables, ``validate`` checks files. Importing the package loads
neither the parser nor the date library; they are loaded when a coder is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Article", "Coder", "Coding", "__version__", "read", "validate"]

if TYPE_CHECKING:
    from .coder.pipeline import Coder, Coding
    from .coder.records import Article
    from .exports.parquet import read_table as read
    from .schema import validate

_HOMES = {
    "Article": (".coder.records", "Article"),
    "Coder": (".coder.pipeline", "Coder"),
    "Coding": (".coder.pipeline", "Coding"),
    "read": (".exports.parquet", "read_table"),
    "validate": (".schema", "validate"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module, __name__), attribute)
