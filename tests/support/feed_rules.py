"""The rules of the feed validators, as far as they concern what we write: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
RFC3339 = re.compile(r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
URN_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Characters
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # ours: nothing steers


def atom_faults(text: str) -> list[str]:
    """List what a feed breaks; empty for a valid one."""
    faults = ["an illegal character"] if ILLEGAL.search(text) else []
    faults += ["a hidden control"] if HIDDEN.search(text) else []
    root = ElementTree.fromstring(text.encode("utf-8"))  # noqa: S314 - our own bytes
    faults += [] if root.tag == f"{ATOM}feed" else [f"the root is {root.tag}"]
    faults += _once(root, "feed", ("id", "title", "updated"))
    faults += [] if root.find(f"{ATOM}author/{ATOM}name") is not None else ["no author of all entries"]
    links = [(link.get("rel"), link.get("href")) for link in root.findall(f"{ATOM}link")]
    faults += [] if [rel for rel, _ in links].count("self") == 1 else ["not one link to itself"]
    ids = [root.findtext(f"{ATOM}id")]
    for entry in root.findall(f"{ATOM}entry"):
        faults += _once(entry, "entry", ("id", "title", "updated", "content", "published"))
        ids.append(entry.findtext(f"{ATOM}id"))
        faults += _content(entry)
        alternates = [link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        faults += [] if len(alternates) == 1 else ["not one alternate link"]
        faults += [f"a link without an address in {ids[-1]}" for href in alternates if not href]
    faults += [] if len(set(ids)) == len(ids) else ["an id twice"]
    faults += [f"id {one}" for one in ids if not one or not URN_UUID.fullmatch(one)]
    instants = [e.text or "" for name in ("updated", "published") for e in root.iter(f"{ATOM}{name}")]
    faults += [f"instant {one}" for one in instants if not RFC3339.fullmatch(one)]
    times = [e.text or "" for e in root.findall(f"{ATOM}entry/{ATOM}updated")]
    faults += [] if times == sorted(times, reverse=True) else ["not the newest first"]
    faults += [] if not times or root.findtext(f"{ATOM}updated") == times[0] else ["updated is not its newest entry's"]
    return faults


def _once(parent: ElementTree.Element, what: str, names: tuple[str, ...]) -> list[str]:
    return [f"{what} without one {name}" for name in names if len(parent.findall(f"{ATOM}{name}")) != 1]


def _content(entry: ElementTree.Element) -> list[str]:
    content = entry.find(f"{ATOM}content")
    children = list(content) if content is not None else []
    is_whole = content is not None and content.get("type") == "xhtml" and [c.tag for c in children] == [f"{XHTML}div"]
    tags = {one.tag for child in children for one in child.iter()}
    return [] if is_whole and tags <= {f"{XHTML}div", f"{XHTML}p"} else [f"content of {tags}"]


def json_feed_faults(text: str) -> list[str]:
    """List what a JSON Feed breaks; empty for a valid one."""
    feed = json.loads(text)
    faults = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["version"]
    faults += [] if isinstance(feed.get("title"), str) and feed["title"] else ["title"]
    faults += [] if all(isinstance(a, dict) and a for a in feed.get("authors", [])) else ["authors"]
    addresses = [feed[name] for name in ("home_page_url", "feed_url") if name in feed]
    known = {"version", "title", "authors", "items", "home_page_url", "feed_url"}
    faults += [f"{name} is no name of the format" for name in feed if name not in known and not name.startswith("_")]
    ids = [item.get("id") for item in feed["items"]]
    faults += [] if all(isinstance(i, str) and i for i in ids) and len(set(ids)) == len(ids) else ["ids"]
    known = {"id", "url", "title", "content_text", "date_published", "date_modified", "tags"}
    for item in feed["items"]:
        faults += [f"{name} in an item" for name in item if name not in known and not name.startswith("_")]
        faults += [] if item.get("content_text") else ["an item without content"]
        faults += [f"{n} {item[n]}" for n in ("date_published", "date_modified") if not RFC3339.fullmatch(item[n])]
        faults += [] if all(isinstance(tag, str) for tag in item["tags"]) else ["tags"]
        faults += [] if isinstance(item["_deconflict"], dict) else ["the extension is no object"]
        faults += ["hidden"] if HIDDEN.search(item["title"] + item["content_text"].replace("\n", "")) else []
        addresses += [item["url"]] if "url" in item else []
    return faults + [f"address {one}" for one in addresses if urlsplit(one).scheme not in ("http", "https")]
