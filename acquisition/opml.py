"""Lists of feeds as OPML 2.0, in and out, for moving between feed readers. Specification: opml.org/spec2.

Outgoing files carry what OPML has no name for in plain attributes of our own (`timezone`, `country`, `kind`; readers
drop namespaced ones), so that a list comes back as it went. Entities are written by the library and refused on reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.parsers import expat

from acquisition.feeds_file import dump_feeds, read_feeds
from acquisition.guard import check_form
from model.errors import ConfigError
from model.feed import Feed, FeedKind

MAX_OPML_BYTES = 5_000_000  # some 20,000 feeds
_UNCHANGED = "no feed was added"


def dump_opml(feeds: Sequence[Feed], title: str = "Deconflict") -> str:
    """Write feeds as OPML, in the order given."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = title
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        values = {
            "type": "rss",
            "text": feed.outlet,
            "title": feed.feed_id,
            "xmlUrl": feed.url,
            "language": feed.language,
            "timezone": feed.timezone,
            "country": feed.country_code,
            "kind": str(feed.kind),
        }
        ElementTree.SubElement(body, "outline", {name: value for name, value in values.items() if value})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


@dataclass(frozen=True, slots=True)
class OpmlFeeds:
    """The feeds of an OPML file, and a line for each outline that could not be taken, naming its address."""

    feeds: tuple[Feed, ...]
    faults: tuple[str, ...] = ()


def read_opml(text: bytes, taken: Iterable[str] = ()) -> tuple[Feed, ...]:
    """Read the feeds of an OPML file that can be taken; see `parse_opml`."""
    return parse_opml(text, taken).feeds


def parse_opml(text: bytes, taken: Iterable[str] = ()) -> OpmlFeeds:
    """Read the feeds of an OPML file; folders are looked into, outlines without a feed address are passed over.

    Args:
        text: The file's bytes.
        taken: Feed ids that are in use; new ones are made to differ.

    Raises:
        ConfigError: the file is too large or is no OPML, or none of the addresses in it can be taken; all are named.
    """
    outlines = _outlines(text)
    ids, feeds, faults, seen = set(taken), [], [], set()
    for outline in outlines:
        url = outline.get("xmlUrl") or outline.get("xmlurl") or ""
        if url in seen:
            continue
        seen.add(url)
        check = check_form(url)
        feed_id = free_id(outline.get("title") or outline.get("text") or check.host, check.host, ids)
        feed = _feed(feed_id, url, outline) if check.ok else None
        fault = _fault(feed) if feed else check.reason
        if feed is None or fault:
            faults.append(f"{outline.get('text') or outline.get('title') or ''} {url[:80]!r}: {fault}".strip())
            continue
        ids.add(feed_id)
        feeds.append(feed)
    if faults and not feeds:
        raise ConfigError("; ".join(faults), unchanged=_UNCHANGED, next_step="mend these addresses in the OPML file")
    return OpmlFeeds(read_feeds(dump_feeds(feeds), "OPML") if feeds else (), tuple(faults))


def _fault(feed: Feed) -> str | None:
    """Say why the feeds file, which is as strict as ever, would not take a feed, or null."""
    try:
        read_feeds(dump_feeds([feed]), "OPML")
    except ConfigError as error:
        return " ".join(str(error).split())[:200]
    return None


def _outlines(text: bytes) -> list[dict[str, str]]:
    """Read the attributes of every outline that has a feed; entity declarations are refused."""
    found: list[dict[str, str]] = []
    roots: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        roots.append(name)
        if name == "outline" and (attributes.get("xmlUrl") or attributes.get("xmlurl")):
            found.append(attributes)

    def refuse(*_: object) -> None:
        raise ConfigError("the OPML file declares entities", unchanged=_UNCHANGED, next_step="remove its DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    if len(text) > MAX_OPML_BYTES:
        raise ConfigError(f"the OPML file is over {MAX_OPML_BYTES} bytes", unchanged=_UNCHANGED, next_step="split it")
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ConfigError(f"not OPML: {error}", unchanged=_UNCHANGED, next_step="export the list again") from error
    if roots[0] != "opml":
        raise ConfigError(f"not OPML but <{roots[0]}>", unchanged=_UNCHANGED, next_step="export the list again")
    return found


def _feed(feed_id: str, url: str, outline: dict[str, str]) -> Feed:
    """Make a feed of an outline; what it does not say stays at the plain values."""
    plain = Feed(feed_id, url, outline.get("text") or outline.get("title") or (urlsplit(url).hostname or url))
    kind = outline.get("kind", "")
    return Feed(
        feed_id=feed_id,
        url=url,
        outlet=plain.outlet,
        language=outline.get("language", plain.language)[:2].lower() or plain.language,
        timezone=outline.get("timezone") or plain.timezone,
        country_code=outline.get("country") or None,
        kind=FeedKind(kind) if kind in tuple(FeedKind) else plain.kind,
    )


def free_id(name: str, host: str, ids: set[str]) -> str:
    """Make an id of a name: small ASCII letters and digits, unlike any that is in use."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50] or re.sub(r"[^a-z0-9]+", "_", host).strip("_")[:50]
    feed_id, number = stem or "feed", 1
    while feed_id in ids:
        number += 1
        feed_id = f"{stem}_{number}"
    return feed_id
