"""The one test runner of all rules: every rule's own sentences, coded as one-sentence articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .pipeline import Coder
from .records import Article
from .rulebook import CASE_DATE, Rule

_SHORT = {
    "actor": "actor_text",
    "target": "target_text",
    "location": "location_name",
    "source": "source_text",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence of a rule, and what it must yield (nothing, for a silent one)."""

    rule_id: str
    number: int
    text: str
    yields: dict[str, Any] | None

    @property
    def name(self) -> str:
        """The case's test id."""
        return f"{self.rule_id}-{'fires' if self.yields is not None else 'silent'}-{self.number}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that was run; ``problem`` is empty when it passed."""

    case: Case
    problem: str


def cases(rules: Iterable[Rule]) -> Iterator[Case]:
    """All cases of some rules."""
    for rule in rules:
        for number, fires in enumerate(rule.fires, start=1):
            yield Case(rule.id, number, fires.text, dict(fires.yields))
        for number, silent in enumerate(rule.silent, start=1):
            yield Case(rule.id, number, silent.text, None)


def run_cases(coder: Coder, wanted: Iterable[Case]) -> Iterator[Outcome]:
    """Code every case and compare: a firing case needs a claim by its rule with the values it names."""
    todo = list(wanted)
    articles = [Article(f"{case.name}", case.text, published=CASE_DATE) for case in todo]
    for case, coding in zip(todo, coder.code_many(articles), strict=True):
        own = [row for row in coding.claims if row["rule_id"] == case.rule_id]
        yield Outcome(case, _problem(case, own, coding.claims))


def _problem(case: Case, own: list[dict[str, Any]], every: Iterable[dict[str, Any]]) -> str:
    if case.yields is None:
        return f"fired on {own[0]['trigger_text']!r}" if own else ""
    if not own:
        others = ", ".join(f"{row['rule_id']}({row['trigger_text']})" for row in every)
        return f"did not fire; others: {others or 'none'}"
    differences = [_differences(case.yields, row) for row in own]
    return min(differences, key=len)


def _differences(yields: dict[str, Any], row: dict[str, Any]) -> str:
    out = []
    for key, wanted in yields.items():
        column = _SHORT.get(key, key)
        if column not in row:
            out.append(f"{key} is no column of the claims table")
            continue
        found = row[column].isoformat() if isinstance(row[column], date) else row[column]
        if found != wanted:
            out.append(f"{key} is {found!r}, not {wanted!r}")
    return "; ".join(out)
