"""The R examples of the documentation, run as they stand; packages that are not installed are named as the reason."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dateline.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = {
    f"{page} {number}": block
    for page in ("README.md", "docs/validation.md", "docs/exports.md")
    for number, block in enumerate(re.findall(r"^```r\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.M | re.S))
}
FORMATS = ("acled-csv", "geoparquet", "datapackage", "flat")


def r(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The outcome of an R script in ``folder``, with this package's command on the path."""
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    (tools / "dateline").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m dateline "$@"\n')
    (tools / "dateline").chmod(0o755)
    env = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(["Rscript", "-e", code], cwd=folder, env=env, capture_output=True, text=True)


@pytest.fixture
def work(story: Path, tmp_path: Path) -> Path:
    """A folder with a run and its exports under the names that the documentation uses."""
    (tmp_path / "out").mkdir()
    run = story.rename(tmp_path / "out" / "run")
    for form in FORMATS:
        with pytest.raises(SystemExit) as stop:
            main(["export", str(run), "--to", form, "--quiet"])
        assert stop.value.code == 0
    return tmp_path


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_for_r_runs(name: str, work: Path) -> None:
    code = EXAMPLES[name]
    for package in set(re.findall(r"library\((\w+)\)", code) + re.findall(r"(\w+)::", code)):
        if "TRUE" not in r(f"cat(requireNamespace('{package}', quietly = TRUE))", work).stdout:
            pytest.skip(f"the R package {package} is not installed")
    if "st_read" in code and "TRUE" not in r("cat('Parquet' %in% sf::st_drivers()$name)", work).stdout:
        pytest.skip("GDAL has no Parquet driver")
    done = r(code, work)
    assert done.returncode == 0, done.stderr
    if "validate" in code:
        assert "[1] 0\n" in done.stdout


def test_there_are_examples_for_r() -> None:
    assert {name.split()[0] for name in EXAMPLES} == {"README.md", "docs/validation.md", "docs/exports.md"}


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_what_the_run_holds(work: Path) -> None:
    import polars as pl

    events = pl.read_parquet(work / "out" / "run" / "events.parquet")
    code = 'e <- read.csv("out/run-flat/events.csv", encoding = "UTF-8"); cat(nrow(e), sum(e$fatalities), names(e))'
    rows, deaths, *names = r(code, work).stdout.split()
    assert [int(rows), int(deaths)] == [events.height, events["fatalities"].sum()]
    assert names == events.columns
