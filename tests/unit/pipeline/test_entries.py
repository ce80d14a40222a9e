"""What a listed entry is: a new article, new words of a known one, or nothing new. Each case lost a story before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from model import ids
from model.article import Article, TextQuality
from model.feed import Entry, Feed
from pipeline.entries import (
    MAX_NEW_PER_DAY,
    MAX_REVISED_PER_DAY,
    Kind,
    Listed,
    Past,
    choose,
    foreign_owner,
    list_entries,
)
from warehouse.rows import KnownEntry

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
NORTH = Feed("north", "https://north.example/rss", "North Post")
SOUTH = Feed("south", "https://south.example/rss", "South Star")
AWAY = Feed("away", "https://aggregator.example/rss", "All News")
FEEDS = (NORTH, SOUTH, AWAY)
ADDRESS = "https://north.example/2018/bridge.html"
BRIDGE = "Two guards were hurt on Tuesday when masked men fired at a customs post beside the old bridge of Visegrad."
FERRY = "A ferry with sixty passengers sank off Zanzibar during a storm, the harbour master told local radio."


def entry(
    feed: Feed = NORTH,
    guid: str = "1",
    url: str | None = None,
    title: str = "Guards hurt at bridge",
    text: str = BRIDGE,
    at: datetime | None = NOW,
) -> Entry:
    return Entry(feed.feed_id, guid, url, title, None, f"<p>{text}</p>", at, None)


def decide(*entries: Entry, past: Past | None = None, feeds: tuple[Feed, ...] = FEEDS) -> list[Listed]:
    by_id = {feed.feed_id: feed for feed in feeds}
    listed = [
        one for f in feeds for one in list_entries(by_id[f.feed_id], [e for e in entries if e.feed_id == f.feed_id])
    ]
    return choose(listed, past or Past(), feeds)


def stored(article_id: str, title: str, text: str, feed: Feed = NORTH, url: str | None = None) -> Article:
    return Article(
        article_id=article_id, revision=1, external_id="1", url=url, outlet=feed.outlet, feed_id=feed.feed_id,
        title=title, text=text, author=None, language="en", published_at=NOW, published_precision=None,
        timezone="UTC", country_code=None, first_seen_at=NOW, fetched_at=NOW, page_sha256=None,
        text_quality=TextQuality.FEED_ONLY,
    )  # fmt: skip


def past_of(one: Listed, *, is_feed_only: bool = True) -> Past:
    """What is known after an entry was read."""
    e = one.entry
    known = KnownEntry(one.feed.feed_id, e.guid, one.article_id, e.url, e.title, e.published_at)
    article = stored(one.article_id, e.title, e.content_html[3:-4], one.feed, e.url)
    return Past(
        {(one.feed.feed_id, e.guid): known},
        {(one.feed.feed_id, e.title): (known,)},
        {one.article_id: article},
        frozenset({one.article_id}) if is_feed_only else frozenset(),
    )


def test_two_feeds_without_links_may_use_the_same_guid() -> None:
    first, second = decide(entry(NORTH), entry(SOUTH, title="Ferry sinks", text=FERRY))
    assert (first.kind, second.kind) == (Kind.NEW, Kind.NEW)
    assert first.article_id != second.article_id


def test_entries_that_share_a_link_are_articles_of_their_own_text() -> None:
    found = decide(entry(guid="a", url=ADDRESS), entry(guid="b", url=ADDRESS, title="Ferry sinks", text=FERRY))
    assert [one.kind for one in found] == [Kind.NEW, Kind.NEW]
    assert len({one.article_id for one in found}) == 2
    assert all(one.is_shared for one in found)


def test_links_that_differ_in_their_fragment_only_lead_to_one_page() -> None:
    found = decide(
        entry(guid="a", url=f"{ADDRESS}#1"), entry(guid="b", url=f"{ADDRESS}#2", title="Ferry sinks", text=FERRY)
    )
    assert len({one.article_id for one in found if one.is_shared}) == 2


def test_one_entry_under_two_guids_is_one_article() -> None:
    found = decide(entry(guid="a", url=ADDRESS), entry(guid="b", url=ADDRESS))
    assert [(one.kind, one.article_id) for one in found] == [
        (Kind.NEW, ids.article_id(ADDRESS)), (Kind.AGAIN, ids.article_id(ADDRESS)),
    ]  # fmt: skip


def test_a_guid_that_comes_again_with_another_link_is_another_story() -> None:
    (first,) = decide(entry(url=ADDRESS))
    later = entry(url="https://north.example/2018/ferry.html", title="Ferry sinks", text=FERRY)
    (second,) = decide(later, past=past_of(first, is_feed_only=False))
    assert (second.kind, second.article_id) == (Kind.NEW, ids.article_id(later.url or ""))
    assert second.entry.guid != "1"  # so that both are remembered
    (third,) = decide(later, past=past_of(second, is_feed_only=False))
    assert third.kind is not Kind.UPDATE


def test_a_guid_that_comes_again_without_link_and_with_another_story_is_another_article() -> None:
    (first,) = decide(entry())
    later = entry(title="Ferry sinks", text=FERRY, at=NOW + timedelta(days=1))
    (second,) = decide(later, past=past_of(first))
    assert second.kind is Kind.NEW
    assert second.article_id != first.article_id


def test_changed_words_of_a_refused_page_are_an_update() -> None:
    (first,) = decide(entry(url=ADDRESS))
    changed = entry(url=ADDRESS, title="Guards hurt at bridge: now five", text=BRIDGE.replace("Two", "Five"))
    (second,) = decide(changed, past=past_of(first))
    assert (second.kind, second.article_id) == (Kind.UPDATE, first.article_id)
    (third,) = decide(entry(url=ADDRESS), past=past_of(first))
    assert third.kind is Kind.KNOWN
    (read,) = decide(changed, past=past_of(first, is_feed_only=False))
    assert read.kind is Kind.KNOWN  # its page is asked for again, and tells


def test_a_parameter_that_changes_at_every_poll_makes_no_new_article() -> None:
    (first,) = decide(entry(url=f"{ADDRESS}?t=1"))
    (same_guid,) = decide(entry(url=f"{ADDRESS}?t=2"), past=past_of(first, is_feed_only=False))
    (new_guid,) = decide(entry(guid="other", url=f"{ADDRESS}?t=3"), past=past_of(first, is_feed_only=False))
    assert [same_guid.kind, new_guid.kind] == [Kind.KNOWN, Kind.KNOWN]


def test_a_link_that_comes_again_under_a_new_guid_with_another_story() -> None:
    (first,) = decide(entry(url=ADDRESS))
    other = entry(guid="2", url=ADDRESS, title="Ferry sinks", text=FERRY, at=NOW + timedelta(days=1))
    (second,) = decide(other, past=replace(past_of(first), entries={}, titles={}))
    assert (second.kind, second.is_shared) == (Kind.NEW, True)
    assert second.article_id != first.article_id


def test_who_lists_another_outlets_address_first_does_not_own_it() -> None:
    false = entry(AWAY, url=ADDRESS, title="Hundreds dead at bridge", text="Hundreds were killed, nobody says by whom.")
    honest = entry(NORTH, url=ADDRESS)
    found = {one.feed.feed_id: one for one in decide(false, honest)}
    assert (found["north"].kind, found["north"].article_id) == (Kind.NEW, ids.article_id(ADDRESS))
    assert found["away"].kind is Kind.AGAIN
    (first,) = decide(false)
    (later,) = decide(honest, past=replace(past_of(first), entries={}, titles={}))
    assert later.kind is Kind.NEW
    assert later.article_id == ids.outlet_article_id(ADDRESS, "North Post") != first.article_id


def test_feeds_of_one_site_share_their_articles() -> None:
    world = replace(NORTH, feed_id="world", outlet="North Post World", url="https://feeds.north.example/world")
    found = decide(entry(NORTH, url=ADDRESS), entry(world, url=ADDRESS), feeds=(NORTH, world))
    assert sorted(one.kind.name for one in found) == ["AGAIN", "NEW"]


def test_an_address_of_another_watched_outlet_is_known_as_such() -> None:
    assert foreign_owner(AWAY, ADDRESS, FEEDS)
    assert not foreign_owner(NORTH, ADDRESS, FEEDS)
    assert not foreign_owner(AWAY, "https://unwatched.example/a", FEEDS)


def test_guids_that_change_at_every_poll_bring_nothing_new_without_links_either() -> None:
    (first,) = decide(entry(guid="a1"))
    known = KnownEntry("north", "a1", first.article_id, None, first.entry.title, first.entry.published_at)
    past = Past(titles={("north", first.entry.title): (known,)})
    renamed, other_day = entry(guid="a2"), entry(guid="a3", at=NOW + timedelta(days=1))
    with_link = entry(guid="a4", url=ADDRESS)
    assert [one.kind for one in decide(renamed, other_day, with_link, past=past)] == [Kind.KNOWN, Kind.NEW, Kind.NEW]


def test_blogs_on_one_host_of_many_owners_are_not_at_home_with_each_other() -> None:
    good = Feed("good", "https://good.wordpress.com/feed", "Good Blog")
    evil = Feed("evil", "https://evil.wordpress.com/feed", "Evil Blog")
    address = "https://good.wordpress.com/2018/02/bridge/"
    mine, theirs = choose(
        [*list_entries(evil, [entry(evil, url=address, text=FERRY)]), *list_entries(good, [entry(good, url=address)])],
        Past(),
        (good, evil),
    )
    assert (mine.kind, theirs.kind) == (Kind.AGAIN, Kind.NEW)
    assert foreign_owner(evil, address, (good, evil))


def test_a_feed_brings_no_more_than_its_limit_of_a_day() -> None:
    entries = [entry(guid=str(n), url=f"https://north.example/{n}", title=f"Story {n}") for n in range(30)]
    found = decide(*entries, past=Past(n_today={"north": MAX_NEW_PER_DAY - 10}))
    assert [one.kind for one in found] == [Kind.NEW] * 10 + [Kind.SKIPPED] * 20


def test_a_feed_revises_no_more_than_its_limit_of_a_day_and_brings_new_entries_all_the_same() -> None:
    firsts = decide(*(entry(guid=str(n), title=f"Story {n}", text=f"{BRIDGE} {n}") for n in range(30)))
    pasts = [past_of(one) for one in firsts]
    past = replace(
        pasts[0],
        entries={key: known for one in pasts for key, known in one.entries.items()},
        articles={key: known for one in pasts for key, known in one.articles.items()},
        feed_only=frozenset().union(*(one.feed_only for one in pasts)),
        n_revised_today={"north": MAX_REVISED_PER_DAY - 10},
    )
    changed = [entry(guid=str(n), title=f"Story {n}", text=f"{BRIDGE} Words put in {n}") for n in range(30)]
    found = decide(*changed, entry(guid="new", title="Ferry sinks", text=FERRY), past=past)
    assert [one.kind for one in found] == [Kind.UPDATE] * 10 + [Kind.UNREVISED] * 20 + [Kind.NEW]
