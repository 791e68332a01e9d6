"""Decision tables: from action, actors, target, weapon and context to ACLED and PLOVER (CODEBOOK 1.2, 2).

A table is a CSV file read from the top; the first row whose cells all hold decides. An empty cell holds always;
``a|b`` is either; ``a+b`` both; ``none`` holds when the role is empty; ``@group`` stands for all actions of a
group in ``actions.csv``. What decides is therefore data, and `explain` can show the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .lexicon import TABLES, LexiconError, Row, read_table

VIOLENT = frozenset({"violence", "explosion", "battle", "abduction", "sexual", "mob", "territory"})  # groups of actions
_HARMS = frozenset({"violence", "explosion", "abduction", "property"})
_DEEDS = frozenset(
    "violence explosion battle abduction sexual mob territory riot crowd_control demonstration property".split()
)


class ActionRow(Row):
    """An ontology-neutral action."""

    action: str
    label: str
    group: str
    outcome: Literal["yes", "no"] = "no"
    lethal: Literal["yes", "no"] = "no"
    valence: int = 0
    note: str = ""


class AcledRow(Row):
    """One row of the ACLED table."""

    id: str
    action: str
    actor: str = ""
    target: str = ""
    instrument: str = ""
    context: str = ""
    sub_event_type: str = ""
    note: str = ""


class PloverRow(Row):
    """One row of the PLOVER table."""

    id: str
    action: str
    actor: str = ""
    target: str = ""
    instrument: str = ""
    context: str = ""
    status: str = ""
    event: str = ""
    mode: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one event mention when it is typed."""

    action: str
    actor: frozenset[str]  # classes of the actor; empty when nobody is named
    target: frozenset[str]
    instrument: str | None
    context: frozenset[str]
    status: str = "occurred"


@dataclass(frozen=True)
class Decisions:
    """The tables, ready to decide."""

    actions: dict[str, ActionRow]
    acled: tuple[tuple[AcledRow, frozenset[str]], ...]
    plover: tuple[tuple[PloverRow, frozenset[str]], ...]

    @property
    def outcomes(self) -> frozenset[str]:
        """Actions that are results of others (kill, injure, damage)."""
        return frozenset(name for name, row in self.actions.items() if row.outcome == "yes")

    @property
    def causes(self) -> frozenset[str]:
        """Actions that may have results: deeds, not statements, aid or relations between states."""
        return frozenset(name for name, row in self.actions.items() if row.group in _DEEDS)

    @property
    def harms(self) -> frozenset[str]:
        """Actions that befall somebody or something: violence, explosions, abductions, damage."""
        return frozenset(name for name, row in self.actions.items() if row.group in _HARMS)

    @property
    def damages(self) -> frozenset[str]:
        """Actions that befall things."""
        return frozenset(name for name, row in self.actions.items() if row.group == "property")

    def sub_event_type(self, facts: Facts) -> AcledRow | None:
        """The ACLED row that decides, or None when ACLED has no such event."""
        return next((row for row, actions in self.acled if facts.action in actions and _holds(row, facts)), None)

    def plover_event(self, facts: Facts) -> PloverRow | None:
        """The PLOVER row that decides, or None."""
        return next(
            (
                row
                for row, actions in self.plover
                if facts.action in actions and _holds(row, facts) and _cell(row.status, frozenset({facts.status}))
            ),
            None,
        )


def load_decisions(overlays: Sequence[Path] = ()) -> Decisions:
    """Read the three tables.

    Raises:
        LexiconError: a row names an action or group that does not exist.
    """
    actions = {row.action: row for row in read_table(ActionRow, "actions", overlays, TABLES)}
    groups: dict[str, set[str]] = {}
    for row in actions.values():
        groups.setdefault(row.group, set()).add(row.action)

    def expand(cell: str, where: str) -> frozenset[str]:
        names: set[str] = set()
        for part in cell.split("|"):
            if part.startswith("@") and part[1:] in groups:
                names |= groups[part[1:]]
            elif part in actions:
                names.add(part)
            else:
                raise LexiconError(f"{where}: {part!r} is no action or group of actions.csv")
        return frozenset(names)

    return Decisions(
        actions,
        tuple(
            (row, expand(row.action, f"acled.csv {row.id}")) for row in read_table(AcledRow, "acled", overlays, TABLES)
        ),
        tuple(
            (row, expand(row.action, f"plover.csv {row.id}"))
            for row in read_table(PloverRow, "plover", overlays, TABLES)
        ),
    )


def _holds(row: AcledRow | PloverRow, facts: Facts) -> bool:
    return (
        _cell(row.actor, facts.actor)
        and _cell(row.target, facts.target)
        and _cell(row.instrument, frozenset({facts.instrument} if facts.instrument else ()))
        and _cell(row.context, facts.context)
    )


def _cell(cell: str, values: frozenset[str]) -> bool:
    if not cell:
        return True
    return any(
        all((part == "none" and not values) or part in values for part in option.split("+"))
        for option in cell.split("|")
    )
