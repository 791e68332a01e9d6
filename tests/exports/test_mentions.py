from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dateline.exports.evaluation.attributions import head
from dateline.exports.evaluation.evaluate import evaluate
from dateline.exports.evaluation.mentions import COARSE, match_mentions
from dateline.exports.evaluation.writing import as_json, as_markdown, as_text
from dateline.exports.source import OutputError
from dateline.schema import polars_schema
from dateline.schema.vocabulary import load_vocabulary


def claims(path: Path, rows: list[dict[str, Any]]) -> Path:
    pl.DataFrame(rows, schema=polars_schema("claims"), orient="row").write_ndjson(path)
    return path


def level(run: Path, gold: Path, name: str = "claims", **options: Any) -> Any:
    return next(found for found in evaluate(run, gold, resamples=0, **options).levels if found.name == name)


def test_mentions_match_in_the_same_sentence_when_triggers_overlap(invented: Any) -> None:
    killed, denied, protest = invented.story()["claims"]
    apart = killed | {"trigger_start": killed["actor_start"], "trigger_end": killed["actor_end"]}
    other_sentence = killed | {"sentence_index": 9}
    extra = {"accept_sub_event_types": None, "actor_order": None}
    assert match_mentions([killed, denied, protest], [protest | extra, killed | extra]) == [(0, 1), (2, 0)]
    assert match_mentions([killed], [apart]) == match_mentions([killed], [other_sentence]) == []


def test_triggers_without_offsets_are_compared_by_words(invented: Any) -> None:
    killed = invented.story()["claims"][0]
    bare = killed | {"trigger_start": None, "trigger_end": None}
    assert match_mentions([killed], [bare | {"trigger_text": "Killed in"}]) == [(0, 0)]
    assert match_mentions([killed], [bare | {"trigger_text": "wounded"}]) == []


def test_fields_rates_and_false_exports(invented: Any, story: Path, tmp_path: Path) -> None:
    rows = invented.story()["claims"]
    rows[0] |= {"event_status": "planned", "claim_type": "claim"}
    found = level(story, claims(tmp_path / "gold.ndjson", rows))
    fields = {f.name: (f.accuracy, f.n) for f in found.fields}
    assert found.scores["mentions"].tally.f1 == 1.0
    assert fields["event_status"] == (pytest.approx(2 / 3), 3)
    assert fields["claim_type"] == (pytest.approx(2 / 3), 3)
    assert found.rates["false_export_rate"] == (0.5, 2)


def test_accepted_sub_types_and_order_of_actors(invented: Any, story: Path, tmp_path: Path) -> None:
    rows = [
        row | {"sub_event_type": "Mob violence", "event_type": "Riots", "accept_sub_event_types": ["Attack"], "actor_order": order,
               "actor_name": row["target_name"], "target_name": row["actor_name"]}
        for row, order in zip(invented.story()["claims"][:2], (None, "fixed"), strict=True)
    ]  # fmt: skip
    path = tmp_path / "claims.ndjson"
    path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), "utf-8")
    fields = {f.name: f.accuracy for f in level(story, path).fields}
    assert fields["sub_event_type (accepted)"] == 1.0
    assert fields["event_type"] == 0.0
    assert fields["actors"] == 0.5


def test_agreement_of_two_coders(invented: Any, tmp_path: Path) -> None:
    base = invented.story()["claims"][0]
    rows = [base | {"claim_id": f"{k:016x}", "sentence_index": k} for k in range(50)]
    yes, no = {"claim_type": "report"}, {"claim_type": "claim"}
    first = [row | (yes if k < 25 else no) | {"fatalities": k} for k, row in enumerate(rows)]
    second = [row | (yes if k < 20 or 25 <= k < 35 else no) | {"fatalities": k} for k, row in enumerate(rows)]
    found = {
        a.name: a for a in level(claims(tmp_path / "a.ndjson", first), claims(tmp_path / "b.ndjson", second)).agreement
    }
    assert found["claim_type"].kappa == pytest.approx(0.4)
    assert found["claim_type"].percent == pytest.approx(0.7)
    assert found["claim_type"].alpha == pytest.approx(1 - 0.3 / (2 * 55 * 45 / (100 * 99)))
    assert found["claim_type report"].alpha == found["claim_type"].alpha  # two values only
    assert (found["fatalities"].level, found["fatalities"].alpha, found["fatalities"].n) == ("interval", 1.0, 50)
    assert found["claim_type, six classes"].percent == pytest.approx(0.7)
    assert found["time_precision"].alpha is None  # all the same


def test_the_six_classes_hold_every_claim_type_once() -> None:
    listed = [value for values in COARSE.values() for value in values]
    assert sorted(listed) == sorted(load_vocabulary("claim_type"))


def test_attributions_by_tokens_and_spans(invented: Any, story: Path, tmp_path: Path) -> None:
    tables = invented.story()
    first, second = tables["attributions"]
    first |= {"cue_text": "said so", "cue_end": first["cue_end"] + 3, "depth": 2}  # one word more
    second |= {"content_spans": [{"start": 24, "end": 42}]}  # half
    gold = invented.write_run(tmp_path / "gold", tables)
    found = level(story, gold, "attributions")
    scores = {name: s.tally for name, s in found.scores.items()}
    assert scores["source tokens"].f1 == 1.0
    assert (scores["cue tokens"].precision, scores["cue tokens"].recall) == (1.0, pytest.approx(2 / 3))
    assert scores["content code points"].precision == pytest.approx((47 + 18) / (47 + 36))
    assert scores["attributions"].f1 == 1.0
    assert scores["exact spans"].hits == 0
    assert {f.name: f.accuracy for f in found.fields}["depth"] == 0.5
    assert found.rates["agr of the run"] == (1.0, 2)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("police in Gusau", "police"),
        ("a spokesman for the army", "spokesman"),
        ("Jan Egeland, who", "egeland"),
        (None, ""),
    ],
)
def test_head_of_a_source(text: str | None, want: str) -> None:
    assert head(text) == want


def test_writers_give_the_same_figures(invented: Any, story: Path, tmp_path: Path) -> None:
    gold = invented.write_run(tmp_path / "gold|1", invented.story())
    result = evaluate(story, gold, seed=3, resamples=50)
    body = json.loads(as_json(result))
    assert body["bootstrap"] == {"seed": 3, "resamples": 50, "level": 0.95}
    assert set(body["levels"]) == {"events", "claims", "attributions"}
    assert body["levels"]["events"]["scores"]["strict"]["f1"] == 1.0
    assert body["levels"]["events"]["scores"]["lenient"]["intervals"]["recall"] == [1.0, 1.0]
    assert body["levels"]["claims"]["agreement"]["claim_type"]["alpha"] == 1.0
    text, markdown = as_text(result), as_markdown(result)
    assert "run against gold|1" in text
    assert "1.000 [1.000, 1.000]" in text
    assert "# run against gold\\|1" in markdown
    for line in markdown.splitlines():
        if line.startswith("|---"):
            head_line = markdown.splitlines()[markdown.splitlines().index(line) - 1]
            assert head_line.count("|") == line.count("|")
    assert "nan" not in text + markdown


def test_nothing_in_common_and_nothing_there(invented: Any, story: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.parquet"
    (story / "events.parquet").replace(events)
    for gold, code in ((events, 2), (tmp_path / "none", 4), (tmp_path, 1)):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(OutputError) as caught:
            evaluate(story, tmp_path / "x" if gold == tmp_path else gold)
        assert caught.value.exit_code == code
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(OutputError, match="neither"):
        evaluate(story, bad)
    bad.write_text("event_date,country,sub_event_type\nlast week,Nigeria,Attack\n", "utf-8")
    with pytest.raises(OutputError, match="event_date"):
        evaluate(events, bad)
