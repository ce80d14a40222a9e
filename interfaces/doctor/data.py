"""Checks of the feeds file, the warehouse, the snapshot and the folders beside them."""

from __future__ import annotations

from datetime import datetime, timedelta

from interfaces.doctor.facts import Facts
from interfaces.doctor.finding import Finding, note, well, wrong
from model.feed import LONGEST_WAIT

STALE_AFTER = timedelta(hours=1)  # a dozen intervals of the default schedule
UNPUBLISHED_FOR = timedelta(
    minutes=40
)  # runs that found nothing are published every 30 minutes (warehouse/unpublished.py)
HUNG_AFTER = timedelta(hours=2)  # the longest run of 218 feeds after a week's pause took 20 minutes
SILENT_FOR = timedelta(days=30)  # a feed that told nothing for a month: abandoned, or its answers are not understood
MANY_FAILING_0_1 = 0.2  # a tenth of a long list is down on any day (218 feeds); twice that is no accident
MANY_SILENT_0_1 = 0.3
BIG_ARCHIVE = 10_000_000_000  # bytes: a year of the bundled list
FAT_BYTES = 50_000_000  # for 1,000 articles: ten times their texts, so something beside them has grown
MANY_ISSUES = 50  # of one run: a run of 218 feeds leaves about 20


def feeds(facts: Facts) -> Finding:
    """The feeds file is there, is TOML, and every feed in it is whole and stands there once."""
    files = facts.files
    if files.feeds_error is not None:
        return wrong(
            "feeds", files.feeds_error, files.feeds_mend or "mend the file; deconflict init writes a first one"
        )
    return well("feeds", f"{files.n_feeds} in {facts.settings.feeds}")


def place_tables(facts: Facts) -> Finding:
    """The tables of places that this code reads are built."""
    if not facts.files.is_place_table_built:
        mend = "nothing to do: the next run or `deconflict code` builds them in 10 s"
        return note("place tables", "not built for this version", mend)
    return well("place tables", facts.files.place_table)


def run_lock(facts: Facts) -> Finding:
    """No run has hung."""
    pid, since = facts.files.lock_pid, facts.files.locked_since
    if pid is None or since is None:
        return well("run lock", "free")
    found = f"process {pid} runs since {since:%Y-%m-%d %H:%M} UTC"
    if facts.now - since > HUNG_AFTER:
        return wrong("run lock", found, f"it hangs: kill {pid}; what was complete is kept and nothing is repeated")
    return well("run lock", found)


def warehouse(facts: Facts) -> Finding:
    """The private file is there, readable, and nobody but a run holds it."""
    private = facts.private
    if not private.is_there:
        found = f"there is none in {facts.settings.home}"
        if facts.snapshot.is_there:
            mend = "deconflict restore puts it back from what was published; no run begins before that"
            return wrong("warehouse", f"{found}, though runs were published", mend)
        return note("warehouse", found, "deconflict run makes it, or set DECONFLICT_HOME")
    if private.holder_pid is not None and private.holder_pid != facts.files.lock_pid:
        mend = f"close process {private.holder_pid}, unless it is a decide or a reprocess; readers open the snapshot"
        return wrong("warehouse", f"held by process {private.holder_pid}, which is no run", mend)
    if private.holder_pid is not None:
        return well("warehouse", f"in use by the run, process {private.holder_pid}")
    if private.error is not None:
        mend = "deconflict restore puts back what was published, and moves this file aside"
        return wrong("warehouse", private.error, mend)
    return well("warehouse", f"{private.n_bytes / 1e6:.1f} MB, schema {private.schema_version}")


def schema(facts: Facts) -> Finding:
    """Code and files are of one version; an older file is brought up to date by the next run."""
    about, newest = facts.snapshot.about, facts.newest_schema
    seen = [about.schema_version] if about else []
    if facts.private.schema_version is not None:
        seen.append(facts.private.schema_version)
    if not seen:
        return well("schema", f"this code has version {newest}")
    if max(seen) > newest:
        return wrong("schema", f"version {max(seen)}, this code has {newest}", "install the newer code")
    if min(seen) < newest:
        mend = "deconflict run: the next run brings it up to date"
        return wrong("schema", f"version {min(seen)}, this code has {newest}", mend)
    return well("schema", f"version {newest}")


def snapshot(facts: Facts) -> Finding:
    """What readers open is there and whole."""
    about = facts.snapshot.about
    if about is None:
        if not facts.snapshot.is_there:
            return _none_yet("snapshot", "nothing was published yet", facts)
        return wrong("snapshot", facts.snapshot.error or "none", facts.snapshot.mend or "deconflict run")
    return well("snapshot", f"{about.n_incidents} incidents of {about.n_articles} articles")


def published(facts: Facts) -> Finding:
    """Readers see the newest run, or one shortly before it: runs that find nothing are published twice an hour."""
    about, private = facts.snapshot.about, facts.private
    if about is None or private.run_id is None:
        return well("published", "nothing to compare")
    if about.run_id != private.run_id and not _is_shortly_before(about.generated_at, private.completed_at):
        found = f"run {private.run_id} is in the warehouse, readers see {about.run_id}"
        return wrong("published", found, "deconflict run publishes it; if it is refused, see deconflict runs list")
    return well("published", "the newest run")


def _is_shortly_before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and timedelta(0) <= other - one <= UNPUBLISHED_FOR


def freshness(facts: Facts) -> Finding:
    """A run has ended lately."""
    about = facts.snapshot.about
    if about is None or about.generated_at is None:
        return _none_yet("freshness", "no run has ended yet", facts)
    found = f"the last run ended at {about.generated_at:%Y-%m-%d %H:%M} UTC"
    if about.generated_at - facts.now > STALE_AFTER:
        return wrong("freshness", f"{found}, which is to come", "the clock was ahead then, or is behind now: set it")
    if facts.now - about.generated_at > STALE_AFTER:
        return wrong("freshness", found, "no run has ended lately: deconflict up, or see HOME/prefect/logs")
    return well("freshness", found)


def next_polls(facts: Facts) -> Finding:
    """Every feed is asked again soon; a clock that was ahead leaves times that do not come for years."""
    latest = facts.now + LONGEST_WAIT
    late = [feed.next_poll_at for feed in facts.snapshot.feeds if feed.next_poll_at and feed.next_poll_at > latest]
    if late:
        found = f"{len(late)} feeds were planned for {min(late):%Y-%m-%d} or later: the clock was ahead once"
        return wrong("next polls", found, "the next run asks them and plans them anew; see the clock, too")
    return well("next polls", "within the longest wait")


def failing_feeds(facts: Facts) -> Finding:
    """Most feeds answer."""
    polled = [feed for feed in facts.snapshot.feeds if feed.last_fetch_at is not None]
    failing = [feed for feed in polled if feed.n_failures > 0]
    found = f"{len(failing)} of {len(polled)} fail"
    if polled and len(failing) / len(polled) > MANY_FAILING_0_1:
        return wrong("failing feeds", found, "deconflict feeds health, then feeds check: is the network up?")
    return well("failing feeds", found)


def silent_feeds(facts: Facts) -> Finding:
    """Most feeds tell something new now and then: a silent feed is not a calm country."""
    polled = [feed for feed in facts.snapshot.feeds if feed.last_fetch_at is not None]
    silent = [f for f in polled if f.last_new_entry_at is None or facts.now - f.last_new_entry_at > SILENT_FOR]
    found = f"{len(silent)} of {len(polled)} told nothing new for {SILENT_FOR.days} days"
    if polled and len(silent) / len(polled) > MANY_SILENT_0_1:
        return note("silent feeds", found, "deconflict feeds check says which are dead; replace or remove them")
    return well("silent feeds", found)


def issues(facts: Facts) -> Finding:
    """The last run went through without many faults."""
    run = facts.snapshot.last_run
    if run is None:
        return well("issues", "no run yet")
    found = f"{run.n_issues} in the last run"
    if run.n_issues > MANY_ISSUES:
        return note("issues", found, f"deconflict runs show {run.run_id} tells each")
    return well("issues", found)


def inbox(facts: Facts) -> Finding:
    """Decisions that were queued on the page are taken up by the runs."""
    files = facts.files
    if files.inbox_broken:
        mend = "look at these files and remove them: no run can read them"
        return wrong("inbox", f"unreadable: {', '.join(files.inbox_broken)}", mend)
    if not files.inbox_waiting or files.inbox_oldest_at is None:
        return well("inbox", "empty")
    found = f"{files.inbox_waiting} decisions wait since {files.inbox_oldest_at:%Y-%m-%d %H:%M} UTC"
    if facts.now - files.inbox_oldest_at > STALE_AFTER:
        return wrong("inbox", found, "deconflict run applies them")
    return well("inbox", found)


def alerts(facts: Facts) -> Finding:
    """The rules of alerts can be read, and every channel has its address."""
    files = facts.files
    if files.alerts_error is not None:
        return wrong("alerts", files.alerts_error, f"mend {facts.settings.alerts}: runs go on without alerts")
    if files.channel_faults:
        mend = "set the variable in the environment of the runs, then deconflict alerts test"
        return wrong("alerts", "; ".join(files.channel_faults), mend)
    if not files.n_channels:
        return well("alerts", "none are set up")
    return well("alerts", f"{files.n_channels} channels; deconflict alerts test asks them")


def archive(facts: Facts) -> Finding:
    """The raw bodies that are kept do not fill the disk unseen."""
    found = f"{facts.files.archive_bytes / 1e9:.2f} GB of raw bodies"
    is_bounded = facts.settings.archive_days or facts.settings.archive_max_bytes
    if facts.files.archive_bytes > BIG_ARCHIVE and not is_bounded:
        return note("archive", found, "set DECONFLICT_ARCHIVE_DAYS or DECONFLICT_ARCHIVE_MAX_BYTES")
    return well("archive", found)


def size(facts: Facts) -> Finding:
    """The warehouse grows as its articles do."""
    about, n_bytes = facts.snapshot.about, facts.snapshot.n_bytes
    if about is None or not about.n_articles:
        return well("size", f"{n_bytes / 1e6:.1f} MB")
    each = n_bytes * 1000 / about.n_articles
    found = f"{n_bytes / 1e6:.1f} MB, {each / 1e6:.1f} MB per 1,000 articles"
    if each > FAT_BYTES and about.n_articles >= 1000:
        return note("size", found, "set DECONFLICT_TEXT_DAYS, or pack it: see docs/how-to/backup.md")
    return well("size", found)


def _none_yet(what: str, found: str, facts: Facts) -> Finding:
    """Advise a first run in a new home; where a warehouse is there, its runs ought to have been published."""
    mend = "deconflict run, or deconflict up to run on schedule"
    return wrong(what, found, mend) if facts.private.run_id is not None else note(what, found, mend)
