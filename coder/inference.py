"""spaCy's model without what only training needs, or only other uses of it: the same tags and arcs for half the CPU.

Everything here computes the numbers that spaCy computes. It asks no more of spaCy than the parts that its own beam
search and training use.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def quicken(nlp: Any) -> None:
    """Make a loaded pipeline cheaper.

    Matrix products go through NumPy's BLAS, a token's features are embedded once a batch, and a new word gets
    only the attributes that the model reads.

    Args:
        nlp: the pipeline; it is changed in place.
    """
    from spacy.attrs import IDS

    models = [pipe.model for _, pipe in nlp.pipeline if getattr(pipe, "model", None) is not None]
    ops = _operations()
    for model in models:
        for node in list(model.walk()):
            _embed_once(node)
        for node in model.walk():
            node.ops = ops
    columns = (name for model in models for node in model.walk() for name in node.attrs.get("columns", ()))
    read = {IDS[name] for name in (*columns, "IS_SPACE")}
    nlp.vocab.lex_attr_getters = {key: get for key, get in nlp.vocab.lex_attr_getters.items() if key in read}


def attach(parser: Any, docs: Sequence[Any]) -> None:
    """Parse tagged documents by spaCy's parser, all of them step by step, as its beam search does.

    Its own loop lets go of Python's lock and takes it back for every feature of every step, which costs two
    thirds of its time; the steps are the same.

    Args:
        parser: the pipeline's parser.
        docs: tagged documents; they are changed in place.
    """
    if not any(map(len, docs)):
        return
    states = parser.moves.init_batch(docs)
    model = parser.model.predict(docs)
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        unfinished = parser.transition_states(unfinished, model.predict(unfinished))
    model.clear_memory()
    parser.set_annotations(docs, states)


def _operations() -> Any:
    import numpy
    from thinc.api import NumpyOps

    class Operations(NumpyOps):  # type: ignore[misc]
        """thinc's NumPy operations with matrix products by NumPy's BLAS and maxima that forget where they were."""

        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            return numpy.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)

        def maxout(self, x: Any) -> tuple[Any, None]:
            best = x[..., 0]
            for piece in range(1, x.shape[-1]):
                best = numpy.maximum(best, x[..., piece])
            return best, None

    return Operations()


def _embed_once(node: Any) -> None:
    """Let a chain that embeds the features of every token embed those of each kind of token."""
    from thinc.api import chain, with_array

    names = [layer.name for layer in node.layers]
    if "list2ragged" not in names or "ragged2list" not in names:
        return
    lo, hi = names.index("list2ragged") + 1, names.index("ragged2list")
    if all(name.startswith("with_array") for name in names[lo:hi]):
        node.layers[lo:hi] = [with_array(_distinct(chain(*(layer.layers[0] for layer in node.layers[lo:hi]))))]


def _distinct(layer: Any) -> Any:
    """A layer that runs on distinct rows only; like thinc's ``uniqued``, but by all columns and not for training."""
    import numpy
    from thinc.api import Model

    def forward(model: Any, rows: Any, is_train: bool) -> tuple[Any, None]:
        if len(rows) == 0:
            return layer.predict(rows), None
        whole = rows.view(f"S{rows.strides[0]}").ravel()
        _, first, back = numpy.unique(whole, return_index=True, return_inverse=True)
        return layer.predict(rows[first])[back], None

    return Model(f"distinct({layer.name})", forward, layers=[layer])
