"""What people point at when they decide: incidents, reports and runs by id, and the decisions themselves.

Asked alike of the private file and of the published one; `Writer` and `Reader` both have these questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from model.incident import Decision, Known, Lookup
from warehouse import run_reads
from warehouse.query import rows


@dataclass(frozen=True, slots=True)
class Home:
    """A current report: whose article tells it and to which incident it belongs (null until it is resolved)."""

    report_id: str
    article_id: str
    incident_id: str | None
    origin_id: str
    published_at: datetime | None
    outlet: str
    title: str


@dataclass(frozen=True, slots=True)
class Coded:
    """An article as it is stored: the hash of its newest coding (null: never coded), and whether its text is there."""

    article_id: str
    coding_sha256: str | None
    has_text: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision did when it was applied: it merged `incident_id` into `kept_id`, or split it off."""

    is_merge: bool
    incident_id: str
    kept_id: str


class Subjects:
    """Questions that the one writer and every reader may ask."""

    _con: duckdb.DuckDBPyConnection

    def ids_beginning(self, prefix: str) -> tuple[str, ...]:
        """Return up to ten ids of incidents (merged ones included) and current reports that begin so."""
        return tuple(row[0] for row in rows(self._con, "find_subject", prefix=prefix))

    def homes(self, report_ids: Iterable[str] = (), incident_ids: Iterable[str] = ()) -> tuple[Home, ...]:
        """Return these reports and all reports of these incidents, oldest first; unknown ids are left out."""
        wanted = {"report_ids": sorted(set(report_ids)), "incident_ids": sorted(set(incident_ids))}
        return tuple(Home(*row) for row in rows(self._con, "select_home", **wanted))

    def led_through(self, incident_id: str) -> tuple[str, ...]:
        """Return the reports that came to their incident by way of `incident_id`, which may have been merged since."""
        return tuple(row[0] for row in rows(self._con, "select_led_through", incident_id=incident_id))

    def effects_of(self, group_id: str) -> tuple[Effect, ...]:
        """Return what a decision merged and split; of a split's decisions by the beginning that their ids share."""
        found = rows(self._con, "select_decision_effect", group_id=group_id)
        return tuple(Effect(kind == "merged", incident_id, kept_id) for kind, incident_id, kept_id in found)

    def redirects(self, incident_ids: Iterable[str]) -> dict[str, str]:
        """Return where each incident id leads in the end."""
        return run_reads.resolve_redirects(self._con, incident_ids)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that hold, oldest first."""
        return run_reads.active_decisions(self._con)

    def standing_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that hold, each report that a revision replaced named by the one in its place."""
        return run_reads.standing_decisions(self._con)

    def known(self, lookup: Lookup) -> Known:
        """Return the resolver's past as far as `lookup` reaches."""
        return run_reads.known(self._con, lookup)

    def opened_after(self, change_id: int) -> tuple[str, ...]:
        """Return the incidents first told of as opened above `change_id`, in that order."""
        return tuple(row[0] for row in rows(self._con, "read_opened_after", change_id=change_id))

    def run_ids_beginning(self, prefix: str) -> tuple[str, ...]:
        """Return up to ten ids of complete runs that begin so."""
        return tuple(row[0] for row in rows(self._con, "read_run_ids", prefix=prefix))

    def decided_by(self, run_id: str) -> tuple[str, ...]:
        """Return the details (JSON) of the `decided` changes of a run."""
        return tuple(row[0] for row in rows(self._con, "select_decided_change", run_id=run_id))

    def coded_articles(self) -> tuple[Coded, ...]:
        """Return every article, oldest publication first."""
        return tuple(Coded(*row) for row in rows(self._con, "select_article_order"))

    def live_incidents(self) -> tuple[str, ...]:
        """Return the incidents that were not merged away, the older ones first."""
        return tuple(row[0] for row in rows(self._con, "select_live_incident"))
