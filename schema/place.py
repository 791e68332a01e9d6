"""The places table: one row per recognised place name."""

from __future__ import annotations

from . import fields as f
from .fields import column


class Place(f.Record):
    """A place name and what it was resolved to."""

    article_id: f.Text = column("the article", "ng-2024-0515")
    text: f.Text = column("the name as written", "Gusau")
    start: f.Offset = column("start of the name", 152, unit="code points into the article")
    end: f.Offset = column("end of the name (exclusive)", 157, unit="code points into the article")
    name: f.Text | None = column("the place's name in the gazetteer", "Gusau", null="not resolved")
    feature: f.Text | None = column("GeoNames feature code", "PPLA", null="not resolved")
    country: f.Text | None = column("ACLED's country name", "Nigeria", null="not resolved")
    iso: f.IsoNumber | None = column("ISO 3166-1 number", 566, null="not resolved")
    admin1: f.Text | None = column("first-order unit", "Zamfara", null="not known")
    admin2: f.Text | None = column("second-order unit", "Gusau", null="not known")
    latitude: f.Latitude | None = column("latitude", 12.1628, unit="degrees, EPSG:4326", null="not resolved")
    longitude: f.Longitude | None = column("longitude", 6.6745, unit="degrees, EPSG:4326", null="not resolved")
    geonameid: f.Number | None = column("GeoNames id", 2334797, null="not resolved, or a place of your own")
    score: f.Share = column("confidence of the resolution, 0 to 1", 0.93)
    role: f.PlaceRole = column("what the name does in the article", "event")
