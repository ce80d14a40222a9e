"""Write the feeds file by which Deconflict finds the newsroom: a table for each feed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from newsroom.outlets import Outlet


def write_feeds_file(outlets: Iterable[Outlet], address: str) -> str:
    """Write `feeds.toml` for outlets whose feeds stand below `address`; the feed's id is the outlet's slug."""
    return "\n".join(_table(outlet, address) for outlet in outlets)


def _table(outlet: Outlet, address: str) -> str:
    values = {
        "url": address + outlet.feed_path,
        "outlet": outlet.name,
        "language": outlet.language,
        "timezone": outlet.timezone,
        "country": outlet.country,
        "kind": outlet.kind.value,
    }
    lines = [f"{key} = {_quoted(value)}" for key, value in values.items() if value is not None]
    return "\n".join((f"[feeds.{outlet.slug}]", *lines, ""))


def _quoted(text: str) -> str:
    """Quote a TOML string: JSON's escapes are valid in it; DEL alone needs one of TOML's own."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
