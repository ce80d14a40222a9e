"""What a run asks of the past: what is stored already, what the resolver remembers, whom an incident is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb

from model.article import Article
from model.feed import Entry, FeedState, Validators
from model.gc_pause import gc_paused
from model.incident import ArticleReport, Decision, IncidentVersion, Known, Lookup, StoredMatch
from model.report import ActorMention, Claim
from warehouse import decode
from warehouse.columns import key_hash
from warehouse.feedstate import FeedRecord, feed_state
from warehouse.query import one, rows
from warehouse.rows import KnownArticle, KnownEntry, RecentText, YoungArticle

# Newest members of an incident that the resolver compares with: enough to know it by, and no more for a war of a
# thousand reports than for a clash of sixty. Part of the contract of `model.incident.Known`.
N_NEWEST_MEMBERS = 64
# Feeds show tens to hundreds of entries; guids older than this many cannot come back in one, and the set is in memory.
N_KNOWN_GUIDS = 2_000
# Articles of an outlet among which its standing lines are looked for: a few days of a busy one.
N_RECENT_TEXTS = 40
N_RECENT_ARTICLES = 20_000  # and no further back than this in the whole record

_Connection = duckdb.DuckDBPyConnection


def feed_states(con: _Connection, feed_ids: Iterable[str]) -> dict[str, FeedState]:
    """Return the state of each feed; one that was never polled has an empty state."""
    ids = sorted(set(feed_ids))
    records = {row[0]: FeedRecord(*row) for row in rows(con, "select_feed_state", feed_ids=ids)}
    guids: dict[str, set[str]] = defaultdict(set)
    for feed_id, guid in rows(con, "select_feed_guid", feed_ids=ids, n_guids=N_KNOWN_GUIDS):
        guids[feed_id].add(guid)
    return {i: feed_state(records.get(i, FeedRecord(i)), frozenset(guids[i])) for i in ids}


def known_articles(con: _Connection, article_ids: Iterable[str]) -> dict[str, KnownArticle]:
    """Return what is stored of these articles; unknown ones are left out."""
    ids = sorted(set(article_ids))
    return {
        row[0]: KnownArticle(row[0], row[4], row[6], row[7], row[5], row[8], row[9], row[2] is not None)
        for row in rows(con, "select_known_article", article_ids=ids)
    }


def known_entries(
    con: _Connection, feed_ids: Iterable[str], guids: Iterable[str], titles: Iterable[str], since: datetime
) -> tuple[KnownEntry, ...]:
    """Return the stored entries of some feeds by guid, and those since a moment by title; the newest last."""
    found = rows(
        con,
        "select_known_entry",
        feed_ids=sorted(set(feed_ids)),
        guids=sorted(set(guids)),
        titles=sorted(set(titles)),
        since=since,
    )
    return tuple(KnownEntry(*row) for row in found)


def count_new_entries(con: _Connection, feed_ids: Iterable[str], since: datetime) -> dict[str, int]:
    """Return how many entries each feed brought since a moment; feeds without any are left out."""
    return dict(rows(con, "select_new_entry_count", feed_ids=sorted(set(feed_ids)), since=since))


def count_revisions(con: _Connection, feed_ids: Iterable[str], since: datetime) -> dict[str, int]:
    """Return how many revisions of known articles each feed brought since a moment; feeds without any are left out."""
    return dict(rows(con, "select_revision_count", feed_ids=sorted(set(feed_ids)), since=since))


def feed_only(con: _Connection, article_ids: Iterable[str]) -> frozenset[str]:
    """Return those of some articles whose text is the feed's own."""
    return frozenset(row[0] for row in rows(con, "select_feed_only", article_ids=sorted(set(article_ids))))


def articles(con: _Connection, article_ids: Iterable[str]) -> dict[str, Article]:
    """Return the newest revision of each stored article with its text; a pruned text is empty."""
    found = rows(con, "select_article", article_ids=sorted(set(article_ids)))
    return {row[0]: decode.article(row) for row in found}


def young_articles(con: _Connection, since: datetime) -> tuple[YoungArticle, ...]:
    """Return the articles first seen since a moment that came with an address, the newest first."""
    found = []
    for article_id, revision, first_seen_at, checked_at, *details in rows(con, "select_young_article", since=since):
        etag, last_modified, body_sha256, feed_id, guid, url, title, author, published_at, updated_at, language = (
            details
        )
        entry = Entry(feed_id, guid, url, title, author, "", published_at, updated_at, language)
        validators = Validators(etag, last_modified, body_sha256)
        found.append(YoungArticle(article_id, revision, first_seen_at, checked_at, validators, entry))
    return tuple(found)


def recent_texts(con: _Connection, outlets: Iterable[str]) -> tuple[RecentText, ...]:
    """Return the newest articles of each outlet, oldest first."""
    values = {"outlets": sorted(set(outlets)), "n_texts": N_RECENT_TEXTS, "n_back": N_RECENT_ARTICLES}
    return tuple(RecentText(*row) for row in rows(con, "select_recent_text", **values))


def boilerplate(con: _Connection, outlets: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the lines learnt of each outlet; outlets without any are left out."""
    lines: dict[str, set[str]] = defaultdict(set)
    for outlet, line in rows(con, "select_boilerplate", outlets=sorted(set(outlets))):
        lines[outlet].add(line)
    return {outlet: frozenset(found) for outlet, found in lines.items()}


def origins(con: _Connection, article_ids: Iterable[str]) -> dict[str, str]:
    """Return the origin of each stored article: its own id where it copies none."""
    return {row[0]: row[3] for row in rows(con, "select_known_article", article_ids=sorted(set(article_ids)))}


def resolve_redirects(con: _Connection, incident_ids: Iterable[str]) -> dict[str, str]:
    """Return where each id leads in the end; an id that was never merged leads to itself."""
    ids = sorted(set(incident_ids))
    found: Mapping[str, str] = dict(rows(con, "select_redirect", incident_ids=ids))
    return {i: found.get(i, i) for i in ids}


def latest_incidents(con: _Connection, incident_ids: Iterable[str]) -> dict[str, IncidentVersion]:
    """Return the newest version of each known incident; merged ones are not followed."""
    found = rows(con, "select_latest_incident", incident_ids=sorted(set(incident_ids)))
    return {row[0]: decode.incident_version(row) for row in found}


@gc_paused()
def known(con: _Connection, lookup: Lookup) -> Known:
    """Return the resolver's past as far as `lookup` reaches; of a memory's keys those that it asks for."""
    by_hash = {key_hash(key): key for key in sorted(lookup.keys)}
    touched = rows(
        con,
        "select_touched_member",
        key_hashes=list(by_hash),
        article_ids=sorted(lookup.article_ids),
        n_newest=N_NEWEST_MEMBERS,
    )
    return Known(
        memories=_memories(con, {row[0]: row for row in touched}, by_hash),
        document_frequency=dict(rows(con, "select_term", terms=sorted(lookup.terms))),
        n_documents=one(con, "select_n_documents")[0],
        decisions=standing_decisions(con),
    )


def active_decisions(con: _Connection) -> tuple[Decision, ...]:
    """Return the decisions that were not withdrawn, oldest first."""
    return tuple(Decision(*row) for row in rows(con, "select_decision"))


def standing_decisions(con: _Connection) -> tuple[Decision, ...]:
    """Return the decisions that hold, with reports that a revision replaced named by those in their place.

    A decision then counts once for each pair of reports that its two sides mean now.
    """
    decisions = active_decisions(con)
    named = sorted({i for d in decisions for i in (d.left_id, d.right_id) if i.startswith("rep_")})
    if not named:
        return decisions
    now_ids: dict[str, list[str]] = defaultdict(list)
    for old_id, now_id in rows(con, "select_decision_alias", report_ids=named):
        now_ids[old_id].append(now_id)
    return tuple(
        replace(decision, left_id=left, right_id=right)
        for decision in decisions
        for left in now_ids.get(decision.left_id, [decision.left_id])
        for right in now_ids.get(decision.right_id, [decision.right_id])
    )


def members(con: _Connection, incident_ids: Iterable[str]) -> dict[str, tuple[ArticleReport, ...]]:
    """Return the current reports of each incident, oldest publication first.

    Each `FeedSource.article.text` is empty: texts may have been pruned, and consolidation works on reports and claims.
    """
    found = rows(con, "select_member_report", incident_ids=sorted(set(incident_ids)))
    report_nos = sorted(row[1] for row in found)
    claims: dict[int, list[Claim]] = defaultdict(list)
    for row in _of_reports(con, "select_member_claim", report_nos):
        claims[row[0]].append(decode.claim(row[1:]))
    actors: dict[int, list[ActorMention]] = defaultdict(list)
    for row in _of_reports(con, "select_member_actor", report_nos):
        actors[row[0]].append(decode.actor(row[1:]))
    by_incident: dict[str, list[ArticleReport]] = defaultdict(list)
    for row in found:
        report = decode.report(row[2:41], tuple(actors[row[1]]), tuple(claims[row[1]]))
        by_incident[row[0]].append(ArticleReport(decode.article(row[41:]), report))
    return {incident_id: tuple(reports) for incident_id, reports in by_incident.items()}


def _of_reports(con: _Connection, name: str, report_nos: list[int]) -> list[tuple[Any, ...]]:
    """Select rows of these reports; the bounds let DuckDB skip the row groups before and after."""
    if not report_nos:
        return []
    return rows(con, name, report_nos=report_nos, first_no=report_nos[0], last_no=report_nos[-1])


def _memories(
    con: _Connection, touched: dict[int, tuple[Any, ...]], key_by_hash: Mapping[int, str]
) -> tuple[StoredMatch, ...]:
    newest = {row[0]: row for row in _of_reports(con, "select_memory", sorted(touched))}
    made = []
    for report_no in sorted(newest):
        _, payload, published_at = newest[report_no]
        _, report_id, article_id, incident_id, origin_id, hashes = touched[report_no]
        keys = tuple(key_by_hash[h] for h in hashes or ())
        made.append(StoredMatch(report_id, article_id, incident_id, origin_id, keys, payload, published_at))
    return tuple(made)
