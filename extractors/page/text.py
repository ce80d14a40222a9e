"""The article's text out of a pruned tree or out of a feed's own content; paragraphs end with a newline."""

from __future__ import annotations

import re
from typing import Any

from trafilatura import bare_extraction

from extractors.page.tree import HtmlElement, etree, fromstring
from model.characters import clean_text, join_references

MAX_TEXT_CHARS = 200_000  # the longest live blogs; more is a dump, and would cost the coder minutes
MAX_FRAGMENT_ELEMENTS = 5_000  # a feed's content of more elements is read without its markup
_BLOCK_TAGS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article figcaption".split())
_DROPPED = "script style noscript iframe form button svg template object figcaption".split()
_SPACES = re.compile(r"[ \t\xa0\u2009\u202f]+")


def text_of_page(tree: HtmlElement) -> str:
    """Extract the main text; empty where trafilatura finds none.

    `deduplicate` stays off: its memory of paragraphs takes a wire story away from the fourth outlet that carries it.
    """
    document: Any = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    return tidy(document.text or "") if document is not None else ""


def text_of_fragment(html: str) -> str:
    r"""Read the text of a feed's content: plain text, or a fragment of HTML.

    >>> text_of_fragment("<p>One.</p><p>Two &amp; three.</p>")
    'One.\nTwo & three.'
    """
    html = clean_text(join_references(html))
    if not html.strip():
        return ""
    if "<" not in html and "&" not in html:
        return tidy(html)
    if html.count("<") > MAX_FRAGMENT_ELEMENTS:
        return tidy(re.sub(r"<[^<>]{0,2000}>", " ", html))
    try:
        tree = fromstring(f"<div>{html}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return tidy(re.sub(r"<[^<>]{0,2000}>", " ", html))
    for element in list(tree.iter(*_DROPPED)):
        element.drop_tree()
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment")):
        _collect(event, element, parts)
    return tidy("".join(parts))


def _collect(event: str, element: HtmlElement, parts: list[str]) -> None:
    """Collect an element's own text, with a newline at the bounds of blocks."""
    if event == "comment":
        parts.append(element.tail or "")
        return
    newline = "\n" if element.tag in _BLOCK_TAGS else ""
    parts.append(newline + (element.text or "") if event == "start" else newline + (element.tail or ""))


def tidy(text: str) -> str:
    """Make one line a paragraph: single spaces, no empty lines, a bound on the whole."""
    text = clean_text(text).replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_TEXT_CHARS]
