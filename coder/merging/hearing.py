"""Which claims merging listens to: events, and what speaks against one or tells whose deed it was."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from ..decisions import ActionRow
from ..lexicon import TABLES, read_table
from ..status import REALISED
from .dyads import ARMED

DOER, BLAMED = "doer", "blamed"  # the side of a claim that is no event which is named as the doer of one
_BLAME = "accuse"
_OWNED = ("accusation", "claim_of_responsibility", "admission")
_AGAINST = ("denial", "doubt")
_NO_DOER = "^(?:Unidentified|Government) "  # nobody in particular, or nobody who shoots
_VIOLENT = {
    "battle": "battle",
    **dict.fromkeys(("violence", "explosion", "abduction", "sexual", "mob"), "violence"),
}


def heard(claims: pl.LazyFrame) -> pl.LazyFrame:
    """The claims that are events, those by which a source speaks against one, and those that tell whose deed it was."""
    against = pl.col("claim_type").is_in(_AGAINST) | (
        (pl.col("event_status") == "negated") & (pl.col("polarity") == "negative")
    )
    spoken = against & (pl.col("attribution_depth") > 0) & pl.col("source_text").is_not_null()
    return claims.filter(pl.col("exportable") | spoken | _points())


def says() -> pl.Expr:
    """What a claim that is no event says: DOER or BLAMED, else the group of types of the act that it denies.

    The group is for acts that have no type of their own; acts that are no violence have none.
    """
    denied = pl.col("action").replace_strict(violent_acts(), default=None, return_dtype=pl.String)
    doer = pl.when(pl.col("action") == _BLAME).then(pl.lit(BLAMED)).otherwise(pl.lit(DOER))
    return pl.when(pl.col("exportable")).then(None).when(_points()).then(doer).otherwise(denied)


@cache
def violent_acts() -> Mapping[str, str]:
    """The group of types of every violent action."""
    rows = read_table(ActionRow, "actions", base=TABLES)
    return {row.action: _VIOLENT[row.group] for row in rows if row.group in _VIOLENT}


def _points() -> pl.Expr:
    """Whether a claim that is no event names a doer: by blame, a claim of responsibility or an admission."""
    blames = pl.col("action") == _BLAME
    named = (blames & _armed("target")) | (~blames & pl.col("claim_type").is_in(_OWNED) & _armed("actor"))
    said = ~pl.col("claim_type").is_in(_AGAINST) & (pl.col("polarity") == "positive")
    return (~pl.col("exportable") & said & pl.col("event_status").is_in(list(REALISED)) & named).fill_null(False)


def _armed(role: str) -> pl.Expr:
    known = ~pl.col(f"{role}_name").cast(pl.String).str.contains(_NO_DOER)
    return pl.col(f"{role}_type").cast(pl.String).is_in(ARMED) & known
