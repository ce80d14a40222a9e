"""Shared by the tests of places: the tables, built once for all runs of the suite, and short articles."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from extractors.coding.sentences import split_sentences
from extractors.reference.gazetteer import Gazetteer, open_gazetteer
from extractors.text.segments import TITLE, Segment
from extractors.where import PlaceMention, choose_place, find_places
from model.article import Article, TextQuality
from model.report import Place, Role


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Open the tables; building them takes ten seconds, so the file outlives the run (its name carries its inputs)."""
    folder = os.environ.get("DECONFLICT_REFERENCE") or Path(tempfile.gettempdir()) / f"deconflict-places-{os.getuid()}"
    return open_gazetteer(Path(folder))


def article(
    text: str, title: str = "", url: str | None = None, outlet: str = "", country: str | None = None
) -> Article:
    at = datetime(2018, 2, 9, tzinfo=UTC)
    return Article(
        article_id="art_1", revision=1, external_id="1", url=url, outlet=outlet, feed_id=None, title=title, text=text,
        author=None, language="en", published_at=at, published_precision=None, timezone="UTC", country_code=country,
        first_seen_at=at, fetched_at=at, page_sha256=None, text_quality=TextQuality.FULL,
    )  # fmt: skip


def mentions(text: str, title: str = "", **more: str | None) -> tuple[PlaceMention, ...]:
    piece = article(text, title, **more)  # type: ignore[arg-type]
    return find_places(piece, split_sentences(piece.text), gazetteer())


def place_of(text: str, title: str = "", trigger: int = 0, **more: str | None) -> Place | None:
    """Choose the place of the whole article, whose sentence number `trigger` says that it happened."""
    piece = article(text, title, **more)  # type: ignore[arg-type]
    sentences = split_sentences(piece.text)
    segment = Segment((TITLE, *(s.index for s in sentences)), trigger, "", Role.MAIN, is_whole_article=True)
    return choose_place(find_places(piece, sentences, gazetteer()), segment, sentences, piece)
