"""What each outlet is: name, zone, country, kind, and how its site and feed are built.

The optional file beside the corpus, `outlets.toml`, has a table for each outlet; every key may be left out:

    [outlets.euphrates-courier]       # the outlet's name as in the corpus, or its slug
    name = "Euphrates Courier"        # shown to readers; default: the name in the corpus
    language = "en"
    timezone = "Asia/Damascus"
    country = "SY"                    # ISO 3166-1 alpha-2; left out for the world's press
    kind = "local"                    # wire | national | local | monitor | official
    template = "local"                # broadsheet | wire | tabloid | local
    feed_form = "rss"                 # rss | atom | rdf | json
    full_text = false                 # true: the feed carries the whole text
    robots_disallow = ["/archive/"]   # paths below the outlet that robots must leave alone
    crawl_delay_s = 2.0

What is not set is chosen from a hash of the slug: the same outlet always looks the same.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from model.errors import ConfigError
from model.feed import FeedKind


class FeedForm(StrEnum):
    """The four ways to write a feed."""

    RSS = "rss"
    ATOM = "atom"
    RDF = "rdf"
    JSON = "json"

    @property
    def file_name(self) -> str:
        """The last part of the feed's address."""
        return "feed.json" if self is FeedForm.JSON else "feed.xml"

    @property
    def media_type(self) -> str:
        """What the feed is announced and served as."""
        return f"application/{'feed+json' if self is FeedForm.JSON else self.value + '+xml'}"


class Template(StrEnum):
    """The looks of an article page: a file of `templates/` each."""

    BROADSHEET = "broadsheet"
    WIRE = "wire"
    TABLOID = "tabloid"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet of the newsroom. `slug` is the first part of its addresses and the id of its feed."""

    slug: str
    name: str
    language: str
    timezone: str
    country: str | None
    kind: FeedKind
    template: Template
    feed_form: FeedForm
    full_text: bool = False
    robots_disallow: tuple[str, ...] = ()
    crawl_delay_s: float | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the outlet's "today" is read."""
        return ZoneInfo(self.timezone)

    @property
    def feed_path(self) -> str:
        """The path of the outlet's feed."""
        return f"/{self.slug}/{self.feed_form.file_name}"


KEYS = frozenset(
    "name language timezone country kind template feed_form full_text robots_disallow crawl_delay_s".split()
)


def slug_of(name: str) -> str:
    """Make the part of an address from a name.

    >>> slug_of("L'Écho du Nord")
    'l-echo-du-nord'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "outlet-" + sha256(name.encode()).hexdigest()[:8]


def load_outlets(path: Path | None) -> Mapping[str, Mapping[str, Any]]:
    """Read `outlets.toml` into tables by slug; none where there is no file.

    Raises:
        ConfigError: the file cannot be read, or a table has a key that is not known.
    """
    if path is None or not path.exists():
        return {}
    try:
        tables: Mapping[str, Mapping[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("outlets", {})
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error})", unchanged="nothing is served") from error
    unknown = sorted(f"{name}.{key}" for name, table in tables.items() for key in table if key not in KEYS)
    if unknown:
        raise ConfigError(
            f"{path}: unknown keys: {', '.join(unknown)}", next_step=f"known are: {', '.join(sorted(KEYS))}"
        )
    return {slug_of(key): table for name, table in tables.items() for key in {name, table.get("name", name)}}


def make_outlets(names: Iterable[str], tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Outlet]:
    """Make the outlets of these names by slug, in order of it; names with one slug are one outlet.

    Raises:
        ConfigError: a table has a value that is not known; the outlet and the value are named.
    """
    by_slug = {slug_of(name): name for name in sorted(set(names))}
    return {slug: _outlet(slug, name, tables.get(slug, {})) for slug, name in sorted(by_slug.items())}


def _outlet(slug: str, name: str, table: Mapping[str, Any]) -> Outlet:
    pick = int(sha256(slug.encode()).hexdigest(), 16)
    templates, forms = tuple(Template), tuple(FeedForm)
    try:
        outlet = Outlet(
            slug=slug,
            name=table.get("name", name),
            language=table.get("language", "en"),
            timezone=table.get("timezone", "UTC"),
            country=table.get("country"),
            kind=FeedKind(table.get("kind", FeedKind.NATIONAL)),
            template=Template(table.get("template", templates[pick % len(templates)])),
            feed_form=FeedForm(table.get("feed_form", forms[pick // len(templates) % len(forms)])),
            full_text=bool(table.get("full_text", False)),
            robots_disallow=tuple(table.get("robots_disallow", ())),
            crawl_delay_s=table.get("crawl_delay_s"),
        )
        ZoneInfo(outlet.timezone)
    except (ValueError, TypeError, ZoneInfoNotFoundError) as error:
        raise ConfigError(f"outlets.toml, outlet {name}: {error}", unchanged="nothing is served") from error
    return outlet
