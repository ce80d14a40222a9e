"""From an article to its reports: the gate, the segments, and for each when, where, who and the claims.

Belongs: composition only; every rule lives in the part that it belongs to.

The text is cut at `MAX_TEXT_CHARS` and `MAX_SENTENCES`, which bounds the time of one article. Hard line wraps are
undone first, without moving a character, so that every offset and quote is the article's own. The same article gives
the same reports, whatever was coded before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.claims import FoundClaim, find_claims, tolls, with_ids
from extractors.claims.find import table_side_of
from extractors.coding.document import Sentence
from extractors.coding.sentences import split_sentences
from extractors.coding.unwrap import unwrap
from extractors.reference.claims import load_claim_lexicon
from extractors.reference.load import Reference
from extractors.text.segments import TITLE, Segment
from extractors.what.gate import Kind, Verdict, judge
from extractors.what.segment import segment_article
from extractors.what.signals import OLD_YEARS, SentenceSignals, read_signals
from extractors.what.types import explain_type, name_type
from extractors.when import DateMention, choose_date, find_dates
from extractors.where import PlaceMention, choose_place, find_places
from extractors.who.find import FoundActor, choose_actors, find_actors, is_shouted
from extractors.who.index import ActorIndex
from model import ids
from model.article import Article
from model.report import Claim, Coding, DateSpan, Place, Report, Role, Why

CODER_VERSION = "1"
MAX_TEXT_CHARS = 60_000  # about ten thousand words; what stands later in a page is comments or an archive
MAX_SENTENCES = 400
MAX_TITLE_CHARS = 1_000  # a headline has a hundred; a longer "title" is the text in the wrong field
NO_PLACE_FACTOR = 0.8  # confidence of a report whose place is not known …
NO_DATE_FACTOR = 0.85  # … or whose day is not


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was found in an article before it is shared out among its segments."""

    article: Article
    sentences: tuple[Sentence, ...]
    signals: tuple[SentenceSignals, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[FoundActor, ...]
    claims: tuple[FoundClaim, ...]


def prepare(article: Article) -> tuple[Article, tuple[Sentence, ...]]:
    """Cut an article to the bounds above and undo its hard wraps; give it and its sentences."""
    plain = replace(article, text=unwrap(article.text[:MAX_TEXT_CHARS]), title=article.title[:MAX_TITLE_CHARS])
    return plain, split_sentences(plain.text)[:MAX_SENTENCES]


class Coder:
    """Codes articles against one set of reference tables; holds nothing of an article afterwards."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.actor_index = ActorIndex(reference.actors, reference.country_words)
        self._side_in_words = table_side_of(load_claim_lexicon())

    def code(self, article: Article) -> Coding:
        """Code one article: its reports, the main ones first, or why there are none.

        Text without an incident, empty text and garbage give no report.
        """
        plain, sentences = prepare(article)
        published = article.published_on
        year = published.year if published else None
        signals = read_signals(plain.title, sentences, self.reference.lexicons, year)
        shouted = is_shouted(plain.text)
        is_teletype = shouted and (not plain.title.strip() or is_shouted(plain.title))
        verdict = judge(signals, self.reference.gate_weights, is_shouted=is_teletype, published_on=published)
        if verdict.kind is Kind.NONE:
            return Coding(article.article_id, (), verdict.rejected)
        facts = self._find(plain, sentences, signals, shouted=shouted)
        trigger = verdict.trigger.text if verdict.trigger else ""
        segments = segment_article(signals, sentences, verdict.sentence, trigger, _first_places(facts))
        reports = [self._report(facts, segment, verdict, n) for n, segment in enumerate(segments)]
        kept = [_with_own_quotes(report, article.text) for report in _in_order(reports)]
        return Coding(article.article_id, tuple(kept), verdict.rejected)

    def _find(
        self, article: Article, sentences: tuple[Sentence, ...], signals: tuple[SentenceSignals, ...], *, shouted: bool
    ) -> _Facts:
        return _Facts(
            article=article,
            sentences=sentences,
            signals=signals,
            dates=find_dates(article, sentences),
            places=find_places(article, sentences, self.reference.gazetteer),
            actors=find_actors(signals, sentences, self.actor_index, shouted=shouted),
            claims=find_claims(article, sentences, side_of=self._side_of),
        )

    def _side_of(self, words: str) -> str | None:
        """Name the side that words belong to: by the short table of words first, then by the actor table."""
        return self._side_in_words(words) or self.actor_index.side_in(words)

    def _report(self, facts: _Facts, segment: Segment, verdict: Verdict, ordinal: int) -> Report:
        article = facts.article
        day = choose_date(facts.dates, segment, facts.sentences, article)
        place = choose_place(facts.places, segment, facts.sentences, article)
        actors = choose_actors(facts.actors, segment, facts.signals, facts.sentences)
        inside = frozenset(segment.sentences)
        found = [c for c in facts.claims if c.sentence in inside]
        killed, injured = tolls(found, article, segment)
        report_id = ids.report_id(article.article_id, article.revision, ordinal)
        own = [s for s in facts.signals if s.index in inside]
        if verdict.kind is Kind.OTHER:
            event_type, subtype = "other", verdict.trigger.entry.event_subtype if verdict.trigger else ""
            why = Why(segment.trigger, "a concrete happening of no type of the tree", verdict.rejected)
        else:
            kinds = [a.actor_type for a in facts.actors if a.sentence in inside and a.sentence < 5]
            event_type, subtype, votes = name_type(own, segment.trigger_sentence, kinds)
            why = explain_type(event_type, subtype, votes, segment.trigger)
        start, end = _extent(segment, facts.sentences)
        return Report(
            report_id=report_id,
            article_id=article.article_id,
            revision=article.revision,
            role=_role(segment, verdict, day, article),
            event_type=event_type,
            event_subtype=subtype or None,
            date=day,
            place=place,
            actors=actors,
            claims=with_ids(found, report_id),
            killed=killed,
            injured=injured,
            confidence_0_1=_confidence(verdict, segment, day, place),
            coder_version=CODER_VERSION,
            trigger=segment.trigger,
            start_char=start,
            end_char=end,
            is_follow_up=verdict.kind is Kind.FOLLOW_UP and segment.role is Role.MAIN,
            type_why=why,
        )


def _first_places(facts: _Facts) -> dict[int, str]:
    """Name the place with which a sentence begins, by index of the sentence."""
    first: dict[int, str] = {}
    for found in facts.places:
        if found.sentence >= 0 and found.at == facts.sentences[found.sentence].start:
            first.setdefault(found.sentence, str(found.place.geoname_id or found.place.name))
    return first


def _role(segment: Segment, verdict: Verdict, day: DateSpan | None, article: Article) -> Role:
    published = article.published_on
    if verdict.kind is Kind.FOLLOW_UP and day and published and published.year - day.end.year >= OLD_YEARS:
        return Role.BACKGROUND
    return segment.role


def _extent(segment: Segment, sentences: Sequence[Sentence]) -> tuple[int, int]:
    inside = [sentences[i] for i in segment.sentences if i != TITLE]
    return (inside[0].start, inside[-1].end) if inside else (0, 0)


def _confidence(verdict: Verdict, segment: Segment, day: DateSpan | None, place: Place | None) -> float:
    value = verdict.confidence_0_1 * (0.9 if segment.role is Role.BACKGROUND else 1.0)
    value *= NO_DATE_FACTOR if day is None else 1.0
    value *= NO_PLACE_FACTOR if place is None else 1.0
    return round(value, 3)


def _in_order(reports: Sequence[Report]) -> list[Report]:
    return sorted(reports, key=lambda r: r.role is not Role.MAIN)


def _with_own_quotes(report: Report, text: str) -> Report:
    """Put the article's own characters into the quotes, line breaks and all."""
    claims = tuple(_own_quote(claim, text) for claim in report.claims)
    return replace(report, claims=claims)


def _own_quote(claim: Claim, text: str) -> Claim:
    return claim if claim.start_char < 0 else replace(claim, quote=text[claim.start_char : claim.end_char])
