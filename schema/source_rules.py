"""Rules over one row of the articles, attributions and places tables."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from polars import col as c

from .rules import RowRule
from .shared_rules import country_rules, size_rule, span_rule


def article_rules() -> Iterator[RowRule]:
    """All rules over single articles."""
    counted = c("n_candidate_sentences") > c("n_sentences")
    yield RowRule("sentence-count", "articles", "n_candidate_sentences", counted)


def attribution_rules() -> Iterator[RowRule]:
    """All rules over single attributions."""
    yield span_rule("attributions", "source")
    yield size_rule("attributions", "source")
    yield span_rule("attributions", "cue")
    turned = pl.element().struct.field("start") >= pl.element().struct.field("end")
    spans = c("content_spans").list.eval(turned.fill_null(False)).list.any()
    yield RowRule("span-order", "attributions", "content_spans", spans, part="content")
    outermost = c("parent_id").is_null()
    yield RowRule("depth", "attributions", "depth", (c("depth") == 0) | (outermost != (c("depth") == 1)))


def place_rules() -> Iterator[RowRule]:
    """All rules over single places."""
    yield from country_rules("places")
    yield RowRule("span-order", "places", "start", c("start") >= c("end"), part="place")
