"""What a run asks of the past: what is stored already, what the resolver remembers, whom an incident is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from model.article import Article
from model.feed import FeedState
from model.incident import Decision, IncidentVersion, Known, Lookup, Memory, Told
from model.report import ActorMention, Claim
from warehouse import decode
from warehouse.columns import key_hash
from warehouse.feedstate import FeedRecord, feed_state
from warehouse.query import one, rows
from warehouse.rows import KnownArticle

# Newest members of an incident that the resolver compares with: enough to know it by, and no more for a war of a
# thousand reports than for a clash of sixty. Part of the contract of `model.incident.Known`.
N_NEWEST_MEMBERS = 64
# Feeds show tens to hundreds of entries; guids older than this many cannot come back in one, and the set is in memory.
N_KNOWN_GUIDS = 2_000

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


def articles(con: _Connection, article_ids: Iterable[str]) -> dict[str, Article]:
    """Return the newest revision of each stored article with its text; a pruned text is empty."""
    found = rows(con, "select_article", article_ids=sorted(set(article_ids)))
    return {row[0]: decode.article(row) for row in found}


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


def known(con: _Connection, lookup: Lookup) -> Known:
    """Return the resolver's past as far as `lookup` reaches."""
    touched = rows(
        con,
        "select_touched_member",
        key_hashes=[key_hash(key) for key in sorted(lookup.keys)],
        article_ids=sorted(lookup.article_ids),
        n_newest=N_NEWEST_MEMBERS,
    )
    return Known(
        memories=_memories(con, {row[0]: row for row in touched}),
        document_frequency=dict(rows(con, "select_term", terms=sorted(lookup.terms))),
        n_documents=one(con, "select_n_documents")[0],
        decisions=active_decisions(con),
    )


def active_decisions(con: _Connection) -> tuple[Decision, ...]:
    """Return the decisions that were not withdrawn, oldest first."""
    return tuple(Decision(*row) for row in rows(con, "select_decision"))


def members(con: _Connection, incident_ids: Iterable[str]) -> dict[str, tuple[Told, ...]]:
    """Return the current reports of each incident, oldest publication first.

    Each `Told.article.text` is empty: texts may have been pruned, and consolidation works on reports and claims.
    """
    found = rows(con, "select_told_report", incident_ids=sorted(set(incident_ids)))
    report_nos = sorted(row[1] for row in found)
    claims: dict[int, list[Claim]] = defaultdict(list)
    for row in _of_reports(con, "select_told_claim", report_nos):
        claims[row[0]].append(decode.claim(row[1:]))
    actors: dict[int, list[ActorMention]] = defaultdict(list)
    for row in _of_reports(con, "select_told_actor", report_nos):
        actors[row[0]].append(decode.actor(row[1:]))
    told: dict[str, list[Told]] = defaultdict(list)
    for row in found:
        report = decode.report(row[2:41], tuple(actors[row[1]]), tuple(claims[row[1]]))
        told[row[0]].append(Told(decode.article(row[41:]), report))
    return {incident_id: tuple(reports) for incident_id, reports in told.items()}


def _of_reports(con: _Connection, name: str, report_nos: list[int]) -> list[tuple[Any, ...]]:
    """Select rows of these reports; the bounds let DuckDB skip the row groups before and after."""
    if not report_nos:
        return []
    return rows(con, name, report_nos=report_nos, first_no=report_nos[0], last_no=report_nos[-1])


def _memories(con: _Connection, touched: dict[int, tuple[Any, ...]]) -> tuple[Memory, ...]:
    newest = {row[0]: row for row in _of_reports(con, "select_memory", sorted(touched))}
    made = []
    for report_no in sorted(newest):
        _, keys, payload, published_at, _ = newest[report_no]
        _, report_id, article_id, incident_id, origin_id = touched[report_no]
        made.append(Memory(report_id, article_id, incident_id, origin_id, tuple(keys), payload, published_at))
    return tuple(made)
