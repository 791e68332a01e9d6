"""Place and date coding: their share of the pipeline's CPU, the gazetteer's start, and a build from a large dump.

    python benchmarks/places.py articles.jsonl[.gz] [--limit N] [--rows N]

Prints CPU seconds and shares (the target is 25 % or less), the time to open the gazetteer for the first time and
after, and with ``--rows`` the time and peak memory of a build from a generated GeoNames dump of that many rows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

SYLLABLES = "al bar ka dir sha mun te ra zo ni fa gu lo se mi ha ta bo yar kun".split()
COUNTRIES = ("SY", "NG", "UA", "ML", "BF", "SD", "YE", "IQ", "MM", "CO")
CODES = ("PPL", "PPL", "PPL", "PPL", "STM", "HLL", "WELL", "MT", "PPLX", "PPLA3")
TIMED = {
    "places": ("find_places", "event_place", "passed_over"),
    "dates": ("find_dates", "event_expression", "event_days", "representative"),
}


def read(path: Path, limit: int) -> list[Any]:
    """Every k-th article of a JSON Lines file, so that ``limit`` are taken evenly."""
    import dateline

    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        records = [json.loads(line) for line in handle]
    step = max(1, len(records) // limit)
    return [dateline.Article(r["id"], r["text"], title=r.get("title")) for r in records[::step][:limit]]


def timed(function: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    """The function, its CPU seconds added to ``spent[name]``."""

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        started = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - started

    return wrapper


def shares(path: Path, limit: int) -> Iterator[str]:
    """CPU seconds of the whole pipeline, of places and of dates."""
    import dateline
    from dateline.coder import coding

    articles = read(path, limit)
    coder = dateline.Coder()
    coder.code(articles[0])
    spent: dict[str, float] = defaultdict(float)
    with ExitStack() as stack:
        for step, names in TIMED.items():
            for name in names:
                stack.enter_context(patch.object(coding, name, timed(getattr(coding, name), spent, step)))
        started = time.process_time()
        claims = sum(len(found.claims) for found in coder.code_many(articles))
        total = time.process_time() - started
    words = sum(len(article.text.split()) for article in articles)
    yield f"{path.name}: {len(articles)} articles, {words} words, {claims} claims, {total:.1f} CPU s"
    for step, seconds in spent.items():
        yield f"  {step:<8}{seconds:6.2f} CPU s {seconds / total:7.1%}"
    yield f"  together {sum(spent.values()) / total:13.1%} (target: 25 % or less)"


def opening() -> Iterator[str]:
    """Time to open the built-in gazetteer with an empty cache, then again."""
    from dateline.coder.gazetteer import open_gazetteer
    from dateline.schema.countries import load_countries

    load_countries()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATELINE_CACHE"] = folder
        for when in ("first", "again"):
            wall, cpu = time.perf_counter(), time.process_time()
            open_gazetteer().lookup("Homs")
            yield (
                f"gazetteer opened {when}: {1000 * (time.perf_counter() - wall):.0f} ms, "
                f"{1000 * (time.process_time() - cpu):.0f} ms of CPU"
            )


def dump(rows: int) -> Iterator[str]:
    """Lines in GeoNames' format with made-up names, the same each time."""
    source = random.Random(4)

    def name() -> str:
        return "".join(source.choice(SYLLABLES) for _ in range(source.randint(2, 4))).capitalize()

    for number in range(rows):
        unit, district = number // 10 % 14 + 1, number // 140 % 19 + 1
        first, second = f"{unit:02}", f"{unit:02}{district:02}" if number >= 140 else ""
        code = "ADM1" if number < 140 else "ADM2" if number < 2800 else source.choice(CODES)
        cells = [
            20_000_000 + number, name(), name(), f"{name()},Ṣ{name()},حلب", f"{source.uniform(10, 20):.5f}",
            f"{source.uniform(10, 20):.5f}", "A" if code.startswith("ADM") else "P", code, COUNTRIES[number % 10], "",
            first, second, "", "", source.choice((0, 0, 500, 5000)), "", 300, "Etc/UTC", "2024-01-01",
        ]  # fmt: skip
        yield "\t".join(map(str, cells)) + "\n"


BUILD = """
import sys, time
from pathlib import Path
from dateline.coder.gazetteer.dump import build
started = time.process_time()
built = build([Path(sys.argv[1])], Path(sys.argv[2]))
status = Path("/proc/self/status").read_text().split()  # getrusage would count the parent's memory
memory = int(status[status.index("VmHWM:") + 1]) // 1024
print(f"{built.rows} rows -> {built.places} places, {built.names} names; "
      f"{time.process_time() - started:.1f} CPU s, peak memory {memory} MB")
"""


def building(rows: int) -> str:
    """A build from a generated dump, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "dump.txt", Path(folder) / "new.sqlite"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(dump(rows))
        command = [sys.executable, "-c", BUILD, str(source), str(target)]
        found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        return f"{found}; file {target.stat().st_size >> 20} MB"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--rows", type=int, default=0, help="rows of the generated dump; 0: no build")
    arguments = parser.parse_args()
    for line in opening():
        print(line)
    for line in shares(arguments.path, arguments.limit):
        print(line)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if arguments.rows:
        print(building(arguments.rows))


if __name__ == "__main__":
    main()
