"""Bring reports and incidents that were never written to a warehouse into the form that is scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.incident import ArticleReport, IncidentVersion
from model.report import Role
from pipeline.scoring.incidents import Predictions
from warehouse.evaluation import CodedActor, CodedClaim, CodedIncident, CodedReport


def predictions_of(
    article_reports: Iterable[ArticleReport], incident_of: Mapping[str, str], incidents: Iterable[IncidentVersion]
) -> Predictions:
    """Make what `score_incidents` judges.

    Args:
        article_reports: The reports with their articles; background reports are left out.
        incident_of: Incident id by report id, merges followed.
        incidents: The newest version of each incident.
    """
    mains = (one for one in article_reports if one.report.role is Role.MAIN)
    reports = tuple(coded_report(one, incident_of[one.report.report_id]) for one in mains)
    return Predictions(reports, tuple(_coded_incident(version) for version in incidents))


def coded_report(article_report: ArticleReport, incident_id: str) -> CodedReport:
    """Reduce a report to the facts that are scored."""
    report, day, place = article_report.report, article_report.report.date, article_report.report.place
    return CodedReport(
        external_id=article_report.article.external_id or article_report.article.article_id,
        report_id=report.report_id,
        incident_id=incident_id,
        event_type=report.event_type,
        date_start=day.start if day else None,
        date_end=day.end if day else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        killed_best=report.killed.best,
        injured_best=report.injured.best,
        confidence_0_1=report.confidence_0_1,
        claims=tuple(CodedClaim(c.measure, c.low, c.high, c.bound, c.speaker) for c in report.claims),
        place_name=place.name if place else None,
        actors=tuple(CodedActor(a.name, a.role) for a in report.actors),
    )


def _coded_incident(version: IncidentVersion) -> CodedIncident:
    return CodedIncident(
        incident_id=version.incident_id,
        status=version.status,
        event_type=version.event_type,
        date_start=version.date_start,
        date_end=version.date_end,
        lat=version.lat,
        lon=version.lon,
        place_name=version.place_name,
    )
