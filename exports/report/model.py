"""What the page shows: the run's rows, joined and packed so that the browser can page through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from ...schema.ontology import load_ontology
from ..source import FinishedRun
from .timeline import Bins, bins

SPANS = ("trigger", "actor", "target", "location", "date")
_EVENT = (
    "event_date time_precision event_type sub_event_type actor1 inter1 actor2 inter2 country admin1 location "
    "fatalities fatalities_low fatalities_high n_claims n_articles sources claim_types contested corroborated notes"
).split()
_CLAIM = (
    "trigger_text sub_event_type plover_event event_status claim_type actor_text actor_name actor_type target_text "
    "target_name target_type location_text location_name country date_text event_date fatalities fatalities_text "
    "source_text source_name source_type cue_text source_interest exportable export_reason rule_id decision"
).split()
MAX_PLACES = 1500


@dataclass(frozen=True)
class Place:
    """A spot of the map: events of about the same coordinates (degrees)."""

    name: str
    latitude: float
    longitude: float
    events: int
    main_type: str


@dataclass(frozen=True)
class Model:
    """Everything the page is made of.

    Attributes:
        events, claims, articles: the run's tables, in the order the browser numbers them by.
        places: the map's spots.
        bins: the timeline's bins.
        data: what is embedded for the browser.
    """

    run: FinishedRun
    articles: pl.DataFrame
    claims: pl.DataFrame
    events: pl.DataFrame
    places: Sequence[Place]
    bins: Bins
    data: dict[str, Any]


def build(run: FinishedRun) -> Model:
    """Read a run and join what belongs together."""
    events = run.table("events").sort("event_date", "country", "location", "event_id", descending=[True, *[False] * 3])
    claims = run.table("claims").sort("article_id", "sentence_index", "trigger_start", "claim_id")
    with_claims = claims["article_id"].unique()
    articles = run.table("articles").filter(pl.col("article_id").is_in(with_claims.implode()))
    articles = articles.sort("published", "article_id", descending=[True, False], nulls_last=True)
    places, spots = _places(events)
    found = bins(events["event_date"].to_list())
    sentences, sentence_of = _sentences(claims, articles)
    data = {
        "events": _pack(events.select(_EVENT)) | {"place": spots, "bin": found.index},
        "claims": _claims(claims, events, sentence_of),
        "articles": _pack(articles.select("article_id", "title", "publisher", "published", "url")),
        "sentences": sentences,
        "marks": _marks(run.table("attributions"), articles, sentences),
        "against": _against(claims, events),
        "types": list(load_ontology().events),
    }
    return Model(run, articles, claims, events, places, found, data)


def _pack(frame: pl.DataFrame) -> dict[str, Any]:
    """Columns for the browser; a column of repeated values becomes its values and an index into them."""
    packed: dict[str, Any] = {"n": frame.height}
    for column in frame:
        values = [v.isoformat() if isinstance(v, date) else v for v in column.to_list()]
        if column.dtype.is_nested() or column.n_unique() * 2 > frame.height:
            packed[column.name] = values
            continue
        known = {value: k for k, value in enumerate(dict.fromkeys(values))}
        packed[column.name] = {"v": list(known), "i": [known[value] for value in values]}
    return packed


def _places(events: pl.DataFrame) -> tuple[list[Place], list[int]]:
    """Spots of the map, coarser when there are many, and each event's spot."""
    lat, lon = pl.col("latitude"), pl.col("longitude")
    for step in (0.01, 0.1, 0.25, 0.5, 1.0, 2.0):
        keyed = events.with_row_index("row").with_columns(
            (lat / step).round().alias("y"), (lon / step).round().alias("x")
        )
        if keyed.select("x", "y").unique().height <= MAX_PLACES:
            break
    groups = keyed.group_by("y", "x").agg(
        pl.col("location").mode().sort().first(), lat.mean(), lon.mean(), pl.len().alias("events"),
        pl.col("event_type").mode().sort().first(), pl.col("row"),
    ).sort("events", "y", "x", descending=[True, False, False])  # fmt: skip
    spots = [0] * events.height
    for k, rows in enumerate(groups["row"].to_list()):
        for row in rows:
            spots[row] = k
    wanted = groups.select("location", "latitude", "longitude", "events", "event_type")
    return [Place(*row) for row in wanted.iter_rows()], spots


def _sentences(claims: pl.DataFrame, articles: pl.DataFrame) -> tuple[dict[str, Any], list[int]]:
    """Each sentence once, and the sentence of each claim."""
    keys = claims.select("article_id", "sentence_index").rows()
    order = {key: k for k, key in enumerate(dict.fromkeys(keys))}
    once = claims.unique(["article_id", "sentence_index"], keep="first", maintain_order=True)
    number = {name: k for k, name in enumerate(articles["article_id"])}
    packed = {
        "n": once.height,
        "article": [number.get(name, -1) for name in once["article_id"]],
        "start": once["sentence_start"].to_list(),
        "text": once["sentence"].to_list(),
    }
    return packed, [order[key] for key in keys]


def _claims(claims: pl.DataFrame, events: pl.DataFrame, sentence_of: list[int]) -> dict[str, Any]:
    number = {name: k for k, name in enumerate(events["event_id"])}
    spans = [f"{name}_{end}" for name in SPANS for end in ("start", "end")]
    chains = [
        " ← ".join(link["source_name"] or link["source_text"] or "unnamed" for link in chain or ())
        for chain in claims["attribution_chain"].to_list()
    ]
    return _pack(claims.select(_CLAIM)) | {
        "sentence": sentence_of,
        # a claim that speaks against an event may name it too; it stands in ``against``
        "event": [number.get(name, -1) if own else -1 for name, own in claims.select("event_id", "exportable").rows()],
        "chain": chains,
        "spans": [list(row) for row in claims.select(spans).iter_rows()],
    }


def _marks(attributions: pl.DataFrame, articles: pl.DataFrame, sentences: dict[str, Any]) -> list[list[Any]]:
    """Sources and cues inside sentences that hold claims: sentence, kind, start, end (from the sentence's start)."""
    number = {name: k for k, name in enumerate(articles["article_id"])}
    ours: dict[int, list[int]] = {}
    for k, article in enumerate(sentences["article"]):
        ours.setdefault(article, []).append(k)
    marks = []
    columns = ("article_id", "source_start", "source_end", "cue_start", "cue_end")
    for article, *ends in attributions.select(columns).iter_rows():
        for kind, start, end in (("source", *ends[:2]), ("cue", *ends[2:])):
            for k in ours.get(number.get(article, -1), ()) if start is not None and end is not None else ():
                left = start - sentences["start"][k]
                if 0 <= left < len(sentences["text"][k]):
                    marks.append([k, kind, left, end - sentences["start"][k]])
    return marks


def _against(claims: pl.DataFrame, events: pl.DataFrame) -> list[list[int]]:
    """Claims that speak against an event: pairs of event and claim.

    They are linked by their event id; where a denial or doubt has none, it is shown with the contested events of the
    same day, place and type group.
    """
    told = claims.with_row_index("claim").filter(~pl.col("exportable"))
    known = events.with_row_index("event")
    linked = known.select("event", "event_id").join(told.drop_nulls("event_id"), on="event_id", how="inner")
    ontology = load_ontology()
    groups = {name: ontology.group(name) for name in ontology.events}
    key = ["event_date", "country", "place", "admin1", "kind"]
    kind = pl.col("event_type").replace_strict(groups, default=None, return_dtype=pl.String).alias("kind")
    loose = told.filter(pl.col("event_id").is_null() & pl.col("claim_type").is_in(["denial", "doubt"]))
    loose = loose.with_columns(kind, pl.col("location_name").alias("place"))
    open_ = known.filter("contested").with_columns(kind, pl.col("location").alias("place"))
    near = open_.join(loose, on=key, how="inner", nulls_equal=True)
    pairs = pl.concat([frame.select("event", "claim") for frame in (linked, near)]).unique().sort("event", "claim")
    return [list(pair) for pair in pairs.iter_rows()]
