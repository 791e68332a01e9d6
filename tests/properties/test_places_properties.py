from __future__ import annotations

import sqlite3
import string
from pathlib import Path

import pytest
from dateline.coder.gazetteer import Gazetteer, fold, open_gazetteer
from dateline.coder.gazetteer.fold import strip
from dateline.coder.gazetteer.names import MAX_LENGTH, MAX_WORDS, add
from dateline.coder.gazetteer.overlay import MARGIN, Entry, lay_over
from dateline.coder.gazetteer.store import SHIPPED, unpacked
from dateline.coder.places import find_places, load_place_words
from dateline.coder.records import Article
from dateline.coder.sentences import split
from dateline.schema.countries import load_countries
from hypothesis import given, settings
from hypothesis import strategies as st

GAZETTEER = open_gazetteer()
WORDS = load_place_words()
LETTERS = string.ascii_letters + " '-.’ʿ" + "éèüöñçşğıİøłđßæāīūḥṣṭ"
NAMES = st.text(LETTERS, min_size=1, max_size=30)


def rows(sql: str) -> list[tuple[object, ...]]:
    file = unpacked(SHIPPED)
    database = sqlite3.connect(":memory:" if isinstance(file, bytes) else file)
    if isinstance(file, bytes):
        database.deserialize(file)
    return list(database.execute(sql))


def sample(step: int) -> list[tuple[str, str]]:
    """Every ``step``-th name of the gazetteer, with its country."""
    found = rows("SELECT n.name, p.iso3 FROM names n JOIN places p ON p.id = n.place WHERE n.tier < 3")
    return [(str(name), str(iso3)) for name, iso3 in found[::step]]


SAMPLE = sample(997)


@given(NAMES)
@settings(max_examples=200, deadline=None)
def test_a_name_is_folded_alike_when_built_and_when_asked(name: str) -> None:
    built: dict[str, int] = {}
    add(built, name, 0)
    key = fold(name)
    short = len(key) <= MAX_LENGTH and len(key.split()) <= MAX_WORDS
    assert set(built) == ({key} if key and short else set())
    assert fold(key) == key
    assert fold(name.upper()) == fold(name.lower()) or "ı" in name or "İ" in name or "ß" in name


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_stripping_settles(name: str) -> None:
    key = fold(name)
    assert strip(key) in key
    assert bool(strip(key)) == bool(key)


def test_every_name_of_the_gazetteer_is_in_its_folded_form() -> None:
    assert [name for name, _ in SAMPLE if fold(name) != name] == []


def test_every_place_lies_in_the_bounding_box_of_its_country() -> None:
    """But for a margin: islands off shore, and where borders are disputed."""
    countries = load_countries()
    outside = []
    for name, iso3, lat, lon in rows(
        "SELECT name, iso3, latitude / 1e5, longitude / 1e5 FROM places WHERE feature <> 'PCLI' AND iso3 <> ''"
    ):
        assert isinstance(lat, float) and isinstance(lon, float)
        country = countries.by_iso3[str(iso3)]
        steps = (0.0, -MARGIN, MARGIN)
        if not any(country.contains(lat + a, lon + b) for a in steps for b in steps):
            outside.append((name, iso3, lat, lon))
    assert outside == []


def test_what_a_name_resolves_to_in_a_story_lies_in_its_country() -> None:
    text = "Gunmen came to Homs, Syria. Shells hit Goma, DR Congo. A mine killed two in Kano state, Nigeria."
    for toponym in find_places(Article("a", text), split(text), GAZETTEER, WORDS).toponyms:
        place = toponym.anchor or toponym.place
        assert place is not None
        assert load_countries().by_iso3[place.iso3].contains(place.latitude, place.longitude)


@given(st.lists(st.sampled_from(SAMPLE), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_lookup_always_gives_the_same(names: list[tuple[str, str]]) -> None:
    other = Gazetteer(SHIPPED)
    for name, iso3 in names:
        assert GAZETTEER.matches(name) == other.matches(name)
        inside = GAZETTEER.lookup(name, iso3 or None)
        assert {p.iso3 for p in inside} <= {iso3} if iso3 else True


@given(st.lists(st.sampled_from(SAMPLE), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_story_is_read_the_same_each_time_and_offsets_hold(names: list[tuple[str, str]]) -> None:
    text = ". ".join(f"Gunmen came to {name.title()} and left" for name, _ in names) + "."
    one = find_places(Article("a", text), split(text), GAZETTEER, WORDS)
    assert one == find_places(Article("a", text), split(text), GAZETTEER, WORDS)
    for toponym in one.toponyms:
        assert text[toponym.start : toponym.end] == toponym.text
        assert 0 <= toponym.score <= 1 and toponym.precision in (1, 2, 3)


@pytest.fixture(scope="module")
def overlaid(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    target = tmp_path_factory.mktemp("overlay") / "mine.sqlite"
    entries = [
        Entry("Qqq Invented", "SYR", 35.4, 36.6, ("Zzz Invented",), "Idlib", "Nowhere District", priority=9),
        Entry("Homs", "NGA", 12.0, 7.0, (), "Zamfara", priority=9),
    ]
    lay_over(None, entries, target, "test")
    return Gazetteer(target)


MENTIONED = {"qqq invented", "zzz invented", "homs"}


@given(st.sampled_from(SAMPLE))
@settings(max_examples=200, deadline=None)
def test_an_overlay_changes_no_name_that_it_does_not_mention(overlaid: Gazetteer, name: tuple[str, str]) -> None:
    key = fold(name[0])
    if MENTIONED & {key, strip(key)}:
        return
    assert overlaid.lookup(key) == GAZETTEER.lookup(key)
    assert overlaid.lookup(key, name[1]) == GAZETTEER.lookup(key, name[1])
    assert overlaid.admin(key) == GAZETTEER.admin(key)


def test_an_overlays_country_does_not_touch_another(overlaid: Gazetteer) -> None:
    assert overlaid.lookup("Homs")[0].iso3 == "NGA"
    assert overlaid.lookup("Homs", "SYR") == GAZETTEER.lookup("Homs", "SYR")


def test_the_shipped_file_stays_as_it_is(tmp_path: Path) -> None:
    before = SHIPPED.stat().st_mtime_ns
    lay_over(None, [Entry("A Place", "SYR", 35.0, 36.6)], tmp_path / "g.sqlite", "x")
    assert SHIPPED.stat().st_mtime_ns == before
