"""An article's address: the one the page calls canonical, where that can be believed.

Two values are kept apart: the lossless address, and a key for comparing (`comparison_key`), which must never be fetched
or shown. A canonical address is believed when it is on the same registered site and is not the site's front page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from extractors.page.tree import HtmlElement

MAX_URL_CHARS = 2048
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|at_(?:medium|campaign|custom\d?|link_\w+|"
    r"format|bbc_team|ptr_name)|cmpid?|ito|ns_\w+|wt\.\w+|sr_share|smid|smtyp|partner|ref(?:_?src|errer)?|src|source|"
    r"spm|xtor|ocid|traffic_source|taid|guccounter|guce_\w+|rss|feedtype|feedname|output|amp|__twitter_impression|"
    r"cid|mod|sh|ftag|ftcamp|maca|campaign_id|emc|phpsessid|jsessionid|sid|gaa_\w+|oc|ceid|soc_src|soc_trk|share",
    re.IGNORECASE,
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
    parts = urlsplit(url)
    host = _MOBILE.sub("", (parts.hostname or "").lower())
    path = _AMP_PATH.sub("/", parts.path).rstrip("/") or "/"
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    return urlunsplit(("", "", f"{host}{path}", urlencode(sorted(query)), ""))


def _absolute(candidate: object, base: str) -> str | None:
    """Make an address absolute; null where it is none."""
    if not isinstance(candidate, str) or not candidate.strip() or len(candidate) > MAX_URL_CHARS:
        return None
    try:
        parts = urlsplit(urljoin(base, candidate.strip()))
    except ValueError:
        return None
    return urlunsplit(parts._replace(fragment="")) if parts.scheme in ("http", "https") and parts.netloc else None


def _is_believable(url: str, final_url: str) -> bool:
    """Say whether an address may stand for the page: the same site, and an article's path where ours has one."""
    ours, theirs = urlsplit(final_url), urlsplit(url)
    if not ours.hostname:
        return True
    is_same_site = _site(ours.hostname) == _site(theirs.hostname or "")
    is_front = theirs.path.strip("/") == "" and not theirs.query and (ours.path.strip("/") != "" or bool(ours.query))
    return is_same_site and not is_front


def _site(host: str) -> str:
    """Reduce a host to the part that one owner holds: the last two labels, or three under a short second label."""
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return host
    labels = host.lower().split(".")
    n_kept = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2  # example.co.uk
    return ".".join(labels[-n_kept:])
