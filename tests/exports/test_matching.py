from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dateline.exports.evaluation import events
from dateline.exports.evaluation.evaluate import evaluate
from dateline.exports.evaluation.matching import (
    actor_country,
    actor_score,
    canonical,
    distance,
    is_strict,
    match_events,
    near,
    pair_score,
    toll_score,
)  # fmt: skip
from dateline.exports.evaluation.scores import Tally
from dateline.exports.source import OutputError
from dateline.schema import polars_schema


@pytest.fixture
def event(invented: Any) -> Any:
    def make(**changes: Any) -> dict[str, Any]:
        return invented.row("events", **changes)  # type: ignore[no-any-return]

    return make


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=polars_schema("events"), orient="row")


def test_an_event_matches_itself_with_a_full_score(event: Any) -> None:
    assert pair_score(event(), event()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("precisions", "days", "ok"),
    [
        ((1, 1), 1, True),
        ((1, 1), 2, False),
        ((1, 2), 3, True),
        ((2, 2), 4, False),
        ((3, 1), 15, True),
        ((3, 3), 16, False),
    ],
)
def test_the_window_of_days_follows_the_precision(event: Any, precisions: tuple[int, int], days: int, ok: bool) -> None:
    a = event(event_date=date(2024, 5, 1), time_precision=precisions[0])
    b = event(event_date=date(2024, 5, 1 + days), time_precision=precisions[1])
    assert near(a, b) is near(b, a) is ok
    assert bool(match_events(frame(a), frame(b))) is ok


@pytest.mark.parametrize(
    ("precisions", "degrees", "ok"),
    [((1, 1), 0.04, True), ((1, 1), 0.05, False), ((1, 2), 0.22, True), ((2, 2), 0.23, False), ((3, 1), 3.0, True)],
)
def test_the_distance_follows_the_precision(event: Any, precisions: tuple[int, int], degrees: float, ok: bool) -> None:
    a = event(geo_precision=precisions[0])
    b = event(geo_precision=precisions[1], latitude=a["latitude"] + degrees)  # a degree of latitude is 111.2 km
    assert near(a, b) is ok


def test_a_region_needs_the_same_first_order_unit(event: Any) -> None:
    assert near(event(geo_precision=3), event())
    assert not near(event(geo_precision=3), event(admin1="Kano"))


def test_null_matches_null_only(event: Any) -> None:
    assert near(event(event_date=None), event(event_date=None))
    assert not near(event(event_date=None), event())
    nowhere = {"latitude": None, "longitude": None}
    assert near(event(**nowhere), event(**nowhere))
    assert not near(event(**nowhere), event(location="Kaura"))


def test_country_and_type_group_are_gates(event: Any) -> None:
    protest = {"event_type": "Protests", "sub_event_type": "Peaceful protest"}
    riot = {"event_type": "Riots", "sub_event_type": "Violent demonstration"}
    battle = {"event_type": "Battles", "sub_event_type": "Armed clash"}
    assert match_events(frame(event(**protest)), frame(event(**riot)))
    assert not match_events(frame(event()), frame(event(**battle)))
    assert not match_events(frame(event()), frame(event(country="Niger")))
    assert match_events(frame(event(country="Ivory Coast")), frame(event(country="Cote d'Ivoire")))


def test_distance_is_that_of_the_globe() -> None:
    assert distance(51.5074, -0.1278, 48.8566, 2.3522) == pytest.approx(343.6, abs=0.5)  # London, Paris
    assert distance(0, 179.9, 0, -179.9) == pytest.approx(22.24, abs=0.01)


@pytest.mark.parametrize(
    ("one", "two", "want"),
    [
        ("Boko Haram", "boko  haram", 1.0),
        ("Military Forces of Nigeria (2015-2023)", "Military Forces of Nigeria (2023-)", 1.0),
        ("Zamfara Communal Militia (Nigeria)", "Hausa Ethnic Militia (Nigeria)", 0.5),
        ("Zamfara Communal Militia (Nigeria)", "Hausa Ethnic Militia (Niger)", 0.25),
        ("Boko Haram", "Ansaru", 0.25),
    ],
)
def test_actors_are_compared_by_name_type_and_country(event: Any, one: str, two: str, want: float) -> None:
    side = {"actor2": None, "inter2": None, "inter1": "Identity militia"}
    assert actor_score(event(actor1=one, **side), event(actor1=two, **side)) == pytest.approx(want)


def test_the_order_of_actors_means_nothing_but_a_missing_side_counts(event: Any) -> None:
    a = event(event_type="Battles", sub_event_type="Armed clash")
    turned = a | {"actor1": a["actor2"], "actor2": a["actor1"], "inter1": a["inter2"], "inter2": a["inter1"]}
    assert actor_score(a, turned) == 1.0
    assert is_strict(a, turned)
    assert actor_score(a, a | {"actor2": None, "inter2": None}) == 0.5


def test_the_victim_of_violence_against_civilians_is_actor2(event: Any) -> None:
    a = event()
    turned = a | {"actor1": a["actor2"], "actor2": a["actor1"]}
    assert not is_strict(turned, a)
    assert is_strict(a, a)


def test_names_and_tolls() -> None:
    assert canonical("Police Forces of Kenya (2022-)") == "police forces of kenya"
    assert actor_country("Protesters (Ivory Coast)") == "CIV"
    assert actor_country("Boko Haram (Shekau)") == ""
    assert [toll_score(a, b) for a, b in ((5, 5), (4, 6), (4, 7), (None, 0), (0, 1))] == [1.0, 0.5, 0.0, 1.0, 0.0]


def test_pairs_under_sixty_are_not_kept(event: Any) -> None:
    a = event()
    other = event(
        sub_event_type="Sexual violence", actor1="X", inter1="Rebel group", actor2="Y", inter2="Rioters", fatalities=50
    )
    assert pair_score(a, other) == pytest.approx(0.15 + 0.15 + 0.10)
    assert match_events(frame(a), frame(other)) == []
    same_sides = event(sub_event_type="Sexual violence", fatalities=50)
    (pair,) = match_events(frame(a), frame(same_sides))
    assert pair.score == pytest.approx(0.75)
    assert not pair.strict


def test_each_event_is_matched_once(event: Any) -> None:
    gold = frame(event(), event(event_date=date(2024, 5, 14)))
    pairs = match_events(frame(event(), event(), event(event_date=date(2024, 5, 14))), gold)
    assert len(pairs) == 2
    assert sorted(p.gold for p in pairs) == [0, 1]
    assert sum(p.score for p in pairs) == pytest.approx(2.0)


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    frame(*rows).drop("claim_ids", "sources", "claim_types").write_csv(path)
    return path


def test_precision_recall_and_false_exports(event: Any, tmp_path: Path) -> None:
    wrong_sub = event(sub_event_type="Sexual violence")
    days = [date(2024, 5, 13), date(2024, 6, 13), date(2024, 7, 13), date(2024, 8, 13)]
    run = write(
        tmp_path / "events.csv", [event(event_date=days[0]), event(event_date=days[1]), event(event_date=days[2])]
    )
    gold_rows = [
        event(event_date=days[0]),
        wrong_sub | {"event_date": days[1]},
        event(event_date=days[2]),
        event(event_date=days[3]),
    ]
    gold = frame(*gold_rows).drop("claim_ids", "sources", "claim_types")
    gold = gold.with_columns(pl.Series("event_status", ["occurred", "occurred", "planned", "ongoing"]))
    gold.write_csv(tmp_path / "gold.csv")
    (level,) = evaluate(run, tmp_path / "gold.csv", resamples=200).levels
    lenient, strict = level.scores["lenient"].tally, level.scores["strict"].tally
    assert lenient.precision == pytest.approx(2 / 3)
    assert lenient.recall == pytest.approx(2 / 3)
    for value in (strict.precision, strict.recall, strict.f1):
        assert value == pytest.approx(1 / 3)
    rate, n = level.rates["false_export_rate_events"]
    assert rate == pytest.approx(1 / 3)
    assert n == 3
    fields = {f.name: (f.accuracy, f.n) for f in level.fields}
    assert fields["sub_event_type"] == (0.5, 2)
    assert fields["actors (any order)"] == (1.0, 2)
    assert level.unit == "events"


def test_strategic_developments_are_also_left_out(event: Any, tmp_path: Path) -> None:
    arrest = event(event_type="Strategic developments", sub_event_type="Arrests", event_date=date(2024, 6, 1))
    run = write(tmp_path / "events.csv", [event()])
    gold = write(tmp_path / "gold.csv", [event(), arrest])
    (level,) = evaluate(run, gold, resamples=0).levels
    assert level.scores["lenient"].tally.recall == 0.5
    assert level.scores["lenient, without strategic developments"].tally.recall == 1.0
    assert level.scores["lenient, Strategic developments"].tally.recall == 0.0


def test_the_bootstrap_draws_articles_and_is_seeded(invented: Any, tmp_path: Path) -> None:
    tables = invented.many(60)
    run = invented.write_run(tmp_path / "run", tables)
    gold = invented.write_run(tmp_path / "gold", tables | {"events": tables["events"][::2]})
    one = evaluate(run, gold, seed=7, resamples=300).levels[0]
    assert one.unit == "articles"
    assert one.scores["lenient"].tally.precision == 0.5
    low, high = one.scores["lenient"].intervals["precision"]
    assert low < 0.5 < high
    assert 0.02 < high - low < 0.35
    assert evaluate(run, gold, seed=7, resamples=300).levels[0].scores == one.scores
    assert evaluate(run, gold, seed=8, resamples=300).levels[0].scores["lenient"] != one.scores["lenient"]


def test_a_gold_event_without_articles_shares_the_document_of_its_match(
    invented: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = invented.many(30)
    run = invented.write_run(tmp_path / "run", tables)
    gold = tmp_path / "gold.parquet"
    frame(*tables["events"], tables["events"][0] | {"country": "Chad"}).write_parquet(gold)
    drawn: list[Any] = []

    def remember(tallies: dict[str, Tally], **_: Any) -> dict[str, Any]:
        drawn.append(dict(tallies))
        return {}

    monkeypatch.setattr(events, "bootstrap", remember)
    (level,) = evaluate(run, gold).levels
    assert level.unit == "articles"
    articles = {row["article_id"] for row in tables["claims"]}
    assert set(drawn[0]) == {*articles, "gold 30"}  # the event in Chad matches none
    assert drawn[0]["art-3"] == Tally(3, 3, 3, 3)


def test_gold_without_dates_is_told(event: Any, tmp_path: Path) -> None:
    run = write(tmp_path / "events.csv", [event()])
    frame(event()).select("country", "sub_event_type", "actor1").write_csv(tmp_path / "gold.csv")
    with pytest.raises(OutputError, match="no dates") as caught:
        evaluate(run, tmp_path / "gold.csv")
    assert caught.value.exit_code == 1
    write(tmp_path / "gold.csv", [event(event_date=None)])
    with pytest.raises(OutputError, match="no dates"):
        evaluate(run, tmp_path / "gold.csv")


@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet"])
def test_gold_may_be_any_kind_of_file_with_few_columns(event: Any, tmp_path: Path, form: str) -> None:
    run = write(tmp_path / "events.csv", [event(), event(event_date=date(2024, 9, 1))])
    few = frame(event()).select(
        "event_date", "country", "sub_event_type", "actor1", "inter1", "location", "latitude", "longitude"
    )
    path = tmp_path / f"gold.{form}"
    writers: dict[str, Any] = {"csv": few.write_csv, "ndjson": few.write_ndjson, "parquet": few.write_parquet}
    writers[form](path)
    (level,) = evaluate(run, path, resamples=0).levels
    assert level.scores["lenient"].tally.recall == 1.0
    assert "fatalities" not in {f.name for f in level.fields}
    assert "event_date" in {f.name for f in level.fields}
