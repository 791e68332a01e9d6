"""Write what is generated outside the schema: the README's columns, docs/rules.md, the schema of rule files.

    python tools/generate_docs.py

CI runs it and checks that nothing changes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dateline.coder.decisions import load_decisions
from dateline.coder.rulebook import Rule, RuleFile, load_rules
from dateline.schema.derive import TABLES, column_rows

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- columns: written by tools/generate_docs.py -->", "<!-- end of columns -->"


def readme_columns() -> str:
    """The tables with their columns, one line a table."""
    lines = ["| table | a row is | columns |", "|---|---|---|"]
    for table, model in TABLES.items():
        meaning = (model.__doc__ or "").strip().splitlines()[0].rstrip(".")
        names = ", ".join(f"`{row['column']}`" for row in column_rows(table))
        lines.append(f"| **{table}** | {meaning} | {names} |")
    return "\n".join(lines)


def with_columns(readme: str) -> str:
    """The README with the text between its two marks replaced."""
    head, rest = readme.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n{readme_columns()}\n{END}{tail}"


def rules_page() -> str:
    """All rules by family, with their triggers, conditions and sentences."""
    rules = load_rules().rules.values()
    sub_events = _sub_events()
    families: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        families[rule.id.split(".")[0]].append(rule)
    cases = sum(len(rule.fires) + len(rule.silent) for rule in rules)
    lines = ["# Rules", "", f"{len(rules)} rules with {cases} cases. Generated from `coder/rules/`; do not edit.", ""]
    lines += ["An action becomes an ACLED sub-event by `coder/tables/acled.csv`; those it may become are listed.", ""]
    for family, members in sorted(families.items()):
        lines += [f"## {family}", ""]
        for rule in members:
            lines += [*_rule_lines(rule, sub_events[rule.action]), ""]
    return "\n".join(lines)


def _sub_events() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row, actions in load_decisions().acled:
        for action in actions:
            if row.sub_event_type and row.sub_event_type not in found[action]:
                found[action].append(row.sub_event_type)
    return found


def _rule_lines(rule: Rule, sub_events: list[str]) -> Iterator[str]:
    state = "" if rule.status == "active" else f" ({rule.status})"
    yield f"### {rule.id}{state}"
    yield ""
    yield f"Action `{rule.action}`, roles `{rule.roles}`. ACLED: {', '.join(sub_events) or 'none'}."
    yield ""
    for kind, words in (("verbs", rule.verbs), ("nouns", rule.nouns), ("words", rule.words)):
        if words:
            yield f"* {kind}: {', '.join(words)}"
    for sentence in rule.fires[:2]:
        yield f"* fires: {sentence.text}"
    for sentence in rule.silent[:2]:
        yield f"* silent: {sentence.text}"


def main() -> None:
    """Write the generated files."""
    readme = ROOT / "README.md"
    readme.write_text(with_columns(readme.read_text("utf-8")), encoding="utf-8")
    (ROOT / "docs" / "rules.md").write_text(rules_page(), encoding="utf-8")
    schema = json.dumps(RuleFile.model_json_schema(), indent=2, ensure_ascii=False)
    (ROOT / "coder" / "rules" / "rules.schema.json").write_text(schema + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
