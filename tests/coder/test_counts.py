from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dateline.coder.counts import crowd_size, find_tolls, toll_of
from dateline.coder.lexicon import LexiconError
from dateline.coder.numbers import Quantity, parse_quantity, scan
from dateline.coder.parser import Parser
from dateline.coder.records import Parse, Phrase, Sentence, Toll
from dateline.coder.toll_words import load_toll_words

CASES = Path(__file__).parent / "cases" / "counts.csv"


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def parses(parser: Parser) -> dict[str, Parse]:
    texts = [*(row["sentence"] for row in rows()), *(case[0] for case in BELONGS)]
    sentences = [Sentence(i, 0, len(text), text) for i, text in enumerate(texts)]
    return {parse.sentence.text: parse for parse in parser.parse(sentences)}


def values(tolls: tuple[Toll, ...], kind: str) -> str:
    return ";".join(
        str(t.best) if t.low == t.best == t.high else f"{t.low}/{t.best}/{t.high}" for t in tolls if t.kind == kind
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["sentence"])
def test_tolls(row: dict[str, str], parses: dict[str, Parse]) -> None:
    tolls = find_tolls(parses[row["sentence"]])
    assert (values(tolls, "dead"), values(tolls, "injured")) == (row["dead"], row["injured"])
    assert ";".join(str(t.best) for t in tolls if t.total) == row["total"]


def test_there_are_enough_cases() -> None:
    assert len({row["sentence"] for row in rows()}) >= 80


def test_offsets_are_the_articles(parser: Parser) -> None:
    text = "Gunmen killed five farmers."
    (parse,) = parser.parse([Sentence(3, 50, 50 + len(text), text)])
    (toll,) = find_tolls(parse)
    assert (toll.start, toll.end, toll.text) == (64, 76, "five farmers")
    assert parse.words[toll.token] == "killed"


BELONGS = [
    ("A bomb exploded near the market in Kano, killing five.", "exploded", 5),
    ("Rebels attacked the village on Monday, killing six people and burning 20 houses.", "attacked", 6),
    ("The blast killed five people.", "blast", 5),
    ("Three nurses died in the attack.", "attack", 3),
    ("Four people were killed when gunmen opened fire on a bus.", "opened", 4),
    ("Nine soldiers were killed in clashes with rebels.", "clashes", 9),
    ("An explosion rocked the market, killing seven.", "explosion", 7),
    ("Soldiers raided the camp and killed two men.", "raided", 2),
    ("Troops attacked a convoy on Monday and shelled a village, killing three.", "shelled", 3),
    ("Troops attacked a convoy on Monday and shelled a village, killing three.", "attacked", None),
    ("An ambush that killed eight soldiers was claimed by the group.", "ambush", 8),
    ("The attack brought the death toll to 40.", "attack", None),
    ("Gunmen killed five farmers and burned a church.", "burned", None),
    ("Police arrested a man who killed two nurses in 2014.", "arrested", None),
    ("Rebels attacked a village where soldiers killed five men in March.", "attacked", None),
    ("A suicide bomber detonated his vest in Mogadishu, leaving 11 people dead.", "detonated", 11),
    ("Gunmen attacked a church in Jos, police said, killing two worshippers.", "attacked", 2),
    ("The death of a nurse, who was killed by a shell, shocked Kidal.", "killed", 1),
    ("Troops opened fire after the killing of two officers in Wau.", "opened", None),
]


@pytest.mark.parametrize(("text", "trigger", "best"), BELONGS)
def test_toll_of_a_trigger(text: str, trigger: str, best: int | None, parses: dict[str, Parse]) -> None:
    parse = parses[text]
    toll = toll_of(find_tolls(parse), parse, parse.words.index(trigger))
    assert (None if toll is None else toll.best) == best


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("About 200 people marched in Lagos.", "people", "crowd size=about 200"),
        ("Hundreds of students rallied in Lima.", "Hundreds", "crowd size=hundreds"),
        (
            "More than a thousand angry residents blocked the road.",
            "residents",
            "crowd size=more than a thousand",
        ),
        ("Tens of thousands of people marched.", "Tens", "crowd size=tens of thousands"),
        ("Protesters marched in Lagos.", "Protesters", None),
        ("A woman marched in Lagos.", "woman", None),
    ],
)
def test_crowd_size(text: str, head: str, expected: str | None, parser: Parser) -> None:
    (parse,) = parser.parse([Sentence(0, 0, len(text), text)])
    token = parse.words.index(head)
    lo, hi = parse.left[token], parse.right[token]
    phrase = Phrase(parse.starts[lo], parse.ends[hi - 1], parse.text(lo, hi), lo, hi, token)
    assert crowd_size(parse, phrase) == expected


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "exact"),
    [
        ("7", 7, 7, 7, True),
        ("1,250", 1250, 1250, 1250, True),
        ("2.5 million", 2_500_000, 2_500_000, 2_500_000, True),
        ("twenty-three", 23, 23, 23, True),
        ("one hundred and five", 105, 105, 105, True),
        ("two thousand five hundred", 2500, 2500, 2500, True),
        ("a hundred", 100, 100, 100, True),
        ("a", 1, 1, 1, True),
        ("no", 0, 0, 0, True),
        ("both", 2, 2, 2, True),
        ("half a dozen", 6, 6, 6, True),
        ("dozens", 12, 12, 99, False),
        ("scores", 20, 20, 99, False),
        ("tens", 10, 10, 99, False),
        ("hundreds", 100, 100, 999, False),
        ("thousands", 1000, 1000, 9999, False),
        ("tens of thousands", 10_000, 10_000, 99_999, False),
        ("several", 2, 3, 10, False),
        ("a few", 2, 3, 10, False),
        ("several hundred", 200, 300, 900, False),
        ("at least 12", 12, 12, 12, False),
        ("at least another five", 5, 5, 5, False),
        ("more than 30", 30, 30, 30, False),
        ("30 or more", 30, 30, 30, False),
        ("50+", 50, 50, 50, False),
        ("some 40", 40, 40, 40, False),
        ("nearly 50", 50, 50, 50, False),
        ("up to 50", 0, 50, 50, False),
        ("between 10 and 15", 10, 10, 15, False),
        ("10-15", 10, 10, 15, False),
        ("two to three hundred", 200, 200, 300, False),
        ("12 or 13", 12, 12, 13, False),
    ],
)
def test_quantity(text: str, low: int, best: int, high: int, exact: bool) -> None:
    found = parse_quantity(text)
    assert found is not None
    assert (found.low, found.best, found.high, found.exact) == (low, best, high, exact)


@pytest.mark.parametrize("text", ["", "people", "12 percent", "five-year", "$40", "AK-47", "21st", "the", "12 people"])
def test_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None


def test_bounds_are_told_apart() -> None:
    bounds = {text: parse_quantity(text) for text in ("up to 50", "at least 50", "about 50", "50")}
    assert {text: q.bound for text, q in bounds.items() if isinstance(q, Quantity)} == {
        "up to 50": "most",
        "at least 50": "least",
        "about 50": "about",
        "50": "exact",
    }


def test_scan_gives_numbers_in_order() -> None:
    text = "A dozen people, at least 12 others and a 12-year-old boy with an AK-47."
    assert [text[f.start : f.end] for f in scan(text)] == ["A dozen", "at least 12"]


def test_a_bad_line_of_the_dictionary_is_named(tmp_path: Path) -> None:
    (tmp_path / "toll_words.csv").write_text("word,role,outcome\nzap,verb,asleep\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"toll_words\.csv:2: outcome"):
        load_toll_words([tmp_path])


def test_the_users_own_words_count(parser: Parser, tmp_path: Path) -> None:
    text = "Gunmen guillotined two farmers."
    (parse,) = parser.parse([Sentence(0, 0, len(text), text)])
    (tmp_path / "toll_words.csv").write_text("word,role,outcome\nguillotine,verb,dead\n", encoding="utf-8")
    assert find_tolls(parse) == ()
    (toll,) = find_tolls(parse, load_toll_words([tmp_path]))
    assert toll.best == 2
