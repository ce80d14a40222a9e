"""Changing the feeds file for a person: their comments and order stay, and a wrong file is never written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from acquisition.archive import write_whole
from acquisition.feeds_file import dump_feeds, load_feeds, read_feeds
from acquisition.opml import dump_opml, free_id, parse_opml
from model.errors import ConfigError
from model.feed import Feed

__all__ = ["Imported", "add_feeds", "export_opml", "free_feed_id", "import_opml", "load_feeds", "remove_feed"]
UNCHANGED = "the feeds file was left as it was"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an OPML file brought: feeds that were added, feeds whose address was there already, and those left out.

    `faults` has a line for each that was left out, with its address and the reason.
    """

    added: tuple[Feed, ...]
    known: tuple[Feed, ...]
    faults: tuple[str, ...] = ()


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Put feeds at the end of a feeds file; a file that is not there yet is made.

    Raises:
        ConfigError: an id or an address is there already, or the file is wrong or cannot be written.
    """
    text = path.read_text("utf-8-sig") if path.exists() else ""
    if text:
        read_feeds(text, str(path))  # what was wrong before is told as such
    _write(path, f"{text.rstrip()}\n\n{dump_feeds(feeds)}".lstrip(), {feed.feed_id for feed in feeds})


def remove_feed(path: Path, feed_id: str) -> Feed:
    """Take one feed out of a feeds file and return it; comments and all other feeds stay.

    Raises:
        ConfigError: there is no such feed, it is the last one, or its table is not written plainly.
    """
    feeds = {feed.feed_id: feed for feed in load_feeds(path)}
    if feed_id not in feeds:
        raise ConfigError(f"there is no feed {feed_id} in {path}", unchanged=UNCHANGED, next_step="see feeds list")
    text = path.read_text("utf-8-sig")
    table = re.compile(
        rf"^\[\s*feeds\s*\.\s*[\"']?{re.escape(feed_id)}[\"']?\s*\].*\n(?:[A-Za-z].*(?:\n|\Z)|[ \t]*\n)*", re.M
    )
    left = table.sub("", text, count=1)
    kept = {name: feed for name, feed in feeds.items() if name != feed_id}
    if not kept:
        raise ConfigError(f"{feed_id} is the last feed", unchanged=UNCHANGED, next_step="add another one first")
    if {feed.feed_id: feed for feed in read_feeds(left, str(path))} != kept:
        raise ConfigError(
            f"the table of {feed_id} is not written plainly", unchanged=UNCHANGED, next_step="delete it by hand"
        )
    _write(path, left, set(kept))
    return feeds[feed_id]


def import_opml(path: Path, opml: bytes) -> Imported:
    """Add the feeds of an OPML file whose addresses are not in the feeds file yet; wrong ones are left out and named.

    Raises:
        ConfigError: either file is wrong, none of the OPML file's feeds can be taken, or the feeds file cannot be
            written.
    """
    ours = load_feeds(path) if path.exists() else ()
    addresses = {feed.url for feed in ours}
    listed = parse_opml(opml, [feed.feed_id for feed in ours])
    added = tuple(feed for feed in listed.feeds if feed.url not in addresses)
    if added:
        add_feeds(path, added)
    return Imported(added, tuple(feed for feed in listed.feeds if feed.url in addresses), listed.faults)


def export_opml(path: Path) -> str:
    """Write the feeds of a feeds file as OPML.

    Raises:
        ConfigError: the file is missing or wrong.
    """
    return dump_opml(load_feeds(path))


def free_feed_id(path: Path, name: str, host: str) -> str:
    """Make an id for a new feed of its outlet's name, unlike those that the feeds file has.

    Raises:
        ConfigError: the file is wrong.
    """
    return free_id(name, host, {feed.feed_id for feed in load_feeds(path)} if path.exists() else set())


def _write(path: Path, text: str, expected_ids: set[str]) -> None:
    """Write a feeds file whole or not at all, once it has been read back from its text."""
    missing = expected_ids - {feed.feed_id for feed in read_feeds(text, str(path))}
    if missing:
        raise ConfigError(f"{path} would not have {', '.join(sorted(missing))}", unchanged=UNCHANGED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error}", unchanged=UNCHANGED, next_step="make the file writable") from error
