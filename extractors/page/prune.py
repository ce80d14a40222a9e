"""Blocks that are not the article: recommended and related stories, share bars, newsletters, live tickers.

They inject *other incidents* into the text. A block goes when its own class, id or label says what it is, and it does
not hold the bulk of the page's paragraphs (a body wrapped in "related-content" exists). Known false positive: an
article that consists of a list of related stories; such pages are listings.
"""

from __future__ import annotations

import re

from extractors.page.tree import HtmlElement

_MARK = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)?|more-?(?:stories|news|on|from|like)|read-?(?:more|next|also)|"
    r"you-?(?:may|might)-?(?:also-?)?like|also-?(?:read|in)|most-?(?:read|popular|viewed|shared)|trending|popular-?posts?|"
    r"latest-?(?:news|stories|headlines)|outbrain|taboola|promo(?:ted)?-?(?:stories|links|box)?|newsletter|"
    r"subscribe-?(?:box|form|banner|widget)|share-?(?:bar|buttons?|tools)|social-?(?:share|bar|links)|sidebar|"
    r"breaking-?(?:news)?-?(?:bar|ticker|banner)|ticker|cookie[\w-]*|consent[\w-]*|gdpr[\w-]*|next-?(?:article|story)|"
    r"see-?also|in-?other-?news|around-?the-?web|sponsored[\w-]*|teaser-?list)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:related|recommended|more|latest|top|popular)\s+(?:stories|articles|news|coverage|reading|headlines|content|posts"
    r"|links|topics)|(?:read|see)\s+(?:also|more|next)|you\s+(?:may|might)\s+(?:also\s+)?like|most\s+(?:read|popular|viewed"
    r"|shared)|more\s+(?:on|from|in|about)\b.{0,40}|trending(?:\s+now)?|in\s+other\s+news|don'?t\s+miss|what\s+to\s+read\s+next"
    r"|editor'?s?\s+picks?|around\s+the\s+web|also\s+on\b.{0,30}|sign\s+up\s+(?:for|to)\b.{0,60}",
    re.IGNORECASE,
)
_BLOCKS = ("aside", "section", "div", "ul", "ol", "nav", "figure", "form")
MAX_SHARE_0_1 = 0.4  # of the page's paragraph text; a block with more is the article, whatever it is called
MAX_PLAIN_SHARE_0_1 = 0.5  # the same of all text that is no link, for bodies that are written with line breaks
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp|image|img|photo|picture|media|figure|video|gallery)?[_-]?caption(?:[_-]?(?:text|full))?(?:$|[\s])",
    re.IGNORECASE,
)


def prune_neighbours(tree: HtmlElement) -> None:
    """Remove, in place, the blocks that bring other stories."""
    n_paragraphs, n_plain = _paragraph_chars(tree), _plain_chars(tree)
    for block in [element for element in tree.iter(*_BLOCKS) if _is_marked(element)]:
        is_part = _paragraph_chars(block) <= MAX_SHARE_0_1 * n_paragraphs
        if is_part and _is_attached(block, tree) and _plain_chars(block) <= MAX_PLAIN_SHARE_0_1 * n_plain:
            block.drop_tree()
    for caption in [element for element in tree.iter("figcaption", "p", "div", "span") if _is_caption(element)]:
        if _is_attached(caption, tree) and _plain_chars(caption) <= MAX_PLAIN_SHARE_0_1 * n_plain:
            caption.drop_tree()
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "strong", "b", "p", "span", "div")):
        if _is_attached(heading, tree) and _is_label(heading):
            _drop_list_after(heading)


def _is_marked(element: HtmlElement) -> bool:
    """Say whether an element's own names say that it is another story's place."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return bool(_MARK.search(names)) or _MARK.search(element.get("aria-label") or "") is not None


def _is_caption(element: HtmlElement) -> bool:
    """Say whether an element describes a picture."""
    return element.tag == "figcaption" or bool(_CAPTION.search((element.get("class") or "")[:300]))


def _is_label(element: HtmlElement) -> bool:
    """Say whether an element is but the heading of a list of other stories."""
    if len(element) > 2:
        return False
    text = " ".join(element.text_content().split()).rstrip(":").strip()
    return len(text) <= 60 and _HEADING.fullmatch(text) is not None


def _drop_list_after(heading: HtmlElement) -> None:
    """Remove a heading and the list of links that follows it."""
    parent = heading.getparent()
    following = heading.getnext()
    if parent is None:
        return
    if following is not None and following.tag in ("ul", "ol", "div", "section") and _is_links(following):
        following.drop_tree()
        heading.drop_tree()


def _is_links(element: HtmlElement) -> bool:
    """Say whether an element is made of links."""
    n_all = len(" ".join(element.text_content().split()))
    n_linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return n_linked > 0 and n_linked >= 0.6 * n_all


def _paragraph_chars(element: HtmlElement) -> int:
    """Count the characters in paragraphs."""
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _plain_chars(element: HtmlElement) -> int:
    """Count the characters of text that is neither link nor script."""
    n_other = sum(_chars(other) for other in element.iter("a", "script", "style", "noscript"))
    return max(0, _chars(element) - n_other)


def _chars(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))


def _is_attached(element: HtmlElement, tree: HtmlElement) -> bool:
    """Say whether an element still hangs in the tree, an outer block not having gone before it."""
    while element is not None and element is not tree:
        element = element.getparent()
    return element is tree
