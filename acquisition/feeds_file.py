"""The feeds file: a TOML list of feeds that a person keeps.

Each feed is a table `[feeds.<feed_id>]` with `url`, `outlet`, `language`, `timezone`, `country` (absent for the world's
press) and `kind`. Reading is strict: an unknown key is a fault, never a guess, and all faults are told at once.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from acquisition.guard import check_form
from model.errors import ConfigError
from model.feed import Feed, FeedKind

FEED_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
COUNTRY = re.compile(r"[A-Z]{2}")
KEYS = ("url", "outlet", "language", "timezone", "country", "kind")
MANDATORY = ("url", "outlet")
UNCHANGED = "no feed was polled"


def load_feeds(path: Path) -> tuple[Feed, ...]:
    """Read the feeds of a feeds file, in the file's order.

    Raises:
        ConfigError: the file is missing, unreadable or not TOML, or any table of it is wrong; every fault is named.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(
            f"there is no feeds file {path}", unchanged=UNCHANGED, next_step="make one, or point --feeds at it"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}", unchanged=UNCHANGED, next_step="make the file readable") from error
    return read_feeds(text, str(path))


def read_feeds(text: str, name: str) -> tuple[Feed, ...]:
    """Read the feeds of a feeds file's text; `name` stands for the file in messages.

    Raises:
        ConfigError: as for `load_feeds`.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not TOML: {error}", unchanged=UNCHANGED, next_step="mend that line") from error
    tables = document.get("feeds")
    faults = [f"unknown key {key!r} at the top" for key in document if key != "feeds"]
    if not isinstance(tables, dict) or not tables:
        raise ConfigError(
            "; ".join([f"{name}: no [feeds.<id>] table", *faults]), unchanged=UNCHANGED, next_step="add a feed"
        )
    for feed_id, table in tables.items():
        faults += [f"[feeds.{feed_id}] {fault}" for fault in _faults_of(feed_id, table)]
    faults += _twins(tables)
    if faults:
        raise ConfigError(f"{name}: " + "; ".join(faults), unchanged=UNCHANGED, next_step="mend the file")
    return tuple(_feed(feed_id, table) for feed_id, table in tables.items())


def _faults_of(feed_id: str, table: object) -> list[str]:
    """Name everything that is wrong with one table."""
    if not isinstance(table, dict):
        return ["is not a table"]
    faults = [] if FEED_ID.fullmatch(feed_id) else ["id: use small letters, digits, - and _ only"]
    faults += [f"{key}: missing" for key in MANDATORY if key not in table]
    for key, value in table.items():
        fault = _fault_of_value(key, value)
        if fault:
            faults.append(f"{key}: {fault}")
    return faults


def _fault_of_value(key: str, value: object) -> str | None:
    """Say what is wrong with one value, or null."""
    if key not in KEYS:
        return f"unknown key; known are {', '.join(KEYS)}"
    if not isinstance(value, str) or not value.strip():
        return "must be a text that is not empty"
    if key == "url":
        return check_form(value).reason
    if key == "timezone" and value not in _zones():
        return f"{value!r} is not an IANA zone such as Europe/Paris"
    if key == "language" and not LANGUAGE.fullmatch(value):
        return f"{value!r} is not a language code such as en"
    if key == "country" and not COUNTRY.fullmatch(value):
        return f"{value!r} is not an ISO 3166-1 code of two capitals such as SY"
    if key == "kind" and value not in tuple(FeedKind):
        return f"{value!r} is none of {', '.join(FeedKind)}"
    return None


@cache
def _zones() -> frozenset[str]:
    """List the IANA zones once; asking for them walks through a folder tree."""
    return frozenset(available_timezones())


def _twins(tables: Mapping[str, Any]) -> list[str]:
    """Name feeds that have the same address."""
    owner: dict[str, str] = {}
    faults = []
    for feed_id, table in tables.items():
        url = table.get("url") if isinstance(table, dict) else None
        if not isinstance(url, str):
            continue
        if url in owner:
            faults.append(f"[feeds.{feed_id}] url: the same as that of [feeds.{owner[url]}]; delete one")
        owner.setdefault(url, feed_id)
    return faults


def _feed(feed_id: str, table: Mapping[str, str]) -> Feed:
    """Make a feed of a table that has no fault."""
    plain = Feed(feed_id=feed_id, url=table["url"], outlet=table["outlet"])
    return Feed(
        feed_id=feed_id,
        url=table["url"],
        outlet=table["outlet"],
        language=table.get("language", plain.language),
        timezone=table.get("timezone", plain.timezone),
        country_code=table.get("country"),
        kind=FeedKind(table.get("kind", plain.kind)),
    )


def dump_feeds(feeds: Sequence[Feed]) -> str:
    """Write feeds as the text of a feeds file, in the order given; `read_feeds` of it gives the same feeds.

    >>> print(dump_feeds([Feed("x", "https://example.org/feed", "Example")]).splitlines()[0])
    [feeds.x]
    """
    return "\n".join(_table(feed) for feed in feeds)


def _table(feed: Feed) -> str:
    """Write one feed."""
    values = {
        "url": feed.url,
        "outlet": feed.outlet,
        "language": feed.language,
        "timezone": feed.timezone,
        "country": feed.country_code,
        "kind": str(feed.kind),
    }
    lines = [f"{key} = {_quote(value)}\n" for key, value in values.items() if value is not None]
    return f"[feeds.{feed.feed_id}]\n" + "".join(lines)


def _quote(value: str) -> str:
    """Write a TOML basic string: JSON's escapes are a part of TOML's, except that TOML wants DEL escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def feeds_by_id(feeds: Iterable[Feed]) -> dict[str, Feed]:
    """Key feeds by their id."""
    return {feed.feed_id: feed for feed in feeds}
