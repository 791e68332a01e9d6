"""The command group, the exit codes and the version."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from ..errors import DatelineError

EXIT_INVALID = 1
EXIT_USAGE = 2
EXIT_VERSION = 3
EXIT_IO = 4
EXIT_INTERNAL = 70

# Each command's module is imported only when it is called, so that `dateline --help` stays fast.
COMMANDS = {
    "code": ("code", "Code articles into claims and events (the main job)."),
    "explain": ("explain", "Show how one sentence is coded, step by step."),
    "validate": ("validate", "Check files against the schema."),
    "schema": ("schema", "Export the schema, check a file against it, compare its versions."),
    "codebook": ("codebook", "Show what each column and value means."),
    "gazetteer": ("gazetteer", "Look places up, and make a gazetteer of your own."),
    "rules": ("rules", "List, test and scaffold lexical rules."),
    "lexicon": ("lexicon", "Check dictionaries: ours, or a folder of your own."),
    "export": ("export", "Write a run for other programs: ACLED CSV, GeoParquet, Data Package, flat CSV."),
    "report": ("report", "Write a run as one HTML page: map, timeline, sources, contested events, articles."),
    "evaluate": ("evaluate", "Compare a run with gold data, or two coders with each other."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __package__)
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from .versions import versions

    for name, value in versions().items():
        click.echo(f"{name:<9}{value}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the versions of package, schema, rule set and model.",
)  # fmt: skip
def cli() -> None:
    """News articles in, conflict-event data out: who did what to whom, where, when, and according to whom."""


def main(argv: Sequence[str] | None = None) -> Any:
    """Run the command line.

    Exit codes: 0 fine; 1 data invalid or some articles rejected; 2 usage; 3 schema version not supported;
    4 input or output failed; 70 internal error.
    """
    try:
        return cli.main(args=list(argv) if argv is not None else None, prog_name="dateline")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except DatelineError as error:
        click.echo(f"dateline: {error}", err=True)
        sys.exit(EXIT_USAGE)
    except OSError as error:
        click.echo(f"dateline: {error.filename or 'input or output'}: {error.strerror or error}", err=True)
        sys.exit(EXIT_IO)
    except Exception as error:
        click.echo(f"dateline: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("This is a defect; please report it with the command and, if you can, the input.", err=True)
        if "--debug" in sys.argv:
            raise
        sys.exit(EXIT_INTERNAL)
