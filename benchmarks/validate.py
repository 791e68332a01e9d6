"""Rows per second of `dateline validate` beside Pydantic, pandera, dataframely and pandas, in one run.

    pip install 'pandera[polars]' dataframely pandas pyarrow
    python benchmarks/validate.py [--rows 1000000] [--only NAME ...]

Makes claims with 0.1 % bad rows and lets each tool read the same file and find the bad rows, each in a process of its
own. The other tools get the checks of single columns, written from the same models; Dateline checks its rules across
columns too. Tools that would take minutes get fewer rows. Compare ratios, not seconds: machines differ. The columns
"CPU s" and "load" tell how far other work on the machine was in the way.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import annotated_types as at
import polars as pl
from dateline.schema.fields import Vocabulary
from dateline.schema.kinds import Kind, columns
from dateline.schema.tables import TABLES
from dateline.schema.vocabulary import load_vocabulary

KINDS: dict[str, Kind] = {name: kind for name, kind, _ in columns(TABLES["claims"])}
BASE = 20_000  # different rows; the rest repeats them under new ids and with other sentences
SLOW = {"pydantic": 10, "ndjson": 4}  # these get the rows divided by so much
GOSSIP = "gossip"


def make(rows: int, folder: Path) -> dict[str, Path]:
    from dateline.schema import sample

    base = sample("claims", min(BASE, rows), 1)
    n = pl.int_range(rows, dtype=pl.Int64)
    number = n.cast(pl.String)
    frame = pl.concat([base] * -(-rows // base.height)).head(rows)
    frame = frame.with_columns(
        claim_id=pl.concat_str(pl.col("claim_id").str.slice(0, 8), number.str.zfill(8)),
        sentence=pl.concat_str(
            "sentence", pl.lit(" It was report no. "), number, pl.lit(" of that day from the area.")
        ),
        claim_type=pl.when(n % 1000 == 7).then(pl.lit(GOSSIP)).otherwise("claim_type"),
    )
    files = {"claims": folder / "claims.parquet", "fewer": folder / "fewer.claims.parquet"}
    frame.write_parquet(files["claims"], compression="zstd", compression_level=3, row_group_size=100_000)
    frame.head(max(1, rows // SLOW["pydantic"])).write_parquet(files["fewer"], row_group_size=100_000)
    files["ndjson"] = folder / "claims.ndjson"
    frame.head(max(1, rows // SLOW["ndjson"])).write_ndjson(files["ndjson"])
    return files


def ours(path: Path) -> tuple[int, int]:
    import dateline

    report = dateline.validate(path, table="claims")
    return report.rows, report.counts.get("vocabulary", 0)


def by_pydantic(path: Path) -> tuple[int, int]:
    from pydantic import ValidationError

    model, rows, bad = TABLES["claims"], 0, 0
    for first in range(0, 10**9, 20_000):
        frame = pl.scan_parquet(path).slice(first, 20_000).collect()
        if not frame.height:
            return rows, bad
        for record in frame.iter_rows(named=True):
            rows += 1
            try:
                model.model_validate(record)
            except ValidationError:
                bad += 1
    return rows, bad


def constraints(kind: Kind) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for c in kind.constraints:
        if isinstance(c, Vocabulary):
            found["terms"] = list(load_vocabulary(c.name))
        elif isinstance(c, at.Ge):
            found["ge"] = c.ge
        elif isinstance(c, at.Le):
            found["le"] = c.le
        elif isinstance(c, at.MinLen):
            found["min_length"] = c.min_length
        elif getattr(c, "pattern", None):
            found["pattern"] = c.pattern
    return found


def by_pandera(path: Path) -> tuple[int, int]:
    import pandera.polars as pa
    from dateline.schema.tables import polars_type

    def column(kind: Kind) -> Any:
        rules, checks = constraints(kind), []
        if "terms" in rules:
            checks.append(pa.Check.isin(rules["terms"]))
        if "ge" in rules:
            checks += [pa.Check.ge(rules["ge"]), pa.Check.le(rules["le"])]
        if "pattern" in rules:
            checks.append(pa.Check.str_matches(rules["pattern"]))
        if "min_length" in rules:
            checks.append(pa.Check.str_length(min_value=1))
        return pa.Column(polars_type(kind), checks, nullable=kind.nullable)

    schema = pa.DataFrameSchema({name: column(kind) for name, kind in KINDS.items()}, strict=True)
    frame = pl.read_parquet(path)
    try:
        schema.validate(frame, lazy=True)
        return frame.height, 0
    except pa.errors.SchemaErrors as error:
        return frame.height, error.failure_cases.height


def by_dataframely(path: Path) -> tuple[int, int]:
    import dataframely as dy

    def column(kind: Kind) -> Any:
        rules, null = constraints(kind), kind.nullable
        if kind.element and kind.element.model:
            inner = {n: dy.String(nullable=k.nullable) for n, k, _ in columns(kind.element.model)}
            return dy.List(dy.Struct(inner), nullable=null)
        if kind.element:
            return dy.List(dy.String(nullable=False, min_length=1), nullable=null)
        if "terms" in rules:
            return dy.String(nullable=null, check=lambda c, terms=tuple(rules["terms"]): c.is_in(list(terms)))
        if kind.base is str:
            return dy.String(nullable=null, regex=rules.get("pattern"), min_length=rules.get("min_length"))
        kinds = {int: dy.Int64, float: dy.Float64, bool: dy.Bool}
        if kind.base in (int, float):
            return kinds[kind.base](nullable=null, min=rules["ge"], max=rules["le"])
        return dy.Date(nullable=null, min=rules["ge"], max=rules["le"]) if rules else dy.Bool(nullable=null)

    schema = type("Claims", (dy.Schema,), {name: column(kind) for name, kind in KINDS.items()})
    frame = pl.read_parquet(path)
    _, failures = schema.filter(frame)
    return frame.height, len(failures)


def by_pandas(path: Path) -> tuple[int, int]:
    import pandas as pd

    frame = pd.read_parquet(path)
    bad = pd.Series(False, index=frame.index)
    for name, kind in KINDS.items():
        values, rules = frame[name], constraints(kind)
        given = values.notna()
        if not kind.nullable:
            bad |= ~given
        if "terms" in rules:
            bad |= given & ~values.isin(rules["terms"])
        if "ge" in rules:
            bad |= given & ((values < rules["ge"]) | (values > rules["le"]))
        if "pattern" in rules:
            bad |= given & ~values.fillna("").str.contains(rules["pattern"], regex=True)
        if "min_length" in rules:
            bad |= given & (values.str.len() < 1)
    return len(frame), int(bad.sum())


TOOLS: dict[str, tuple[Callable[[Path], tuple[int, int]], str, str]] = {
    "dateline": (ours, "claims", "Dateline, Parquet (columns and rules)"),
    "ndjson": (ours, "ndjson", "Dateline, NDJSON (columns and rules)"),
    "dataframely": (by_dataframely, "claims", "dataframely, Parquet"),
    "pandera": (by_pandera, "claims", "pandera[polars], Parquet"),
    "pandas": (by_pandas, "claims", "pandas by hand, Parquet"),
    "pydantic": (by_pydantic, "fewer", "Pydantic row by row, Parquet"),
}


def measured(name: str, path: Path) -> dict[str, Any]:
    tool = TOOLS[name][0]
    started, cpu = time.perf_counter(), time.process_time()
    rows, bad = tool(path)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "bad": bad, "seconds": seconds, "cpu": cpu, "peak": peak, "load": os.getloadavg()[0]}


def table(results: dict[str, dict[str, Any]]) -> str:
    slow = results.get("pydantic")
    lines = [
        "| tool | rows | bad found | rows/s | rows/CPU s | times Pydantic | peak MB | load |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, r in results.items():
        if "error" in r:
            lines.append(f"| {TOOLS[name][2]} | {r['error']} | | | | | | |")
            continue
        speed, per_cpu = r["rows"] / r["seconds"], r["rows"] / r["cpu"]
        times = f"{speed / (slow['rows'] / slow['seconds']):.1f}" if slow else ""
        lines.append(
            f"| {TOOLS[name][2]} | {r['rows']:,} | {r['bad']:,} | {speed:,.0f} | {per_cpu:,.0f} | {times} "
            f"| {r['peak']:,.0f} | {r['load']:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", choices=list(TOOLS), default=list(TOOLS))
    parser.add_argument("--run", choices=list(TOOLS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(measured(options.run, options.file)))
        return
    results: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = make(options.rows, Path(folder))
        for name in options.only:
            command = [sys.executable, __file__, "--run", name, "--file", str(files[TOOLS[name][1]])]
            done = subprocess.run(command, capture_output=True, text=True)
            last = (done.stderr.strip().splitlines() or ["?"])[-1][:90]
            results[name] = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {"error": last}
            print(f"{name}: {results[name]}", file=sys.stderr)
    print(table(results))


if __name__ == "__main__":
    main()
