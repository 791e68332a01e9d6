"""Whom a pronoun means by its own sentence, and whose words "us" are."""

from __future__ import annotations

from datetime import date

import pytest
from dateline import Article, Coder
from dateline.coder.antecedents import antecedents
from dateline.coder.parser import Parser
from dateline.coder.references import load_references
from dateline.coder.sentences import split

REFERENCES = load_references()


@pytest.mark.parametrize(
    ("text", "pronoun", "meant"),
    [
        ("Protesters said they were beaten in Lome.", "they", ["Protesters"]),
        ("The union said its members had left Sfax.", "its", ["The union"]),
        ("The movement withdrew its fighters from Gao.", "its", ["The movement"]),
        ("Its forces had crossed the Kagera river, the movement said.", "Its", ["the movement"]),
        ("The movement's spokesman said its forces had crossed the river.", "its", ["The movement's"]),
        ("A spokesman for the coalition denied that its jets had hit Saada.", "its", ["the coalition"]),
        ("Norway urged Eritrea to pull its troops back from Badme.", "its", ["Eritrea"]),
        ("Gunmen came down from the hills, and they torched the mill.", "they", ["Gunmen"]),
        ("Ten nurses were taken from a clinic; they were freed on Sunday.", "they", ["Ten nurses"]),
        ("Raiders killed three herders after they were tortured near Bor.", "they", ["three herders"]),
        ("The spokesman said its forces had crossed the river.", "its", []),
        ("Soldiers drove the rebels from a mill that had fallen to them.", "them", []),
        ('"They shelled the market," the movement said.', "They", None),
        ('Soldiers said: "They shelled the market."', "They", None),
        ("The army said rebels had attacked its base.", "its", ["The army"]),
        ("They crossed the river.", "They", None),
        ("Jets attacked two platforms, setting them ablaze.", "them", ["two platforms"]),
        ("Police chased two teachers before beating them.", "them", ["two teachers"]),
        ("A guard fired a rifle at a woman, wounding her in the arm.", "her", ["a woman"]),
        ("Soldiers left Bor after burning it.", "it", ["Bor"]),
    ],
)
def test_antecedent(parser: Parser, text: str, pronoun: str, meant: list[str] | None) -> None:
    (parse,) = parser.parse(split(text))
    found = antecedents(parse, parse.words.index(pronoun), REFERENCES)
    assert (None if found is None else [phrase.text for phrase in found]) == meant


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def _claims(coder: Coder, country: str, text: str) -> dict[str, tuple[str | None, str | None]]:
    """Trigger -> names of actor and target; the last claim of a trigger counts."""
    article = Article("a", text, published=date(2023, 9, 1), country=country)
    return {c["trigger_text"]: (c["actor_name"], c["target_name"]) for c in coder.code(article).claims}


@pytest.mark.parametrize(
    ("country", "text", "trigger", "names"),
    [
        (
            "NGA",
            'Boko Haram raided Monguno on Friday. "They fired at us from a school," army spokesman Musa Bello said.',
            "fired at",
            ("Boko Haram - Jamatu Ahli is-Sunnah lid-Dawatai wal-Jihad", "Military Forces of Nigeria (2023-)"),
        ),
        (
            "MLI",
            "JNIM fighters raided a post near Gao. It said its men had killed nine soldiers.",
            "killed",
            ("JNIM: Group for Support of Islam and Muslims", "Military Forces of Mali (2021-)"),
        ),
        (
            "MLI",
            "Soldiers raided a camp near Gao. The spokesman said its forces had killed nine men.",
            "killed",
            (None, "Civilians (Mali)"),
        ),
        (
            "NGA",
            "The army clashed with Boko Haram in Bama on Friday. The two sides clashed again in Gwoza on Sunday.",
            "clashed",
            ("Military Forces of Nigeria (2023-)", "Boko Haram - Jamatu Ahli is-Sunnah lid-Dawatai wal-Jihad"),
        ),
        (
            "NGA",
            "Troops freed six captives after a gun battle near Kagara on Friday.",
            "gun battle",
            ("Military Forces of Nigeria (2023-)", None),
        ),
        ("NGA", "Troops freed six captives after gun battles near Kagara on Friday.", "gun battles", (None, None)),
        (
            "SDN",
            "The army shelled Nyala on Friday. Two warplanes bombed a market in Kabkabiya.",
            "bombed",
            ("Military Forces of Sudan (2019-)", None),
        ),
        ("SDN", "Two warplanes bombed a market in Kabkabiya.", "bombed", ("Unidentified Military Forces", None)),
        (
            "LBR",
            "Guinea rejected Ghana's proposal for talks on Friday.",
            "rejected Ghana's proposal for talks",
            ("Government of Guinea (2021-)", "Government of Ghana (2017-2025)"),
        ),
        (
            "LBR",
            "Guinea condemned the murder of a Ghanaian envoy on Friday.",
            "condemned",
            ("Government of Guinea (2021-)", None),
        ),
        (
            "LBN",
            "Syria withdrew its troops from Tripoli on Friday.",
            "withdrew its troops from",
            ("Military Forces of Syria (2000-2024)", None),
        ),
        (
            "MMR",
            "The Karenni Nationalities Defence Force besieged Bawlakhe. The Karenni force burned a depot on Friday.",
            "burned",
            ("KNDF: Karenni Nationalities Defense Force", None),
        ),
        (
            "MMR",
            "The Karenni Nationalities Defence Force besieged Bawlakhe. The Burmese force burned a depot on Friday.",
            "burned",
            ("Military Forces of Myanmar (2021-)", None),
        ),
        (
            "SYR",
            "Hamza Division clashed with the Levant Front. The fighter said his comrades had looted several shops.",
            "looted",
            ("Unidentified Armed Group (Syria)", None),
        ),
        (
            "SYR",
            "The Levant Front attacked Jindires. The fighter admitted that his comrades had looted several shops.",
            "looted",
            ("JaS: Levant Front", None),
        ),
    ],
)
def test_parties(coder: Coder, country: str, text: str, trigger: str, names: tuple[str | None, str | None]) -> None:
    assert _claims(coder, country, text)[trigger] == names
