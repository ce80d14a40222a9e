"""People's decisions, which outrank the resolver for ever.

Specification. A decision names two reports or incidents. An incident is known by its id now, or by the id that its
opening report gave it, so that a decision survives a merge and a reprocessing that changes ids. `different` forbids
the two in one incident, also through a third; `same` puts them together against any veto. Of two decisions on one
pair the later one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from model.ids import incident_id as id_opened_by
from model.incident import Decision
from resolution.incident import Incident


def marks(report_id: str, incident_id: str | None) -> frozenset[str]:
    """The ids by which a decision may mean this report: its own, its incident's, and that of the incident it opened."""
    found = {report_id, id_opened_by(report_id)}
    if incident_id is not None:
        found.add(incident_id)
    return frozenset(found)


def incident_marks(incident: Incident) -> frozenset[str]:
    """The ids by which a decision may mean this incident or any report in it."""
    found = {incident.incident_id}
    for report_id in incident.members:
        found |= marks(report_id, None)
    return frozenset(found)


class Verdicts:
    """Decisions by id, for quick asking."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        latest: dict[frozenset[str], Decision] = {}
        for decision in sorted(decisions, key=lambda d: (d.at, d.decision_id)):
            latest[frozenset((decision.left_id, decision.right_id))] = decision
        self._latest = tuple(latest.values())
        self._by_id: dict[str, list[Decision]] = {}  # a split leaves many; each is asked for by the ids at hand
        for decision in self._latest:
            for named in sorted({decision.left_id, decision.right_id}):
                self._by_id.setdefault(named, []).append(decision)

    def between(self, left: frozenset[str], right: frozenset[str]) -> Decision | None:
        """The decision on two sides given by their marks; `different` is found before `same`."""
        small, large = sorted((left, right), key=len)
        found = [
            d
            for named in small
            for d in self._by_id.get(named, ())
            if (d.right_id if d.left_id == named else d.left_id) in large
        ]
        return min(found, key=lambda d: (d.is_same, d.decision_id), default=None)

    def concern(self, side: frozenset[str]) -> bool:
        """Whether any decision names one of these marks; asked first, since few reports are ever decided about."""
        return not side.isdisjoint(self._by_id)

    def meant(self, homes: Mapping[str, str]) -> dict[str, str]:
        """For each id by which a decision may mean an incident, the incident; `homes` are those of reports."""
        by_mark = {mark: home for report_id, home in homes.items() for mark in sorted(marks(report_id, None))}
        return by_mark | {home: home for home in homes.values()}

    def __bool__(self) -> bool:
        """Whether there is any decision at all."""
        return bool(self._latest)

    def __iter__(self) -> Iterator[Decision]:
        """The latest decision on each pair, oldest first."""
        return iter(self._latest)
