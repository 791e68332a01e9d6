"""The attribution-level evaluation: who says what, by tokens and by attributions (CODEBOOK section 5).

The tables keep no article text. Sources and cues are compared by the words of their texts at their offsets, content
by code points.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from .assignment import Pair, assign
from .reading import Side
from .result import Field, Level, Scores
from .scores import Tally, bootstrap, share

Row = Mapping[str, Any]
Places = set[tuple[str, int]]
_WORD = re.compile(r"\w+")
_AFTER_HEAD = re.compile(r"\s(?:of|for|in|from|at|on|with|to|who|that|which|near)\s|,")


def evaluate_attributions(run: Side, gold: Side, *, seed: int, resamples: int) -> Level:
    """Compare attributions.

    Args:
        run, gold: both sides, with the table attributions.
        seed: of the bootstrap.
        resamples: number of bootstrap samples; 0 for none.
    """
    a, b = run.tables["attributions"].to_dicts(), gold.tables["attributions"].to_dicts()
    scores = {}
    for name, places in (("source tokens", _tokens("source")), ("cue tokens", _tokens("cue")), ("content", _content)):
        scores[name if name != "content" else "content code points"] = _overlapping(
            [(row["article_id"], places(row)) for row in a], [(row["article_id"], places(row)) for row in b],
            seed, resamples,
        )  # fmt: skip
    pairs = match_attributions(a, b)
    matched = [(a[i], b[j]) for i, j in pairs]
    exact = [(x, y) for x, y in matched if _spans(x) == _spans(y)]
    scores["attributions"] = Scores(Tally(len(a), len(b), len(pairs), len(pairs)), {})
    scores["exact spans"] = Scores(Tally(len(a), len(b), len(exact), len(exact)), {})
    return Level("attributions", scores, _fields(matched, gold.given["attributions"]), _agr(a, b))


def _tokens(role: str) -> Any:
    def places(row: Row) -> set[int]:
        start = row[f"{role}_start"]
        if start is None:
            return set()
        return {start + found.start() for found in _WORD.finditer(row[f"{role}_text"] or "")}

    return places


def _content(row: Row) -> set[int]:
    return {k for span in row["content_spans"] or () for k in range(span["start"], span["end"])}


def _overlapping(
    a: Sequence[tuple[str, set[int]]], b: Sequence[tuple[str, set[int]]], seed: int, resamples: int
) -> Scores:
    """Positions found and positions of the gold data, by article."""
    ours: dict[str, set[int]] = defaultdict(set)
    theirs: dict[str, set[int]] = defaultdict(set)
    for places, rows in ((ours, a), (theirs, b)):
        for article, found in rows:
            places[article] |= found
    tallies = {}
    for article in sorted(ours.keys() | theirs.keys()):
        x, y = ours.get(article, set()), theirs.get(article, set())
        tallies[article] = Tally(len(x), len(y), len(x & y), len(x & y))
    return Scores(sum(tallies.values(), Tally()), bootstrap(tallies, seed=seed, resamples=resamples))


def match_attributions(a: Sequence[Row], b: Sequence[Row]) -> list[Pair]:
    """One-to-one pairs in the same article with the highest mean overlap of source, cue and content."""
    articles: dict[str, list[int]] = defaultdict(list)
    for j, row in enumerate(b):
        articles[row["article_id"]].append(j)
    parts = [[[get(row) for get in (_tokens("source"), _tokens("cue"), _content)] for row in rows] for rows in (a, b)]
    scores: dict[Pair, float] = {}
    for i, row in enumerate(a):
        for j in articles.get(row["article_id"], ()):
            likeness = [_dice(x, y) for x, y in zip(parts[0][i], parts[1][j], strict=True)]
            told = [value for value in likeness if value is not None]
            if told and sum(told) > 0:
                scores[i, j] = sum(told) / len(told)
    return assign(scores)


def _dice(x: set[int], y: set[int]) -> float | None:
    return 2 * len(x & y) / (len(x) + len(y)) if x or y else None


def _spans(row: Row) -> tuple[Any, ...]:
    content = tuple((span["start"], span["end"]) for span in row["content_spans"] or ())
    return row["source_start"], row["source_end"], row["cue_start"], row["cue_end"], content


def head(text: str | None) -> str:
    """The last word of a source before what follows its head; a guess without a parse."""
    words = _WORD.findall(_AFTER_HEAD.split(text or "", maxsplit=1)[0].casefold())
    return words[-1] if words else ""


def _fields(matched: Sequence[tuple[Row, Row]], given: frozenset[str]) -> list[Field]:
    found = []
    if "source_text" in given:
        heads = [head(x["source_text"]) == head(y["source_text"]) for x, y in matched if y["source_text"]]
        found.append(Field("source head", *share(heads)))
    for column in ("source_name", "source_type", "source_anonymity", "depth", "mode", "channel", "claim_type"):
        if column in given:
            same = [x[column] == y[column] for x, y in matched if y[column] is not None]
            found.append(Field(column, *share(same)))
    return found


def _agr(a: Sequence[Row], b: Sequence[Row]) -> dict[str, tuple[float | None, int]]:
    """PolNeAR's ``agr``: the share of one side's attributions that the other side's overlap."""
    covered = []
    for rows in (a, b):
        places: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            places[row["article_id"]] |= _extent(row)
        covered.append(places)
    return {
        "agr of the run": share([bool(_extent(row) & covered[1].get(row["article_id"], set())) for row in a]),
        "agr of the gold": share([bool(_extent(row) & covered[0].get(row["article_id"], set())) for row in b]),
    }


def _extent(row: Row) -> set[int]:
    found = _content(row)
    for role in ("source", "cue"):
        if row[f"{role}_start"] is not None and row[f"{role}_end"] is not None:
            found |= set(range(row[f"{role}_start"], row[f"{role}_end"]))
    return found
