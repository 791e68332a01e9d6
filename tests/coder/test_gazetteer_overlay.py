from __future__ import annotations

from pathlib import Path

import pytest
from dateline.coder.gazetteer import Gazetteer, GazetteerError, open_gazetteer
from dateline.coder.gazetteer.learn import learn
from dateline.coder.gazetteer.overlay import Entry, lay_over, read_overlay

HEAD = "name,country,latitude,longitude,other_names,admin1,admin2,priority\n"


def csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("overlay")
    overlay = csv(
        folder / "mine.csv",
        HEAD
        + "Kafr Tulul,Syria,35.42,36.61,Kfar Tulul|Tulul,Idlib,Harim,\n"
        + "Kano,SYR,35.4,36.6,,Idlib,,3\n"
        + "Tudun Gona,NG,12.1,6.4,,Zamfara,Never Heard Of,0\n",
    )
    lay_over(None, read_overlay(overlay), folder / "mine.sqlite", "mine.csv")
    return Gazetteer(folder / "mine.sqlite")


def test_new_places_are_found_by_all_their_names_inside_their_units(mine: Gazetteer) -> None:
    for name in ("Kafr Tulul", "KFAR TULUL", "kafr-tulul", "Tulul"):
        assert "Kafr Tulul" in {p.name for p in mine.lookup(name, "SYR")}
    place = mine.lookup("Kafr Tulul", "SYR")[0]
    assert (place.admin1, place.admin2, place.country) == ("Idlib", "Harim", "Syria")
    assert place.geonameid < 0


def test_a_unit_that_is_not_known_is_a_label_and_no_name(mine: Gazetteer) -> None:
    assert mine.lookup("Tudun Gona")[0].admin2 == "Never Heard Of"
    assert mine.lookup("Never Heard Of") == ()


def test_priority_goes_before_population(mine: Gazetteer) -> None:
    assert next((m.place.iso3, m.priority) for m in mine.matches("Kano")) == ("SYR", 3)
    assert mine.lookup("Kano", "NGA") == open_gazetteer().lookup("Kano", "NGA")


def test_source_and_version_tell_of_the_overlay(mine: Gazetteer) -> None:
    ours = open_gazetteer()
    assert mine.source == ours.source + "; mine.csv"
    assert mine.version != ours.version


def test_adding_the_same_place_again_replaces_it(tmp_path: Path, mine: Gazetteer) -> None:
    entry = Entry("Kafr Tulul", "SYR", 35.42, 36.61, ("Tulul al-Kafr",), "Idlib", "Harim")
    lay_over(mine.path, [entry], tmp_path / "again.sqlite", "again")
    again = Gazetteer(tmp_path / "again.sqlite")
    assert [p.name for p in again.lookup("Kafr Tulul", "SYR")] == ["Kafr Tulul"]
    assert again.lookup("Tulul al-Kafr")[0].name == "Kafr Tulul"
    assert again.counts()[0] == mine.counts()[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("place,country\nA,Syria\n", r":1: column name, latitude, longitude missing"),
        ("name,country,latitude,longitude,colour\nA,Syria,35,36,red\n", r":1: unknown column colour; known: name"),
        ("name,country,latitude,longitude,name\nA,Syria,35,36,B\n", r":1: a column occurs twice"),
        (HEAD + "A,Syria,36.6,35.9,,,,\nB,Syria,12,36,,,,\n", r":3: coordinates: 12.0, 36.0 lie outside Syria"),
        (HEAD + "A,Syria,35.1,36.6,,,,\nB,Syria,41.0,35.5,,,,\n", r":3: .* latitude and longitude are swapped"),
        (HEAD + "A,Syria,350,36,,,,\n", r":2: coordinates: 350.0, 36.0 are outside -90..90"),
        (HEAD + 'A,Syria,"35,4",36,,,,\n', r":2: coordinates: '35,4', '36' are no numbers.*decimal point"),
        (HEAD + "A,Syriana,35,36,,,,\n", r":2: country: 'Syriana' is no country; use its ISO code"),
        (HEAD + "A,Syria,35,36,,,,\nB,Syria,35,36.1,,,,\na,SYR,35,36,,,,\n", r":4: a: the same place as in line 2"),
        (HEAD + " - ,Syria,35,36,,,,\n", r":2: name: empty"),
        (HEAD + "A,Syria,35,36,,,,12\n", r":2: priority: 12 is not from 0"),
        (HEAD + "A,Syria,35,36,,,,high\n", r":2: priority: 'high' is no whole number"),
        (HEAD + "A,Syria,35,36\n", r":2: not as many cells as the header"),
        (HEAD + "A,Syria,35,36,,,,,,,\n", r":2: not as many cells as the header"),
        (HEAD, "no places in it"),
        ("", r":1: column name, country, latitude, longitude missing"),
    ],
)
def test_bad_overlays_are_refused_with_the_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        read_overlay(csv(tmp_path / "bad.csv", text))


def test_all_wrong_lines_are_told_up_to_twenty(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError) as caught:
        read_overlay(csv(tmp_path / "bad.csv", HEAD + "A,Nowhere,1,2,,,,\n" * 25))
    told = str(caught.value).splitlines()
    assert len(told) == 21 and told[-1] == "and 5 more"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes((HEAD + "Nóvita,Colombia,4.9,-76.6,,,,\n").encode("latin-1"))
    with pytest.raises(GazetteerError, match="CSV UTF-8"):
        read_overlay(path)


EVENTS = (
    "event_date;location;admin1;admin2;country;latitude;longitude;geo_precision\n"
    "2024-05-01;Kafr Tulul;Idlib;Harim;Syria;35.42;36.61;1\n"
    "2024-05-02;Kafr Tulul;Idlib;Harim;Syria;35.44;36.61;1\n"
    "2024-05-03;Kafr Tulul;Idlib;Harim;Syria;35.42;36.61;1\n"
    "2024-05-03;Idlib;Idlib;Idlib;Syria;35.93;36.63;1\n"
    "2024-05-04;Far Hills;Idlib;;Syria;35.93;36.63;3\n"
    "2024-05-05;Aleppo - Tulul Quarter;Aleppo;;Syria;36.2;37.15;1\n"
    "2024-05-06;Broken;Aleppo;;Syria;0;0;1\n"
)


def test_learning_from_coded_events(tmp_path: Path) -> None:
    ours = open_gazetteer()
    learnt = learn(csv(tmp_path / "events.csv", EVENTS), ours)
    assert [(e.name, e.latitude, e.other_names) for e in learnt.entries] == [
        ("Aleppo - Tulul Quarter", 36.2, ("Tulul Quarter",)),
        ("Kafr Tulul", 35.42, ()),
    ]
    assert (learnt.events, learnt.known, learnt.imprecise) == (7, 1, 1)
    assert len(learnt.problems) == 1 and "events.csv:8: coordinates: 0.0, 0.0 lie outside Syria" in learnt.problems[0]
    lay_over(None, learnt.entries, tmp_path / "g.sqlite", "events.csv")
    found = Gazetteer(tmp_path / "g.sqlite").lookup("Tulul Quarter", "SYR")[0]
    assert (found.name, found.admin1) == ("Aleppo - Tulul Quarter", "Aleppo")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("location,country\nA,Syria\n", r":1: column latitude, longitude missing"),
        (
            "location,country,latitude,longitude\n,Syria,35,36\n",
            r"no event with a place to learn among 1; .*:2: location: empty",
        ),
        ("location,country,latitude,longitude\n", "no event with a place to learn among 0"),
    ],
)
def test_events_that_teach_nothing_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        learn(csv(tmp_path / "events.csv", text), open_gazetteer())


def test_a_base_that_is_damaged_is_refused_and_nothing_written(tmp_path: Path) -> None:
    base = tmp_path / "base.sqlite"
    base.write_bytes(b"SQLite format 3\0" + bytes(200))
    with pytest.raises(GazetteerError):
        lay_over(base, [Entry("A", "SYR", 35.0, 36.0)], tmp_path / "new.sqlite", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["base.sqlite"]
