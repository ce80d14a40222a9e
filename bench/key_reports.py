"""Labelled reports for measuring the resolver: the coder's, or the key's own facts put in, with graded noise.

A corpus is a path, or a name in `$DECONFLICT_EVAL/dev` (default `../shared/eval`); `newsroom` is the bundled one. A
label is the gold incident of a report, the one that `score_incidents.py` aligns it with; a report without a label
teaches nothing. With the key's facts there is one report for each (article, incident) of the key. Noise drops or blurs
those facts; 1.0 is about the rates of coded facts of realconflict and realmix, 0.0 none. Each report is blurred by a
generator that its own ids seed, so that it is the same in every run.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, permutations
from math import hypot
from pathlib import Path
from random import Random

from coder import SEEN_AT, corpus_path, raw_rows, the_coder
from runs import replayed

from model import ids
from model.article import Article
from model.geo import distance_km
from model.incident import ArticleReport
from model.report import ActorMention, ActorRole, DatePrecision, DateSpan, Place, PlacePrecision, Report, Role, Toll
from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring import b_cubed, pairwise
from resolution.weights import Weights, load_weights

SAME_PLACE_KM, SAME_DAYS = 25.0, 3  # of look-alikes
MAX_ALIGNED = 6  # reports and incidents of an article up to which every pairing is tried
SITE_KM, TOWN_KM, DISTRICT_KM = 6.0, 30.0, 80.0  # radius of the key up to which a place is a site, town, district
# Rates of noise 1.0, of all reports
NO_DAY, PUBLISHED_DAY, WRONG_DAY, COARSE_DAY = 0.05, 0.06, 0.08, 0.06
NO_PLACE, WRONG_PLACE, COARSE_PLACE = 0.04, 0.10, 0.10
NO_TYPE, OTHER_TYPE, NO_TOLL, WRONG_TOLL, NO_ACTOR = 0.06, 0.08, 0.15, 0.08, 0.4


@dataclass(frozen=True)
class Corpus:
    """A labelled corpus: reports in file order, the gold incident of each that has one, and all gold pairs."""

    name: str
    article_reports: list[ArticleReport]
    label: dict[str, str]  # incident by report id
    report_of: dict[tuple[str, str], str | None]  # report id by (article, incident) of the key
    gold: dict[str, dict]  # the key's facts by incident


def find_path(name: str) -> Path:
    """The file of a corpus, gzipped or not."""
    packed = corpus_path(name)
    plain = packed.with_suffix("")
    return packed if packed.exists() or not plain.exists() else plain


def coded(name: str, cache: Path | None) -> Corpus:
    """Read a corpus with the coder's reports; `cache` is a folder of codings to read, and to fill."""
    path = find_path(name)
    kept = cache / f"{path.name.split('.')[0] if name != 'newsroom' else name}.told.pkl" if cache else None
    if kept and kept.exists():
        article_reports: list[ArticleReport] = pickle.loads(kept.read_bytes())  # noqa: S301 - a file of our own making
    else:
        articles = [row.as_article(SEEN_AT) for row in read_corpus(path) if isinstance(row, CorpusRow)]
        article_reports = [
            ArticleReport(article, report) for article in articles for report in the_coder().code(article).reports
        ]
        if kept:
            kept.write_bytes(pickle.dumps(article_reports))
    return labelled(name, path, article_reports)


def keyed(name: str, noise: float = 0.0) -> Corpus:
    """Read a corpus with the key's facts in place of the coder's."""
    path = find_path(name)
    articles = {row.external_id: row.as_article(SEEN_AT) for row in read_corpus(path) if isinstance(row, CorpusRow)}
    article_reports = []
    rows = raw_rows(path)
    places = [p for row in rows for g in row.get("incidents") or () if (p := g.get("latlon")) and None not in p]
    report_of: dict[tuple[str, str], str | None] = {}
    label, gold = {}, {}
    for row in rows:
        article = articles.get(str(row["id"]))
        facts = {g["incident_id"]: g for g in row.get("incidents") or () if "incident_id" in g}
        if not facts:  # keys of one incident an article name it once
            facts = dict(zip(row["incident_ids"][:1], row.get("incidents") or (), strict=False))
        for number, incident in enumerate(row["incident_ids"] if article else ()):
            gold[incident] = facts.get(incident, {})
            made = of_key(
                article,
                number,
                gold[incident],
                [c for c in row.get("claims") or () if c.get("incident_id") == incident],
            )
            if len(row["incident_ids"]) == 1:
                made = replace(made, start_char=0, end_char=0)
            if noise:
                made = blurred(made, article, places, noise)
            article_reports.append(ArticleReport(article, made))
            label[made.report_id] = incident
            report_of[article.external_id, incident] = made.report_id
    return Corpus(name, article_reports, label, report_of, gold)


def of_key(article: Article, number: int, facts: dict, claims: list[dict]) -> Report:
    """Make the report that a coder without error would make of one incident."""
    at = [i for c in claims if c.get("quote") and (i := article.text.find(c["quote"])) >= 0]
    day, place = facts.get("date"), facts.get("latlon")
    start = date.fromisoformat(day[:10]) if day else None
    end = date.fromisoformat(facts["date_end"][:10]) if start and facts.get("date_end") else start
    precision = DatePrecision.DAY if start == end else DatePrecision.DAYS
    where = None
    if place and None not in place:
        radius = facts.get("radius_km") or 25.0
        sharp = PlacePrecision.SITE if radius < SITE_KM else PlacePrecision.TOWN
        sharp = (
            sharp if radius <= TOWN_KM else PlacePrecision.DISTRICT if radius <= DISTRICT_KM else PlacePrecision.REGION
        )
        name = facts.get("place") or f"{place[0]:.2f} {place[1]:.2f}"
        where = Place(
            name, None, None, facts.get("country_code"), place[0], place[1], sharp, name, "in the sentence of the event"
        )
    span = DateSpan(start, end, precision, "", "month_day_year") if start and end else None
    article_id = article.article_id
    return Report(
        ids.report_id(article_id, 1, number), article_id, 1, Role.MAIN, facts.get("type") or "other", None, span, where,
        tuple(ActorMention(None, a["name"], ActorRole(a["role"]), a["name"]) for a in facts.get("actors") or ()), (),
        toll_of(facts, "killed"), toll_of(facts, "injured"), 0.8, "key",
        start_char=min(at, default=0), end_char=max(at, default=0) + 200 if at else 0,
    )  # fmt: skip


def toll_of(facts: dict, name: str) -> Toll:
    """A toll of the key: exact, or a range whose end may be open."""
    if facts.get(name) is not None:
        return Toll(facts[name], facts[name], facts[name])
    low, high = facts.get(f"{name}_range") or (None, None)
    return Toll(low, low, high) if low is not None else Toll()


def blurred(report: Report, article: Article, places: list, noise: float) -> Report:
    """Drop or blur facts of a report as often as a coder does."""
    rng = Random(f"{report.report_id}:{noise}")

    def happens(rate: float) -> bool:
        return rng.random() < rate * noise

    def toll(exact: Toll) -> Toll:
        if happens(NO_TOLL):
            return Toll()
        other = rng.choice((1, 2, 3, 5, 8, 12, 20, 40))
        return Toll(other, other, other) if happens(WRONG_TOLL) else exact

    day = blurred_day(report.date, article, happens, rng) if report.date else None
    place = blurred_place(report.place, places, happens, rng) if report.place else None
    kind = report.event_type
    if happens(NO_TYPE):
        kind = "other"
    elif happens(OTHER_TYPE):
        kind = rng.choice(("attack_on_civilians", "shooting", "bombing", "battle", "shelling"))
    actors = tuple(a for a in report.actors if not happens(NO_ACTOR))
    killed, injured = toll(report.killed), toll(report.injured)
    return replace(report, date=day, place=place, event_type=kind, killed=killed, injured=injured, actors=actors)


def blurred_day(day: DateSpan, article: Article, happens: Callable[[float], bool], rng: Random) -> DateSpan | None:
    """A day dropped, taken from the publication, moved, or known to the month only."""
    published = article.published_on
    if happens(NO_DAY):
        return None
    if happens(PUBLISHED_DAY) and published:
        return DateSpan(published, published, DatePrecision.DAY, "", "published")
    if happens(WRONG_DAY):
        off = timedelta(days=rng.choice((-7, -3, -1, -1, 1, 1, 2, 5)))
        return replace(day, start=day.start + off, end=day.end + off)
    if happens(COARSE_DAY):
        first = day.start.replace(day=1)
        return replace(day, start=first, end=first.replace(day=28), precision=DatePrecision.MONTH)
    return day


def blurred_place(place: Place, places: list, happens: Callable[[float], bool], rng: Random) -> Place | None:
    """A place dropped, taken for another of the corpus, or known to the region only."""
    if happens(NO_PLACE):
        return None
    lat, lon = place.lat or 0.0, place.lon or 0.0
    if happens(WRONG_PLACE):
        near = sorted(places, key=lambda p: hypot(p[0] - lat, p[1] - lon))
        lat, lon = rng.choice(near[: max(12, len(near) // 6)])
        return replace(place, lat=lat, lon=lon, name=f"{lat:.2f} {lon:.2f}", precision=PlacePrecision.TOWN)
    if happens(COARSE_PLACE):
        lat, lon = lat + rng.uniform(-0.7, 0.7), lon + rng.uniform(-0.7, 0.7)
        return replace(place, lat=lat, lon=lon, precision=PlacePrecision.REGION)
    return place


def labelled(name: str, path: Path, article_reports: list[ArticleReport]) -> Corpus:
    """Align reports with the key, article by article, main reports before background ones."""
    by_article: defaultdict[str, list[Report]] = defaultdict(list)
    for one in article_reports:
        by_article[one.article.external_id].append(one.report)
    label: dict[str, str] = {}
    report_of: dict[tuple[str, str], str | None] = {}
    gold: dict[str, dict] = {}
    for row in raw_rows(path):
        facts = {g["incident_id"]: g for g in row.get("incidents") or () if "incident_id" in g}
        if not facts and len(row["incident_ids"]) == 1:
            facts = dict(zip(row["incident_ids"], row.get("incidents") or (), strict=False))
        golds = [(i, facts.get(i, {})) for i in row["incident_ids"]]
        gold |= dict(golds)
        mains = [r for r in by_article[str(row["id"])] if r.role is Role.MAIN]
        mains.sort(key=lambda r: -r.confidence_0_1)
        paired = aligned(mains[:MAX_ALIGNED], [g for _, g in golds[:MAX_ALIGNED]])
        for number, (incident, _) in enumerate(golds):
            report = mains[paired[number]] if number in paired else None
            report_of[str(row["id"]), incident] = report.report_id if report else None
            if report:
                label[report.report_id] = incident
    return Corpus(name, article_reports, label, report_of, gold)


def aligned(reports: list[Report], golds: list[dict]) -> dict[int, int]:
    """Pair reports with gold incidents so that the sum of closeness is greatest: report by gold, as numbers."""
    if not reports or not golds:
        return {}
    near = {(i, j): closeness(r, g) for i, r in enumerate(reports) for j, g in enumerate(golds)}
    n, m = len(reports), len(golds)
    pairings: Iterable[list[tuple[int, int]]] = (
        (list(zip(range(n), p, strict=True)) for p in permutations(range(m), n))
        if n <= m
        else (list(zip(p, range(m), strict=True)) for p in permutations(range(n), m))
    )
    best = max(pairings, key=lambda pairs: sum(near[pair] for pair in pairs))
    least = 0.0 if m == 1 else 2.0  # with one incident the best report is its report, right or wrong
    return {j: i for i, j in best if near[i, j] >= least}


def closeness(report: Report, facts: dict) -> float:
    """How well a report fits a gold incident, as `score_incidents.py` weighs it."""
    score = 0.1 * report.confidence_0_1
    if report.date and facts.get("date"):
        first = date.fromisoformat(facts["date"][:10])
        last = date.fromisoformat((facts.get("date_end") or facts["date"])[:10])
        right = report.date.start <= last and report.date.end >= first
        right = right and (report.date.end - report.date.start).days <= (last - first).days + 1
        score += 2.0 if right else 1.0 * (abs((report.date.start - first).days) <= 1)
    spot = facts.get("latlon")
    if report.place and report.place.lat is not None and report.place.lon is not None and spot and None not in spot:
        off = distance_km(report.place.lat, report.place.lon, *spot) / max(25.0, facts.get("radius_km") or 25.0)
        score += 2.0 if off <= 1.0 else 1.0 * (off <= 6.0)
    score += report.event_type in (facts.get("type"), *facts.get("type_alt", ()))
    for toll, name in ((report.killed, "killed_range"), (report.injured, "injured_range")):
        low, high = facts.get(name) or (None, None)
        score += 0.5 * (low is not None and toll.best is not None and low <= toll.best <= (high or 10**9))
    return score


@dataclass(frozen=True)
class Outcome:
    """How the clusters of a resolved corpus agree with its key, round-ups included."""

    pair: tuple[float, float, float]
    b3: float
    count_error: float
    n_look_alikes: int
    n_joined: int

    def line(self, title: str) -> str:
        """One line of a table."""
        joined = f"{self.n_joined}/{self.n_look_alikes}"
        pair = " ".join(f"{value:.3f}" for value in self.pair)
        figures = f"pair P R F1 {pair}  B3 {self.b3:.3f}  count {self.count_error:+.3f}  look-alikes joined {joined}"
        return f"{title:28} {figures}"


def outcome(
    corpus: Corpus, weights: Weights | None = None, kept: Callable[[str], bool] = lambda article: True
) -> Outcome:
    """Resolve a corpus in runs as `deconflict replay` makes them and score every (article, incident) pair of the key.

    A pair without a report stands alone, as in `score_incidents.py`.
    """
    where = replayed(corpus.article_reports, weights or load_weights())
    pairs = [pair for pair in corpus.report_of if kept(pair[0])]
    gold = {f"{a}\t{i}": i for a, i in pairs}
    found = {f"{a}\t{i}": where.get(corpus.report_of[a, i] or "", f"alone:{a}:{i}") for a, i in pairs}
    n_true = len(set(gold.values()))
    error = (len(set(found.values())) - n_true) / n_true
    look_alikes = list(looking_alike(corpus))
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for key, incident in gold.items():
        homes[incident].add(found[key])
    joined = sum(bool(homes[a] & homes[b]) for a, b in look_alikes)
    return Outcome(pairwise(gold, found), b_cubed(gold, found)[2], error, len(look_alikes), joined)


def looking_alike(corpus: Corpus) -> Iterable[tuple[str, str]]:
    """Incidents of the key at one place within three days, or of one kind in one country on one day."""
    dated = [
        (i, facts, date.fromisoformat(facts["date"][:10]))
        for i, facts in sorted(corpus.gold.items())
        if facts.get("date")
    ]
    for (left, mine, day), (right, theirs, other) in combinations(dated, 2):
        gap = abs((day - other).days)
        spots = mine.get("latlon"), theirs.get("latlon")
        is_near = all(s and None not in s for s in spots) and distance_km(*spots[0], *spots[1]) <= SAME_PLACE_KM
        is_kind = mine.get("type") is not None and mine.get("type") == theirs.get("type")
        is_country = mine.get("country_code") is not None and mine.get("country_code") == theirs.get("country_code")
        if (is_near and gap <= SAME_DAYS) or (gap == 0 and is_kind and is_country):
            yield left, right
