"""Rules over whole tables: ids are unique, what they name exists, spans end inside their article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from .rules import Frames, TableRule
from .tables import FOREIGN_KEYS, PRIMARY_KEYS, ForeignKey

_ENDS = {
    "claims": ("trigger_end", "actor_end", "target_end", "location_end", "date_end"),
    "attributions": ("source_end", "cue_end"),
    "places": ("end",),
}


def all_table_rules() -> Iterator[TableRule]:
    """All rules over tables."""
    for table, key in PRIMARY_KEYS.items():
        yield TableRule("duplicate-id", table, key, (table,), _duplicates(table, key), part=key)
    for link in FOREIGN_KEYS:
        part = f"{link.column} names no {link.key} of {link.other}"
        yield TableRule("dangling-id", link.table, link.column, (link.table, link.other), _orphans(link), part=part)
    for table, ends in _ENDS.items():
        for end in ends:
            yield TableRule("span-outside", table, end, (table, "articles"), _outside(table, end), part=end)


def _duplicates(table: str, column: str) -> Callable[[Frames], pl.LazyFrame]:
    def bad(frames: Frames) -> pl.LazyFrame:
        return frames[table].select(column).drop_nulls().filter(pl.col(column).is_duplicated()).unique()

    return bad


def _orphans(link: ForeignKey) -> Callable[[Frames], pl.LazyFrame]:
    def bad(frames: Frames) -> pl.LazyFrame:
        child = frames[link.table].select(link.column)
        if isinstance(frames[link.table].collect_schema()[link.column], pl.List):
            child = child.explode(link.column)
        known = frames[link.other].select(pl.col(link.key).alias(link.column)).unique()
        return child.drop_nulls().unique().join(known, on=link.column, how="anti")

    return bad


def _outside(table: str, end: str) -> Callable[[Frames], pl.LazyFrame]:
    def bad(frames: Frames) -> pl.LazyFrame:
        articles = frames["articles"].select("article_id", "text_length").unique("article_id")
        joined = frames[table].select("article_id", end).join(articles, on="article_id", how="inner")
        return joined.filter(pl.col(end) > pl.col("text_length")).select(end).unique()

    return bad
