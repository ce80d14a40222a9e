"""The feeds' folder: a feed over all, one for each country and each type, of new incidents and of revisions.

Files are rendered and written only where what they tell has changed. What each one told last stands in `.told.json`,
written after them, so that a crash between the two writes some of them again, with the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from interfaces.exports.atomic_write import write_errors, write_files
from interfaces.exports.crosswalk import type_words
from interfaces.syndication import atom, jsonfeed
from interfaces.syndication.feed import Feed, by_updated
from interfaces.syndication.items import Item, announced_item, revised_item
from warehouse.reader import open_snapshot
from warehouse.revisions import Announced, Revised

# A reader that asks once a day misses nothing at this many incidents a day, over all and in one country or type.
N_ITEMS, N_ITEMS_EACH = 100, 50
FORM = 2  # of what the files tell; raising it has all of them written again
STATE_FILE = ".told.json"
RENDERERS: Mapping[str, Callable[[Feed], str]] = {"atom": atom.render, "json": jsonfeed.render}
FeedSource = Announced | Revised
_SAFE = re.compile(r"[A-Za-z_]{1,40}")  # codes become names of files


@dataclass(frozen=True, slots=True)
class FeedsWritten:
    """What was done: how many feeds there are, and how many files of them were written anew."""

    n_feeds: int
    n_written: int


def write_feeds(snapshot_path: Path, folder: Path, site_url: str = "") -> FeedsWritten:
    """Bring the feeds in `folder` up to date with a published snapshot.

    Args:
        snapshot_path: The published file, or the link to it.
        folder: Where the feeds lie: `feeds/` of the site.
        site_url: Where the site is published; empty gives links from file to file.

    Raises:
        ConfigError: the folder cannot be written to. TransientError: the disk is full or failing.
        WarehouseError: the snapshot is missing or of another schema.
    """
    with open_snapshot(snapshot_path) as reader:
        announced, revised = reader.announced(N_ITEMS, N_ITEMS_EACH), reader.revised(N_ITEMS, N_ITEMS_EACH)
    groups = {**_grouped(announced, ""), **_grouped(revised, "revisions")}
    before = _state(folder)
    for name in before.keys() - groups.keys():  # what has nothing to tell any more stays at its address, empty
        groups[name] = ()
    keys = {name: _key(group, site_url) for name, group in groups.items()}
    item_of = cache(_item)
    made: dict[Path, Sequence[str]] = {}
    for name in sorted(groups):
        if before.get(name) != keys[name] or not _is_there(folder, name):
            feed = Feed(name, title_of(name), by_updated([item_of(source) for source in groups[name]]), site_url)
            made |= {folder / f"{name}.{ending}": [render(feed)] for ending, render in RENDERERS.items()}
    if made:
        with write_errors(folder):
            for path in made:
                path.parent.mkdir(parents=True, exist_ok=True)
        write_files(made | {folder / STATE_FILE: [json.dumps(keys, indent=0, sort_keys=True)]})
    return FeedsWritten(len(groups), len(made))


def title_of(name: str) -> str:
    """Name a feed for people, by its file's name.

    >>> title_of("country/SY.revisions")
    'Deconflict: revisions of incidents, SY'
    """
    group, _, rest = name.rpartition("/")
    part = rest.removesuffix(".revisions")
    what = "revisions of incidents" if rest.endswith("revisions") else "new incidents"
    if not group:
        return f"Deconflict: {what}"
    words = type_words().get((part, ""))
    return f"Deconflict: {what}, {words.words if group == 'type' and words else part}"


def _item(source: FeedSource) -> Item:
    return announced_item(source) if isinstance(source, Announced) else revised_item(source)


def _grouped(found: Sequence[FeedSource], kind: str) -> dict[str, tuple[FeedSource, ...]]:
    """Sort into feeds, the newest of each; the feeds over all are there even when they are empty."""
    ending = f".{kind}" if kind else ""
    whole = kind or "incidents"
    groups: dict[str, list[FeedSource]] = {}
    for source in found:
        for folder, code in (("country", source.incident.country_code), ("type", source.incident.event_type)):
            if code and _SAFE.fullmatch(code):
                groups.setdefault(f"{folder}/{code}{ending}", []).append(source)
    cut = {name: tuple(group[:N_ITEMS_EACH]) for name, group in groups.items()}
    return cut | {whole: tuple(found[:N_ITEMS])}


def _key(group: Sequence[FeedSource], site_url: str) -> str:
    contents = repr((FORM, site_url, [(t.incident.incident_id, t.revision, t.incident.updated_at) for t in group]))
    return sha256(contents.encode("utf-8", "replace")).hexdigest()


def _state(folder: Path) -> dict[str, str]:
    """Read what the files told last; a damaged list counts as none, and everything is written again."""
    try:
        found = json.loads((folder / STATE_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(key) for name, key in found.items()} if isinstance(found, dict) else {}


def _is_there(folder: Path, name: str) -> bool:
    return all((folder / f"{name}.{ending}").is_file() for ending in RENDERERS)
