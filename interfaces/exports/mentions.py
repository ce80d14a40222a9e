"""Which passage of which article tells of which incident; the first columns are the sixteen of GDELT's Mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from interfaces.exports.form import Context, Form, is_merged
from interfaces.exports.texts import csv_pieces
from warehouse.export import Exported, ExportedReport

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
    "report_id", "article_id", "origin_id", "role", "is_denial", "span", "start_char", "end_char", "language",
)  # fmt: skip
WEB = 1  # GDELT's MentionType of an article on the web
NOT_IN_TEXT = -1  # GDELT's, and ours for spans of the title


def render(items: Iterable[Exported], _: Context) -> Iterator[str]:
    """Write a line for the passage of each report and for each sentence that a claim rests on."""
    return csv_pieces(COLUMNS, (row for item in items for row in _rows(item)))


def _rows(item: Exported) -> Iterator[tuple[object, ...]]:
    for report in item.reports:
        actors = tuple(_offset(item, report.report_id, role) for role in ("initiator", "target"))
        for start, end, span in _spans(item, report):
            yield (
                report.incident_id, _compact(item.incident.detected_at), _compact(_published(report)), WEB,
                report.outlet, report.url, None, *actors, start, 1, round(report.confidence_0_1 * 100),
                report.n_chars, None, None, None, report.report_id, report.article_id, report.origin_id, report.role,
                report.is_denial, span, start, end, report.language,
            )  # fmt: skip


def _spans(item: Exported, report: ExportedReport) -> list[tuple[int, int, str]]:
    """The report's passage, then its claims' sentences in order; a sentence with several figures stands once."""
    sentences = {(c.start_char, c.end_char, "claim") for c in item.claims if c.report_id == report.report_id}
    return [(report.start_char, report.end_char, "passage"), *sorted(sentences)]


def _offset(item: Exported, report_id: str, role: str) -> int:
    starts = [a.start_char for a in item.actors if a.report_id == report_id and a.role == role and a.start_char >= 0]
    return min(starts, default=NOT_IN_TEXT)


def _published(report: ExportedReport) -> datetime:
    return report.published_at or report.first_seen_at


def _compact(moment: datetime) -> int:
    return int(f"{moment.astimezone(UTC):%Y%m%d%H%M%S}")


FORM = Form("mentions", render, lambda item: not is_merged(item))
