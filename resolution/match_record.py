"""Match record: what is kept of a report so that later reports can be compared with it without its article.

Specification. Two vectors of frozen TF-IDF weights (the lead: title and first 400 characters; the body: title and
first 5,000), the marks of `resolution.text_marks`, and the coder's facts with how they were read: a day that repeats
the day of publication or that the coder chose with a small share of the weight, a place that nothing ties to the event
or that was a close call, and both of a report of no type, are not *firm*, and forbid nothing. A stored record stays
under 3 kB: at most 22 lead and 72 body terms, their weights as integers of 1..99. A report that is alone in its article
is read with the whole article; one of several with its own span and 300 characters around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import log

from model.article import Article, TextQuality
from model.incident import ArticleReport
from model.report import ActorRole, DatePrecision, DateSpan, PlacePrecision, Report, Role, Toll
from resolution.address import canonical_address
from resolution.idf import Idf, word_rates
from resolution.text_marks import read_marks, sites_of
from resolution.words import content_words

LEAD_CHARS = 400
BODY_CHARS = 5_000  # later paragraphs recall other incidents; cutting here also bounds the cost of a book-long page
SPAN_CHARS = 300  # read before and after the span of a report that shares its article with others
LEAD_TERMS = 22
BODY_TERMS = 72
MAX_IDF = 4.5  # a word nobody used before is no better a witness than one of a handful of reports
KEPT_IDF = 4.0  # above this, early words are kept rather than rarer ones: hapaxes crowd out what others will repeat
EARLY_WORDS = 50.0  # a word's claim to be kept halves by the fiftieth word: news tells the incident first
NAMES_KEPT = 16
MAX_ACTORS = 8
TITLE_IN_TEXT = 0.2  # a page that repeats less of its own title is a log-in form or another story's text

EXACT_PLACES = frozenset({PlacePrecision.SITE.value, PlacePrecision.TOWN.value})
EXACT_DATES = frozenset({DatePrecision.DAY.value, DatePrecision.DAYS.value})
SHORT_TYPES = frozenset(
    "air_strike shelling chemical_attack bombing shooting attack_on_civilians abduction looting arson accident".split()
)  # over within a day, so that another firm day is another incident; battles, riots, floods span days
SHORT_SUBTYPES = frozenset({"earthquake", "landslide"})  # of disasters, which span days otherwise
OPEN_TYPE = "other"  # an event of no type of the tree: no trigger on which its day and place could hang
# Reasons of the coder (`extractors.coding.where.reasons`) for a place that the event was beside and not in
_DOUBTFUL_REASONS = frozenset(("said to be near", "a distance is counted from it"))
_IDLE_REASONS = frozenset(("", "a town", "a part of a town"))  # that say nothing about the event
_CLOSE_CALL = "close call: "  # before the reasons where a second place has a quarter of the weight or more
_WON_WITH = re.compile(r"against ([\d.]+)$")  # share of the day chosen, at the end of why another lost
# Share of the weight with which the coder chose a day from which on the day is firm: of 2,500 days of nine dev corpora
# that are firm otherwise 0.98 are right to a day from 0.6 on, 0.81 below; of 300 of follow-ups 0.95 from 0.8 on
FIRM_SHARE, FIRM_SHARE_OF_FOLLOW_UP = 0.6, 0.8
# Days from an event to its publication up to which its day is firm: of 2,294 days of the dev halves 0.96 are right to
# a day up to three days, 0.69 from four to seven
FIRM_LAG_DAYS = 3
_JUNK = frozenset(
    {TextQuality.CONSENT, TextQuality.BOT_WALL, TextQuality.SOFT_404, TextQuality.EMPTY, TextQuality.LISTING}
)


@dataclass(frozen=True)
class MatchRecord:
    """What is remembered of a report. Days are proleptic ordinals; unknown facts are null or empty.

    `lead` and `body` hold the weight of each term, 1 to 99. `is_weak_date` marks a date that rests on the day of
    publication or on little weight, `is_loose_place` a place that no words tie to the event or that was a close call.
    `sites` are words of the lead for what was struck (`resolution.text_marks`).
    """

    report_id: str
    article_id: str
    revision: int
    is_main: bool
    is_follow_up: bool
    outlet: str
    address: str | None
    published: int | None
    title: str
    lead: Mapping[str, int]
    body: Mapping[str, int]
    persons: Mapping[str, int]
    names: tuple[str, ...]
    ages: tuple[int, ...]
    streets: tuple[str, ...]
    start: int | None
    end: int | None
    date_precision: str | None
    is_weak_date: bool
    lat: float | None
    lon: float | None
    place_precision: str | None
    place_name: str
    is_loose_place: bool
    place_id: int | None
    admin1: str | None
    country: str | None
    event_type: str
    event_subtype: str | None
    initiators: tuple[str, ...]
    targets: tuple[str, ...]
    sites: tuple[str, ...]
    killed: tuple[int | None, int | None, int | None]
    injured: tuple[int | None, int | None, int | None]
    signature: str
    credit: str | None
    n_words: int
    terms: frozenset[str] = field(default=frozenset(), compare=False)  # every term; counted once, never stored
    lead_words: frozenset[str] = field(default=frozenset(), compare=False)  # uncommon ones, looked up; never stored

    @cached_property
    def has_firm_day(self) -> bool:
        """Whether the day was read to the day or the few days from words about the event itself."""
        return (
            self.start is not None
            and self.date_precision in EXACT_DATES
            and (self.published is None or self.published - (self.end or self.start) <= FIRM_LAG_DAYS)
            and not (self.is_weak_date or self.event_type == OPEN_TYPE)
        )

    @cached_property
    def has_firm_place(self) -> bool:
        """Whether a town or site was read from words about the event itself."""
        return (
            self.lat is not None
            and self.place_precision in EXACT_PLACES
            and not (self.is_loose_place or self.event_type == OPEN_TYPE)
        )

    @cached_property
    def title_sites(self) -> frozenset[str]:
        """The kinds of place that the title names."""
        return frozenset(site for site in self.sites if site in self.low_title)

    @cached_property
    def outlet_key(self) -> str:
        """The outlet as one voice."""
        return outlet_key(self.outlet, self.article_id)

    @cached_property
    def is_short(self) -> bool:
        """Whether an event of this kind is over within a day."""
        return self.event_type in SHORT_TYPES or self.event_subtype in SHORT_SUBTYPES

    @cached_property
    def name_set(self) -> frozenset[str]:
        """Names and persons together."""
        return frozenset(self.names) | frozenset(self.persons)

    @cached_property
    def low_title(self) -> str:
        """The title in lower case."""
        return self.title.lower()


def report_text(article: Article, report: Report, is_alone: bool) -> str:
    """Cut the part of an article that tells `report`: everything, or its span with its surroundings."""
    if is_alone or report.end_char <= report.start_char:
        return article.text[:BODY_CHARS]
    return article.text[max(0, report.start_char - SPAN_CHARS) : report.end_char + SPAN_CHARS][:BODY_CHARS]


def all_terms(words: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """Every term that is counted for document frequency: words, and names as `first_last`."""
    return frozenset(words) | {n.replace(" ", "_") for n in names}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report's text says whatever the past is: its record but for the weights, and the words to be weighed."""

    unweighed: MatchRecord
    opening: list[str]
    body: list[str]


def make_record(article_report: ArticleReport, is_alone: bool, idf: Idf, signature: str) -> MatchRecord:
    """Boil a report down.

    Args:
        article_report: The report with its article.
        is_alone: Whether it is the only main report of its article.
        idf: Frequencies at this moment; the weights are frozen with them.
        signature: The article's MinHash signature (see `resolution.origins`).
    """
    return weigh(read(article_report, is_alone, signature), idf)


def weigh(reading: Reading, idf: Idf) -> MatchRecord:
    """Finish a record with the frequencies of this moment."""
    weight_of = idf.idfs({*reading.opening, *reading.body})
    lead, body = _vector(reading.opening, weight_of, LEAD_TERMS), _vector(reading.body, weight_of, BODY_TERMS)
    return replace(reading.unweighed, lead=lead, body=body)


def read(article_report: ArticleReport, is_alone: bool, signature: str) -> Reading:
    """Read a report's part of its article; the arguments are those of `make_record`."""
    article, report = article_report.article, article_report.report
    title = article.title if is_alone else ""
    text = report_text(article, report, is_alone)
    of_title, of_text = content_words(title), content_words(text)
    if article.text_quality in _JUNK or not _holds_title(of_title, of_text):
        text, of_text = "", []
    body = of_title + of_text
    opening = of_title + content_words(text[:LEAD_CHARS])
    surface = read_marks(f"{title}\n{text}")
    day, place = report.date, report.place
    unweighed = MatchRecord(
        report_id=report.report_id,
        article_id=report.article_id,
        revision=report.revision,
        is_main=report.role is Role.MAIN,
        is_follow_up=report.is_follow_up,
        outlet=article.outlet,
        address=canonical_address(article.url),
        published=article.published_on.toordinal() if article.published_on else None,
        title=article.title[:160],
        lead={},
        body={},
        persons=surface.persons,
        names=surface.names[:NAMES_KEPT],
        ages=surface.ages,
        streets=surface.streets,
        start=day.start.toordinal() if day else None,
        end=day.end.toordinal() if day else None,
        date_precision=day.precision.value if day else None,
        is_weak_date=day is not None and is_weak_date(day, report.is_follow_up),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        place_precision=place.precision.value if place else None,
        place_name=place.name if place else "",
        is_loose_place=bool(place) and is_loose_place_rule(place.rule if place else ""),
        place_id=place.place_id if place else None,
        admin1=place.admin1 if place else None,
        country=place.country_code if place else None,
        event_type=report.event_type,
        event_subtype=report.event_subtype,
        initiators=_named(report, ActorRole.INITIATOR),
        targets=_named(report, ActorRole.TARGET),
        sites=sites_of(opening),
        killed=_toll(report.killed),
        injured=_toll(report.injured),
        signature=signature,
        credit=article.wire_credit,
        n_words=len(text.split()),
        terms=all_terms(body, surface.names),
        lead_words=frozenset(opening) - word_rates().keys(),
    )
    return Reading(unweighed, opening, [*body, *surface.phrases])


def _named(report: Report, role: ActorRole) -> tuple[str, ...]:
    """Actors in a role that have a name of their own; "police" and "the suspect" are in every second report."""
    actors = (a for a in report.actors if a.role is role)
    named = {a.actor_id or a.name.lower() for a in actors if a.actor_id or a.name != a.name.lower()}
    return tuple(sorted(named)[:MAX_ACTORS])


def outlet_key(outlet: str, article_id: str) -> str:
    """The outlet as one voice; articles of no known outlet are each their own."""
    name = outlet.strip().lower()
    return article_id if name in ("", "unknown") else name


def is_weak_date(day: DateSpan, is_follow_up: bool) -> bool:
    """Whether a date only falls back on the day of publication, or was chosen with a small share of the weight."""
    if "publi" in day.rule or "fallback" in day.rule:
        return True
    shares = [float(found.group(1)) for alternative in day.losers if (found := _WON_WITH.search(alternative.reason))]
    return min(shares, default=1.0) < (FIRM_SHARE_OF_FOLLOW_UP if is_follow_up else FIRM_SHARE)


def is_loose_place_rule(rule: str) -> bool:
    """Whether a place was a close call, a reason for it is doubtful, or none ties it to the event.

    >>> is_loose_place_rule("a town"), is_loose_place_rule("a town; the dateline")
    (True, False)
    """
    if rule.startswith(_CLOSE_CALL):
        return True
    reasons = set(rule.split("; "))
    return not reasons.isdisjoint(_DOUBTFUL_REASONS) or reasons <= _IDLE_REASONS


def _holds_title(title: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the text under a title of four content words or more repeats at least a part of it."""
    wanted = set(title)
    if len(wanted) < 4 or not text:
        return True
    return len(wanted & set(text)) >= TITLE_IN_TEXT * len(wanted)


def _vector(words: Sequence[str], weight_of: Mapping[str, float], n_terms: int) -> dict[str, int]:
    """Weigh the words of a text, and keep those that other accounts of the incident are likely to repeat."""
    last = len(words) - 1
    first = {word: last - position for position, word in enumerate(reversed(words))}
    weights: dict[str, float] = {}
    claims: list[tuple[float, str]] = []
    for word, n in Counter(words).items():
        idf, strength = weight_of[word], 1.0 + log(n)
        weights[word] = strength * min(idf, MAX_IDF)
        claims.append((-strength * min(idf, KEPT_IDF) / (1.0 + first[word] / EARLY_WORDS), word))
    return _quantised({word: weights[word] for _, word in sorted(claims)[:n_terms]})


def _quantised(weights: Mapping[str, float]) -> dict[str, int]:
    """Scale to integers, 99 for the largest, so that stored and fresh vectors are the same."""
    top = max(weights.values(), default=0.0)
    if top <= 0.0:
        return {}
    whole = {t: round(99 * w / top) for t, w in weights.items()}
    return {t: w for t, w in whole.items() if w}


def _toll(toll: Toll) -> tuple[int | None, int | None, int | None]:
    return (toll.low, toll.best, toll.high)
