"""What validation found: errors as records, grouped and counted, printed kindly."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

EXIT_OK, EXIT_INVALID, EXIT_VERSION, EXIT_IO = 0, 1, 3, 4


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: where, what, and what to do. ``count`` rows share it; ``row`` is the first."""

    code: str
    table: str
    column: str | None
    row: int | None
    value: str | None
    message: str
    remedy: str
    file: str
    count: int = 1


@dataclass(frozen=True)
class Report:
    """The verdict on a file or a folder."""

    path: str
    rows: int
    problems: tuple[Problem, ...] = ()
    exit_code: int = EXIT_OK

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def counts(self) -> dict[str, int]:
        """Errors by code."""
        counts: Counter[str] = Counter()
        for problem in self.problems:
            counts[problem.code] += problem.count
        return dict(counts.most_common())

    def __str__(self) -> str:
        if self.ok:
            return f"{self.path}: valid, {self.rows} rows"
        lines = [f"{self.path}: {sum(self.counts.values())} errors in {self.rows} rows"]
        for p in self.problems:
            where = (
                f"{p.file}" + (f", row {p.row}" if p.row is not None else "") + (f", {p.column}" if p.column else "")
            )
            shown = f" (got {p.value})" if p.value is not None else ""
            more = f" and {p.count - 1} more" if p.count > 1 else ""
            lines += [
                f"  {p.code}: {p.message}{shown}",
                f"      at {where}{more}",
                f"      remedy: {p.remedy}",
            ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        names = ("code", "count", "table", "column", "row", "value", "message", "remedy")
        rows = [[html.escape(str(getattr(p, name))) for name in names] for p in self.problems]
        cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        head = "".join(f"<th>{name}</th>" for name in names)
        verdict = "valid" if self.ok else f"{sum(self.counts.values())} errors"
        return f"<p>{html.escape(self.path)}: {verdict}, {self.rows} rows</p><table><tr>{head}</tr>{cells}</table>"

    def to_json(self) -> str:
        """The report as JSON."""
        body = {"path": self.path, "ok": self.ok, "rows": self.rows, "counts": self.counts}
        return json.dumps(body | {"problems": [asdict(p) for p in self.problems]}, indent=2, ensure_ascii=False)


def merged(path: str, reports: Sequence[Report], extra: Sequence[Problem] = ()) -> Report:
    """One report for several files."""
    problems = [p for report in reports for p in report.problems] + list(extra)
    code = max((report.exit_code for report in reports), default=EXIT_OK)
    code = max(code, EXIT_INVALID if extra else EXIT_OK)
    return Report(path, sum(report.rows for report in reports), tuple(problems), code)
