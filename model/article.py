"""Pages and the articles extracted from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class TextQuality(StrEnum):
    """How far the extracted text may be trusted to be the article, the whole article and nothing else."""

    FULL = "full"
    FEED_ONLY = "feed_only"  # the page failed; the feed's own content was used
    TEASER = "teaser"
    PAYWALL = "paywall"
    CONSENT = "consent"
    BOT_WALL = "bot_wall"
    SOFT_404 = "soft_404"
    LISTING = "listing"
    LIVE_BLOG = "live_blog"
    EMPTY = "empty"


class TimePrecision(StrEnum):
    """How exactly a publication time is known."""

    INSTANT = "instant"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Page:
    """The raw bytes of one fetched address, already archived under `sha256`."""

    url: str
    final_url: str
    sha256: str
    body: bytes
    content_type: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of the text extracted from a page, with its metadata.

    `article_id` stays over revisions (counted from 1). `external_id` is the feed's guid or the corpus row's `id`.
    `published_at` is aware; with precision `day` it is midnight of that day in `timezone`, the outlet's zone.
    `country_code` is the outlet's, a prior for places. `wire_credit` is the agency named in the byline or text.
    `published_source` says where the time was read: `json-ld`, `meta`, `feed` or `page`.
    """

    article_id: str
    revision: int
    external_id: str
    url: str | None
    outlet: str
    feed_id: str | None
    title: str
    text: str
    author: str | None
    language: str | None
    published_at: datetime | None
    published_precision: TimePrecision | None
    timezone: str
    country_code: str | None
    first_seen_at: datetime
    fetched_at: datetime
    page_sha256: str | None
    text_quality: TextQuality
    wire_credit: str | None = None
    extractor_version: str = "1"
    published_source: str | None = None
    modified_at: datetime | None = None
    section: str | None = None

    @property
    def published_on(self) -> date | None:
        """The day of publication as the outlet's readers would name it."""
        return self.published_at.astimezone(ZoneInfo(self.timezone)).date() if self.published_at else None
