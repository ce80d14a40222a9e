"""Ids from raw source values: prefixed, hashed, the same on every machine and in every run.

Better normalising must never change an id, so each is made from values as they came in. An incident's id comes from
the report that opened it; it is opaque to users, lives for ever and redirects after a merge.
"""

from __future__ import annotations

from hashlib import sha256

ID_HEX_DIGITS = 20  # 80 bits: a clash among a hundred million ids is a one-in-a-hundred-million event


def make_id(prefix: str, *parts: object) -> str:
    """Hash `parts` into `prefix_<20 hex digits>`; parts are told apart by a unit separator.

    >>> make_id("art", "https://example.org/a")
    'art_b5b10dd0429e69ac7cfa'
    """
    text = "\x1f".join(str(part) for part in parts)
    return f"{prefix}_{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:ID_HEX_DIGITS]}"


def article_id(address: str) -> str:
    """Make the id of an article from its address as the feed gave it."""
    return make_id("art", address)


def entry_article_id(feed_id: str, guid: str, address: str | None = None) -> str:
    """Make the id of an article that its address does not tell apart: it has none, or shares it with others.

    >>> entry_article_id("north", "1") != entry_article_id("south", "1")
    True
    """
    return make_id("art", feed_id, guid, address or "")


def outlet_article_id(address: str, outlet: str) -> str:
    """Make the id of an outlet's article at an address that another outlet listed first."""
    return make_id("art", address, outlet)


def report_id(article: str, revision: int, ordinal: int) -> str:
    """Make the id of the `ordinal`-th report (from 0) of one revision of an article."""
    return make_id("rep", article, revision, ordinal)


def claim_id(report: str, measure: str, start_char: int, end_char: int, ordinal: int) -> str:
    """Make the id of a claim from its report, measure and span; `ordinal` tells equal spans apart."""
    return make_id("clm", report, measure, start_char, end_char, ordinal)


def incident_id(first_report: str) -> str:
    """Make the id of the incident that `first_report` opens."""
    return make_id("inc", first_report)
