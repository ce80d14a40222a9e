"""State of one run of the resolver, which its stages share, and what they know of a report's candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from model.incident import Assignment, Explanation, Known, Merge, OriginAssignment, Split, StoredMatch, UnsurePair
from resolution.decisions import Verdicts, incident_marks, marks
from resolution.features import Features
from resolution.idf import Idf
from resolution.incident import Incident
from resolution.index import IncidentIndex
from resolution.match_record import MatchRecord
from resolution.scorer import NO_ODDS, IncidentComparison, Scorer, incident_features
from resolution.weights import Weights, load_weights, log_odds_of, probability


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report against one incident: log-odds, the features of the incident, what forbids it, and a person's word."""

    comparison: IncidentComparison
    odds: float
    features: Features
    decided: bool | None = None

    @property
    def incident_id(self) -> str:
        """Id of the incident."""
        return self.comparison.incident.incident_id

    @property
    def rank(self) -> tuple[bool, float, str]:
        """Order of candidates, the best last: a person's `same` first, then the odds; the id breaks ties."""
        return (self.decided is True, self.odds, self.incident_id)

    @property
    def is_open(self) -> bool:
        """Whether nothing forbids the candidate."""
        return self.decided is not False and (self.decided is True or not self.comparison.vetoes)

    @property
    def chance(self) -> float:
        """Probability of the log-odds."""
        return probability(self.odds)


@dataclass
class Run:
    """What the stages of a run share: the index, the scorer, people's decisions, and what was decided so far."""

    known: Known
    weights: Weights = field(default_factory=load_weights)
    assignments: dict[str, Assignment] = field(default_factory=dict)  # by report id, in order of placing
    records: dict[str, MatchRecord] = field(default_factory=dict)  # of this run, by report id
    memories: dict[str, StoredMatch] = field(default_factory=dict)
    origins: dict[str, OriginAssignment] = field(default_factory=dict)
    doubtful: dict[str, tuple[MatchRecord, Sequence[str]]] = field(default_factory=dict)  # with their lookup keys
    merges: list[Merge] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    unsure: list[UnsurePair] = field(default_factory=list)
    moved: dict[str, Explanation] = field(default_factory=dict)  # of reports that a later stage moved

    def __post_init__(self) -> None:
        """Index what is known."""
        self.idf = Idf(self.known.document_frequency, self.known.n_documents)
        self.index = IncidentIndex(self.known.memories)
        self.verdicts = Verdicts(self.known.decisions)
        self.scorer = Scorer(self.idf, self.weights)
        self.accept_odds = log_odds_of(self.weights.accept)
        self.merge_odds = log_odds_of(self.weights.merge)

    def count(self, record: MatchRecord) -> MatchRecord:
        """Count the terms of a report once it was weighed by those before it; a background span is no document."""
        if record.is_main:
            self.idf.add(record.terms)
        return record

    def candidates(self, record: MatchRecord, keys: Sequence[str]) -> list[Candidate]:
        """Score a report against every candidate that shares a key, the best first."""
        return self.scored(record, [self.index.incident(i) for i in self.index.candidates(keys)])

    def scored(self, record: MatchRecord, incidents: Sequence[Incident]) -> list[Candidate]:
        """Score a report against incidents, each with the others as its rivals, the best first."""
        found = self.scorer.compare(record, incidents)
        others = [one for one in found if one.vetoes]
        made = []
        for one in found:
            features: Features = {} if one.vetoes else incident_features(one, others)
            odds = NO_ODDS if one.vetoes else self.scorer.incident_odds(features)
            made.append(Candidate(one, odds, features, self.decided(record, one.incident)))
        return sorted(made, key=lambda c: c.rank, reverse=True)

    def fits(self, candidate: Candidate) -> bool:
        """Whether a report is put to a candidate that nothing forbids."""
        return candidate.odds >= self.accept_odds

    def decided(self, record: MatchRecord, incident: Incident) -> bool | None:
        """A person's word on a report and an incident; null where there is none."""
        if not self.verdicts:
            return None
        mine = marks(record.report_id, None)
        word = self.verdicts.between(mine, incident_marks(incident)) if self.verdicts.concern(mine) else None
        return None if word is None else word.is_same

    def word_between(self, left: Incident, right: Incident) -> bool | None:
        """A person's word on two incidents or any reports in them; `different` is found before `same`."""
        if not self.verdicts:
            return None
        word = self.verdicts.between(incident_marks(left), incident_marks(right))
        return None if word is None else word.is_same

    def carry(self, record: MatchRecord, incident_id: str, memory: StoredMatch) -> None:
        """Take a report from its incident to another, known or new."""
        self.index.remove(record)
        self.index.add(record, incident_id, memory.origin_id, memory.keys, memory.published_at)
