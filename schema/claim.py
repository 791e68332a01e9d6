"""The claims table: one row per event mention, with who says so."""

from __future__ import annotations

from datetime import date

from . import fields as f
from .fields import column


class ChainLink(f.Record):
    """One source of a chain of attributions."""

    source_text: f.Text | None = column("the source as written", "police", null="no source is named")
    source_name: f.Text | None = column("its canonical or fuller name", "police in Gusau", null="not resolved")
    source_type: f.SourceType = column("the kind of source", "police_official")
    source_anonymity: f.Anonymity = column("how far the source is named", "named_generic")
    channel: f.Channel = column("by what channel it spoke", "statement")
    cue_text: f.Text | None = column("the words that attribute", "said", null="no cue: carried over")
    mode: f.Mode = column("the mode of reporting", "indirect")
    claim_type: f.ClaimType = column("the kind of claim that the cue makes", "report")
    attribution_id: f.Id = column("its row in the attributions table", "9f2c4e1a0b3d5f67")


class Claim(f.Record):
    """One event mentioned in one sentence: who did what to whom, where, when, and according to whom."""

    claim_id: f.Id = column("hash of article, trigger and rule", "3b7c2f9d1e5a8c40")
    article_id: f.Text = column("the article", "ng-2024-0515")
    event_id: f.Id | None = column("the event that the claim was merged into", "a1b2c3d4e5f60718", null="not exported")
    publisher: f.Text | None = column("the outlet", "Sahel Courier", null="not given")
    published: f.Day | None = column("publication date", date(2024, 5, 15), null="not given")
    sentence_index: f.Number = column("number of the sentence in the article, from 0", 2)
    sentence: f.Text = column(
        "the sentence, exactly as in the article",
        "Gunmen killed five farmers near Gusau on Monday, police said.",
    )
    sentence_start: f.Offset = column("where the sentence starts", 120, unit="code points into the article")
    trigger_text: f.Text = column("the words that name the event, from first to last", "killed")
    trigger_start: f.Offset = column("start of the trigger", 127, unit="code points into the article")
    trigger_end: f.Offset = column("end of the trigger (exclusive)", 133, unit="code points into the article")
    rule_id: f.RuleId = column("the lexical rule that fired", "violence.kill")
    action: f.ActionName = column("the neutral action that the rule names", "kill")
    event_type: f.EventType | None = column(
        "ACLED event type", "Violence against civilians", null="ACLED has no such event"
    )
    sub_event_type: f.SubEventType | None = column("ACLED sub-event type", "Attack", null="ACLED has no such event")
    disorder_type: f.DisorderType | None = column(
        "ACLED disorder type", "Political violence", null="ACLED has no such event"
    )
    plover_event: f.PloverEvent | None = column("PLOVER event", "ASSAULT", null="PLOVER has no such event")
    plover_mode: f.PloverMode | None = column("PLOVER mode", "firearms", null="none, or not told")
    quad_class: f.QuadClass | None = column("PLOVER quad class", "material conflict", null="no PLOVER event")
    actor_text: f.Text | None = column(
        "who did it, as written; a pronoun gives way to the words that it stands for", "Gunmen", null="not said"
    )
    actor_start: f.Offset | None = column("start of the actor", 120, unit="code points", null="not said")
    actor_end: f.Offset | None = column("end of the actor (exclusive)", 126, unit="code points", null="not said")
    actor_name: f.Text | None = column(
        "the actor's name in ACLED's style", "Unidentified Armed Group (Nigeria)", null="in no dictionary"
    )
    actor_type: f.Inter | None = column("ACLED actor type (inter)", "Political militia", null="not known")
    actor_country: f.Iso3 | None = column("the actor's home country", "NGA", null="not known")
    actor_associates: list[f.Text] = column("associated actors, ACLED's style", ["Farmers (Nigeria)"])
    target_text: f.Text | None = column(
        "to whom it was done, as written; a pronoun as for the actor", "five farmers", null="not said"
    )
    target_start: f.Offset | None = column("start of the target", 134, unit="code points", null="not said")
    target_end: f.Offset | None = column("end of the target (exclusive)", 146, unit="code points", null="not said")
    target_name: f.Text | None = column(
        "the target's name in ACLED's style", "Civilians (Nigeria)", null="in no dictionary"
    )
    target_type: f.Inter | None = column("ACLED actor type of the target", "Civilians", null="not known")
    target_country: f.Iso3 | None = column("the target's home country", "NGA", null="not known")
    target_associates: list[f.Text] = column("associated actors of the target", ["Farmers (Nigeria)"])
    location_text: f.Text | None = column(
        "the place as written", "Gusau", null="no place in the sentence; the story's last place is used"
    )
    location_start: f.Offset | None = column("start of the place", 152, unit="code points", null="as location_text")
    location_end: f.Offset | None = column("end of the place (exclusive)", 157, unit="code points", null="as above")
    location_name: f.Text | None = column("the place's name in the gazetteer", "Gusau", null="only a country, or none")
    admin1: f.Text | None = column("first-order unit", "Zamfara", null="not known")
    admin2: f.Text | None = column("second-order unit", "Gusau", null="not known")
    admin3: f.Text | None = column("third-order unit", "Mada", null="not known")
    country: f.Text | None = column("ACLED's country name", "Nigeria", null="not known")
    iso: f.IsoNumber | None = column("ISO 3166-1 number of the country", 566, null="not known")
    latitude: f.Latitude | None = column("latitude of the place", 12.1628, unit="degrees, EPSG:4326", null="no place")
    longitude: f.Longitude | None = column("longitude of the place", 6.6745, unit="degrees, EPSG:4326", null="no place")
    geo_precision: f.Precision | None = column("1 the place, 2 near it, 3 a larger region", 1, null="no place")
    geonameid: f.Number | None = column("the place's GeoNames id", 2334797, null="no place, or one of your own")
    date_text: f.Text | None = column("the date as written", "Monday", null="no date in the sentence")
    date_start: f.Offset | None = column("start of the date", 161, unit="code points", null="as date_text")
    date_end: f.Offset | None = column("end of the date (exclusive)", 167, unit="code points", null="as date_text")
    event_date: f.Day | None = column("the day of the event", date(2024, 5, 13), null="not known to the month")
    time_precision: f.Precision | None = column("1 the day, 2 within a week, 3 within a month", 1, null="no date")
    fatalities: f.Deaths | None = column(
        "deaths, by the codebook's values for words", 5, unit="people", null="nothing is said of deaths"
    )
    fatalities_low: f.Deaths | None = column("the least that the words allow", 5, unit="people", null="as fatalities")
    fatalities_high: f.Deaths | None = column("the most that the words allow", 5, unit="people", null="as fatalities")
    fatalities_text: f.Text | None = column("the words of the toll", "five farmers", null="as fatalities")
    event_status: f.EventStatus = column("whether it happened", "occurred")
    claim_type: f.ClaimType = column("the kind of claim", "report")
    polarity: f.Polarity = column("asserted to be, or not to be", "positive")
    factuality_author: f.Factuality = column("how certain the article makes it", "Uu")
    factuality_source: f.Factuality | None = column(
        "how certain the innermost source makes it", "CT+", null="narration: there is no source"
    )
    attribution_id: f.Id | None = column(
        "the innermost attribution over the event", "9f2c4e1a0b3d5f67", null="the article's own voice"
    )
    source_text: f.Text | None = column("the innermost source as written", "police", null="none, or none named")
    source_name: f.Text | None = column("its canonical or fuller name", "police in Gusau", null="not resolved")
    source_type: f.SourceType | None = column("the kind of source", "police_official", null="the article's own voice")
    source_anonymity: f.Anonymity | None = column("how far it is named", "named_generic", null="as source_type")
    cue_text: f.Text | None = column("the words that attribute", "said", null="none, or carried over")
    attribution_mode: f.Mode | None = column("the mode of reporting", "indirect", null="the article's own voice")
    attribution_depth: f.Number = column("number of sources in the text, 0 for the article's own voice", 1)
    attribution_chain: list[ChainLink] = column("the sources, innermost first", [])
    source_relation_to_actor: f.Relation = column("the source's relation to the actor", "unknown")
    source_relation_to_target: f.Relation = column("the source's relation to the target", "unknown")
    source_interest: f.Interest = column("whether the claim helps the source's side", "unknown")
    exportable: bool = column("whether it is an ACLED event", True)
    export_reason: f.ExportReason | None = column("why it is not", "not_realised", null="it is exported")
    actor_certainty: f.Certainty | None = column("how sure the text is of the actor", "stated", null="no actor")
    target_certainty: f.Certainty | None = column("how sure the text is of the target", "stated", null="no target")
    tags: f.Text | None = column("ACLED tags", "crowd size=about 200", null="none")
    status_evidence: f.Text | None = column("the words that gave the status", "not", null="plain assertion")
    decision: f.Text | None = column("rows of the decision tables taken", "A75; P26", null="no row holds")
