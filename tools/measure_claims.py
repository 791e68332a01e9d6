"""Measure claim types and factuality on two annotated sets that the scorer leaves out (docs/quality.md).

    python tools/measure_claims.py muc4 RUN GOLD.jsonl
    python tools/measure_claims.py factuality RUN GOLD.jsonl ARTICLES.jsonl

``RUN`` is a folder that `dateline code` wrote. Of muc4 it takes the templates whose perpetrator's organisation some
violent claim of the document names as actor, and asks whether one of these claims shows the template's doubt (is no
narration) or asserts what is reported as fact. Of factuality it takes the predicates that are part of a claim's trigger
and compares the sign of ``factuality_author``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

Claims = Mapping[str, list[dict[str, Any]]]
DOUBTED = ("SUSPECTED", "CLAIMED", "ADMITTED")
UNASSERTED = frozenset({"denial", "doubt", "prediction", "threat", "commitment", "directive", "stance"})


def _read(path: str) -> Iterator[dict[str, Any]]:
    with Path(path).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _words(text: str | None) -> set[str]:
    return {word for word in re.findall(r"\w+", (text or "").lower()) if len(word) > 3}


def muc4(claims: Claims, gold: str) -> None:
    """Print how many templates of each confidence have a claim of the fitting kind."""
    shown: dict[str, list[bool]] = defaultdict(list)
    for document in _read(gold):
        violent = [c for c in claims.get(document["id"], []) if c["event_type"] or c["plover_mode"] == "abduct"]
        for template in document["gold"]:
            for told in template.get("perp_org_confidence") or []:
                confidence, _, name = told.partition(":")
                about = [c for c in violent if _words(name) & (_words(c["actor_text"]) | _words(c["actor_name"]))]
                if not about:
                    continue
                if confidence.startswith(DOUBTED):
                    shown["suspected, claimed, admitted: not narration"].append(
                        any(c["claim_type"] != "narration" for c in about)
                    )
                elif confidence == "REPORTED AS FACT":
                    shown["reported as fact: asserted"].append(any(c["claim_type"] not in UNASSERTED for c in about))
    for label, hits in sorted(shown.items()):
        print(f"{label}: {sum(hits)} of {len(hits)} ({sum(hits) / len(hits):.3f})")


def _starts(text: str, tokens: list[str]) -> list[int]:
    """Where each token begins."""
    out, at = [], 0
    for token in tokens:
        at = max(text.find(token, at), at)
        out.append(at)
        at += len(token)
    return out


def _bin(value: float) -> str:
    return "+" if value >= 1 else "-" if value <= -1 else "u"


def factuality(claims: Claims, gold: str, articles: str) -> None:
    """Print the agreement of signs and the mean F1 of the three."""
    texts = {row["id"]: row["text"] for row in _read(articles)}
    pairs: Counter[tuple[str, str]] = Counter()
    for document in _read(gold):
        starts = _starts(texts[document["id"]], document["gold"]["tokens"])
        for predicate in document["gold"]["predicates"]:
            at = starts[predicate["tok"][0]]
            hit = next(
                (c for c in claims.get(document["id"], []) if c["trigger_start"] <= at < c["trigger_end"]),
                None,
            )
            if hit is not None:
                ours = {"CT+": "+", "PR+": "+", "CT-": "-", "PR-": "-"}.get(hit["factuality_author"], "u")
                pairs[_bin(predicate["factuality"]), ours] += 1
    scores = []
    for sign in "+-u":
        right = pairs[sign, sign]
        total = sum(n for pair, n in pairs.items() for side in pair if side == sign)
        scores.append(2 * right / total if total else 0.0)
    n = sum(pairs.values())
    print(f"{n} predicates: agreement {sum(pairs[s, s] for s in '+-u') / n:.3f}, macro-F1 {sum(scores) / 3:.3f}")


def main() -> None:
    """Measure as the arguments say."""
    kind, run, *files = sys.argv[1:]
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in pl.read_parquet(Path(run) / "claims.parquet").iter_rows(named=True):
        by_article[row["article_id"]].append(row)
    {"muc4": muc4, "factuality": factuality}[kind](by_article, *files)


if __name__ == "__main__":
    main()
