"""How a command ends when a run cannot be used: one line on standard error and the exit code of DESIGN section 4."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..exports.source import OutputError


@contextmanager
def failures() -> Iterator[None]:
    """Turn an :class:`OutputError` into its message and its exit code."""
    try:
        yield
    except OutputError as error:
        click.echo(f"dateline: {error}", err=True)
        sys.exit(error.exit_code)
