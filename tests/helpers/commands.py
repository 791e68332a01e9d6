"""Commands as a user would type them, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from dateline.cli import main


def run(arguments: Sequence[str | Path], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    capsys.readouterr()
    code = 0
    try:
        main([str(a) for a in arguments])
    except SystemExit as stop:
        code = int(stop.code or 0) if not isinstance(stop.code, str) else 1
    out = capsys.readouterr()
    return code, out.out, out.err
