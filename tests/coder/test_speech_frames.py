"""The same deeds in many ways of telling them: each way has its status and claim type, whatever the deed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article

DEEDS = [  # past, base form
    ("killed three villagers", "kill three villagers"),
    ("shelled the market", "shell the market"),
    ("abducted the mayor", "abduct the mayor"),
    ("burned down the clinic", "burn down the clinic"),
]
with (Path(__file__).parent / "cases" / "speech_frames.csv").open(encoding="utf-8", newline="") as file:
    FRAMES = list(csv.DictReader(file))

SOURCES = [  # as it opens a sentence, its type
    ("The army", "military_official"),
    ("Residents", "eyewitness_resident"),
    ("A witness", "eyewitness_resident"),
    ("A hospital official", "medical"),
    ("Amnesty International", "ngo_monitor"),
    ("The rebels", "rebel_or_militia"),
    ("State television", "media_outlet_partisan"),
    ("A priest", "religious_or_community_leader"),
    ("A court", "court"),
    ("UNICEF", "international_organisation"),
]
TOLD = [
    "{source} said gunmen killed three villagers in Kano on Monday.",
    "Gunmen killed three villagers in Kano on Monday, {inner} said.",
    "Gunmen killed three villagers in Kano on Monday, according to {inner}.",
    "{source} told reporters that gunmen killed three villagers in Kano on Monday.",
    '"Gunmen killed three villagers in Kano on Monday," said {inner}.',
    "{source} reported on Monday that gunmen killed three villagers in Kano.",
    "{source} said in a statement that gunmen killed three villagers in Kano on Monday.",
    "Gunmen, {inner} said, killed three villagers in Kano on Monday.",
]


def _claims(coder: Coder, text: str) -> list[dict[str, object]]:
    return [dict(c) for c in coder.code(Article("t", text, published=date(2024, 5, 16))).claims]


@pytest.mark.parametrize("frame", FRAMES, ids=[frame["frame"][:50] for frame in FRAMES])
def test_each_deed_is_read_as_its_frame_says(coder: Coder, frame: dict[str, str]) -> None:
    for past, base in DEEDS:
        text = frame["frame"].format(past=past, base=base)
        found = {
            (c["event_status"], c["claim_type"])
            for c in _claims(coder, text)
            if str(c["trigger_text"]).split()[0] in (past.split()[0], base.split()[0])
        }
        assert found == {(frame["status"], frame["claim_type"])}, text


@pytest.mark.parametrize(("source", "kind"), SOURCES)
def test_each_source_is_found_however_it_is_quoted(coder: Coder, source: str, kind: str) -> None:
    common = source.split()[0] in ("The", "A", "Residents", "State")
    inner = source[0].lower() + source[1:] if common else source
    for frame in TOLD:
        text = frame.format(source=source, inner=inner)
        (found,) = [c for c in _claims(coder, text) if c["trigger_text"] == "killed"]
        said = (str(found["source_text"]).lower(), found["source_type"], found["attribution_depth"])
        assert said == (source.lower(), kind, 1), text
        assert found["actor_text"] in ("gunmen", "Gunmen"), text
