"""Sentence splitting: exact slices, end marks and abbreviations, line layouts, three cases, datelines."""

from __future__ import annotations

from pathlib import Path

import pytest
from dateline.coder.lexicon import LexiconError
from dateline.coder.pipeline import Coder
from dateline.coder.records import Article
from dateline.coder.sentences import is_heading, load_sentence_words, split
from hypothesis import given
from hypothesis import strategies as st


def texts(text: str) -> list[str]:
    return [" ".join(sentence.text.split()) for sentence in split(text)]


# Sentences are separated by " | "; the marker is taken out before splitting.
@pytest.mark.parametrize(
    "marked",
    [
        "Gunmen shot two farmers near Gusau. | Police found the bodies on Friday.",
        "Gen. Musa Bello and Lt. Col. A. B. Diallo met Dr. Keita in St. Louis. | Mr. Bah was absent.",
        "The U.S. Army left. | Troops of the U.S. | The rest stayed in the U.K. | However, the U.N. Security Council met.",
        "The blast at 5 p.m. Tuesday hurt six. | It began at 7 a.m. | Soldiers came at 5 p.m. GMT and left.",
        "On Oct. 5 they came. | They left in Nov. | The army stayed until Sat. 12 March.",
        "Brigade No. 4 took Hill No. 12. | He said no. | Nobody moved.",
        "Some 1.5 million people fled. | The price rose by 2.3 percent.",
        "They fled ... and came back. | The army waited... | The rebels did not.",
        '"We are leaving." | The mayor stayed. | "Why?" he asked. | "Stop!" Bello said. | He ran.',
        "“We will not go.” | She refused.",
        "He was hurt (officials denied it.) | The army said nothing.",
        "Rebels of al-Nusra came. | al-Shabaab left. | iPhones were stolen.",
        "Was it the army? | No! | The rebels did it.",
        "The rebels fled.|The army came back.|“Good,” he said.",
        "See www.example.org.uk for more. | Mail army@example.com.",
        "The firm Bello & Sons Inc. sold arms. | It closed.",
        "They marched with Martin L. King and J. F. Bah. | Then they stopped.",
        "A bomb hit vol. 3 of the archive, i.e. the library vs. The Times.",
        "He said he sat. | Officers stood.",
        "Şırnak was shelled. | İdil was not. | Édéa was calm.",
        "Shells &lt;three&gt; fell. | &#3; Nobody was hurt.",
    ],
)
def test_end_marks(marked: str) -> None:
    text = marked.replace(" | ", " ").replace("|", "")
    assert texts(text) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gunmen attacked a village on\nMonday and killed two herders, police in\nGusau said. They fled to the\n"
         "forest.\n   A second attack was reported by\nthe army.", 3),
        ("TWO SOLDIERS WERE KILLED WHEN A MINE\nEXPLODED NEAR THE TOWN OF MORALES, THE\nARMY SAID. REBELS FLED "
         "TO THE NORTH.\n\nA CURFEW WAS IMPOSED ON THE TOWN BY\nTHE GOVERNOR.", 3),
        ("Two killed in Gusau\nGunmen attacked a village on Monday.\nThey fled.\nA second attack was reported.", 4),
        ("Demands of the rebels:\n- The army must leave\n- Prisoners are to be freed\n1. Talks follow\n2. Then peace", 5),
        ("Two killed\r\n\r\nGunmen attacked a village.\r\n\r\nThey fled.", 3),
        ("Police in Recife said the men were (photo\nby our reporter) armed and dangerous.", 1),
    ],
)  # fmt: skip
def test_line_layouts(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_lower_case_stories_break_before_small_letters() -> None:
    text = (
        "ahmedabad: two shops were burnt on monday. police fired at the crowd. inspector k. r. rao said dr. shah and "
        "mr. mehta were hurt at 5 p.m. near the station... as they fled. no. 4 battalion came from the u.s. embassy."
    )
    assert texts(text) == [
        "ahmedabad: two shops were burnt on monday.",
        "police fired at the crowd.",
        "inspector k. r. rao said dr. shah and mr. mehta were hurt at 5 p.m. near the station... as they fled.",
        "no. 4 battalion came from the u.s. embassy.",
    ]


def test_upper_case_stories() -> None:
    text = (
        "GEN. RUIZ LEFT THE U.S. EMBASSY AT 7:35 A.M. ON FRIDAY. THE GUARDS TURNED THEMSELVES IN. AS FOR HIM, HE FLED."
    )
    assert texts(text) == [
        "GEN. RUIZ LEFT THE U.S. EMBASSY AT 7:35 A.M. ON FRIDAY.",
        "THE GUARDS TURNED THEMSELVES IN.",
        "AS FOR HIM, HE FLED.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("BAMAKO (Reuters) - Gunmen attacked a village on Monday.", "BAMAKO (Reuters) -"),
        ("Clash in Mali\nBAMAKO, Mali — “Gunmen” attacked a village on Monday.", "Clash in Mali"),
        ("Bamako, March 3 (AFP) -- Gunmen attacked a village on Monday.", "Bamako, March 3 (AFP) --"),
        ("LIMA, 5 MAY 89 (EFE) -- [REPORT] [TEXT] REBELS ATTACKED A POLICE POST.", "LIMA, 5 MAY 89 (EFE) -- [REPORT] [TEXT]"),
        ("THE ARMY -- WHICH LEFT THE TOWN -- RETURNED.", "THE ARMY -- WHICH LEFT THE TOWN -- RETURNED."),
        ("Bamako – the capital – was calm on Monday.", "Bamako – the capital – was calm on Monday."),
        ("FARC – the largest group – left the talks.", "FARC – the largest group – left the talks."),
    ],
)  # fmt: skip
def test_a_dateline_stands_alone(text: str, first: str) -> None:
    assert texts(text)[0] == first
    assert texts(text)[-1].endswith(text[-20:])


PIECES = st.sampled_from(
    ["Gunmen", "army", "U.S.", "Gen.", "5", ".", "?", "!", "...", "…", '"', "”", "(", ")", "[", "\n", "\n\n", "   ",
     "\r\n", "\t", "\u00a0", " ", "-- ", "BAMAKO", "(AFP)", "a.m.", "1.", "- ", "é", "İ", "\u2028", "\x85", "No."]
)  # fmt: skip


@given(st.text(max_size=80) | st.lists(PIECES, max_size=40).map("".join) | st.lists(PIECES, max_size=40).map(" ".join))
def test_sentences_are_ordered_slices_that_cover_the_text(text: str) -> None:
    sentences = split(text)
    end = 0
    for index, sentence in enumerate(sentences):
        assert sentence.index == index
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip() != ""
        assert end <= sentence.start < sentence.end <= len(text)
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


def test_abbreviations_can_be_overlaid(tmp_path: Path) -> None:
    text = "Barr. Adeyemi spoke. He left."
    assert len(split(text)) == 3
    (tmp_path / "abbreviations.csv").write_text("word,kind\nbarr,title\n", encoding="utf-8")
    assert len(split(text, load_sentence_words((tmp_path,)))) == 2
    (tmp_path / "abbreviations.csv").write_text("word,kind\nbarr,tittle\n", encoding="utf-8")
    load_sentence_words.cache_clear()
    with pytest.raises(LexiconError, match=r"abbreviations\.csv:2"):
        load_sentence_words((tmp_path,))


def test_a_line_of_a_few_words_within_a_text_is_a_heading() -> None:
    text = (
        "Gunmen attack Gusau\n\nThe governor spoke.\n\nAbductions and threats\n\nFive men were taken.\n\n"
        "Attack in Kano\n\nThe police said so.\n\nAttacks by night."
    )
    assert [s.text for s in split(text) if is_heading(text, s)] == ["Abductions and threats"]


def test_a_section_heading_tells_no_event(coder: Coder) -> None:
    text = "Monthly report\n\nThe governor spoke.\n\n{}\n\nFive men were taken from Gusau by gunmen on Monday."
    told = [
        {claim["sentence"] for claim in coder.code(Article("a", text.format(line))).claims}
        for line in ("Abductions and killings", "Rebels kill farmers")
    ]
    assert "Abductions and killings" not in told[0] and "Rebels kill farmers" in told[1]
