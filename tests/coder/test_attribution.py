"""Attributions: sources, cues, contents, quotations and nesting (CODEBOOK 3.3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from dateline.coder import parser, sentences
from dateline.coder.attribution import context_sentences, cue_terms, find_attributions, load_cues
from dateline.coder.cues import Cues
from dateline.coder.lexicon import LexiconError
from dateline.coder.pipeline import Coder
from dateline.coder.quotes import find_quotes
from dateline.coder.records import Article, Attribution


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.fixture(scope="module")
def model() -> parser.Parser:
    return parser.load()


def attributions(text: str, model: parser.Parser, cues: Cues) -> tuple[Attribution, ...]:
    """All attributions of an article of that text."""
    split = sentences.split(text)
    parses = {p.sentence.index: p for p in model.parse(split)}
    return find_attributions(Article("case", text), split, parses, cues)


def contents(text: str, item: Attribution) -> list[str]:
    return [text[span.start : span.end] for span in item.content]


@pytest.mark.parametrize(
    ("text", "mode", "source", "content"),
    [
        ("“They burned the mill,” said Ali Diallo.", "direct", "Ali Diallo", ["“They burned the mill,”"]),
        ('"They burned the mill," Diallo said.', "direct", "Diallo", ['"They burned the mill,"']),
        (
            "« They burned the mill », the mayor said.",
            "direct",
            "the mayor",
            ["« They burned the mill »"],
        ),
        ("‘They burned the mill,’ the mayor said.", "direct", "the mayor", ["‘They burned the mill,’"]),
        ("The mayor said: “They burned it.”", "direct", "The mayor", ["“They burned it.”"]),
        (
            '"They came," said the mayor, "and they burned the mill."',
            "direct",
            "the mayor",
            ['"They came,"', '"and they burned the mill."'],
        ),
        (
            "The mayor said that rebels burned the mill.",
            "indirect",
            "The mayor",
            ["that rebels burned the mill"],
        ),
        (
            "The mayor said the army “burned the mill” in Bara.",
            "mixed",
            "The mayor",
            ["the army “burned the mill” in Bara"],
        ),
        ("Rebels burned the mill, the mayor said.", "indirect", "the mayor", ["Rebels burned the mill"]),
        ("UN: Rebels burned the mill in Bara", "headline_colon", "UN", ["Rebels burned the mill in Bara"]),
        (
            "The mayor was quoted as saying that rebels burned the mill.",
            "indirect",
            "The mayor",
            ["that rebels burned the mill"],
        ),
        (
            "According to the mayor, rebels burned the mill.",
            "indirect",
            "the mayor",
            ["rebels burned the mill"],
        ),
        (
            "The mayor told Radio Bara that rebels burned the mill.",
            "indirect",
            "The mayor",
            ["that rebels burned the mill"],
        ),
    ],
)
def test_modes_and_content(
    text: str, mode: str, source: str, content: list[str], model: parser.Parser, cues: Cues
) -> None:
    found = [a for a in attributions(text, model, cues) if a.depth == 1]
    assert [(a.mode, a.source.text, contents(text, a)) for a in found] == [(mode, source, content)]


def test_a_quotation_over_sentences_and_paragraphs_has_one_cue(model: parser.Parser, cues: Cues) -> None:
    text = (
        "“They came at dawn. They burned the mill,” said Hawa Garba, a farmer. “We buried nine people.\n\n"
        "“Then the soldiers left for Bara.”\n\nNo arrests were made."
    )
    (found,) = attributions(text, model, cues)
    assert contents(text, found) == [
        "“They came at dawn. They burned the mill,”",
        "“We buried nine people.",
        "“Then the soldiers left for Bara.”",
    ]
    assert found.source.name == "Hawa Garba"
    assert found.source.source_type == "eyewitness_resident"


def test_offsets_slice_the_article_also_with_astral_characters(model: parser.Parser, cues: Cues) -> None:
    text = "𐍈 🙂 Fighting goes on.\n\nThe mayor of Djenné said rebels burned the mill. 🙂\n\nHe added that nine died."
    found = attributions(text, model, cues)
    assert [text[a.cue_start : a.cue_end] for a in found] == ["said", "added"]
    assert [a.cue_text for a in found] == ["said", "added"]
    for item in found:
        assert item.source.start is not None
        assert text[item.source.start : item.source.end] == item.source.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Colonel Ibrahim Diallo said troops took Bor. He added that rebels fled.", "Ibrahim Diallo"),
        ("Ibrahim Diallo said troops took Bor. Later Mr Diallo said that rebels fled.", "Ibrahim Diallo"),
        (
            "Human Rights Watch said troops burned huts. It also reported that nine died.",
            "Human Rights Watch",
        ),
        ("The mayor said the ministry had claimed that rebels fled.", "ministry"),
        ("Kenya’s general staff said that rebels fled.", "Kenya’s general staff"),
        ("Its general staff said that rebels fled.", "general staff"),
        ("The army spokesman, Colonel Omar Ali, said troops took Bor. The spokesman said rebels fled.", "Omar Ali"),
        ("The army spokesman, Colonel Omar Ali, said troops took Bor. The minister said rebels fled.", "minister"),
        (
            "Bor Street Voice, a Facebook page, wrote that troops fled. A school burned, the page said.",
            "Bor Street Voice",
        ),
        ("The Bor Division denied that troops fled. Reports of a raid, it added, were false.", "Bor Division"),
        ("The militia has taken Bor, and it plans to attack Juba.", "militia"),
        (
            "A rebel said troops fled. The army's media wing denied it. The town, it said, was calm.",
            "army's media wing",
        ),
    ],
)
def test_pronouns_and_short_names_find_their_source(text: str, name: str, model: parser.Parser, cues: Cues) -> None:
    assert attributions(text, model, cues)[-1].source.name == name


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        ("A man who called himself a commander of the bandits said rebels fled.", "rebel_or_militia"),
        ("A man who identified himself as an army officer said rebels fled.", "military_official_claimed"),
        ("A man who shot himself said rebels fled.", "eyewitness_resident"),
    ],
)
def test_who_calls_himself_something_is_that(text: str, source_type: str, model: parser.Parser, cues: Cues) -> None:
    assert attributions(text, model, cues)[-1].source.source_type == source_type


def test_its_spokesman_is_of_the_kind_of_the_body_that_spoke_before(model: parser.Parser, cues: Cues) -> None:
    text = "The militia said rebels fled. Two men died, its information officer, Maung Lin, said."
    found = attributions(text, model, cues)[-1]
    assert (found.source.name, found.source.source_type) == ("Maung Lin", "rebel_or_militia")


@pytest.mark.parametrize("text", ["PRESENTER: Rebels burned the mill in Bor on Monday.", "HOST: Troops fled from Bor."])
def test_the_outlets_own_presenter_is_no_source(text: str, model: parser.Parser, cues: Cues) -> None:
    assert attributions(text, model, cues) == ()


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (  # who denies and says is one; who is said to have said something is another
            "The army denied that it had shelled Bor and said rebels had burned the mill.",
            {"denied": "that it had shelled Bor", "said": "rebels had burned the mill"},
        ),
        (
            "Police said the man had called the station and claimed he had a bomb.",
            {"said": "the man had called the station and claimed he had a bomb", "claimed": "he had a bomb"},
        ),
        (
            "Troops chased the rebels to the hills, he added, and four herders died in Bor.",
            {"added": "Troops chased the rebels to the hills … and four herders died in Bor"},
        ),
        (
            "“Troops have left the town of Bor,” he said, and the crowd cheered.",
            {"said": "“Troops have left the town of Bor,”"},
        ),
        ("Six herders died in Bor, by the account of two traders.", {"by the account of": "Six herders died in Bor"}),
        ("A clinic put the number of dead at three.", {"put": "the number of dead at three"}),
        ("The toll could not be independently verified.", {"could not be independently verified": "The toll"}),
    ],
)
def test_whose_words_a_clause_stands_in(text: str, contents: dict[str, str], model: parser.Parser, cues: Cues) -> None:
    found = attributions(text, model, cues)
    assert {a.cue_text: " … ".join(text[s.start : s.end] for s in a.content) for a in found} == contents


def test_a_doubt_about_a_figure_leaves_the_deed_alone(model: parser.Parser, cues: Cues) -> None:
    said = "The army said it had shelled Bor. "
    toll = attributions(said + "The death toll could not be independently verified.", model, cues)[-1]
    claim = attributions(said + "The claim could not be independently verified.", model, cues)[-1]
    assert toll.content[0].start >= len(said)
    assert claim.content[0].start < len(said)


def test_a_relative_clause_of_a_speaker_is_no_cue(model: parser.Parser, cues: Cues) -> None:
    text = '"We saw the attack," said Bala Usman, a retired clerk who advises the governor on security.'
    assert [a.cue_text for a in attributions(text, model, cues)] == ["said"]


def test_a_pronoun_without_antecedent_stays_unresolved(model: parser.Parser, cues: Cues) -> None:
    (found,) = attributions("He said rebels burned the mill.", model, cues)
    assert (found.source.text, found.source.name, found.source.source_type) == ("He", None, "unspecified")


@pytest.mark.parametrize(
    ("source", "source_type", "anonymity"),
    [
        ("The army", "military_official", "named_generic"),
        ("An army spokesman", "military_official", "named_generic"),
        ("The police chief", "police_official", "named_generic"),
        ("The foreign ministry", "state_official", "named_generic"),
        ("A rebel spokesman", "rebel_or_militia", "named_generic"),
        ("A spokesman for M23", "rebel_or_militia", "unnamed"),
        ("Hamas", "rebel_or_militia", "named"),
        ("The provincial governor", "local_official", "unnamed"),
        ("Residents", "eyewitness_resident", "unnamed"),
        ("The father of one victim", "victim_or_family", "unnamed"),
        ("A doctor at the military hospital", "medical", "unnamed"),
        ("The United Nations", "international_organisation", "named"),
        ("Amnesty International", "ngo_monitor", "named"),
        ("Reuters", "media_outlet", "named"),
        ("State television", "media_outlet_partisan", "named_generic"),
        ("A court", "court", "named_generic"),
        ("Village elders", "religious_or_community_leader", "unnamed"),
        ("A political scientist", "expert_analyst", "unnamed"),
        ("The opposition party", "political_party", "named_generic"),
        ("A student activist", "local_activist", "unnamed"),
        ("A captured soldier", "combatant", "unnamed"),
        ("A spokesman for the brigade in Bor", "military_official", "unnamed"),
        ("Captain Musa Bello", "military_official", "named"),
        ("The union's general secretary", "local_activist", "unnamed"),
        ("The Lebanese army's media wing", "military_official", "named_generic"),
        ("The group's military spokesman", "rebel_or_militia", "named_generic"),
        ("The Tehreek-i-Taliban Pakistan (TTP)", "rebel_or_militia", "named"),
        ("The Karenni Nationalities Defence Force", "rebel_or_militia", "named"),
        ("The governor himself", "local_official", "unnamed"),
        ("Bor Watch, a group that works along the front", "unspecified", "named"),
        ("The justice of the peace", "court", "named_generic"),
        ("Sources", "unspecified", "unspecified"),
        ("A security source", "state_official", "named_generic"),
    ],
)
def test_source_type_and_anonymity(
    source: str, source_type: str, anonymity: str, model: parser.Parser, cues: Cues
) -> None:
    found = attributions(f"{source} said that rebels burned the mill.", model, cues)
    assert [(a.source.text, a.source.source_type, a.source.anonymity) for a in found] == [
        (source, source_type, anonymity)
    ]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("The army said in a statement that rebels fled.", "statement"),
        ("The mayor told reporters that rebels fled.", "press_conference"),
        ("The mayor said in an interview that rebels fled.", "interview"),
        ("The ministry wrote on Telegram that rebels fled.", "social_media"),
        ("The mayor said that rebels fled from the television tower.", "unknown"),
    ],
)
def test_channel_is_read_outside_the_content(text: str, channel: str, model: parser.Parser, cues: Cues) -> None:
    assert attributions(text, model, cues)[0].source.channel == channel


def test_anonymity_withheld_on_purpose(model: parser.Parser, cues: Cues) -> None:
    text = "Rebels took Rubaya, a local official said on condition of anonymity."
    assert attributions(text, model, cues)[0].source.anonymity == "anonymous"


def test_nesting_is_a_forest_of_at_most_five_levels(model: parser.Parser, cues: Cues) -> None:
    text = (
        "The envoy said that elders said that police said that the mayor said that residents said "
        "that traders said that rebels burned the mill."
    )
    found = attributions(text, model, cues)
    by_id = {a.attribution_id: a for a in found}
    assert [a.depth for a in found] == [1, 2, 3, 4, 5]
    for item in found:
        assert (item.parent_id is None) == (item.depth == 1)
        if item.parent_id is not None:
            assert by_id[item.parent_id].depth == item.depth - 1


@pytest.mark.parametrize(
    "text",
    [
        "The blast claimed ten lives in Maiduguri.",
        "The army charged the barricade.",
        "Guards warned off a fishing boat.",
        "The rebels held the bridge.",
        "Troops found two bodies.",
        "Soldiers pressed on to the hill.",
        "The militia backed off.",
        "The shelling continued until dawn.",
        "Rioters slammed a car into the gate.",
        "The police station was hit.",
    ],
)
def test_no_cue(text: str, model: parser.Parser, cues: Cues) -> None:
    assert attributions(text, model, cues) == ()


@pytest.mark.parametrize(
    "text",
    [
        "“They burned the mill, said Diallo.",
        "They burned the mill,” said Diallo.",
        '"""" said " said "',
        "He said he said he said.",
        "said",
        ": : said: “",
        "‘’ “” «» „",
        "The man the man killed said the man killed the man.",
        "“" + "They burned the mill and left. " * 400 + "” he said.",
        '"Fire," said. "Said," said. said said said.',
    ],
)
def test_bad_input_does_not_raise(text: str, model: parser.Parser, cues: Cues) -> None:
    for item in attributions(text, model, cues):
        assert all(0 <= span.start < span.end <= len(text) for span in item.content)


def test_a_very_long_quotation_keeps_its_speaker(model: parser.Parser, cues: Cues) -> None:
    text = "“" + "They burned the mill and left. " * 400 + "They left,” said Ali Diallo."
    found = [a for a in attributions(text, model, cues) if a.depth == 1]
    assert [a.source.name for a in found] == ["Ali Diallo"]
    assert found[0].content[0].end - found[0].content[0].start > 12_000


def test_ids_are_stable_and_distinct(model: parser.Parser, cues: Cues) -> None:
    text = "The mayor said rebels fled. The mayor said rebels fled. The mayor denied it."
    first, second = attributions(text, model, cues), attributions(text, model, cues)
    assert first == second
    assert len({a.attribution_id for a in first}) == len(first) == 3
    assert all(len(a.attribution_id) == 16 for a in first)


def test_context_sentences_reach_the_cue_and_the_antecedent(cues: Cues) -> None:
    text = (
        "“They came at dawn. They shot my brother. They burned the mill,” said Hawa Garba. "
        "Colonel Diallo said troops took Bor. He added that rebels killed nine. Nothing else happened."
    )
    split = sentences.split(text)
    by_text = {s.text: s.index for s in split}
    wanted = context_sentences(split, {by_text["They shot my brother."]}, cues)
    assert by_text["They burned the mill,” said Hawa Garba."] in wanted
    wanted = context_sentences(split, {by_text["He added that rebels killed nine."]}, cues)
    assert by_text["Colonel Diallo said troops took Bor."] in wanted
    assert by_text["Nothing else happened."] not in wanted


def test_prefilter_terms_hold_the_forms_of_cues(cues: Cues) -> None:
    terms = set(cue_terms(cues))
    assert {"said", "told", "denied", "denying", "admitting", "according", "reportedly", "claims"} <= terms
    assert all(term == term.lower() and " " not in term for term in terms)


def test_an_overlay_adds_a_cue(tmp_path: Path, model: parser.Parser) -> None:
    (tmp_path / "claim_cues.csv").write_text(
        "cue,pos,frames,claim_type\nbawl,verb,clause|quote,claim\n", encoding="utf-8"
    )
    (found,) = attributions("The mayor bawled that rebels fled.", model, load_cues([tmp_path]))
    assert (found.cue, found.claim_type) == ("bawl", "claim")


def test_a_bad_dictionary_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "claim_cues.csv").write_text("cue,pos,frames,claim_type\nbawl,verb,clause,shout\n")
    with pytest.raises(LexiconError, match=r"claim_cues\.csv:2: claim_type"):
        load_cues([tmp_path])


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("It's the rebels' camp.", []),
        ("He said 'go home' and left.", ["'go home'"]),
        ("„Raus“ rief er.", ["„Raus“"]),
        ("“He said ‘go’ to us,” she said.", ["“He said ‘go’ to us,”"]),
        ("``Go,'' he said.", ["``Go,''"]),
        ('A 6" gun and a 5" gun', []),
        ("“Never closed at all in this paragraph and long.\n\nNext one.", None),
    ],
)
def test_quotation_marks(text: str, quotes: list[str] | None) -> None:
    found = find_quotes(text)
    if quotes is None:
        assert [q.closed for q in found] == [False]
    else:
        assert [text[q.start : q.end] for q in found] == quotes


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A teacher was killed in Kupwara District on April 27 reports The Nation.", "The Nation"),
        ("A teacher was killed in a raid in Kupwara reports Kashmir Times on May 3.", "Kashmir Times"),
        ("The army that killed a teacher in Kupwara reports heavy losses.", None),
    ],
)
def test_an_outlet_after_its_verb_needs_no_comma(text: str, source: str | None, coder: Coder) -> None:
    claims = coder.code(Article("a", text, country="IND")).claims
    assert {claim["source_text"] for claim in claims if claim["trigger_text"] == "killed"} == {source}
