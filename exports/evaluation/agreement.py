"""Agreement of coders beyond chance: Krippendorff's alpha and Cohen's kappa (CODEBOOK section 5).

Alpha follows Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": observed over expected
disagreement from the matrix of coincidences, any number of coders, missing values left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import permutations
from typing import Any, Literal

Level = Literal["nominal", "ordinal", "interval"]
Coincidences = dict[tuple[Any, Any], float]


def alpha(units: Sequence[Sequence[Any]], level: Level = "nominal") -> float | None:
    """Krippendorff's alpha.

    Args:
        units: for each unit the coders' values; None is missing. Units with fewer than two values do not count.
        level: of measurement. Ordinal and interval values must be comparable and, for interval, numbers.

    Returns:
        1 for perfect agreement, 0 for chance, below 0 for worse; None when no unit can be compared, or when all
        values are the same, so that nothing can be told from chance.
    """
    table = _coincidences(units)
    margins: Counter[Any] = Counter()
    for (value, _), weight in table.items():
        margins[value] += weight  # type: ignore[assignment]
    n = sum(margins.values())
    if n < 2:
        return None
    distance = _distance(level, margins)
    observed = sum(weight * distance(a, b) for (a, b), weight in table.items())
    expected = sum(margins[a] * margins[b] * distance(a, b) for a in margins for b in margins) / (n - 1)
    return 1 - observed / expected if expected else None


def _coincidences(units: Sequence[Sequence[Any]]) -> Coincidences:
    table: Coincidences = defaultdict(float)
    for values in units:
        given = [value for value in values if value is not None]
        for a, b in permutations(given, 2):
            table[a, b] += 1 / (len(given) - 1)
    return table


def _distance(level: Level, margins: Counter[Any]) -> Callable[[Any, Any], float]:
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: float(a - b) ** 2
    below: dict[Any, float] = {}
    total = 0.0
    for value in sorted(margins):
        below[value] = total + margins[value] / 2  # the middle of the value's ranks
        total += margins[value]
    return lambda a, b: (below[a] - below[b]) ** 2


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders.

    Args:
        pairs: both values of each unit; units where one is None do not count.

    Returns:
        1 for perfect agreement, 0 for chance; None when nothing can be compared, or both always say the same one
        value.
    """
    given = [(a, b) for a, b in pairs if a is not None and b is not None]
    if not given:
        return None
    n = len(given)
    first, second = Counter(a for a, _ in given), Counter(b for _, b in given)
    observed = sum(a == b for a, b in given) / n
    expected = sum(first[value] * second[value] for value in first) / n**2
    return (observed - expected) / (1 - expected) if expected < 1 else None


def percent(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Share of units with the same value; not to be reported alone."""
    given = [(a, b) for a, b in pairs if a is not None and b is not None]
    return sum(a == b for a, b in given) / len(given) if given else None
