"""Rules that hold across fields and tables: each in one place, with its code, message and remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from .ontology import Ontology, load_ontology

REALISED = ("occurred", "ongoing", "attempted")
_BOX_TOLERANCE = 0.5  # degrees; places lie on borders and small islands outside the box


@dataclass(frozen=True)
class RowRule:
    """A rule over one row; ``bad`` is true where it is broken."""

    code: str
    table: str
    column: str
    bad: pl.Expr
    message: str
    remedy: str


@dataclass(frozen=True)
class TableRule:
    """A rule over tables; ``bad`` gives the offending values of ``column``."""

    code: str
    table: str
    column: str
    needs: tuple[str, ...]
    bad: Callable[[Mapping[str, pl.LazyFrame]], pl.LazyFrame]
    message: str
    remedy: str


def _follows(sub: str, wanted: str, mapping: dict[str, str]) -> pl.Expr:
    return pl.col(wanted).ne_missing(pl.col(sub).replace_strict(mapping, default=None, return_dtype=pl.String))


def _slice(name: str) -> pl.Expr:
    """Whether a span's text differs from the sentence's slice, for spans inside the sentence."""
    start, end = (
        pl.col(f"{name}_start") - pl.col("sentence_start"),
        pl.col(f"{name}_end") - pl.col("sentence_start"),
    )
    inside = (start >= 0) & (end <= pl.col("sentence").str.len_chars())
    return inside & pl.col("sentence").str.slice(start, end - start).ne_missing(pl.col(f"{name}_text"))


@cache
def row_rules() -> tuple[RowRule, ...]:
    """All rules over single rows."""
    ontology = load_ontology()
    return (*_claim_rules(ontology), *_event_rules(ontology), *_place_rules(ontology))


def _type_rules(table: str, ontology: Ontology) -> list[RowRule]:
    types = {sub: ontology.event_type(sub) for sub in ontology.sub_events}
    disorders = {sub: ontology.disorder_type(sub) for sub in ontology.sub_events}
    return [
        RowRule("sub-event-type", table, "event_type", _follows("sub_event_type", "event_type", types),
                "the sub-event belongs to another event type", "set event_type to the sub-event's type"),
        RowRule("disorder-type", table, "disorder_type", _follows("sub_event_type", "disorder_type", disorders),
                "the disorder type does not follow from the sub-event", "set disorder_type by the sub-event"),
    ]  # fmt: skip


def _country_rules(table: str, ontology: Ontology) -> list[RowRule]:
    isos = {c.country: c.iso for c in ontology.countries}
    rules = [
        RowRule("country-iso", table, "iso",
                pl.col("iso").ne_missing(pl.col("country").replace_strict(isos, default=None, return_dtype=pl.Int64)),
                "the ISO number is not the country's, or the country is none of ACLED's", "use ACLED's country name"),
    ]  # fmt: skip
    boxes = {c.country: (c.west, c.south, c.east, c.north) for c in ontology.countries}

    def edge(k: int) -> pl.Expr:
        values = {name: box[k] for name, box in boxes.items()}
        return pl.col("country").replace_strict(values, default=None, return_dtype=pl.Float64)

    west, south, east, north = (edge(k) for k in range(4))
    lon, lat, t = pl.col("longitude"), pl.col("latitude"), _BOX_TOLERANCE
    across = (
        pl.when(west <= east).then((lon < west - t) | (lon > east + t)).otherwise((lon < west - t) & (lon > east + t))
    )
    rules.append(
        RowRule("outside-country", table, "latitude", (lat < south - t) | (lat > north + t) | across,
                "the coordinates lie outside the country", "check for swapped coordinates or another country"),
    )  # fmt: skip
    return rules


def _claim_rules(ontology: Ontology) -> list[RowRule]:
    c = pl.col
    rules = [*_type_rules("claims", ontology), *_country_rules("claims", ontology)]
    for name in ("trigger", "actor", "target", "location", "date"):
        start, end = c(f"{name}_start"), c(f"{name}_end")
        ordered = (start >= end) | (start.is_null() != end.is_null()) | (start.is_null() != c(f"{name}_text").is_null())
        rules.append(
            RowRule("span-order", "claims", f"{name}_start", ordered,
                    f"the {name}'s span is empty, reversed or incomplete",
                    "give text, start and end together, with start before end"))  # fmt: skip
        rules.append(
            RowRule("span-text", "claims", f"{name}_text", _slice(name),
                    f"the {name}'s span does not slice to its text",
                    "offsets count code points, not bytes"))  # fmt: skip
    outside = (c("trigger_start") < c("sentence_start")) | (
        c("trigger_end") > c("sentence_start") + c("sentence").str.len_chars()
    )
    complete = [
        "event_type",
        "sub_event_type",
        "event_date",
        "time_precision",
        "location_name",
        "country",
        "latitude",
        "geo_precision",
    ]
    rules += [
        RowRule("trigger-outside", "claims", "trigger_start", outside, "the trigger lies outside its sentence",
                "offsets count from the article's start"),
        RowRule("toll-order", "claims", "fatalities",
                (c("fatalities_low") > c("fatalities")) | (c("fatalities") > c("fatalities_high")),
                "the toll lies outside its bounds", "low <= fatalities <= high"),
        RowRule("export-reason", "claims", "export_reason", c("exportable") == c("export_reason").is_not_null(),
                "a claim has a reason exactly when it is not exported", "clear or give export_reason"),
        RowRule("not-realised", "claims", "exportable", c("exportable") & ~c("event_status").is_in(REALISED),
                "what did not happen is exported", "only occurred, ongoing and attempted events are exported"),
        RowRule("incomplete-export", "claims", "exportable",
                c("exportable") & pl.any_horizontal(c(name).is_null() for name in complete),
                "an exported claim lacks a field that ACLED needs", "give it a reason instead of exporting it"),
        RowRule("after-publication", "claims", "event_date",
                (c("event_date") > c("published")) & c("event_status").is_in(REALISED) & c("exportable"),
                "a realised event is dated after publication", "check the date or the status"),
        RowRule("source-without-depth", "claims", "attribution_depth",
                (c("attribution_depth") == 0) != c("attribution_id").is_null(),
                "depth and attribution disagree", "depth 0 means that no attribution scopes over the event"),
        RowRule("narration-with-source", "claims", "claim_type",
                (c("claim_type") == "narration") & (c("attribution_depth") > 0),
                "a narrated event has a source", "a claim with a source has another type"),
    ]  # fmt: skip
    return rules


def _event_rules(ontology: Ontology) -> list[RowRule]:
    c = pl.col
    inters = list(ontology.inters)
    pairs = {f"{a or ''}|{b or ''}": ontology.interaction(a, b) or "" for a in (None, *inters) for b in (None, *inters)}
    key = c("inter1").fill_null("") + "|" + c("inter2").fill_null("")
    targeting = {
        f"{sub}|{a or ''}|{b or ''}": ontology.civilian_targeting(sub, a, b) or ""
        for sub in ontology.sub_events for a in (None, *inters) for b in (None, *inters)
    }  # fmt: skip
    regions = {country.country: country.region for country in ontology.countries}
    vac = c("event_type") == "Violence against civilians"
    return [
        *_type_rules("events", ontology),
        *_country_rules("events", ontology),
        RowRule("region", "events", "region",
                c("region").ne_missing(c("country").replace_strict(regions, default=None, return_dtype=pl.String)),
                "the region is not the country's", "use ACLED's region of the country"),
        RowRule("year", "events", "year", c("year") != c("event_date").dt.year(), "the year is not event_date's",
                "set year from event_date"),
        RowRule("interaction", "events", "interaction",
                c("interaction").fill_null("") != key.replace_strict(pairs, default="?"),
                "the interaction does not follow from inter1 and inter2", "join both types by ascending code"),
        RowRule("civilian-targeting", "events", "civilian_targeting",
                c("civilian_targeting").fill_null("")
                != (c("sub_event_type") + "|" + key).replace_strict(targeting, default="?"),
                "civilian_targeting does not follow from type and actors", "set it by the codebook"),
        RowRule("victim-second", "events", "inter2", vac & (c("inter2") != "Civilians") & (c("inter1") == "Civilians"),
                "the victim is not actor2", "exchange actor1 and actor2"),
        RowRule("actor-inter", "events", "inter1",
                (c("actor1").is_null() != c("inter1").is_null()) | (c("actor2").is_null() != c("inter2").is_null()),
                "an actor has no type, or a type no actor", "give both or neither"),
        RowRule("toll-order", "events", "fatalities",
                (c("fatalities_low") > c("fatalities")) | (c("fatalities") > c("fatalities_high")),
                "the toll lies outside its bounds", "low <= fatalities <= high"),
    ]  # fmt: skip


def _place_rules(ontology: Ontology) -> list[RowRule]:
    return [
        *_country_rules("places", ontology),
        RowRule("span-order", "places", "start", pl.col("start") >= pl.col("end"), "the span is empty or reversed",
                "start lies before end"),
    ]  # fmt: skip


def _duplicates(table: str, column: str) -> Callable[[Mapping[str, pl.LazyFrame]], pl.LazyFrame]:
    return lambda frames: frames[table].group_by(column).len().filter(pl.col("len") > 1).select(column)


def _orphans(table: str, column: str, other: str, key: str) -> Callable[[Mapping[str, pl.LazyFrame]], pl.LazyFrame]:
    def bad(frames: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
        child = frames[table].select(column)
        if isinstance(frames[table].collect_schema()[column], pl.List):
            child = child.explode(column)
        known = frames[other].select(pl.col(key).alias(column)).unique()
        return child.drop_nulls().unique().join(known, on=column, how="anti")

    return bad


def table_rules() -> tuple[TableRule, ...]:
    """All rules over whole tables."""
    unique = [
        ("articles", "article_id"),
        ("claims", "claim_id"),
        ("attributions", "attribution_id"),
        ("events", "event_id"),
    ]
    known = [
        ("claims", "article_id", "articles", "article_id"),
        ("attributions", "article_id", "articles", "article_id"),
        ("places", "article_id", "articles", "article_id"),
        ("claims", "attribution_id", "attributions", "attribution_id"),
        ("attributions", "parent_id", "attributions", "attribution_id"),
        ("claims", "event_id", "events", "event_id"),
        ("events", "claim_ids", "claims", "claim_id"),
    ]
    return (
        *(
            TableRule("duplicate-id", table, column, (table,), _duplicates(table, column),
                      f"{column} is not unique", "drop the second row, or give it an id of its own")
            for table, column in unique
        ),
        *(
            TableRule("dangling-id", table, column, (table, other), _orphans(table, column, other, key),
                      f"{column} names no row of {other}", "validate and keep the tables of one run together")
            for table, column, other, key in known
        ),
    )  # fmt: skip
