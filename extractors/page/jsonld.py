"""JSON-LD of a page: the object that describes the article, as far as it concerns us. Vocabulary: schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from extractors.page.tree import HtmlElement
from model.characters import clean_text

_ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle BlogPosting "
    "LiveBlogPosting Report SocialMediaPosting AskPublicNewsArticle ReviewNewsArticle AdvertiserContentArticle".split()
)
_MAX_NODES = 2000  # a page's JSON-LD has tens of nodes; thousands are a trap
_MAX_BLOCK_CHARS = 1_000_000
_COMMENT = re.compile(r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>)\s*$")


def article_node(tree: HtmlElement) -> Mapping[str, Any]:
    """Find the JSON-LD object of the article; empty where there is none. The first one that has a date or text wins."""
    found: list[Mapping[str, Any]] = [node for node in _nodes(tree) if _types(node) & _ARTICLE_TYPES]
    dated = [node for node in found if node.get("datePublished") or node.get("headline")]
    return next(iter(dated or found), {})


def is_live_blog(node: Mapping[str, Any]) -> bool:
    """Say whether the article is a live blog by its own word."""
    return "LiveBlogPosting" in _types(node)


def _types(node: Mapping[str, Any]) -> frozenset[str]:
    """Read the types of a node."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return frozenset(name for name in names if isinstance(name, str))


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Walk through all objects of all blocks, breadth first, within a bound."""
    queue: list[Any] = [_block(script) for script in tree.xpath('//script[@type="application/ld+json"]')]
    for n_seen in range(_MAX_NODES):
        if n_seen >= len(queue):
            return
        node = queue[n_seen]
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, Mapping):
            yield node
            queue.extend(value for key, value in node.items() if key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _block(script: HtmlElement) -> object:
    """Read one block; a broken one is nothing."""
    text = _COMMENT.sub("", (script.text or "")[:_MAX_BLOCK_CHARS])
    try:
        block = json.loads(text, strict=False)
        return _without_halves(block) if "\\ud" in text.lower() else block
    except (ValueError, RecursionError):
        return None


def _without_halves(block: object) -> object:
    """Join the halves of surrogate pairs in all texts of a block; lone ones are replaced."""
    return json.loads(clean_text(json.dumps(block, ensure_ascii=False)))


def text_of(value: object) -> str:
    """Read a text, or the name of an object, or the first of a list."""
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    if isinstance(value, Mapping):
        return text_of(value.get("name") or value.get("@value") or value.get("@id"))
    return " ".join(clean_text(unescape(value)).split()) if isinstance(value, str) else ""


def names_of(value: object) -> str:
    """Join the names of one or several people."""
    people = value if isinstance(value, list) else [value]
    names = [text_of(person) for person in people]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))
