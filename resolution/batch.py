"""A batch of reports before the past is asked: their order, their texts read once, and what of the past they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from model.gc_pause import gc_paused
from model.incident import ArticleReport
from model.report import Role
from resolution.blocking import wanted_keys
from resolution.match_record import Reading, read
from resolution.origins import signature


def in_order(article_reports: Sequence[ArticleReport]) -> list[ArticleReport]:
    """Sort by publication; those without a date keep the order given, after the others. Main reports go first."""

    def key(numbered: tuple[int, ArticleReport]) -> tuple[bool, float, str, bool, int]:
        position, one = numbered
        at = one.article.published_at
        is_background = one.report.role is not Role.MAIN
        if at is None:
            return (True, float(position), "", is_background, position)
        return (False, at.timestamp(), one.article.article_id, is_background, position)

    return [one for _, one in sorted(enumerate(article_reports), key=key)]


def lone_reports(article_reports: Iterable[ArticleReport]) -> Mapping[str, bool]:
    """For each report id: whether it is the only main report of its article's revision."""
    article_reports = list(article_reports)
    mains: dict[tuple[str, int], int] = {}
    for one in article_reports:
        if one.report.role is Role.MAIN:
            place = (one.report.article_id, one.report.revision)
            mains[place] = mains.get(place, 0) + 1
    return {
        t.report.report_id: t.report.role is Role.MAIN and mains[(t.report.article_id, t.report.revision)] == 1
        for t in article_reports
    }


def signatures(article_reports: Iterable[ArticleReport]) -> dict[str, str]:
    """Sign the text of each article once."""
    signed: dict[str, str] = {}
    for one in article_reports:
        if one.article.article_id not in signed:
            signed[one.article.article_id] = signature(one.article.text)
    return signed


class Readings:
    """The texts of a batch, read once for both questions: what to look up, and where the reports belong.

    Memory: about 20 kB a report, as long as the batch is at hand.
    """

    @gc_paused()
    def __init__(self, article_reports: Sequence[ArticleReport]) -> None:
        alone, signed = lone_reports(article_reports), signatures(article_reports)
        self._readings: dict[str, Reading] = {}
        self._wanted: dict[str, tuple[str, ...]] = {}
        for one in article_reports:
            report_id = one.report.report_id
            reading = read(one, alone[report_id], signed[one.article.article_id])
            self._readings[report_id] = reading
            self._wanted[report_id] = wanted_keys(reading.unweighed)

    def __getitem__(self, article_report: ArticleReport) -> Reading:
        """The reading of one of the batch's reports."""
        return self._readings[article_report.report.report_id]

    def wanted(self, report_id: str) -> tuple[str, ...]:
        """The keys under which like reports may be remembered."""
        return self._wanted[report_id]
