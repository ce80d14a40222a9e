"""Shared by the tests of places: the tables, built once for all runs of the suite, and short articles."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import Document
from extractors.coding.mentions import find_mentions
from extractors.coding.parser import Parser
from extractors.coding.signals import read_signals
from extractors.coding.where import PlaceMention, choose_place, find_places
from extractors.reference.event_types import load_event_types
from extractors.reference.gazetteer import Gazetteer, open_gazetteer
from extractors.reference.lexicons import Lexicons, load_lexicons
from model.article import Article, TextQuality
from model.report import Place, Role


def reference_folder() -> Path:
    """Name the folder of built tables; building takes ten seconds, so they outlive the run (names carry the inputs)."""
    named = os.environ.get("DECONFLICT_REFERENCE")
    return Path(named) if named else Path(tempfile.gettempdir()) / f"deconflict-places-{os.getuid()}"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Open the tables, building them first where they are missing."""
    return open_gazetteer(reference_folder())


def article(
    text: str, title: str = "", url: str | None = None, outlet: str = "", country: str | None = None
) -> Article:
    at = datetime(2018, 2, 9, tzinfo=UTC)
    return Article(
        article_id="art_1", revision=1, external_id="1", url=url, outlet=outlet, feed_id=None, title=title, text=text,
        author=None, language="en", published_at=at, published_precision=None, timezone="UTC", country_code=country,
        first_seen_at=at, fetched_at=at, page_sha256=None, text_quality=TextQuality.FULL,
    )  # fmt: skip


@lru_cache(maxsize=1)
def parser() -> Parser:
    """Load the pipeline once for all tests."""
    return Parser()


@lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    """Read the reviewed word lists once for all tests."""
    seeds = Path(__file__).parents[2] / "seeds" / "reference"
    return load_lexicons(seeds, load_event_types(seeds))


def parsed(text: str, title: str = "", **more: str | None) -> Document:
    return parser().parse(parser().tokenise(article(text, title, **more)))  # type: ignore[arg-type]


def mentions(text: str, title: str = "", **more: str | None) -> tuple[PlaceMention, ...]:
    return find_places(parsed(text, title, **more), gazetteer())


def events_of(document: Document) -> tuple[EventMention, ...]:
    return find_mentions(document, read_signals(document, lexicons()))


def whole(document: Document) -> Cluster:
    """Make one cluster of the whole article; where no word tells of an event, its first token stands for one."""
    found = events_of(document)
    if not found:
        sentence = document.tokens[0].sentence if document.tokens else 0
        found = (EventMention(sentence, 0, 0, 0, "", "other", "", 1, Realis.ACTUAL, False, ""),)
    return Cluster(found, tuple(s.index for s in document.sentences), Role.MAIN, {}, is_whole_article=True)


def place_of(text: str, title: str = "", **more: str | None) -> Place | None:
    """Choose the place of the whole article."""
    document = parsed(text, title, **more)
    return choose_place(find_places(document, gazetteer()), whole(document), document)
