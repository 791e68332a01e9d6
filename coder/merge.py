"""From claims to events: the same happening told several times is one ACLED row (CODEBOOK 1.9).

The events follow from the set of claims alone: not from their order, not from the batches in which they came, not
from the number of workers. Claims are merged country by country, see ``merging/happening.py`` for the steps and
``docs/merging.md`` for the rules.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import polars as pl

from ..schema import polars_schema
from ..schema.ontology import Ontology, load_ontology
from .merging.happening import Happening, happenings
from .merging.rows import Books, event_row
from .merging.told import COLUMNS, by_country, compact, parts
from .publishers import builtin_publishers

Row = dict[str, Any]
_JOINT = "\x1f"
_BATCH = 5_000  # events held as Python rows
_WORTH_A_PROCESS = 50_000  # claims
Part = tuple[pl.DataFrame, pl.DataFrame]
_LINK = pl.Schema({"claim_id": pl.String(), "event_id": pl.String()})


def merge(
    claims: Iterable[Row], ontology: Ontology | None = None, publishers: Mapping[str, str] | None = None
) -> tuple[list[Row], dict[str, str]]:
    """Merge exportable claims into events.

    Args:
        claims: rows of the claims table; those that are not exportable are passed over, except that denials and
            doubts are kept with the event that they speak against.
        ontology: ACLED's types, ranks and codes; the built-in ones when None.
        publishers: scale by outlet in lower case; the built-in table when None.

    Returns:
        The events' rows, sorted by date, country, place and id, and the event id of every claim that is behind an
        event or speaks against one.
    """
    schema = polars_schema("claims")
    columns = {name: schema[name] for name in COLUMNS}
    frame = pl.DataFrame([[row[name] for name in columns] for row in claims], schema=columns, orient="row")
    events, links = merge_frame(frame.lazy(), ontology, publishers)
    return events.to_dicts(), dict(links.iter_rows())


def merge_frame(
    claims: pl.LazyFrame,
    ontology: Ontology | None = None,
    publishers: Mapping[str, str] | None = None,
    workers: int = 1,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Merge a table of claims into events, as :func:`merge`, a few countries at a time.

    Args:
        claims: the claims table.
        ontology: ACLED's types, ranks and codes; the built-in ones when None.
        publishers: scale by outlet in lower case; the built-in table when None.
        workers: processes; 1 merges in this one. The result is the same.

    Returns:
        The events table, sorted, and a table of claim_id and event_id.
    """
    known = builtin_publishers() if publishers is None else publishers
    frames = [(pl.DataFrame(schema=polars_schema("events")), pl.DataFrame(schema=_LINK))]
    frame = compact(claims)
    if workers > 1 and frame.height > _WORTH_A_PROCESS:
        frames += _in_processes(parts(frame), ontology, dict(known), workers)
    else:
        frames += [_merged_part(part, ontology, known) for part in parts(frame)]
    del frame
    events = pl.concat([part for part, _ in frames], rechunk=False)
    links = pl.concat([part for _, part in frames], rechunk=False)
    return events.sort("event_date", "country", "location", "event_id", nulls_last=True), links.sort("claim_id")


def _in_processes(
    frames: Iterator[pl.DataFrame], ontology: Ontology | None, publishers: Mapping[str, str], workers: int
) -> Iterator[Part]:
    with ProcessPoolExecutor(workers, get_context("spawn")) as executor:
        pending: set[Future[Part]] = set()
        for frame in frames:
            if len(pending) > workers:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
            pending.add(executor.submit(_merged_part, frame, ontology, publishers))
        yield from (future.result() for future in pending)


def _merged_part(frame: pl.DataFrame, ontology: Ontology | None, publishers: Mapping[str, str]) -> Part:
    """Events and links of some countries."""
    ontology = ontology or load_ontology()
    books = Books.of(ontology, publishers)
    frames: list[pl.DataFrame] = []
    links: list[pl.DataFrame] = []
    rows: list[Row] = []
    pairs: list[tuple[str, str]] = []
    with _unswept():
        for event in _events_of(frame, ontology):
            rows.append(event_row(event, books))
            pairs += [(claim.claim_id, event.event_id) for claim in (*event.claims, *event.denials)]
            if len(rows) >= _BATCH:
                _flush(rows, pairs, frames, links)
        _flush(rows, pairs, frames, links)
    return pl.concat(frames), pl.concat(links)


def merged(claims: pl.LazyFrame, ontology: Ontology | None = None) -> Iterator[Happening]:
    """The events behind the rows, with all that was told of each, country by country."""
    yield from _events_of(compact(claims), ontology or load_ontology())


def _events_of(frame: pl.DataFrame, ontology: Ontology) -> Iterator[Happening]:
    for _, told in by_country(frame):
        yield from happenings(told, ontology)


@contextmanager
def _unswept() -> Iterator[None]:
    """Without Python's search for reference cycles: merging makes none, and going over its records doubles the time."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def _flush(
    rows: list[Row], pairs: list[tuple[str, str]], frames: list[pl.DataFrame], links: list[pl.DataFrame]
) -> None:
    frames.append(_events(rows))
    links.append(pl.DataFrame({"claim_id": [c for c, _ in pairs], "event_id": [e for _, e in pairs]}, schema=_LINK))
    rows.clear()
    pairs.clear()


def _events(rows: list[Row]) -> pl.DataFrame:
    """A frame of events; lists go as joined texts, which Polars splits faster than it reads Python lists."""
    schema = polars_schema("events")
    columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in schema}
    lists = [name for name, dtype in schema.items() if dtype == pl.List(pl.String)]
    for name in lists:
        columns[name] = [_JOINT.join(values) if values else None for values in columns[name]]
    flat = {name: pl.String() if name in lists else dtype for name, dtype in schema.items()}
    return pl.DataFrame(columns, schema=flat).with_columns(
        pl.col(name).str.split(_JOINT).fill_null(pl.lit([], dtype=pl.List(pl.String))) for name in lists
    )
