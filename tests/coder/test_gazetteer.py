from __future__ import annotations

import gzip
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from dateline.coder.gazetteer import Gazetteer, GazetteerError, fold, open_gazetteer
from dateline.coder.gazetteer.overlay import Entry, lay_over
from dateline.coder.gazetteer.store import META, NAMES, PLACES, SCHEMA_VERSION, new_file, unpacked


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def tiny(target: Path, schema: int = SCHEMA_VERSION) -> Path:
    """A gazetteer with one place."""
    with new_file(target) as path:
        database = sqlite3.connect(path)
        for statement in (PLACES, NAMES, META):
            database.execute(statement)
        database.execute(
            "INSERT INTO places VALUES (1, 77, 'Nowhere', 'PPL', 'SYR', NULL, NULL, NULL, 3500000, 3600000, 5, NULL, 0)"
        )
        database.execute("INSERT INTO names VALUES ('nowhere', 1, 0)")
        meta = {"schema": str(schema), "version": "1", "source": "test"}
        database.executemany("INSERT INTO meta VALUES (?,?)", meta.items())
        database.commit()
        database.close()
    return target


def packed(folder: Path) -> Path:
    path = folder / "tiny.sqlite.gz"
    path.write_bytes(gzip.compress(tiny(folder / "tiny.sqlite").read_bytes(), mtime=0))
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("DATELINE_CACHE", str(folder))
    return folder


def test_the_shipped_file_is_whole_and_names_its_source(gazetteer: Gazetteer, root: Path) -> None:
    places, names = gazetteer.counts()
    assert places > 200_000 and names > 500_000
    assert "GeoNames" in gazetteer.source and "CC BY 4.0" in gazetteer.source
    notice = (root / "NOTICE").read_text(encoding="utf-8")
    assert "GeoNames" in notice and "creativecommons.org/licenses/by/4.0" in notice


def test_it_is_unpacked_once_and_used_again(tmp_path: Path, cache: Path) -> None:
    source = packed(tmp_path)
    first = unpacked(source)
    assert isinstance(first, Path)
    stamp = first.stat().st_mtime_ns
    assert unpacked(source) == first
    assert first.stat().st_mtime_ns == stamp
    assert [path.name for path in cache.iterdir()] == [first.name]


@pytest.mark.parametrize("damage", ["changed", "cut"])
def test_a_damaged_cache_is_mended(tmp_path: Path, cache: Path, damage: str) -> None:
    source = packed(tmp_path)
    file = unpacked(source)
    assert isinstance(file, Path)
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(content if damage == "changed" else content[:-1])
    assert Gazetteer(source).lookup("Nowhere")[0].geonameid == 77
    assert file.read_bytes() == tiny(tmp_path / "again.sqlite").read_bytes()


def test_without_a_cache_it_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("DATELINE_CACHE", str(blocked / "below"))
    gazetteer = Gazetteer(packed(tmp_path))
    assert gazetteer.memory
    assert gazetteer.lookup("nowhere")[0].geonameid == 77
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("nowhere")[0].geonameid == 77


def test_processes_that_start_at_once_all_find_it(tmp_path: Path, cache: Path) -> None:
    source = packed(tmp_path)
    code = (
        "import sys; from pathlib import Path; from dateline.coder.gazetteer import Gazetteer; "
        "print(Gazetteer(Path(sys.argv[1])).lookup('Nowhere')[0].geonameid)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(source)], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.communicate()[0].strip() for process in running] == ["77"] * 3
    assert list(cache.glob("*.part")) == []


def test_a_file_of_another_schema_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"schema 99, this version of Dateline reads.*gazetteer build"):
        Gazetteer(tiny(tmp_path / "old.sqlite", schema=99))


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no database at all", "no SQLite file"), (b"", "no SQLite file")],
)
def test_what_is_no_gazetteer_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=message):
        Gazetteer(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    database.close()
    with pytest.raises(GazetteerError, match="no gazetteer of this version"):
        Gazetteer(path)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tiny(tmp_path / "g.sqlite")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"checksum .* instead of .*gazetteer build"):
        Gazetteer(path)


def test_a_broken_package_is_refused(tmp_path: Path, cache: Path) -> None:
    source = packed(tmp_path)
    source.write_bytes(source.read_bytes()[:-40])
    with pytest.raises(GazetteerError, match="missing or broken"):
        Gazetteer(source)
    with pytest.raises(GazetteerError, match="no such gazetteer"):
        open_gazetteer(tmp_path / "none.sqlite")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tiny(tmp_path / "g.sqlite")
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), new_file(path) as new:
        new.write_bytes(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["g.sqlite"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    entries = [Entry("Ard Saghira", "SYR", 35.1, 36.6), Entry("Kafr Tulul", "SYR", 35.2, 36.7, admin1="Idlib")]
    base = tiny(tmp_path / "base.sqlite")
    for name in ("one.sqlite", "two.sqlite"):
        lay_over(base, entries, tmp_path / name, "test")
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("name", "country", "expected", "admin1"),
    [
        ("Aleppo", "SYR", "Aleppo", "Aleppo"),
        ("HALAB", "SYR", "Aleppo", "Aleppo"),
        ("Dayr az Zawr", "SYR", "Deir ez-Zor", "Deir ez-Zor"),
        ("Maiduguri", None, "Maiduguri", "Borno"),
        ("Qalat", "AFG", "Qalat", "Zabul"),
        ("Saint-Marc", "HTI", "Saint-Marc", "Artibonite"),
        ("Zürich", None, "Zurich", "Zurich"),
        ("Gusau city", "NGA", "Gusau", "Zamfara"),
    ],
)
def test_names_in_their_variants(
    gazetteer: Gazetteer, name: str, country: str | None, expected: str, admin1: str
) -> None:
    towns = [p for p in gazetteer.lookup(name, country) if p.feature.startswith("PPL")]
    assert (towns[0].name, towns[0].admin1) == (expected, admin1)


def test_a_unit_in_full_finds_its_namesakes_that_the_dump_does_not_spell_out(gazetteer: Gazetteer) -> None:
    found = {(m.place.feature, m.place.admin1) for m in gazetteer.matches("Aurangabad District", "IND")}
    assert found == {("ADM2", "Maharashtra"), ("ADM2", "Bihar")}


def test_names_are_never_matched_by_likeness(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Alepppo", "SYR") == ()
    assert gazetteer.lookup("Maidugury") == ()


@pytest.mark.parametrize(
    ("unit", "country", "capital"),
    [
        ("Guerrero", "MEX", "Chilpancingo"),
        ("Bihar", "IND", "Patna"),
        ("Nineveh", "IRQ", "Mosul"),
        ("Anambra", "NGA", "Awka"),
        ("Rakhine", "MMR", "Sittwe"),
        ("Centre-Est", "BFA", "Tenkodogo"),
    ],
)
def test_a_province_is_shown_at_its_capital_and_not_at_its_largest_town(
    gazetteer: Gazetteer, unit: str, country: str, capital: str
) -> None:
    found = gazetteer.seat(next(place for place in gazetteer.admin(unit, country) if place.feature == "ADM1"))
    assert found is not None and found.name == capital


def test_a_unit_has_a_seat_that_bears_its_name_where_there_is_one(gazetteer: Gazetteer) -> None:
    for name, country, seat in [
        ("Zurmi", "NGA", "Zurmi"),
        ("Idlib", "SYR", "Idlib"),
        ("Guanajuato", "MEX", "Guanajuato"),
    ]:
        unit = gazetteer.admin(name, country)[0]
        found = gazetteer.seat(unit)
        assert found is not None and found.name == seat


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bab al-Hawa", "bab al hawa"),
        ("Dar‘ā", "DARA"),
        ("Saint Louis", "St. Louis"),
        ("Iğdır", "igdir"),
        ("Łódź", "Lodz"),
    ],
)
def test_folding(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""
