"""pub.trend and pub.trend_asof against the same rules written down once more, step by step, in plain Python."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_record import Record, tell, world

START = datetime(2018, 1, 1, tzinfo=UTC)  # a Monday, first of month, quarter and year
N_DAYS = 75
DAY = timedelta(days=1)
N_EXAMPLES = int(os.environ.get("DECONFLICT_FUZZ_EXAMPLES", "20"))
FITS = {"day": ("day", "days"), "week": ("day", "days", "week"), "month": ("day", "days", "week", "month")}


@dataclass(frozen=True)
class Seen:
    """An article: outlet, the day of its run, days from then back to its publication (null: not stated), incident."""

    outlet: str
    on: int
    published_before: int | None
    incident: int


@dataclass(frozen=True)
class Version:
    """Facts of an incident from the day `on` on; it happened `ago` days before its first version."""

    incident: int
    on: int
    ago: int
    precision: str
    status: str
    killed: int | None
    country: str


@dataclass(frozen=True)
class History:
    articles: tuple[Seen, ...]
    versions: tuple[Version, ...]
    watched: frozenset[int]  # days on which a run had an answer of a feed
    merged: tuple[tuple[int, int, int], ...]  # on which day which incident went into which


@dataclass(frozen=True)
class Question:
    by: str
    clock: str
    panel: str
    country: str | None
    asof: int | None  # a day; null: everything
    since: int | None
    until: int | None


days = st.integers(0, N_DAYS - 1)
histories = st.builds(
    History,
    st.lists(
        st.builds(Seen, st.sampled_from("ABC"), days, st.none() | st.integers(0, 3), st.integers(0, 5)), max_size=25
    ).map(tuple),
    st.lists(
        st.builds(
            Version, st.integers(0, 5), days, st.integers(0, 70),
            st.sampled_from(("day", "day", "days", "week", "month", "year")),
            st.sampled_from(("new", "developing", "retracted")), st.none() | st.integers(0, 9),
            st.sampled_from(("SY", "UA")),
        ),
        max_size=14,
    ).map(tuple),
    st.frozensets(days, max_size=20),
    st.lists(st.tuples(days, st.integers(0, 2), st.integers(3, 5)), max_size=2, unique_by=lambda m: m[1]).map(tuple),
)  # fmt: skip
questions = st.builds(
    Question, st.sampled_from(("day", "week", "month")), st.sampled_from(("event", "detected")),
    st.sampled_from(("all", "fixed")), st.sampled_from((None, "SY")),
    st.none() | days, st.none() | days, st.none() | days,
)  # fmt: skip


def moment(day: int) -> datetime:
    return START + day * DAY + timedelta(hours=6)


def published(article: Seen) -> datetime | None:
    return None if article.published_before is None else moment(article.on) - article.published_before * DAY


def versions_in_order(history: History) -> list[tuple[Version, int]]:
    """The versions by day, each with the day on which its incident was first accepted."""
    first: dict[int, int] = {}
    ordered = sorted(history.versions, key=lambda v: v.on)
    return [(v, first.setdefault(v.incident, v.on)) for v in ordered]


def happened(version: Version, detected: int) -> date:
    return (START + (detected - version.ago) * DAY).date()


def write(record: Record, history: History) -> None:
    busy = {a.on for a in history.articles} | {v.on for v in history.versions} | {m[0] for m in history.merged}
    for day in sorted(busy | history.watched):
        record.run(day + 1, moment(day), n_feeds_ok=int(day in history.watched))
    for number, a in enumerate(sorted(history.articles, key=lambda a: a.on), 1):
        tell(
            record, number, f"inc_{a.incident}", run=a.on + 1, outlet=a.outlet, published_at=published(a),
            first_seen_at=moment(a.on),
        )  # fmt: skip
    for number, (v, detected) in enumerate(versions_in_order(history), 1):
        day = happened(v, detected)
        facts = {"date_start": day, "date_end": day, "date_precision": v.precision, "killed_best": v.killed}
        record.put(
            "incident_version",
            {"version_no": number, "incident_id": f"inc_{v.incident}", "run_no": v.on + 1, "status": v.status,
             "country_code": v.country, "detected_at": moment(detected), **facts},
        )  # fmt: skip
    for number, (on, gone, kept) in enumerate(history.merged, 1):
        ids = {"gone_id": f"inc_{gone}", "kept_id": f"inc_{kept}"}
        record.put("incident_merge", {"merge_no": number, "run_no": on + 1, **ids})
    record.fold()


def floor(day: date, by: str) -> date:
    return {"day": day, "week": day - day.weekday() * DAY, "month": day.replace(day=1)}[by]


def following(start: date, by: str) -> date:
    if by == "month":
        return (start + 31 * DAY).replace(day=1)
    return start + DAY * {"day": 1, "week": 7}[by]


def plainly(history: History, q: Question) -> list[tuple[Any, ...]]:
    known = [d for d in runs_of(history) if q.asof is None or d <= q.asof]
    articles = [a for a in history.articles if a.on in known]
    seen = [(a, ((published(a) if q.clock == "event" else None) or moment(a.on)).date()) for a in articles]
    now = moment(max(known)).date() if known else None
    first = moment(q.since).date() if q.since is not None else min((day for _, day in seen), default=None)
    last = moment(q.until).date() if q.until is not None else now
    if first is None or last is None:
        return []
    first = floor(first, q.by)
    quarter = (last - first).days // 4
    panel = {
        outlet for outlet in "ABC"
        if (own := [day for a, day in seen if a.outlet == outlet])
        and min(own) <= first + quarter * DAY and max(own) >= last - quarter * DAY
    }  # fmt: skip
    exposure = Counter(floor(day, q.by) for a, day in seen if q.panel == "all" or a.outlet in panel)
    watched = {day for _, day in seen} | {moment(d).date() for d in known if d in history.watched}
    incidents = counted(history, q, known)
    inside = set(incidents)
    if q.panel == "fixed":
        went = {gone: kept for on, gone, kept in history.merged if on in known}
        inside &= {went.get(a.incident, a.incident) for a in articles if a.outlet in panel}
    by_period: dict[date, list[Version]] = defaultdict(list)
    lags = []
    for one, (version, detected) in incidents.items():
        day, found_on = happened(version, detected), moment(detected).date()
        if version.precision == "day" and 0 <= (found_on - day).days <= 60:
            lags.append((found_on - day).days)
        if one in inside and (q.clock == "detected" or version.precision in FITS[q.by]):
            by_period[floor(day if q.clock == "event" else found_on, q.by)].append(version)
    answer: list[tuple[Any, ...]] = []
    counts: list[int | None] = []
    start = first
    while start <= floor(last, q.by):
        end = following(start, q.by) - DAY
        n_watched = sum(start <= day <= end for day in watched)
        output = by_period.get(start)
        nothing = 0 if n_watched else None
        counts.append(len(output) if output else nothing)
        heard = [c for c in counts[-4:] if c is not None]
        if now is None or end >= now:
            complete = 0.0
        elif q.clock == "detected" or not lags:
            complete = 1.0
        else:
            complete = sum(lag <= (now - end).days for lag in lags) / len(lags)
        n_articles = exposure[start]
        answer.append((
            start, end, counts[-1], sum(v.killed or 0 for v in output) if output else nothing, n_watched > 0, n_watched,
            n_articles, 1000 * counts[-1] / n_articles if n_articles and counts[-1] is not None else None,
            sum(heard) / len(heard) if heard else None, complete < 0.9, complete,
        ))  # fmt: skip
        start = following(start, q.by)
    return answer


def runs_of(history: History) -> list[int]:
    busy = {a.on for a in history.articles} | {v.on for v in history.versions} | {m[0] for m in history.merged}
    return sorted(busy | history.watched)


def counted(history: History, q: Question, known: list[int]) -> dict[int, tuple[Version, int]]:
    """The newest version of each incident with the day of its detection; what was merged keeps its own versions."""
    newest = {v.incident: (v, detected) for v, detected in versions_in_order(history) if v.on in known}
    return {
        one: (v, detected) for one, (v, detected) in newest.items()
        if v.status != "retracted" and q.country in (None, v.country)
    }  # fmt: skip


COLUMNS = (
    "period_start, period_end, n_incidents, killed_best, is_watched, n_days_watched, n_articles_seen, "
    "incidents_per_1000_articles, rolling_mean_4, is_filling, completeness_0_1"
)
NAMED = '"by" := ?, clock := ?, panel := ?, country := ?, since := ?, until := ?'
WORLD = History(
    (Seen("A", 0, 0, 0), Seen("A", 40, 1, 1), Seen("B", 10, None, 1), Seen("B", 41, 0, 2)),
    (Version(0, 3, 10, "day", "new", 4, "SY"), Version(1, 20, 0, "day", "new", None, "SY"),
     Version(2, 12, 2, "week", "new", 3, "UA"), Version(0, 30, 10, "day", "developing", 7, "SY")),
    frozenset({0, 1, 2, 20, 41}),
    ((35, 1, 3),),
)  # fmt: skip


@settings(max_examples=N_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories, questions)
# Every incident was found ten days late: the last days hold nothing yet, and must not pass for complete.
@example(
    History(WORLD.articles, (Version(0, 20, 10, "day", "new", 1, "SY"),), WORLD.watched, ()),
    Question("day", "event", "all", None, None, None, None),
)
# What B told of an incident on day 41 was not known on day 40, when only A was in the panel.
@example(WORLD, Question("week", "event", "fixed", None, 40, None, None))
@example(WORLD, Question("week", "event", "fixed", None, None, None, None))
@example(WORLD, Question("day", "detected", "all", "SY", 34, 1, 30))
def test_a_trend_is_what_its_rules_say(empty: Any, history: History, question: Question) -> None:
    q = question
    values = [
        q.by, q.clock, q.panel, q.country,
        *(None if day is None else moment(day).date() for day in (q.since, q.until)),
    ]  # fmt: skip
    with world(empty) as record:
        write(record, history)
        if q.asof is None:
            found = record.columns(COLUMNS, f"pub.trend({NAMED})", *values)
        else:
            found = record.columns(COLUMNS, f"pub.trend_asof(?, {NAMED})", moment(q.asof), *values)
    assert [pytest.approx(row) for row in plainly(history, q)] == found
