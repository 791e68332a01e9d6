"""Pydantic is asked about what fails; where it disagrees, the error is loud."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import dateline
import dateline.schema.engine as engine
import polars as pl
import pytest
from dateline.cli import main
from dateline.schema import sample
from dateline.schema.checks import Check, model_checks
from dateline.schema.engine import Batch, Findings, InternalError, run, shown, spot_check, table_tests
from dateline.schema.fields import Record
from dateline.schema.kinds import DerivationError, columns, take_apart
from pydantic import AfterValidator, Field, field_validator


def test_a_check_that_fails_what_pydantic_passes_is_an_internal_error() -> None:
    frame = sample("places", 20, 1)
    test = engine.Test("range", "score", pl.col("score") >= 0, "nothing", dateline.schema.TABLES["places"])
    with pytest.raises(InternalError, match=r"Place\.score"):
        run(Batch(frame), [test], Findings("places", 5))


def test_a_check_that_passes_what_pydantic_fails_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = sample("places", 20, 1).with_columns(score=pl.lit(2.0))
    monkeypatch.setattr(engine, "failing", lambda table: pl.lit(False))
    with pytest.raises(InternalError, match="differ on a row"):
        spot_check(Batch(frame), "places")


def test_an_internal_error_ends_the_command_with_70(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "places.parquet"
    sample("places", 5, 1).write_parquet(path)
    wrong = Check("score", "range", pl.col("score") >= 0, "nothing")
    monkeypatch.setattr(engine, "checks", lambda table: iter([wrong]))
    engine._tests.cache_clear()
    try:
        with pytest.raises(SystemExit) as stop:
            main(["validate", str(path)])
    finally:
        engine._tests.cache_clear()
    assert stop.value.code == 70
    assert "internal error" in capsys.readouterr().err


def test_places_are_limited_and_all_are_counted() -> None:
    frame = sample("places", 500, 1).with_columns(score=pl.lit(2.0))
    findings = Findings("places", 7)
    for first in (0, 250):
        run(Batch(frame.slice(first, 250), first), table_tests("places", frame.columns), findings)
    (problem,) = findings.problems()
    assert (problem.code, problem.count, findings.rows) == ("range", 500, 500)
    assert [example.row for example in problem.examples] == list(range(7))
    assert problem.examples[0].detail == "Input should be less than or equal to 1"


@pytest.mark.parametrize(
    "annotation",
    [int | str, Annotated[str, AfterValidator(str.strip)], Annotated[int, Field(multiple_of=3)], dict[str, int],
     Annotated[int, Field(gt=3)], complex, list[int | str]],
)  # fmt: skip
def test_what_cannot_be_derived_raises(annotation: object) -> None:
    with pytest.raises(DerivationError):
        take_apart(annotation)


def test_constraints_and_validators_of_a_model_that_cannot_be_derived_raise() -> None:
    class Stepped(Record):
        n: int = Field(multiple_of=3)

    class Checked(Record):
        n: int

        @field_validator("n")
        @classmethod
        def _odd(cls, value: int) -> int:
            return value

    for model in (Stepped, Checked):
        with pytest.raises(DerivationError):
            list(model_checks(model))


def test_a_constraint_given_at_the_column_is_derived() -> None:
    class Bounded(Record):
        n: int = Field(ge=3)

    assert [(c.code, c.expected) for c in model_checks(Bounded)][-1] == ("range", "at least 3")
    assert len(columns(Bounded)[0][1].constraints) == 1


@pytest.mark.parametrize("text", ["a\x1b[31mred", "two\nlines", "\u202etxt.exe", "x" * 500, "::error::x\r\n"])
def test_shown_values_hold_nothing_that_a_terminal_obeys(text: str) -> None:
    assert shown(text).isprintable()
    assert len(shown(text)) <= 80
