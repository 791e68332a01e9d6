from __future__ import annotations

import csv
import json
import struct
from pathlib import Path
from typing import Any

import duckdb
import geopandas  # type: ignore[import-untyped,unused-ignore]
import pandas as pd
import polars as pl
import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]
import pytest
from dateline.exports.exporting import export
from dateline.exports.formats import ACLED_COLUMNS, Options
from dateline.exports.source import OutputError, open_run
from dateline.schema import TABLES, sample

CODEBOOK = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
geo_precision source source_scale notes fatalities tags timestamp""".split()


def made(run: Path, form: str, out: Path, **options: Any) -> Path:
    export(open_run(run), form, out, options=Options(**options))
    return out


@pytest.fixture
def sampled(invented: Any, tmp_path: Path) -> Path:
    """Random valid rows: many scripts, quotes, line breaks, commas and semicolons in texts."""
    tables = {name: sample(name, 60, seed=3).to_dicts() for name in TABLES}
    folder: Path = invented.write_run(tmp_path / "sampled", tables)
    return folder


def test_acled_csv_has_exactly_acleds_columns(story: Path, tmp_path: Path) -> None:
    out = made(story, "acled-csv", tmp_path / "out")
    with (out / "events.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == CODEBOOK == ACLED_COLUMNS
    assert len(rows) == 3
    kaduna = dict(zip(rows[0], next(r for r in rows if "Kaduna" in r), strict=True))
    assert (kaduna["latitude"], kaduna["actor2"], kaduna["fatalities"]) == ("10.5264", "", "0")
    assert kaduna["notes"].endswith('"large", in Kaduna.\nFatalities: 0.')


def test_acled_csv_reads_the_same_in_pandas_polars_and_duckdb(sampled: Path, tmp_path: Path) -> None:
    path = made(sampled, "acled-csv", tmp_path / "out") / "events.csv"
    want = pl.read_parquet(sampled / "events.parquet").select(CODEBOOK)
    in_polars = pl.read_csv(path, schema=want.schema)
    in_pandas = pd.read_csv(path)
    in_duckdb = duckdb.read_csv(str(path), header=True).pl()
    assert in_polars.columns == list(in_pandas.columns) == in_duckdb.columns == CODEBOOK
    rounded = want.with_columns(pl.col("latitude", "longitude").round(4))
    assert in_polars.equals(rounded)
    for column in ("notes", "actor1", "location"):
        texts = want[column].to_list()
        assert in_pandas[column].astype(object).where(in_pandas[column].notna(), None).tolist() == texts
        assert in_duckdb[column].to_list() == texts
    assert in_pandas["fatalities"].tolist() == want["fatalities"].to_list()
    assert in_duckdb["event_date"].to_list() == want["event_date"].to_list()


def test_geoparquet_conforms(sampled: Path, tmp_path: Path) -> None:
    path = made(sampled, "geoparquet", tmp_path / "out") / "events.parquet"
    want = pl.read_parquet(sampled / "events.parquet")
    metadata = pq.read_metadata(path).metadata
    geo = json.loads(metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"], column["geometry_types"]) == ("1.1.0", "WKB", ["Point"])
    assert column["bbox"] == [
        want["longitude"].min(),
        want["latitude"].min(),
        want["longitude"].max(),
        want["latitude"].max(),
    ]
    assert "crs" not in column  # by the standard: OGC:CRS84
    assert metadata[b"dateline.ruleset_version"] == b"abc123def456"
    field = pq.read_schema(path).field("geometry")
    assert str(field.type) in ("binary", "large_binary", "binary_view")
    frame = geopandas.read_parquet(path)
    assert frame.crs == "OGC:CRS84"
    assert frame.geometry.x.tolist() == want["longitude"].to_list()
    assert frame.geometry.y.tolist() == want["latitude"].to_list()
    assert pl.read_parquet(path).drop("geometry").equals(want)
    raw = pl.read_parquet(path)["geometry"][0]
    assert struct.unpack("<BIdd", raw) == (1, 1, want["longitude"][0], want["latitude"][0])


def test_geoparquet_without_events_has_no_box(invented: Any, tmp_path: Path) -> None:
    run = invented.write_run(tmp_path / "run", {})
    path = made(run, "geoparquet", tmp_path / "out") / "events.parquet"
    assert "bbox" not in json.loads(pl.read_parquet_metadata(path)["geo"])["columns"]["geometry"]
    assert len(geopandas.read_parquet(path)) == 0


def test_flat_joins_lists_and_writes_numbers_for_booleans(story: Path, tmp_path: Path) -> None:
    out = made(story, "flat", tmp_path / "out")
    assert {p.stem for p in out.glob("*.csv")} == {*TABLES, "codebook"}
    events = pl.read_csv(out / "events.csv", infer_schema=False).sort("event_id")
    assert events["sources"].to_list() == ["police, Gusau; army", None]
    assert events["contested"].to_list() == ["1", "0"]
    claims = pl.read_csv(out / "claims.csv", infer_schema=False).sort("claim_id")
    assert claims["attribution_chain"].to_list() == [
        "police in Gusau (said, report)",
        "The militia (denied, denial)",
        None,
    ]
    attributions = pl.read_csv(out / "attributions.csv", infer_schema=False).sort("attribution_id")
    assert attributions["content_spans"].to_list() == ["100-147", "24-60"]
    assert max(len(name) for name in claims.columns) <= 32  # Stata's limit


def test_datapackage_keeps_everything(sampled: Path, tmp_path: Path) -> None:
    out = made(sampled, "datapackage", tmp_path / "out")
    for table in TABLES:
        want = pl.read_parquet(sampled / f"{table}.parquet")
        got = pl.read_csv(out / f"{table}.csv", infer_schema=False)
        assert got.columns == want.columns
        for name, dtype in want.schema.items():
            if dtype.is_nested():
                assert [json.loads(cell) for cell in got[name]] == want[name].to_list(), name
            elif dtype == pl.String:
                assert got[name].to_list() == want[name].to_list(), name
            elif dtype == pl.Float64:
                assert got[name].cast(pl.Float64).to_list() == want[name].to_list(), name


def test_excel_gets_a_mark_and_no_formulas(invented: Any, tmp_path: Path) -> None:
    tables = invented.story()
    tables["events"][0] |= {
        "notes": '=HYPERLINK("http://x")',
        "actor1": "@SUM(1)",
        "location": "-2+3",
        "admin1": "Zam=fara",
    }
    run = invented.write_run(tmp_path / "run", tables)
    raw = (made(run, "acled-csv", tmp_path / "out", excel=True) / "events.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = next(r for r in csv.DictReader(raw.decode("utf-8-sig").splitlines()) if r["event_id_cnty"] != "NGA2")
    assert (cells["notes"][:2], cells["actor1"], cells["location"]) == ("'=", "'@SUM(1)", "'-2+3")
    assert cells["admin1"] == "Zam=fara"
    plain = (made(run, "acled-csv", tmp_path / "plain") / "events.csv").read_text("utf-8")
    assert plain.startswith("event_id_cnty")
    assert "@SUM(1)" in plain
    assert "'@SUM" not in plain


def test_the_same_run_gives_the_same_bytes(story: Path, tmp_path: Path) -> None:
    for form in ("acled-csv", "geoparquet", "datapackage", "flat"):
        one, two = made(story, form, tmp_path / f"1{form}"), made(story, form, tmp_path / f"2{form}")
        for path in sorted(one.iterdir()):
            assert path.read_bytes() == (two / path.name).read_bytes(), path


def test_an_export_is_replaced_only_by_one_of_its_kind(story: Path, tmp_path: Path) -> None:
    out = made(story, "flat", tmp_path / "out")
    (out / "events.csv").write_text("spoilt", "utf-8")
    made(story, "flat", out)
    assert (out / "events.csv").read_text("utf-8").startswith("event_id_cnty")
    with pytest.raises(OutputError, match="an export as flat") as caught:
        made(story, "acled-csv", out)
    assert caught.value.exit_code == 2
    with pytest.raises(OutputError, match="other files"):
        made(story, "flat", story)
    assert {p.suffix for p in story.iterdir()} == {".parquet"}


def test_a_failed_export_leaves_nothing_behind(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.exports import exporting

    def broken(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "methods", broken)
    with pytest.raises(OSError, match="No space"):
        made(story, "flat", tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["run"]
