"""The page in a real browser, where one is installed; the other tests need none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from dateline.exports.report.page import write_report
from dateline.exports.source import open_run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --virtual-time-budget=3000 --dump-dom"
).split()
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def dom(run: Path, tmp_path: Path) -> str:
    out = tmp_path / "report.html"
    write_report(open_run(run), out)
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", out.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


@needs_browser
def test_lists_are_drawn_and_offsets_count_code_points(story: Path, tmp_path: Path) -> None:
    found = dom(story, tmp_path)
    assert found.count("<tr data-event=") == 2
    assert '<mark class="actor" tabindex="0">its men</mark>' in found  # after an emoji
    assert '<mark class="source" tabindex="0">The militia</mark>' in found
    assert 'href="https://example.org/a/1"' in found
    assert "javascript:alert(1)" in found
    assert 'href="javascript' not in found
    assert found.count('class="case"') == 1
    assert found.count('class="account against"') == 1


@needs_browser
def test_hostile_texts_stay_texts(invented: Any, tmp_path: Path) -> None:
    payload = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    found = dom(invented.write_run(tmp_path / "run", invented.hostile(payload)), tmp_path)
    assert "<title>Conflict events: run</title>" in found
    assert "<img" not in found.split('id="data"')[0]
    assert found.count("<tr data-event=") == 2
