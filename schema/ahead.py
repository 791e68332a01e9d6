"""The next item is made while the present one is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Items in their order, one made ahead by another thread.

    Args:
        items: an iterator that shares nothing with its consumer.

    Raises:
        Exception: what the iterator raises, at the item where it does.
    """
    with ThreadPoolExecutor(1, "dateline-read") as pool:
        pending = pool.submit(next, items, None)
        while (item := pending.result()) is not None:
            pending = pool.submit(next, items, None)
            yield item
