"""Dateline: news articles in, conflict-event data out, with the source of every event kept."""

__version__ = "0.1.0"
