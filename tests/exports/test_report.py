from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from dateline.exports.report import model as report_model
from dateline.exports.report.markup import esc, script_json, tag, text
from dateline.exports.report.page import TEMPLATES, render, write_report
from dateline.exports.report.timeline import MAX_BARS, bins
from dateline.exports.report.worldmap import outlines, window
from dateline.exports.source import OutputError, open_run

PAYLOAD = "<script>alert(1)</script>\"'&<!--</style><img src=x onerror=alert(2)>"
VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """What a page holds: elements with attributes, the text of each kind of element, and whether all is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.problems: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attrs)))
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attrs)))

    def handle_endtag(self, name: str) -> None:
        if not self.open or self.open.pop() != name:
            self.problems.append(f"</{name}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def count(self, name: str) -> int:
        return sum(found == name for found, _ in self.elements)

    @property
    def data(self) -> dict[str, Any]:
        (body,) = (t for t in self.texts["script"] if t.startswith("{"))
        found: dict[str, Any] = json.loads(body)
        return found


def page(run: Path) -> Page:
    return Page(render(open_run(run)))


def column(table: dict[str, Any], name: str) -> list[Any]:
    cells = table[name]
    return [cells["v"][k] for k in cells["i"]] if isinstance(cells, dict) else cells


def test_the_page_has_all_its_parts(story: Path) -> None:
    found = page(story)
    assert found.problems == []
    assert found.open == []
    ids = {a["id"] for _, a in found.elements if "id" in a}
    assert {"map", "timeline", "events", "contested", "actors", "sources", "articles", "data", "filter"} <= ids
    assert len(ids) == sum("id" in a for _, a in found.elements)
    targets = {a["href"] for name, a in found.elements if name == "a" and (a.get("href") or "").startswith("#")}
    assert {t.lstrip("#") for t in targets if t} <= ids
    assert found.count("circle") == 2
    assert "3 articles" not in found.texts["h1"][0]
    tiles = dict(zip(found.texts["dt"], found.texts["dd"], strict=True))
    assert (tiles["events"], tiles["claims"], tiles["contested events"]) == ("2", "3", "1")


def test_the_page_loads_nothing(story: Path) -> None:
    html = render(open_run(story))
    found = Page(html)
    assert not {"link", "img", "iframe", "object", "embed", "base", "audio", "video"} & {n for n, _ in found.elements}
    assert not [a for n, a in found.elements if "src" in a or "style" in a or any(key.startswith("on") for key in a)]
    for name in ("report.css", "report.js"):
        source = (TEMPLATES / name).read_text("utf-8")
        assert not re.search(
            r"@import|url\(|fetch\(|XMLHttpRequest|import\(|WebSocket|sendBeacon|https?://(?!www\.w3\.org)", source
        )


def test_only_its_own_style_and_script_may_run(story: Path) -> None:
    found = page(story)
    (policy,) = (a["content"] for n, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    (script,) = (t for t in found.texts["script"] if t.startswith('"use strict"'))
    for content in (script, found.texts["style"][0]):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_no_text_of_the_data_becomes_markup(invented: Any, story: Path, tmp_path: Path) -> None:
    tame, hostile = page(story), page(invented.write_run(tmp_path / "h", invented.hostile(PAYLOAD)))
    assert hostile.problems == []
    assert hostile.open == []
    assert hostile.count("script") == tame.count("script") == 2
    assert hostile.count("style") == 1
    assert hostile.count("img") == 0
    assert not [a for _, a in hostile.elements if any(key.startswith("on") for key in a)]
    assert PAYLOAD in "".join(hostile.texts["button"])
    assert f"{PAYLOAD}0" in column(hostile.data["events"], "actor1")
    assert f"{PAYLOAD}0" in hostile.data["sentences"]["text"]
    assert [PAYLOAD] in column(hostile.data["events"], "sources")
    hidden = Page(render(open_run(story), title=PAYLOAD))
    assert hidden.texts["title"][0] == PAYLOAD
    assert hidden.count("script") == 2


def test_the_script_writes_text_not_markup() -> None:
    script = (TEMPLATES / "report.js").read_text("utf-8")
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "createContextualFragment",
        "srcdoc",
    ):
        assert sink not in script, sink
    assert r"/^https?:\/\//i.test(url" in script  # other schemes are shown, not linked


def test_claims_events_and_sentences_hang_together(story: Path) -> None:
    data = page(story).data
    claims, events = data["claims"], data["events"]
    assert (claims["n"], events["n"], data["articles"]["n"]) == (3, 2, 2)
    for k in range(claims["n"]):
        sentence = claims["sentence"][k]
        points = list(data["sentences"]["text"][sentence])
        start, end = (offset - data["sentences"]["start"][sentence] for offset in claims["spans"][k][:2])
        assert "".join(points[start:end]) == column(claims, "trigger_text")[k]
    linked = {
        column(claims, "trigger_text")[k]: column(events, "location")[e]
        for k, e in enumerate(claims["event"])
        if e >= 0
    }
    assert linked == {"killed": "Gusau", "marched": "Kaduna"}
    marks = {(kind, "".join(list(data["sentences"]["text"][s])[a:b])) for s, kind, a, b in data["marks"]}
    assert marks == {("source", "police"), ("cue", "said"), ("source", "The militia"), ("cue", "denied")}


def test_denials_stand_beside_the_event_they_speak_of(invented: Any, story: Path, tmp_path: Path) -> None:
    data = page(story).data
    ((event, claim),) = data["against"]
    assert column(data["events"], "contested")[event] is True
    assert column(data["claims"], "claim_type")[claim] == "denial"
    tables = invented.story()
    tables["claims"][1]["event_date"] = date(2024, 5, 1)
    assert page(invented.write_run(tmp_path / "other", tables)).data["against"] == []
    own = tables["events"][0]["event_id"]
    tables["claims"][1]["event_id"] = own  # linked, whatever its day
    data = page(invented.write_run(tmp_path / "linked", tables)).data
    assert data["against"] == [[event, claim]]
    assert data["claims"]["event"][claim] == -1
    tables["claims"][1]["exportable"] = True  # one of the event's own claims
    data = page(invented.write_run(tmp_path / "own", tables)).data
    assert data["against"] == []
    assert data["claims"]["event"][claim] == event


def test_the_matrix_counts_claims_by_source(story: Path) -> None:
    html = render(open_run(story))
    rows = re.findall(r'<tr><th scope="row" dir="auto">(.*?)</th>(.*?)</tr>', html)
    cells = {name: re.findall(r"<td[^>]*>(.*?)</td>", row) for name, row in rows}
    assert cells["the article itself"] == ["1", "", "", "1"]  # narration, report, denial, all
    assert cells["The militia"] == ["", "", "1", "1"]


def test_many_events_stay_small_and_few(invented: Any, tmp_path: Path) -> None:
    run = invented.write_run(tmp_path / "run", invented.many(3000))
    html = render(open_run(run))
    found = Page(html)
    assert len(found.elements) < 6000  # lists are paged by the script
    assert found.count("circle") <= report_model.MAX_PLACES
    assert len(html) < 3000 * 800
    data = found.data
    assert data["events"]["n"] == 3000
    assert Counter(data["events"]["place"]).total() == 3000
    assert max(data["events"]["place"]) == found.count("circle") - 1


def test_an_empty_run_has_a_page(invented: Any, tmp_path: Path) -> None:
    found = page(invented.write_run(tmp_path / "run", {}))
    assert found.problems == []
    assert found.count("circle") == 0


@pytest.mark.parametrize(("span", "unit"), [(0, "day"), (100, "day"), (400, "week"), (2000, "month"), (20000, "year")])
def test_timelines_use_the_finest_unit_that_fits(span: int, unit: str) -> None:
    first = date(2001, 3, 30)
    found = bins([first, first + timedelta(days=span // 2), first + timedelta(days=span)])
    assert found.unit == unit
    assert len(found.labels) <= MAX_BARS
    assert found.index[0] == 0
    assert found.index[2] == len(found.labels) - 1


def test_the_map_shows_every_place() -> None:
    places = [
        report_model.Place("a", lat, lon, 1, "Battles") for lat, lon in ((10.0, -70.0), (-33.0, 150.0), (60.0, 20.0))
    ]
    for some in (places, places[:1], places[1:]):
        left, top, width, height, shrink = window(some)
        assert width == pytest.approx(2 * height)
        for place in some:
            assert left < place.longitude * shrink < left + width
            assert top < -place.latitude < top + height
    assert outlines()["land"].startswith("M")
    assert set(outlines()["land"]) <= set("Mlz -0123456789")


def test_markup_escapes() -> None:
    assert esc("a<b>&\"'\x00\x1b") == "a&lt;b&gt;&amp;&quot;&#x27;"
    assert text("p", "<i>", data_find='"') == '<p data-find="&quot;">&lt;i&gt;</p>'
    assert tag("p", "<i></i>", class_=None) == "<p><i></i></p>"
    raw = {"x": "</script><!--\u2028&"}
    assert not set("<>&\u2028") & set(script_json(raw))
    assert json.loads(script_json(raw)) == raw


def test_a_failed_report_leaves_the_old_one(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out" / "report.html"
    write_report(open_run(story), out)
    before = out.read_bytes()
    from dateline.exports.report import page as module

    monkeypatch.setattr(module, "build", lambda run: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space"):
        write_report(open_run(story), out)
    assert out.read_bytes() == before
    assert [p.name for p in out.parent.iterdir()] == ["report.html"]
    with pytest.raises(OutputError) as caught:
        write_report(open_run(story), tmp_path)
    assert caught.value.exit_code == 2


def test_the_same_run_gives_the_same_page(story: Path) -> None:
    assert render(open_run(story)) == render(open_run(story))
