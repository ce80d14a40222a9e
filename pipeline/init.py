"""The first files of an installation: commented settings and a first list of feeds. What is there is not touched."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from acquisition.feeds_file import dump_feeds, read_feeds
from model.errors import ConfigError
from model.feed import Feed
from model.settings import SETTINGS_FILE, Settings

FEEDS_FILE = Path("feeds.toml")
SET_AT_FIRST = {"home": "var", "feeds": FEEDS_FILE.as_posix()}
SETTINGS_HEAD = """# Settings of Deconflict. Variables of the environment (DECONFLICT_HOME, ...) outrank this file.
# Paths are meant from the folder of this file. A line that begins with # shows what holds without it.
"""
FEEDS_HEAD = """# The feeds that are watched: one table each, [feeds.ID]. An ID stays for good.
#   url       of the RSS, Atom or JSON feed
#   outlet    the publisher's name; feeds of one publisher have the same
#   timezone  in which its readers would read "today", such as Africa/Bamako
#   country   where it sits, two capitals; leave it out for the world's press
#   kind      wire, national, local, monitor or official
# `deconflict feeds add ADDRESS` adds one by the address of its site; `deconflict feeds check` asks them all.
"""


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The files that were written, and those that were there already and were left alone."""

    written: tuple[Path, ...]
    left_alone: tuple[Path, ...]
    n_feeds: int


def write_first_files(folder: Path, countries: Collection[str] = ()) -> WrittenFiles:
    """Write the settings file and the feeds file into a folder, each only where there is none.

    Args:
        folder: Where to; made if it is not there.
        countries: Take the bundled feeds of these countries, too (two capitals); the world's press is always taken.

    Raises:
        ConfigError: no bundled feed is of one of the countries, or the folder cannot be written. Nothing was written.
    """
    feeds = bundled_feeds(countries)
    texts = {SETTINGS_FILE: settings_text(), FEEDS_FILE: f"{FEEDS_HEAD}\n{dump_feeds(feeds)}"}
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with suppress(FileExistsError), (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
                written.append(folder / name)
    except OSError as error:
        raise ConfigError(
            f"{folder}: {error.strerror}",
            unchanged=f"written: {', '.join(map(str, written)) or 'nothing'}",
            next_step="name a folder that can be written",
        ) from error
    left = tuple(folder / name for name in texts if folder / name not in written)
    return WrittenFiles(tuple(written), left, len(feeds) if folder / FEEDS_FILE in written else 0)


def bundled_feeds(countries: Collection[str]) -> tuple[Feed, ...]:
    """Choose of the bundled list the world's press and the feeds of some countries.

    Raises:
        ConfigError: it has no feed of one of them.
    """
    known = read_feeds(files("seeds").joinpath("feeds.toml").read_text("utf-8"), "the bundled feeds")
    strange = sorted(set(countries) - {feed.country_code for feed in known})
    if strange:
        raise ConfigError(
            f"the bundled list has no feed of {', '.join(strange)}",
            unchanged="nothing was written",
            next_step="leave it out, and add feeds by deconflict feeds add ADDRESS",
        )
    return tuple(feed for feed in known if feed.country_code is None or feed.country_code in countries)


def settings_text() -> str:
    """Write every setting with what it means and what holds without it."""
    lines = [SETTINGS_HEAD]
    for name, field in Settings.model_fields.items():
        lines.append(f"# {field.description}")
        if name in SET_AT_FIRST:
            lines.append(f"{name} = {_toml(SET_AT_FIRST[name])}\n")
        else:
            lines.append(f"# {name} = {_toml(field.default)}\n")
    return "\n".join(lines)


def _toml(value: Any) -> str:  # noqa: ANN401 - a setting's default
    """Write a plain value: JSON's texts, numbers, truth values and lists are TOML's as well; null is an empty text."""
    if isinstance(value, tuple):
        return json.dumps(list(value))
    return json.dumps(value.as_posix() if isinstance(value, Path) else "" if value is None else value)
