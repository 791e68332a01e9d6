"""The assignment problem: pair two lists one to one so that the scores add up to the most (Hungarian method).

Exact, by shortest augmenting paths with potentials (Kuhn, Munkres; the form of Jonker and Volgenant), in
O(n³) per connected part of the graph of candidates. Parts are small in practice, because candidates lie close in
time and space.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]


def assign(scores: Mapping[Pair, float]) -> list[Pair]:
    """The one-to-one pairs with the highest sum of scores.

    Args:
        scores: candidate pairs (left, right) with scores above 0; other pairs are not allowed.

    Returns:
        The chosen pairs, sorted.
    """
    chosen: list[Pair] = []
    for pairs in _parts(scores):
        left = sorted({a for a, _ in pairs})
        right = sorted({b for _, b in pairs})
        if len(pairs) == 1:
            chosen += pairs
            continue
        table = np.zeros((len(left), len(right)))
        rows, columns = {a: k for k, a in enumerate(left)}, {b: k for k, b in enumerate(right)}
        for a, b in pairs:
            table[rows[a], columns[b]] = scores[a, b]
        chosen += [(left[i], right[j]) for i, j in best_pairs(table) if table[i, j] > 0]
    return sorted(chosen)


def _parts(scores: Mapping[Pair, float]) -> list[list[Pair]]:
    """The candidates by connected part of their graph."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in scores:
        parent[root((0, a))] = root((1, b))
    parts: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for a, b in sorted(scores):
        parts[root((0, a))].append((a, b))
    return list(parts.values())


def best_pairs(table: NDArray[np.float64]) -> list[Pair]:
    """The assignment of rows to columns of a full table with the highest sum; min(rows, columns) pairs."""
    if table.shape[0] > table.shape[1]:
        return sorted((i, j) for j, i in best_pairs(table.T))
    cost = table.max(initial=0.0) - table
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    owner = np.zeros(m + 1, dtype=int)  # the row (from 1) that holds each column (from 1); 0 is nobody
    for row in range(1, n + 1):
        way = _search(cost, row, u, v, owner)
        column = way[0]
        while column:  # flip the augmenting path back to the start
            owner[column] = owner[way[1][column]]
            column = way[1][column]
    return sorted((int(owner[j]) - 1, j - 1) for j in range(1, m + 1) if owner[j])


def _search(
    cost: NDArray[np.float64], row: int, u: NDArray[np.float64], v: NDArray[np.float64], owner: NDArray[np.int_]
) -> tuple[int, NDArray[np.int_]]:
    """A shortest augmenting path from a row: its free column and each column's predecessor; potentials change."""
    m = cost.shape[1]
    owner[0] = row
    least = np.full(m + 1, np.inf)
    before = np.zeros(m + 1, dtype=int)
    used = np.zeros(m + 1, dtype=bool)
    column = 0
    while owner[column]:
        used[column] = True
        reduced = cost[owner[column] - 1] - u[owner[column]] - v[1:]
        better = ~used[1:] & (reduced < least[1:])
        least[1:][better] = reduced[better]
        before[1:][better] = column
        free = np.where(used, np.inf, least)
        free[0] = np.inf
        column_next = int(free.argmin())
        step = free[column_next]
        u[owner[used]] += step
        v[used] -= step
        least[~used] -= step
        column = column_next
    return column, before
