"""Worlds of made-up reports for the tests of the resolver."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from model import ids
from model.article import Article, TextQuality, TimePrecision
from model.incident import ArticleReport
from model.report import (
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

START = date(2018, 2, 1)
SYLLABLES = "ba ke lo mi nu ra se ti vo zu dar fen gol hin jor kal mer nos pil quen".split()
TOWNS = ("Varnek", "Osterlo", "Kimbari", "Dulmont", "Tasfir", "Wexmoor", "Rabalto", "Senvik")


def told(
    name: str,
    *,
    title: str = "Two killed in clash near Varnek",
    text: str = "Two people were killed in a clash near Varnek on Wednesday, the district office said.",
    published: date | None = START,
    day: date | None = START,
    rule: str = "month_day",
    place: tuple[str, float, float] | None = ("Varnek", 35.3, 40.3),
    precision: PlacePrecision = PlacePrecision.TOWN,
    country: str = "SY",
    killed: int | None = None,
    kind: str = "battle",
    role: Role = Role.MAIN,
    claims: tuple[Claim, ...] = (),
    outlet: str | None = None,
    revision: int = 1,
    ordinal: int = 0,
    follow_up: bool = False,
    denial: bool = False,
    confidence: float = 0.8,
) -> ArticleReport:
    """One report with its article; only `name` must differ."""
    article_id = ids.article_id(f"https://{name}.example/story")
    at = datetime.combine(published, datetime.min.time(), UTC) if published else None
    article = Article(
        article_id, revision, name, f"https://{name}.example/story", outlet or name, None, title, text, None, "en",
        at, TimePrecision.DAY if at else None, "UTC", None, at or datetime(2018, 1, 1, tzinfo=UTC),
        at or datetime(2018, 1, 1, tzinfo=UTC), None, TextQuality.FULL,
    )  # fmt: skip
    span = DateSpan(day, day, DatePrecision.DAY, "", rule) if day else None
    where = Place(place[0], None, place[0], country, place[1], place[2], precision, place[0], "test") if place else None
    toll = Toll(killed, killed, killed)
    report = Report(
        ids.report_id(article_id, revision, ordinal), article_id, revision, role, kind, None, span, where, (), claims,
        toll, Toll(), confidence, "test", is_follow_up=follow_up, is_denial=denial,
    )  # fmt: skip
    return ArticleReport(article, report)


def claim(
    low: int | None,
    high: int | None,
    speaker: str | None = None,
    side: str = "unknown",
    victims: str | None = None,
    victims_side: str | None = "civilians",
    **more: object,
) -> Claim:
    """A claim of killed."""
    return Claim(
        ids.claim_id("rep", "killed", low or 0, high or 0, 0), Measure.KILLED, low, high, Bound.EXACT, victims,
        victims_side, speaker, SpeakerSide(side), "said", "", 0, 0, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _word(rng: Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(3))


def world(seed: int, n_incidents: int = 25) -> tuple[list[ArticleReport], dict[str, int]]:
    """Incidents with one to five reports each, told in other words with some facts missing; truth by report id.

    Each incident has a day, a town, a toll and a vocabulary of its own; all share a common vocabulary.
    """
    rng = Random(seed)
    common = [_word(rng) for _ in range(60)]
    made: list[ArticleReport] = []
    truth: dict[str, int] = {}
    for number in range(n_incidents):
        day = START + timedelta(days=rng.randrange(40))
        at = rng.randrange(len(TOWNS))
        own = [_word(rng) for _ in range(14)]
        killed = rng.randrange(1, 30)
        person = f"{_word(rng).title()} {_word(rng).title()}"
        for copy in range(rng.choice((1, 1, 2, 3, 5))):
            words = rng.sample(own, 10) + rng.sample(common, 15)
            rng.shuffle(words)
            body = f"{' '.join(words)} . {person}, {20 + number}, was among the {killed} dead in {TOWNS[at]}."
            one = told(
                f"w{seed}-{number}-{copy}",
                title=f"{killed} dead in {TOWNS[at]} {' '.join(rng.sample(own, 3))}",
                text=body,
                published=day + timedelta(days=rng.choice((0, 1, 1, 2, 6))),
                day=day if rng.random() < 0.9 else None,
                place=(TOWNS[at], 30.0 + 2 * at, 40.0 - 3 * at) if rng.random() < 0.9 else None,
                killed=killed,
            )
            made.append(one)
            truth[one.report.report_id] = number
    rng.shuffle(made)
    return made, truth


def incidents_by_report(resolution) -> dict[str, str]:
    """Incident id by report id."""
    return {a.report_id: a.incident_id for a in resolution.assignments}


def pair_f1(left: dict, right: dict) -> float:
    """Pairwise F1 of two groupings of the same reports."""
    names = sorted(left)
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    mine = {p for p in pairs if left[p[0]] == left[p[1]]}
    theirs = {p for p in pairs if right[p[0]] == right[p[1]]}
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine or theirs else 1.0
