"""Rules over one row of the claims table (DESIGN 3, CODEBOOK 3.3 and 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from polars import col as c

from .checks import length
from .ontology import load_ontology
from .rules import RowRule
from .shared_rules import country_rules, index_of, span_rule, taken, toll_rule, type_rules, with_index

REALISED = ("occurred", "ongoing", "attempted")
SPANS = ("trigger", "actor", "target", "location", "date")
# What every exported claim has, because its event needs it.
ACLED_NEEDS = (
    "event_type sub_event_type disorder_type event_date time_precision location_name country iso latitude longitude "
    "geo_precision"
).split()


def claim_rules() -> Iterator[RowRule]:
    """All rules over single claims."""
    yield from type_rules("claims")
    yield from country_rules("claims")
    yield toll_rule("claims")
    yield from _span_rules()
    yield from _export_rules()
    yield from _source_rules()
    quads = {event: load_ontology().quad_class(event) for event in load_ontology().plover}
    index, event = pl.field("index"), pl.field("plover_event")
    known = event.is_null() | index.is_not_null()
    bad = known & pl.field("quad_class").ne_missing(taken(index, quads.values(), pl.String))
    found = index_of(c("plover_event"), quads)
    yield RowRule("quad-class", "claims", "quad_class", with_index(found, bad, "plover_event", "quad_class"))


def _span_rules() -> Iterator[RowRule]:
    begin = c("sentence_start")
    for name in SPANS:
        yield span_rule("claims", name)
        start, end = c(f"{name}_start") - begin, c(f"{name}_end") - begin
        inside = (start >= 0) & (start < end) & (end <= length(c("sentence")))
        # A negative offset would count from the end; such a span is not inside, and the slice is not used.
        cut = sliced(c("sentence"), start.clip(0), (end - start).clip(0))
        yield RowRule("span-text", "claims", f"{name}_text", inside & cut.ne_missing(c(f"{name}_text")), part=name)
    outside = (c("trigger_start") < begin) | (c("trigger_end") > begin + length(c("sentence")))
    yield RowRule("trigger-outside", "claims", "trigger_start", outside)


def sliced(text: pl.Expr, start: pl.Expr, size: pl.Expr) -> pl.Expr:
    """A slice of a text by code points."""
    return text.str.slice(start, size)


def _export_rules() -> Iterator[RowRule]:
    exported, status = c("exportable"), c("event_status")
    realised = status.is_in(list(REALISED))
    yield RowRule("export-reason", "claims", "export_reason", exported == c("export_reason").is_not_null())
    yield RowRule("not-realised", "claims", "exportable", exported & ~realised)
    lacks = pl.any_horizontal(c(name).is_null() for name in ACLED_NEEDS)
    yield RowRule("incomplete-export", "claims", "exportable", exported & lacks)
    yield RowRule("after-publication", "claims", "event_date", (c("event_date") > c("published")) & realised & exported)


def _source_rules() -> Iterator[RowRule]:
    depth, kind = c("attribution_depth"), c("claim_type")
    yield RowRule("depth", "claims", "attribution_depth", (depth == 0) != c("attribution_id").is_null())
    yield RowRule("narration-with-source", "claims", "claim_type", (kind == "narration") & (depth > 0))
    yield RowRule("chain-length", "claims", "attribution_chain", c("attribution_chain").list.len() != depth)
