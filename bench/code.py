"""What coding costs beside extraction: processor time per article of both, over the same pages, in one run.

    python bench/code.py [N]

The pages are the real ones of the labelled set where that is at hand (DECONFLICT_EVAL), else those that the bundled
newsroom prints. Each page is extracted as a live run does it (trafilatura, with metadata), its text is then coded as
a live run does it; both are warmed up first. The target is a ratio of at most 1. The two are taken in turns, page by
page, so that a busy machine weighs on both alike.
"""

from __future__ import annotations

import os
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractors.page import extract_html  # noqa: E402 - the path comes first
from model.settings import load_settings  # noqa: E402
from newsroom import Newsroom  # noqa: E402
from newsroom.pages import write_page  # noqa: E402
from pipeline.coding import load_coder  # noqa: E402

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WARM_UP = 5


def main() -> None:
    """Measure and print."""
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    coder = load_coder(load_settings())
    extract_s = code_s = 0.0
    n_pages = n_words = 0
    for number, (name, html) in enumerate(pages()):
        if number >= limit + WARM_UP:
            break
        began = time.process_time()
        article = extract_html(html, url=f"https://example.org/{name}", now=NOW).article
        extracted = time.process_time()
        if article is None:
            continue
        coder.code(replace(article, language="en"))
        coded = time.process_time()
        if number < WARM_UP:
            continue
        extract_s, code_s = extract_s + extracted - began, code_s + coded - extracted
        n_pages, n_words = n_pages + 1, n_words + len(article.text.split())
    print(f"{n_pages} pages, {n_words / n_pages:.0f} words each")
    print(
        f"extraction {1000 * extract_s / n_pages:.1f} ms, coding {1000 * code_s / n_pages:.1f} ms of processor a page"
    )
    print(f"ratio of coding to extraction: {code_s / extract_s:.2f} (target: at most 1)")


def pages() -> Iterator[tuple[str, bytes]]:
    """Real pages where they are at hand, else the newsroom's."""
    real = Path(os.environ.get("DECONFLICT_EVAL", ROOT.parent / "shared" / "eval")) / "pages" / "article_pages.tar.gz"
    if real.exists():
        with tarfile.open(real) as archive:
            for member in archive:
                held = archive.extractfile(member) if member.isfile() else None
                if held is not None:
                    yield Path(member.name).stem, held.read()
        return
    press = Newsroom(ROOT / "seeds" / "newsroom" / "corpus.jsonl", now=NOW)
    for desk in press.desks.values():
        printed = desk.printed(desk.edition(press.now))
        for article in printed:
            related = [other for other in printed if other is not article][:4]
            yield article.id, write_page(article, related, "http://127.0.0.1")


if __name__ == "__main__":
    main()
