"""Rules across fields and tables: their records and where they are collected.

The logic of each rule stands once, in ``claim_rules``, ``event_rules``, ``source_rules``, ``shared_rules`` or
``table_rules``; its words (message, remedy, example) stand once in ``vocabularies/error_code.csv``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

Frames = Mapping[str, pl.LazyFrame]


@dataclass(frozen=True)
class RowRule:
    """A rule over one row; ``bad`` is true where it is broken, else false or null.

    ``part`` fills the message's ``{part}``; ``columns`` are all that the rule reads.
    """

    code: str
    table: str
    column: str
    bad: pl.Expr
    part: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the rule reads."""
        return frozenset(self.bad.meta.root_names())


@dataclass(frozen=True)
class TableRule:
    """A rule over whole tables; ``bad`` gives the offending rows' values of ``column``, one column of that name."""

    code: str
    table: str
    column: str
    needs: tuple[str, ...]
    bad: Callable[[Frames], pl.LazyFrame]
    part: str = ""


@cache
def row_rules(table: str) -> tuple[RowRule, ...]:
    """All rules over single rows of a table."""
    from .claim_rules import claim_rules
    from .event_rules import event_rules
    from .source_rules import article_rules, attribution_rules, place_rules

    homes = {
        "articles": article_rules,
        "claims": claim_rules,
        "attributions": attribution_rules,
        "places": place_rules,
        "events": event_rules,
    }
    return tuple(homes[table]())


@cache
def table_rules() -> tuple[TableRule, ...]:
    """All rules over whole tables."""
    from .table_rules import all_table_rules

    return tuple(all_table_rules())
