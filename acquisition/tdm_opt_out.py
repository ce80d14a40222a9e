"""What a site reserves in the headers of a page: text and data mining, or any use by machines of this kind.

Two signs are in use beside robots.txt: `tdm-opt_out_reason: 1` (TDM Reservation Protocol, W3C community report of 2024)
and the word `noai` of `X-Robots-Tag`. The words `noindex` and `none` speak of search results and are not about us.
"""

from __future__ import annotations

from collections.abc import Mapping

from acquisition.robots import ROBOT_NAME


def opt_out_reason(headers: Mapping[str, str]) -> str | None:
    """Say what speaks against reading the page that came with these headers (names in small letters), or null."""
    if headers.get("tdm-reservation", "").strip() == "1":
        return "the site reserves text and data mining (tdm-reservation: 1)"
    if _is_closed(headers.get("x-robots-tag", "")):
        return "the site wants no use of this kind (X-Robots-Tag: noai)"
    return None


def _is_closed(tag: str) -> bool:
    """Look for `noai` among a tag's words; a robot's name before a colon holds until the next name."""
    robot = ""
    for part in tag.lower().split(","):
        name, colon, word = part.rpartition(":")
        if colon:
            robot = name.strip()
        if word.strip() == "noai" and robot in ("", ROBOT_NAME.lower()):
            return True
    return False
