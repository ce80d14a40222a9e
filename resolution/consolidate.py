"""Consolidation: the public facts of an incident from its reports, policy 4 (docs/explanation/resolution.md).

Specification. Votes are counted by outlet, not by article: each origin has one voice, the newest main report of the
outlet that published it first (a copy by another outlet changes nothing), and the voices of one outlet weigh 1
together. A background report weighs `BACKGROUND_WEIGHT`. *Date*: the most exact precision that anybody gives, among
these the interval with the most weight (a date that only repeats the day of publication weighs a quarter). *Place*:
votes within 12 km support each other; the best supported of the most exact kind, ties to the finer and then to the
earlier. *Type*: the most weight, `other` only when nobody names a type. *Tolls*: see `tolls`. *Status*: `retracted`
when every main voice now denies it, else `disputed` (`model.dispute`), else `new` (one outlet),
`corroborated` (two outlets with texts of their own agree on day and place), `developing` (two or more that do not
yet). *Headline*: the title of the best voice that agrees with the incident's day, place and toll and is no round-up.
Ties are broken by publication and id, never by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from model.article import TextQuality
from model.dispute import Said, dispute
from model.geo import distance_km
from model.headline import is_round_up
from model.incident import ArticleReport, IncidentStatus, IncidentVersion
from model.report import DatePrecision, DateSpan, Measure, Place, PlacePrecision, Role, Toll
from resolution.fact_features import SAME_TOWN_KM
from resolution.incident import outlet_weights
from resolution.match_record import is_weak_date, outlet_key
from resolution.tolls import BACKGROUND_WEIGHT, IndependentReport, toll_of

POLICY_VERSION = "4"
WEAK_DATE_WEIGHT = 0.25
MAX_ACTORS = 12
FOLLOW_UP_CONFIDENCE = 0.4  # an incident known only from its aftermath is told with at most this confidence
OUTLIER_RATIO = 2.0  # a toll this many times the incident's, or a fraction of it, gives no headline
_DATE_ORDER = tuple(DatePrecision)
_PLACE_ORDER = tuple(PlacePrecision)


def consolidate(
    incident_id: str,
    members: Sequence[ArticleReport],
    origins: Mapping[str, str],
    previous: IncidentVersion | None,
    now: datetime,
) -> IncidentVersion:
    """Derive the newest public facts of an incident.

    Args:
        incident_id: The incident's id.
        members: All its reports with their articles; of an article only the newest revision is heard.
        origins: Origin id by article id; an article that is not listed is its own origin.
        previous: The version before, or null for a new incident; its `detected_at` is kept.
        now: The moment of the new version.

    Raises:
        ValueError: `members` is empty; an incident is never without reports.
    """
    if not members:
        raise ValueError(f"{incident_id} has no reports")
    current = _newest_revisions(members)
    independents = _independent_reports(current, origins)
    event_type, subtype = _kind(independents)
    day, place, killed = _date(independents), _place(independents), toll_of(Measure.KILLED, independents, current)
    published = [t.article.published_at for t in current if t.article.published_at]
    return IncidentVersion(
        incident_id=incident_id,
        at=now,
        event_type=event_type,
        event_subtype=subtype,
        date_start=day.start if day else None,
        date_end=day.end if day else None,
        date_precision=day.precision if day else None,
        place_name=place.name if place else None,
        place_id=place.place_id if place else None,
        admin1=place.admin1 if place else None,
        country_code=place.country_code if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        place_precision=place.precision if place else None,
        actors=_actors(independents),
        killed=killed,
        injured=toll_of(Measure.INJURED, independents, current),
        n_articles=len({t.article.article_id for t in current}),
        n_outlets=len({t.article.outlet for t in current}),
        n_origins=len({v.outlet for v in independents}),
        status=_status(independents, current, day, place),
        headline=_headline([v for v in independents if _is_typical(v, day, place, killed)] or independents),
        first_published_at=min(published, default=None),
        detected_at=previous.detected_at if previous else now,
        confidence_0_1=_confidence(independents),
    )


def merged_version(previous: IncidentVersion, kept_id: str, now: datetime) -> IncidentVersion:
    """The last version of an incident that was merged into another: its facts as they stood, and where it went."""
    return replace(previous, at=now, status=IncidentStatus.MERGED, merged_into=kept_id)


def _newest_revisions(members: Sequence[ArticleReport]) -> list[ArticleReport]:
    newest: dict[str, int] = {}
    for article_report in members:
        article = article_report.article.article_id
        newest[article] = max(newest.get(article, 0), article_report.report.revision)
    current = [t for t in members if t.report.revision == newest[t.article.article_id]]
    return sorted(current, key=_age)


def _age(article_report: ArticleReport) -> tuple[bool, float, str]:
    at = article_report.article.published_at
    return (at is None, at.timestamp() if at else 0.0, article_report.report.report_id)


def _independent_reports(current: Sequence[ArticleReport], origins: Mapping[str, str]) -> list[IndependentReport]:
    """One voice for each origin, in order of first publication: the newest main report of its first outlet."""
    by_origin: dict[str, list[ArticleReport]] = {}
    for article_report in current:
        by_origin.setdefault(
            origins.get(article_report.article.article_id, article_report.article.article_id), []
        ).append(article_report)
    speakers = []
    for of_origin in by_origin.values():
        own = [t for t in of_origin if _outlet(t) == _outlet(of_origin[0])]
        main = [t for t in own if t.report.role is Role.MAIN]
        speakers.append(((main or own)[-1], bool(main)))
    shares = outlet_weights(_outlet(article_report) for article_report, _ in speakers)
    return [
        _independent_report(article_report, share, is_main)
        for (article_report, is_main), share in zip(speakers, shares, strict=True)
    ]


def _independent_report(article_report: ArticleReport, share: float, is_main: bool) -> IndependentReport:
    title = article_report.article.title.lower()
    return IndependentReport(
        article_report,
        share if is_main else share * BACKGROUND_WEIGHT,
        article_report.article.published_at,
        is_correction="correct" in title and ("correction" in title or "corrects" in title),
        outlet=_outlet(article_report),
    )


def _outlet(article_report: ArticleReport) -> str:
    return outlet_key(article_report.article.outlet, article_report.article.article_id)


def _date(independents: Sequence[IndependentReport]) -> DateSpan | None:
    dated = [(v, v.article_report.report.date) for v in independents]
    spans = [(v, d) for v, d in dated if d is not None]
    if not spans:
        return None
    finest = min(_DATE_ORDER.index(d.precision) for _, d in spans)
    allowed = {_DATE_ORDER[finest]} | ({DatePrecision.DAYS} if finest == 0 else set())
    votes: dict[tuple[object, object], float] = {}
    first: dict[tuple[object, object], DateSpan] = {}
    for independent, span in spans:
        if span.precision in allowed:
            key = (span.start, span.end)
            weight = independent.weight * (
                WEAK_DATE_WEIGHT if is_weak_date(span, independent.article_report.report.is_follow_up) else 1.0
            )
            votes[key] = votes.get(key, 0.0) + weight
            first.setdefault(key, span)
    order = list(first)
    return first[max(order, key=lambda k: (votes[k], -_DATE_ORDER.index(first[k].precision), -order.index(k)))]


def _place(independents: Sequence[IndependentReport]) -> Place | None:
    placed = [(v.weight, v.article_report.report.place) for v in independents]
    places = [(w, p) for w, p in placed if p is not None]
    if not places:
        return None
    exact = [(w, p) for w, p in places if p.precision in (PlacePrecision.SITE, PlacePrecision.TOWN)]
    if not exact:
        finest = min(_PLACE_ORDER.index(p.precision) for _, p in places)
        exact = [(w, p) for w, p in places if _PLACE_ORDER.index(p.precision) == finest]
    support = [sum(w for w, other in exact if _is_near(place, other)) for _, place in exact]
    ranks = [(support[i], -_PLACE_ORDER.index(p.precision), -i) for i, (_, p) in enumerate(exact)]
    return exact[-max(ranks)[2]][1]


def _is_near(left: Place, right: Place) -> bool:
    if left.place_id is not None and left.place_id == right.place_id:
        return True
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return left.name == right.name
    return distance_km(left.lat, left.lon, right.lat, right.lon) <= SAME_TOWN_KM


def _kind(independents: Sequence[IndependentReport]) -> tuple[str, str | None]:
    types: Counter[str] = Counter()
    for independent in independents:
        if independent.article_report.report.event_type != "other":
            types[independent.article_report.report.event_type] += round(100 * independent.weight)
    kind = types.most_common(1)[0][0] if types else independents[0].article_report.report.event_type
    subtypes = Counter(
        v.article_report.report.event_subtype
        for v in independents
        if v.article_report.report.event_type == kind and v.article_report.report.event_subtype is not None
    )
    return kind, subtypes.most_common(1)[0][0] if subtypes else None


def _actors(independents: Iterable[IndependentReport]) -> tuple[str, ...]:
    """Names of the actors, those told of by most origins first; one actor has one name, the one first seen."""
    n_independents: Counter[str] = Counter()
    names: dict[str, str] = {}
    for independent in independents:
        for actor in {a.actor_id or a.name.lower(): a for a in independent.article_report.report.actors}.values():
            key = actor.actor_id or actor.name.lower()
            n_independents[key] += 1
            names.setdefault(key, actor.name)
    return tuple(names[key] for key, _ in n_independents.most_common(MAX_ACTORS))


def _status(
    independents: Sequence[IndependentReport],
    current: Sequence[ArticleReport],
    day: DateSpan | None,
    place: Place | None,
) -> IncidentStatus:
    mains = [v for v in independents if v.article_report.report.role is Role.MAIN]
    if mains and all(v.article_report.report.is_denial for v in mains):
        return IncidentStatus.RETRACTED
    if dispute(Said(c, t.article.outlet, t.article.published_at) for t in current for c in t.report.claims):
        return IncidentStatus.DISPUTED
    if len({v.outlet for v in independents}) < 2:
        return IncidentStatus.NEW
    agree = {v.outlet for v in independents if _agrees(v, day, place)}
    return IncidentStatus.CORROBORATED if len(agree) >= 2 else IncidentStatus.DEVELOPING


def _agrees(independent: IndependentReport, day: DateSpan | None, place: Place | None) -> bool:
    mine, here = independent.article_report.report.date, independent.article_report.report.place
    if day is None or place is None or mine is None or here is None:
        return False
    return mine.start <= day.end and day.start <= mine.end and _is_near(here, place)


def _is_typical(independent: IndependentReport, day: DateSpan | None, place: Place | None, killed: Toll) -> bool:
    """Whether a voice contradicts none of the incident's day, place and toll, and its article is no round-up."""
    report = independent.article_report.report
    if is_round_up(independent.article_report.article.title):
        return False
    if report.date and day and (report.date.start > day.end or day.start > report.date.end):
        return False
    is_exact = report.place is not None and report.place.precision in (PlacePrecision.SITE, PlacePrecision.TOWN)
    if is_exact and report.place and place and not _is_near(report.place, place):
        return False
    mine, theirs = report.killed.best, killed.best
    return not mine or not theirs or 1.0 / OUTLIER_RATIO <= mine / theirs <= OUTLIER_RATIO


def _headline(independents: Sequence[IndependentReport]) -> str:
    def rank(numbered: tuple[int, IndependentReport]) -> tuple[bool, bool, bool, float, int]:
        position, independent = numbered
        article, report = independent.article_report.article, independent.article_report.report
        return (
            report.role is Role.MAIN and len(article.title.split()) >= 3,
            not report.is_follow_up,
            article.text_quality is TextQuality.FULL,
            round(report.confidence_0_1, 1),
            -position,
        )

    best = max(enumerate(independents), key=rank)[1]
    return best.article_report.article.title.strip() or best.article_report.article.text.strip()[:100]


def _confidence(independents: Sequence[IndependentReport]) -> float:
    doubt = 1.0
    for independent in independents:
        doubt *= 1.0 - 0.8 * independent.weight * independent.article_report.report.confidence_0_1
    confidence = 1.0 - doubt
    if all(v.article_report.report.is_follow_up for v in independents):
        confidence = min(confidence, FOLLOW_UP_CONFIDENCE)
    return round(min(0.99, confidence), 4)
