"""A gazetteer from a GeoNames dump; the lines are in GeoNames' format, the villages are invented."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from dateline.coder.gazetteer import Gazetteer, GazetteerError
from dateline.coder.gazetteer.dump import Built, build


def line(
    gid: int, name: str, code: str, admin: tuple[str, ...] = (), *, others: str = "", lat: object = 35.5,
    lon: object = 36.5, country: str = "SY", people: int = 0,
) -> str:  # fmt: skip
    a1, a2, a3 = (*admin, "", "", "")[:3]
    kind = "A" if code.startswith("ADM") else "P"
    cells = [
        gid,
        name,
        name,
        others,
        lat,
        lon,
        kind,
        code,
        country,
        "",
        a1,
        a2,
        a3,
        "",
        people,
        "",
        300,
        "Z",
        "2024-01-01",
    ]
    return "\t".join(map(str, cells)) + "\n"


DUMP = [
    line(91, "Muhafazat Test Governorate", "ADM1", ("12",)),
    line(92, "Nahiya Test District", "ADM2", ("12", "1201"), others="Nahiyat Test,منطقة"),
    line(93, "Kafr Invented", "PPL", ("12", "1201"), others="Kfar Invented,كفر", people=400),
    line(94, "Madinat Invented", "PPLA2", ("12", "1201"), people=9000, lat=35.6),
    line(95, "Wadi Invented", "STM", ("12", "1201")),
    line(96, "Tall Invented", "PPL", ("99",)),
    line(97, "Elsewhere", "PPL", country="XX"),
]


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    folder = tmp_path_factory.mktemp("build")
    target = folder / "g.sqlite"
    names = write(
        folder / "alternateNamesV2.txt",
        [
            "1\t93\ten\tInvented Village\t1\t\t\t\n",
            "2\t93\tlink\tHttps\t\t\t\t\n",
            "3\t93\ten\tForgotten Village\t\t\t\t1\n",
            "4\t999999999\ten\tOrphan\t\t\t\t\n",
        ],
    )
    codes = write(folder / "admin1.txt", ["SY.99\tFar Province\tFar Province\t98\n", "SY.12\tX\tX\t91\n"])
    built = build([write(folder / "SY.txt", DUMP)], target, alternates=[names], admin1=codes, only=True)
    return built, target


def test_places_units_and_other_names(made: tuple[Built, Path]) -> None:
    gazetteer = Gazetteer(made[1])
    (village,) = gazetteer.lookup("kafr invented", "SYR")
    assert (village.geonameid, village.admin1, village.admin2) == (93, "Muhafazat Test", "Nahiya Test")
    assert (village.latitude, village.longitude, village.population) == (35.5, 36.5, 400)
    assert gazetteer.lookup("Kfar Invented")[0].geonameid == 93
    assert gazetteer.lookup("Invented Village")[0].geonameid == 93
    for name in ("Forgotten Village", "Https", "Orphan", "Wadi Invented", "Elsewhere"):
        assert gazetteer.lookup(name) == ()


def test_seats_and_units_that_the_dump_lacks(made: tuple[Built, Path]) -> None:
    gazetteer = Gazetteer(made[1])
    unit = gazetteer.admin("Nahiya Test", "SYR")[0]
    seat = gazetteer.seat(unit)
    assert seat is not None and seat.name == "Madinat Invented"
    far = gazetteer.admin("Far Province", "SYR")[0]
    assert (far.geonameid, far.latitude) == (98, 35.5)
    assert gazetteer.lookup("Tall Invented")[0].admin1 == "Far"


def test_what_is_left_out_is_counted(made: tuple[Built, Path]) -> None:
    built, path = made
    assert (built.rows, built.features_left_out, built.unknown_countries) == (7, 1, ("XX",))
    gazetteer = Gazetteer(path)
    assert gazetteer.counts() == (built.places, built.names)
    assert "GeoNames" in gazetteer.source and "SY.txt" in gazetteer.source
    assert gazetteer.lookup("Homs") == ()  # --only
    assert gazetteer.country("NGA") is not None  # countries are always there
    assert gazetteer.lookup("Middle East")[0].feature == "RGN"


def test_other_countries_come_from_ours(tmp_path: Path) -> None:
    built = build([write(tmp_path / "SY.txt", DUMP)], tmp_path / "g.sqlite")
    gazetteer = Gazetteer(tmp_path / "g.sqlite")
    assert gazetteer.lookup("Maiduguri")[0].admin1 == "Borno"
    assert gazetteer.lookup("Homs", "SYR") == ()
    seat = gazetteer.seat(gazetteer.admin("Borno", "NGA")[0])
    assert seat is not None and seat.name == "Maiduguri"
    assert built.places > 200_000


def test_packed_dumps_and_the_same_bytes(tmp_path: Path, made: tuple[Built, Path]) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "not this one")
        archive.writestr("SY.txt", "".join(DUMP))
    for name in ("one", "two"):
        build([tmp_path / "SY.zip"], tmp_path / name, only=True)
    assert Gazetteer(tmp_path / "one").lookup("Kafr Invented")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([*DUMP, "98\tCut off\tCu"], r"SY.txt:8: 3 columns instead of 19.*download it again"),
        ([*DUMP, line(98, "Far off", "PPL", lat=95)], r"SY.txt:8: 95, 36.5 are no latitude and longitude"),
        ([*DUMP, line(98, "Nowhere", "PPL", lat="north")], r"SY.txt:8: 'north'"),
        ([line(98, "Only a stream", "STM")], "no place in it"),
        ([], "no place in it"),
        (["name,country,latitude,longitude\n"], r"SY.txt:1: 1 columns"),
        ([DUMP[0].replace("91", "x")], r"SY.txt:1: 'x' is no GeoNames id"),
    ],
)
def test_bad_dumps_are_refused_and_leave_nothing(tmp_path: Path, content: list[str], message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        build([write(tmp_path / "SY.txt", content)], tmp_path / "g.sqlite", only=True)
    assert [path.name for path in tmp_path.iterdir()] == ["SY.txt"]


def test_a_dump_in_another_encoding_and_a_broken_zip(tmp_path: Path) -> None:
    (tmp_path / "SY.txt").write_bytes("".join(DUMP).encode() + "98\tDé".encode("latin-1"))
    with pytest.raises(GazetteerError, match=r"SY.txt:8: not UTF-8"):
        build([tmp_path / "SY.txt"], tmp_path / "g.sqlite", only=True)
    (tmp_path / "SY.zip").write_bytes(b"PK")
    with pytest.raises(GazetteerError, match=r"SY.zip:1: cannot be read"):
        build([tmp_path / "SY.zip"], tmp_path / "g.sqlite", only=True)


def test_the_country_file_adds_codes(tmp_path: Path) -> None:
    countries = write(tmp_path / "countryInfo.txt", ["#ISO\tISO3\n", "XX\tXXX\t000\tXX\tExland\n"])
    built = build([write(tmp_path / "d.txt", DUMP)], tmp_path / "g.sqlite", countries=countries, only=True)
    assert built.unknown_countries == ()
    assert Gazetteer(tmp_path / "g.sqlite").lookup("Elsewhere")[0].iso3 == "XXX"
