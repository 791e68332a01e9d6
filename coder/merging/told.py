"""A claim as merging sees it: the columns that it reads, as a light record, and how a table becomes such records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

REALISED = ("occurred", "ongoing", "attempted")
_CODED = (pl.Categorical, pl.Date)
_SHARED = pl.Categorical()  # few different values: kept once, not once a row


class Told(NamedTuple):
    """One claim; the fields are those of the claims table with the same names."""

    claim_id: str
    article_id: str
    publisher: str | None
    published: date | None
    sentence_index: int
    sentence: str
    trigger_start: int
    sub_event_type: str | None
    actor_text: str | None
    actor_name: str | None
    actor_type: str | None
    actor_associates: list[str]
    target_text: str | None
    target_name: str | None
    target_type: str | None
    target_associates: list[str]
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
    geonameid: int | None
    date_text: str | None
    event_date: date | None
    time_precision: int | None
    fatalities: int | None
    fatalities_low: int | None
    fatalities_high: int | None
    fatalities_text: str | None
    event_status: str
    claim_type: str
    polarity: str
    attribution_depth: int
    source_text: str | None
    source_name: str | None
    source_type: str | None
    source_relation_to_actor: str
    source_interest: str
    tags: str | None
    exportable: bool
    updates: bool  # the sentence tells a toll as a new one
    bounded: bool  # the sentence holds words such as "at least", "up to"
    spans: bool  # the sentence or the date may tell of several days

    @property
    def source(self) -> str | None:
        """The innermost source, by its fuller name where it has one."""
        return self.source_name or self.source_text

    @property
    def spot(self) -> tuple[object, ...]:
        """What tells one place from another: its GeoNames id, or its name within the first-order unit."""
        return (self.geonameid,) if self.geonameid is not None else (self.location_name, self.admin1)

    @property
    def order(self) -> tuple[object, ...]:
        """A total order of claims that depends on nothing but their content."""
        return (self.published or date.max, self.article_id, self.trigger_start, self.claim_id)


MARKS = ("updates", "bounded", "spans")
COLUMNS = tuple(name for name in Told._fields if name not in MARKS)
# Searched in the whole column at once; what they find is read closely in ``tolls`` and ``spans``.
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
_REPEATED = frozenset(
    "article_id publisher sub_event_type actor_name actor_type target_name target_type location_name admin1 admin2 "
    "admin3 country event_status claim_type polarity source_text source_name source_type source_relation_to_actor "
    "source_interest tags date_text actor_text target_text location_text fatalities_text".split()
)


# Kinds of claim that settle whose deed it was, as far as the text goes.
_SETTLING = ("narration", "admission", "documentation", "confirmation", "revelation", "announcement")


def settled(claims: Iterable[Told]) -> bool:
    """Whether one of the claims is more than somebody's word: told in the article's voice, admitted, documented."""
    return any(claim.claim_type in _SETTLING for claim in claims)


def attestation(claims: Sequence[Told]) -> tuple[int, int, int]:
    """How well something is attested, lower is better: settled, then not only by whom it serves, then by articles."""
    fair = any(claim.source_interest != "self_serving" for claim in claims)
    return -settled(claims), -fair, -len({claim.article_id for claim in claims})


def heard(claims: pl.LazyFrame) -> pl.LazyFrame:
    """The claims that merging listens to: those that are events, and those by which a source speaks against one."""
    against = pl.col("claim_type").is_in(["denial", "doubt"]) | (
        (pl.col("event_status") == "negated") & (pl.col("polarity") == "negative")
    )
    spoken = against & (pl.col("attribution_depth") > 0) & pl.col("source_text").is_not_null()
    return claims.filter(pl.col("exportable") | spoken).select(COLUMNS)


def compact(claims: pl.LazyFrame) -> pl.DataFrame:
    """Collect what merging reads, repeated texts once, and give each claim the country it is sorted under.

    A denial seldom names a place; it is sorted under the country that its article's events lie in most often, and
    left out when its article has no events.
    """
    shared = [pl.col(name).cast(_SHARED) for name in COLUMNS if name in _REPEATED]
    deadly = pl.col("fatalities").is_not_null()
    sentence = pl.col("sentence")
    marks = {
        "updates": deadly & sentence.str.contains(_UPDATES),
        "bounded": deadly & sentence.str.contains(_BOUNDED),
        "spans": deadly & (sentence.str.contains(_SPANS) | pl.col("date_text").str.contains(r"\d").fill_null(False)),
    }
    frame = heard(claims).with_columns(**marks).with_columns(shared).collect(engine="streaming")
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
    known = {name: _objects(frame[name]) for name in Told._fields if frame[name].dtype in _CODED}
    for part in frame.partition_by("home", maintain_order=False):
        yield str(part["home"][0]), told(part, known)


def told(frame: pl.DataFrame, known: Mapping[str, Mapping[int | None, object]]) -> list[Told]:
    """Records of a frame's rows, sorted; equal texts and days are one object."""
    columns = (_values(frame[name], known.get(name)) for name in Told._fields)
    return sorted(map(Told._make, zip(*columns, strict=True)), key=lambda claim: claim.order)


def _objects(column: pl.Series) -> dict[int | None, object]:
    """The distinct values of a column by their code."""
    distinct = column.unique()
    values = distinct.cast(pl.String) if column.dtype == pl.Categorical else distinct
    return dict(zip(distinct.to_physical().to_list(), values.to_list(), strict=True))


def _values(column: pl.Series, known: Mapping[int | None, object] | None) -> Sequence[object]:
    return column.to_list() if known is None else [known[code] for code in column.to_physical().to_list()]
