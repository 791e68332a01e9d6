"""The methods paragraph of a paper's appendix, from the tables' footers and counts."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from textwrap import fill
from typing import Any

import polars as pl

from .source import FinishedRun

_TEMPLATE = Path(__file__).parent / "templates" / "methods.md"
_OCCURRED = ["occurred", "ongoing", "attempted"]


def methods(run: FinishedRun) -> str:
    """The text of ``methods.md``: versions, settings, counts, and what to keep in mind.

    Args:
        run: the run; all five tables are read, only the columns that are counted.
    """
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(_facts(run))
    return "\n\n".join(map(_filled, text.rstrip().split("\n\n"))) + "\n"


def _filled(block: str) -> str:
    """A paragraph in lines of equal length; headings, lists and tables stay as they are."""
    if block.startswith(("#", "*", "|")):
        return block
    return fill(block, 110, break_long_words=False, break_on_hyphens=False)


def _facts(run: FinishedRun) -> dict[str, str]:
    claims = run.scan("claims")
    return {
        **_versions(run),
        **_articles(run),
        **_claims(claims),
        **_events(run.scan("events")),
        "by_type": _table(run.scan("events"), "sub_event_type", "Sub-event type", "Events"),
        "by_claim_type": _table(claims, "claim_type", "Kind of claim", "Claims"),
        "by_reason": _table(claims.filter(~pl.col("exportable")), "export_reason", "Why not exported", "Claims"),
    }


def _claims(claims: pl.LazyFrame) -> dict[str, str]:
    c = _row(
        claims,
        pl.len().alias("n"),
        pl.col("exportable").sum().alias("exported"),
        pl.col("event_status").is_in(_OCCURRED).sum().alias("realised"),
        (pl.col("attribution_depth") > 0).sum().alias("attributed"),
    )
    shares = {name: _share(c[name], c["n"]) for name in ("realised", "attributed", "exported")}
    return shares | {"claims": _amount(c["n"], "claim")}


def _events(events: pl.LazyFrame) -> dict[str, str]:
    e = _row(
        events,
        pl.len().alias("n"),
        pl.col("event_date").min().alias("first"),
        pl.col("event_date").max().alias("last"),
        pl.col("country").n_unique().alias("countries"),
        pl.col("contested", "corroborated").sum(),
        pl.col("fatalities", "fatalities_low", "fatalities_high").sum(),
    )
    low, high = e["fatalities_low"] or 0, e["fatalities_high"] or 0
    return {
        "events": _amount(e["n"], "event"),
        "period": f"from {e['first']} to {e['last']}" if e["n"] else "(none)",
        "countries": _amount(e["countries"] if e["n"] else 0, "country", "countries"),
        "contested": _share(e["contested"], e["n"]),
        "corroborated": _share(e["corroborated"], e["n"]),
        "fatalities": f"{e['fatalities'] or 0:,} (between {low:,} and {high:,})",
    }


def _row(frame: pl.LazyFrame, *expressions: pl.Expr) -> dict[str, Any]:
    return frame.select(*expressions).collect().row(0, named=True)


def _versions(run: FinishedRun) -> dict[str, str]:
    footer = run.footer
    return {
        "package": footer.get("package_version", "unknown"),
        "schema": footer.get("schema_version", "unknown"),
        "ruleset": footer.get("ruleset_version", "unknown"),
        "model": footer.get("model", "unknown"),
        "settings": _settings(footer.get("configuration", "")),
    }


def _settings(configuration: str) -> str:
    """The resolved configuration in words: ``key value`` pairs, without what was left alone."""
    try:
        known: Any = json.loads(configuration or "{}")
    except ValueError:
        return f"`{configuration}`"
    given = [f"`{key}` {_value(value)}" for key, value in sorted(known.items()) if value not in (None, [], "", {})]
    return ", ".join(given) or "default settings"


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _articles(run: FinishedRun) -> dict[str, str]:
    a = _row(
        run.scan("articles"),
        pl.len().alias("n"),
        (pl.col("status") == "no_events").sum().alias("without"),
        pl.col("publisher").n_unique().alias("publishers"),
        pl.col("publisher").is_null().any().alias("unnamed"),
        pl.col("published").min().alias("first"),
        pl.col("published").max().alias("last"),
    )
    publishers = a["publishers"] - bool(a["unnamed"]) if a["n"] else 0
    dates = f"published from {a['first']} to {a['last']}" if a["first"] else "without dates of publication"
    return {
        "articles": _amount(a["n"], "article"),
        "publishers": _amount(publishers, "publisher"),
        "dates": dates,
        "without": _share(a["without"], a["n"]),
        "rejected": _amount(run.rejected, "article was rejected", "articles were rejected"),
    }


def _amount(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _share(part: int | None, whole: int) -> str:
    return f"{part or 0:,} ({100 * (part or 0) / whole:.1f} %)" if whole else "0"


def _table(frame: pl.LazyFrame, column: str, title: str, number: str) -> str:
    counts = frame.drop_nulls(column).group_by(column).len().sort(["len", column], descending=[True, False]).collect()
    if not counts.height:
        return f"(no {number.lower()})"
    rows = [f"| {value} | {n:,} |" for value, n in counts.iter_rows()]
    return "\n".join([f"| {title} | {number} |", "|---|---:|", *rows])
