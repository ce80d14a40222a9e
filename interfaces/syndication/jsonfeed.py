"""JSON Feed 1.1, with the facts for programs in the extension `_deconflict` of each item.

Addresses in a JSON Feed have nothing to be relative to, so a site that is not published gives none.
"""

from __future__ import annotations

import json

from interfaces.syndication.feed import Feed, rfc3339
from interfaces.syndication.items import Item

VERSION = "https://jsonfeed.org/version/1.1"


def render(feed: Feed) -> str:
    """Write a feed as a JSON document, an item on each line."""
    head: dict[str, object] = {"version": VERSION, "title": feed.title, "authors": [{"name": "Deconflict"}]}
    if feed.site_url:
        head |= {"home_page_url": feed.link("index.html"), "feed_url": feed.link(f"feeds/{feed.name}.json")}
    head["_deconflict"] = {"schema": "feed/1", "id": feed.feed_id}
    items = ",\n".join(json.dumps(_item(feed, item), ensure_ascii=False) for item in feed.items)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "items": [\n{items}\n]}}\n'


def _item(feed: Feed, item: Item) -> dict[str, object]:
    fields: dict[str, object] = {"id": item.item_id, "title": item.title}
    if feed.site_url:
        fields["url"] = feed.page_of(item)
    return fields | {
        "content_text": "\n".join(f"{name}: {text}" for name, text in item.facts),
        "date_published": rfc3339(item.published_at),
        "date_modified": rfc3339(item.updated_at),
        "tags": [tag for tag in (item.event_type, item.country_code) if tag],
        "_deconflict": item.extension,
    }
