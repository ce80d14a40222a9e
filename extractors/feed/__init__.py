"""Feed bytes to entries.

Belongs: RSS, Atom, RDF and JSON Feed parsing, repair of identities and dates, the hints on how often to poll.
Does not: fetching (bytes come in), article text (`extractors.page`).
"""

from extractors.feed.batch import FeedBody, parse_feeds
from extractors.feed.parse import parse_feed

__all__ = ["FeedBody", "parse_feed", "parse_feeds"]
