"""Valid rows by the thousand, made from the models, for tests and benchmarks. All incidents are invented."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import annotated_types as at
import polars as pl

from .countries import Country, load_countries
from .fields import Vocabulary
from .kinds import DerivationError, Kind, columns
from .ontology import load_ontology
from .tables import TABLES, polars_schema
from .vocabulary import load_vocabulary

Row = dict[str, Any]
_WORDS = (
    "gunmen", "farmers", "the army", "Bogotá", "N'Djamena", "Łódź", "القاهرة", "मुंबई", "北京", "🙂 witnesses",
    'the so-called "council"', "a, b; c", "police\nsources", "O’Brien", "Ñuñoa", "e\u0301lan",
)  # fmt: skip
_PATTERNS: dict[str, Callable[[random.Random], str]] = {
    r"^[0-9a-f]{16,32}$": lambda rng: f"{rng.getrandbits(64):016x}",
    r"^[A-Z]{3}$": lambda rng: rng.choice(sorted(load_countries().by_iso3)),
    r"^[a-z_]+$": lambda rng: rng.choice(["kill", "shell", "seize_territory", "arrest"]),
    r"^[a-z]+\.[a-z_]+$": lambda rng: rng.choice(["violence.kill", "battle.clash", "remote.shell"]),
}
_FIRST, _LAST = date(1997, 1, 1), date(2026, 12, 31)


def sample(table: str, n: int, seed: int = 0) -> pl.DataFrame:
    """Valid rows of a table, the same for the same seed.

    Args:
        table: one of ``TABLES``.
        n: how many rows.
        seed: which rows.

    Returns:
        A frame of the table's schema whose rows fulfil all checks and rules over rows, with unique keys. Texts hold
        letters of several scripts, so that bytes and code points differ.

    Raises:
        KeyError: there is no such table.
        DerivationError: a model has a constraint that no value can be made for.
    """
    rng = random.Random(f"{table}/{seed}")
    kinds = [(name, kind) for name, kind, _ in columns(TABLES[table])]
    fix = _FIXES[table]
    rows = []
    for number in range(n):
        row = {name: value(kind, rng) for name, kind in kinds}
        fix(row, rng, number)
        rows.append(row)
    return pl.DataFrame(rows, schema=polars_schema(table), orient="row")


def value(kind: Kind, rng: random.Random) -> Any:
    """A valid value of a kind.

    Raises:
        DerivationError: a pattern that nothing here can write.
    """
    if kind.nullable and rng.random() < 0.25:
        return None
    if kind.element:
        return [value(kind.element, rng) for _ in range(rng.choice((0, 1, 1, 2)))]
    if kind.model:
        return {name: value(inner, rng) for name, inner, _ in columns(kind.model)}
    if kind.base is bool:
        return rng.random() < 0.5
    if kind.base is str:
        return _text(kind, rng)
    low: Any = next((c.ge for c in kind.constraints if isinstance(c, at.Ge)), None)
    high: Any = next((c.le for c in kind.constraints if isinstance(c, at.Le)), None)
    if kind.base is date:
        return _FIRST + timedelta(rng.randrange((_LAST - _FIRST).days))
    if low is None or high is None:
        raise DerivationError(f"{kind} has no bounds to choose from")
    if kind.base is float:
        return round(rng.uniform(low, high), 4)
    return rng.choice((low, rng.randint(low, min(high, low + 50))))


def _text(kind: Kind, rng: random.Random) -> str:
    for constraint in kind.constraints:
        if isinstance(constraint, Vocabulary):
            return rng.choice(list(load_vocabulary(constraint.name)))
        pattern = getattr(constraint, "pattern", None)
        if pattern:
            if pattern not in _PATTERNS:
                raise DerivationError(f"no text is known that fits {pattern}")
            return _PATTERNS[pattern](rng)
    return rng.choice(_WORDS)


def _id(table: str, rng: random.Random, number: int) -> str:
    return f"{number:08x}{rng.getrandbits(32):08x}"


def _country(row: Row, rng: random.Random, *, name: str) -> Country:
    """Give a row a country and a place in it."""
    country = rng.choice(list(load_countries()))
    row |= {"country": country.country, "iso": country.iso, name: rng.choice(_WORDS)}
    row |= {"latitude": round(country.latitude, 4), "longitude": round(country.longitude, 4)}
    if not country.contains(country.latitude, country.longitude):  # the middle of an archipelago
        row |= {"latitude": round(country.south, 4), "longitude": round(country.east, 4)}
    return country


def _types(row: Row, rng: random.Random) -> None:
    ontology = load_ontology()
    sub = rng.choice(list(ontology.sub_events))
    row |= {"sub_event_type": sub, "event_type": ontology.event_type(sub)}
    row["disorder_type"] = ontology.disorder_type(sub)


def _toll(row: Row, rng: random.Random) -> None:
    low = rng.choice((0, 0, 1, 3, 10, 120))
    row |= {"fatalities_low": low, "fatalities": low + rng.choice((0, 2)), "fatalities_high": low + rng.choice((2, 5))}


def _article(row: Row, rng: random.Random, number: int) -> None:
    row |= {"article_id": f"a{number}", "n_sentences": row["n_candidate_sentences"] + 2, "text_length": 4000}


def _claim(row: Row, rng: random.Random, number: int) -> None:
    row |= {"claim_id": _id("claims", rng, number), "article_id": f"a{number // 3}"}
    _types(row, rng)
    _country(row, rng, name="location_name")
    _toll(row, rng)
    _sentence(row, rng)
    event = row["plover_event"]
    row["quad_class"] = load_ontology().quad_class(event) if event else None
    row["attribution_depth"] = len(row["attribution_chain"])
    if not row["attribution_chain"]:
        row["attribution_id"] = None
    else:
        row["attribution_id"] = row["attribution_chain"][0]["attribution_id"]
        row["claim_type"] = "report" if row["claim_type"] == "narration" else row["claim_type"]
    row["exportable"] = row["event_status"] in ("occurred", "ongoing", "attempted") and row["published"] is not None
    if row["exportable"]:
        row |= {"event_date": row["published"], "time_precision": 1, "geo_precision": 1, "export_reason": None}
    else:
        row["export_reason"] = row["export_reason"] or "not_realised"


def _sentence(row: Row, rng: random.Random) -> None:
    """Write a sentence that holds the row's spans where they say they are."""
    start = row["sentence_start"] = rng.choice((0, 0, 120))
    text = ""
    for name in ("date", "actor", "trigger", "target", "location"):
        given = name == "trigger" or rng.random() < 0.75
        word = rng.choice(_WORDS) if given else None
        begin = start + len(text)
        row |= {f"{name}_text": word, f"{name}_start": begin if given else None}
        row[f"{name}_end"] = begin + len(word) if word else None
        text += f"{word} né " if word else ""
    row["sentence"] = text + "."


def _attribution(row: Row, rng: random.Random, number: int) -> None:
    row |= {"attribution_id": _id("attributions", rng, number), "article_id": f"a{number // 3}"}
    row["depth"] = 1 if row["parent_id"] is None else 2
    for name, begin in (("source", 10), ("cue", 60)):
        word = row[f"{name}_text"]
        row |= {f"{name}_start": begin if word else None, f"{name}_end": begin + len(word) if word else None}
    row["content_spans"] = [{"start": s, "end": s + 9} for s in range(70, 70 + 10 * rng.choice((0, 1, 2)), 10)]


def _place(row: Row, rng: random.Random, number: int) -> None:
    row["article_id"] = f"a{number // 3}"
    row["end"] = row["start"] + len(row["text"])
    if row["country"] is not None:
        _country(row, rng, name="name")
    else:
        row |= {"iso": None, "latitude": None, "longitude": None}


def _event(row: Row, rng: random.Random, number: int) -> None:
    ontology = load_ontology()
    _types(row, rng)
    country = _country(row, rng, name="location")
    row |= {"event_id": _id("events", rng, number), "event_id_cnty": f"{country.iso3}{number}"}
    row |= {"region": country.region, "year": row["event_date"].year, "actor1": "Unidentified Gang (Nigeria)"}
    row["inter1"] = row["inter1"] or "Political militia"
    if row["event_type"] == "Violence against civilians":
        row |= {"inter1": "Political militia", "inter2": "Civilians"}
    row["actor2"] = f"{row['inter2']} (Nigeria)" if row["inter2"] else None
    row["interaction"] = ontology.interaction(row["inter1"], row["inter2"])
    row["civilian_targeting"] = ontology.civilian_targeting(row["sub_event_type"], row["inter1"], row["inter2"])
    _toll(row, rng)
    row["claim_ids"] = [_id("claims", rng, 3 * number + k) for k in range(rng.choice((1, 2, 3)))]
    row |= {"n_claims": len(row["claim_ids"]), "n_articles": 1}


_FIXES: dict[str, Callable[[Row, random.Random, int], None]] = {
    "articles": _article,
    "claims": _claim,
    "attributions": _attribution,
    "places": _place,
    "events": _event,
}


def sample_run(n: int, seed: int = 0) -> dict[str, pl.DataFrame]:
    """All five tables of a run whose ids agree.

    Args:
        n: how many claims.
        seed: which rows.

    Returns:
        Frames by table; every claim's article, attribution and event exist, and every event's claims.
    """
    tables = {name: sample(name, n, seed) for name in TABLES}
    claims = tables["claims"]
    attributions = tables["attributions"].with_columns(parent_id=pl.lit(None, pl.String), depth=pl.lit(1, pl.Int64))
    inner = attributions["attribution_id"]
    chained = pl.col("attribution_depth") > 0
    claims = claims.with_columns(
        attribution_id=pl.when(chained).then(inner), event_id=pl.when("exportable").then(tables["events"]["event_id"])
    )
    events = tables["events"].with_columns(claim_ids=pl.concat_list(claims["claim_id"]), n_claims=pl.lit(1, pl.Int64))
    return tables | {"claims": claims, "attributions": attributions, "events": events}
