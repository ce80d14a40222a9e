"""Which entries of the feeds of a run are new articles, new words of known ones, or nothing new; pure.

An article is known by its address. Where an entry has none, where entries of other words share it, or where it is
another outlet's, the address does not tell articles apart, and the feed and the guid belong to the id. A guid that
comes again with another address or another story is a guid reused, and the later story is an article of its own. An
entry whose article has only the feed's own text, its page being refused, is read again when the feed's text has
changed.

Known false positive: a story whose address and title both change under one guid becomes a second article, a near
copy. Sources: miniflux (colliding guids), reader (entry ids by feed), the cases named in
`docs/reference/faults.md`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum, auto
from html import unescape
from urllib.parse import urlsplit

from extractors.page.addresses import comparison_key, site_of
from model import ids
from model.article import Article
from model.feed import Entry, Feed
from warehouse.rows import KnownEntry

MAX_NEW_PER_DAY = 2_000  # entries of one feed: as many as one document may hold; busy wires bring some hundred a day
MAX_REVISED_PER_DAY = 500  # revisions of a feed's own text; one that changes every entry at each poll makes 500,000
OTHER_STORY_0_1 = 0.3  # least share of shared words from which two texts under one guid may be one story
OTHER_DAY_STORY_0_1 = 0.5  # the same where their dates of publication differ by half a day and more
LEAST_OWN_CHARS = 80  # of an entry's own text; with less, the page of an address that comes again must tell the story
OTHER_DAY = timedelta(hours=12)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    "after again against also been before from have into killed more near said says than that their them they this "
    "were what when where which while will with people least wednesday thursday friday saturday sunday monday "
    "tuesday".split()
)


class Kind(Enum):
    """What a listed entry is."""

    NEW = auto()  # an article that nobody has read
    AGAIN = auto()  # a new entry of an article that is known or read in this run already
    UPDATE = auto()  # new words of an article that has only the feed's own text
    KNOWN = auto()
    SKIPPED = auto()  # over the day's limit of new ones
    UNREVISED = auto()  # over the day's limit of revisions


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a feed's document. `is_shared`: its address is other entries' too, so only its own text counts."""

    entry: Entry
    feed: Feed
    article_id: str
    kind: Kind = Kind.NEW
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What the record knows of the entries and articles that some documents list.

    `articles` has those whose words are compared: articles of addresses that come with a new guid, and those of the
    feed's own text (`feed_only`).
    """

    entries: Mapping[tuple[str, str], KnownEntry] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], tuple[KnownEntry, ...]] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    feed_only: frozenset[str] = frozenset()
    n_today: Mapping[str, int] = field(default_factory=dict)
    n_revised_today: Mapping[str, int] = field(default_factory=dict)


def list_entries(feed: Feed, entries: Sequence[Entry]) -> list[Listed]:
    """Give each entry of one document the id of its article, as far as the document tells."""
    words_at: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.url:
            words_at[_page_of(entry.url)].add(_said(entry))
    guid_of: dict[tuple[str, str], str] = {}
    listed = []
    for entry in entries:
        is_shared = entry.url is not None and len(words_at[_page_of(entry.url)]) > 1
        guid = guid_of.setdefault((entry.url or entry.guid, _said(entry)), entry.guid)
        article_id = (
            ids.article_id(entry.url)
            if entry.url and not is_shared
            else ids.entry_article_id(feed.feed_id, guid, entry.url)
        )
        listed.append(Listed(entry, feed, article_id, is_shared=is_shared))
    return listed


def possible_guids(entry: Entry) -> tuple[str, str, str]:
    """Name the guids under which an entry may be known: its own, and those that it gets where its own is reused."""
    return entry.guid, _guid_by_address(entry), _guid_by_title(entry)


def choose(listed: Sequence[Listed], past: Past, feeds: Sequence[Feed]) -> list[Listed]:
    """Decide what each listed entry is.

    Args:
        listed: The entries of all documents of a run.
        past: What is known of them.
        feeds: All feeds of the feeds file, whose sites are their outlets' own.

    Returns:
        The entries in their order, with guids and article ids that tell them apart.
    """
    by_id = {feed.feed_id: feed for feed in feeds}
    claims: dict[str, Listed] = {}
    chosen: dict[int, Listed] = {}
    n_counted: Counter[tuple[str, bool]] = Counter()
    at_home_first = sorted(
        range(len(listed)), key=lambda number: not is_at_home(listed[number].feed, listed[number].entry)
    )
    for number in at_home_first:
        one = _against_record(listed[number], past)
        if one.kind is Kind.NEW:
            one = _against_claims(one, claims, past, by_id)
        one = _within_limits(one, past, n_counted)
        if one.kind is Kind.NEW:
            claims[one.article_id] = one
        chosen[number] = one
    return [chosen[number] for number in range(len(listed))]


def _within_limits(one: Listed, past: Past, n_counted: Counter[tuple[str, bool]]) -> Listed:
    """Leave out what is over the limits of its feed and day; `n_counted` is of this run, by feed and whether new."""
    if one.kind not in (Kind.NEW, Kind.AGAIN, Kind.UPDATE):
        return one
    feed_id, is_new = one.feed.feed_id, one.kind is not Kind.UPDATE
    before, limit = (past.n_today, MAX_NEW_PER_DAY) if is_new else (past.n_revised_today, MAX_REVISED_PER_DAY)
    n_counted[feed_id, is_new] += 1
    if before.get(feed_id, 0) + n_counted[feed_id, is_new] <= limit:
        return one
    return replace(one, kind=Kind.SKIPPED if is_new else Kind.UNREVISED)


def is_at_home(feed: Feed, entry: Entry) -> bool:
    """Say whether an entry's address is on the site of its own feed."""
    return entry.url is not None and _site(entry.url) == _site(feed.url)


def foreign_owner(feed: Feed, url: str | None, feeds: Iterable[Feed]) -> bool:
    """Say whether an address is on the site of another watched outlet's feed and not on that of this one."""
    if url is None or _site(url) == _site(feed.url):
        return False
    return bool(_owners(feeds).get(_site(url), frozenset()) - {feed.outlet})


def _against_record(one: Listed, past: Past) -> Listed:
    """Compare an entry with the stored ones of its guid, of its feed and title."""
    known = past.entries.get((one.feed.feed_id, one.entry.guid))
    if known is None:
        is_churned = any(_is_same_entry(k, one.entry) for k in past.titles.get((one.feed.feed_id, one.entry.title), ()))
        return replace(one, kind=Kind.KNOWN) if is_churned else one
    if _is_elsewhere(known, one.entry):
        return _under_new_guid(one, _guid_by_address(one.entry), past, one.article_id)
    stored = past.articles.get(known.article_id) if known.article_id in past.feed_only else None
    if stored is None:
        return replace(one, kind=Kind.KNOWN, article_id=known.article_id)
    if _is_other_story(stored, one.entry):
        guid = _guid_by_title(one.entry)
        other = ids.entry_article_id(one.feed.feed_id, guid, one.entry.url)
        return _under_new_guid(replace(one, is_shared=one.entry.url is not None), guid, past, other)
    is_update = one.entry.title != stored.title or _letters(one.entry.content_html) not in _letters(stored.text)
    return replace(one, kind=Kind.UPDATE if is_update else Kind.KNOWN, article_id=known.article_id)


def _under_new_guid(one: Listed, guid: str, past: Past, article_id: str) -> Listed:
    """Take an entry whose guid was another story's under a guid of its own."""
    known = past.entries.get((one.feed.feed_id, guid))
    renamed = replace(one, entry=replace(one.entry, guid=guid))
    if known is not None:
        return replace(renamed, kind=Kind.KNOWN, article_id=known.article_id)
    return replace(renamed, article_id=article_id)


def _against_claims(one: Listed, claims: Mapping[str, Listed], past: Past, feeds: Mapping[str, Feed]) -> Listed:
    """Compare a new entry with whoever has its article's id already, in the record or in this run.

    Feeds of one outlet or of one site share their articles. An outlet's own address belongs to it, whoever listed it
    first; where neither is at home, each has an article of its own, so that nobody's words stand for another's.
    """
    claim, stored = claims.get(one.article_id), past.articles.get(one.article_id)
    if claim is None and stored is None:
        return one
    owner = claim.feed if claim else feeds.get((stored.feed_id if stored else None) or "")
    outlet = stored.outlet if stored else owner.outlet if owner else ""
    if outlet == one.feed.outlet or (owner is not None and _site(owner.url) == _site(one.feed.url)):
        is_same_feed = stored is not None and stored.feed_id == one.feed.feed_id
        if not (is_same_feed and stored and _is_other_story(stored, one.entry)):
            return replace(one, kind=Kind.AGAIN)
        own = ids.entry_article_id(one.feed.feed_id, one.entry.guid, one.entry.url)
        has_text = len(_letters(one.entry.content_html)) >= LEAST_OWN_CHARS
        return _unless_taken(replace(one, article_id=own, is_shared=has_text), claims, past)
    if owner is not None and is_at_home(owner, one.entry):
        return replace(one, kind=Kind.AGAIN)  # the owner's article; who else lists it adds nothing
    own = ids.outlet_article_id(one.entry.url or "", one.feed.outlet)
    return _unless_taken(replace(one, article_id=own), claims, past)


def _unless_taken(one: Listed, claims: Mapping[str, Listed], past: Past) -> Listed:
    is_taken = one.article_id in claims or one.article_id in past.articles
    return replace(one, kind=Kind.AGAIN) if is_taken else one


def scoped_ids(one: Listed) -> tuple[str, ...]:
    """Name the ids that an entry's article may have."""
    url, feed = one.entry.url, one.feed
    guids = possible_guids(one.entry)
    own = [ids.entry_article_id(feed.feed_id, guid, url) for guid in guids]
    return (one.article_id, *own, *((ids.outlet_article_id(url, feed.outlet), ids.article_id(url)) if url else ()))


def _is_elsewhere(known: KnownEntry, entry: Entry) -> bool:
    """Say whether an entry leads to another story than the stored one of its guid: another address and other words."""
    if not (known.url and entry.url) or comparison_key(known.url) == comparison_key(entry.url):
        return False
    is_same_title = _words(known.title) == _words(entry.title)
    is_same_time = known.published_at == entry.published_at
    if urlsplit(known.url).path == urlsplit(entry.url).path:  # a parameter that changes at every poll
        return not (is_same_title or (is_same_time and entry.published_at is not None))
    return not (is_same_title and is_same_time)


def _is_same_entry(known: KnownEntry, entry: Entry) -> bool:
    """Say whether an entry under an unknown guid is a stored one renamed: same title, time and path, or no path."""
    if known.published_at is None or known.published_at != entry.published_at or known.title != entry.title:
        return False
    if known.url is None or entry.url is None:
        return bool(entry.title) and known.url == entry.url
    old, new = urlsplit(known.url), urlsplit(entry.url)
    return (old.netloc, old.path) == (new.netloc, new.path)


def _is_other_story(stored: Article, entry: Entry) -> bool:
    """Say whether an entry's words are another story's than the stored ones."""
    apart = abs(stored.published_at - entry.published_at) if stored.published_at and entry.published_at else timedelta()
    least = OTHER_DAY_STORY_0_1 if apart >= OTHER_DAY else OTHER_STORY_0_1
    return _likeness(f"{stored.title} {stored.text}", f"{entry.title} {entry.content_html}") < least


def _likeness(left: str, right: str) -> float:
    """Measure the shared words of two texts, from 0 to 1, by those of the shorter one."""
    ours, theirs = (frozenset(w for w in _words(text) if len(w) > 3) - _COMMON for text in (left, right))
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least else float(_words(left) == _words(right))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unescape(_TAG.sub(" ", text)).casefold()))


def _letters(markup: str) -> str:
    """Reduce a text to its letters and digits, so that markup makes no difference."""
    return "".join(_WORD.findall(unescape(_TAG.sub(" ", markup)).casefold()))


def _said(entry: Entry) -> str:
    return f"{_letters(entry.title)}\x1f{_letters(entry.content_html)}"


def _page_of(url: str) -> str:
    return url.partition("#")[0]


def _guid_by_address(entry: Entry) -> str:
    return ids.make_id("ent", entry.guid, entry.url)


def _guid_by_title(entry: Entry) -> str:
    return ids.make_id("ent", entry.guid, entry.url, entry.title)


def _owners(feeds: Iterable[Feed]) -> dict[str, frozenset[str]]:
    """Name the outlets whose feeds are on each site."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for feed in feeds:
        outlets[_site(feed.url)].add(feed.outlet)
    return {site: frozenset(names) for site, names in outlets.items()}


def _site(url: str) -> str:
    """Name the registered site of an address; with the port, where an address of numbers has one."""
    try:
        parts = urlsplit(url)
        return site_of(parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return ""
