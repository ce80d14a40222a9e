"""A fast reader for feeds that are plain, well-formed RSS 2.0, RDF or Atom; null for everything else.

feedparser reads anything and takes 25 to 100 ms for a common feed; libxml2 takes 2. So the common feed is read here and
checked, and whatever is in any way unusual is left to feedparser: another charset than UTF-8, a DOCTYPE, `xml:base`,
markup inside titles or texts, a tag that is not listed here, another root, or a count of items that differs from the
count of their tags in the bytes. The result has feedparser's own field names, so that one function makes entries of
both.
Source of the rule: feeds read fast and wrong lose whole RDF documents and every ampersand (fastfeedparser, measured).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

Element: TypeAlias = Any  # lxml ships no types

MAX_ENTRIES = 2000  # rss-fetcher; the first ones are the newest in nearly every feed
_ATOM = "{http://www.w3.org/2005/Atom}"
_RSS1 = "{http://purl.org/rss/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_FEEDBURNER = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEM_TAG = re.compile(rb"<(?:item|entry)[\s>/]")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_UNUSUAL = (b"<!DOCTYPE", b"<!doctype", b"<!ENTITY", b"xml:base", b"xhtml", b"itunes:", b"<source")
_WINDOWS_LETTERS = re.compile(rb"\xc2[\x80-\x9f]|&#(?:1[2-5]\d|x[89][0-9a-fA-F]);")  # feedparser mends these
_MEDIA = "{http://search.yahoo.com/mrss/}"
_IGNORED = (
    "{http://wellformedweb.org/CommentAPI/}",
    "{http://purl.org/rss/1.0/modules/slash/}",
    "{http://rssnamespace.org/feedburner/ext/1.0}",
    "{http://purl.org/syndication/thread/1.0}",
    "{http://www.georss.org/georss}",
    "{com-wordpress:feed-additions:1}",
)
_KNOWN = frozenset({*"guid link title description author pubDate category comments enclosure".split(), _CONTENT,
                    f"{_DC}creator", f"{_DC}date", f"{_DC}subject", f"{_ATOM}link"})  # fmt: skip
_KNOWN_RSS1 = frozenset({f"{_RSS1}{name}" for name in ("link", "title", "description")} | _KNOWN)
_KNOWN_ATOM = frozenset(
    f"{_ATOM}{name}" for name in "id title link summary content published updated author category rights".split()
)
_PLAIN_TYPES = frozenset({None, "text", "html", "text/html", "text/plain"})
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_MARK = b"\xef\xbb\xbf"


def read_fast(body: bytes, content_type: str | None) -> Mapping[str, Any] | None:
    """Read a plain feed as feedparser would, as far as its entries go; null where feedparser should.

    Returns:
        A mapping with `version`, `feed` (its title) and `entries`, in feedparser's names.
    """
    if any(mark in body for mark in _UNUSUAL) or _WINDOWS_LETTERS.search(body) or not _is_utf8(body, content_type):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False, remove_pis=True)
    try:
        root = etree.fromstring(body.removeprefix(_MARK).strip(), parser)
    except etree.XMLSyntaxError:
        return None
    reader = _READERS.get(root.tag)
    result = reader(root) if reader else None
    if result is None or result["n_items"] != len(_ITEM_TAG.findall(body)):
        return None
    return result


def _is_utf8(body: bytes, content_type: str | None) -> bool:
    """Say whether nobody claims another charset than UTF-8."""
    declared = _ENCODING.match(body.removeprefix(_MARK)[:300])
    header = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    names = [declared[1].decode("ascii").lower() if declared else "utf-8", header[1].lower() if header else "utf-8"]
    return all(name in _UTF8 for name in names)


class _UnusualError(Exception):
    """The document is not plain after all; internal to this module."""


def _text(parent: Element, tag: str) -> str | None:
    """Read the text of the first child of that tag; null where there is none.

    Raises:
        _UnusualError: it holds markup of its own, or comes more than once.
    """
    found = parent.findall(tag)
    if not found:
        return None
    if len(found) > 1 or len(found[0]) or found[0].get("type") not in _PLAIN_TYPES or found[0].get("mode"):
        raise _UnusualError
    return (found[0].text or "").strip()


def _read_rss(root: Element) -> Mapping[str, Any] | None:
    """Read RSS 2.0 and its forerunners without a namespace."""
    channels = root.findall("channel")
    if len(channels) != 1:
        return None
    return _read_items(channels[0], channels[0].findall("item"), "")


def _read_rdf(root: Element) -> Mapping[str, Any] | None:
    """Read RSS 1.0."""
    channel = root.find(f"{_RSS1}channel")
    return _read_items(channel, root.findall(f"{_RSS1}item"), _RSS1) if channel is not None else None


def _read_items(channel: Element, items: list[Element], space: str) -> Mapping[str, Any] | None:
    """Read the items of a channel."""
    try:
        language = _text(channel, f"{space}language") or _text(channel, f"{_DC}language")
        known = _KNOWN_RSS1 if space else _KNOWN
        for item in items[:MAX_ENTRIES]:
            _check_tags(item, known, f"{space}title", f"{space}description")
        entries = [_item(item, space) for item in items[:MAX_ENTRIES]]
        title = _text(channel, f"{space}title")
    except _UnusualError:
        return None
    return {
        "version": "rss",
        "feed": {"title": title or "", "language": language},
        "entries": entries,
        "n_items": len(items),
    }


def _check_tags(item: Element, known: frozenset[str], *texts: str) -> None:
    """Look whether an item has only tags that are read here or that never carry its text.

    Raises:
        _UnusualError: it has another, or media tags that feedparser may take for the item's missing texts.
    """
    has_texts = all(item.find(text) is not None for text in texts)
    for child in item.iterchildren(tag=etree.Element):
        is_media = child.tag.startswith(_MEDIA) and has_texts
        if child.tag not in known and not is_media and not child.tag.startswith(_IGNORED):
            raise _UnusualError


def _item(item: Element, space: str) -> dict[str, Any]:
    """Read one item of RSS."""
    encoded = _text(item, _CONTENT)
    fields = {
        "id": _text(item, f"{space}guid") or item.get(f"{_RDF}about"),
        "link": _text(item, f"{space}link") or _alternate(item),
        "title": _text(item, f"{space}title"),
        "author": _text(item, f"{space}author") or _text(item, f"{_DC}creator"),
        "summary": _text(item, f"{space}description"),
        "content": [{"value": encoded}] if encoded else None,
        "published": _text(item, f"{space}pubDate"),
        "updated": _text(item, f"{_DC}date"),
        "feedburner_origlink": _text(item, _FEEDBURNER),
        "title_detail": {"language": item.get(_LANG) or item.getparent().get(_LANG)},
    }
    return {name: value for name, value in fields.items() if value}


def _read_atom(root: Element) -> Mapping[str, Any] | None:
    """Read Atom 1.0."""
    try:
        found = root.findall(f"{_ATOM}entry")
        for entry in found[:MAX_ENTRIES]:
            _check_tags(entry, _KNOWN_ATOM, f"{_ATOM}title")
        entries = [_atom_entry(entry, root.get(_LANG)) for entry in found[:MAX_ENTRIES]]
        title = _text(root, f"{_ATOM}title")
    except _UnusualError:
        return None
    return {"version": "atom10", "feed": {"title": title or ""}, "entries": entries, "n_items": len(found)}


def _atom_entry(entry: Element, language: str | None) -> dict[str, Any]:
    """Read one entry of Atom."""
    content = _text(entry, f"{_ATOM}content")
    names = [_text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")]
    fields = {
        "id": _text(entry, f"{_ATOM}id"),
        "link": _alternate(entry),
        "title": _text(entry, f"{_ATOM}title"),
        "author": ", ".join(name for name in names if name),
        "summary": _text(entry, f"{_ATOM}summary"),
        "content": [{"value": content}] if content else None,
        "published": _text(entry, f"{_ATOM}published"),
        "updated": _text(entry, f"{_ATOM}updated"),
        "feedburner_origlink": _text(entry, _FEEDBURNER),
        "title_detail": {"language": entry.get(_LANG) or language},
    }
    return {name: value for name, value in fields.items() if value}


def _alternate(entry: Element) -> str | None:
    """Choose the link to the article: the first that is an alternate, HTML before other types.

    Raises:
        _UnusualError: a link has no address.
    """
    if any(not link.get("href") for link in entry.findall(f"{_ATOM}link")):
        raise _UnusualError
    links = [link for link in entry.findall(f"{_ATOM}link") if (link.get("rel") or "alternate") == "alternate"]
    links.sort(key=lambda link: "html" not in (link.get("type") or "html"))
    return (links[0].get("href") or "").strip() if links else None


_READERS = {"rss": _read_rss, f"{_RDF}RDF": _read_rdf, f"{_ATOM}feed": _read_atom}
