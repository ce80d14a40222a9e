"""Find what a person means by an id, or by the beginning of one."""

from __future__ import annotations

from dataclasses import dataclass

from model.errors import ConfigError
from resolution.decisions import marks
from warehouse.shared_reads import Subjects

N_SHOWN = 5  # ids named where a beginning fits several


@dataclass(frozen=True, slots=True)
class Subject:
    """An incident or a report that a person named.

    `named_id` is the full id, `incident_id` the incident that it is or belongs to now. `report_ids` are the report
    itself, or all reports of the incident; of an id that was merged, those that came through it.
    """

    named_id: str
    incident_id: str
    report_ids: tuple[str, ...]

    @property
    def is_report(self) -> bool:
        """Whether a single report was named."""
        return self.named_id.startswith("rep_")

    @property
    def is_merged(self) -> bool:
        """Whether an incident was named that redirects to another."""
        return not self.is_report and self.named_id != self.incident_id


def full_id(text: str, found: tuple[str, ...], what: str) -> str:
    """Choose the one id that begins as `text` does.

    Raises:
        ConfigError: there is none, or there are several.
    """
    if text in found:
        return text
    if not found:
        raise ConfigError(
            f"there is no {what} {text!r}",
            unchanged="nothing was written",
            next_step="give an id as incidents, show or review print it",
        )
    if len(found) > 1:
        raise ConfigError(
            f"{text!r} is the beginning of several ids: {', '.join(found[:N_SHOWN])}",
            unchanged="nothing was written",
            next_step="give more of the id",
        )
    return found[0]


def find_subject(record: Subjects, text: str) -> Subject:
    """Find the incident or report that `text` names.

    Raises:
        ConfigError: nothing or more than one thing begins so, or it has no reports any more.
    """
    named_id = full_id(text, record.ids_beginning(text) if text else (), "incident or report")
    if named_id.startswith("rep_"):
        incident_id = record.homes([named_id])[0].incident_id
        report_ids: tuple[str, ...] = (named_id,)
    else:
        incident_id = record.redirects([named_id])[named_id]
        is_merged = incident_id != named_id
        members = (home.report_id for home in record.homes(incident_ids=[incident_id]))
        report_ids = record.led_through(named_id) if is_merged else tuple(members)
    if incident_id is None or not report_ids:
        raise ConfigError(f"{named_id} has no reports that count now", unchanged="nothing was written")
    return Subject(named_id, incident_id, report_ids)


def marks_of(report_ids: tuple[str, ...]) -> frozenset[str]:
    """All ids by which a decision may mean one of these reports or the incident that it opened."""
    return frozenset().union(*(marks(report_id, None) for report_id in report_ids))
