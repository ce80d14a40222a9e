"""Index of the incidents a run knows, by blocking key; stored ones are decoded when first looked at.

Specification. A key leads to at most `MAX_POSTINGS` incidents, those filed last: a crowd of like reports (a templated
story from thirty towns, a day of bombardment) then costs each of its reports the same, however large it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from heapq import nsmallest
from math import inf, sqrt

from model.incident import StoredMatch
from resolution.blocking import key_weight
from resolution.incident import Incident
from resolution.match_record import MatchRecord
from resolution.stored_match import decode

# Scored per report. Of the 1,255 right incidents that blocking found on GVA dev 1,239 were among the first 24; with 16
# the clusters of the other four corpora are the same, those of GVA to within 0.001 (docs/explanation/resolution.md)
MAX_CANDIDATES = 16
MAX_POSTINGS = 96  # incidents of one key: six times the candidates; a day and half a degree of Gaza had at most 40


class IncidentIndex:
    """Incidents known to this run: those of the given memories, and those that the run itself opened."""

    def __init__(self, memories: Iterable[StoredMatch]) -> None:
        self.origin_of: dict[str, str] = {}  # by article
        self._stored: defaultdict[str, list[StoredMatch]] = defaultdict(list)
        self._incidents: dict[str, Incident] = {}
        self._by_key: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._redirects: dict[str, str] = {}
        self._empty: set[str] = set()  # incidents that no report is left in
        self._first_published: dict[str, float] = {}
        self._home: dict[str, str] = {}  # incident by report
        self._by_article: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._keys: dict[str, tuple[str, ...]] = {}  # of stored reports, as far as the run asked for them
        for memory in sorted(memories, key=_age):
            self._stored[memory.incident_id].append(memory)
            self._keys[memory.report_id] = memory.keys
            self._file(memory.report_id, memory.article_id, memory.incident_id, memory.keys)
            self.origin_of.setdefault(memory.article_id, memory.origin_id)
            self._date(memory.incident_id, memory.published_at)
        self._known = frozenset(self._stored)

    def _file(self, report_id: str, article_id: str, incident_id: str, keys: Iterable[str]) -> None:
        for key in keys:
            postings = self._by_key[key]
            postings[incident_id] = None
            if len(postings) > MAX_POSTINGS:
                del postings[next(iter(postings))]
        self._home[report_id] = incident_id
        self._by_article[article_id][incident_id] = None

    def _date(self, incident_id: str, published_at: datetime | None) -> None:
        at = published_at.timestamp() if published_at else inf
        self._first_published[incident_id] = min(at, self._first_published.get(incident_id, inf))

    def age(self, incident_id: str) -> tuple[bool, float, str]:
        """Order of incidents, the oldest first.

        One that an earlier run detected is older than one of this run; then the one that was published first, to the
        second; of two published in one moment the lesser id, so that any order of arrival gives the same.
        """
        return (incident_id not in self._known, self._first_published.get(incident_id, inf), incident_id)

    def is_known(self, incident_id: str) -> bool:
        """Whether an earlier run detected the incident."""
        return incident_id in self._known

    def current(self, incident_id: str) -> str:
        """Follow the redirects of this run's merges."""
        while incident_id in self._redirects:
            incident_id = self._redirects[incident_id]
        return incident_id

    def home(self, report_id: str) -> str | None:
        """The incident of a report, merges followed; null for one that was put to none."""
        placed = self._home.get(report_id)
        return None if placed is None else self.current(placed)

    def is_home(self, incident_id: str) -> bool:
        """Whether the run knows an incident of this id with a report in it."""
        return incident_id in self._known or bool(self._incidents.get(incident_id, Incident("")).members)

    def homes(self) -> dict[str, str]:
        """The incident of each report known to the run, merges followed."""
        return {report_id: self.current(incident_id) for report_id, incident_id in self._home.items()}

    def keys_of(self, report_id: str) -> tuple[str, ...]:
        """The keys by which this run found a stored report."""
        return self._keys.get(report_id, ())

    def of_article(self, article_id: str) -> set[str]:
        """The incidents of an article's earlier reports, merges followed."""
        return {self.current(i) for i in self._by_article.get(article_id, ())}

    def incident(self, incident_id: str) -> Incident:
        """An incident; its stored records are decoded on first asking."""
        incident_id = self.current(incident_id)
        known = self._incidents.get(incident_id)
        if known is None:
            known = self._incidents[incident_id] = Incident(incident_id)
            for memory in self._stored.pop(incident_id, ()):
                known.add(decode(memory.payload), memory.origin_id)
        return known

    def add(
        self,
        record: MatchRecord,
        incident_id: str,
        origin_id: str,
        keys: Iterable[str],
        published_at: datetime | None = None,
    ) -> None:
        """Put a report to an incident, known or new."""
        incident_id = self.current(incident_id)
        self._date(incident_id, published_at)
        self.incident(incident_id).add(record, origin_id)
        self._empty.discard(incident_id)
        self.origin_of.setdefault(record.article_id, origin_id)
        self._file(record.report_id, record.article_id, incident_id, keys)

    def remove(self, record: MatchRecord) -> None:
        """Take a report out of its incident."""
        placed = self._home.pop(record.report_id)
        incident = self.incident(placed)
        incident.remove(record.report_id)
        if not incident.members:
            self._empty.add(incident.incident_id)
        if all(member.article_id != record.article_id for member in incident.members.values()):
            self._by_article[record.article_id].pop(placed, None)

    def merge(self, kept_id: str, gone_id: str) -> None:
        """Let one incident take over another."""
        kept, gone = self.incident(kept_id), self.incident(gone_id)
        kept.absorb(gone)
        self._redirects[gone.incident_id] = kept.incident_id
        first = min(self._first_published.get(i, inf) for i in (kept.incident_id, gone.incident_id))
        self._first_published[kept.incident_id] = first

    def candidates(self, keys: Iterable[str]) -> list[str]:
        """Incidents that share a key, the most promising first, at most `MAX_CANDIDATES`.

        A key promises less the more incidents it leads to.
        """
        promise: defaultdict[str, float] = defaultdict(float)
        for key in filter(self._by_key.__contains__, keys):
            postings = self._by_key[key]
            weight = key_weight(key) / sqrt(len(postings))
            for incident_id in postings:
                promise[incident_id] += weight
        for gone in self._redirects.keys() & promise.keys():
            promise[self.current(gone)] += promise.pop(gone)
        ranked = nsmallest(MAX_CANDIDATES, ((-sure, i) for i, sure in promise.items() if i not in self._empty))
        return [incident_id for _, incident_id in ranked]


def _age(memory: StoredMatch) -> tuple[bool, float, str]:
    published = memory.published_at
    return (published is None, published.timestamp() if published else 0.0, memory.report_id)
