"""``dateline explain EVENT_ID --in DIR``: how one event of a run came about, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import polars as pl

from ..coder.merging.contest import Contest
from ..coder.merging.copies import origins
from ..coder.merging.happening import Happening
from ..coder.merging.told import Told
from ..coder.merging.trace import Account, account
from ..errors import DatelineError

_WORTH = ("documented, medical or admitted", "plain report", "serves its source", "unsure")


class EventError(DatelineError):
    """The folder holds no such event; the message says what to do."""


def explain_event(folder: Path, name: str) -> Iterator[str]:
    """The account of an event, line by line.

    Args:
        folder: a run's folder.
        name: event_id or event_id_cnty.

    Raises:
        EventError: the folder holds no run or no such event, or its claims no longer give it.
    """
    claims, events = folder / "claims.parquet", folder / "events.parquet"
    if not (claims.exists() and events.exists()):
        raise EventError(f"{folder} holds no run: claims.parquet and events.parquet are needed")
    wanted = (pl.col("event_id") == name) | (pl.col("event_id_cnty") == name)
    found = pl.scan_parquet(events).filter(wanted).collect().to_dicts()
    if not found:
        raise EventError(f"no event {name} in {folder}; event_id and event_id_cnty stand in events.parquet")
    row = found[0]
    told = account(pl.scan_parquet(claims), row["event_id"], row["country"])
    if told is None:
        raise EventError(f"the claims of {folder} give no event {name} with this version; code the articles again")
    yield from _lines(row, told)


def _lines(row: dict[str, Any], told: Account) -> Iterator[str]:
    event = told.event
    yield click.style(f"{row['event_id_cnty']}  {row['event_id']}", bold=True)
    yield f"  {row['notes']}"
    yield f"  {row['sub_event_type']}: {row['actor1'] or '-'} | {row['actor2'] or '-'}"
    yield ""
    yield from _claim_lines(event)
    yield from _outlet_lines(event)
    yield from _toll_lines(event)
    for contest in event.contests:
        yield from _contest_lines(contest)
    if not event.contests:
        yield click.style("not contested", bold=True)
    yield ""
    yield from _near_lines(told)


def _claim_lines(event: Happening) -> Iterator[str]:
    yield click.style(f"{len(event.claims)} claims, merged because", bold=True)
    for part in event.cluster.parts:
        yield f"  {part.why}"
        for claim in part.claims:
            yield from _claim(claim)
    yield ""


def _claim(claim: Told) -> Iterator[str]:
    outlet = claim.publisher or claim.article_id
    source = f"{claim.source} [{claim.claim_type}]" if claim.source else f"in its own voice [{claim.claim_type}]"
    yield f"    {claim.claim_id}  {claim.published or 'undated'}  {outlet}: {source}"
    day = f"{claim.event_date} (precision {claim.time_precision})"
    place = f"{claim.location_name} (precision {claim.geo_precision})"
    toll = "" if claim.fatalities is None else f", {claim.fatalities} dead"
    actors = f"{claim.actor_name or claim.actor_text or '-'} | {claim.target_name or claim.target_text or '-'}"
    taken = f" ({claim.taken})" if claim.taken else ""
    yield f"      {claim.sub_event_type}: {actors}, {place}, {day}{toll}{taken}"
    yield click.style(f"      {' '.join(claim.sentence.split())}", dim=True)


def _outlet_lines(event: Happening) -> Iterator[str]:
    groups = origins(event.claims)
    yield click.style(f"{event.outlets} known outlets in their own words", bold=True)
    for group in groups:
        yield f"  {', '.join(group)}" + (" carry near-identical sentences: one source" if len(group) > 1 else "")
    if event.interests:
        yield "  sources of different interest tell of it"
    yield ""


def _toll_lines(event: Happening) -> Iterator[str]:
    toll = event.toll
    yield click.style(f"fatalities {event.fatalities}", bold=True) + f" (claims: {toll.low} to {toll.high})"
    for claim in toll.current:
        yield f"  {_figure(claim)}" + ("  <- taken: the lowest of the best kind" if claim is toll.taken else "")
    for claim in toll.superseded:
        yield f"  {_figure(claim)}  superseded by a later figure"
    if event.share is not None:
        share = event.share
        yield f"  {share.part} of {share.total} that {share.claim.claim_id} gives for {share.days} days with activity"
    yield ""


def _figure(claim: Told) -> str:
    who = claim.source or claim.publisher or claim.article_id
    f = claim.figure
    return f"{f.best:>5}  {who}, published {claim.published or 'undated'}, {_WORTH[f.worth]}"


def _contest_lines(contest: Contest) -> Iterator[str]:
    yield click.style(f"contested by {contest.kind}", bold=True)
    for side, claims in (("for", contest.claims), ("against", contest.against)):
        yield f"  {side}"
        yield from _sides(claims)


def _sides(claims: Sequence[Told]) -> Iterator[str]:
    for claim in claims:
        who = claim.source or claim.publisher or claim.article_id
        yield f"    {claim.claim_id}  {who} [{claim.claim_type}]: {' '.join(claim.sentence.split())}"


def _near_lines(told: Account) -> Iterator[str]:
    if not told.near:
        yield "no other event is near"
        return
    yield click.style("near, but not merged", bold=True)
    for miss in told.near:
        lead = miss.event.cluster.lead
        what = ", ".join(sorted(miss.event.cluster.subs))
        yield f"  {miss.event.event_id}  {what}, {lead.claim.location_name}, {lead.day}: {miss.why}"
