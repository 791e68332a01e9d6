"""The attributions table: who says what, with or without an event in it."""

from __future__ import annotations

from . import fields as f
from .fields import column


class ContentSpan(f.Record):
    """A stretch of attributed content."""

    start: f.Offset = column("start", 80, unit="code points into the article")
    end: f.Offset = column("end (exclusive)", 118, unit="code points into the article")


class Attribution(f.Record):
    """One source, its cue and what is attributed to it."""

    attribution_id: f.Id = column("hash of article and cue", "9f2c4e1a0b3d5f67")
    article_id: f.Text = column("the article", "ng-2024-0515")
    parent_id: f.Id | None = column("the attribution that it stands in", "1c3e5a7092b4d6f8", null="outermost")
    depth: f.Number = column("1 for the outermost source", 1)
    sentence_index: f.Number = column("number of the cue's sentence, from 0", 2)
    source_text: f.Text | None = column("the source as written", "police", null="no source is named")
    source_start: f.Offset | None = column("start of the source", 169, unit="code points", null="as source_text")
    source_end: f.Offset | None = column("end of the source (exclusive)", 175, unit="code points", null="as above")
    source_name: f.Text | None = column("its canonical or fuller name", "police in Gusau", null="not resolved")
    source_type: f.SourceType = column("the kind of source", "police_official")
    source_anonymity: f.Anonymity = column("how far it is named", "named_generic")
    channel: f.Channel = column("by what channel it spoke", "unknown")
    cue_text: f.Text | None = column("the words that attribute", "said", null="no cue: carried over")
    cue_start: f.Offset | None = column("start of the cue", 176, unit="code points", null="as cue_text")
    cue_end: f.Offset | None = column("end of the cue (exclusive)", 180, unit="code points", null="as cue_text")
    content_spans: list[ContentSpan] = column("what is attributed", [])
    mode: f.Mode = column("the mode of reporting", "indirect")
    claim_type: f.ClaimType = column("the kind of claim that the cue makes", "report")
