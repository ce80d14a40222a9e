"""A coder in a process of its own, for tests that must be able to lose the process or choose its hash seed.

    python tests/support/coding_worker.py REFERENCE_FOLDER CORPUS|-

Of a corpus it prints a digest of everything that was coded; with `-` it reads a JSON list of texts from standard input
and prints how many reports each gave, as it goes.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from extractors.coding.coder import Coder
from extractors.coding.explain import explain_coding
from extractors.reference.load import load_reference
from model.article import Article, TextQuality, TimePrecision
from pipeline.corpus import CorpusRow, read_corpus

SEEN_AT = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Code and print."""
    coder = Coder(load_reference(Path(sys.argv[1])))
    if sys.argv[2] != "-":
        sys.stdout.write(digest(coder, Path(sys.argv[2])))
        return
    for number, text in enumerate(json.load(sys.stdin)):
        sys.stdout.write(f"{len(coder.code(plain_article(str(number), text[:900], text)).reports)}\n")
        sys.stdout.flush()


def plain_article(name: str, title: str, text: str, published_at: datetime | None = SEEN_AT) -> Article:
    """Make an article of an outlet that nothing is known of."""
    return Article(
        article_id=f"art_{name}",
        revision=1,
        external_id=name,
        url=None,
        outlet="Any Times",
        feed_id=None,
        title=title,
        text=text,
        author=None,
        language="en",
        published_at=published_at,
        published_precision=TimePrecision.INSTANT if published_at else None,
        timezone="Asia/Kathmandu",
        country_code="NP",
        first_seen_at=SEEN_AT,
        fetched_at=SEEN_AT,
        page_sha256=None,
        text_quality=TextQuality.FULL,
    )


def digest(coder: Coder, corpus: Path) -> str:
    """Digest every coding of a corpus and its explanation, field by field."""
    total = sha256()
    for row in read_corpus(corpus):
        if isinstance(row, CorpusRow):
            article = row.as_article(SEEN_AT)
            coding = coder.code(article)
            total.update(repr(coding).encode())
            total.update(repr(explain_coding(coding, article)).encode())
    return total.hexdigest()


if __name__ == "__main__":
    main()
