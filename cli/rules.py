"""``dateline rules``: list the lexical rules, run their cases, scaffold a new one."""

from __future__ import annotations

from pathlib import Path

import click

from ..coder.rulebook import BUILTIN, load_rules
from .main import EXIT_INVALID

_OVERLAY = click.option(
    "--lexicon", "lexicons", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of your own rules, overlaid on ours; repeatable.",
)  # fmt: skip


@click.group("rules")
def command() -> None:
    """List, test and scaffold lexical rules."""


@command.command("list")
@_OVERLAY
@click.option("--family", help="Only this family, such as violence.")
def list_rules(lexicons: tuple[Path, ...], family: str | None) -> None:
    """List all rules: id, action, role pattern, triggers."""
    rules = load_rules(lexicons).rules.values()
    shown = [rule for rule in rules if family in (None, rule.id.split(".")[0])]
    for rule in shown:
        words = ", ".join((*rule.verbs, *rule.nouns, *rule.words))
        state = "" if rule.status == "active" else f" [{rule.status}]"
        click.echo(f"{rule.id:<36} {rule.action:<20} {rule.roles:<13} {words[:90]}{state}")
    click.echo(f"{len(shown)} rules")


@command.command("test")
@_OVERLAY
@click.argument("ids", nargs=-1)
def test_rules(lexicons: tuple[Path, ...], ids: tuple[str, ...]) -> None:
    """Run the cases of all rules, or of those whose id starts with one of IDS."""
    from ..coder.cases import cases, run_cases
    from ..coder.pipeline import Coder

    coder = Coder(lexicons=lexicons)
    chosen = [r for r in coder.resources.rules.active if not ids or r.id.startswith(ids)]
    outcomes = list(run_cases(coder, cases(chosen)))
    failed = [outcome for outcome in outcomes if outcome.problem]
    for outcome in failed:
        click.echo(f"FAILED {outcome.case.name}: {outcome.problem}\n       {outcome.case.text}")
    click.echo(f"{len(chosen)} rules, {len(outcomes)} cases, {len(failed)} failed")
    if failed:
        raise SystemExit(EXIT_INVALID)


@command.command("new")
@click.argument("rule_id", metavar="FAMILY.NAME")
@click.option("--verb", "verbs", multiple=True, help="A trigger verb; repeatable.")
@click.option("--noun", "nouns", multiple=True, help="A trigger noun; repeatable.")
@click.option("--action", default="attack", show_default=True, help="The action of tables/actions.csv.")
@click.option("--roles", default="actor_target", show_default=True, help="The role pattern.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=BUILTIN,
    help="Folder of the rule files.",
)
def new_rule(rule_id: str, verbs: tuple[str, ...], nouns: tuple[str, ...], action: str, roles: str, into: Path) -> None:
    """Append a scaffold for rule FAMILY.NAME to FAMILY.toml; fill in its four sentences, then run `rules test`."""
    family, _, name = rule_id.partition(".")
    if not (family.isalpha() and family.islower() and name.replace("_", "").isalpha() and name.islower()):
        raise click.UsageError(f"{rule_id!r} is not family.name in lower-case letters")
    if rule_id in load_rules().rules:
        raise click.UsageError(f"rule {rule_id!r} exists already; ids are never reused")
    if not (verbs or nouns):
        raise click.UsageError("give at least one --verb or --noun: a rule without triggers can never fire")
    from .. import __version__

    lines = [
        "",
        "[[rule]]",
        f'id = "{rule_id}"',
        f'since = "{__version__}"',
        'status = "draft"',
        f'action = "{action}"',
    ]
    lines += [f"{key} = {_array(words)}" for key, words in (("verbs", verbs), ("nouns", nouns)) if words]
    lines += [f'roles = "{roles}"']
    lines += ["", "[[rule.fires]]", 'text = "…"', "yields = { }"] * 2 + [
        "",
        "[[rule.silent]]",
        'text = "…"',
    ] * 2
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{family}.toml"
    with path.open("a", encoding="utf-8") as handle:
        handle.write("\n".join(lines) + "\n")
    click.echo(
        f"{path.name}: {rule_id} added as a draft; fill in its sentences, set status to active, "
        f"run: dateline rules test {rule_id}"
    )


def _array(words: tuple[str, ...]) -> str:
    return "[" + ", ".join('"' + word.replace("\\", "").replace('"', "") + '"' for word in words) + "]"
