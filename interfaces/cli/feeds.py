"""`deconflict feeds`: the feeds file, looked at, checked and changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from interfaces.cli.choices import read_country
from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.inputs import parse_now, read_bytes
from interfaces.cli.output import TABLE, Out, Records, fields_of, print_records
from interfaces.cli.render import print_lines, say
from model.errors import ConfigError
from model.feed import Feed, FeedKind
from model.settings import Settings, load_settings
from pipeline import feedlist
from warehouse.reader import open_snapshot
from warehouse.rows import FeedHealthRow

feeds = App(name="feeds", help="List, check and change the feeds that are watched; tell how they fare.")
LISTED = ("feed", "outlet", "kind", "country", "language", "zone", "address")
FARED = ("health", "feed", "last answer", "last new entry", "articles", "last error")
CHECKED = ("", "feed", "entries", "newest", "what is wrong")


@feeds.command(name="list")
def list_feeds(*, file: Path | None = None, out: Out = TABLE) -> int:
    """List the feeds of the feeds file.

    Args:
        file: The feeds file; default: the setting DECONFLICT_FEEDS, else seeds/feeds.toml.
        out: The form to print; the envelope is feeds/1.
    """
    found = feedlist.load_feeds(_settings(file).feeds)
    cells = [(f.feed_id, f.outlet, f.kind, f.country_code, f.language, f.timezone, f.url) for f in found]
    print_records(out, Records("feeds/1", "feeds", found, LISTED, cells, fields_of(Feed)))
    say(f"{len(found)} feeds")
    return ExitCode.OK


@feeds.command
def check(*feed_ids: str, file: Path | None = None, now: str | None = None, out: Out = TABLE) -> int:
    """Ask feeds and tell what is wrong with each; leaves with 4 when anything is. Nothing is stored.

    Args:
        feed_ids: Only these; default: all.
        file: The feeds file.
        now: The moment to take as now.
        out: The form to print; the envelope is feed_checks/1.
    """
    from pipeline.feedcheck import FeedCheck, check_feeds  # here: listing needs no network

    settings = _settings(file)
    known = {feed.feed_id: feed for feed in feedlist.load_feeds(settings.feeds)}
    unknown = [name for name in feed_ids if name not in known]
    if unknown:
        raise ConfigError(f"no such feeds: {', '.join(unknown)}", next_step="see feeds list")
    chosen = [known[name] for name in feed_ids] if feed_ids else list(known.values())
    checks = check_feeds(chosen, settings, parse_now(now))
    n_faulty = sum(bool(one.faults) for one in checks)
    cells = [
        ("!!" if one.faults else "ok", one.feed_id, one.n_entries, _day(one.newest_at), "; ".join(one.faults))
        for one in sorted(checks, key=lambda one: not one.faults)
    ]
    print_records(out, Records("feed_checks/1", "checks", checks, CHECKED, cells, fields_of(FeedCheck)))
    say(f"{len(checks)} feeds asked, {n_faulty} with something wrong")
    return ExitCode.PARTIAL if n_faulty else ExitCode.OK


@feeds.command
def health(*, out: Out = TABLE) -> int:
    """Tell how each feed fared in the runs, the worst first: a silent feed is not a calm country.

    Args:
        out: The form to print; the envelope is feed_health/1.
    """
    with open_snapshot(load_settings().snapshot_path) as reader:
        found = sorted(reader.feed_health(), key=lambda f: (-f.n_failures, str(f.last_new_entry_at or ""), f.feed_id))
    cells = [
        (f.health, f.feed_id, _day(f.last_success_at), _day(f.last_new_entry_at), f.n_articles, f.last_error)
        for f in found
    ]
    print_records(out, Records("feed_health/1", "feeds", found, FARED, cells, fields_of(FeedHealthRow)))
    return ExitCode.OK


@feeds.command
def add(
    address: str,
    *,
    feed_id: Annotated[str | None, Parameter(name="--id")] = None,
    outlet: str = "",
    language: str = "en",
    timezone: str = "UTC",
    country: str | None = None,
    kind: str = "national",
    file: Path | None = None,
) -> int:
    """Add a feed, by its own address or that of its site, which is looked at for the feeds that it announces.

    Args:
        address: Of the feed, or of a page of its site.
        feed_id: The feed's name in the feeds file; default: made of the outlet's.
        outlet: The publisher's name; default: the feed's own title.
        language: Two letters.
        timezone: In which the outlet's readers would read "today", such as Africa/Bamako.
        country: Where the outlet sits, two capitals; none for the world's press.
        kind: wire, national, local, monitor or official.
        file: The feeds file.
    """
    from pipeline.feedcheck import find_feed, with_found  # here: listing needs no network

    settings = _settings(file)
    if kind not in tuple(FeedKind):
        raise ConfigError(f"--kind: {kind!r} is none of {', '.join(FeedKind)}", unchanged=feedlist.UNCHANGED)
    country = read_country(country)
    found = find_feed(address, settings, parse_now(None))
    plain = with_found(Feed("", address, outlet, language, timezone, country, FeedKind(kind)), found)
    host = found.url.split("/")[2]
    name = feed_id or feedlist.free_feed_id(settings.feeds, plain.outlet or host, host)
    feed = Feed(name, plain.url, plain.outlet or host, language, timezone, country, plain.kind)
    feedlist.add_feeds(settings.feeds, [feed])
    print_lines(f"{feed.feed_id}: {feed.outlet}, {feed.url}")
    for other in found.others:
        say(f"the site announces this feed, too: {other}")
    return ExitCode.OK


@feeds.command
def remove(feed_id: str, *, file: Path | None = None) -> int:
    """Take a feed out of the feeds file; what it told stays in the warehouse.

    Args:
        feed_id: The feed's name in the feeds file.
        file: The feeds file.
    """
    feed = feedlist.remove_feed(_settings(file).feeds, feed_id)
    print_lines(f"{feed.feed_id}: {feed.outlet}, {feed.url}")
    return ExitCode.OK


@feeds.command(name="import")
def import_opml(opml: str, *, file: Path | None = None) -> int:
    """Add the feeds of an OPML file, as feed readers write it; addresses that are there already are passed over.

    Args:
        opml: The file, or - for standard input.
        file: The feeds file to add to.
    """
    brought = feedlist.import_opml(_settings(file).feeds, read_bytes(opml))
    print_lines(*(f"{feed.feed_id}: {feed.outlet}, {feed.url}" for feed in brought.added))
    for fault in brought.faults:
        say(f"left out: {fault}")
    left_out = f", {len(brought.faults)} left out" if brought.faults else ""
    say(f"{len(brought.added)} feeds added, {len(brought.known)} were there already{left_out}")
    return ExitCode.OK


@feeds.command
def export(*, file: Path | None = None) -> int:
    """Print the feeds as OPML.

    Args:
        file: The feeds file.
    """
    print_lines(*feedlist.export_opml(_settings(file).feeds).rstrip().split("\n"))
    return ExitCode.OK


def _settings(file: Path | None) -> Settings:
    settings = load_settings()
    return settings if file is None else settings.model_copy(update={"feeds": file})


def _day(at: object) -> str:
    return f"{at:%Y-%m-%d}" if at else ""
