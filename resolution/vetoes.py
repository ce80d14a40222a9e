"""Vetoes: facts that forbid that two reports tell of one incident, whatever the score.

Specification. A veto of day or place needs firm facts on both sides (`resolution.match_record`), and no likeness of
wording and no shared name lifts it:

| veto | forbids |
|---|---|
| article | two reports of one revision of an article: the article tells of both as two |
| kinds | families of types that nobody mistakes for each other |
| countries | firm places in two countries, more than 60 km apart |
| places | firm places more than 120 km apart |
| days | firm days of two events of short kinds two days or more apart, of others eight or more |
| people | both name people with ages; no person, age, name, street or toll agrees |
| tolls | killed and injured both at least three times as many, other kinds of place in the titles, no name shared |

Against an incident a veto holds where it stands between the report and more than half of the outlets that could say;
an article's own two reports are forbidden by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from model.incident import Veto
from resolution.fact_features import (
    BORDER_KM,
    FAR_TOWN_KM,
    day_gap,
    place_km,
    show_days,
    show_kinds,
    show_places,
    show_tolls,
)
from resolution.mark_features import show_people
from resolution.match_record import MatchRecord
from resolution.type_agreement import Depth, depth

SHORT_GAP_DAYS = 2  # one day apart is night, time zone or a coder's error in 8 % of true pairs; two and three in 2 %
LONG_GAP_DAYS = 8
TOLL_RATIO = 3

_WORDS = {
    "article": "the article tells of both as two incidents",
    "kinds": "kinds of event that nobody mistakes for each other",
    "countries": "another country",
    "places": f"places more than {FAR_TOWN_KM:.0f} km apart",
    "days": "other days",
    "tolls": "other tolls and another kind of place",
    "people": "other people, other ages and no name in common",
}
_SHOW = {
    "days": show_days,
    "places": show_places,
    "countries": show_places,
    "kinds": show_kinds,
    "tolls": show_tolls,
    "people": show_people,
}


def pair_vetoes(left: MatchRecord, right: MatchRecord) -> dict[str, bool]:
    """For each veto that could be said of two reports, whether it holds; one that lacks a fact is left out."""
    said: dict[str, bool] = {}
    if left.article_id == right.article_id:
        said["article"] = left.revision == right.revision
    said["kinds"] = depth((left.event_type, None), (right.event_type, None)) is Depth.APART
    if left.has_firm_day and right.has_firm_day:
        limit = SHORT_GAP_DAYS if left.is_short and right.is_short else LONG_GAP_DAYS
        said["days"] = (day_gap(left, right) or 0) >= limit
    if left.has_firm_place and right.has_firm_place:
        km = place_km(left, right) or 0.0
        said["places"] = km > FAR_TOWN_KM
        if left.country and right.country:
            said["countries"] = left.country != right.country and km > BORDER_KM
    if (
        left.title_sites
        and right.title_sites
        and None not in (left.killed[1], left.injured[1], right.killed[1], right.injured[1])
    ):
        said["tolls"] = _are_other_tolls(left, right)
    if left.persons and right.persons:
        said["people"] = _are_others(left, right)
    return said


def _are_others(left: MatchRecord, right: MatchRecord) -> bool:
    """Whether everything that tells victims apart speaks against one incident: one mark alone is often an error."""
    return not (
        left.name_set & right.name_set
        or set(left.ages) & set(right.ages)
        or set(left.streets) & set(right.streets)
        or _same_toll(left, right)
    )


def _are_other_tolls(left: MatchRecord, right: MatchRecord) -> bool:
    """Whether both counts are far apart and the titles name two kinds of place: a risen toll keeps its place."""
    small, large = sorted((r.killed[1] or 0, r.injured[1] or 0) for r in (left, right))
    is_other = all(TOLL_RATIO * a <= b and b > 1 for a, b in zip(small, large, strict=True))
    return is_other and not left.title_sites & right.title_sites and not left.name_set & right.name_set


def _same_toll(left: MatchRecord, right: MatchRecord) -> bool:
    return any(
        a[1] is not None and a[1] == b[1] for a, b in ((left.killed, right.killed), (left.injured, right.injured))
    )


def incident_vetoes(
    record: MatchRecord,
    reports: Sequence[MatchRecord],
    weights: Sequence[float],
    between: Callable[[MatchRecord, MatchRecord], dict[str, bool]] = pair_vetoes,
) -> tuple[str, ...]:
    """The vetoes that hold between a report and an incident's reports, weighted by outlet.

    `between` gives the vetoes of two reports, which a run keeps.
    """
    said: dict[str, list[float]] = {}
    for report, weight in zip(reports, weights, strict=True):
        for name, holds in between(record, report).items():
            tally = said.setdefault(name, [0.0, 0.0])
            tally[holds] += weight
    return tuple(name for name, (no, yes) in said.items() if yes > no or (name == "article" and yes))


def explained(names: Iterable[str], record: MatchRecord, reports: Sequence[MatchRecord]) -> tuple[Veto, ...]:
    """Put vetoes in words, with both values of the nearest report that each holds for."""
    found = []
    for name in names:
        other = next((r for r in reversed(reports) if pair_vetoes(record, r).get(name)), None)
        values = f": {_SHOW[name](record, other)}" if other is not None and name in _SHOW else ""
        found.append(Veto(name, f"{_WORDS[name]}{values}"))
    return tuple(found)
