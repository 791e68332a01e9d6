"""Time and memory of merging generated claims into events, at several sizes.

    python benchmarks/merge.py [--claims 1000000] [--sizes 3] [--one-country] [--workers 2]

Each size is merged in processes of its own, from a Parquet file to the events table. Prints claims, events, seconds
of clock and CPU, microseconds per claim, peak memory of all processes, and how CPU grows beside n log n. Incidents
are spread over places, days and dyads, told by several outlets, some of them copying; tolls differ; some claims are
vague; some are denials.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import polars as pl
from dateline.coder.merge import merge_frame
from dateline.schema import polars_schema
from dateline.schema.ontology import load_ontology

SUBS = ("Attack", "Armed clash", "Air/drone strike", "Shelling/artillery/missile attack", "Peaceful protest", "Arrests",
        "Abduction/forced disappearance", "Remote explosive/landmine/IED", "Violent demonstration")  # fmt: skip
WORDS = (
    "soldiers gunmen village market road convoy night river farmers camp station border hill bridge school attacked "
    "fired burned fled wounded killed police army residents officials hospital morning forest clinic truck mosque "
    "church patrol rebels mortar rifles motorbikes elders traders herders district valley outpost junction"
).split()
_WIDTHS = (9, 8, 8, 8, 8, 8, 8)
CLAIMS_PER_INCIDENT = 3
INCIDENTS_PER_DAY = 300  # in 40 countries, about as dense as the world's
N_COUNTRIES = 40


def generate(n: int, seed: int, one_country: bool) -> pl.DataFrame:
    """``n`` claims about n / 3 incidents; the same seed gives the same claims."""
    rng = np.random.default_rng(seed)
    incidents = max(1, n // CLAIMS_PER_INCIDENT)
    told = rng.integers(0, incidents, n)  # the incident that each claim tells of
    country = np.zeros(incidents, dtype=int) if one_country else rng.integers(0, N_COUNTRIES, incidents)
    place = (rng.pareto(1.2, incidents) * 40).astype(int) % 2000  # a few hot places, many quiet ones
    day, sub = (
        rng.integers(0, max(30, incidents // INCIDENTS_PER_DAY), incidents),
        rng.integers(0, len(SUBS), incidents),
    )
    group, toll = rng.integers(0, 12, incidents), rng.integers(0, 30, incidents)
    vague = rng.random(n)
    frame = pl.DataFrame({
        "number": np.arange(n), "told": told, "outlet": rng.integers(0, 300, n), "wording": rng.integers(0, 6, n),
        "country_no": country[told], "place": place[told], "day": day[told], "sub_no": sub[told], "group": group[told],
        "toll": np.maximum(0, toll[told] + rng.integers(-1, 2, n)), "vague": vague, "late": rng.integers(0, 4, n),
    })  # fmt: skip
    return _claims(frame)


def _claims(frame: pl.DataFrame) -> pl.DataFrame:
    ontology = load_ontology()
    c = pl.col
    countries = pl.Series(sorted(country.country for country in ontology.countries)[:N_COUNTRIES])
    subs = pl.Series(SUBS)
    spot = pl.concat_str(pl.lit("Town "), c("place").cast(pl.String))
    words = pl.concat_list(
        [pl.Series(WORDS).gather((frame["told"] * (k + 3) + frame["wording"] * k * k) % len(WORDS)) for k in range(14)]
    ).list.join(" ")
    denial = c("vague") > 0.98
    known = c("vague") < 0.8
    cells: dict[str, pl.Expr | pl.Series] = {
        "claim_id": c("number").hash(7).map_elements(lambda h: f"{h:016x}", return_dtype=pl.String),
        "article_id": pl.concat_str(pl.lit("a"), (c("number") // 2).cast(pl.String)),
        "publisher": pl.concat_str(pl.lit("Outlet "), c("outlet").cast(pl.String)),
        "published": pl.date(2021, 1, 1) + pl.duration(days=c("day") + c("late")),
        "sentence_index": c("number") % 9,
        "sentence": pl.concat_str(words, pl.lit(" in "), spot, pl.lit(", leaving "), c("toll").cast(pl.String), pl.lit(" dead")),  # noqa: E501
        "trigger_start": c("number") % 500,
        "event_type": subs.replace_strict({s: ontology.event_type(s) for s in SUBS}).gather(frame["sub_no"]),
        "sub_event_type": subs.gather(frame["sub_no"]),
        "actor_text": pl.lit("gunmen"),
        "actor_name": pl.when(known).then(pl.concat_str(pl.lit("Front "), c("group").cast(pl.String))),
        "actor_type": pl.lit("Rebel group"),
        "actor_associates": pl.lit([], dtype=pl.List(pl.String)),
        "target_name": pl.when(c("wording") < 5).then(pl.concat_str(pl.lit("Civilians ("), countries.gather(frame["country_no"]), pl.lit(")"))),  # noqa: E501
        "target_type": pl.when(c("wording") < 5).then(pl.lit("Civilians")),
        "target_associates": pl.lit([], dtype=pl.List(pl.String)),
        "location_text": spot, "location_name": spot,
        "admin1": pl.concat_str(pl.lit("Region "), (c("place") // 40).cast(pl.String)),
        "country": countries.gather(frame["country_no"]),
        "iso": c("country_no") + 100,
        "latitude": (c("place") // 45) * 0.1 + 5.0, "longitude": (c("place") % 45) * 0.1 + 5.0,
        "geo_precision": pl.when(c("vague") > 0.95).then(3).when(c("vague") > 0.85).then(2).otherwise(1),
        "geonameid": pl.when(c("vague") <= 0.95).then(c("place") + 1_000_000),
        "event_date": pl.date(2021, 1, 1) + pl.duration(days=c("day") + (c("vague") > 0.9).cast(pl.Int64)),
        "time_precision": pl.when(c("vague") > 0.9).then(2).otherwise(1),
        "fatalities": c("toll"), "fatalities_low": c("toll"), "fatalities_high": c("toll"),
        "fatalities_text": c("toll").cast(pl.String),
        "event_status": pl.when(denial).then(pl.lit("negated")).otherwise(pl.lit("occurred")),
        "claim_type": pl.when(denial).then(pl.lit("denial")).otherwise(pl.lit("report")),
        "polarity": pl.when(denial).then(pl.lit("negative")).otherwise(pl.lit("positive")),
        "attribution_depth": pl.lit(1),
        "source_text": pl.concat_str(pl.lit("source "), (c("wording")).cast(pl.String)),
        "source_relation_to_actor": pl.lit("unknown"), "source_interest": pl.lit("unknown"),
        "exportable": ~denial,
    }  # fmt: skip
    schema = polars_schema("claims")
    given = frame.select(**{name: cell.cast(schema[name]) for name, cell in cells.items()})
    rest = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items() if name not in given.columns]
    return given.with_columns(rest).select(list(schema))


class Peak(threading.Thread):
    """The largest memory of this process and its children together, looked up ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.gigabytes = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self.done.wait(0.1):
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            pages = sum(_pages(pid) for pid in ("self", *children))
            self.gigabytes = max(self.gigabytes, pages * os.sysconf("SC_PAGE_SIZE") / 1024**3)


def _pages(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0


def measure(path: Path, workers: int) -> None:
    """Merge one file in this process; print what it took."""
    peak = Peak()
    peak.start()
    started, used = time.perf_counter(), time.process_time()
    events, links = merge_frame(pl.scan_parquet(path), workers=workers)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak.done.set()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu += children.ru_utime + children.ru_stime
    claims = pl.scan_parquet(path).select(pl.len()).collect().item()
    print(f"{claims} {events.height} {links.height} {seconds:.2f} {cpu:.2f} {peak.gigabytes:.2f}")


def main() -> None:
    """Measure all sizes, the largest last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--sizes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-country", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.workers)
        return
    sizes = [options.claims // 4**k for k in reversed(range(options.sizes))]
    first = None
    heads = zip(("claims", "events", "seconds", "CPU s", "us/claim", "peak GB", "n log n"), _WIDTHS, strict=True)
    print(" ".join(f"{head:>{width}}" for head, width in heads))
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.parquet"
            generate(size, options.seed, options.one_country).write_parquet(path)
            done = subprocess.run(
                [sys.executable, __file__, "--measure", str(path), "--workers", str(options.workers)],
                check=True,
                capture_output=True,
                text=True,
            )
            claims, events, _, seconds, cpu, peak = (float(x) for x in done.stdout.split())
            unit = cpu / (claims * math.log(claims))
            first = first or unit
            cells = (f"{claims:.0f}", f"{events:.0f}", f"{seconds:.1f}", f"{cpu:.1f}", f"{1e6 * cpu / claims:.1f}",
                     f"{peak:.2f}", f"{unit / first:.2f}x")  # fmt: skip
            print(" ".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)), flush=True)


if __name__ == "__main__":
    main()
