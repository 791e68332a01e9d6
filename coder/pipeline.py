"""The coder: articles in, rows out. Batches sentences of several articles for the filter and the parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from ..schema.ontology import Ontology, load_ontology
from .attribution import context_sentences, cue_terms, worth_a_row
from .claims import attribution_row, claim_row, place_row
from .coding import StoryCoding, code_story
from .conditions import Screened, hopeful, screen
from .dates import dateline_date
from .merge import merge
from .parser import DEFAULT_MODEL, Parser, Wanted, load
from .records import Article, Parse, Sentence
from .resources import Resources, load_resources
from .sentences import split
from .triggers import candidates, contains

CHUNK = 128  # articles whose sentences are filtered and parsed together
Scope = Literal["events", "all"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Coding:
    """The rows of one article, by table."""

    articles: tuple[Row, ...]
    claims: tuple[Row, ...]
    attributions: tuple[Row, ...]
    places: tuple[Row, ...]
    events: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Options:
    """What a run may vary; part of every file's footer."""

    attributions: Scope = "events"
    places: Scope = "events"


class Coder:
    """Codes articles. Load it once; it holds the parser and all dictionaries and keeps no state between articles.

    Args:
        model: spaCy model package; another than the pinned default only when named.
        lexicons: folders of the user's own dictionaries and rules, overlaid on ours.
        gazetteer: a gazetteer file instead of the built-in one.
        attributions: "events" keeps the attributions that scope over events, "all" finds every one.
        places: "events" keeps the places of events, "all" every toponym.
        fast: same parses, less CPU (:func:`.inference.quicken`).

    Raises:
        ModelError, RuleError, LexiconError, GazetteerError: with the remedy.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        lexicons: Sequence[Path] = (),
        gazetteer: Path | None = None,
        attributions: Scope = "events",
        places: Scope = "events",
        fast: bool = True,
    ) -> None:
        self.resources: Resources = load_resources(lexicons, gazetteer)
        self.parser: Parser = load(model, fast)
        self.options = Options(attributions, places)
        self._ontology: Ontology = load_ontology()
        self._cue_terms = [f" {term} " for term in cue_terms(self.resources.cues)]

    def code(self, article: Article) -> Coding:
        """Code one article: its rows of all five tables, its claims merged into its own events."""
        coding = next(iter(self.code_many([article])))
        events, ids = merge(coding.claims)
        claims = tuple(
            row | {"event_id": ids.get(row["claim_id"]) if row["exportable"] else None} for row in coding.claims
        )
        return replace(coding, claims=claims, events=tuple(events))

    def code_many(self, articles: Iterable[Article]) -> Iterator[Coding]:
        """Code articles in order, in chunks. Events are not merged here: that is done over the whole run."""
        for story in self.stories(articles):
            yield self._rows(story)

    def stories(self, articles: Iterable[Article]) -> Iterator[StoryCoding]:
        """The codings behind the rows, with what was dropped and why (for ``explain``)."""
        stream = iter(articles)
        while chunk := [_dated(article) for article in islice(stream, CHUNK)]:
            texts = [split(article.text) for article in chunk]
            hits = self._hits(texts)
            parses = self._parse(texts, hits, self._hopeful)
            screened = [{i: screen(parsed[i], self.resources.index) for i in parsed} for parsed in parses]
            more = self._parse(texts, self._needed(texts, screened), lambda lower, tags: True)
            for article, sentences, found, fitting, own, further in zip(
                chunk, texts, hits, screened, parses, more, strict=True
            ):
                yield code_story(article, sentences, found, fitting, own | further, self.resources, self._everything)

    @property
    def _everything(self) -> bool:
        return "all" in (self.options.attributions, self.options.places)

    def _hits(self, texts: Sequence[tuple[Sentence, ...]]) -> list[list[int]]:
        flags = iter(candidates([s.text for sentences in texts for s in sentences], self.resources.index))
        return [[s.index for s in sentences if next(flags)] for sentences in texts]

    def _needed(
        self, texts: Sequence[tuple[Sentence, ...]], screened: Sequence[dict[int, Screened]]
    ) -> list[list[int]]:
        """Which further sentences to parse: those that hold the sources of events, or all that may hold a source."""
        if self.options.attributions == "all":
            flags = iter(contains([s.text for sentences in texts for s in sentences], self._cue_terms))
            wanted = [
                {s.index for s in sentences if next(flags) or any(q in s.text for q in '"“”«»„')} for sentences in texts
            ]
        else:
            told = [[i for i, found in fitting.items() if found.matches] for fitting in screened]
            wanted = [
                set(context_sentences(sentences, found, self.resources.cues)) if found else set()
                for sentences, found in zip(texts, told, strict=True)
            ]
        return [sorted(more - fitting.keys()) for more, fitting in zip(wanted, screened, strict=True)]

    def _hopeful(self, lower: Sequence[str], tags: Sequence[str]) -> bool:
        return hopeful(lower, tags, self.resources.index)

    def _parse(
        self, texts: Sequence[tuple[Sentence, ...]], needed: Sequence[list[int]], wanted: Wanted
    ) -> list[dict[int, Parse]]:
        """The parses of those of the needed sentences that are wanted by their tags, by their numbers."""
        parsed = self.parser.parse_if(
            (sentences[i] for sentences, indices in zip(texts, needed, strict=True) for i in indices), wanted
        )
        found = [{i: next(parsed) for i in indices} for indices in needed]
        return [{i: parse for i, parse in story.items() if parse is not None} for story in found]

    def _rows(self, story: StoryCoding) -> Coding:
        article = story.article
        claims = tuple(claim_row(mention, self._ontology) for mention in story.mentions)
        used = {link["attribution_id"] for row in claims for link in row["attribution_chain"]}
        return Coding(
            articles=(article_row(story, bool(claims)),),
            claims=claims,
            attributions=tuple(
                attribution_row(article, a)
                for a in worth_a_row(story.attributions, used, self.options.attributions == "all")
            ),
            places=self._place_rows(story),
        )

    def _place_rows(self, story: StoryCoding) -> tuple[Row, ...]:
        events = {(m.where.start, m.where.end) for m in story.mentions if m.where is not None}
        rows = []
        for toponym in story.geography.toponyms:
            at_event = (toponym.start, toponym.end) in events
            if at_event or self.options.places == "all":
                rows.append(place_row(story.article, toponym, "event" if at_event else toponym.role))
        return tuple(rows)


def _dated(article: Article) -> Article:
    """The article with the publication date of its dateline, where it came without one."""
    found = dateline_date(article.text, article.published)
    return replace(article, published=found) if article.published is None and found is not None else article


def article_row(story: StoryCoding, coded: bool) -> Row:
    """The row of the articles table, with exactly its columns."""
    article = story.article
    return {
        "article_id": article.article_id,
        "publisher": article.publisher,
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "published": article.published,
        "country_hint": article.country,
        "n_sentences": len(story.sentences),
        "n_candidate_sentences": len(story.candidates),
        "status": "coded" if coded else "no_events",
        "text_length": len(article.text),
    }
