from __future__ import annotations

from pathlib import Path

import pytest
from commands import run


def test_report_writes_one_file(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(["report", story], capsys)
    assert (code, err) == (0, "")
    assert Path(out.strip()) == story.with_name("run.html")
    named = tmp_path / "deep" / "page.html"
    assert run(["report", story, "-o", named, "--title", "A <title>", "--quiet"], capsys) == (0, "", "")
    assert "<title>A &lt;title&gt;</title>" in named.read_text("utf-8")
    assert [p.name for p in named.parent.iterdir()] == ["page.html"]


def test_exit_codes(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", tmp_path / "none"], capsys)[0] == 4
    assert run(["report", story, "-o", tmp_path], capsys)[0] == 2
    (story / "claims.parquet").unlink()
    code, _, err = run(["report", story], capsys)
    assert code == 1
    assert "claims" in err


def test_help_names_the_three_commands(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(["--help"], capsys)
    for name in ("export", "report", "evaluate"):
        assert f"\n  {name}" in out
        assert run([name, "--help"], capsys)[0] == 0
