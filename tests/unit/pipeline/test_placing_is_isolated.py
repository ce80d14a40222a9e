"""One article on which the resolver fails is left out and told; what it fails on only together ends the run."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from model.article import Article, TextQuality
from model.report import Coding
from model.run import IssueCode
from pipeline import placing

NOW = datetime(2018, 2, 8, tzinfo=UTC)
PLAIN = Article(
    article_id="art_0", revision=1, external_id="0", url="https://news.example/0", outlet="N", feed_id="n", title="T",
    text="X", author=None, language="en", published_at=NOW, published_precision=None, timezone="UTC", country_code=None,
    first_seen_at=NOW, fetched_at=NOW, page_sha256=None, text_quality=TextQuality.FULL,
)  # fmt: skip
ARTICLES = [replace(PLAIN, article_id=f"art_{n}") for n in range(3)]
CODINGS = [Coding(article.article_id, ()) for article in ARTICLES]


def test_the_failing_article_is_left_out(monkeypatch) -> None:
    def place(articles, codings, writer, now):
        if any(one.article_id == "art_1" for one in codings):
            raise UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "surrogates not allowed")

    monkeypatch.setattr(placing, "place_reports", place)
    placed = placing.place_codings(ARTICLES, CODINGS, None, NOW)
    assert [one.article_id for one in placed.codings] == ["art_0", "art_2"]
    (issue,) = placed.issues
    assert (issue.code, issue.article_id) == (IssueCode.CODER_FAILED, "art_1")
    assert "surrogates not allowed" in issue.message


def test_a_fault_of_no_single_article_is_not_hidden(monkeypatch) -> None:
    def place(articles, codings, writer, now):
        if len(codings) > 1:
            raise RuntimeError("together only")

    monkeypatch.setattr(placing, "place_reports", place)
    with pytest.raises(RuntimeError, match="together only"):
        placing.place_codings(ARTICLES, CODINGS, None, NOW)
