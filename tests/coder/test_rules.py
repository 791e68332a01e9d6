from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dateline.coder.cases import Case, cases, run_cases
from dateline.coder.decisions import load_decisions
from dateline.coder.inflection import load_inflector
from dateline.coder.lexicon import LexiconError, Row, read_table
from dateline.coder.pipeline import Coder
from dateline.coder.rulebook import RuleError, load_rules, phrasings, read_rules
from dateline.coder.triggers import build_index, candidates

RULES = load_rules()
CASES = list(cases(RULES.active))


@pytest.fixture(scope="module")
def problems(coder: Coder) -> dict[str, str]:
    return {outcome.case.name: outcome.problem for outcome in run_cases(coder, CASES)}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_rule_case(case: Case, problems: dict[str, str]) -> None:
    assert problems[case.name] == "", case.text


def test_every_rule_emits_a_known_action() -> None:
    actions = load_decisions().actions
    assert {rule.action for rule in RULES.active} <= set(actions)


def test_every_sub_event_of_acled_can_be_reached() -> None:
    """Each of the 25 sub-events has a decision row whose actions some rule emits."""
    emitted = {rule.action for rule in RULES.active}
    reached = {row.sub_event_type for row, actions in load_decisions().acled if actions & emitted}
    assert len(reached - {""}) == 25


def _sentences() -> Iterator[str]:
    """Every trigger form in a sentence of its own, with a word of each list that its rule requires."""
    inflector = load_inflector()
    for rule in RULES.active:
        barred = set(rule.excludes.context)
        lists = (getattr(rule.requires, key) for key in ("context", "object", "subject", "modifier", "before", "after"))
        needed = " ".join(next(word for word in words if word not in barred) for words in lists if words)
        for pos, entries in (("verb", rule.verbs), ("noun", rule.nouns), ("word", rule.words)):
            for entry in entries:
                first, *rest = entry.split()
                *parts, last = first.split("-")
                forms = inflector.verb(last) if pos == "verb" else {last}
                for form in sorted(forms):
                    yield f"They {'-'.join([*parts, form])} {' '.join(rest)} near {needed} them."


def test_every_trigger_passes_the_filter() -> None:
    """The filter decides what is parsed; an entry that it stops could never fire."""
    texts = list(_sentences())
    flags = candidates(texts, build_index(RULES, load_inflector()))
    stopped = [text for text, passed in zip(texts, flags, strict=True) if not passed]
    assert stopped == []


def test_a_broken_rule_is_reported_by_file_rule_and_line(tmp_path: Path) -> None:
    path = tmp_path / "violence.toml"
    path.write_text('[[rule]]\nid = "violence.x"\nsince = "0.1"\nactoin = "kill"\nroles = "actor_target"\n', "utf-8")
    with pytest.raises(RuleError, match=r"violence\.toml.*violence\.x.*line 2"):
        read_rules(path)


def test_a_rule_without_triggers_can_never_fire(tmp_path: Path) -> None:
    cases_ = 'fires = [{text="a", yields={}}, {text="b", yields={}}]\nsilent = [{text="c"}, {text="d"}]\n'
    path = tmp_path / "violence.toml"
    path.write_text(f'[[rule]]\nid = "violence.x"\nsince = "0.1"\naction = "kill"\nroles = "victim"\n{cases_}', "utf-8")
    with pytest.raises(RuleError, match="never fire"):
        read_rules(path)


@pytest.mark.parametrize(
    ("entry", "phrases"),
    [
        ("open fire", {"open fire"}),
        ("give|send food|medical_aid", {"give food", "give medical aid", "send food", "send medical aid"}),
        ("hand_over aid", {"hand over aid"}),
    ],
)
def test_alternatives_in_an_entry_stand_for_every_combination(entry: str, phrases: set[str]) -> None:
    assert set(phrasings(entry)) == phrases


@pytest.mark.parametrize("entry", ["give||send aid", "give|", "|aid", "give  aid", ""])
def test_an_empty_alternative_is_reported(tmp_path: Path, entry: str) -> None:
    cases_ = 'fires = [{text="a", yields={}}, {text="b", yields={}}]\nsilent = [{text="c"}, {text="d"}]\n'
    path = tmp_path / "violence.toml"
    head = '[[rule]]\nid = "violence.x"\nsince = "0.1"\naction = "kill"\nroles = "victim"\n'
    path.write_text(f'{head}verbs = ["{entry}"]\n{cases_}', "utf-8")
    with pytest.raises(RuleError, match=r"violence\.toml.*verbs.*violence\.x.*line 2"):
        read_rules(path)


class _Word(Row):
    word: str
    number: int = 0


def test_a_bad_dictionary_line_is_reported_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("word,number\nfine,1\nbad,many\n", "utf-8")
    with pytest.raises(LexiconError, match=r"words\.csv:3: number"):
        read_table(_Word, "words", base=tmp_path)


def test_an_overlay_comes_after_our_own_rows(tmp_path: Path) -> None:
    base, own = tmp_path / "base", tmp_path / "own"
    base.mkdir()
    own.mkdir()
    (base / "words.csv").write_text("word,number\nours,1\n", "utf-8")
    (own / "words.csv").write_text("word\nmine\n", "utf-8")
    assert [row.word for row in read_table(_Word, "words", (own,), base)] == ["ours", "mine"]
