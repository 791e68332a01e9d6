"""Vectorised checks, derived from the models and equal to what Pydantic checks row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import annotated_types as at
import polars as pl
from pydantic import BaseModel

from .fields import Vocabulary
from .kinds import DerivationError, Kind, columns
from .tables import TABLES
from .vocabulary import load_vocabulary


@dataclass(frozen=True)
class Check:
    """A vectorised check: ``bad`` is true where the value is wrong, else false or null.

    ``gate``, where there is one, is true wherever any check of the elements of the list is: one look instead of many.
    """

    column: str
    code: str
    bad: pl.Expr
    expected: str
    gate: pl.Expr | None = None


def checks(table: str) -> Iterator[Check]:
    """The checks of a table's columns.

    Args:
        table: one of ``TABLES``.

    Raises:
        DerivationError: an annotation of the model cannot be derived.
    """
    return model_checks(TABLES[table])


def model_checks(model: type[BaseModel]) -> Iterator[Check]:
    """The checks of a model's columns."""
    for name, kind, _ in columns(model):
        if kind.element:
            inner = pl.any_horizontal(bad.fill_null(False) for _, bad, _ in _bad(pl.element(), kind.element))
            gate = pl.col(name).list.eval(inner).list.any()
            for code, bad, expected in _own(pl.col(name), kind):
                yield Check(name, code, bad, expected)
            for code, bad, expected in _elements(pl.col(name), kind.element):
                yield Check(name, code, bad, expected, gate)
            continue
        for code, bad, expected in _bad(pl.col(name), kind):
            yield Check(name, code, bad, expected)


def length(text: pl.Expr) -> pl.Expr:
    """The length of a text in code points: what offsets and Pydantic count. Never bytes."""
    return text.str.len_chars()


def _bad(value: pl.Expr, kind: Kind) -> Iterator[tuple[str, pl.Expr, str]]:
    yield from _own(value, kind)
    if kind.element:
        yield from _elements(value, kind.element)
    elif kind.model:
        for name, inner, _ in columns(kind.model):
            for code, bad, expected in _bad(value.struct.field(name), inner):
                yield code, value.is_not_null() & bad, f"{name}: {expected}"


def _own(value: pl.Expr, kind: Kind) -> Iterator[tuple[str, pl.Expr, str]]:
    if not kind.nullable:
        yield "null", value.is_null(), "a value; null is not allowed"
    if kind.base is float:
        yield "range", ~value.is_finite(), "a finite number"
    for constraint in kind.constraints:
        yield _constraint(value, constraint, kind)


def _elements(value: pl.Expr, element: Kind) -> Iterator[tuple[str, pl.Expr, str]]:
    for code, bad, expected in _bad(pl.element(), element):
        yield code, value.list.eval(bad.fill_null(False)).list.any(), f"in each element: {expected}"


def _constraint(value: pl.Expr, constraint: Any, kind: Kind) -> tuple[str, pl.Expr, str]:
    if isinstance(constraint, Vocabulary):
        terms = list(load_vocabulary(constraint.name))
        shown = ", ".join(terms) if len(terms) <= 12 else f"one of the {len(terms)} values of {constraint.name}"
        return "vocabulary", ~value.is_in(terms), shown
    if isinstance(constraint, at.Ge):
        return "range", value < pl.lit(constraint.ge), f"at least {constraint.ge}"
    if isinstance(constraint, at.Le):
        return "range", value > pl.lit(constraint.le), f"at most {constraint.le}"
    if isinstance(constraint, at.MinLen | at.MaxLen):
        return _length(value, constraint, kind)
    if kind.base is str and getattr(constraint, "pattern", None):
        return "pattern", ~value.str.contains(constraint.pattern), f"a text like {constraint.pattern}"
    raise DerivationError(f"constraint {constraint!r} of {kind.base} cannot be derived")


def _length(value: pl.Expr, constraint: at.MinLen | at.MaxLen, kind: Kind) -> tuple[str, pl.Expr, str]:
    size = length(value) if kind.base is str else value.list.len()
    what = "code points" if kind.base is str else "elements"
    if isinstance(constraint, at.MaxLen):
        return "length", size > constraint.max_length, f"at most {constraint.max_length} {what}"
    if kind.base is str and constraint.min_length == 1:
        return "empty", value == "", "a text that is not empty; use null"
    return "length", size < constraint.min_length, f"at least {constraint.min_length} {what}"
