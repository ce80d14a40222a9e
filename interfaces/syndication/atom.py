"""Atom (RFC 4287), with the point of an incident as GeoRSS-Simple where it is one."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # written, never parsed

from interfaces.syndication.feed import Feed, rfc3339
from interfaces.syndication.items import Item

ATOM = "http://www.w3.org/2005/Atom"
GEORSS = "http://www.georss.org/georss"
XHTML = "http://www.w3.org/1999/xhtml"
for _prefix, _address in (("", ATOM), ("georss", GEORSS), ("xhtml", XHTML)):
    register_namespace(_prefix, _address)


def render(feed: Feed) -> str:
    """Write a feed as an XML document."""
    root = Element(f"{{{ATOM}}}feed")
    _add(root, "id", feed.feed_id)
    _add(root, "title", feed.title)
    _add(root, "updated", rfc3339(feed.updated_at))
    _add(_add(root, "author"), "name", "Deconflict")
    _add(root, "generator", "Deconflict")
    _link(root, "self", feed.link(f"feeds/{feed.name}.atom"), "application/atom+xml")
    _link(root, "alternate", feed.link("index.html"), "text/html")
    for item in feed.items:
        _entry(root, feed, item)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, "unicode") + "\n"


def _entry(root: Element, feed: Feed, item: Item) -> None:
    entry = _add(root, "entry")
    entry.text = "\n"  # an entry on each line, so that a difference can be read
    _add(entry, "id", item.item_id)
    _add(entry, "title", item.title)
    _add(entry, "published", rfc3339(item.published_at))
    _add(entry, "updated", rfc3339(item.updated_at))
    _link(entry, "alternate", feed.page_of(item), "text/html")
    SubElement(entry, f"{{{ATOM}}}category", term=item.event_type)
    if item.country_code:
        SubElement(entry, f"{{{ATOM}}}category", term=item.country_code, scheme="urn:iso:std:iso:3166:-1")
    if item.point:
        SubElement(entry, f"{{{GEORSS}}}point").text = f"{item.point[0]} {item.point[1]}"
    content = SubElement(entry, f"{{{ATOM}}}content", type="xhtml")
    division = SubElement(content, f"{{{XHTML}}}div")
    for name, text in item.facts:
        SubElement(division, f"{{{XHTML}}}p").text = f"{name}: {text}"


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    made = SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = text
    made.tail = "\n"
    return made


def _link(parent: Element, rel: str, href: str, media_type: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=media_type).tail = "\n"
