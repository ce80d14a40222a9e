"""A small warehouse with one incident of every awkward kind, and a merge, for the tests of exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from warehouse_world import WHY, at, make_article, make_report, make_run, make_version

from model.article import Article
from model.ids import claim_id
from model.incident import (
    Assignment,
    Change,
    ChangeKind,
    IncidentStatus,
    IncidentVersion,
    Merge,
    OriginAssignment,
    Resolution,
)
from model.report import (
    ActorMention,
    ActorRole,
    Bound,
    Claim,
    DatePrecision,
    DateSpan,
    Measure,
    Place,
    PlacePrecision,
    Report,
    SpeakerSide,
    Toll,
)
from model.run import RunBatch
from warehouse import open_writer

# What feeds bring: right-to-left text with a mark, a formula, an emoji, quotes, a line break, markup.
HEADLINES = (
    "اشتباك قرب خشام \u200f(عاجل)",
    '=cmd|"/C calc"!A0',
    'Café 😀 "quoted", \\ and\nanother line',
    "+1 <script>alert(1)</script>",
    "-5 °C and calm",
    "@mention of a clash, told twice",
)


def build_warehouse(home: Path) -> None:
    """Make and publish the warehouse under `home`."""
    first, second = opened(), merged()
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.append(first)
        writer.append(second)
        writer.publish(home / "published" / "incidents.duckdb")


def opened() -> RunBatch:
    """The run that opens all six incidents; the first is told by three outlets that disagree."""
    articles = tuple(_article(number) for number in range(8))
    reports = tuple(_report(article, number) for number, article in enumerate(articles))
    owners = (0, 1, 2, 3, 4, 5, 0, 0)  # the incident of each report
    run = make_run(1)
    versions = tuple(_version(number, reports) for number in range(6))
    return RunBatch(
        run=run,
        articles=articles,
        reports=reports,
        resolution=Resolution(
            assignments=tuple(
                Assignment(report.report_id, versions[owner].incident_id, number < 6, WHY)
                for number, (report, owner) in enumerate(zip(reports, owners, strict=True))
            ),
            merges=(),
            origins=tuple(
                OriginAssignment(a.article_id, articles[6 if number == 7 else number].article_id, "own")
                for number, a in enumerate(articles)
            ),
            unsure=(),
            memories=(),
            term_counts={},
            n_documents=len(reports),
        ),
        incidents=versions,
        changes=tuple(Change(v.incident_id, ChangeKind.OPENED, run.now, '{"is": 1}') for v in versions),
    )


def merged() -> RunBatch:
    """The run that finds the last incident to be the first."""
    versions = opened().incidents
    kept, gone = versions[0], versions[5]
    run = make_run(2)
    changed = replace(kept, at=run.now, n_articles=4, n_outlets=3, status=IncidentStatus.DISPUTED)
    return RunBatch(
        run=run,
        resolution=Resolution((), (Merge(kept.incident_id, gone.incident_id, WHY),), (), (), (), {}, 0),
        incidents=(changed,),
        changes=(
            Change(gone.incident_id, ChangeKind.MERGED, run.now, f'{{"into": "{kept.incident_id}"}}'),
            Change(kept.incident_id, ChangeKind.REVISED, run.now, '{"why": "merged"}'),
        ),
    )


def _article(number: int) -> Article:
    made = make_article(number, hours=number / 2)
    made = replace(made, title=HEADLINES[number % 6])
    if number == 2:  # neither moment nor address nor language
        return replace(made, published_at=None, published_precision=None, url=None, language=None)
    return made


def _report(article: Article, number: int) -> Report:
    made = make_report(article, killed=3)
    dates = {
        1: DateSpan(date(2017, 1, 1), date(2017, 12, 31), DatePrecision.YEAR, "in 2017", "year"),
        3: DateSpan(date(2018, 2, 5), date(2018, 2, 7), DatePrecision.DAYS, "for days", "days"),
        4: DateSpan(date(2016, 12, 26), date(2017, 1, 1), DatePrecision.WEEK, "that week", "week"),
    }
    places = {
        1: Place("Syria", 163843, None, "SY", 35.0, 38.0, PlacePrecision.COUNTRY, "Syria", "country"),
        3: Place("Dayr az Zawr", 170792, "Dayr az Zawr", "SY", 35.2, 40.1, PlacePrecision.REGION, "east", "region"),
        4: Place("Base 7", None, None, "CL", -33.45, -70.66, PlacePrecision.SITE, "the base", "site"),
    }
    # The second has no claims, the third nothing at all; reports six and seven contradict the first.
    claims = () if number in (1, 2) else tuple(_claims(made.report_id, number))
    killed = Toll() if number in (1, 2) else made.killed
    return replace(
        made,
        event_type={1: "accident", 3: "protest", 4: "bombing"}.get(number, "battle"),
        event_subtype="suicide_bomb" if number == 4 else None,
        date=None if number == 2 else dates.get(number, made.date),
        place=None if number == 2 else places.get(number, made.place),
        actors=()
        if number == 2
        else (*made.actors, ActorMention(None, '=HYPERLINK("x")', ActorRole.TARGET, "x", -1, -1)),
        claims=claims,
        killed=killed,
        is_denial=number == 7,
    )


def _claims(report_id: str, number: int) -> list[Claim]:
    """The first speaker leaves the top open, the second names a few, the third denies any loss."""
    low, high, bound = {0: (100, None, Bound.AT_LEAST), 6: (3, 5, Bound.RANGE), 7: (None, 0, Bound.AT_MOST)}.get(
        number, (3, 3, Bound.EXACT)
    )
    speaker, side = {
        0: ("the coalition", SpeakerSide.OPPONENT),
        6: ("مرصد 😀", SpeakerSide.MONITOR),
        7: (None, SpeakerSide.OUTLET),
    }.get(number, ('+"the" monitor', SpeakerSide.MONITOR))
    quote = '"We counted them," \n=SUM(A1) the monitor said.'
    made = [
        Claim(
            claim_id(report_id, "killed", 33, 80, 0), Measure.KILLED, low, high, bound, None, None, speaker, side,
            "said", quote, 33, 80, rule="number",
        )
    ]  # fmt: skip
    if number == 0:
        made.append(
            Claim(
                claim_id(report_id, "injured", 33, 80, 1), Measure.INJURED, 2, 2, Bound.EXACT, "two more", "civilians",
                None, SpeakerSide.OUTLET, None, quote, -1, -1, is_increment=True, rule="more",
            )
        )  # fmt: skip
    return made


def _version(number: int, reports: tuple[Report, ...]) -> IncidentVersion:
    report = reports[number]
    whole = make_version(
        replace(report, date=report.date or make_report(make_article(0)).date, place=report.place or _NOWHERE),
        moment=at(1),
        detected_at=at(1),
        n_articles=3 if number == 0 else 1,
    )
    whole = replace(
        whole,
        event_type=report.event_type,
        event_subtype=report.event_subtype,
        headline=HEADLINES[number],
        actors={0: ("Syria armed forces", "US Central Command", "civilians"), 2: (), 4: ("rioters",)}.get(
            number, ("=pro-government forces",)
        ),
        killed=Toll(0, 100, None) if number == 0 else report.killed,
        status=IncidentStatus.RETRACTED if number == 3 else whole.status,
    )
    if number != 2:
        return whole
    return replace(
        whole, date_start=None, date_end=None, date_precision=None, place_name=None, place_id=None, admin1=None,
        country_code=None, lat=None, lon=None, place_precision=None, first_published_at=None,
    )  # fmt: skip


_NOWHERE = Place("Nowhere", None, None, None, None, None, PlacePrecision.TOWN, "x", "x")
