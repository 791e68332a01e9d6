"""The events table: claims about the same happening, merged, in ACLED's columns and order."""

from __future__ import annotations

from datetime import date

from . import fields as f
from .fields import column


class Event(f.Record):
    """One ACLED event, followed by what Dateline knows besides."""

    event_id_cnty: f.Text = column("country letters and a number from the event's content", "NGA4821093347")
    event_date: f.Day = column("the day", date(2024, 5, 13))
    year: f.Number = column("the year of event_date", 2024)
    time_precision: f.Precision = column("1 the day, 2 within a week, 3 within a month", 1)
    disorder_type: f.DisorderType = column("ACLED disorder type", "Political violence")
    event_type: f.EventType = column("ACLED event type", "Violence against civilians")
    sub_event_type: f.SubEventType = column("ACLED sub-event type", "Attack")
    actor1: f.Text | None = column("one side", "Unidentified Armed Group (Nigeria)", null="nobody is known")
    assoc_actor_1: f.Text | None = column("its associates, separated by '; '", "Zamfara Militia", null="none")
    inter1: f.Inter | None = column("type of actor1", "Political militia", null="no actor1")
    actor2: f.Text | None = column("the other side", "Civilians (Nigeria)", null="none")
    assoc_actor_2: f.Text | None = column("its associates, separated by '; '", "Farmers (Nigeria)", null="none")
    inter2: f.Inter | None = column("type of actor2", "Civilians", null="no actor2")
    interaction: f.Text | None = column("both types", "Political militia-Civilians", null="nobody is known")
    civilian_targeting: f.CivilianTargeting | None = column(
        "set when civilians were the main target", "Civilian targeting", null="they were not"
    )
    iso: f.IsoNumber = column("ISO 3166-1 number of the country", 566)
    region: f.Text | None = column("ACLED's region", "Western Africa", null="the country has none")
    country: f.Text = column("ACLED's country name", "Nigeria")
    admin1: f.Text | None = column("first-order unit", "Zamfara", null="not known")
    admin2: f.Text | None = column("second-order unit", "Gusau", null="not known")
    admin3: f.Text | None = column("third-order unit", "Mada", null="not known")
    location: f.Text = column("the place", "Gusau")
    latitude: f.Latitude = column("latitude, four decimals", 12.1628, unit="degrees, EPSG:4326")
    longitude: f.Longitude = column("longitude, four decimals", 6.6745, unit="degrees, EPSG:4326")
    geo_precision: f.Precision = column("1 the place, 2 near it, 3 a larger region", 1)
    source: f.Text | None = column("the outlets, separated by '; '", "Sahel Courier", null="not given")
    source_scale: f.SourceScale | None = column("the outlets' scale", "National", null="not known")
    notes: f.Text = column("a short account made from the coded fields", "On 13 May 2024, ... Fatalities: 5.")
    fatalities: f.Deaths = column("deaths; 0 when nothing is said", 5, unit="people")
    tags: f.Text | None = column("ACLED tags, separated by '; '", "crowd size=about 200", null="none")
    timestamp: f.Number | None = column("ACLED's upload time", 1715770000, unit="Unix seconds", null="not uploaded")
    event_id: f.Id = column("hash of the event's claims", "a1b2c3d4e5f60718")
    claim_ids: list[f.Id] = column("the claims behind it", ["3b7c2f9d1e5a8c40"])
    n_claims: f.Number = column("number of claims", 1)
    n_articles: f.Number = column("number of articles", 1)
    n_sources: f.Number = column("number of different sources in the texts", 1)
    sources: list[f.Text] = column("the sources in the texts", ["police"])
    claim_types: list[f.ClaimType] = column("the kinds of claim behind it", ["report"])
    contested: bool = column("a source denies it or gives another toll", False)
    corroborated: bool = column("independent publishers or sources agree", False)
    fatalities_low: f.Deaths = column("the lowest toll of its claims", 5, unit="people")
    fatalities_high: f.Deaths = column("the highest toll of its claims", 5, unit="people")
