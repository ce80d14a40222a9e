"""Real feeds and pages, where they are at hand: nothing lost, nothing slow, text at least as good as trafilatura's.

The pages' gold has the text alone. Titles and publication dates cannot be scored on it; that no day is invented can.
"""

import gzip
import json
import os
import re
import tarfile
import time
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
import trafilatura

from extractors.feed import parse_feed
from extractors.page import extract_html
from model.feed import Feed

ROOT = Path(__file__).parents[3]
EVAL = Path(os.environ.get("DECONFLICT_EVAL", ROOT.parent / "shared" / "eval"))
MAX_CPU_S = 2.0
MIN_F1 = 0.958  # reached: 0.961 (plain trafilatura: 0.957), 181 pages; lower it only with the list of what got worse
NOW = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (EVAL / "feeds").is_dir(), reason=f"the corpora are not at {EVAL}"),
]


def files_of(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: (archive.extractfile(member) or BytesIO()).read() for member in members}


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def f1(gold: str, text: str) -> float:
    wanted, found = grams(gold), grams(text)
    common = sum((wanted & found).values())
    return 2 * common / (sum(wanted.values()) + sum(found.values()))


def test_feeds_lose_nothing_against_feedparser_and_none_is_slow() -> None:
    feed = Feed("x", "https://news.example/feed", "X")
    lost, slow = [], []
    for name, body in files_of(EVAL / "feeds" / "feeds.tar.gz").items():
        begun = time.process_time()
        parsed = parse_feed(body, None, feed)
        if time.process_time() - begun > MAX_CPU_S:
            slow.append(name)
        try:
            n_expected = len(feedparser.parse(BytesIO(body)).entries)
        except Exception:  # feedparser itself raises on a few; we must not
            n_expected = 0
        if len(parsed.entries) < n_expected or len({e.guid for e in parsed.entries}) < len(parsed.entries):
            lost.append(name)
    assert not lost
    assert not slow


def test_pages_are_read_at_least_as_well_as_by_plain_trafilatura() -> None:
    files = files_of(EVAL / "pages" / "article_pages.tar.gz")
    ours, plain, invented = [], [], []
    for row in rows_of(EVAL / "pages" / "article_pages.jsonl.gz"):
        html = files[row["html"]]
        article = extract_html(html, url=row["url"], now=NOW).article
        ours.append(f1(row["gold_text"], article.text if article else ""))
        plain.append(f1(row["gold_text"], trafilatura.extract(html, fast=True, include_comments=False) or ""))
        at = article.published_at if article else None
        if (
            at is not None
            and (at.month, at.day) == (1, 1)
            and f"{at.year}-01-01" not in html.decode("utf-8", "replace")
        ):
            invented.append(row["id"])
    assert not invented
    assert sum(ours) >= sum(plain)
    assert sum(ours) / len(ours) >= MIN_F1
