"""``dateline explain``: one sentence, step by step, for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..coder.claims import Mention
from ..coder.coding import StoryCoding
from ..coder.conditions import screen
from ..coder.parser import DEFAULT_MODEL
from ..coder.pipeline import Coder
from ..coder.records import Actor, Article, Parse
from .explain_event import explain_event

_COLOURS = {
    "trigger": "red",
    "actor": "blue",
    "target": "magenta",
    "place": "green",
    "date": "yellow",
    "source": "cyan",
    "cue": "bright_cyan",
}


@click.command("explain")
@click.argument("sentence")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication date, for weekdays and 'yesterday'.")
@click.option("--country", help="ISO3 code of the country the story is about.")
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="spaCy model package for the parser.")
@click.option("--parse/--no-parse", default=True, show_default=True, help="Show the parse.")
@click.option(
    "--in",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Explain an event of this run: SENTENCE is then its event_id or event_id_cnty.",
)
def command(sentence: str, published: Any, country: str | None, model: str, parse: bool, folder: Path | None) -> None:
    """Show how SENTENCE is coded: spans, parse, the rule that fired, candidates rejected, decisions, sources.

    SENTENCE may be several sentences; each is shown in turn. Output is plain when it is no terminal or when
    NO_COLOR is set. With --in DIR, show how the event SENTENCE (an id) was merged: its claims, who says what, why
    they were taken for one happening, who contests it, and what nearly was merged.
    """
    if folder is not None:
        for line in explain_event(folder, sentence):
            click.echo(line)
        return
    day: date | None = published.date() if published else None
    coder = Coder(model=model)
    article = Article("explain", sentence, published=day, country=country)
    story = next(iter(coder.stories([article])))
    for line in explain(story, coder, show_parse=parse):
        click.echo(line)


def explain(story: StoryCoding, coder: Coder, show_parse: bool = True) -> Iterator[str]:
    """The explanation of a coded text, line by line, with ANSI colours (click drops them where not wanted)."""
    parses = {mention.parse.sentence.index: mention.parse for mention in story.mentions}
    missing = [s for s in story.sentences if s.index not in parses]
    parses |= {p.sentence.index: p for p in coder.parser.parse(missing)}
    for sentence in story.sentences:
        mentions = [m for m in story.mentions if m.parse.sentence.index == sentence.index]
        yield _coloured(story, sentence.start, sentence.end, mentions)
        yield ""
        if show_parse:
            yield from _parse_lines(parses[sentence.index])
        if sentence.index not in story.candidates:
            yield "  no trigger word: the sentence is not coded"
        for mention in mentions:
            yield from _mention_lines(mention, coder)
        dropped = [item for index, item in story.dropped if index == sentence.index]
        for item in dropped or screen(parses[sentence.index], coder.resources.index).dropped:
            yield f"  rejected  {item.rule_id} on {item.text!r}: {item.reason}"
        yield ""


def _coloured(story: StoryCoding, start: int, end: int, mentions: list[Mention]) -> str:
    """The sentence with its spans marked: [text]kind, in colour on a terminal."""
    spans: list[tuple[int, int, str]] = []
    for mention in mentions:
        frame = mention.frame
        spans.append((frame.start, frame.end, "trigger"))
        spans += [(a.phrase.start, a.phrase.end, "actor") for a in mention.actors]
        spans += [(a.phrase.start, a.phrase.end, "target") for a in mention.targets]
        if mention.where is not None and not mention.where_inherited:
            spans.append((mention.where.start, mention.where.end, "place"))
        if mention.when.start is not None and mention.when.end is not None:
            spans.append((mention.when.start, mention.when.end, "date"))
        for link in mention.reading.chain:
            if link.source.start is not None and link.source.end is not None:
                spans.append((link.source.start, link.source.end, "source"))
            if link.cue_start is not None and link.cue_end is not None:
                spans.append((link.cue_start, link.cue_end, "cue"))
    out, at = [], start
    for lo, hi, kind in sorted(set(spans)):
        if lo >= at and hi <= end:
            out += [
                story.article.text[at:lo],
                click.style(f"[{story.article.text[lo:hi]}]", fg=_COLOURS[kind], bold=True),
                click.style(kind, dim=True),
            ]
            at = hi
    return "".join(out) + story.article.text[at:end]


def _parse_lines(parse: Parse) -> Iterator[str]:
    """The parse in short: each word with its label and head."""
    line = "  parse     "
    for i, word in enumerate(parse.words):
        if parse.deps[i] in ("punct", "det", "case"):
            continue
        head = "" if parse.heads[i] == i else f"<{parse.words[parse.heads[i]]}"
        piece = f"{word}/{parse.deps[i]}{head} "
        if len(line) + len(piece) > 112:
            yield click.style(line.rstrip(), dim=True)
            line = "            "
        line += piece
    yield click.style(line.rstrip(), dim=True)


def _mention_lines(mention: Mention, coder: Coder) -> Iterator[str]:
    frame, typing, reading = mention.frame, mention.typing, mention.reading
    rule = coder.resources.rules.rules[frame.rule_id]
    sub_event = typing.acled.sub_event_type if typing.acled else ""
    yield click.style(f"  event     {sub_event or 'no ACLED event'}", bold=True)
    yield f"  rule      {rule.id}: action {rule.action}, roles {rule.roles}"
    for line in frame.trail:
        yield f"            {line}"
    for role, actors in (("actor", mention.actors), ("target", mention.targets)):
        for actor in actors:
            yield f"  {role:<10}{_actor_line(actor)}"
    if frame.instrument:
        yield f"  weapon    {frame.instrument}"
    yield f"  place     {_place_line(mention)}"
    when = mention.when
    yield (
        f"  date      {when.day or 'none'}"
        + (f" (precision {when.precision})" if when.day else "")
        + (f" from {when.text!r}" if when.text else "")
    )
    if mention.toll is not None:
        toll = mention.toll
        yield f"  toll      {toll.kind}: {toll.best} ({toll.low} to {toll.high}) from {toll.text!r}"
    yield from _decision_lines(mention)
    yield f"  status    {reading.status.value}" + (
        f" by {reading.status.evidence!r}" if reading.status.evidence else ""
    )
    factuality = f"author {reading.factuality_author}" + (
        f", source {reading.factuality_source}" if reading.factuality_source else ""
    )
    yield f"  claim     {reading.claim_type}, {reading.polarity}, {factuality}" + (
        f" ({reading.evidence})" if reading.evidence else ""
    )
    for depth, link in enumerate(reading.chain, start=1):
        source = link.source
        who = f"{source.text or 'nobody named'} [{source.source_type}, {source.anonymity}]"
        yield f"  source {depth}  {who} {link.cue_text or ''} ({link.mode}, {link.claim_type})"
    yield ""


def _actor_line(actor: Actor) -> str:
    named = actor.name or "no name in any dictionary"
    facts = ", ".join(
        part for part in (actor.inter, actor.country, actor.certainty if actor.certainty != "stated" else "") if part
    )
    return f"{actor.phrase.text!r} -> {named} [{facts or actor.kind}]" + (
        f" by {actor.evidence}" + (f" [{' > '.join(actor.read_as)}]" if actor.read_as else "") if actor.evidence else ""
    )


def _place_line(mention: Mention) -> str:
    where = mention.where
    if where is None or where.place is None:
        return "none"
    place = where.place
    said = "the story's last place" if mention.where_inherited else repr(where.text)
    kind = f"{place.feature}, precision {where.precision}"
    return f"{place.name}, {place.admin1 or '-'}, {place.country} ({kind}) from {said}"


def _decision_lines(mention: Mention) -> Iterator[str]:
    facts = mention.typing.facts
    yield f"  facts     action={facts.action}; actor={_set(facts.actor)}; target={_set(facts.target)}"
    yield f"            weapon={facts.instrument or '-'}; context={_set(facts.context)}"
    for name, row in (("ACLED", mention.typing.acled), ("PLOVER", mention.typing.plover)):
        if row is None:
            yield f"  {name:<10}no row of the table holds"
            continue
        cells = ", ".join(
            f"{k}={v}"
            for k, v in row.model_dump().items()
            if v and k not in ("id", "note", "sub_event_type", "event", "mode")
        )
        result = (
            getattr(row, "sub_event_type", None)
            or " ".join(filter(None, (getattr(row, "event", ""), getattr(row, "mode", ""))))
            or "nothing"
        )
        yield f"  {name:<10}row {row.id} ({cells}) -> {result}" + (f": {row.note}" if row.note else "")


def _set(values: frozenset[str]) -> str:
    return ",".join(sorted(values)) or "-"
