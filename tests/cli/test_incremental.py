"""A folder that is coded into again grows; a run killed at any moment ends with the same bytes."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import dateline
import polars as pl
import pytest
from dateline.cli import main
from dateline.coder.pipeline import Coder
from dateline.coder.runner import Settings

RAID = "GUSAU, Nigeria - Gunmen killed five farmers near Gusau on Monday, police said."
LATER = "GUSAU, Nigeria - In Monday's raid near Gusau, gunmen killed eight farmers, a doctor said."
ELSEWHERE = "KADUNA, Nigeria - Gunmen abducted three traders in Kaduna on Tuesday, the traders' union said."


@pytest.fixture(autouse=True)
def loaded(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs in this process share one coder, which saves loading it."""
    monkeypatch.setattr(Settings, "coder", lambda _: coder)


def code(arguments: Sequence[str | Path]) -> int:
    try:
        main(["code", *[str(a) for a in arguments], "--quiet"])
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def write(path: Path, **texts: str) -> Path:
    rows = [
        {"id": name, "text": text, "published": f"2024-05-1{4 + k}", "publisher": f"Paper {name}"}
        for k, (name, text) in enumerate(texts.items())
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_batches_give_what_one_run_gives(tmp_path: Path) -> None:
    everything = write(tmp_path / "all.jsonl", a=RAID, b=LATER, c=ELSEWHERE)
    lines = everything.read_text("utf-8").splitlines(keepends=True)
    for name, part in (("first", lines[:1]), ("second", [*lines[1:], "{broken\n"])):
        (tmp_path / f"{name}.jsonl").write_text("".join(part), "utf-8")
    everything.write_text("".join(lines), "utf-8")
    assert code([everything, "-o", tmp_path / "whole"]) == 0
    assert code([tmp_path / "first.jsonl", "-o", tmp_path / "parts"]) == 0
    (before,) = dateline.read(tmp_path / "parts", "events")["event_id"]
    assert code([tmp_path / "second.jsonl", "-o", tmp_path / "parts"]) == 1
    assert [json.loads(line)["code"] for line in (tmp_path / "parts" / "rejected.jsonl").read_text().splitlines()] == [
        "bad_json"
    ]
    (tmp_path / "parts" / "rejected.jsonl").unlink()
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")
    (raid,) = dateline.read(tmp_path / "parts", "events").filter(pl.col("location") == "Gusau").to_dicts()
    assert (raid["event_id"], raid["n_articles"], raid["fatalities"]) == (before, 2, 8), "the event keeps its id"


def test_an_article_coded_again_takes_the_place_of_its_earlier_coding(tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert code([write(tmp_path / "a.jsonl", a=RAID, b=ELSEWHERE), "-o", out]) == 0
    assert code([write(tmp_path / "b.jsonl", a=RAID.replace("five", "six")), "-o", out]) == 0
    events = dateline.read(out, "events")
    assert dict(events.select("location", "fatalities").iter_rows()) == {"Gusau": 6, "Kaduna": 0}
    assert dateline.read(out, "articles")["article_id"].to_list() == ["a", "b"]
    assert code([tmp_path / "b.jsonl", "-o", out, "--no-resume"]) == 0
    assert dateline.read(out, "articles")["article_id"].to_list() == ["a"], "--no-resume starts afresh"


def test_runs_of_different_options_are_not_mixed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = write(tmp_path / "a.jsonl", a=RAID), tmp_path / "run"
    assert code([path, "-o", out]) == 0
    before = contents(out)
    assert code([path, "-o", out, "--places", "all"]) == 2
    assert "--no-resume" in capsys.readouterr().err
    assert contents(out) == before
    (out / "claims.parquet").unlink()
    assert code([path, "-o", out]) == 2
    assert "claims.parquet" in capsys.readouterr().err


def test_explain_tells_how_an_event_came_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "run"
    code(
        [write(tmp_path / "a.jsonl", a=RAID, b=LATER, c=ELSEWHERE.replace("in Kaduna", "in Gusau"), d=RAID), "-o", out]
    )
    (raid,) = dateline.read(out, "events").filter(pl.col("fatalities") == 8).to_dicts()
    texts = []
    for name in (raid["event_id"], raid["event_id_cnty"]):
        main_explain(["explain", name, "--in", str(out)])
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
    for part in ("same day, place, group of types and dyad", "a doctor [report]", "Paper a, Paper d carry near-identical", "fatalities 8", "superseded", "near, but not merged", "1 days apart"):  # fmt: skip
        assert part in texts[0], part
    with pytest.raises(SystemExit) as stop:
        main(["explain", "0" * 16, "--in", str(out)])
    assert stop.value.code == 2


def main_explain(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 0


def test_a_process_killed_while_it_codes_ends_with_the_same_bytes(tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", a=RAID)
    second = write(tmp_path / "b.jsonl", b=LATER, c=ELSEWHERE)
    code([first, "-o", tmp_path / "start"])
    shutil.copytree(tmp_path / "start", tmp_path / "run")
    code([second, "-o", tmp_path / "start"])
    command = [sys.executable, "-m", "dateline", "code", str(second), "-o", str(tmp_path / "run"), "--quiet"]
    process = subprocess.Popen(command)
    limit = time.monotonic() + 60
    while process.poll() is None and not (tmp_path / "run" / ".shards").exists() and time.monotonic() < limit:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert code([second, "-o", tmp_path / "run"]) == 0
    assert contents(tmp_path / "run") == contents(tmp_path / "start")


# Ends a run before each of its changes to the folder in turn, by a signal that no program can catch, and runs it again.
KILLER = """
import os, signal, sys
from pathlib import Path
from dateline.coder.merge import merge_frame
from dateline.exports.run import RunFolder
from dateline.exports.parquet import read_table

source, work = Path(sys.argv[1]), Path(sys.argv[2])
WATCHED = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}

def run(folder, stop):
    left = [stop]
    def hook(event, arguments):
        if event in WATCHED and str(folder) in str(arguments[0]):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    tables = {name: read_table(source, name).to_dicts() for name in ("articles", "claims", "attributions", "places")}
    sys.addaudithook(hook)
    target = RunFolder(folder)
    target.prepare(META, True)
    if not target.shards.has("s"):
        target.shards.write("s", tables)
    target.finish(["s"], [{"article_id": None, "code": "x"}], META, merge_frame)

META = {"dateline.x": "1"}

def forked(folder, stop):
    child = os.fork()
    if not child:
        run(folder, stop)
        os._exit(0)
    return os.waitpid(child, 0)[1]

def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}

assert forked(work / "whole", 0) == 0
wanted, stop = contents(work / "whole"), 0
while True:
    stop += 1
    folder = work / str(stop)
    killed = forked(folder, stop)
    if not killed:
        break
    assert forked(folder, 0) == 0
    assert contents(folder) == wanted, stop
print(stop)
"""


def test_a_run_killed_at_any_moment_ends_with_the_same_bytes(tmp_path: Path) -> None:
    code([write(tmp_path / "a.jsonl", a=RAID, b=LATER), "-o", tmp_path / "source"])
    command = [sys.executable, "-c", KILLER, str(tmp_path / "source"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 15, "too few moments were tried"
