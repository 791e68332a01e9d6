"""Precision, recall and F1, and how sure one can be of them: a bootstrap over documents, not events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_CHUNK = 100


@dataclass(frozen=True)
class Tally:
    """Counts behind precision and recall.

    Attributes:
        found: rows of the run.
        gold: rows of the gold data.
        hits: rows of the run that are right.
        recalled: rows of the gold data that were found.
    """

    found: int = 0
    gold: int = 0
    hits: int = 0
    recalled: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found, self.gold + other.gold, self.hits + other.hits, self.recalled + other.recalled
        )

    @property
    def precision(self) -> float | None:
        """Right rows by rows of the run; None without rows."""
        return self.hits / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Found rows by rows of the gold data; None without rows."""
        return self.recalled / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None without rows on either side."""
        p, r = self.precision, self.recall
        if p is None or r is None:
            return None
        return 2 * p * r / (p + r) if p + r else 0.0


def bootstrap(
    tallies: Mapping[str, Tally], *, seed: int, resamples: int, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """Percentile intervals of precision, recall and F1.

    Args:
        tallies: the counts of each document.
        seed: of the random numbers; the same seed gives the same intervals.
        resamples: how many samples of as many documents, with replacement.
        level: the share of samples inside the interval.

    Returns:
        Low and high by measure; a measure that no sample defines is left out.
    """
    if not tallies or not resamples:
        return {}
    counts = np.array([[t.found, t.gold, t.hits, t.recalled] for _, t in sorted(tallies.items())], dtype=np.float64)
    random = np.random.default_rng(seed)
    n = len(counts)
    sums = np.vstack(
        [
            random.multinomial(n, np.full(n, 1 / n), size=min(_CHUNK, resamples - start)) @ counts
            for start in range(0, resamples, _CHUNK)
        ]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        precision, recall = sums[:, 2] / sums[:, 0], sums[:, 3] / sums[:, 1]
        f1 = np.where(precision + recall > 0, 2 * precision * recall / (precision + recall), precision + recall)
    tails = [50 * (1 - level), 50 * (1 + level)]
    measures = {"precision": precision, "recall": recall, "f1": f1}
    return {
        name: (float(low), float(high))
        for name, values in measures.items()
        if np.isfinite(values).any()
        for low, high in [np.percentile(values[np.isfinite(values)], tails)]
    }


def share(values: Sequence[bool | None]) -> tuple[float | None, int]:
    """Share of true among those that are not None, and how many these are."""
    given = [value for value in values if value is not None]
    return (sum(given) / len(given) if given else None), len(given)
