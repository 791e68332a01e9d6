"""Rules over one row of the events table: what ACLED's columns owe each other (CODEBOOK 1.2, 1.4, 1.8)."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from polars import col as c

from .ontology import load_ontology
from .rules import RowRule
from .shared_rules import country_rules, looked_up, toll_rule, type_rules

VAC = "Violence against civilians"


def event_rules() -> Iterator[RowRule]:
    """All rules over single events."""
    yield from type_rules("events")
    yield from country_rules("events")
    yield from actor_rules()
    regions = {country.country: country.region for country in load_ontology().countries}
    known = c("country").is_in(list(regions))
    wanted = looked_up(c("country"), regions, pl.String)
    yield RowRule("region", "events", "region", known & c("region").ne_missing(wanted))
    yield RowRule("year", "events", "year", c("year") != c("event_date").dt.year())
    yield toll_rule("events")
    yield RowRule("claim-count", "events", "n_claims", c("n_claims") != c("claim_ids").list.len())
    yield RowRule("article-count", "events", "n_articles", c("n_articles") > c("n_claims"))


def actor_rules() -> Iterator[RowRule]:
    """Interaction and civilian targeting follow from the actors' types; the victim is actor2."""
    ontology = load_ontology()
    inters = [None, *ontology.inters]
    pairs = {_key(a, b): ontology.interaction(a, b) or "" for a in inters for b in inters}
    targeting = {
        f"{sub}|{_key(a, b)}": ontology.civilian_targeting(sub, a, b) or ""
        for sub in ontology.sub_events for a in inters for b in inters
    }  # fmt: skip
    key = c("inter1").fill_null("") + "|" + c("inter2").fill_null("")
    # A type that is none is a vocabulary error already, and nothing follows from it.
    known = key.is_in(list(pairs))
    wrong = c("interaction").fill_null("") != looked_up(key, pairs, pl.String)
    yield RowRule("interaction", "events", "interaction", known & wrong)
    wanted = looked_up(c("sub_event_type") + "|" + key, targeting, pl.String)
    yield RowRule("civilian-targeting", "events", "civilian_targeting", c("civilian_targeting").fill_null("") != wanted)
    torn = (c("inter1") == "Civilians") & c("inter2").ne_missing("Civilians")
    victim = (c("event_type") == VAC) & (c("actor2").is_null() | torn)
    yield RowRule("victim-second", "events", "actor2", victim)
    for n in (1, 2):
        bad = c(f"actor{n}").is_null() != c(f"inter{n}").is_null()
        yield RowRule("actor-inter", "events", f"inter{n}", bad, part=f"actor{n}")


def _key(first: str | None, second: str | None) -> str:
    return f"{first or ''}|{second or ''}"
