"""Drop a file into fixtures/valid or fixtures/invalid/<error-code>, and it is tested here."""

from __future__ import annotations

import sys
from pathlib import Path

import dateline
import pytest
from dateline.schema.report import Report, codes
from dateline.schema.versions import kept_versions

FIXTURES = Path(__file__).parents[2] / "fixtures"
VALID = sorted((FIXTURES / "valid").iterdir())
INVALID = sorted(path for folder in (FIXTURES / "invalid").iterdir() for path in folder.iterdir())
# Codes that cannot stand alone: what else the files of this folder may show.
BESIDE = {"ambiguous-date": {"old-date"}, "interaction": {"old-value"}, "wrong-type": {"other-encoding"}}


def verdict(path: Path) -> Report:
    return dateline.validate(path, form="acled" if ".acled." in path.name else "dateline")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_valid(path: Path) -> None:
    report = verdict(path)
    assert report.exit_code == 0, str(report)
    assert all(problem.level == "warning" for problem in report.problems)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_invalid(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = codes()[path.parent.name]
    if code.code == "missing-extra":
        monkeypatch.setitem(sys.modules, "fastexcel", None)
    report = verdict(path)
    assert code.code in report.counts, str(report)
    assert set(report.counts) <= {code.code} | BESIDE.get(code.code, set()), str(report)
    assert report.exit_code == code.exit_code
    for problem in report.problems:
        assert problem.message and problem.remedy and "{" not in problem.message.split("expected")[0]


def test_every_code_has_a_fixture() -> None:
    assert {path.parent.name for path in INVALID} == set(codes())


def test_a_run_of_every_kept_version_is_kept_and_valid() -> None:
    runs = {path.name[1:] for path in VALID if path.is_dir() and path.name.startswith("v")}
    assert runs == set(kept_versions())
