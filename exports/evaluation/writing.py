"""An evaluation as a table for the terminal, as JSON, and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from .result import Evaluation, Level

Table = tuple[str, list[str], list[list[str]]]  # title, head, rows
MEASURES = ("precision", "recall", "f1")


def as_json(result: Evaluation) -> str:
    """The evaluation as JSON; what is not defined is null."""
    body = {
        "run": result.run,
        "gold": result.gold,
        "bootstrap": {"seed": result.seed, "resamples": result.resamples, "level": 0.95},
        "levels": {level.name: _level(level) for level in result.levels},
    }
    return json.dumps(body, indent=2, ensure_ascii=False)


def _level(level: Level) -> dict[str, Any]:
    return {
        "bootstrap_unit": level.unit,
        "scores": {
            name: {
                **asdict(s.tally),
                **{measure: getattr(s.tally, measure) for measure in MEASURES},
                "intervals": {measure: list(bounds) for measure, bounds in s.intervals.items()},
            }
            for name, s in level.scores.items()
        },
        "fields": {f.name: {"accuracy": f.accuracy, "n": f.n} for f in level.fields},
        "rates": {name: {"rate": rate, "n": n} for name, (rate, n) in level.rates.items()},
        "agreement": {a.name: {k: v for k, v in asdict(a).items() if k != "name"} for a in level.agreement},
    }


def as_text(result: Evaluation) -> str:
    """The evaluation as tables of plain text."""
    lines = [f"{result.run} against {result.gold}"]
    for level in result.levels:
        for title, head, rows in _tables(result, level):
            lines += ["", title, *_aligned([head, *rows])]
    return "\n".join(lines)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        yield "  " + "  ".join(cells).rstrip()


def as_markdown(result: Evaluation) -> str:
    """The evaluation as Markdown tables."""
    lines = [f"# {_cell(result.run)} against {_cell(result.gold)}"]
    for level in result.levels:
        for title, head, rows in _tables(result, level):
            lines += ["", f"## {title[:1].upper()}{title[1:]}", "", "| " + " | ".join(head) + " |"]
            lines += ["|---" + "|---:" * (len(head) - 1) + "|"]
            lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _tables(result: Evaluation, level: Level) -> Iterator[Table]:
    drawn = any(s.intervals for s in level.scores.values())
    about = f" (95 % intervals: {result.resamples} bootstrap samples of {level.unit})" if drawn else ""
    rows = [
        [name, str(s.tally.found), str(s.tally.gold), str(s.tally.hits)]
        + [_measure(getattr(s.tally, m), s.intervals.get(m)) for m in MEASURES]
        for name, s in level.scores.items()
    ]
    yield f"{level.name}{about}", ["counted", "run", "gold", "both", *MEASURES], rows
    shares = [[f.name, _number(f.accuracy), str(f.n)] for f in level.fields]
    if shares:
        yield f"{level.name}: fields of matched pairs", ["field", "accuracy", "n"], shares
    rates = [[name, _number(rate), str(n)] for name, (rate, n) in level.rates.items()]
    if rates:
        yield f"{level.name}: rates", ["rate", "value", "n"], rates
    agreed = [
        [a.name, a.level, _number(a.alpha), _number(a.kappa), _number(a.percent), str(a.n)] for a in level.agreement
    ]
    if agreed:
        head = ["field", "level", "alpha", "kappa", "agreement", "n"]
        yield f"{level.name}: agreement on matched pairs (alpha >= .800 firm, .667 to .800 tentative)", head, agreed


def _measure(value: float | None, bounds: tuple[float, float] | None) -> str:
    text = _number(value)
    return f"{text} [{_number(bounds[0])}, {_number(bounds[1])}]" if bounds and value is not None else text


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.3f}"
