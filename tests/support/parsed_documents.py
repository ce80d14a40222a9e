"""Parsed little articles for the tests of days, actors and types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import Document
from extractors.coding.parser import Parser
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

FRIDAY = date(2018, 2, 9)  # the day of publication unless a case says otherwise
SEEN = datetime(2018, 3, 1, tzinfo=UTC)


@lru_cache(maxsize=1)
def parser() -> Parser:
    """Load the pipeline once."""
    return Parser()


def make_article(
    text: str,
    published: date | datetime | None = FRIDAY,
    *,
    title: str = "",
    country: str | None = "GB",
    zone: str = "UTC",
) -> Article:
    """Make an article of a text."""
    if isinstance(published, date) and not isinstance(published, datetime):
        published = datetime(published.year, published.month, published.day, tzinfo=ZoneInfo(zone))
    precision = TimePrecision.INSTANT if published else None
    return Article(
        "art", 1, "x", None, "Outlet", None, title, text, None, "en", published, precision, zone, country, SEEN, SEEN,
        None, TextQuality.FULL,
    )  # fmt: skip


def parsed(article: Article) -> Document:
    """Tokenise and parse an article."""
    return parser().parse(parser().tokenise(article))


def mention_at(
    document: Document, word: str, event_type: str = "attack_on_civilians", strength: int = 3
) -> EventMention:
    """Make the event mention of the first token with this text."""
    token = next(t for t in document.tokens if t.text == word)
    return EventMention(
        token.sentence, token.index, token.index, token.index, word, event_type, "", strength, Realis.ACTUAL,
        is_recalled=False, reason="a test",
    )  # fmt: skip


def cluster_of(
    document: Document, mentions: Sequence[EventMention], only: Sequence[int] | None = None, role: Role = Role.MAIN
) -> Cluster:
    """Make a cluster of mentions over all sentences of the body (with the title), or over the ones named."""
    own = tuple(s.index for s in document.sentences) if only is None else tuple(only)
    return Cluster(tuple(mentions), own, role, {}, only is None)
