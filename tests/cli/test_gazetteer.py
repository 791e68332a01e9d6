from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from dateline.cli.gazetteer import command
from dateline.errors import DatelineError


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


OVERLAY = "name,country,latitude,longitude,admin1\nKafr Tulul,Syria,35.42,36.61,Idlib\n"


def test_info_tells_source_licence_and_version() -> None:
    result = run("info")
    assert result.exit_code == 0
    for expected in ("GeoNames", "CC BY 4.0", "creativecommons.org/licenses/by/4.0", "version", "checksum    right"):
        assert expected in result.output


def test_lookup_shows_places_in_order() -> None:
    result = run("lookup", "tripoli", "--country", "Lebanon")
    assert result.exit_code == 0
    assert result.output.startswith("Tripoli  PPLA  Ash Shimal, Lebanon  34.4")
    assert "Libya" not in result.output
    many = run("lookup", "Springfield", "--limit", 2)
    assert len(many.output.splitlines()) == 3 and "more" in many.output


def test_lookup_of_nothing() -> None:
    result = run("lookup", "Qqqqq")
    assert result.exit_code == 1 and "gazetteer add" in result.output
    assert run("lookup", "Homs", "--country", "Atlantis").exit_code == 2


def test_add_then_use(tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    result = run("add", text(tmp_path / "o.csv", OVERLAY), "-o", mine)
    assert (result.exit_code, result.output) == (0, f"1 places added -> {mine}\n")
    assert "Kafr Tulul  PPL  Idlib, Syria" in run("lookup", "kafr tulul", "--gazetteer", mine).output
    assert "o.csv" in run("info", mine).output


def test_a_bad_overlay_leaves_nothing(tmp_path: Path) -> None:
    result = run("add", text(tmp_path / "o.csv", OVERLAY.replace("Syria", "Atlantis")), "-o", tmp_path / "new" / "g")
    assert isinstance(result.exception, DatelineError)
    assert "o.csv:2: country" in str(result.exception)
    assert not (tmp_path / "new").exists()


def test_learn_reports_what_it_did(tmp_path: Path) -> None:
    events = (
        "location,admin1,country,latitude,longitude,geo_precision\n"
        "Kafr Tulul,Idlib,Syria,35.42,36.61,1\nHoms,Homs,Syria,34.73,36.72,1\nHoms,Homs,Syria,34.7,36.7,2\n"
    )
    mine = tmp_path / "mine.sqlite"
    result = run("learn", text(tmp_path / "e.csv", events), "-o", mine)
    assert result.exit_code == 0
    assert "3 events: 1 places learnt, 1 known already, 1 events with geo_precision 2 or 3" in result.output
    broken = run("learn", text(tmp_path / "e.csv", events + "X,,Nowhere,1,2,1\n"), "-o", mine)
    assert broken.exit_code == 1 and "e.csv:5: country" in broken.output


def test_build(tmp_path: Path) -> None:
    cells = [93, "Kafr Invented", "Kafr Invented", "", 35.5, 36.5, "P", "PPL", "SY", "", "12", "", "", "", 400]
    line = "\t".join(map(str, [*cells, "", 300, "Asia/Damascus", "2024-01-01"])) + "\n"
    mine = tmp_path / "mine.sqlite"
    result = run("build", "--geonames", text(tmp_path / "SY.txt", line), "--only", "-o", mine)
    assert result.exit_code == 0 and "1 rows read" in result.output
    assert "Kafr Invented" in run("lookup", "Kafr Invented", "--gazetteer", mine).output
    cut = run("build", "--geonames", text(tmp_path / "SY.txt", line + "94\tKafr"), "-o", tmp_path / "other.sqlite")
    assert isinstance(cut.exception, DatelineError) and "SY.txt:2: 2 columns" in str(cut.exception)
    assert not (tmp_path / "other.sqlite").exists()


@pytest.mark.parametrize("arguments", [["build", "-o", "x"], ["add", "nowhere.csv", "-o", "x"], ["lookup"]])
def test_usage(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
