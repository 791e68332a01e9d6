"""What an evaluation found, as records that the writers turn into text, JSON or Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .scores import Tally

Intervals = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Scores:
    """Counts, and the intervals of precision, recall and F1."""

    tally: Tally
    intervals: Intervals


@dataclass(frozen=True)
class Field:
    """Accuracy of one field on matched pairs. ``n`` is the number of pairs it is told of."""

    name: str
    accuracy: float | None
    n: int


@dataclass(frozen=True)
class Agreement:
    """Two coders on one field of matched mentions.

    Attributes:
        level: nominal, ordinal or interval.
        n: units where both gave a value.
        alpha: Krippendorff's; None when it is not defined.
        kappa: Cohen's, for nominal fields.
        percent: share of equal values.
    """

    name: str
    level: str
    n: int
    alpha: float | None
    kappa: float | None
    percent: float | None


@dataclass(frozen=True)
class Level:
    """The results at one level: events, claims or attributions.

    Attributes:
        scores: precision and recall by what was counted.
        fields: accuracy of fields on matched pairs.
        rates: further shares, each with the number it is a share of.
        agreement: chance-corrected agreement.
        unit: what the bootstrap drew: articles, or events where no article is known.
    """

    name: str
    scores: Mapping[str, Scores] = field(default_factory=dict)
    fields: Sequence[Field] = ()
    rates: Mapping[str, tuple[float | None, int]] = field(default_factory=dict)
    agreement: Sequence[Agreement] = ()
    unit: str = "articles"


@dataclass(frozen=True)
class Evaluation:
    """All levels, and what the bootstrap was."""

    run: str
    gold: str
    levels: Sequence[Level]
    seed: int
    resamples: int
