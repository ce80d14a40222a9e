"""Appending what was read: articles with their texts, and codings with reports, claims and actors.

A coding is all reports of one article together. Equal to the newest one it is skipped; otherwise it supersedes that one
as a whole, so that a report which the coder no longer makes stops counting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from model.article import Article
from model.errors import ContractError
from model.report import Report
from warehouse.columns import (
    actor_columns,
    article_columns,
    article_sha256,
    claim_columns,
    coding_sha256,
    columns_of,
    report_columns,
)
from warehouse.query import insert, rows, run

if TYPE_CHECKING:
    from warehouse.append import Progress


@dataclass(slots=True)
class ArticleState:
    """The row of `state.article` of one article, with the hashes that new content is compared with."""

    article_id: str
    article_no: int
    coding_no: int | None
    origin_id: str
    revision: int
    content_sha256: str
    coding_sha256: str | None
    published_at: datetime | None
    is_stored: bool = True  # the row is in the table already
    is_changed: bool = False


def append(progress: Progress) -> None:
    """Insert new revisions, codings and origins, and bring `state.article` and `state.member` up to date."""
    batch = progress.batch
    wanted = {article.article_id for article in batch.articles} | {report.article_id for report in batch.reports}
    wanted |= set(batch.coded_article_ids)
    wanted |= {origin.article_id for origin in batch.resolution.origins} if batch.resolution else set()
    states = _known_states(progress, wanted)
    new_articles = _append_articles(progress, states)
    _append_origins(progress, states)
    _append_codings(progress, states, new_articles)
    _store_states(progress, states)


def _known_states(progress: Progress, article_ids: set[str]) -> dict[str, ArticleState]:
    found = rows(progress.con, "select_known_article", article_ids=sorted(article_ids)) if article_ids else []
    return {row[0]: ArticleState(row[0], row[1], row[2], row[3], row[4], row[5], row[10], row[11]) for row in found}


def _append_articles(progress: Progress, states: dict[str, ArticleState]) -> set[str]:
    """Insert revisions that say something new; returns the ids of their articles."""
    new: list[tuple[int, Article, str]] = []
    for article in progress.batch.articles:
        content = article_sha256(article)
        state = states.get(article.article_id)
        if state and state.content_sha256 == content:
            continue
        number = progress.numbers.take("article_no")
        new.append((number, article, content))
        states[article.article_id] = ArticleState(
            article.article_id,
            number,
            state.coding_no if state else None,
            state.origin_id if state else article.article_id,
            article.revision,
            content,
            state.coding_sha256 if state else None,
            article.published_at,
            is_stored=state is not None and state.is_stored,
            is_changed=True,
        )
    run_no = progress.numbers.run_no
    progress.count("article", insert(progress.con, "article", article_columns(new), run_no=run_no))
    texts = columns_of(("article_no", "text"), ((number, article.text) for number, article, _ in new))
    insert(progress.con, "article_text", texts)
    return {article.article_id for _, article, _ in new}


def _append_origins(progress: Progress, states: dict[str, ArticleState]) -> None:
    new = []
    for origin in progress.batch.resolution.origins if progress.batch.resolution else ():
        state = _state_of(states, origin.article_id)
        if state.origin_id != origin.origin_id:
            state.origin_id, state.is_changed = origin.origin_id, True
            new.append((origin.article_id, origin.origin_id, origin.basis))
    columns = columns_of(("article_id", "origin_id", "basis"), new)
    progress.count("origin", insert(progress.con, "origin", columns, run_no=progress.numbers.run_no))


def _append_codings(progress: Progress, states: dict[str, ArticleState], new_articles: set[str]) -> None:
    by_article: dict[str, list[Report]] = defaultdict(list)
    for article_id in sorted(new_articles | set(progress.batch.coded_article_ids)):
        by_article[article_id] = []
    for report in progress.batch.reports:
        by_article[report.article_id].append(report)
    codings: list[tuple[int, str, int, str]] = []
    reports: list[tuple[int, int, Report]] = []
    superseded: list[int] = []
    for article_id, reports_of_article in by_article.items():
        state = _state_of(states, article_id)
        content = coding_sha256(reports_of_article)
        # With a new revision the reports must hang on that revision, even if they say the same.
        if state.coding_sha256 == content and not (reports_of_article and article_id in new_articles):
            continue
        number = progress.numbers.take("coding_no")
        codings.append(
            (number, article_id, reports_of_article[0].revision if reports_of_article else state.revision, content)
        )
        superseded += [state.coding_no] if state.coding_no is not None else []
        state.coding_no, state.coding_sha256, state.is_changed = number, content, True
        reports += [(progress.numbers.take("report_no"), number, report) for report in reports_of_article]
    _insert_codings(progress, codings, reports)
    if superseded:
        run(progress.con, "delete_state_member", coding_nos=superseded)
    _insert_members(progress, states, reports)


def _insert_codings(
    progress: Progress, codings: list[tuple[int, str, int, str]], reports: list[tuple[int, int, Report]]
) -> None:
    con, run_no = progress.con, progress.numbers.run_no
    columns = columns_of(("coding_no", "article_id", "revision", "content_sha256"), codings)
    progress.count("coding", insert(con, "coding", columns, run_no=run_no))
    progress.count("report", insert(con, "report", report_columns(reports), run_no=run_no))
    progress.count("claim", insert(con, "claim", claim_columns(reports)))
    progress.count("actor_mention", insert(con, "actor_mention", actor_columns(reports)))
    progress.new_report_nos = {report.report_id: number for number, _, report in reports}
    if len(progress.new_report_nos) != len(reports):
        raise ContractError("a batch holds two reports of one id", unchanged="nothing was written")


def _insert_members(
    progress: Progress, states: dict[str, ArticleState], reports: list[tuple[int, int, Report]]
) -> None:
    """Insert the members; a report coded again keeps its incident until an assignment moves it."""
    assigned = dict(rows(progress.con, "select_latest_assignment", report_ids=[r.report_id for _, _, r in reports]))
    redirects = dict(rows(progress.con, "select_redirect", incident_ids=sorted(set(assigned.values()))))
    names = ("report_no", "report_id", "coding_no", "article_no", "incident_id", "published_at")
    members = []
    for number, coding_no, report in reports:
        state = states[report.article_id]
        incident_id = assigned.get(report.report_id)
        final_id = redirects.get(incident_id, incident_id) if incident_id else None
        members.append((number, report.report_id, coding_no, state.article_no, final_id, state.published_at))
    insert(progress.con, "state.member", columns_of(names, members))


def _store_states(progress: Progress, states: dict[str, ArticleState]) -> None:
    changed = [state for state in states.values() if state.is_changed]
    stored = [state.article_id for state in changed if state.is_stored]
    if stored:
        run(progress.con, "delete_state_article", article_ids=stored)
    names = ("article_id", "article_no", "coding_no", "origin_id")
    insert(progress.con, "state.article", columns_of(names, ([getattr(s, n) for n in names] for s in changed)))


def _state_of(states: dict[str, ArticleState], article_id: str) -> ArticleState:
    state = states.get(article_id)
    if state is None:
        raise ContractError(f"article {article_id} is neither stored nor in the batch", unchanged="nothing was written")
    return state
