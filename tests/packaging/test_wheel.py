from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from a copy of the tracked files, without isolation so that no network is needed."""
    copy = tmp_path_factory.mktemp("source")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    for name in tracked.decode().split("\0"):
        source = root / name
        if name and source.is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(source.read_bytes())
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(copy / "dist"),
        str(copy),
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    (path,) = (copy / "dist").glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_only_top_level_name_is_dateline(wheel: zipfile.ZipFile) -> None:
    top = {name.split("/")[0] for name in wheel.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"dateline"}


def test_nothing_is_missing(wheel: zipfile.ZipFile, root: Path) -> None:
    names = set(wheel.namelist())
    folders = ["schema", "coder", "exports", "cli"]
    data = {".py", ".csv", ".toml", ".gz", ".json", ".typed", ".html", ".css", ".js", ".md", ".txt"}
    wanted = [root / "__init__.py", root / "__main__.py", root / "errors.py", root / "py.typed"]
    for folder in folders:
        wanted += [p for p in (root / folder).rglob("*") if p.suffix in data and "__pycache__" not in p.parts]
    missing = [str(p.relative_to(root)) for p in wanted if f"dateline/{p.relative_to(root).as_posix()}" not in names]
    assert missing == []


def test_every_package_is_listed(root: Path) -> None:
    listed = set(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"])
    found = {"dateline"}
    for folder in ("schema", "coder", "exports", "cli"):
        found |= {
            ".".join(("dateline", *p.parent.relative_to(root).parts)) for p in (root / folder).rglob("__init__.py")
        }
    assert listed == found


def test_help_loads_neither_parser_nor_date_library() -> None:
    code = (
        "import sys\nfrom dateline.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'thinc', 'dateparser', 'polars', 'pydantic', 'trafilatura'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
