"""What of a run is stored without its secrets: the private file is copied whole for readers.

The feeds file alone has the whole addresses. Addresses of articles stay as they are, since they are asked for again and
linked from the site.
"""

from __future__ import annotations

from dataclasses import replace

from model.feed import Fetch
from model.redact import has_secret, redact, redact_text
from model.run import Issue, RunBatch


def without_secrets(batch: RunBatch) -> RunBatch:
    """The same run with what is secret in addresses of feeds, in errors and in issues hidden."""
    return replace(
        batch,
        feeds=tuple(replace(feed, url=redact(feed.url)) for feed in batch.feeds),
        fetches=tuple(_fetch(fetch) for fetch in batch.fetches),
        issues=tuple(issue_without_secrets(issue) for issue in batch.issues),
    )


def issue_without_secrets(issue: Issue) -> Issue:
    """An issue with what is secret in its address and its message hidden."""
    is_feed = not issue.code.startswith("page.")
    url = None if issue.url is None else redact(issue.url, is_feed=is_feed)
    return replace(issue, message=redact_text(issue.message, is_feed=is_feed), url=url)


def _fetch(fetch: Fetch) -> Fetch:
    """A redirect of a feed to an address with a secret is not remembered: it is followed each time, never adopted."""
    error = None if fetch.error is None else redact_text(fetch.error, is_feed=fetch.feed_id is not None)
    if fetch.feed_id is None:
        return replace(fetch, error=error)
    moved_to = None if fetch.moved_to is not None and has_secret(fetch.moved_to) else fetch.moved_to
    return replace(fetch, url=redact(fetch.url), final_url=redact(fetch.final_url), moved_to=moved_to, error=error)
