"""Lines that a site prints under many of its articles: station notices, newsletter calls, "about us".

They glue unrelated incidents together, since near-copy and rare-word comparisons see the same words. A line is a site's
boilerplate when at least three of its articles with different headlines carry it to the letter, and it is no part of
the story: short, or at the end of the text, and without a word of killing or wounding. Long paragraphs within the text
stay: they are a story's recurring background, which the coder judges. What was learnt is kept by the caller and handed
in with the next pages of the same site.
Known false positive: a one-line story repeated under three headlines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

MIN_ARTICLES = 3  # two may be a story and its update
MAX_SHORT_CHARS = 160  # a notice; paragraphs of news are longer
TAIL_LINES = 3  # at the end of a text, longer lines too are notices
# A line of a developing story stands under its updates' headlines too; one that may hold a claim is never a notice.
_TELLING = re.compile(r"\b(?:kill|dead\b|death|die[ds]?\b|wound|injur|casualt|fatal)", re.IGNORECASE)


def shared_lines(articles: Sequence[tuple[str, str]]) -> frozenset[str]:
    r"""Learn the boilerplate of one site.

    Args:
        articles: Title and text of articles of one site, a paragraph a line.

    >>> notice = "Download our app for more news."
    >>> shared_lines([(str(n), f"Story number {n}.\n{notice}") for n in range(3)]) == {notice}
    True
    """
    titles_of: dict[str, set[str]] = defaultdict(set)
    for title, text in articles:
        for line in _candidates(text):
            titles_of[line].add(title.casefold())
    return frozenset(line for line, titles in titles_of.items() if len(titles) >= MIN_ARTICLES)


def strip_lines(text: str, boilerplate: Collection[str]) -> str:
    """Take the learnt lines out of a text; a text that is nothing else stays as it is."""
    if not boilerplate:
        return text
    kept = [line for line in text.split("\n") if line not in boilerplate]
    return "\n".join(kept) if kept else text


def _candidates(text: str) -> set[str]:
    """Choose the lines of a text that may be boilerplate."""
    lines = text.split("\n")
    likely = {line for line in lines if len(line) <= MAX_SHORT_CHARS} | set(lines[-TAIL_LINES:])
    return {line for line in likely if line.strip() and not _TELLING.search(line)}
