"""One incident while a run resolves: its reports, which of them are independent, and those that are compared.

Specification. Reports of one origin (copies) are one independent report, its first. A comparison asks at most
`MAX_COMPARED` of them, the newest first and each outlet once before any twice, so that its cost does not grow with the
incident. Each weighs by its outlet: the reports of one outlet weigh together as much as the single report of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from resolution.match_record import MatchRecord

MAX_COMPARED = 8  # bounds a report's cost; with all of them gva, ecb and g5 change by less than 0.003
MAX_SCANNED = 40  # newest independent reports among which those of other outlets are looked for


@dataclass
class Representatives:
    """The reports that stand for an incident, oldest first, and the weight of each by its outlet."""

    reports: list[MatchRecord]
    weights: list[float]
    lengths: tuple[float, float] | None = None  # of the sums of their word vectors, once they were asked for


@dataclass
class Incident:
    """The reports of an incident by id, and the independent ones in order of arrival."""

    incident_id: str
    members: dict[str, MatchRecord] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)  # by report id
    independent: list[MatchRecord] = field(default_factory=list)
    articles: Counter[tuple[str, int]] = field(default_factory=Counter)  # article ids with their revisions
    _heard: set[str] = field(default_factory=set)  # origins that have an independent report
    _by_left_out: dict[str, Representatives] = field(
        default_factory=dict
    )  # by the report left out, until one comes or goes

    def add(self, record: MatchRecord, origin_id: str) -> None:
        """Add a report; it is independent when its origin is new to the incident."""
        self.members[record.report_id] = record
        self.origins[record.report_id] = origin_id
        self.articles[record.article_id, record.revision] += 1
        if origin_id not in self._heard:
            self._heard.add(origin_id)
            self.independent.append(record)
            self._by_left_out.clear()

    def remove(self, report_id: str) -> None:
        """Take a report out; a copy of it becomes the independent one of their origin."""
        record = self.members.pop(report_id)
        origin_id = self.origins.pop(report_id)
        self.articles -= Counter([(record.article_id, record.revision)])
        if all(one is not record for one in self.independent):
            return
        self.independent = [one for one in self.independent if one is not record]
        copy = next((self.members[r] for r, origin in self.origins.items() if origin == origin_id), None)
        if copy is not None:
            self.independent.append(copy)
        else:
            self._heard.discard(origin_id)
        self._by_left_out.clear()

    def absorb(self, other: Incident) -> None:
        """Take over the reports of an incident that was merged into this one."""
        for report_id, record in other.members.items():
            self.add(record, other.origins[report_id])

    def representatives(self, without: str = "") -> Representatives:
        """The reports that stand for the incident, without one of them."""
        left_out = without if without in self.members else ""
        known = self._by_left_out.get(left_out)
        if known is None:
            asked = self.independent[-MAX_SCANNED:]
            known = self._by_left_out[left_out] = _representatives([r for r in asked if r.report_id != left_out])
        return known


def _representatives(reports: list[MatchRecord]) -> Representatives:
    recent = reports[-MAX_SCANNED:]
    chosen = list(recent)
    if len(recent) > MAX_COMPARED:
        seen: Counter[str] = Counter()
        ranked = []
        for position, report in enumerate(reversed(recent)):
            ranked.append((seen[report.outlet_key], position, report))
            seen[report.outlet_key] += 1
        kept = {r.report_id for _, _, r in sorted(ranked, key=lambda r: r[:2])[:MAX_COMPARED]}
        chosen = [r for r in recent if r.report_id in kept]
    return Representatives(chosen, outlet_weights(r.outlet_key for r in chosen))


def outlet_weights(outlets: Iterable[str]) -> list[float]:
    """Weights of reports by which each outlet counts once.

    >>> outlet_weights(["a", "b", "a"])
    [0.5, 1.0, 0.5]
    """
    listed = list(outlets)
    counted = Counter(listed)
    return [1.0 / counted[outlet] for outlet in listed]
