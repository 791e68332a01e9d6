"""One call for all levels that both sides have."""

from __future__ import annotations

from pathlib import Path

from ..source import EXIT_USAGE, OutputError
from .attributions import evaluate_attributions
from .events import evaluate_events
from .mentions import evaluate_claims
from .reading import LEVELS, read_side
from .result import Evaluation

_LEVELS = {"events": evaluate_events, "claims": evaluate_claims, "attributions": evaluate_attributions}


def evaluate(run: str | Path, gold: str | Path, *, seed: int = 0, resamples: int = 1000) -> Evaluation:
    """Compare a run with gold data, or two coders with each other (CODEBOOK section 5).

    Args:
        run: a run's folder, or a file of events, claims or attributions.
        gold: the same; Parquet, CSV, NDJSON or JSON Lines.
        seed: of the bootstrap's random numbers.
        resamples: number of bootstrap samples of articles; 0 for none.

    Returns:
        The results at each level that both sides have.

    Raises:
        OutputError: a side cannot be used, or they have no table in common.
    """
    ours, theirs = read_side(run), read_side(gold)
    shared = [name for name in LEVELS if name in ours.tables and name in theirs.tables]
    if not shared:
        raise OutputError(
            f"nothing to compare: {run} has {', '.join(ours.tables)}; {gold} has {', '.join(theirs.tables)}", EXIT_USAGE
        )
    levels = [_LEVELS[name](ours, theirs, seed=seed, resamples=resamples) for name in shared]
    return Evaluation(Path(run).name, Path(gold).name, levels, seed, resamples)
