"""What a run knows while it resolves: incidents by blocking key, loaded from memories when first looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from heapq import nsmallest
from math import inf, sqrt

from model.incident import Memory
from resolution.blocking import key_weight
from resolution.likeness import Likeness
from resolution.phrases import Phrasebook
from resolution.profile import Profile
from resolution.sketch import Sketch, decode

# Scored per report. Of the 1,255 right incidents that blocking found on GVA dev 1,239 were among the first 24; with 16
# the clusters of the other four corpora are the same, those of GVA to within 0.001 (docs/explanation/resolution.md)
MAX_CANDIDATES = 16


class State:
    """Incidents known to this run: those of the given memories, and those that the run itself opened."""

    def __init__(self, memories: Iterable[Memory]) -> None:
        self.likeness = Likeness()
        self._waiting: defaultdict[str, list[Memory]] = defaultdict(list)
        self._profiles: dict[str, Profile] = {}
        self._by_key: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._redirects: dict[str, str] = {}
        self._without: set[str] = set()  # incidents that no report is in, for the moment or since their last one moved
        self._rests: dict[str, tuple[int, Profile]] = {}  # by report, and by the stamp of the whole that it was of
        self._first_told: dict[str, float] = {}
        self.origin_of: dict[str, str] = {}
        self.phrases = Phrasebook()
        self.incident_by_report: dict[str, str] = {}
        self.incidents_by_article: defaultdict[str, list[str]] = defaultdict(list)
        for memory in sorted(memories, key=_age):
            self._waiting[memory.incident_id].append(memory)
            self._file(memory.report_id, memory.article_id, memory.incident_id, memory.keys)
            self.origin_of.setdefault(memory.article_id, memory.origin_id)
            self._date(memory.incident_id, memory.published_at)
        self._known = frozenset(self._waiting)

    def _date(self, incident_id: str, published_at: datetime | None) -> None:
        at = published_at.timestamp() if published_at else inf
        self._first_told[incident_id] = min(at, self._first_told.get(incident_id, inf))

    def age(self, incident_id: str) -> tuple[bool, float, str]:
        """Order of incidents, the oldest first.

        One that an earlier run detected is older than one of this run; then the one that was published first, to the
        second; of two published in one moment the lesser id, so that any order of arrival gives the same.
        """
        return (incident_id not in self._known, self._first_told.get(incident_id, inf), incident_id)

    def is_known(self, incident_id: str) -> bool:
        """Whether an earlier run detected the incident."""
        return incident_id in self._known

    def has_reports(self, incident_id: str) -> bool:
        """Whether any report is left in the incident."""
        return incident_id not in self._without

    def home(self, report_id: str) -> str | None:
        """The incident of a report, merges followed; null for one that was put to none."""
        placed = self.incident_by_report.get(report_id)
        return None if placed is None else self.current(placed)

    def has_voice(self, sketch: Sketch) -> bool:
        """Whether a report speaks for its incident: no copy, no later revision, not left out."""
        home = self.home(sketch.report_id)
        return home is not None and any(voice is sketch for voice in self.profile(home).voices)

    @contextmanager
    def without(self, sketch: Sketch) -> Iterator[Profile]:
        """The pooled facts of a report's incident as they were without it, in force inside the block."""
        incident_id = self.current(self.incident_by_report[sketch.report_id])
        whole = self.profile(incident_id)
        stamp, rest = self._rests.get(sketch.report_id, (None, whole))
        if stamp != whole.stamp:
            rest = whole.without(sketch.report_id)
            self._rests[sketch.report_id] = (whole.stamp, rest)
        self._profiles[incident_id] = rest
        if not rest.members:
            self._without.add(incident_id)
        try:
            yield rest
        finally:
            self._profiles[incident_id] = whole
            self._without.discard(incident_id)

    def leave(self, sketch: Sketch) -> None:
        """Take a report out of its incident."""
        placed = self.incident_by_report.pop(sketch.report_id)
        self.incidents_by_article[sketch.article_id].remove(placed)
        incident_id = self.current(placed)
        rest = self._profiles[incident_id] = self.profile(incident_id).without(sketch.report_id)
        if not rest.members:
            self._without.add(incident_id)

    def _file(self, report_id: str, article_id: str, incident_id: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._by_key[key][incident_id] = None
        self.incident_by_report[report_id] = incident_id
        self.incidents_by_article[article_id].append(incident_id)

    def current(self, incident_id: str) -> str:
        """Follow the redirects of this run's merges."""
        while incident_id in self._redirects:
            incident_id = self._redirects[incident_id]
        return incident_id

    def profile(self, incident_id: str) -> Profile:
        """The pooled facts of an incident; its memories are read on first asking."""
        incident_id = self.current(incident_id)
        known = self._profiles.get(incident_id)
        if known is None:
            known = self._profiles[incident_id] = Profile(incident_id, self.likeness)
            for memory in self._waiting.pop(incident_id, ()):
                known.add(decode(memory.payload), memory.origin_id)
            for voice in known.voices:
                self.phrases.hear(voice)
        return known

    def adopt(self, profile: Profile) -> None:
        """Take in pooled facts that were put together elsewhere."""
        self._profiles[profile.incident_id] = profile
        for voice in profile.voices:
            self.phrases.hear(voice)

    def add(
        self,
        sketch: Sketch,
        incident_id: str,
        origin_id: str,
        keys: Iterable[str],
        published_at: datetime | None = None,
    ) -> None:
        """Put a report of this run to an incident."""
        self._date(self.current(incident_id), published_at)
        self.profile(incident_id).add(sketch, origin_id)
        self.origin_of.setdefault(sketch.article_id, origin_id)
        self._file(sketch.report_id, sketch.article_id, self.current(incident_id), keys)

    def merge(self, kept_id: str, gone_id: str) -> None:
        """Let one incident take over another."""
        kept, gone = self.profile(kept_id), self.profile(gone_id)
        kept.absorb(gone)
        self._redirects[gone.incident_id] = kept.incident_id
        first = min(self._first_told.get(i, inf) for i in (kept.incident_id, gone.incident_id))
        self._first_told[kept.incident_id] = first

    def candidates(self, keys: Iterable[str]) -> list[str]:
        """Incidents that share a key, the most promising first, at most `MAX_CANDIDATES`.

        A key promises less the more incidents it leads to.
        """
        promise: defaultdict[str, float] = defaultdict(float)
        for key in filter(self._by_key.__contains__, keys):
            filed = self._by_key[key]
            weight = key_weight(key) / sqrt(len(filed))
            has_moved = not self._redirects.keys().isdisjoint(filed)
            for incident_id in {self.current(i): None for i in filed} if has_moved else filed:
                promise[incident_id] += weight
        for incident_id in self._without:
            promise.pop(incident_id, None)
        ranked = nsmallest(MAX_CANDIDATES, ((-sure, incident_id) for incident_id, sure in promise.items()))
        return [incident_id for _, incident_id in ranked]


def _age(memory: Memory) -> tuple[bool, float, str]:
    published = memory.published_at
    return (published is None, published.timestamp() if published else 0.0, memory.report_id)
