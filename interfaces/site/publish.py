"""Publishing the site and its feeds after a run: what cannot be built is told of, and fails no run."""

from __future__ import annotations

import os

from interfaces.plaintext import one_line
from interfaces.site.build import BuiltSite, build_site
from interfaces.syndication.write import write_feeds
from model.errors import DeconflictError
from model.run import Issue, IssueCode, IssueLevel
from model.settings import Settings
from warehouse import open_writer

MESSAGE_LENGTH = 500
READABLE = 0o022


def publish_site(settings: Settings, run_id: str) -> BuiltSite | None:
    """Bring site and feeds up to the snapshot that the run has published; null where they could not be built.

    The data are appended and published by then: whatever fails here, a full disk, a folder of somebody else or a fault
    of ours, becomes an issue of the run, and the next run tries again.
    """
    before = os.umask(READABLE)  # the pages may be served or copied by others
    try:
        built = build_site(settings.snapshot_path, settings.site_path)
        write_feeds(settings.snapshot_path, settings.feeds_path, settings.site_url)
    except Exception as error:  # see above: a fault in a page must not undo what is published
        reason = str(error) if isinstance(error, DeconflictError) else f"{type(error).__name__}: {error}"
        message = one_line(f"the site was not built: {reason}", MESSAGE_LENGTH)
        with open_writer(settings.warehouse_path) as writer:
            writer.add_issues(run_id, [Issue(IssueLevel.ERROR, IssueCode.SITE_NOT_BUILT, message)])
        return None
    finally:
        os.umask(before)
    return built
