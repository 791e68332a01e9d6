"""Work on the next items goes on in other threads while the present one is used."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(work: Callable[[Item], Result], items: Iterable[Item], threads: int) -> Iterator[Result]:
    """The results of work on items, in their order, made ahead by other threads.

    Args:
        work: shares nothing with the consumer. Threads pay where it spends its time in Polars or Arrow.
        items: taken one by one in the consumer's thread.
        threads: how many items are worked on at a time; beside the present result no more are held.

    Raises:
        Exception: what ``work`` or ``items`` raises, at the item where it does.
    """
    with ThreadPoolExecutor(threads, "dateline-read") as pool:
        pending: deque[Future[Result]] = deque()
        for item in items:
            pending.append(pool.submit(work, item))
            if len(pending) > threads:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
