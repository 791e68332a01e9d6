"""The report in the forms that people and services read: text, JSON, GitHub annotations, SARIF and JUnit.

Nothing from a file reaches a form unescaped: values are shown by ``engine.shown``, and each form escapes them again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from .report import SHOWN, Example, FileReport, Problem, Report, codes, place
from .version import SCHEMA_ID

DOCS = "https://dateline.readthedocs.io/errors"
_ILLEGAL_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_text(report: Report) -> str:
    """For people: each kind of error once, with its first places."""
    lines: list[str] = []
    for file in report.files:
        lines.append(_verdict(file))
        for p in file.problems:
            word = "" if p.level == "error" else "warning: "
            column = f" [{p.column}]" if p.column else ""
            times = f" ({p.count:,} times)" if p.count > 1 else ""
            lines.append(f"  {word}{p.code}{column}: {p.message}{times}")
            lines += [f"      {place(e)}" for e in p.examples[:SHOWN] if place(e)]
            more = p.count - len(p.examples[:SHOWN])
            if more > 0 and p.examples:
                lines.append(f"      ... and {more:,} more")
            lines.append(f"      remedy: {p.remedy}")
    if len(report.files) > 1:
        errors = sum(file.errors for file in report.files)
        lines.append(
            f"{len(report.files)} files, {report.rows:,} rows: " + (f"{errors:,} errors" if errors else "valid")
        )
    return "\n".join(lines)


def _verdict(file: FileReport) -> str:
    table = f" ({file.table})" if file.table else ""
    warnings = sum(p.count for p in file.problems if p.level == "warning")
    also = f", {warnings:,} warnings" if warnings else ""
    rows = f"{file.rows:,} row{'s' if file.rows != 1 else ''}"
    if file.errors:
        return f"{_printable(file.path)}{table}: {file.errors:,} error{'s' if file.errors > 1 else ''} in {rows}{also}"
    return f"{_printable(file.path)}{table}: valid, {rows}{also}"


def _printable(text: str) -> str:
    return text if text.isprintable() else ascii(text)


def as_github(report: Report) -> str:
    """GitHub workflow commands: one annotation for each kind of error and place."""
    lines = []
    for file, p, e in _places(report):
        head = {"file": file.path, "line": e.line, "title": f"dateline {p.code}"}
        where = ",".join(f"{key}={_property(str(value))}" for key, value in head.items() if value is not None)
        lines.append(f"::{p.level} {where}::{_data(_sentence(p, e))}")
    errors = sum(file.errors for file in report.files)
    verdict = f"{errors:,} errors" if errors else "valid"
    return "\n".join([*lines, f"dateline: {len(report.files)} files, {report.rows:,} rows, {verdict}"])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _places(report: Report) -> Iterator[tuple[FileReport, Problem, Example]]:
    nowhere = Example(row=None, line=None, value=None, detail=None)
    for file in report.files:
        for p in file.problems:
            for e in p.examples or (nowhere,):
                yield file, p, e


def _sentence(p: Problem, e: Example) -> str:
    column = f"{p.table}.{p.column}: " if p.column else ""
    found = f" (row {e.row})" if e.row is not None and e.line is None else ""
    value = f", got {e.value}" if e.value is not None else ""
    return f"{column}{p.message}{value}{found}; {p.remedy}"


def as_sarif(report: Report) -> str:
    """SARIF 2.1.0, for code scanning and editors."""
    used = {p.code for p in report.problems}
    rules = [
        {
            "id": code.code,
            "shortDescription": {"text": code.label},
            "fullDescription": {"text": code.meaning},
            "help": {"text": code.remedy},
            "helpUri": f"{DOCS}#{code.code}",
            "defaultConfiguration": {"level": code.level},
        }
        for code in codes().values()
        if code.code in used
    ]
    driver = {
        "name": "dateline", "semanticVersion": report.schema_version, "informationUri": SCHEMA_ID, "rules": rules
    }  # fmt: skip
    results = [_result(file, p, e) for file, p, e in _places(report)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    head = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    return json.dumps(head | {"runs": [run]}, indent=2, ensure_ascii=False)


def _result(file: FileReport, p: Problem, e: Example) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(file.path)}}}
    if e.line is not None:
        location["physicalLocation"]["region"] = {"startLine": e.line}
    name = ".".join(part for part in (p.table, p.column) if part)
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member"}]
    found = {"row": e.row, "value": e.value, "count": p.count}
    return {
        "ruleId": p.code,
        "level": p.level,
        "message": {"text": _sentence(p, e)},
        "locations": [location],
        "properties": {key: value for key, value in found.items() if value is not None},
    }


def as_junit(report: Report) -> str:
    """JUnit XML: a suite for each file, a failed case for each kind of error; warnings go to its output."""
    suites = []
    for file in report.files:
        errors = [p for p in file.problems if p.level == "error"]
        cases = [_case(file, p) for p in errors] or [f'    <testcase classname={_attr(file.path)} name="valid"/>']
        notes = [f"{p.code}: {p.message}" for p in file.problems if p.level == "warning"]
        output = [f"    <system-out>{_xml(chr(10).join(notes))}</system-out>"] if notes else []
        head = f'  <testsuite name={_attr(file.path)} tests="{len(cases)}" failures="{len(errors)}" errors="0">'
        suites += [head, *cases, *output, "  </testsuite>"]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="dateline">', *suites, "</testsuites>"]
    )


def _case(file: FileReport, p: Problem) -> str:
    name = f"{p.code} {p.column}" if p.column else p.code
    body = "\n".join([f"{p.count} times; remedy: {p.remedy}", *(place(e) for e in p.examples)])
    return (
        f"    <testcase classname={_attr(file.path)} name={_attr(name)}>\n"
        f"      <failure type={_attr(p.code)} message={_attr(p.message)}>{_xml(body)}</failure>\n"
        "    </testcase>"
    )


def _xml(text: str) -> str:
    return escape(_ILLEGAL_XML.sub("?", text))


def _attr(text: str) -> str:
    return quoteattr(_ILLEGAL_XML.sub("?", text))


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": Report.to_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
