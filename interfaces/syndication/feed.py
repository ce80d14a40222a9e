"""One feed before it has a format: its name, where it lies and its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from interfaces.addresses import incident_path, urn
from interfaces.syndication.items import Item

NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # what an empty feed gives as its last change: the same in every run


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of items, the newest first; `name` is its file under `feeds/` without the ending ("country/SY")."""

    name: str
    title: str
    items: tuple[Item, ...]
    site_url: str

    @property
    def feed_id(self) -> str:
        """Its name for ever; of a published site the site's address is in it, since others have such feeds, too."""
        return urn("feed", self.site_url, self.name)

    @property
    def updated_at(self) -> datetime:
        """The latest of its items' changes."""
        return max((item.updated_at for item in self.items), default=NOTHING_YET)

    def link(self, path: str) -> str:
        """Lead to a file of the site: by its address, or from the feed's own folder where the site has none."""
        return f"{self.site_url}/{path}" if self.site_url else "../" * (1 + self.name.count("/")) + path

    def page_of(self, item: Item) -> str:
        """Lead to the page of an item's incident."""
        return self.link(incident_path(item.page_of))


def rfc3339(moment: datetime) -> str:
    """Write an instant as both formats want it: in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def by_updated(items: Sequence[Item]) -> tuple[Item, ...]:
    """Order items as readers expect them, the newest change first."""
    return tuple(sorted(items, key=lambda item: (item.updated_at, item.item_id), reverse=True))
