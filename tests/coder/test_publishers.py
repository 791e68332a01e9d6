"""An event's source scale: one outlet's, or from the nearest to the farthest of several."""

from __future__ import annotations

from itertools import combinations

import pytest
from dateline.coder.publishers import ORDER, source_scale
from dateline.schema.vocabulary import load_vocabulary

KNOWN = {"kano voice": "Subnational", "the nation": "National", "gulf monitor": "Regional", "wire": "International"}


@pytest.mark.parametrize(
    ("outlets", "scale"),
    [
        (["Kano Voice"], "Subnational"),
        (["Wire", "Kano Voice"], "Subnational-International"),
        (["Wire", "The Nation", "Gulf Monitor"], "National-International"),
        (["Wire", "Unheard Of"], None),
        ([], None),
    ],
)
def test_scale(outlets: list[str], scale: str | None) -> None:
    assert source_scale(outlets, KNOWN) == scale


def test_the_schema_lists_every_pair() -> None:
    wanted = {*ORDER, *(f"{near}-{far}" for near, far in combinations(ORDER, 2))}
    assert set(load_vocabulary("source_scale")) == wanted
