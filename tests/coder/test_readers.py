"""Getting articles in: every format, every reason for a rejection, and that nothing raises on any bytes."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import polars
import pytest
from dateline.coder.readers import (
    REASONS,
    SUFFIXES,
    Defaults,
    InputError,
    count_articles,
    read_articles,
)
from dateline.coder.readers.language import load_languages
from dateline.coder.records import Article, Rejection
from hypothesis import given, settings
from hypothesis import strategies as st

BAD = Path(__file__).parents[2] / "fixtures" / "bad_input"
STORY = "Gunmen killed two herders near Gusau on Tuesday, police said."
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Ambush near Sirte | Coast Post</title>
<meta property="og:site_name" content="Coast Post">
<meta property="article:published_time" content="2024-03-05T09:00:00Z"></head>
<body><nav><a href="http://127.0.0.1:9/never">Home</a></nav><article><h1>Ambush near Sirte</h1>
<p>Gunmen ambushed an army convoy near Sirte on Monday, killing three soldiers, the café owner said.</p>
<p>The attackers fled towards the desert. No group has claimed responsibility for the attack so far.</p>
<p>Residents told reporters that helicopters circled over the town all night.</p></article></body></html>"""


def read(*inputs: object, **defaults: Any) -> list[Article | Rejection]:
    return list(read_articles([str(i) for i in inputs], defaults=Defaults(**defaults)))


def codes(*inputs: object) -> list[str]:
    return [item.code if isinstance(item, Rejection) else "ok" for item in read(*inputs)]


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("broken_line.jsonl", ["ok", "bad_json", "not_object", "not_object", "ok"]),
        ("missing_text.jsonl", ["missing_text", "missing_text", "blank_text"]),
        ("wrong_date.jsonl", ["bad_date"] * 4),
        ("wrong_types.jsonl", ["bad_field_type"] * 6),
        ("unknown_country.jsonl", ["unknown_country"]),
        ("nul_bytes.txt", ["nul_bytes"]),
        ("nul_escape.jsonl", ["nul_bytes", "not_utf8"]),
        ("not_utf8.txt", ["not_utf8"]),
        ("not_utf8.csv", ["not_utf8", "ok"]),
        ("not_utf8.jsonl", ["not_utf8", "ok"]),
        ("empty.txt", ["empty"]),
        ("empty.jsonl", ["empty"]),
        ("empty.csv", ["empty"]),
        ("empty.parquet", ["empty"]),
        ("blank.md", ["empty"]),
        ("header_only.csv", ["empty"]),
        ("duplicate_ids.jsonl", ["ok", "duplicate_id"]),
        ("other_columns.csv", ["missing_column"]),
        ("wrong_cells.csv", ["bad_csv", "bad_csv", "ok"]),
        ("open_quote.csv", ["ok", "bad_csv"]),
        ("no_parquet.parquet", ["bad_parquet"]),
        ("no_article.html", ["no_main_text"]),
        ("spanish.txt", ["other_language"]),
        ("french.txt", ["other_language"]),
        ("arabic.txt", ["other_language"]),
        ("hindi.txt", ["other_language"]),
        ("declared_language.jsonl", ["other_language"]),
        ("bad_front_matter.txt", ["bad_date"]),
    ],
)
def test_bad_input_is_rejected_with_its_code(name: str, expected: list[str]) -> None:
    assert codes(BAD / name) == expected


def test_every_bad_file_is_covered_and_every_rejection_is_complete() -> None:
    items = read(BAD)
    assert {i.code for i in items if isinstance(i, Rejection)} >= set(REASONS) - {"unreadable", "too_long"}
    for item in items:
        if isinstance(item, Rejection):
            assert item.message and item.remedy == REASONS[item.code].remedy
            assert Path(item.source).parent == BAD
            assert item.raw is None or len(item.raw) <= 500
            json.dumps(item.raw).encode()


def test_a_rejection_names_its_line() -> None:
    found = {(i.line, i.code) for i in read(BAD / "broken_line.jsonl") if isinstance(i, Rejection)}
    assert found == {(2, "bad_json"), (3, "not_object"), (4, "not_object")}


def test_text_with_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "gusau.txt"
    path.write_text(
        '---\r\ntitle: "Two killed: police"\r\nPublished: 2024-05-07T22:30:00-05:00\r\ncountry: nga\r\n'
        f"tags:\r\n  - crime\r\nauthor:\r\n---\r\n\r\n{STORY}\r\n",
        encoding="utf-8-sig",
        newline="",
    )
    (article,) = read(path, publisher="Savanna Daily", published=date(2020, 1, 1))
    assert article == Article(
        article_id="gusau",
        text=STORY + "\r\n",
        title="Two killed: police",
        published=date(2024, 5, 7),
        publisher="Savanna Daily",
        country="NGA",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{STORY}\n---\nMore was to come.\n",
        f"---\ntitle: never closed\n{STORY}\n",
        f"--- \n\n{STORY}",
        STORY,
    ],
)
def test_a_rule_is_no_front_matter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (article,) = read(path)
    assert isinstance(article, Article)
    assert (article.text, article.title) == (text, None)


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "---\ntitle: Report\n---\n# Clashes near Sirte\n\n- **Two** men died, [police](http://x.example) said\n  on Monday.\n- Calm returned.\n"
    path.write_text(text, encoding="utf-8")
    (article,) = read(path)
    assert isinstance(article, Article)
    assert article.title == "Report"
    assert article.text == "Clashes near Sirte\n\n- Two men died, police said on Monday.\n\n- Calm returned."


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_html_main_text_and_metadata(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.replace("{charset}", charset).encode(charset))
    (article,) = read(path)
    assert isinstance(article, Article)
    assert "the café owner said" in article.text
    assert "Home" not in article.text
    assert article.title == "Ambush near Sirte"
    assert (article.published, article.publisher) == (date(2024, 3, 5), "Coast Post")


def test_jsonl_gzipped_with_loose_values(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    record = {"id": 7, "text": STORY, "title": " ", "published": "2024-05-07", "country": "ng", "extra": [1]}
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(record).encode() + b"\n\n"))
    (article,) = read(path)
    assert article == Article("7", STORY, published=date(2024, 5, 7), country="NGA")


def test_a_line_without_id_gets_one_from_its_content(tmp_path: Path) -> None:
    first, second, again = read(
        lines(tmp_path / "a.jsonl", {"text": STORY}, {"text": STORY, "title": "Other"}, {"text": STORY})
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.article_id != second.article_id
    assert isinstance(again, Rejection)
    assert again.code == "duplicate_id"


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv.gz", ",")])
def test_tables(tmp_path: Path, name: str, separator: str) -> None:
    rows = [
        ["ID", "Text ", "other", "published"],
        ["1", f'"{STORY}\nThe ""army"" denied it; twice, it said."', "x", "2024-05-07"],
        [],
        ["2", "Rebels left Goma."],
    ]
    data = "\n".join(separator.join(row) for row in rows).encode("utf-8-sig")
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert read(tmp_path / name) == [
        Article("1", f'{STORY}\nThe "army" denied it; twice, it said.', published=date(2024, 5, 7)),
        Article("2", "Rebels left Goma."),
    ]


def test_a_cell_longer_than_the_csv_module_likes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    long = f"{STORY} " * 4000
    path.write_text(f'id,text\n1,"{long}"\n2,"{long * 12}"\n3,Rebels left Goma.\n', encoding="utf-8")
    assert codes(path) == ["ok", "too_long", "ok"]


def test_parquet_in_batches_with_dates_and_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    polars.DataFrame(
        {
            "id": range(2500),
            "text": [STORY if n != 1700 else None for n in range(2500)],
            "published": [date(2024, 5, 7)] * 2500,
            "score": [0.5] * 2500,
        }
    ).write_parquet(path, row_group_size=700)
    items = read(path, country="Nigeria")
    assert len(items) == 2500
    assert items[0] == Article("0", STORY, published=date(2024, 5, 7), country="NGA")
    assert [(i.line, i.article_id, i.code) for i in items if isinstance(i, Rejection)] == [
        (1701, "1700", "missing_text")
    ]
    polars.DataFrame({"text": [STORY]}).write_parquet(path)
    assert codes(path) == ["missing_column"]


def test_a_line_of_five_megabytes_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as handle:
        for text in (STORY, "war " * 1_250_000, "war " * 600_000, "Rebels left Goma."):
            handle.write(json.dumps({"text": text}) + "\n")
    assert codes(path) == ["ok", "too_long", "too_long", "ok"]
    big = tmp_path / "big.txt"
    big.write_text("war " * 1_250_000, encoding="utf-8")
    assert codes(big) == ["too_long"]


def test_a_file_that_breaks_off_or_is_gone_is_unreadable(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps({"text": STORY}).encode() + b"\n" + os.urandom(4000))
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:2000])
    (tmp_path / "no_gzip.jsonl.gz").write_bytes(b"{}")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = [(Path(i.source).name, i.code) for i in read(tmp_path) if isinstance(i, Rejection)]
    assert {
        ("cut.jsonl.gz", "unreadable"),
        ("no_gzip.jsonl.gz", "unreadable"),
        ("gone.txt", "unreadable"),
    } <= set(found)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY, encoding="utf-8")
    path.chmod(0)
    assert codes(path) == ["unreadable"]


def test_folders_are_read_in_order_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "a/.hidden.txt", "c.md", "notes.docx", ".git/y.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)

    def ids(*inputs: object) -> list[str | None]:
        return [item.article_id for item in read(*inputs)]

    assert ids(tmp_path) == ["a/x", "b/x", "c"]
    assert ids(tmp_path / "*" / "x.txt") == ["a/x", "b/x"]
    assert ids(tmp_path / "b", tmp_path) == ["x", "a/x", "c"]
    assert codes(tmp_path / "a" / "x.txt", tmp_path / "b" / "x.txt") == ["ok", "duplicate_id"]


def test_a_path_with_pattern_characters_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_text(STORY, encoding="utf-8")
    (article,) = read(path)
    assert article.article_id == "a[1]"


@pytest.mark.parametrize("name", ["nowhere.txt", "*.txt", "notes.docx", "folder"])
def test_an_input_that_matches_nothing_is_a_usage_error_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.docx").write_text(STORY, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="known are"):
        read_articles([str(tmp_path / name)])
    with pytest.raises(InputError):
        count_articles([str(tmp_path / name)])


def test_an_unknown_default_country_is_a_usage_error() -> None:
    with pytest.raises(InputError, match="Atlantis"):
        read_articles([str(BAD)], defaults=Defaults(country="Atlantis"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'\n{"id": "a", "text": "Rebels left Goma."}\n{"id": "b"}\n', [("a", "ok"), ("b", "missing_text")]),
        (b'\xef\xbb\xbf{"id": "a", "text": "Rebels left Goma."}', [("a", "ok")]),
        (b"---\nid: x\n---\nRebels left Goma.\n", [("x", "ok")]),
        (b"Rebels left Goma.", [("stdin", "ok")]),
        (b"", [(None, "empty")]),
    ],
)
def test_standard_input(data: bytes, expected: list[tuple[str, str]]) -> None:
    items = list(read_articles(["-", "-"], stdin=io.BytesIO(data)))
    found = [(i.article_id, i.code if isinstance(i, Rejection) else "ok") for i in items]
    assert found == expected


def test_counting_agrees_with_reading(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", {"text": STORY}, {"text": "Rebels left Goma."}, 3)
    (tmp_path / "a.csv").write_text('id,text\n1,"Rebels\nleft ""Goma""."\n2,They came back.', encoding="utf-8")
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    polars.DataFrame({"id": ["p", "q"], "text": [STORY, STORY]}).write_parquet(tmp_path / "a.parquet")
    assert count_articles([str(tmp_path)]) == len(read(tmp_path)) == 8
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}"))
    assert count_articles([str(tmp_path)]) is None
    assert count_articles(["-"]) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A polícia informou que os manifestantes bloquearam a estrada em Nampula e que não há feridos.", "Portuguese"),
        ("Polis, gösterinin olaysız sona erdiğini ve bir kişinin gözaltına alındığını, ama daha sonra "
         "serbest bırakıldığını bildirdi. Bu, ay içinde ilçede için yapılan ikinci eylem oldu.", "Turkish"),
        ("Polisi mengatakan bahwa warga membakar kantor desa dan tidak ada korban dalam kejadian itu di Wamena.",
         "Indonesian"),
        ("Watu wenye silaha walivamia kijiji cha Mtwara na kuwaua wakulima wawili, kwa mujibu wa polisi. "
         "Hali ya usalama katika eneo hilo ni tete kwa sasa.", "Swahili"),
        ("Вооружённые люди напали на блокпост возле Гори во вторник ночью, сообщили в местной полиции города.",
         "another script"),
        ("武装人员星期二在果阿附近袭击了一支军车队，造成三名士兵死亡，当地官员表示袭击者已经逃离现场。", "another script"),
        ("Polis tiba.", None),
        ("Los hombres huyeron.", None),
        ("SHR 34 CTS VS 39 CTS NET 8,100,000 VS 7,400,000 REVS 96.1 MLN VS 80.4 MLN AVG SHRS 24.0 MLN VS 19 MLN",
         None),
        ("fighters of the frente de liberacion de la sierra left la libertad for san luis de la paz on friday and "
         "the army moved in with two companies", None),
        ("GUNMEN OF LA LINEA SHOT DEAD THE MAYOR OF SAN JUAN DE LOS LAGOS AND TWO OF HIS GUARDS, POLICE SAID", None),
    ],
)  # fmt: skip
def test_other_languages_are_told_by_evidence(text: str, language: str | None) -> None:
    assert load_languages().other_than_english(text) == language


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=300), suffix=st.sampled_from([s for s in SUFFIXES if "parquet" not in s]))
def test_no_bytes_make_a_reader_raise(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(gzip.compress(data) if suffix.endswith("gz") and len(data) % 2 else data)
        items = read(path)
    assert items or suffix.startswith((".csv", ".tsv"))
    assert all(isinstance(i, Article) or i.code in REASONS for i in items)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "text", "title", "published", "country", "language"]),
        st.none() | st.text(max_size=40) | st.integers() | st.lists(st.text(max_size=3), max_size=2),
    )
)
def test_no_record_makes_the_reader_raise(record: dict[str, object]) -> None:
    data = json.dumps(record).encode()
    (item,) = read_articles(["-"], stdin=io.BytesIO(data))
    if isinstance(item, Article):
        assert item.text == record["text"]
        item.article_id.encode()
