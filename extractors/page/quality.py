"""How far a text may be trusted to be the article: flags for walls, teasers, lists and dead pages.

Each flag needs the page's own word or a text too short to be an article beside a telling phrase; a long text that
mentions subscriptions or cookies is still an article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extractors.page.jsonld import is_live_blog
from extractors.page.tree import HtmlElement
from model.article import TextQuality

SHORT_CHARS = 600  # shorter than nearly every whole article; walls and teasers live below it
WALL_CHARS = 1500  # a paywalled page shows its first paragraphs
MIN_ARTICLE_CHARS = 80  # less than a sentence or two is nothing that could be coded
LINKED_0_1 = 0.6  # of the text; a list of headlines has nearly all of it in links, an article a few lines
HEADLINE_WORDS, MANY_HEADLINES = 5, 40  # so many links as long as headlines: an index of the day
NOTICE_CHARS = 150  # a line of a wall; a longer one is a sentence of an article that quotes such words
TEASER_0_1 = 0.9  # a text shorter than this share of the feed's own content is cut
_BOT = re.compile(
    r"verify (?:that )?you are (?:a )?human|checking your browser|are you a robot|enable javascript and cookies to "
    r"continue|unusual (?:traffic|activity) from your|please complete the security check|"
    r"press (?:&|and) hold|ddos protection by|"
    r"(?:^|[.!?|:»] *)(?:error:? )?(?:\d{3}:? )?(?:access denied|attention required)"
    r"(?=$|[ :.!|,]*(?:$|you|this|error|\||cloudflare))",
    re.IGNORECASE | re.MULTILINE,
)  # "access denied" must open a sentence: an article may tell of such a sign
_CONSENT = re.compile(
    r"before you continue|we (?:and our \d* ?partners )?(?:value|care about|respect) your privacy|accept all cookies|"
    r"(?:manage|your) (?:cookie|privacy|consent) (?:preferences|settings|choices)|we use cookies|cookie consent|"
    r"gdpr|(?:isn't|not) available in (?:your|the european)|countries in the european economic area",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:^|[.!?:] )(?:please )?subscribe (?:now |today )?to (?:continue|read|keep reading|unlock)|(?:already|not) a "
    r"subscriber\?|subscribers? only|"
    r"(?:this|the) (?:article|content|story) is (?:only )?(?:for|available to|reserved for) (?:our )?(?:paid |paying )?"
    r"(?:subscribers|members)|^to (?:continue|keep) reading|"
    r"you(?:'ve| have) reached your (?:limit|.{0,20}free article)|"
    r"log in or subscribe|sign in to (?:read|continue)|unlock this article|free articles? remaining",
    re.IGNORECASE | re.MULTILINE,
)
_GONE = re.compile(
    r"page (?:not found|cannot be found|can't be found|doesn't exist|does not exist|no longer exists)|404 (?:error|not "
    r"found)|not found \(?404|error 404|(?:story|article|content|page) (?:is|has been) (?:no longer available|removed|"
    r"deleted|moved)|nothing (?:was )?found|we can't find (?:the|that) page|^not found$|^404$",
    re.IGNORECASE | re.MULTILINE,
)
_LIVE_TITLE = re.compile(
    r"(?:^|\W)live(?:\s+(?:updates?|blog|coverage|news)|:|\s+\||\s+-)|as it happened", re.IGNORECASE
)
_CLOCK_LINE = re.compile(
    r"^(?:\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)\b.{0,40}$", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What the flags are read from; `feed_text` is the feed's own content of the entry, as plain text."""

    tree: HtmlElement
    node: Mapping[str, Any]
    title: str
    text: str
    feed_text: str


def judge(sight: Sight) -> TextQuality:
    """Flag a page's text; `FULL` where nothing speaks against it."""
    if len(sight.text) < SHORT_CHARS:
        wall = _wall(sight)
        if wall is not None:
            return wall
    if _is_paywalled(sight):
        return TextQuality.PAYWALL
    if is_live_blog(sight.node) or (_LIVE_TITLE.search(sight.title) and len(_CLOCK_LINE.findall(sight.text)) > 2):
        return TextQuality.LIVE_BLOG
    if len(sight.text) < MIN_ARTICLE_CHARS:
        return TextQuality.EMPTY
    if _is_listing(sight):
        return TextQuality.LISTING
    if len(sight.text) < min(SHORT_CHARS, TEASER_0_1 * len(sight.feed_text)):
        return TextQuality.TEASER
    return TextQuality.FULL


def _wall(sight: Sight) -> TextQuality | None:
    """Name what stands in the article's place on a page with hardly any text."""
    words = "\n".join([sight.title, *(line for line in sight.text.split("\n") if len(line) <= NOTICE_CHARS)])
    if len(sight.text) < MIN_ARTICLE_CHARS:
        words += f"\n{sight.text}\n{_visible(sight.tree)[:2000]}"
    if _BOT.search(f"{words}\n{sight.text}"):
        return TextQuality.BOT_WALL
    if _GONE.search(words) and not sight.node:
        return TextQuality.SOFT_404
    if _PAYWALL.search(words):
        return TextQuality.PAYWALL
    if _CONSENT.search(words) and not sight.node:
        return TextQuality.CONSENT
    return None


def _is_paywalled(sight: Sight) -> bool:
    """Say whether the page withholds most of the article: it says so itself, and shows little."""
    if len(sight.text) >= WALL_CHARS:
        return False
    is_free = sight.node.get("isAccessibleForFree")
    says_paid = is_free is False or (isinstance(is_free, str) and is_free.strip().lower() == "false")
    return says_paid or bool(_PAYWALL.search(sight.text[-400:]))


def _is_listing(sight: Sight) -> bool:
    """Say whether the page is a list of articles: no article of its own, and its text is made of links."""
    if sight.node:
        return False
    links = {" ".join(link.text_content().split()) for link in sight.tree.iter("a")}
    headlines = [link for link in links if len(link.split()) >= HEADLINE_WORDS]
    if sum(len(link) for link in headlines if link in sight.text) >= LINKED_0_1 * len(sight.text):
        return True
    is_index = len(headlines) >= MANY_HEADLINES and sum(map(len, headlines)) >= LINKED_0_1 * len(_visible(sight.tree))
    return len(sight.text) < SHORT_CHARS and is_index


def _visible(tree: HtmlElement) -> str:
    """Read the words of a page without its scripts."""
    parts = tree.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return " ".join(" ".join(parts).split())
