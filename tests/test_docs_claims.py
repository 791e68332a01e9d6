"""The examples of docs/claims.md run, in their order, on the fixture articles."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


@pytest.fixture(scope="module")
def blocks(root: Path) -> list[tuple[str, str]]:
    return BLOCK.findall((root / "docs" / "claims.md").read_text("utf-8"))


def test_every_example_runs(blocks: list[tuple[str, str]], root: Path, tmp_path: Path) -> None:
    (tmp_path / "fixtures").symlink_to(root / "fixtures")
    commands = [line.removeprefix("$ ") for kind, code in blocks if kind == "console" for line in code.splitlines()]
    assert commands
    for command in commands:
        arguments = [sys.executable, "-m", "dateline", *shlex.split(command)[1:]]
        result = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr[-1500:]
    script = "\n".join(code for kind, code in blocks if kind == "python")
    result = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-1500:]
    assert result.stdout.count("shape: (") == 5
    assert "shape: (0" not in result.stdout, result.stdout  # no example comes out empty
    assert " > " in result.stdout


def test_the_columns_exist(root: Path) -> None:
    text = (root / "docs" / "claims.md").read_text("utf-8")
    table = text[text.index("| field |") : text.index("Three things")]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for cell in first for name in re.findall(r"`(\w+)`", cell)}
    from dateline.schema.claim import Claim

    assert named <= set(Claim.model_fields)
