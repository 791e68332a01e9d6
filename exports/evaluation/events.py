"""The event-level evaluation: precision, recall and F1, fields of matched pairs, what should not be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import polars as pl

from ..source import OutputError
from .matching import VAC, Matched, Row, canonical, group, match_events, same_dyad, toll_score
from .reading import Side, no_dates
from .result import Field, Level, Scores
from .scores import Tally, bootstrap, share

REALISED = ("occurred", "ongoing", "attempted")
Compare = Callable[[Row, Row], bool | None]


def evaluate_events(run: Side, gold: Side, *, seed: int, resamples: int) -> Level:
    """Compare events (CODEBOOK section 5).

    Args:
        run, gold: both sides, with the table events.
        seed: of the bootstrap.
        resamples: number of bootstrap samples; 0 for none.

    Raises:
        OutputError: a side has events but no date at all.
    """
    ours, theirs = run.tables["events"], gold.tables["events"]
    for side, frame in ((run, ours), (gold, theirs)):
        if frame.height and frame["event_date"].null_count() == frame.height:
            raise OutputError(no_dates(side.path))
    status = pl.col("event_status")
    unreal = theirs.filter(status.is_not_null() & ~status.is_in(REALISED))
    theirs = theirs.filter(status.is_null() | status.is_in(REALISED))
    pairs = match_events(ours, theirs)
    a, b = ours.to_dicts(), theirs.to_dicts()
    documents = _documents(run, gold, a, b, pairs)
    scores = {
        name: _scores(a, b, chosen, documents, seed, resamples)
        for name, chosen in (("lenient", pairs), ("strict", [p for p in pairs if p.strict]))
    }
    rate, n = _false_events(ours, {p.run for p in pairs}, unreal)
    return Level(
        name="events",
        scores=scores | _by_group(a, b, pairs),
        fields=_fields(a, b, pairs, gold.given["events"]),
        rates={"false_export_rate_events": (rate, n)} if unreal.height else {},
        unit=documents.unit,
    )


class _Documents:
    """Which document each event belongs to, for the bootstrap."""

    def __init__(self, run: list[str], gold: list[str], unit: str) -> None:
        self.run, self.gold, self.unit = run, gold, unit


def _documents(run: Side, gold: Side, a: Sequence[Row], b: Sequence[Row], pairs: Sequence[Matched]) -> _Documents:
    """By the first article of an event's claims; a gold event without any shares the document of its match."""
    ours, theirs = _articles(run, a), _articles(gold, b)
    known = any(ours) or any(theirs)
    for p in pairs:
        theirs[p.gold] = theirs[p.gold] or ours[p.run] or f"pair {p.run}"
        ours[p.run] = ours[p.run] or theirs[p.gold]
    return _Documents(
        [name or f"run {k}" for k, name in enumerate(ours)],
        [name or f"gold {k}" for k, name in enumerate(theirs)],
        "articles" if known else "events",
    )


def _articles(side: Side, rows: Sequence[Row]) -> list[str]:
    known: dict[str, str] = {}
    if "claims" in side.tables:
        claims = side.tables["claims"].select("claim_id", "article_id").drop_nulls()
        known = dict(claims.iter_rows())
    return [
        row["article_id"] or min((known[i] for i in row["claim_ids"] or () if i in known), default="") for row in rows
    ]


def _scores(
    a: Sequence[Row], b: Sequence[Row], pairs: Sequence[Matched], documents: _Documents, seed: int, resamples: int
) -> Scores:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name in documents.run:
        tallies[name] += Tally(found=1)
    for name in documents.gold:
        tallies[name] += Tally(gold=1)
    for p in pairs:
        tallies[documents.run[p.run]] += Tally(hits=1)
        tallies[documents.gold[p.gold]] += Tally(recalled=1)
    total = Tally(len(a), len(b), len(pairs), len(pairs))
    return Scores(total, bootstrap(tallies, seed=seed, resamples=resamples))


def _by_group(a: Sequence[Row], b: Sequence[Row], pairs: Sequence[Matched]) -> dict[str, Scores]:
    """Lenient scores by type group; strategic developments are not comparable and so always stand apart."""
    names = sorted({group(row) for row in (*a, *b)} - {""})
    tallies = {
        name: Tally(
            sum(group(row) == name for row in a),
            sum(group(row) == name for row in b),
            *[sum(group(b[p.gold]) == name for p in pairs)] * 2,
        )
        for name in names
    }
    found = {f"lenient, {name}": Scores(tally, {}) for name, tally in tallies.items()}
    rest = [tally for name, tally in tallies.items() if name != "Strategic developments"]
    if len(rest) < len(tallies):
        found["lenient, without strategic developments"] = Scores(sum(rest, Tally()), {})
    return found


def _equal(column: str) -> Compare:
    return lambda x, y: None if y[column] is None and x[column] is None else x[column] == y[column]


def _victim(x: Row, y: Row) -> bool | None:
    return canonical(x["actor2"]) == canonical(y["actor2"]) if y["event_type"] == VAC else None


# field, the gold columns that it needs, how it is compared
_FIELDS: tuple[tuple[str, tuple[str, ...], Compare], ...] = (
    ("event_type", ("event_type",), _equal("event_type")),
    ("sub_event_type", ("sub_event_type",), _equal("sub_event_type")),
    ("actors (any order)", ("actor1",), same_dyad),
    ("victim is actor2", ("actor2",), _victim),
    ("interaction", ("inter1",), lambda x, y: _types(x) == _types(y)),
    ("event_date", ("event_date",), _equal("event_date")),
    ("time_precision", ("time_precision",), _equal("time_precision")),
    ("admin1", ("admin1",), _equal("admin1")),
    ("location", ("location",), _equal("location")),
    ("geo_precision", ("geo_precision",), _equal("geo_precision")),
    ("fatalities", ("fatalities",), lambda x, y: toll_score(x["fatalities"], y["fatalities"]) == 1),
    ("fatalities within factor 1.5", ("fatalities",), lambda x, y: toll_score(x["fatalities"], y["fatalities"]) > 0),
    ("contested", ("contested",), _equal("contested")),
)


def _types(row: Row) -> list[str]:
    return sorted(row[f"inter{k}"] or "" for k in (1, 2))


def _fields(a: Sequence[Row], b: Sequence[Row], pairs: Sequence[Matched], given: frozenset[str]) -> list[Field]:
    """Accuracy of the fields that the gold data have."""
    found = []
    for name, needs, same in _FIELDS:
        if given.issuperset(needs):
            value, n = share([same(a[p.run], b[p.gold]) for p in pairs])
            found.append(Field(name, value, n))
    return found


def _false_events(ours: pl.DataFrame, matched: set[int], unreal: pl.DataFrame) -> tuple[float | None, int]:
    """Share of the run's events that are no realised gold event but one that gold says did not happen."""
    rest = ours.with_row_index("row").filter(~pl.col("row").is_in(sorted(matched)))
    wrong = len(match_events(rest, unreal))
    return (wrong / ours.height if ours.height else None), ours.height
