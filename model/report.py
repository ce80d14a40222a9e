"""What the coder makes of an article: reports, each with when, where, who and claims, and the text that each rests on.

All character offsets count from the start of `Article.text`; the title is not part of the text, and a span taken from
the title has offsets -1, -1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """Whether the article is about this incident or recalls it."""

    MAIN = "main"
    BACKGROUND = "background"


class DatePrecision(StrEnum):
    """How exactly the day of an incident is known; `days` is an interval of two to six days."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PlacePrecision(StrEnum):
    """How exactly a place is known. The coordinates of a `country` must never be drawn as a point."""

    SITE = "site"
    TOWN = "town"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


class ActorRole(StrEnum):
    """Who did it, to whom, or merely took part."""

    INITIATOR = "initiator"
    TARGET = "target"
    PARTICIPANT = "participant"


class Measure(StrEnum):
    """What a claim counts. `killed_or_injured` is a joint figure ("100 dead or injured") and never counts as killed."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    FORCE_SIZE = "force_size"


class Bound(StrEnum):
    """How firmly a figure is bounded; `low` and `high` of the claim hold the numbers."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"


class SpeakerSide(StrEnum):
    """Where the speaker of a claim stands: `party` speaks of its own side, `opponent` of the other side."""

    PARTY = "party"
    OPPONENT = "opponent"
    OFFICIAL = "official"
    MONITOR = "monitor"
    WITNESS = "witness"
    OUTLET = "outlet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Alternative:
    """An alternative that was weighed and not taken, with the reason in words."""

    text: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rationale:
    """How a value was chosen: the words it rests on, the rule, and what lost; for people, and kept by no table."""

    text: str = ""
    rule: str = ""
    losers: tuple[Alternative, ...] = ()


NO_RATIONALE = Rationale()


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When: the days `start..end`, both inclusive, the words it rests on and the rule that read them."""

    start: date
    end: date
    precision: DatePrecision
    text: str
    rule: str
    start_char: int = -1
    end_char: int = -1
    losers: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a resolved place. `lat`/`lon` in degrees (WGS 84); `text` is the article's own spelling."""

    name: str
    place_id: int | None
    admin1: str | None
    country_code: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    text: str
    rule: str
    start_char: int = -1
    end_char: int = -1
    losers: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Who: `actor_id` is null for a name that the actor table does not know."""

    actor_id: str | None
    name: str
    role: ActorRole
    quote: str
    start_char: int = -1
    end_char: int = -1
    why: Rationale = field(default=NO_RATIONALE, compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure with its speaker.

    `low`/`high` bound the people counted, both inclusive; null is open ("at least 20" is 20..null). `victims` are the
    words for those counted ("three police officers"), `victims_side` the actor they belong to, or `civilians`,
    `suspects`, null. `quote` is the exact sentence, `text[start_char:end_char]`. `is_increment` marks "two more",
    which must not be read as the whole toll. `is_part` marks a subset ("including four children").
    """

    claim_id: str
    measure: Measure
    low: int | None
    high: int | None
    bound: Bound
    victims: str | None
    victims_side: str | None
    speaker: str | None
    speaker_side: SpeakerSide
    verb: str | None
    quote: str
    start_char: int
    end_char: int
    is_increment: bool = False
    is_part: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Toll:
    """Low, best and high number of people by the documented policy; null where nothing is claimed or it is open."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    why: Rationale = field(default=NO_RATIONALE, compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """One article revision's account of one incident."""

    report_id: str
    article_id: str
    revision: int
    role: Role
    event_type: str
    event_subtype: str | None
    date: DateSpan | None
    place: Place | None
    actors: tuple[ActorMention, ...]
    claims: tuple[Claim, ...]
    killed: Toll
    injured: Toll
    confidence_0_1: float
    coder_version: str
    trigger_text: str = ""
    start_char: int = 0
    end_char: int = 0
    is_follow_up: bool = False
    is_denial: bool = False
    type_why: Rationale = field(default=NO_RATIONALE, compare=False)


@dataclass(frozen=True, slots=True)
class Coding:
    """All that the coder says of one article: its reports (the `main` ones first), or why there are none.

    `rejected` are the events that gave no report, `set_aside` the figures that are of none of the reports.
    """

    article_id: str
    reports: tuple[Report, ...]
    rejected: tuple[Alternative, ...] = ()
    set_aside: tuple[Alternative, ...] = ()
