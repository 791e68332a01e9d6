"""``dateline validate`` as a user, a pipeline and a code host see it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import dateline
import jsonschema
import polars as pl
import pytest
from commands import run
from dateline.schema import sample
from dateline.schema.report import REPORT_VERSION, report_schema

FIXTURES = Path(__file__).parents[2] / "fixtures"
EVIL = "<script>alert(1)</script>::error::x,%\r\n::set-output name=a::b\x1b[31m]]>"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Two kinds of error, ten and one; a hostile value; a warning."""
    path = tmp_path / "places.ndjson"
    frame = sample("places", 20, 1).with_columns(
        score=pl.when(pl.int_range(pl.len()) < 10).then(2.0).otherwise("score"),
        role=pl.when(pl.int_range(pl.len()) == 19).then(pl.lit(EVIL)).otherwise("role"),
    )
    frame.write_ndjson(path)
    return path


@pytest.mark.parametrize(
    ("name", "code"),
    [("valid/claims.ndjson", 0), ("valid/v0.1.0", 0), ("valid/claims.pandas.parquet", 0), ("invalid/year/events.ndjson", 1),
     ("invalid/dangling-id/run", 1), ("invalid/missing-table/run", 1), ("invalid/unknown-table/data.csv", 2),
     ("invalid/unknown-format/claims.rds", 2), ("invalid/newer-schema/places.parquet", 3),
     ("invalid/bad-version/places.parquet", 3), ("invalid/unreadable/claims.cut_short.parquet", 4), ("nothing.csv", 4),
     ("nothing.parquet", 4), ("nothing.ndjson", 4)],
)  # fmt: skip
def test_exit_codes(name: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    found, out, err = run(
        ["validate", FIXTURES / name, *(["--table", "claims"] if name.startswith("nothing") else [])], capsys
    )
    assert (found, err) == (code, ""), out
    assert "Traceback" not in out


def test_usage_errors_end_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["validate"], ["validate", "x", "-o", "pdf"], ["validate", "x", "--select", "no-such-code"],
                      ["validate", "x", "--max-errors", "0"], ["validate", "x", "--as", "ucdp"]):  # fmt: skip
        code, _, err = run(arguments, capsys)
        assert code == 2
        assert "Error:" in err


def test_the_gravest_file_gives_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        FIXTURES / "valid/claims.ndjson",
        FIXTURES / "invalid/year/events.ndjson",
        FIXTURES / "invalid/unreadable/claims.not_parquet.parquet",
    ]
    code, out, _ = run(["validate", *files], capsys)
    assert code == 4
    assert out.splitlines()[-1].startswith("3 files, 7 rows: ")


def test_text_groups_counts_and_shows_the_first(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["validate", bad], capsys)
    assert code == 1
    assert "11 errors in 20 rows" in out
    assert "range [score]: out of range: expected at most 1.0 (10 times)" in out
    assert "line 1: 2.0" in out and "... and 7 more" in out
    assert "remedy:" in out
    assert "\x1b" not in out and "\r" not in out


def test_json_is_of_its_published_form(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        ["validate", bad, FIXTURES / "invalid/unreadable/claims.not_parquet.parquet", "-o", "json"], capsys
    )
    report = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(report_schema())
    jsonschema.Draft202012Validator(report_schema()).validate(report)
    assert (code, report["exit_code"], report["version"]) == (4, 4, REPORT_VERSION)
    problem = report["files"][0]["problems"][0]
    assert (problem["code"], problem["count"], len(problem["examples"])) == ("range", 10, 10)
    assert problem["examples"][0] == {
        "row": 0, "line": 1, "value": "2.0", "detail": "Input should be less than or equal to 1",
    }  # fmt: skip


def test_max_errors_limits_places_and_not_counts(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["validate", bad, "-o", "json", "--max-errors", "2"], capsys)
    problem = json.loads(out)["files"][0]["problems"][0]
    assert (problem["count"], len(problem["examples"])) == (10, 2)


def test_select_and_ignore(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def codes(*options: str) -> tuple[int, set[str]]:
        code, out, _ = run(["validate", bad, "-o", "json", *options], capsys)
        return code, {p["code"] for p in json.loads(out)["files"][0]["problems"]}

    assert codes() == (1, {"range", "vocabulary"})
    assert codes("--select", "range") == (1, {"range"})
    assert codes("--ignore", "range") == (1, {"vocabulary"})
    assert codes("--ignore", "range,vocabulary") == (0, set())
    assert codes("--select", "null") == (0, set())
    cut = FIXTURES / "invalid/unreadable/claims.cut_short.parquet"
    assert run(["validate", cut, "--ignore", "unreadable"], capsys)[0] == 4, "what cannot be read is never valid"


def test_github_annotations_by_themselves_and_without_injection(
    bad: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    code, out, _ = run(["validate", bad], capsys)
    assert code == 1
    lines = out.splitlines()
    assert len(lines) == 12
    assert all(line.startswith("::error file=") for line in lines[:-1])
    assert ",line=1,title=dateline range::places.score: out of range" in lines[0]
    assert not any(line.startswith("::set-output") for line in lines)
    assert "%25" in lines[10]
    assert run(["validate", bad, "-o", "text"], capsys)[1].startswith(str(bad))


def test_sarif(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["validate", bad, FIXTURES / "valid/claims.pandas.parquet", "-o", "sarif"], capsys)
    sarif = json.loads(out)
    assert sarif["version"] == "2.1.0"
    (done,) = sarif["runs"]
    rules = {rule["id"] for rule in done["tool"]["driver"]["rules"]}
    assert rules == {"range", "vocabulary", "other-encoding"}
    assert {result["ruleId"] for result in done["results"]} == rules
    assert {result["level"] for result in done["results"]} == {"error", "warning"}
    first = done["results"][0]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "places.score"
    assert first["message"]["text"]


def test_junit(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["validate", bad, FIXTURES / "valid/claims.ndjson", "-o", "junit"], capsys)
    suites = ET.fromstring(out).findall("testsuite")
    assert [(s.get("tests"), s.get("failures")) for s in suites] == [("2", "2"), ("1", "0")]
    failures = suites[0].findall("testcase/failure")
    assert [failure.get("type") for failure in failures] == ["range", "vocabulary"]
    assert "line 20" in (failures[1].text or "")


def test_the_notebook_form_escapes_what_files_hold(bad: Path) -> None:
    page = dateline.validate(bad)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<strong>invalid</strong>" in page
    ET.fromstring(f"<div>{page}</div>")


def test_a_hostile_file_name_is_only_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "places\n::error::x <b>.ndjson"
    path.write_text("{}\n")
    for form in ("text", "github", "junit", "sarif", "json"):
        code, out, _ = run(["validate", path, "--table", "places", "-o", form], capsys)
        assert code == 1
        assert "\n::error::x" not in out
    ET.fromstring(run(["validate", path, "--table", "places", "-o", "junit"], capsys)[1])
    assert "<b>" not in dateline.validate(path, table="places")._repr_html_()


def test_acled_files(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(["validate", "--as", "acled", FIXTURES / "valid/of_2017.acled.csv"], capsys)
    assert code == 0
    assert "valid, 14 rows" in out
    assert "number codes" in out and "like 13-May-24" in out
    code, out, _ = run(["validate", "--as", "acled", FIXTURES / "invalid/country-name/names.acled.csv"], capsys)
    assert code == 1
    assert "Democratic Republic of the Congo" in out
    code, out, _ = run(["validate", "--as", "acled", FIXTURES / "valid"], capsys)
    assert code == 4
    assert "folder" in out
