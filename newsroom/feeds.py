"""Write a feed in four forms: RSS 2.0, Atom (RFC 4287), RSS 1.0 in RDF, and JSON Feed 1.1.

A feed's bytes depend on its articles only: no build date, no counter, so that an unchanged feed keeps its ETag. The
guid is the id of the corpus row in every form. Dates carry the outlet's own offset, as real feeds do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final
from xml.etree import ElementTree as ET

from newsroom.outlets import FeedForm, Outlet
from newsroom.press import Printed

# A form whose own namespace is the default one has it as a plain `xmlns` attribute, and plain names.
ATOM: Final = "http://www.w3.org/2005/Atom"
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
DC: Final = "http://purl.org/dc/elements/1.1/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS1: Final = "http://purl.org/rss/1.0/"
PREFIXES: Final = {"atom": ATOM, "content": CONTENT, "dc": DC, "rdf": RDF}
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2: not even escaped

for _prefix, _namespace in PREFIXES.items():
    ET.register_namespace(_prefix, _namespace)


def write_feed(outlet: Outlet, articles: Sequence[Printed], address: str, changed_at: datetime | None) -> bytes:
    """Write the outlet's feed of `articles`, in its form, with links below `address` (no slash at the end).

    `changed_at` stands as the feed's own date where the form has one; null leaves it out.
    """
    return WRITERS[outlet.feed_form](outlet, articles, address, changed_at)


def _rss(outlet: Outlet, articles: Sequence[Printed], address: str, changed_at: datetime | None) -> bytes:
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", outlet.name)
    _add(channel, "link", f"{address}/{outlet.slug}/")
    _add(channel, "description", f"News from {outlet.name}")
    _add(channel, "language", outlet.language)
    if changed_at:
        _add(channel, "lastBuildDate", format_datetime(changed_at))
    _add(channel, f"{{{ATOM}}}link", None, rel="self", href=address + outlet.feed_path, type="application/rss+xml")
    for article in articles:
        item = ET.SubElement(channel, "item")
        _add(item, "title", article.title)
        _add(item, "link", address + article.path)
        _add(item, "guid", article.id, isPermaLink="false")
        if article.author:
            _add(item, f"{{{DC}}}creator", article.author)
        if article.published_at:
            _add(item, "pubDate", format_datetime(article.published_at))
        _add(item, "description", article.summary)
        if outlet.full_text:
            _add(item, f"{{{CONTENT}}}encoded", _as_html(article))
    return _bytes(root)


def _atom(outlet: Outlet, articles: Sequence[Printed], address: str, changed_at: datetime | None) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": outlet.language})
    _add(root, "title", outlet.name)
    _add(root, "id", f"tag:newsroom.invalid,2018:{outlet.slug}")
    _add(root, "link", None, rel="alternate", href=f"{address}/{outlet.slug}/")
    _add(root, "link", None, rel="self", href=address + outlet.feed_path)
    if changed_at:
        _add(root, "updated", changed_at.isoformat())
    for article in articles:
        entry = ET.SubElement(root, "entry")
        _add(entry, "title", article.title)
        _add(entry, "id", article.id)
        _add(entry, "link", None, rel="alternate", type="text/html", href=address + article.path)
        if article.author:
            _add(ET.SubElement(entry, "author"), "name", article.author)
        if article.published_at:
            _add(entry, "published", article.published_at.isoformat())
        if article.changed_at:
            _add(entry, "updated", article.changed_at.isoformat())
        _add(entry, "summary", article.summary, type="text")
        if outlet.full_text:
            _add(entry, "content", _as_html(article), type="html")
    return _bytes(root)


def _rdf(outlet: Outlet, articles: Sequence[Printed], address: str, changed_at: datetime | None) -> bytes:
    root = ET.Element(f"{{{RDF}}}RDF", {"xmlns": RSS1})
    channel = ET.SubElement(root, "channel", {f"{{{RDF}}}about": address + outlet.feed_path})
    _add(channel, "title", outlet.name)
    _add(channel, "link", f"{address}/{outlet.slug}/")
    _add(channel, "description", f"News from {outlet.name}")
    _add(channel, f"{{{DC}}}language", outlet.language)
    if changed_at:
        _add(channel, f"{{{DC}}}date", changed_at.isoformat())
    listed = ET.SubElement(ET.SubElement(channel, "items"), f"{{{RDF}}}Seq")
    for article in articles:
        ET.SubElement(listed, f"{{{RDF}}}li", {f"{{{RDF}}}resource": article.id})
    for article in articles:
        item = ET.SubElement(root, "item", {f"{{{RDF}}}about": article.id})
        _add(item, "title", article.title)
        _add(item, "link", address + article.path)
        _add(item, "description", article.summary)
        if article.author:
            _add(item, f"{{{DC}}}creator", article.author)
        if article.published_at:
            _add(item, f"{{{DC}}}date", article.published_at.isoformat())
        if outlet.full_text:
            _add(item, f"{{{CONTENT}}}encoded", _as_html(article))
    return _bytes(root)


def _json(outlet: Outlet, articles: Sequence[Printed], address: str, changed_at: datetime | None) -> bytes:
    del changed_at  # JSON Feed has no date of its own
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{address}/{outlet.slug}/",
        "feed_url": address + outlet.feed_path,
        "language": outlet.language,
        "items": [_json_item(article, address) for article in articles],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_item(article: Printed, address: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": article.id,
        "url": address + article.path,
        "title": article.title,
        "summary": article.summary,
        "content_html": _as_html(article) if article.outlet.full_text else f"<p>{escape(article.summary)}</p>",
    }
    if article.author:
        item["authors"] = [{"name": article.author}]
    if article.published_at:
        item["date_published"] = article.published_at.isoformat()
    if article.modified_at:
        item["date_modified"] = article.modified_at.isoformat()
    return item


WRITERS: Final[dict[FeedForm, Callable[[Outlet, Sequence[Printed], str, datetime | None], bytes]]] = {
    FeedForm.RSS: _rss,
    FeedForm.ATOM: _atom,
    FeedForm.RDF: _rdf,
    FeedForm.JSON: _json,
}


def _as_html(article: Printed) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)


def _add(parent: ET.Element, tag: str, text: str | None, **attributes: str) -> None:
    """Add a child with text; what XML cannot carry at all is left out of it."""
    ET.SubElement(parent, tag, attributes).text = NOT_IN_XML.sub("", text) if text is not None else None


def _bytes(root: ET.Element) -> bytes:
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body
