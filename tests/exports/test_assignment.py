from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from dateline.exports.evaluation.assignment import assign, best_pairs
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays


def best_by_force(table: np.ndarray) -> float:
    n, m = table.shape
    if n > m:
        return best_by_force(table.T)
    return max(float(sum(table[i, j] for i, j in enumerate(order))) for order in permutations(range(m), n))


SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 5))
VALUES = st.integers(0, 20).map(lambda k: k / 20)


@settings(max_examples=80, deadline=None)
@given(SHAPES.flatmap(lambda shape: arrays(np.float64, shape, elements=VALUES)))
def test_no_other_assignment_is_better(table: np.ndarray) -> None:
    pairs = best_pairs(table)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs) == min(table.shape)
    assert sum(table[i, j] for i, j in pairs) == pytest.approx(best_by_force(table))


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 20).map(lambda k: k / 20)))
def test_only_candidates_are_paired_and_the_sum_is_best(scores: dict[tuple[int, int], float]) -> None:
    pairs = assign(scores)
    table = np.zeros((5, 5))
    for pair, score in scores.items():
        table[pair] = score
    assert set(pairs) <= set(scores)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert sum(scores[p] for p in pairs) == pytest.approx(best_by_force(table))


def test_taking_the_best_pair_first_would_be_wrong() -> None:
    scores = {(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}
    assert assign(scores) == [(0, 1), (1, 0)]


def test_nothing_gives_nothing() -> None:
    assert assign({}) == []
