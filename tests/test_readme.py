"""Every example in the README runs, in its order, in one folder."""

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
    return BLOCK.findall((root / "README.md").read_text("utf-8"))


def test_every_example_runs(blocks: list[tuple[str, str]], root: Path, tmp_path: Path) -> None:
    (tmp_path / "fixtures").symlink_to(root / "fixtures")
    ran = 0
    for language, code in blocks:
        if language == "console":
            for line in code.splitlines():
                prompt, _, command = line.partition(" ")
                assert (prompt, command.split()[0]) == ("$", "dateline")
                arguments = [sys.executable, "-m", "dateline", *shlex.split(command)[1:]]
                result = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True)
                assert result.returncode == 0, f"{command}\n{result.stdout[-1500:]}{result.stderr[-1500:]}"
                ran += 1
        elif language == "python":
            result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
            assert result.returncode == 0, f"{code}\n{result.stderr[-1500:]}"
            ran += 1
    assert ran >= 9


def test_the_two_commands_are_make_targets(blocks: list[tuple[str, str]], root: Path) -> None:
    shell = "".join(code for language, code in blocks if language == "sh")
    makefile = (root / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", shell, re.M):
        assert re.search(rf"^{target}:", makefile, re.M)


def test_every_command_is_in_the_readme_or_its_help(root: Path) -> None:
    from dateline.cli.main import COMMANDS

    text = (root / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"dateline {name}" not in text] == []
