"""A report boiled down to what comparisons need, and the same as the JSON payload of a `Memory`.

Specification. Two vectors of frozen TF-IDF weights (the lead: title and first 400 characters; the body: title and
first 5,000), the marks of `resolution.surface`, and the coder's facts. A payload stays under 3 kB: at most 22 lead and
72 body terms, their weights as integers of 1..99, and 150 phrases (`resolution.phrases`). A report that is alone in its
article is read with the whole article; one of several with its own span and 300 characters around it.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import log
from typing import Any

import orjson

from model.article import Article, TextQuality
from model.incident import Told
from model.report import DatePrecision, PlacePrecision, Report, Role, Toll
from resolution.address import canonical_address
from resolution.phrases import pack, phrases_of, unpack
from resolution.rarity import Rarity, word_rates
from resolution.surface import read_surface
from resolution.words import content_words

LEAD_CHARS = 400
BODY_CHARS = 5_000  # later paragraphs recall other incidents; cutting here also bounds the cost of a book-long page
LOOKUP_WORDS = 200  # words up to here are looked up as rare words; later ones seldom name the incident
SPAN_CHARS = 300  # read before and after the span of a report that shares its article with others
LEAD_TERMS = 22
BODY_TERMS = 72
MAX_IDF = 4.5  # a word nobody used before is no better a witness than one of a handful of reports
KEPT_IDF = 4.0  # above this, early words are kept rather than rarer ones: hapaxes crowd out what others will repeat
EARLY_WORDS = 50.0  # a word's claim to be kept halves by the fiftieth word: news tells the incident first
NAMES_KEPT = 16
MAX_ACTORS = 8
THIN_WORDS = 25  # fewer content words than this make a page thin: its body says little and may be a teaser
TITLE_IN_TEXT = 0.2  # a page that repeats less of its own title is a log-in form or another story's text

_JUNK = frozenset(
    {TextQuality.CONSENT, TextQuality.BOT_WALL, TextQuality.SOFT_404, TextQuality.EMPTY, TextQuality.LISTING}
)


@dataclass(frozen=True)
class Sketch:
    """What is remembered of a report. Days are proleptic ordinals; unknown facts are null or empty.

    `lead` and `body` hold the weight of each term, 1 to 99. `is_weak_date` marks a date that rests on the day of
    publication only.
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
    days: tuple[str, ...]
    start: int | None
    end: int | None
    date_precision: str | None
    is_weak_date: bool
    lat: float | None
    lon: float | None
    place_precision: str | None
    geoname_id: int | None
    admin1: str | None
    country: str | None
    event_type: str
    event_subtype: str | None
    actors: tuple[str, ...]
    killed: tuple[int | None, int | None, int | None]
    injured: tuple[int | None, int | None, int | None]
    is_thin: bool
    signature: str
    credit: str | None
    n_words: int
    phrases: array[int] = field(default_factory=lambda: array("I"))  # see `resolution.phrases`
    terms: frozenset[str] = field(default=frozenset(), compare=False)  # every term; counted once, never stored
    lead_words: frozenset[str] = field(default=frozenset(), compare=False)  # uncommon ones, looked up; never stored
    text_words: frozenset[str] = field(default=frozenset(), compare=False)  # the same of the whole text

    @cached_property
    def name_set(self) -> frozenset[str]:
        """Names and persons together."""
        return frozenset(self.names) | frozenset(self.persons)

    @cached_property
    def month_days(self) -> tuple[str, ...]:
        """Of the days as written those without a year, "mm-dd"."""
        return tuple(d for d in self.days if "-" in d)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Of the days as written the years."""
        return tuple(d for d in self.days if "-" not in d)

    @cached_property
    def low_title(self) -> str:
        """The title in lower case."""
        return self.title.lower()


def told_text(article: Article, report: Report, is_alone: bool) -> str:
    """Cut the part of an article that tells `report`: everything, or its span with its surroundings."""
    if is_alone or report.end_char <= report.start_char:
        return article.text[:BODY_CHARS]
    return article.text[max(0, report.start_char - SPAN_CHARS) : report.end_char + SPAN_CHARS][:BODY_CHARS]


def all_terms(words: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """Every term that is counted for document frequency: words, and names as `first_last`."""
    return frozenset(words) | {n.replace(" ", "_") for n in names}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report's text says whatever the past is: its sketch but for the weights, and the words to be weighed."""

    unweighed: Sketch
    opening: list[str]
    body: list[str]


def make_sketch(told: Told, is_alone: bool, rarity: Rarity, signature: str) -> Sketch:
    """Boil a report down.

    Args:
        told: The report with its article.
        is_alone: Whether it is the only main report of its article.
        rarity: Frequencies at this moment; the weights are frozen with them.
        signature: The article's MinHash signature (see `resolution.origins`).
    """
    return weigh(read(told, is_alone, signature), rarity)


def weigh(reading: Reading, rarity: Rarity) -> Sketch:
    """Finish a sketch with the frequencies of this moment."""
    idf = rarity.idfs({*reading.opening, *reading.body})
    lead, body = _vector(reading.opening, idf, LEAD_TERMS), _vector(reading.body, idf, BODY_TERMS)
    return replace(reading.unweighed, lead=lead, body=body)


def read(told: Told, is_alone: bool, signature: str) -> Reading:
    """Read a report's part of its article; the arguments are those of `make_sketch`."""
    article, report = told.article, told.report
    title = article.title if is_alone else ""
    text = told_text(article, report, is_alone)
    of_title, of_text = content_words(title), content_words(text)
    is_thin = article.text_quality in _JUNK or not _holds_title(of_title, of_text)
    if is_thin:
        text, of_text = "", []
    body = of_title + of_text
    opening = of_title + content_words(text[:LEAD_CHARS])
    surface = read_surface(f"{title}\n{text}")
    day, place = report.date, report.place
    unweighed = Sketch(
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
        days=surface.days,
        start=day.start.toordinal() if day else None,
        end=day.end.toordinal() if day else None,
        date_precision=day.precision.value if day else None,
        is_weak_date=bool(day) and is_weak_rule(day.rule if day else ""),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        place_precision=place.precision.value if place else None,
        geoname_id=place.geoname_id if place else None,
        admin1=place.admin1 if place else None,
        country=place.country_code if place else None,
        event_type=report.event_type,
        event_subtype=report.event_subtype,
        actors=_known_actors(report),
        killed=_toll(report.killed),
        injured=_toll(report.injured),
        is_thin=is_thin or len(text) < THIN_WORDS * 6,
        signature=signature,
        credit=article.wire_credit,
        n_words=len(text.split()),
        phrases=phrases_of(body),
        terms=all_terms(body, surface.names),
        lead_words=frozenset(opening) - word_rates().keys(),
        text_words=frozenset(body[:LOOKUP_WORDS]) - word_rates().keys(),
    )
    return Reading(unweighed, opening, [*body, *surface.phrases])


def _known_actors(report: Report) -> tuple[str, ...]:
    """Actors that have a name of their own; "police" and "the suspect" are in every second report."""
    named = {a.actor_id or a.name.lower() for a in report.actors if a.actor_id or a.name != a.name.lower()}
    return tuple(sorted(named)[:MAX_ACTORS])


def is_weak_rule(rule: str) -> bool:
    """Whether a date rule only falls back on the day of publication."""
    return "publi" in rule or "fallback" in rule


def _holds_title(title: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the text under a title of four content words or more repeats at least a part of it."""
    wanted = set(title)
    if len(wanted) < 4 or not text:
        return True
    return len(wanted & set(text)) >= TITLE_IN_TEXT * len(wanted)


def _vector(words: Sequence[str], idf: Mapping[str, float], n_terms: int) -> dict[str, int]:
    """Weigh the words of a text, and keep those that other accounts of the incident are likely to repeat."""
    last = len(words) - 1
    first = {word: last - position for position, word in enumerate(reversed(words))}
    weights: dict[str, float] = {}
    claims: list[tuple[float, str]] = []
    for word, n in Counter(words).items():
        rarity, strength = idf[word], 1.0 + log(n)
        weights[word] = strength * min(rarity, MAX_IDF)
        claims.append((-strength * min(rarity, KEPT_IDF) / (1.0 + first[word] / EARLY_WORDS), word))
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


_PLAIN = (
    "report_id article_id revision is_main is_follow_up outlet address published title names ages streets days start "
    "end date_precision is_weak_date lat lon place_precision geoname_id admin1 country event_type event_subtype actors "
    "killed injured is_thin signature credit n_words"
).split()
_TUPLES = frozenset({"names", "ages", "streets", "days", "actors", "killed", "injured"})


def encode(sketch: Sketch) -> str:
    """Write a sketch as compact JSON; facts that are null, false or empty are left out."""
    plain = {name: value for name in _PLAIN if (value := getattr(sketch, name)) not in (None, False, "", ())}
    for name in ("lat", "lon"):
        if name in plain:
            plain[name] = round(plain[name], 4)
    plain["persons"] = dict(sketch.persons)
    plain["lead"] = dict(sketch.lead)
    plain["body"] = dict(sketch.body)
    plain["phrases"] = pack(sketch.phrases)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


_DEFAULTS = dict.fromkeys(_PLAIN) | {
    "is_main": False, "is_follow_up": False, "is_weak_date": False, "is_thin": False, "title": "", "outlet": "",
    "signature": "", "names": (), "ages": (), "streets": (), "days": (), "actors": (), "n_words": 0,
    "event_type": "other", "killed": (None, None, None), "injured": (None, None, None), "phrases": "",
    "terms": frozenset(), "lead_words": frozenset(), "text_words": frozenset(),
}  # fmt: skip


def decode(payload: str) -> Sketch:
    """Read a sketch back from the payload of a memory."""
    facts: dict[str, Any] = _DEFAULTS | orjson.loads(payload)
    for name in _TUPLES:
        facts[name] = tuple(facts[name])
    facts["phrases"] = unpack(facts["phrases"])
    made = object.__new__(
        Sketch
    )  # a run unfolds tens of thousands; setting forty frozen fields takes longer than reading
    vars(made).update(facts)
    return made


def day_words(ordinal: int) -> str:
    """An ordinal as an ISO day, for words.

    >>> day_words(736733)
    '2018-02-08'
    """
    return date.fromordinal(ordinal).isoformat()


EXACT_PLACES = frozenset({PlacePrecision.SITE.value, PlacePrecision.TOWN.value})
EXACT_DATES = frozenset({DatePrecision.DAY.value, DatePrecision.DAYS.value})
