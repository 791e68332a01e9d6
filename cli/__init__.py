"""The command line: thin commands that parse options, call the package and print."""

from .main import main

__all__ = ["main"]
