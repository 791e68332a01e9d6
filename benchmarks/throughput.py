"""Words per CPU second: Dateline beside stock spaCy (all pipes), in one run over the same articles.

    python benchmarks/throughput.py articles.jsonl[.gz] [--limit N]

Prints words, CPU seconds, words per CPU second, the ratio, the time of each step and the peak memory. Loading is
not counted. Compare ratios, not seconds: machines differ.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import gzip
import json
import pstats
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import dateline
from dateline.coder.parser import DEFAULT_MODEL

STEPS = {
    "split": "sentences.py:split",
    "filter": "triggers.py:candidates",
    "parse": "parser.py:parse_if",
    "places": "places.py:find_places",
    "attributions": "attribution.py:find_attributions",
    "frames": "frames.py:find_frames",
    "rows": "claims.py:claim_row",
}


def read(path: Path, limit: int) -> list[dateline.Article]:
    """Every k-th article of a JSON Lines file, so that ``limit`` are taken evenly."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        records = [json.loads(line) for line in handle]
    step = max(1, len(records) // limit)
    return [
        dateline.Article(record["id"], record["text"], title=record.get("title")) for record in records[::step][:limit]
    ]


def settle() -> None:
    """Keep the garbage collector off what loading left, as ``dateline code`` does, for both sides."""
    gc.collect()
    gc.freeze()


def stock(articles: list[dateline.Article]) -> float:
    """CPU seconds of stock spaCy."""
    import spacy

    nlp = spacy.load(DEFAULT_MODEL)
    settle()
    started = time.process_time()
    for _ in nlp.pipe(article.text for article in articles):
        pass
    return time.process_time() - started


def ours(articles: list[dateline.Article]) -> tuple[float, int]:
    """CPU seconds and claims of Dateline."""
    coder = dateline.Coder()
    coder.code(articles[0])
    settle()
    started = time.process_time()
    claims = sum(len(coding.claims) for coding in coder.code_many(articles))
    return time.process_time() - started, claims


def steps(articles: list[dateline.Article]) -> Iterator[tuple[str, float]]:
    """The share of each step, by the profiler."""
    coder = dateline.Coder()
    coder.code(articles[0])
    profile = cProfile.Profile()
    profile.runcall(lambda: list(coder.code_many(articles)))
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = max(entry[3] for entry in stats.values())
    for name, where in STEPS.items():
        file, function = where.split(":")
        for (path, _, called), entry in stats.items():
            if Path(path).name == file and called == function:
                yield name, entry[3] / total
                break


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--steps", action="store_true", help="also show the share of each step (profiled)")
    arguments = parser.parse_args()
    articles = read(arguments.path, arguments.limit)
    words = sum(len(article.text.split()) for article in articles)
    seconds, claims = ours(articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    reference = stock(articles)
    print(f"{arguments.path.name}: {len(articles)} articles, {words} words, {claims} claims")
    print(f"{'':12}{'CPU s':>10}{'words/CPU s':>14}")
    print(f"{'stock spaCy':12}{reference:10.1f}{words / reference:14.0f}")
    print(f"{'dateline':12}{seconds:10.1f}{words / seconds:14.0f}")
    print(f"ratio {reference / seconds:.1f}x; peak memory of dateline {memory} MB")
    if arguments.steps:
        for name, share in steps(articles):
            print(f"  {name:<14}{share:6.1%}")


if __name__ == "__main__":
    main()
