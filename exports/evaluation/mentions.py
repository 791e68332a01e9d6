"""The mention-level evaluation: claims of the same trigger in the same sentence (CODEBOOK section 5)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .agreement import Level as Scale
from .agreement import alpha, kappa, percent
from .assignment import Pair, assign
from .matching import canonical
from .reading import Side
from .result import Agreement, Field, Level, Scores
from .scores import Tally, bootstrap, share

Row = Mapping[str, Any]
REALISED = ("occurred", "ongoing", "attempted")
COARSE = {  # CODEBOOK 3.5
    "assert-plain": ("narration", "report", "documentation", "revelation", "announcement"),
    "assert-contested": ("claim", "claim_of_responsibility", "accusation", "admission", "confirmation"),
    "reject": ("denial", "doubt"),
    "uncertain": ("assessment", "hearsay", "prediction"),
    "will": ("threat", "commitment", "directive"),
    "attitude": ("evaluation", "stance"),
}
_COARSE = {value: name for name, values in COARSE.items() for value in values}
_AGREED: tuple[tuple[str, Scale], ...] = (
    ("event_type", "nominal"),
    ("sub_event_type", "nominal"),
    ("event_status", "nominal"),
    ("claim_type", "nominal"),
    ("polarity", "nominal"),
    ("factuality_author", "nominal"),
    ("factuality_source", "nominal"),
    ("source_type", "nominal"),
    ("source_interest", "nominal"),
    ("actor_type", "nominal"),
    ("target_type", "nominal"),
    ("attribution_depth", "ordinal"),
    ("time_precision", "ordinal"),
    ("geo_precision", "ordinal"),
    ("fatalities", "interval"),
)
_WORD = re.compile(r"\w+")


def evaluate_claims(run: Side, gold: Side, *, seed: int, resamples: int) -> Level:
    """Compare event mentions; for two coders of the same articles also their agreement.

    Args:
        run, gold: both sides, with the table claims.
        seed: of the bootstrap.
        resamples: number of bootstrap samples; 0 for none.
    """
    a, b = run.tables["claims"].to_dicts(), gold.tables["claims"].to_dicts()
    pairs = match_mentions(a, b)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in a:
        tallies[row["article_id"]] += Tally(found=1)
    for row in b:
        tallies[row["article_id"]] += Tally(gold=1)
    for i, _ in pairs:
        tallies[a[i]["article_id"]] += Tally(hits=1, recalled=1)
    scores = Scores(sum(tallies.values(), Tally()), bootstrap(tallies, seed=seed, resamples=resamples))
    matched = [(a[i], b[j]) for i, j in pairs]
    return Level(
        name="claims",
        scores={"mentions": scores},
        fields=list(_fields(matched, gold.given["claims"])),
        rates=_rates(matched, gold.given["claims"]),
        agreement=list(_agreement(matched, run.given["claims"] & gold.given["claims"])),
    )


def match_mentions(a: Sequence[Row], b: Sequence[Row]) -> list[Pair]:
    """One-to-one pairs of mentions in the same sentence whose triggers overlap; the same sub-type wins a tie."""
    sentences: dict[tuple[str, int], list[int]] = defaultdict(list)
    for j, row in enumerate(b):
        sentences[row["article_id"], row["sentence_index"]].append(j)
    scores: dict[Pair, float] = {}
    for i, row in enumerate(a):
        for j in sentences.get((row["article_id"], row["sentence_index"]), ()):
            overlap = _overlap(row, b[j])
            if overlap > 0:
                scores[i, j] = overlap + 0.01 * (row["sub_event_type"] == b[j]["sub_event_type"])
    return assign(scores)


def _overlap(a: Row, b: Row) -> float:
    """Dice's coefficient of two triggers: of their characters, or of their words when one has no offsets."""
    spans = [a["trigger_start"], a["trigger_end"], b["trigger_start"], b["trigger_end"]]
    if None not in spans:
        shared = min(spans[1], spans[3]) - max(spans[0], spans[2])
        return float(max(0, 2 * shared / (spans[1] - spans[0] + spans[3] - spans[2])))
    words = [set(_WORD.findall((row["trigger_text"] or "").casefold())) for row in (a, b)]
    return 2 * len(words[0] & words[1]) / (len(words[0]) + len(words[1])) if all(words) else 0.0


def _accepted(x: Row, y: Row) -> bool:
    return x["sub_event_type"] in (y["sub_event_type"], *(y["accept_sub_event_types"] or ()))


def _actors(x: Row, y: Row) -> bool | None:
    """Whether actor and target are the same; in any order unless the gold data say ``actor_order``."""
    ours, theirs = ([canonical(row["actor_name"]), canonical(row["target_name"])] for row in (x, y))
    if not any(theirs) and not any(ours):
        return None
    fixed = str(y["actor_order"] or "").casefold() not in ("", "any", "unordered", "false", "0")
    return ours == theirs if fixed else sorted(ours) == sorted(theirs)


def _plain(column: str) -> Callable[[Row, Row], bool | None]:
    return lambda x, y: None if x[column] is None and y[column] is None else x[column] == y[column]


def _fields(matched: Sequence[tuple[Row, Row]], given: frozenset[str]) -> Iterator[Field]:
    special: dict[str, tuple[str, Callable[[Row, Row], bool | None]]] = {
        "sub_event_type": ("sub_event_type (accepted)", _accepted),
        "actor_name": ("actors", _actors),
    }
    plain = ("event_type event_status claim_type polarity factuality_author factuality_source source_name source_type "
             "event_date location_name country fatalities exportable").split()  # fmt: skip
    for column in ("sub_event_type", "actor_name", *plain):
        if column in given:
            name, same = special.get(column, (column, _plain(column)))
            value, n = share([same(x, y) for x, y in matched])
            yield Field(name, value, n)


def _rates(matched: Sequence[tuple[Row, Row]], given: frozenset[str]) -> dict[str, tuple[float | None, int]]:
    """False-export rate: exported mentions that the gold data say did not happen."""
    if "event_status" not in given:
        return {}
    exported = [y["event_status"] for x, y in matched if x["exportable"] and y["event_status"] is not None]
    return {"false_export_rate": share([status not in REALISED for status in exported])}


def _agreement(matched: Sequence[tuple[Row, Row]], given: frozenset[str]) -> Iterator[Agreement]:
    for column, scale in _AGREED:
        if column in given:
            yield agree(column, scale, [(x[column], y[column]) for x, y in matched])
    if "claim_type" in given:
        types = [(x["claim_type"], y["claim_type"]) for x, y in matched]
        coarse = [(_COARSE.get(x), _COARSE.get(y)) for x, y in types]
        yield agree("claim_type, six classes", "nominal", coarse)
        for value in sorted({value for pair in types for value in pair if value}):
            one = [(None if x is None else x == value, None if y is None else y == value) for x, y in types]
            yield agree(f"claim_type {value}", "nominal", one)


def agree(name: str, scale: Scale, pairs: Sequence[tuple[Any, Any]]) -> Agreement:
    """Alpha, kappa and percent agreement of two coders on one field."""
    both = sum(x is not None and y is not None for x, y in pairs)
    nominal = kappa(pairs) if scale == "nominal" else None
    return Agreement(name, scale, both, alpha(pairs, scale), nominal, percent(pairs))
