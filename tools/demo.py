"""Show what a run wrote: the events, some claims with their sources, and where the Parquet files lie."""

from __future__ import annotations

import sys
from pathlib import Path

import dateline
import polars as pl


def main(folder: Path) -> None:
    """Print a run's events, a few claims and its files."""
    events = dateline.read(folder, "events")
    claims = dateline.read(folder, "claims")
    with pl.Config(
        tbl_rows=60,
        tbl_width_chars=150,
        fmt_str_lengths=34,
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
    ):
        print(f"\n{events.height} events (ACLED's format; some columns)")
        print(
            events.select(
                "event_date", "country", "location", "sub_event_type", "actor1", "actor2", "fatalities", "contested"
            )
        )
        attributed = claims.filter(pl.col("attribution_depth") > 0).sort(
            "attribution_depth", "claim_id", descending=[True, False]
        )
        print("\nsome of the claims behind them, with who says so")
        print(
            attributed.select(
                "trigger_text",
                "actor_text",
                "target_text",
                "event_status",
                "claim_type",
                "source_text",
                "attribution_depth",
            ).head(12)
        )
    exported = claims["exportable"].sum()
    print(f"\n{claims.height} claims, {exported} of them exported as {events.height} events. The tables:")
    for path in sorted(folder.glob("*.parquet")):
        print(f"  {path}  ({path.stat().st_size // 1024 or 1} KiB)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
