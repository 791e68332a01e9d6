"""The benchmarks run on the code as it is: what they time has to be there. Their figures are not tested."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

TEXTS = (
    "Gunmen killed two traders in Maiduguri, Nigeria, on 3 May 2024. The market stayed shut.",
    "Police arrested three men in Kisumu, Kenya, on 4 May 2024.",
)


def test_the_shares_of_places_and_dates_are_counted(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(TEXTS)), "utf-8")
    lines = list(runpy.run_path(str(root / "benchmarks" / "places.py"))["shares"](path, 2))
    assert lines[0].startswith("articles.jsonl: 2 articles") and " 0 claims" not in lines[0]
    assert {line.split()[0] for line in lines[1:]} == {"places", "dates", "together"}


def test_the_steps_of_coding_are_found_by_the_profiler(root: Path) -> None:
    throughput = runpy.run_path(str(root / "benchmarks" / "throughput.py"))
    articles = throughput["dateline"].Article
    shares = dict(throughput["steps"]([articles(str(n), text) for n, text in enumerate(TEXTS)]))
    assert shares.keys() == throughput["STEPS"].keys()
