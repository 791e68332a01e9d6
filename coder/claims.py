"""Claim assembly: one row per event mention, from everything the steps before it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from ..schema.ontology import Ontology
from .event_types import Typing, main_actor
from .interest import Interest
from .records import Actor, Article, Attribution, Frame, Parse, Reading, Toll, Toponym
from .status import REALISED

RECAP = timedelta(days=60)  # an event told of so long after is background, CODEBOOK 1.10
VERBAL_GROUPS = frozenset({"verbal"})


@dataclass(frozen=True, slots=True)
class When:
    """When an event was: the expression, if its sentence has one, and the day it stands for."""

    text: str | None
    start: int | None
    end: int | None
    day: date | None
    precision: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One event mention with everything known about it."""

    article: Article
    parse: Parse
    frame: Frame
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    typing: Typing
    where: Toponym | None
    where_inherited: bool  # the place is the story's, not the sentence's
    when: When
    toll: Toll | None
    reading: Reading
    interest: Interest
    tags: str | None
    part: int = 0  # which of the days that its sentence states


def content_id(*parts: object, size: int = 8) -> str:
    """A short, stable id: the same content always gets the same one."""
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=size).hexdigest()


def claim_row(mention: Mention, ontology: Ontology) -> dict[str, Any]:
    """The row of the claims table for one mention, with exactly its columns."""
    article, parse, frame = mention.article, mention.parse, mention.frame
    sentence = parse.sentence
    part = (mention.part,) if mention.part else ()  # the first of several days keeps the mention's own id
    row: dict[str, Any] = {
        "claim_id": content_id(article.article_id, frame.start, frame.end, frame.rule_id, *part),
        "article_id": article.article_id,
        "event_id": None,
        "publisher": article.publisher,
        "published": article.published,
        "sentence_index": sentence.index,
        "sentence": sentence.text,
        "sentence_start": sentence.start,
        "trigger_text": sentence.text[frame.start - sentence.start : frame.end - sentence.start],
        "trigger_start": frame.start,
        "trigger_end": frame.end,
        "rule_id": frame.rule_id,
        "action": frame.action,
    }
    row |= _type_columns(mention.typing, ontology)
    row |= _actor_columns("actor", mention.actors)
    row |= _actor_columns("target", mention.targets)
    row |= _place_columns(mention.where, mention.where_inherited)
    row |= _date_columns(mention.when)
    row |= _toll_columns(mention.toll)
    row |= _source_columns(mention.reading, mention.interest)
    reason = export_reason(mention, row)
    row |= {"exportable": reason is None, "export_reason": reason}
    return row | _own_columns(mention)


def export_reason(mention: Mention, row: dict[str, Any]) -> str | None:
    """Why a claim is no ACLED event, from the schema's closed list; None when it is one (CODEBOOK 1.2, 1.10)."""
    published = mention.article.published
    day = row["event_date"]
    checks = (
        (row["event_status"] not in REALISED, "not_realised"),
        (row["sub_event_type"] is None, "no_acled_type"),
        (not _political(row), "no_political_actor"),
        (row["country"] is None, "no_place"),
        (row["location_name"] is None, "place_only_country"),
        (day is None and row["date_start"] is not None, "date_too_coarse"),
        (day is None, "no_date"),
        (day is not None and published is not None and day < published - RECAP, "recap"),
        (day is not None and published is not None and day > published, "not_realised"),
    )
    return next((reason for holds, reason in checks if holds), None)


def _political(row: dict[str, Any]) -> bool:
    """Somebody with a political agent status takes part, or a weapon of conflict does."""
    if row["actor_type"] is not None or row["target_type"] is not None:
        return True
    return row["event_type"] in ("Explosions/Remote violence", "Protests", "Riots", "Battles")


def _type_columns(typing: Typing, ontology: Ontology) -> dict[str, Any]:
    sub = typing.acled.sub_event_type or None if typing.acled else None
    event = typing.plover.event or None if typing.plover else None
    return {
        "event_type": ontology.event_type(sub) if sub else None,
        "sub_event_type": sub,
        "disorder_type": ontology.disorder_type(sub) if sub else None,
        "plover_event": event,
        "plover_mode": (typing.plover.mode or None) if typing.plover and event else None,
        "quad_class": ontology.quad_class(event) if event else None,
    }


def _actor_columns(role: str, actors: Sequence[Actor]) -> dict[str, Any]:
    """The columns of a role: its main actor, the other conjuncts as associates."""
    actor = main_actor(actors)
    if actor is None:
        keys = ("text", "start", "end", "name", "type", "country")
        return {f"{role}_{key}": None for key in keys} | {f"{role}_associates": []}
    others = [a.name for a in actors if a is not actor and a.name and a.name != actor.name]
    associates = list(dict.fromkeys([*actor.associates, *others]))
    return {
        f"{role}_text": actor.told.text,
        f"{role}_start": actor.told.start,
        f"{role}_end": actor.told.end,
        f"{role}_name": actor.name,
        f"{role}_type": actor.inter,
        f"{role}_country": actor.country,
        f"{role}_associates": associates,
    }


def _place_columns(where: Toponym | None, inherited: bool) -> dict[str, Any]:
    keys = "location_text location_start location_end location_name admin1 admin2 admin3 country iso latitude longitude"
    row: dict[str, Any] = dict.fromkeys([*keys.split(), "geo_precision", "geonameid"])
    if where is None or where.place is None:
        return row
    place = where.place
    if not inherited:
        row |= {"location_text": where.text, "location_start": where.start, "location_end": where.end}
    row |= {"country": place.country or None, "iso": place.iso if place.country else None}
    if not place.feature.startswith("PCL"):
        row |= {
            "location_name": place.name,
            "admin1": place.admin1,
            "admin2": place.admin2,
            "admin3": place.admin3,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "geo_precision": where.precision,
            "geonameid": place.geonameid if place.geonameid > 0 else None,
        }
    return row


def _date_columns(when: When) -> dict[str, Any]:
    return {
        "date_text": when.text,
        "date_start": when.start,
        "date_end": when.end,
        "event_date": when.day,
        "time_precision": when.precision if when.day else None,
    }


def _toll_columns(toll: Toll | None) -> dict[str, Any]:
    if toll is None or toll.kind != "dead":
        return dict.fromkeys(("fatalities", "fatalities_low", "fatalities_high", "fatalities_text"))
    return {
        "fatalities": toll.best,
        "fatalities_low": toll.low,
        "fatalities_high": toll.high,
        "fatalities_text": toll.text,
    }


def _source_columns(reading: Reading, interest: Interest) -> dict[str, Any]:
    inner = reading.chain[-1] if reading.chain else None
    source = inner.source if inner else None
    return {
        "event_status": reading.status.value,
        "claim_type": reading.claim_type,
        "polarity": reading.polarity,
        "factuality_author": reading.factuality_author,
        "factuality_source": reading.factuality_source,
        "attribution_id": inner.attribution_id if inner else None,
        "source_text": source.text if source else None,
        "source_name": source.name if source else None,
        "source_type": source.source_type if source else None,
        "source_anonymity": source.anonymity if source else None,
        "cue_text": inner.cue_text if inner else None,
        "attribution_mode": inner.mode if inner else None,
        "attribution_depth": len(reading.chain),
        "attribution_chain": [_link(a) for a in reversed(reading.chain)],
        "source_relation_to_actor": interest.relation_to_actor,
        "source_relation_to_target": interest.relation_to_target,
        "source_interest": interest.interest,
    }


def _link(attribution: Attribution) -> dict[str, Any]:
    source = attribution.source
    return {
        "source_text": source.text,
        "source_name": source.name,
        "source_type": source.source_type,
        "source_anonymity": source.anonymity,
        "channel": source.channel,
        "cue_text": attribution.cue_text,
        "mode": attribution.mode,
        "claim_type": attribution.claim_type,
        "attribution_id": attribution.attribution_id,
    }


def _own_columns(mention: Mention) -> dict[str, Any]:
    actor, target = main_actor(mention.actors), main_actor(mention.targets)
    typing = mention.typing
    rows = [row.id for row in (typing.acled, typing.plover) if row]
    return {
        "actor_certainty": actor.certainty if actor else None,
        "target_certainty": target.certainty if target else None,
        "tags": mention.tags,
        "status_evidence": mention.reading.status.evidence or None,
        "decision": "; ".join(rows) or None,
    }


def attribution_row(article: Article, attribution: Attribution) -> dict[str, Any]:
    """The row of the attributions table, with exactly its columns."""
    source = attribution.source
    return {
        "attribution_id": attribution.attribution_id,
        "article_id": article.article_id,
        "parent_id": attribution.parent_id,
        "depth": attribution.depth,
        "sentence_index": attribution.sentence_index,
        "source_text": source.text,
        "source_start": source.start,
        "source_end": source.end,
        "source_name": source.name,
        "source_type": source.source_type,
        "source_anonymity": source.anonymity,
        "channel": source.channel,
        "cue_text": attribution.cue_text,
        "cue_start": attribution.cue_start,
        "cue_end": attribution.cue_end,
        "content_spans": [{"start": s.start, "end": s.end} for s in attribution.content],
        "mode": attribution.mode,
        "claim_type": attribution.claim_type,
    }


def place_row(article: Article, toponym: Toponym, role: str) -> dict[str, Any]:
    """The row of the places table, with exactly its columns; unresolved names keep their text."""
    place = toponym.place
    return {
        "article_id": article.article_id,
        "text": toponym.text,
        "start": toponym.start,
        "end": toponym.end,
        "name": place.name if place else None,
        "feature": place.feature if place else None,
        "country": (place.country or None) if place else None,  # continents and seas belong to no country
        "iso": place.iso if place and place.country else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "geonameid": place.geonameid if place and place.geonameid > 0 else None,
        "score": toponym.score,
        "role": role,
    }
