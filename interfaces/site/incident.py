"""The page of one incident: facts as ranges, who says what, when it became known, why it is one incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from interfaces.exports.crosswalk import IS_POINT
from interfaces.exports.texts import json_line, public_fields
from interfaces.fact_line import fact_line
from interfaces.roles import UNCLEAR, roles_by_vote
from interfaces.site.charts import coverage_chart, is_copy, toll_chart
from interfaces.site.claims import ClaimMatrix, claim_matrix, figure
from interfaces.site.links import web_address
from interfaces.site.lists import Row, row_of
from interfaces.site.maps import Mark, incident_map
from interfaces.site.why import LoggedChange, NearMiss, Reasons, logged, near_misses, reasons_of
from interfaces.site.words import NAME_LENGTH, TITLE_LENGTH, count, moment, stamp, tidy, where
from warehouse.pages import IncidentFacts, RoleRow
from warehouse.rows import IncidentRow, ReportRow

N_ARTICLES = 200  # shown; the JSON beside the page has all
N_NAMES = 8  # actors of one role
_ROLES = {"initiator": "Initiators", "target": "Targets", "participant": "Took part", UNCLEAR: "Role unclear"}


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article of the incident. `copied` names whose words it copies, or is empty."""

    title: str
    outlet: str
    href: str | None
    at: str
    at_stamp: str
    role: str
    copied: str
    killed: str
    injured: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Everything that the template of an incident prints."""

    row: Row
    confidence: str
    told_by: str
    first_published: str
    first_published_stamp: str
    updated: str
    updated_stamp: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    matrix: ClaimMatrix
    toll_name: str
    toll_chart: Markup | None
    coverage_chart: Markup | None
    articles: tuple[ArticleView, ...]
    n_articles_left_out: int
    reasons: tuple[Reasons, ...]
    near_misses: tuple[NearMiss, ...]
    changes: tuple[LoggedChange, ...]
    map: Markup | None
    no_map_words: str
    coordinates: str


def incident_view(facts: IncidentFacts) -> IncidentView:
    """Make the page of an incident."""
    row = facts.incident
    toll_name, toll_image = toll_chart(facts.claims, facts.changes)
    mark = mark_of(row, href="#place")
    return IncidentView(
        row=row_of(row, None, root="../"),
        confidence=f"{row.confidence_0_1:.0%}",
        told_by=f"{count(row.n_articles, 'article')} of {count(row.n_outlets, 'outlet')}, "
        f"{count(row.n_origins, 'distinct text')}",
        first_published=moment(row.first_published_at),
        first_published_stamp=stamp(row.first_published_at),
        updated=moment(row.updated_at),
        updated_stamp=stamp(row.updated_at),
        roles=_roles(facts.roles),
        matrix=claim_matrix(facts.claims),
        toll_name=toll_name,
        toll_chart=toll_image,
        coverage_chart=coverage_chart(facts.reports),
        articles=tuple(_article(report, facts.reports) for report in facts.reports[:N_ARTICLES]),
        n_articles_left_out=max(0, len(facts.reports) - N_ARTICLES),
        reasons=reasons_of(facts.assignments, facts.reports),
        near_misses=near_misses(facts.doubts),
        changes=logged(facts.changes, row.incident_id),
        map=incident_map(mark) if mark else None,
        no_map_words=_no_map(row),
        coordinates=f"{row.lat:.3f}, {row.lon:.3f}" if mark and row.place_precision in IS_POINT else "",
    )


def mark_of(row: IncidentRow, href: str) -> Mark | None:
    """Return where an incident is drawn; null without a place, and where only the country is known."""
    if row.lat is None or row.lon is None or row.place_precision not in (*IS_POINT, "region"):
        return None
    return Mark(row.lon, row.lat, row.place_precision or "", fact_line(row), href)


def _no_map(row: IncidentRow) -> str:
    if row.place_precision == "country":
        return f"Only the country is known ({where(row)}); a country is not drawn as a point."
    return "No report tells of a place."


def _roles(rows: Sequence[RoleRow]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    voted = roles_by_vote((tidy(row.name, NAME_LENGTH), row.role, row.n_reports) for row in rows)
    return tuple((_ROLES[role], tuple(names[:N_NAMES])) for role, names in voted.items())


def _article(report: ReportRow, reports: Sequence[ReportRow]) -> ArticleView:
    return ArticleView(
        title=tidy(report.title, TITLE_LENGTH) or "untitled",
        outlet=tidy(report.outlet, NAME_LENGTH),
        href=web_address(report.url),
        at=moment(report.published_at),
        at_stamp=stamp(report.published_at),
        role="" if report.role == "main" else "recalls it",
        copied=_copied(report, reports),
        killed=_told(report.killed_low, report.killed_best, report.killed_high),
        injured=_told(report.injured_low, report.injured_best, report.injured_high),
    )


def _told(low: int | None, best: int | None, high: int | None) -> str:
    """Write what an article tells, its bounds kept: "100 or more", "200–300"; empty where it signs no number."""
    return "" if best is None else figure(best if low is None else low, high, "exact")


def _copied(report: ReportRow, reports: Sequence[ReportRow]) -> str:
    if not is_copy(report):
        return ""
    credit = tidy(report.wire_credit, NAME_LENGTH)
    first = next((r.outlet for r in reports if r.article_id == report.origin_id), "")
    return f"copies {credit or tidy(first, NAME_LENGTH) or 'an earlier text'}"


def incident_json(facts: IncidentFacts) -> str:
    """Write the incident as the envelope site-incident/1: facts, claims, articles, actors by role, change log."""
    return (
        json_line(
            {
                "schema": "site-incident/1",
                "incident": public_fields(facts.incident),
                "claims": [public_fields(claim) for claim in facts.claims],
                "articles": [public_fields(report) for report in facts.reports],
                "actors": [public_fields(role) for role in facts.roles],
                "changes": [public_fields(change) for change in facts.changes],
            }
        )
        + "\n"
    )
