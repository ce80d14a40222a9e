"""Parsed documents and whole-article clusters for tests of the coder's parts."""

from datetime import UTC, datetime
from functools import lru_cache

from extractors.coding.cluster import Cluster
from extractors.coding.document import Document
from extractors.coding.parser import Parser
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

NOW = datetime(2021, 6, 9, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser()


def make_article(text: str, title: str = "") -> Article:
    """Make an article of 9 June 2021."""
    return Article(
        article_id="art_1", revision=1, external_id="1", url=None, outlet="Courier", feed_id=None, title=title,
        text=text, author=None, language="en", published_at=NOW, published_precision=TimePrecision.DAY, timezone="UTC",
        country_code=None, first_seen_at=NOW, fetched_at=NOW, page_sha256=None, text_quality=TextQuality.FULL,
    )  # fmt: skip


def make_document(text: str, title: str = "") -> Document:
    """Parse a text with the pipeline that runs use."""
    parser = _parser()
    return parser.parse(parser.tokenise(make_article(text, title)))


def whole_cluster(document: Document, *sentences: int) -> Cluster:
    """Make a cluster of the sentences given, or of the whole article."""
    own = sentences or tuple(s.index for s in document.sentences)
    return Cluster((), own, Role.MAIN, {}, is_whole_article=not sentences)
