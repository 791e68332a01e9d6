"""docs/errors.md: every error code with meaning, example and remedy."""

from __future__ import annotations

from .report import codes

_GROUPS = {
    "file": "Files and columns",
    "value": "Values",
    "row": "Rules over a row",
    "table": "Rules over tables",
    "acled": "Files in ACLED's format",
}
_EXITS = {1: "data invalid", 2: "usage", 3: "schema version not supported", 4: "not readable"}


def errors_markdown() -> str:
    """All error codes as Markdown."""
    lines = [
        "# Errors of `dateline validate`", "",
        "Generated from `schema/vocabularies/error_code.csv`; do not edit. `--select` and `--ignore` take these codes.",
        "A broken file for each of them lies in `fixtures/invalid/`.", "",
    ]  # fmt: skip
    for group, title in _GROUPS.items():
        lines += [f"## {title}", ""]
        for code in codes().values():
            if code.group != group:
                continue
            leads = "a warning; the exit code stays 0" if code.level == "warning" else (
                f"exit code {code.exit_code}: {_EXITS[code.exit_code]}"
            )  # fmt: skip
            lines += [f"### {code.code}", "", f"{code.meaning}", ""]
            lines += [f"* example: {code.example}", f"* remedy: {code.remedy}", f"* {leads}", ""]
    return "\n".join(lines)
