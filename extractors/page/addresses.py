"""An article's address: the one the page calls canonical, where that can be believed.

Two values are kept apart: the lossless address, and a key for comparing (`comparison_key`), which must never be fetched
or shown. A canonical address is believed when it is on the same registered site and is neither the site's front page
nor a section's, which templates put on every article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from extractors.feed.addresses import absolute
from extractors.page.tree import HtmlElement

_INDEX = re.compile(r"(?:index|default|home)\.\w{2,5}")
_VARIANT = re.compile(r"amp|print|mobile|full|all|page|p|amp\.html?|\d{1,3}")  # behind a path: a form of it
_SECTION = re.compile(r"[^\W\d_]{2,}(?:[-_&][^\W\d_]+){0,2}")  # one to three words without a number: a section's name
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|at_(?:medium|campaign|custom\d?|link_\w+|"
    r"format|bbc_team|ptr_name)|cmpid?|ito|ns_\w+|wt\.\w+|sr_share|smid|smtyp|partner|ref(?:_?src|errer)?|src|source|"
    r"spm|xtor|ocid|traffic_source|taid|guccounter|guce_\w+|rss|feedtype|feedname|output|amp|__twitter_impression|"
    r"cid|mod|sh|ftag|ftcamp|maca|campaign_id|emc|phpsessid|jsessionid|sid|gaa_\w+|oc|ceid|soc_src|soc_trk|share",
    re.IGNORECASE,
)
# Hosts below which anybody may have a site; the public suffix list has half of them. Extend it when one is met.
LENT_HOSTS = frozenset(
    "wordpress.com wpcomstaging.com substack.com tumblr.com livejournal.com typepad.com weebly.com wixsite.com "
    "webnode.com squarespace.com ghost.io over-blog.com canalblog.com hatenablog.com medium.com jimdofree.com "
    "github.io gitlab.io pages.dev workers.dev netlify.app vercel.app web.app firebaseapp.com herokuapp.com "
    "azurewebsites.net cloudfront.net amazonaws.com appspot.com onrender.com fly.dev neocities.org altervista.org "
    "rssing.com feedburner.com beehiiv.com micro.blog".split()
)
_MOBILE = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.")
_AMP_PATH = re.compile(r"/amp(?:/|$)|\.amp(?=$|\.html?$)", re.IGNORECASE)


def canonical_address(tree: HtmlElement, node: Mapping[str, Any], final_url: str) -> str:
    """Choose the address of the article that a page at `final_url` holds."""
    candidates = [link.get("href") for link in tree.xpath('//link[@rel="canonical"]')]
    candidates += [meta.get("content") for meta in tree.xpath('//meta[@property="og:url"]')]
    candidates.append(node.get("url"))
    for candidate in candidates:
        url = _absolute(candidate, final_url)
        if url is not None and _is_believable(url, final_url):
            return url
    return final_url


def comparison_key(url: str) -> str:
    """Reduce an address to what tells articles apart; equal keys mean the same article, the key itself is no address.

    >>> comparison_key("https://m.example.org/a/?utm_source=x&id=7#top")
    'example.org/a?id=7'
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a broken bracket: such an address is like no other
        return url
    host = _MOBILE.sub("", (parts.hostname or "").lower())
    path = _AMP_PATH.sub("/", parts.path).rstrip("/") or "/"
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    return urlunsplit(("", "", f"{host}{path}", urlencode(sorted(query)), ""))


def _absolute(candidate: object, base: str) -> str | None:
    """Make an address absolute, without its fragment; null where it is none."""
    url = absolute(candidate, base) if isinstance(candidate, str) else None
    return urlunsplit(urlsplit(url)._replace(fragment="")) if url else None


def _is_believable(url: str, final_url: str) -> bool:
    """Say whether an address may stand for the page: the same site, and no front or section page."""
    ours, theirs = urlsplit(final_url), urlsplit(url)
    if not ours.hostname:
        return True
    return site_of(ours.hostname) == site_of(theirs.hostname or "") and not _is_section(theirs, ours)


def _is_section(theirs: SplitResult, ours: SplitResult) -> bool:
    """Say whether an address names a front or section page that many articles may carry by mistake."""
    their, our = _segments(theirs.path), _segments(ours.path)
    if their == our or (theirs.query and any(letter.isdigit() for letter in theirs.query)):
        return False
    if not their:
        return True
    if our[: len(their)] == their:
        rest = our[len(their) :]
        is_form = all(_VARIANT.fullmatch(segment) for segment in rest)
        return not is_form or (rest[-1].isdigit() and _SECTION.fullmatch(their[-1]) is not None)
    is_same_name = bool(our) and _stem(their[-1]) == _stem(our[-1])
    return not is_same_name and _SECTION.fullmatch(their[-1]) is not None


def _segments(path: str) -> list[str]:
    segments = [segment for segment in path.lower().split("/") if segment]
    return segments[:-1] if segments and _INDEX.fullmatch(segments[-1]) else segments


def _stem(segment: str) -> str:
    return segment.partition(".")[0]


def site_of(host: str) -> str:
    """Reduce a host to the part that one owner holds: the last two labels, or three under a short second label.

    Below hosts that lend names to anybody, one more label: who writes at one of them does not speak for the others.
    """
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return host
    labels = host.lower().split(".")
    n_kept = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2  # example.co.uk
    kept = labels[-n_kept:]
    is_lent = kept[0] == "blogspot" or ".".join(kept) in LENT_HOSTS
    return ".".join(labels[-n_kept - is_lent :])
