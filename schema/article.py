"""The articles table: one row per article that was read and coded."""

from __future__ import annotations

from datetime import date

from . import fields as f
from .fields import column


class Article(f.Record):
    """An article and how much of it was coded."""

    article_id: f.Text = column("the article's id, as given or from its file name", "ng-2024-0515")
    publisher: f.Text | None = column("the outlet that published it", "Sahel Courier", null="not given")
    title: f.Text | None = column("its headline", "Five farmers killed near Gusau", null="not given")
    url: f.Text | None = column("where it was published", "https://example.org/a/1", null="not given")
    author: f.Text | None = column("its byline", "A. Bello", null="not given")
    language: f.Text | None = column("its language, as given", "en", null="not given")
    published: f.Day | None = column(
        "publication date, as given or from the dateline", date(2024, 5, 15), null="not given"
    )
    country_hint: f.Iso3 | None = column("the country it is about, as given", "NGA", null="not given")
    n_sentences: f.Number = column("sentences in the text", 14, unit="sentences")
    n_candidate_sentences: f.Number = column("sentences that hold a trigger word", 6, unit="sentences")
    status: f.ArticleStatus = column("whether it gave claims", "coded")
    text_length: f.Number = column("length of the text", 1830, unit="code points")
