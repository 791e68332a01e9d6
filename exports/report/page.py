"""The page: template, style, script and data in one file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from string import Template

from ..source import EXIT_USAGE, FinishedRun, OutputError
from .markup import esc, script_json, tag, text
from .model import Model, build
from .sections import actors_section, legend, matrix_section, tiles, types_section
from .timeline import timeline
from .worldmap import worldmap

TEMPLATES = Path(__file__).parents[1] / "templates"


def render(run: FinishedRun, title: str = "") -> str:
    """The report as HTML.

    Args:
        run: the run.
        title: the page's title; by default the folder's name.

    Returns:
        One page without references to anything outside it. Its content security policy allows only its own
        style and script, by their hashes.
    """
    model = build(run)
    types = model.data["types"]
    style, script = (_template(name) for name in ("report.css", "report.js"))
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    return Template(_template("report.html")).substitute(
        policy=esc(policy),
        title=esc(title or f"Conflict events: {run.name}"),
        style=style,
        script=script,
        about=_about(model),
        tiles=tiles(model),
        legend=legend(types),
        map=worldmap(model.places, types),
        timeline=timeline(model.bins, types, model.events["event_type"].to_list()),
        types=types_section(model, types),
        actors=actors_section(model),
        matrix=matrix_section(model),
        type_options=_options(types),
        country_options=_options(sorted(set(model.events["country"]))),
        versions=_versions(run),
        data=script_json(model.data),
    )


def write_report(run: FinishedRun, out: Path, title: str = "") -> None:
    """Write the report under a temporary name and rename it.

    Raises:
        OutputError: ``out`` is a folder (exit code 2).
        OSError: it cannot be written.
    """
    if out.is_dir():
        raise OutputError(f"{out} is a folder; name a file with -o", EXIT_USAGE)
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        temporary.write_text(render(run, title), encoding="utf-8")
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode()


def _options(values: list[str]) -> str:
    return "".join(text("option", value, value=value) for value in values)


def _about(model: Model) -> str:
    days = sorted(model.events["event_date"].to_list())
    period = f"{days[0]} to {days[-1]}" if days else "no events"
    countries = model.events["country"].n_unique()
    made = f"{period}, {countries} {'country' if countries == 1 else 'countries'}"
    return text("p", f"{made}. Coded by rules from news; a row says that somebody reported it.", class_="note")


def _versions(run: FinishedRun) -> str:
    rows = (
        tag("div", text("dt", key.replace("_", " ")), text("dd", value)) for key, value in sorted(run.footer.items())
    )
    return tag("dl", *rows, class_="versions")
