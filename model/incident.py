"""Incidents, how reports come to them, and the log of what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from model.article import Article
from model.report import DatePrecision, PlacePrecision, Report, Toll


class IncidentStatus(StrEnum):
    """Where an incident stands; the policy is in `resolution/consolidate`."""

    NEW = "new"
    DEVELOPING = "developing"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"
    MERGED = "merged"


class ChangeKind(StrEnum):
    """Kinds of the rows of the append-only change log."""

    OPENED = "opened"
    ATTACHED = "attached"
    REVISED = "revised"
    MERGED = "merged"
    SPLIT = "split"
    RETRACTED = "retracted"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class FeatureScore:
    """One feature of a comparison: its value, what it adds to the score, and the same in words."""

    name: str
    value: float
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Veto:
    """A fact that forbids a merge whatever the score."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a report was or was not put to an incident: probability, features, vetoes, and the rule that decided."""

    probability_0_1: float
    rule: str
    features: tuple[FeatureScore, ...] = ()
    vetoes: tuple[Veto, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """A report with the article that tells it: the unit that the resolver works on."""

    article: Article
    report: Report


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """What the resolver keeps of a report, to compare later reports with, without reading the article again.

    `keys` are the blocking keys under which it is found. `payload` is JSON of the resolver's own; the warehouse stores
    and returns it unread. `published_at` may be null.
    """

    report_id: str
    article_id: str
    incident_id: str
    origin_id: str
    keys: tuple[str, ...]
    payload: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the resolver must know of the past before it can place new reports."""

    keys: frozenset[str]
    terms: frozenset[str]
    article_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two reports or incidents; outranks the resolver until it is withdrawn."""

    decision_id: str
    left_id: str
    right_id: str
    is_same: bool
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The past, as far as a `Lookup` reaches.

    `memories` hold every kept report of each incident that any key touches (at most the newest 64 of an incident);
    their keys may be those of the lookup only.
    `document_frequency` counts reports by term; `n_documents` is the number of reports counted.
    """

    memories: tuple[StoredMatch, ...] = ()
    document_frequency: Mapping[str, int] = field(default_factory=dict)
    n_documents: int = 0
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A report's place: the incident it opened (`is_new`) or was attached to, and why."""

    report_id: str
    incident_id: str
    is_new: bool
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Merge:
    """Two incidents found to be one: the older id is kept, the other redirects to it for ever."""

    kept_id: str
    gone_id: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Split:
    """An incident found to be two: these reports, of earlier runs too, leave `kept_id` and open `opened_id`."""

    kept_id: str
    opened_id: str
    report_ids: tuple[str, ...]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class OriginAssignment:
    """The origin of an article: the piece of writing that it copies, or itself."""

    article_id: str
    origin_id: str
    basis: str


@dataclass(frozen=True, slots=True)
class UnsurePair:
    """A report and an incident that may be one; listed for a person and not merged."""

    report_id: str
    incident_id: str
    other_incident_id: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the resolver says of a batch of reports; the warehouse applies it."""

    assignments: tuple[Assignment, ...]
    merges: tuple[Merge, ...]
    origins: tuple[OriginAssignment, ...]
    unsure: tuple[UnsurePair, ...]
    memories: tuple[StoredMatch, ...]
    term_counts: Mapping[str, int]
    n_documents: int
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentVersion:
    """The public facts of an incident from one moment on; the newest version is the incident.

    `detected_at` is the moment at which the id was first accepted; it never changes. `merged_into` is null except for
    the status `merged`. `actors` are the names of the actors in order of importance.
    """

    incident_id: str
    at: datetime
    event_type: str
    event_subtype: str | None
    date_start: date | None
    date_end: date | None
    date_precision: DatePrecision | None
    place_name: str | None
    place_id: int | None
    admin1: str | None
    country_code: str | None
    lat: float | None
    lon: float | None
    place_precision: PlacePrecision | None
    actors: tuple[str, ...]
    killed: Toll
    injured: Toll
    n_articles: int
    n_outlets: int
    n_origins: int
    status: IncidentStatus
    headline: str
    first_published_at: datetime | None
    detected_at: datetime
    confidence_0_1: float
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change log; `detail` is JSON of what was, what is, and why. The warehouse numbers the rows."""

    incident_id: str
    kind: ChangeKind
    at: datetime
    detail: str
