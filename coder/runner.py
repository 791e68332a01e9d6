"""Running the coder over many articles: chunks of articles to workers, shards to disk, tables at the end.

A chunk is coded into a shard whose name is the hash of its articles and of the configuration, so a run that was
killed resumes by skipping the shards that exist, and neither the number of workers nor their order changes a
byte of the result. Writing the tables is the caller's (it hands in a :class:`Store`): the coder knows no format.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from .parser import DEFAULT_MODEL
from .pipeline import Coder, Coding, Scope
from .records import Article, Rejection

CHUNK_ARTICLES = 200
CHUNK_CHARACTERS = 2_000_000
TABLES = ("articles", "claims", "attributions", "places")


class Store(Protocol):
    """Where shards go: written whole or not at all, by name."""

    def has(self, name: str) -> bool:
        """Whether a shard is already there, complete."""

    def write(self, name: str, tables: dict[str, list[dict[str, Any]]]) -> None:
        """Write a shard's tables, atomically."""


@dataclass(frozen=True)
class Settings:
    """What a run is configured with; goes into every file's footer."""

    model: str = DEFAULT_MODEL
    lexicons: tuple[Path, ...] = ()
    gazetteer: Path | None = None
    attributions: Scope = "events"
    places: Scope = "events"

    def coder(self) -> Coder:
        """A coder with these settings."""
        return Coder(self.model, self.lexicons, self.gazetteer, self.attributions, self.places)


@dataclass(frozen=True)
class Done:
    """A finished chunk."""

    shard: str
    articles: int
    rejections: tuple[Rejection, ...] = ()
    skipped: bool = False


def run(
    articles: Iterable[Article],
    settings: Settings,
    store: Store,
    *,
    version: str,
    workers: int = 1,
    resume: bool = True,
) -> Iterator[Done]:
    """Code articles chunk by chunk into shards.

    Args:
        articles: streamed; at most a few chunks are held in memory.
        settings: the coder's configuration.
        store: where shards are kept.
        version: of package, schema, rules and model; a shard of another version is never taken over.
        workers: processes; 1 codes in this one.
        resume: keep the shards that an interrupted run left.

    Yields:
        One :class:`Done` for each chunk, in no fixed order.
    """
    chunks = _chunks(articles)
    named = ((_shard_name(chunk, settings, version), chunk) for chunk in chunks)
    if workers <= 1:
        yield from _inline(named, settings, store, resume)
    else:
        yield from _Pool(settings, store, workers, resume).run(named)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    size = 0
    for article in articles:
        chunk.append(article)
        size += len(article.text)
        if len(chunk) >= CHUNK_ARTICLES or size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _shard_name(chunk: Sequence[Article], settings: Settings, version: str) -> str:
    digest = blake2b(f"{version}{settings}".encode(), digest_size=12)
    for article in chunk:
        digest.update(repr(article).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _inline(
    named: Iterable[tuple[str, list[Article]]], settings: Settings, store: Store, resume: bool
) -> Iterator[Done]:
    coder: Coder | None = None
    for name, chunk in named:
        if resume and store.has(name):
            yield Done(name, len(chunk), skipped=True)
            continue
        coder = coder or settings.coder()
        yield code_chunk(coder, name, chunk, store)


def code_chunk(coder: Coder, name: str, chunk: Sequence[Article], store: Store) -> Done:
    """Code a chunk and write its shard. An article that breaks the coder is rejected; the others are coded."""
    rejections: list[Rejection] = []
    try:
        codings = list(coder.code_many(chunk))
    except Exception:  # one article must not take the others with it: find it
        codings = list(_one_by_one(coder, chunk, rejections))
    tables = {table: [row for coding in codings for row in getattr(coding, table)] for table in TABLES}
    store.write(name, tables)
    return Done(name, len(codings), tuple(rejections))


def _one_by_one(coder: Coder, chunk: Sequence[Article], rejections: list[Rejection]) -> Iterator[Coding]:
    for article in chunk:
        try:
            yield from list(coder.code_many([article]))
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            rejections.append(_crash(article, f"{type(error).__name__} at {where}: {error}"))


def _crash(article: Article, message: str) -> Rejection:
    return Rejection(
        source="",
        line=None,
        article_id=article.article_id,
        code="internal_error",
        message=message,
        remedy="this is a defect of the coder; please report it with the article",
        raw=article.text[:500],
    )


@cache
def _coder(settings: Settings) -> Coder:
    """A worker process loads its coder once."""
    return settings.coder()


def _work(settings: Settings, store: Store, name: str, chunk: list[Article]) -> Done:
    return code_chunk(_coder(settings), name, chunk, store)


@dataclass
class _Pool:
    """A process pool that survives the death of a worker: the lost chunks are tried again, then halved."""

    settings: Settings
    store: Store
    workers: int
    resume: bool

    def run(self, named: Iterator[tuple[str, list[Article]]]) -> Iterator[Done]:
        lost: list[tuple[str, list[Article]]] = []
        with self._executor() as executor:
            pending: dict[Future[Done], tuple[str, list[Article]]] = {}
            stream = iter(named)
            while True:
                for name, chunk in islice(stream, max(0, 2 * self.workers - len(pending))):
                    if self.resume and self.store.has(name):
                        yield Done(name, len(chunk), skipped=True)
                    else:
                        pending[executor.submit(_work, self.settings, self.store, name, chunk)] = (
                            name,
                            chunk,
                        )
                if not pending:
                    break
                finished, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in finished:
                    item = pending.pop(future)
                    try:
                        yield future.result()
                    except BrokenProcessPool:
                        lost.append(item)
                if lost:
                    lost += pending.values()
                    break
        for name, chunk in (*lost, *(stream if lost else ())):
            yield from self._alone(name, chunk)

    def _alone(self, name: str, chunk: list[Article]) -> Iterator[Done]:
        """Code one chunk in a process of its own; halve it while it kills the process."""
        if self.resume and self.store.has(name):
            yield Done(name, len(chunk), skipped=True)
            return
        try:
            with self._executor(1) as executor:
                yield executor.submit(_work, self.settings, self.store, name, chunk).result()
        except BrokenProcessPool:
            if len(chunk) == 1:
                yield Done("", 0, (_crash(chunk[0], "the article ended its worker process"),))
                return
            half = len(chunk) // 2
            for part in (chunk[:half], chunk[half:]):
                yield from self._alone(
                    blake2b(f"{name}{len(part)}{part[0].article_id}".encode(), digest_size=12).hexdigest(),
                    part,
                )

    def _executor(self, workers: int | None = None) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers or self.workers, get_context("spawn"))
