"""A claim as merging sees it: the columns that it reads, as a light record, and how a table becomes such records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

import polars as pl

from .dyads import BATTLES, JOINT, Dyad, Named, dyad
from .figures import Figure, Given, figure
from .hearing import heard, says

_CODED = (pl.Categorical, pl.Date)
_SHARED = pl.Categorical()  # few different values: kept once, not once a row


class Told(NamedTuple):
    """One claim: columns of the claims table under their names, and what is worked out from them once."""

    order: int  # its place among its country's claims, which are sorted by nothing but their content
    claim_id: str
    article_id: str
    publisher: str | None
    published: date | None
    sentence_index: int
    sentence: str
    sub_event_type: str | None
    actor_text: str | None
    actor_name: str | None
    actor_type: str | None
    target_text: str | None
    target_name: str | None
    location_text: str | None
    location_name: str | None
    admin1: str | None
    admin2: str | None
    admin3: str | None
    country: str | None
    iso: int | None
    latitude: float | None
    longitude: float | None
    geo_precision: int | None
    date_text: str | None
    event_date: date | None
    time_precision: int | None
    fatalities: int | None
    fatalities_high: int | None
    claim_type: str
    source_relation_to_actor: str
    source_interest: str
    tags: str | None
    exportable: bool
    spans: bool  # the sentence or the date may tell of several days
    reach: int  # days before its own on which the deed may lie; 0 for a day that is told
    source: str | None  # the innermost one, by its fuller name where it has one
    spot: tuple[object, ...]  # tells one place from another: GeoNames id, or name within the first-order unit
    dyad: Dyad
    figure: Figure
    says: str | None  # of a claim that is no event: DOER or BLAMED, or the group of types of what it denies
    taken: str | None = None  # what it has from other claims of its article, for people


_SPOT = ("geonameid", "location_name", "admin1")
_MADE = frozenset({"order", "spot", "dyad", "figure", "taken"})  # of each record
_MARKS = frozenset({"source", "battle", "updates", "bounded", "spans", "reach", "says"})  # of whole columns
_HEARD = ("action", "event_status", "polarity", "attribution_depth", "source_text", "source_name")  # not carried on
_CARRIED = tuple(
    name
    for name in dict.fromkeys(("trigger_start", *_SPOT, *Named._fields, *Given._fields, *Told._fields))
    if name not in _MADE
)
COLUMNS = (*(name for name in _CARRIED if name not in _MARKS), *_HEARD)  # what is read of the claims table
# Searched in the whole column at once; what they find is read closely in ``figures`` and ``spans``.
_UPDATES = (
    r"(?i)\b(?:toll|number of (?:\w+ )?(?:dead|deaths|killed|victims|people killed|fatalities)|count)\b[^.;]{0,60}"
    r"\b(?:rose|risen|rises|rising|climbed|climbs|jumped|increased|grew|grown|reached|revised|updated|lowered|cut|"
    r"now stands)\b"
    r"|\b(?:raised|revised|updated|lowered|corrected|put)\b[^.;]{0,40}\b(?:toll|number of (?:dead|deaths|victims))\b"
    r"|\b(?:later|since) (?:died|succumbed)\b|\bbringing the (?:\w+ ){0,2}(?:toll|number)\b"
)
_BOUNDED = (
    r"(?i)\b(?:at least|more than|over|no fewer than|not less than|upwards of|minimum of|up to|as many as|at most)\b"
)
_SPANS = r"(?i)\bdays\b|-day\b|\bweekend\b"
_NIGHT = r"(?i)^overnight$"  # ended on the day, and may have begun on the one before
REACH = 10  # days before publication on which a deed may lie that is told without a day
_REPEATED = (
    "article_id publisher sub_event_type actor_name actor_type actor_associates target_name target_type "
    "target_associates location_name admin1 admin2 admin3 country claim_type source source_type "
    "source_relation_to_actor source_interest tags date_text actor_text target_text location_text fatalities_text"
).split()


def in_order(claims: Iterable[Told]) -> list[Told]:
    """Claims of one country sorted by their content."""
    return sorted(claims, key=attrgetter("order"))


# Kinds of claim that settle whose deed it was, as far as the text goes.
_SETTLING = ("narration", "admission", "documentation", "confirmation", "revelation", "announcement")


def settled(claims: Iterable[Told]) -> bool:
    """Whether one of the claims is more than somebody's word: told in the article's voice, admitted, documented."""
    return any(claim.claim_type in _SETTLING for claim in claims)


def attestation(claims: Sequence[Told]) -> tuple[int, int, int]:
    """How well something is attested, lower is better: settled, then not only by whom it serves, then by articles."""
    fair = any(claim.source_interest != "self_serving" for claim in claims)
    return -settled(claims), -fair, -len({claim.article_id for claim in claims})


def compact(claims: pl.LazyFrame) -> pl.DataFrame:
    """Collect what merging reads, repeated texts once, and give each claim the country it is sorted under.

    A denial seldom names a place; it is sorted under the country that its article's events lie in most often, and
    left out when its article has no events.
    """
    deadly = pl.col("fatalities").is_not_null()
    sentence = pl.col("sentence")
    undated = pl.col("date_text").is_null() & (pl.col("time_precision") == 2)
    unstated = undated & (pl.col("event_date") == pl.col("published"))
    made = {
        "source": pl.when(pl.col("source_name") != "").then("source_name").otherwise("source_text"),
        "battle": pl.col("sub_event_type").is_in(BATTLES).fill_null(False),
        "actor_associates": pl.col("actor_associates").list.join(JOINT).fill_null(""),
        "target_associates": pl.col("target_associates").list.join(JOINT).fill_null(""),
        "updates": deadly & sentence.str.contains(_UPDATES),
        "bounded": deadly & sentence.str.contains(_BOUNDED),
        "says": says(),
        "reach": pl.when(unstated).then(REACH).when(pl.col("date_text").str.contains(_NIGHT)).then(1).otherwise(0),
        "spans": deadly & (sentence.str.contains(_SPANS) | pl.col("date_text").str.contains(r"\d").fill_null(False)),
    }
    carried = [pl.col(name).cast(_SHARED) if name in _REPEATED else pl.col(name) for name in _CARRIED]
    frame = heard(claims).select(COLUMNS).with_columns(**made).select(carried).collect(engine="streaming")
    if frame["claim_id"].n_unique() < frame.height:  # the same claim twice counts once
        frame = frame.unique("claim_id", keep="first", maintain_order=True)
    homes = (
        frame.lazy()
        .filter("exportable")
        .group_by("article_id", "country")
        .len()
        .sort("article_id", pl.col("len"), pl.col("country").cast(pl.String), descending=[False, True, False])
        .group_by("article_id", maintain_order=True)
        .agg(pl.col("country").first().alias("home"))
        .collect()
    )
    # Only claims without a country need their article's, so only they are joined.
    placed = frame.filter(pl.col("country").is_not_null()).with_columns(pl.col("country").alias("home"))
    lost = frame.filter(pl.col("country").is_null()).join(homes, on="article_id", how="inner")
    del frame
    return pl.concat([placed, lost.select(placed.columns)])


def parts(frame: pl.DataFrame, least: int = 20_000) -> Iterator[pl.DataFrame]:
    """The claims in parts of whole countries; small countries share a part."""
    counts = frame.group_by(pl.col("home").cast(pl.String)).len().sort("home")
    homes: list[str] = []
    size = 0
    for home, count in counts.iter_rows():
        homes.append(home)
        size += count
        if size >= least:
            yield frame.filter(pl.col("home").is_in(homes))
            homes, size = [], 0
    if homes:
        yield frame.filter(pl.col("home").is_in(homes))


def by_country(frame: pl.DataFrame) -> Iterator[tuple[str, list[Told]]]:
    """The claims country by country, in the order of their content."""
    known = {column.name: _objects(column) for column in frame if column.dtype in _CODED}
    coded = frame.sort(
        pl.col("published").fill_null(date.max), pl.col("article_id").cast(pl.String), "trigger_start", "claim_id"
    ).with_columns(pl.col(*known).to_physical())
    for part in coded.partition_by("home", maintain_order=True):
        yield str(known["home"][part["home"][0]]), _told(part, known)


def _told(frame: pl.DataFrame, known: Mapping[str, Mapping[object, object]]) -> list[Told]:
    """Records of a frame's rows; equal texts, days, places and dyads are one object."""
    columns: dict[str, Sequence[object]] = {column.name: column.to_list() for column in frame}
    for name, values in known.items():
        columns[name] = list(map(values.__getitem__, columns[name]))
    columns["order"] = range(frame.height)
    columns["spot"] = list(map(cache(_spot), _rows(columns, _SPOT)))
    columns["dyad"] = list(map(cache(_dyad), _rows(columns, Named._fields)))
    columns["figure"] = [figure(Given._make(row)) for row in _rows(columns, Given._fields)]
    columns["taken"] = [None] * frame.height
    return list(map(Told._make, _rows(columns, Told._fields)))


def _rows(columns: Mapping[str, Sequence[object]], names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def _spot(row: tuple[Any, ...]) -> tuple[object, ...]:
    geonameid, name, admin1 = row
    return (geonameid,) if geonameid is not None else (name, admin1)


def _dyad(row: tuple[Any, ...]) -> Dyad:
    return dyad(Named._make(row))


def _objects(column: pl.Series) -> dict[object, object]:
    """The distinct values of a column by their code."""
    distinct = column.unique()
    values = distinct.cast(pl.String) if column.dtype == pl.Categorical else distinct
    return dict(zip(distinct.to_physical().to_list(), values.to_list(), strict=True))
