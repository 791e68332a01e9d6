"""From claims to events: the same happening told several times is one ACLED row (CODEBOOK 1.9).

Claims of the same day, place and group of types are one event when their dyads are the same, or when one names
less than the other (an unknown armed group may be the group named elsewhere). Order never matters: claims are
sorted first, and the fullest dyads are formed before the others join them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..schema.ontology import Ontology, load_ontology
from .claims import content_id

Row = dict[str, Any]

_CONTESTING = frozenset({"denial", "doubt"})


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a dyad as ACLED writes it."""

    name: str
    inter: str
    associates: tuple[str, ...]
    known: bool  # named by the text, not filled in


def merge(claims: Iterable[Row], ontology: Ontology | None = None) -> tuple[list[Row], dict[str, str]]:
    """Merge exportable claims into events.

    Args:
        claims: rows of the claims table; those that are not exportable are passed over, except that denials
            make the event they speak of contested.
        ontology: ACLED's types, ranks and codes; the built-in ones when None.

    Returns:
        The events' rows, sorted by date, country, place and id, and the event id of every merged claim.
    """
    ontology = ontology or load_ontology()
    rows = sorted(claims, key=lambda row: (row["article_id"], row["trigger_start"], row["claim_id"]))
    buckets: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    denials: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["exportable"]:
            buckets[_key(row, ontology)].append(row)
        elif row["claim_type"] in _CONTESTING and row["event_type"] is not None:
            denials[_key(row, ontology)].append(row)
    events: list[Row] = []
    ids: dict[str, str] = {}
    for key, members in buckets.items():
        for cluster in _clusters(members):
            event = _event(cluster, denials.get(key, []), ontology)
            events.append(event)
            ids.update(dict.fromkeys(event["claim_ids"], event["event_id"]))
    events.sort(key=lambda row: (row["event_date"], row["country"], row["location"], row["event_id"]))
    return _numbered(events, ontology), ids


def _key(row: Row, ontology: Ontology) -> tuple[Any, ...]:
    group = ontology.group(row["event_type"]) if row["event_type"] else ""
    return row["event_date"], row["country"], row["location_name"], row["admin1"], group


def _clusters(members: Sequence[Row]) -> list[list[Row]]:
    """Claims of one day, place and group, by compatible dyads; within strategic developments also by sub-type."""
    groups: dict[tuple[str, frozenset[str]], list[Row]] = defaultdict(list)
    for row in members:
        kind = row["sub_event_type"] if row["event_type"] == "Strategic developments" else ""
        groups[kind, _names(row)].append(row)
    order = sorted(groups, key=lambda key: (-len(key[1]), -len(groups[key]), key[0], sorted(key[1])))
    clusters: list[tuple[str, frozenset[str], list[Row]]] = []
    for kind, names in order:
        home = next((c for c in clusters if c[0] == kind and names <= c[1]), None)
        if home is not None:
            home[2].extend(groups[kind, names])
        else:
            clusters.append((kind, names, list(groups[kind, names])))
    return [sorted(rows, key=lambda row: (row["article_id"], row["trigger_start"])) for _, _, rows in clusters]


def _names(row: Row) -> frozenset[str]:
    """The sides that a claim names; unknown ones are left out, so that they fit any."""
    names = {row["actor_name"] or "", row["target_name"] or ""}
    return frozenset(n for n in names if n and not n.startswith("Unidentified"))


def _event(cluster: list[Row], denials: list[Row], ontology: Ontology) -> Row:
    best = min(cluster, key=lambda row: (ontology.rank(row["sub_event_type"]), -_fullness(row), row["claim_id"]))
    first, second = _sides(cluster, best)
    sub = best["sub_event_type"]
    if best["event_type"] == "Violence against civilians" and first and second and first.inter == "Civilians":
        first, second = second, first
    tolls = [row for row in cluster if row["fatalities"] is not None]
    best_tolls = [row["fatalities"] for row in tolls]
    claim_ids = sorted(row["claim_id"] for row in cluster)
    publishers = sorted({row["publisher"] for row in cluster if row["publisher"]})
    sources = sorted({row["source_name"] or row["source_text"] for row in cluster if row["source_text"]})
    row = {
        "event_id": content_id("event", *claim_ids),
        "event_date": best["event_date"],
        "year": best["event_date"].year,
        "time_precision": min(r["time_precision"] for r in cluster),
        "disorder_type": ontology.disorder_type(sub),
        "event_type": ontology.event_type(sub),
        "sub_event_type": sub,
        **_side_columns(1, first),
        **_side_columns(2, second),
        "interaction": ontology.interaction(first.inter if first else None, second.inter if second else None),
        "civilian_targeting": ontology.civilian_targeting(
            sub, first.inter if first else None, second.inter if second else None
        ),
        "iso": best["iso"],
        "region": ontology.region(best["country"]),
        "country": best["country"],
        "admin1": best["admin1"],
        "admin2": best["admin2"],
        "admin3": best["admin3"],
        "location": best["location_name"],
        "latitude": round(best["latitude"], 4),
        "longitude": round(best["longitude"], 4),
        "geo_precision": min(r["geo_precision"] for r in cluster),
        "source": "; ".join(publishers) or None,
        "source_scale": None,
        "fatalities": min(best_tolls, default=0),
        "tags": _tags(cluster),
        "timestamp": None,
        "claim_ids": claim_ids,
        "n_claims": len(cluster),
        "n_articles": len({r["article_id"] for r in cluster}),
        "n_sources": len(sources),
        "sources": sources,
        "claim_types": sorted({r["claim_type"] for r in cluster}),
        "contested": bool(denials) or (len(set(best_tolls)) > 1 and _different_sources(tolls)),
        "corroborated": len(publishers) > 1 or (len(sources) > 1 and _differing_interest(cluster)),
        "fatalities_low": min((r["fatalities_low"] for r in tolls), default=0),
        "fatalities_high": max((r["fatalities_high"] for r in tolls), default=0),
    }
    return row | {"notes": _notes(row, cluster)}


def _fullness(row: Row) -> int:
    keys = ("actor_name", "target_name", "fatalities", "admin2", "date_text")
    return sum(row[key] is not None for key in keys)


def _sides(cluster: list[Row], best: Row) -> tuple[Side | None, Side | None]:
    """The two sides: those of the best claim, filled from the others, then by what ACLED writes for unknown."""
    first, second = _side(best, "actor"), _side(best, "target")
    for row in cluster:
        first = first if first and first.known else _side(row, "actor") or first
        second = second if second and second.known else _side(row, "target") or second
    if first and second and first.name == second.name:
        second = None
    country = best["country"]
    event_type = best["event_type"]
    if first is None and event_type in (
        "Battles",
        "Violence against civilians",
        "Explosions/Remote violence",
    ):
        first = Side(f"Unidentified Armed Group ({country})", "Political militia", (), False)
    if second is None and event_type == "Battles":
        second = Side(f"Unidentified Armed Group ({country})", "Political militia", (), False)
    if event_type == "Violence against civilians" and (second is None or first is None):
        second = second or Side(f"Civilians ({country})", "Civilians", (), False)
    return first or second, second if first else None


def _side(row: Row, role: str) -> Side | None:
    name, inter = row[f"{role}_name"], row[f"{role}_type"]
    if inter is None:
        return None
    if name is None:
        name = _generic(inter, row)
    return Side(name, inter, tuple(row[f"{role}_associates"] or ()), row[f"{role}_name"] is not None)


def _generic(inter: str, row: Row) -> str:
    country = row["country"]
    text = (row["actor_text"] if row["actor_type"] == inter else row["target_text"]) or ""
    names = {
        "State forces": f"Military Forces of {country}",
        "Civilians": f"Civilians ({country})",
        "Protesters": f"Protesters ({country})",
        "Rioters": f"Rioters ({country})",
    }
    return names.get(inter) or (text if text[:1].isupper() else f"Unidentified Armed Group ({country})")


def _side_columns(number: int, side: Side | None) -> Row:
    return {
        f"actor{number}": side.name if side else None,
        f"assoc_actor_{number}": "; ".join(side.associates) or None if side else None,
        f"inter{number}": side.inter if side else None,
    }


def _tags(cluster: list[Row]) -> str | None:
    tags = sorted({row["tags"] for row in cluster if row["tags"]}, key=lambda tag: ("no report" in tag, tag))
    return tags[0] if tags else None


def _different_sources(rows: list[Row]) -> bool:
    return len({row["source_text"] for row in rows}) > 1


def _differing_interest(cluster: list[Row]) -> bool:
    return len({row["source_relation_to_actor"] for row in cluster if row["source_text"]} - {"unknown", None}) > 1


def _notes(row: Row, cluster: list[Row]) -> str:
    """A short account in our own words from the coded fields (CODEBOOK 1.7)."""
    day: date = row["event_date"]
    when = {1: "On", 2: "Around"}.get(row["time_precision"], "In the month of")
    told = f"{when} {day.day} {day:%B %Y}, {row['sub_event_type'].lower()}: {row['actor1']}"
    told += f" and {row['actor2']}" if row["actor2"] else ""
    where = ", ".join(dict.fromkeys(part for part in (row["location"], row["admin1"]) if part))
    text = f"{told} in {where} ({row['country']})."
    if row["sources"]:
        text += f" According to {', '.join(row['sources'][:3])}."
    if row["contested"]:
        text += " Accounts differ."
    return f"{text} Fatalities: {row['fatalities']}."


def _numbered(events: list[Row], ontology: Ontology) -> list[Row]:
    """ACLED's identifier: country letters and a number, here from the event's content, so that it is stable."""
    return [
        {
            "event_id_cnty": f"{ontology.iso3(e['country']) or 'XXX'}{int(e['event_id'], 16) % 10**10:010d}",
            **e,
        }
        for e in events
    ]
