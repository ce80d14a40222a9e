"""Small worlds of articles, reports and incidents for the tests of the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from model.article import Article, TextQuality, TimePrecision
from model.feed import Entry, Feed, Fetch, Outcome, Validators
from model.ids import article_id, claim_id, incident_id, report_id
from model.incident import (
    Assignment,
    Change,
    ChangeKind,
    Explanation,
    FeatureScore,
    IncidentStatus,
    IncidentVersion,
    Merge,
    OriginAssignment,
    Resolution,
    StoredMatch,
    UnsurePair,
)
from model.report import (
    ActorMention,
    ActorRole,
    Alternative,
    Bound,
    Claim,
    DatePrecision,
    DateSpan,
    Measure,
    Place,
    PlacePrecision,
    Report,
    Role,
    SpeakerSide,
    Toll,
)
from model.run import Issue, IssueCode, IssueLevel, Run, RunBatch, SeenEntry

START = datetime(2018, 2, 7, 12, tzinfo=UTC)
WHY = Explanation(0.9, "facts", (FeatureScore("distance", 0.8, 1.5, "6 km apart"),))


def at(hours: float) -> datetime:
    """The moment `hours` after the start of the world."""
    return START + timedelta(hours=hours)


def make_article(number: int, *, revision: int = 1, text: str | None = None, hours: float = 0) -> Article:
    address = f"https://outlet{number % 3}.example/{number}"
    return Article(
        article_id=article_id(address),
        revision=revision,
        external_id=f"row-{number}",
        url=address,
        outlet=f"Outlet {number % 3}",
        feed_id=f"feed{number % 3}",
        title=f"Clash number {number}",
        text=text or f"Fighters clashed near the river. At least {number} were killed, the monitor said. {revision}",
        author=None,
        language="en",
        published_at=at(hours),
        published_precision=TimePrecision.INSTANT,
        timezone="Europe/London",
        country_code="GB",
        first_seen_at=at(hours),
        fetched_at=at(hours),
        page_sha256="0" * 64,
        text_quality=TextQuality.FULL,
    )


def make_report(article: Article, *, ordinal: int = 0, killed: int = 21, day: date = date(2018, 2, 7)) -> Report:
    made = report_id(article.article_id, article.revision, ordinal)
    quote = f"At least {killed} were killed, the monitor said."
    return Report(
        report_id=made,
        article_id=article.article_id,
        revision=article.revision,
        role=Role.MAIN if ordinal == 0 else Role.BACKGROUND,
        event_type="battle",
        event_subtype=None,
        date=DateSpan(
            day, day, DatePrecision.DAY, "Wednesday", "weekday", 3, 12, (Alternative("2018", "2018", "vaguer"),)
        ),
        place=Place("Khushām", 173334, "Dayr az Zawr", "SY", 35.3, 40.29, PlacePrecision.TOWN, "Khasham", "x", 5, 12),
        actors=(
            ActorMention("act_sdf", "SDF", ActorRole.TARGET, "the SDF", 1, 4),
            ActorMention(None, "pro-government fighters", ActorRole.INITIATOR, "Fighters", 0, 8),
        ),
        claims=(
            Claim(
                claim_id(made, "killed", 33, 80, 0), Measure.KILLED, killed, None, Bound.AT_LEAST, "fighters", None,
                "the monitor", SpeakerSide.MONITOR, "said", quote, 33, 80, rule="at_least",
            ),
        ),
        killed=Toll(killed, killed, None),
        injured=Toll(),
        confidence_0_1=0.9,
        coder_version="1",
        trigger_text="clashed",
        start_char=0,
        end_char=80,
    )  # fmt: skip


def make_version(opened_by: Report, *, moment: datetime, detected_at: datetime, n_articles: int = 1) -> IncidentVersion:
    date_span, place = opened_by.date, opened_by.place
    assert date_span is not None and place is not None
    return IncidentVersion(
        incident_id=incident_id(opened_by.report_id),
        at=moment,
        event_type="battle",
        event_subtype=None,
        date_start=date_span.start,
        date_end=date_span.end,
        date_precision=date_span.precision,
        place_name=place.name,
        place_id=place.place_id,
        admin1=place.admin1,
        country_code=place.country_code,
        lat=place.lat,
        lon=place.lon,
        place_precision=place.precision,
        actors=("SDF", "pro-government forces"),
        killed=opened_by.killed,
        injured=opened_by.injured,
        n_articles=n_articles,
        n_outlets=n_articles,
        n_origins=n_articles,
        status=IncidentStatus.NEW if n_articles == 1 else IncidentStatus.DEVELOPING,
        headline="Clash near the river",
        first_published_at=detected_at,
        detected_at=detected_at,
        confidence_0_1=0.8,
    )


def make_memory(report: Report, incident: str, *keys: str) -> StoredMatch:
    return StoredMatch(report.report_id, report.article_id, incident, report.article_id, keys, '{"a": 1}', START)


def make_run(number: int, *, kind: str = "monitor") -> Run:
    moment = at(number)
    return Run(f"run-{number:04d}", kind, moment, moment + timedelta(seconds=5), moment, "test")


def make_fetch(feed: str, *, hours: float, outcome: Outcome = Outcome.OK, n_new: int | None = 1) -> Fetch:
    return Fetch(
        fetch_id=f"fet-{feed}-{hours}",
        url=f"https://{feed}.example/rss",
        final_url=f"https://{feed}.example/rss",
        feed_id=feed,
        started_at=at(hours),
        duration_ms=12,
        outcome=outcome,
        http_status=200 if outcome is Outcome.OK else None,
        n_bytes=10,
        body_sha256="1" * 64 if outcome is Outcome.OK else None,
        validators=Validators('"tag"', "Wed, 07 Feb 2018", "1" * 64),
        error=None if outcome is Outcome.OK else "the host did not answer",
        n_entries=1,
        n_new_entries=n_new,
        next_poll_at=at(hours + 1),
        next_poll_reason="hourly",
        n_failures=0.0 if outcome is Outcome.OK else 1.0,
    )


def opening_batch(number: int, *, n_reports: int = 1) -> RunBatch:
    """A run that reads `n_reports` new articles, each of which opens an incident of its own."""
    run = make_run(number)
    articles = tuple(make_article(number * 1000 + i, hours=number) for i in range(n_reports))
    reports = tuple(make_report(article, killed=number) for article in articles)
    versions = tuple(make_version(report, moment=run.now, detected_at=run.now) for report in reports)
    return RunBatch(
        run=run,
        feeds=tuple(Feed(f"feed{i}", f"https://feed{i}.example/rss", f"Outlet {i}") for i in range(3)),
        fetches=tuple(make_fetch(f"feed{i}", hours=number) for i in range(3)),
        entries=tuple(
            SeenEntry(
                Entry(a.feed_id or "", a.external_id, a.url, a.title, None, "", a.published_at, None),
                a.article_id,
                run.now,
            )
            for a in articles
        ),
        articles=articles,
        reports=reports,
        resolution=Resolution(
            assignments=tuple(Assignment(r.report_id, incident_id(r.report_id), True, WHY) for r in reports),
            merges=(),
            origins=tuple(OriginAssignment(a.article_id, a.article_id, "own") for a in articles),
            unsure=tuple(UnsurePair(r.report_id, incident_id(r.report_id), "inc_other", WHY) for r in reports[:1]),
            memories=tuple(make_memory(r, incident_id(r.report_id), "2018-02-07|35|40") for r in reports),
            term_counts={"clash": len(reports), f"term{number}": 1},
            n_documents=len(reports),
        ),
        incidents=versions,
        changes=tuple(Change(v.incident_id, ChangeKind.OPENED, run.now, '{"is": 1}') for v in versions),
        issues=(Issue(IssueLevel.WARNING, IssueCode.FEED_EMPTY, "feed2 is empty", feed_id="feed2"),),
    )


def merging_batch(number: int, kept: IncidentVersion, gone: IncidentVersion) -> RunBatch:
    """A run that finds two incidents to be one."""
    run = make_run(number)
    resolution = Resolution((), (Merge(kept.incident_id, gone.incident_id, WHY),), (), (), (), {}, 0)
    changed = replace(kept, at=run.now, n_articles=kept.n_articles + gone.n_articles, status=IncidentStatus.DEVELOPING)
    return RunBatch(
        run=run,
        resolution=resolution,
        incidents=(changed,),
        changes=(Change(gone.incident_id, ChangeKind.MERGED, run.now, f'{{"into": "{kept.incident_id}"}}'),),
    )
