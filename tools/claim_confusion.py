"""Prints, as Markdown, how the claim types of the case tables are read: per type, and which are confused.

Run: python tools/claim_confusion.py [TABLE.csv ...]; without arguments the three tables of the tests.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from dateline.coder import parser, sentences
from dateline.coder.attribution import find_attributions, load_cues
from dateline.coder.claimtypes import chain_over, read_claim
from dateline.coder.cues import Cues
from dateline.coder.grammar import Grammar, load_grammar
from dateline.coder.inflection import load_inflector
from dateline.coder.records import Article, Span
from dateline.coder.status import StatusCues, event_status, load_status_cues

CASES = Path(__file__).parents[1] / "tests" / "coder" / "cases"
TABLES = ("claims.csv", "nested.csv", "negatives.csv")


def claim_type(
    case: dict[str, str], model: parser.Parser, cues: Cues, status_cues: StatusCues, grammar: Grammar
) -> str:
    """The claim type of a case's trigger; of a case without one, that of its outermost attribution."""
    text, trigger = case["text"], case["trigger"]
    parses = {p.sentence.index: p for p in model.parse(sentences.split(text))}
    found = find_attributions(Article("case", text), sentences.split(text), parses, cues)
    if not trigger:
        return found[0].claim_type if found else "narration"
    at = text.index(trigger)
    parse = next(p for p in parses.values() if p.sentence.start <= at < p.sentence.end)
    head = parse.token_at(at)
    if head is None:
        raise ValueError(f"no token at {trigger!r} in {text!r}")
    status = event_status(parse, head, not parse.tags[head].startswith(("VB", "MD")), status_cues, grammar)
    span = Span(at, at + len(trigger))
    return read_claim(parse, head, span, chain_over(found, span), status, cues).claim_type


def markdown(pairs: Counter[tuple[str, str]]) -> str:
    """The table of types and the list of confusions."""
    types = sorted({want for want, _ in pairs} | {got for _, got in pairs})
    lines = ["| claim type | sentences | precision | recall | read as |", "|---|---|---|---|---|"]
    for kind in types:
        wanted = sum(n for (want, _), n in pairs.items() if want == kind)
        got = sum(n for (_, got), n in pairs.items() if got == kind)
        right = pairs[kind, kind]
        wrong = ", ".join(f"{other} {n}" for (want, other), n in sorted(pairs.items()) if want == kind != other)
        shares = f"{right / got:.2f} | {right / wanted:.2f}" if got and wanted else "- | -"
        lines.append(f"| `{kind}` | {wanted} | {shares} | {wrong or '-'} |")
    return "\n".join(lines)


def main(paths: list[str]) -> None:
    """Reads the tables and prints the figures."""
    model, cues, inflector = parser.load(), load_cues(), load_inflector()
    status_cues, grammar = load_status_cues(inflector), load_grammar(inflector)
    pairs: Counter[tuple[str, str]] = Counter()
    for path in paths or [str(CASES / name) for name in TABLES]:
        with Path(path).open(encoding="utf-8", newline="") as lines:
            for case in csv.DictReader(lines):
                pairs[case["claim_type"], claim_type(case, model, cues, status_cues, grammar)] += 1
    print(markdown(pairs))


if __name__ == "__main__":
    main(sys.argv[1:])
