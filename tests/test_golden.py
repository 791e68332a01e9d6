"""The fixture articles give exactly the rows of fixtures/golden, which were read and checked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dateline.coder.merge import merge
from dateline.coder.pipeline import Coder
from dateline.coder.readers import Defaults, read_articles
from dateline.coder.records import Article

CLAIM_COLUMNS = (
    "trigger_text rule_id sub_event_type plover_event plover_mode actor_text actor_name actor_type target_text "
    "target_name target_type location_name country geo_precision event_date time_precision fatalities event_status "
    "claim_type source_text source_type cue_text attribution_mode attribution_depth export_reason"
).split()
EVENT_COLUMNS = (
    "event_date event_type sub_event_type actor1 assoc_actor_1 actor2 assoc_actor_2 interaction civilian_targeting "
    "country admin1 location fatalities time_precision geo_precision source notes n_claims sources contested corroborated"
).split()


@pytest.fixture(scope="module")
def golden(root: Path, coder: Coder) -> dict[str, str]:
    items = list(read_articles([str(root / "fixtures" / "articles")], defaults=Defaults()))
    articles = [item for item in items if isinstance(item, Article)]
    assert len(articles) == len(items), items
    out: dict[str, str] = {}
    for article, coding in zip(articles, coder.code_many(articles), strict=True):
        events, _ = merge(coding.claims)
        out[article.article_id] = _text(article, coding.claims, events)
    return out


def _text(article: Article, claims: Any, events: list[dict[str, Any]]) -> str:
    """One block a row, one line a filled column: made to be read as a diff."""
    lines = [f"# {article.article_id}: {article.title or ''}".rstrip(), ""]
    for number, row in enumerate(claims, start=1):
        lines += [f"claim {number}: {' '.join(row['sentence'].split())}"]
        lines += [f"  {key}: {_value(row[key])}" for key in CLAIM_COLUMNS if row[key] not in (None, [])]
    for number, row in enumerate(events, start=1):
        lines += ["", f"event {number}"]
        lines += [f"  {key}: {_value(row[key])}" for key in EVENT_COLUMNS if row[key] not in (None, [])]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | str) else str(value)


def test_golden(golden: dict[str, str], root: Path, request: pytest.FixtureRequest) -> None:
    folder = root / "fixtures" / "golden"
    if request.config.getoption("--update-golden"):
        folder.mkdir(exist_ok=True)
        for path in folder.glob("*.txt"):
            path.unlink()
        for name, text in golden.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    expected = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert golden.keys() == expected.keys()
    for name, text in golden.items():
        assert text.splitlines() == expected[name].splitlines(), f"{name}: review with pytest --update-golden"
