"""What coding costs beside extraction: processor time per article of both, over the same pages, in one run.

    python bench/code.py [N]

The pages are the real ones of the labelled set where that is at hand (DECONFLICT_EVAL), else those that the bundled
newsroom prints. Of each page, one after the other so that a busy machine weighs on all alike, is measured:

- trafilatura by itself, `trafilatura.extract(html)` with its own defaults: the yardstick, for nothing of ours is in it;
- the same with the two options of a live run (`fast=True, include_comments=False`), in which it skips its fallbacks;
- extraction as a live run does it: that, and title, dates, author, address, language, pruning, quality;
- coding of the article that came out, as a live run codes it. All are coded as English, so no language is cheap.

Tables and libraries are loaded before; the first pages warm up and are not counted. The target is a ratio of at most 1
to trafilatura by itself.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import trafilatura  # noqa: E402 - the path comes first

from extractors.page import extract_html  # noqa: E402
from model.settings import load_settings  # noqa: E402
from newsroom import Newsroom  # noqa: E402
from newsroom.pages import write_page  # noqa: E402
from pipeline.coding import load_coder  # noqa: E402

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WARM_UP = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("n_pages", nargs="?", type=int, default=200, metavar="N")
    limit = parser.parse_args().n_pages
    coder = load_coder(load_settings())
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    spent_s: Counter[str] = Counter()
    n_pages = n_words = 0
    for number, (name, html) in enumerate(pages()):
        if number >= limit + WARM_UP:
            break
        timer = Timer()
        trafilatura.extract(html)
        timer.lap("trafilatura")
        trafilatura.extract(html, fast=True, include_comments=False)
        timer.lap("trafilatura, fast")
        article = extract_html(html, url=f"https://example.org/{name}", now=NOW).article
        timer.lap("extraction")
        if article is None:
            continue
        coder.code(replace(article, language="en"))
        timer.lap("coding")
        if number < WARM_UP:
            continue
        spent_s.update(timer.laps_s)
        n_pages, n_words = n_pages + 1, n_words + len(article.text.split())
    print(f"{n_pages} pages, {n_words / n_pages:.0f} words each; processor time a page, and coding as a share of it")
    for name, total_s in spent_s.items():
        print(f"{name:18} {1000 * total_s / n_pages:5.1f} ms   {spent_s['coding'] / total_s:.2f}")
    print(f"ratio of coding to extraction: {spent_s['coding'] / spent_s['trafilatura']:.2f} (target: at most 1)")


class Timer:
    """Laps of processor time."""

    def __init__(self) -> None:
        self.laps_s: dict[str, float] = {}
        self._began = time.process_time()

    def lap(self, name: str) -> None:
        """End a lap and begin the next."""
        now = time.process_time()
        self.laps_s[name] = now - self._began
        self._began = now


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
