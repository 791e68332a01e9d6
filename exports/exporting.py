"""One export: a folder of data files, their descriptions, the codebook and the methods paragraph.

Everything is written to a folder of a temporary name first. A new folder is then renamed in one step; in a folder
that holds an earlier export of the same format, file after file is replaced, ``datapackage.json`` last.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .columns import codebook_rows
from .descriptors import About, croissant, data_package
from .formats import FORMATS, Options, Resource
from .methods import methods
from .source import EXIT_USAGE, FinishedRun, OutputError

DESCRIPTOR = "datapackage.json"
CODEBOOK = "codebook.csv"
METHODS = "methods.md"


def export(
    run: FinishedRun, form: str, out: Path, about: About | None = None, options: Options | None = None
) -> list[Path]:
    """Write a run in one of :data:`FORMATS`.

    Args:
        run: the run.
        form: acled-csv, geoparquet, datapackage or flat.
        out: the folder to write; new, empty, or an earlier export of the same format.
        about: title, licence, creator and date for the descriptions.
        options: how files are written.

    Returns:
        The files written, data first.

    Raises:
        OutputError: there is no such format, or ``out`` holds something else (exit code 2).
        OSError: ``out`` cannot be written.
    """
    if form not in FORMATS:
        raise OutputError(f"no format {form!r}; there are {', '.join(FORMATS)}", EXIT_USAGE)
    _check_target(out, form)
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    try:
        names = _fill(run, form, temporary, about or About(), options or Options())
        _move(temporary, out, names)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return [out / name for name in names]


def _check_target(out: Path, form: str) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; an export is a folder, name another with -o", EXIT_USAGE)
    if not any(out.iterdir()):
        return
    try:
        earlier = json.loads((out / DESCRIPTOR).read_text(encoding="utf-8")).get("dateline:format")
    except (OSError, ValueError, AttributeError):
        earlier = None
    if earlier != form:
        holds = f"an export as {earlier}" if earlier else "other files"
        raise OutputError(f"{out} holds {holds}; name a new or empty folder with -o", EXIT_USAGE)


def _fill(run: FinishedRun, form: str, folder: Path, about: About, options: Options) -> list[str]:
    resources = FORMATS[form].write(run, folder, options)
    _write_codebook(resources, folder / CODEBOOK)
    (folder / METHODS).write_text(methods(run), encoding="utf-8")
    _write_json(croissant(run, resources, folder, about, form), folder / "croissant.json")
    body = data_package(run, resources, [CODEBOOK, METHODS], folder, about, form)
    _write_json(body, folder / DESCRIPTOR)
    return [*(resource.path for resource in resources), CODEBOOK, METHODS, "croissant.json", DESCRIPTOR]


def _move(temporary: Path, out: Path, names: Sequence[str]) -> None:
    if out.exists():
        for name in names:
            (temporary / name).replace(out / name)
    else:
        temporary.rename(out)


def _write_json(body: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_codebook(resources: Sequence[Resource], path: Path) -> None:
    rows = codebook_rows([(resource.path, resource.columns) for resource in resources])
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
