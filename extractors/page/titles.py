"""An article's headline: the page's own word, the feed's, then what can be found; without the outlet's name.

Templates put the site's name where the article's title should be (`og:title`), so a candidate that names the site and
nothing of the article is passed over. A tail behind a dash or a bar goes only when it is the outlet's or the site's
whole name: " - Kyiv" is a place, also where the outlet is called "Kyiv Monitor".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trafilatura.metadata import extract_title

from extractors.page.jsonld import text_of
from extractors.page.tree import HtmlElement
from model.characters import clean_text

MAX_TITLE_CHARS = 500
_TAIL = re.compile(r"\s+[|–—·»-]\s+(?P<tail>[^|–—·»]{2,60})$")
_PARTS = re.compile(r"\s+[|–—·»:-]\s+|\s*[|»]\s*|:\s+")
_WORD = re.compile(r"[^\W_]+")
_GENERIC = frozenset("the news online com org net co uk www website official".split())  # of outlets' names


def choose_title(tree: HtmlElement, node: Mapping[str, Any], feed_title: str, outlet: str) -> str:
    """Choose the headline of a page.

    Args:
        tree: The page.
        node: The JSON-LD object of the article.
        feed_title: The title of the feed's entry; empty where there is none.
        outlet: The outlet's name; empty where it is not known.
    """
    site = _meta(tree, "og:site_name")
    names = [name for name in (outlet, site, _meta(tree, "application-name"), text_of(node.get("publisher"))) if name]
    heading = " ".join(" ".join(tree.xpath("(//h1)[1]//text()")).split())
    known_words = _words(f"{feed_title} {heading}")
    stated = (text_of(node.get("headline")), _meta(tree, "og:title"))
    title = next((one for one in stated if one and not _is_site(one, names, known_words)), "") or feed_title
    title = clean_text(" ".join((title or extract_title(tree) or "").split()))
    return _without_outlet(title, names)[:MAX_TITLE_CHARS]


def _is_site(title: str, names: list[str], known_words: frozenset[str]) -> bool:
    """Say whether a title is the site's: its name, alone or beside a slogan that the headline does not share."""
    known = {_name(name) for name in names}
    if _name(title) in known:
        return True
    parts = _PARTS.split(title)
    has_name = len(parts) > 1 and any(_name(part) in known for part in parts if _name(part))
    rest = _words(" ".join(part for part in parts if _name(part) not in known))
    return has_name and bool(known_words) and not rest & known_words


def _without_outlet(title: str, names: list[str]) -> str:
    """Take the outlet's name off the end of a title."""
    tail = _TAIL.search(title)
    known = {_name(name) for name in names} - {frozenset()}
    return title[: tail.start()] if tail and _name(tail["tail"]) in known else title


def _name(text: str) -> frozenset[str]:
    """Reduce a name to the words that tell it from others."""
    words = _words(text)
    return words - _GENERIC or words


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _meta(tree: HtmlElement, name: str) -> str:
    """Read the content of a meta tag."""
    return text_of(str(tree.xpath("string(//meta[@property=$name or @name=$name]/@content)", name=name)))
