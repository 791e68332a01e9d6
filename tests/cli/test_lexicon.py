"""``dateline lexicon check``, and runs with a user's own dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from dateline.cli.versions import fingerprint, versions
from dateline.coder.lexicon_check import MODELS, check_lexicons

ACTORS = "name,inter,home,countries,from,to,aliases,local_aliases\n"


def overlay(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def test_the_shipped_dictionaries_have_no_errors() -> None:
    assert [str(finding) for finding in check_lexicons() if finding.severity == "error"] == []


def test_a_sound_overlay_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = overlay(tmp_path / "own", actors=f"{ACTORS}Sahel River Guard,Political militia,MLI,MLI,2019,,River Guard,\n")
    assert run(["lexicon", "check", own], capsys) == (0, "0 errors, 0 warnings\n", "")


@pytest.mark.parametrize(
    ("file", "text", "line", "severity", "words"),
    [
        ("actors", f"{ACTORS}A Front,Rebel group,MLI,XQZ,,,,\n", 2, "error", "countries: 'XQZ' is no ISO 3166 country"),
        ("actors", f"{ACTORS}A Front,Rebels,MLI,MLI,,,,\n", 2, "error", "inter: "),
        ("actors", f"{ACTORS}A Front,Rebel group,MLI,MLI,2019-13-01,,,\n", 2, "error", "from: "),
        ("actors", f"{ACTORS}A Front,Rebel group,MLI,MLI,2019,2015,,\n", 2, "error", "before it starts"),
        ("actors", f"{ACTORS}A Front,Rebel group,MLI,MLI,,,…,\n", 2, "error", "no word to be found by"),
        ("actors", f"{ACTORS}A Front,Rebel group,MLI,MLI,,,,,extra\n", 2, "error", "more cells"),
        (
            "actors",
            f"{ACTORS}A Front,Rebel group,MLI,MLI,2012,2016,Hill Men,\nB Front,Rebel group,MLI,MLI|NER,2016,,Hill Men,\n",
            3,
            "warning",
            "'hill men' is also 'A Front'",
        ),
        ("agents", "noun,class\nbargeman,boatpeople\n", 2, "error", "'boatpeople' is no class of agent_classes.csv"),
        ("agents", "noun,class\nbargeman,civilian\nferry-man,civilian\nferry men,rebel\n", 3, "error", "line 4 is the"),
        ("claim_cues", "cue,pos,frames,claim_type,negated\nmoot,verb,np,report,gossip\n", 2, "error", "'gossip' is no"),
        ("camps_hostile", "conflict,camp,hostile\nSyria,government,martians\n", 2, "error", "'martians' is no camp"),
        ("agnets", "noun,class\nbargeman,civilian\n", 1, "error", "no dictionary has this name"),
        ("instruments", "words,class\nslingshot,melee\nslingshot,melee\n", 3, "warning", "says the same as"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, line: int, severity: str, words: str
) -> None:
    own = overlay(tmp_path / "own", **{file: text})
    code, out, _ = run(["lexicon", "check", own], capsys)
    lines = out.splitlines()
    assert code == (severity == "error")
    matching = [told for told in lines if told.startswith(f"{own / file}.csv:{line}: {severity}: ") and words in told]
    assert len(matching) == 1, lines


def test_all_bad_lines_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "A Front,Rebels,MLI,MLI,,,,\nB Front,Rebel group,MLI,MLI,,,,\nC Front,Rebels,MLI,MLI,,,,\n"
    own = overlay(tmp_path / "own", actors=ACTORS + rows, agents="noun,colour\nbargeman,red\n")
    code, out, _ = run(["lexicon", "check", own], capsys)
    lines = out.splitlines()
    assert code == 1
    assert [told.split(": ")[0].rsplit("/")[-1] for told in lines[:-1]] == [
        "actors.csv:2",
        "actors.csv:4",
        "agents.csv:2",
    ]


def test_names_at_different_times_or_in_different_countries_do_not_collide(tmp_path: Path) -> None:
    rows = (
        "A Front,Rebel group,MLI,MLI,2012,2015,Hill Men,\n"
        "B Front,Rebel group,MLI,MLI,2016,,Hill Men,\n"
        "C Front,Rebel group,PER,PER,2012,,Hill Men,\n"
    )
    assert check_lexicons([overlay(tmp_path / "own", actors=ACTORS + rows)]) == []


def test_every_overlaid_dictionary_is_checked() -> None:
    """An overlay file that some step reads, but that the check does not know, would be called unknown."""
    package = Path(versions.__code__.co_filename).parents[1] / "coder"
    shipped = {path.stem for folder in ("lexicons", "tables") for path in (package / folder).glob("*.csv")}
    inner = {"casing_words", "function_words", "notes"}  # read without overlays
    assert shipped - inner == set(MODELS)


def test_own_dictionaries_are_part_of_the_rule_set(tmp_path: Path) -> None:
    own = overlay(tmp_path / "own", actors=f"{ACTORS}A Front,Rebel group,MLI,MLI,,,,\n")
    first = versions([own])["ruleset"]
    assert first != versions()["ruleset"]
    overlay(own, actors=f"{ACTORS}A Front,Rebel group,MLI,MLI,2012,,,\n")
    assert versions([own])["ruleset"] not in (first, versions()["ruleset"])


def test_a_gazetteer_that_was_made_anew_is_another_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.gz"
    path.write_bytes(b"one")
    before = fingerprint(path)
    path.write_bytes(b"two")
    assert fingerprint(path) != before
    assert before.startswith("mine.gz ")
