"""``dateline lexicon``: check dictionaries before they code."""

from __future__ import annotations

from pathlib import Path

import click

from .main import EXIT_INVALID


@click.group("lexicon")
def command() -> None:
    """Check dictionaries: ours, or a folder of your own."""


@command.command("check")
@click.argument("folders", nargs=-1, metavar="[DIR]...", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folders: tuple[Path, ...]) -> None:
    """Check the dictionaries in each DIR as overlays of ours; without DIR, the built-in ones.

    Prints file:line for each bad line, unknown code, entry that can never count, repeated line, and name that two
    actors of one country bear at one time. The exit code is 1 if there are errors; warnings alone leave it 0.
    """
    from ..coder.lexicon_check import check_lexicons

    findings = check_lexicons(folders)
    for finding in findings:
        click.echo(str(finding))
    errors = sum(finding.severity == "error" for finding in findings)
    click.echo(f"{errors} errors, {len(findings) - errors} warnings")
    if errors:
        raise SystemExit(EXIT_INVALID)
