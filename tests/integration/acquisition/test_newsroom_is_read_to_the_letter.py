"""Every feed of the bundled newsroom polled, every page fetched and extracted: the texts are those of the corpus."""

from datetime import UTC, datetime
from pathlib import Path

from acquisition.feeds import fetch_feeds
from acquisition.feeds_file import load_feeds
from acquisition.pages import PageRequest, fetch_pages
from extractors.feed import FeedBody, parse_feeds
from extractors.page import PageSource, extract_articles
from model.article import TextQuality
from model.feed import Outcome
from model.ids import article_id
from model.settings import Settings
from newsroom import running_newsroom
from newsroom.corpus import load_corpus

SEEDS = Path(__file__).parents[3] / "seeds" / "newsroom"
NOW = datetime(2027, 1, 1, tzinfo=UTC)  # after everything in the corpus


def test_texts_and_titles_come_out_as_they_went_in(tmp_path: Path) -> None:
    rows = {row.id: row for row in load_corpus(SEEDS / "corpus.jsonl")}
    with running_newsroom(SEEDS / "corpus.jsonl", now=NOW, n_entries=1000) as newsroom:
        settings = Settings(home=tmp_path, allow_hosts=(newsroom.host_port,))
        feeds = load_feeds(newsroom.write_feeds_file(tmp_path / "feeds.toml"))
        answers = fetch_feeds(feeds, {}, settings, NOW)
        assert {answer.fetch.outcome for answer in answers} == {Outcome.OK}
        bodies = [FeedBody(answer.feed, answer.body or b"", answer.content_type) for answer in answers]
        parsed = parse_feeds(bodies, 2)
        output = [(entry, feed) for feed, one in zip(feeds, parsed, strict=True) for entry in one.entries]
        assert {entry.guid for entry, _ in output} == set(rows)
        pages = fetch_pages([PageRequest(entry.url or "", feed.feed_id) for entry, feed in output], settings, NOW)
    sources = [
        PageSource(answer.page, entry, feed, article_id(entry.url or ""), NOW)
        for answer, (entry, feed) in zip(pages, output, strict=True)
    ]
    for got in extract_articles(sources, 2):
        article = got.article
        assert article is not None
        row = rows[article.external_id]
        assert article.text_quality is TextQuality.FULL
        if not row.revisions:  # of a corrected one the newest reading is served
            assert article.title == row.title
            assert article.text.split() == row.text.split()
