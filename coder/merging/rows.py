"""Rows of the events table from happenings: ACLED's columns, then Dateline's own (CODEBOOK 1.1-1.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...schema.ontology import Ontology
from ..notes import notes
from ..publishers import source_scale
from .figures import plain
from .happening import Happening
from .sides import Side, sides
from .told import Told

Row = dict[str, Any]
_NO_REPORT = "crowd size=no report"
_CROWD = "crowd size="
_DIGITS = 15  # of an event's number: exact in any program that holds numbers as doubles


@dataclass(frozen=True)
class Books:
    """What rows are looked up in."""

    ontology: Ontology
    publishers: Mapping[str, str]  # scale by outlet in lower case
    letters: Mapping[str, str]  # ISO3 code by ACLED's country name
    regions: Mapping[str, str]
    ranks: Mapping[str, int]  # the codebook's hierarchy, 1 first
    types: dict[tuple[str, str | None, str | None], Row]  # the columns that follow from them, once looked up

    @classmethod
    def of(cls, ontology: Ontology, publishers: Mapping[str, str]) -> Books:
        """The books for an ontology and a table of outlets."""
        countries = list(ontology.countries)
        return cls(
            ontology,
            publishers,
            {country.country: country.iso3 for country in countries},
            {country.country: country.region for country in countries if country.region},
            {sub: ontology.rank(sub) for sub in ontology.sub_events},
            {},
        )


def event_row(event: Happening, books: Books) -> Row:
    """The row of an event, with exactly the table's columns.

    Args:
        event: what merging knows of it.
        books: types, codes, countries and outlets.
    """
    claims, lead = event.claims, event.cluster.lead
    best = place = claims[0]
    if len(claims) > 1:
        best = min(claims, key=lambda claim: (books.ranks[claim.sub_event_type or ""], _gaps(claim)))
        place = min(claims, key=lambda claim: (claim.spot != lead.spot, claim.geo_precision or 3))
    country = place.country or ""
    row = {
        "event_id_cnty": number(event.event_id, books.letters.get(country)),
        "event_date": lead.day,
        "year": lead.day.year,
        "time_precision": lead.time_precision,
        **_type_columns(best.sub_event_type or "", *sides(claims, best, country, books.ontology), books),
        "region": books.regions.get(country),
        **_place_columns(place),
        **_source_columns(claims, books.publishers),
        "fatalities": event.fatalities,
        "tags": tags(claims),
        "timestamp": None,
        "event_id": event.event_id,
        **_claim_columns(event),
    }
    row["notes"] = notes(row, event)
    return row


def number(event_id: str, letters: str | None) -> str:
    """ACLED's identifier: the country's letters and a number from the event's id, so that it is as stable."""
    return f"{letters or 'XXX'}{int(event_id, 16) % 10**_DIGITS}"


def _type_columns(sub: str, first: Side | None, second: Side | None, books: Books) -> Row:
    at = sub, first.inter if first else None, second.inter if second else None
    found = books.types.get(at)
    if found is None:
        ontology = books.ontology
        found = books.types[at] = {
            "disorder_type": ontology.disorder_type(sub),
            "event_type": ontology.event_type(sub),
            "sub_event_type": sub,
            "interaction": ontology.interaction(*at[1:]),
            "civilian_targeting": ontology.civilian_targeting(*at),
        }
    return {
        **found,
        "actor1": first and first.name,
        "assoc_actor_1": first and ("; ".join(first.associates) or None),
        "inter1": first and first.inter,
        "actor2": second and second.name,
        "assoc_actor_2": second and ("; ".join(second.associates) or None),
        "inter2": second and second.inter,
    }


def _place_columns(place: Told) -> Row:
    return {
        "iso": place.iso,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "admin3": place.admin3,
        "location": place.location_name,
        "latitude": round(place.latitude or 0.0, 4),
        "longitude": round(place.longitude or 0.0, 4),
        "geo_precision": place.geo_precision,
    }


def _source_columns(claims: Sequence[Told], publishers: Mapping[str, str]) -> Row:
    outlets = sorted({claim.publisher for claim in claims if claim.publisher})
    return {"source": "; ".join(outlets) or None, "source_scale": source_scale(outlets, publishers)}


def _claim_columns(event: Happening) -> Row:
    claims = event.claims
    sources = named_sources(claims)
    low, high = event.toll.low, event.toll.high
    return {
        "claim_ids": sorted(claim.claim_id for claim in claims),
        "n_claims": len(claims),
        "n_articles": len({claim.article_id for claim in claims}),
        "n_sources": len(sources),
        "sources": sources,
        "claim_types": sorted({claim.claim_type for claim in claims}),
        "contested": bool(event.contests),
        "corroborated": event.outlets > 1 or event.interests,
        "fatalities_low": min(low, event.fatalities) if event.share is None or event.toll.taken else event.fatalities,
        "fatalities_high": max(high, event.fatalities),
    }


def named_sources(claims: Sequence[Told]) -> list[str]:
    """The sources in the texts, once each: "The army" and "army" are one."""
    names: dict[str, str] = {}
    for claim in claims:
        name = claim.source
        if name is not None:
            at = plain(name)
            known = names.get(at)
            if known is None or (len(name), name) < (len(known), known):
                names[at] = name
    return sorted(names.values())


def tags(claims: Sequence[Told]) -> str | None:
    """All tags of an event; of crowd sizes the first that is a number, and none only when none is told."""
    found = {tag for claim in claims if claim.tags for tag in claim.tags.split("; ")}
    if not found:
        return None
    crowds = sorted((tag for tag in found if tag.startswith(_CROWD)), key=lambda tag: (tag == _NO_REPORT, tag))
    kept = [*crowds[:1], *sorted(found.difference(crowds))]
    return "; ".join(kept) or None


def _gaps(claim: Told) -> int:
    return (claim.actor_name, claim.target_name, claim.fatalities, claim.admin2, claim.date_text).count(None)
