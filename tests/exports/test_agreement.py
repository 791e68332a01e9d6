"""Published examples and hand-worked figures; the functions were also compared with two packages when written."""

from __future__ import annotations

import pytest
from dateline.exports.evaluation.agreement import alpha, kappa, percent

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = list(zip(*OBSERVERS, strict=True))


@pytest.mark.parametrize(("level", "want"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_published_example(level: str, want: float) -> None:
    assert alpha(UNITS, level) == pytest.approx(want, abs=0.0006)  # type: ignore[arg-type]


def test_alpha_of_the_published_binary_example() -> None:
    # the same paper, section A: two observers, ten units, alpha .095
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.0006)


def test_alpha_at_its_ends() -> None:
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    worse = alpha([("a", "b"), ("b", "a")])
    assert worse is not None
    assert worse < 0
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([("a", None), (None, "b")]) is None
    assert alpha([]) is None


def test_missing_values_do_not_count() -> None:
    units = [("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]
    assert alpha([*units, ("a", None), (None, None)]) == alpha(units)


def test_kappa_worked_by_hand() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .70, expected .50
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert percent(pairs) == pytest.approx(0.7)
    assert kappa([*pairs, ("y", None)]) == pytest.approx(0.4)
    assert kappa([("y", "y")]) is None
    assert kappa([]) is None
