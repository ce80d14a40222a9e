"""From an article to its reports: compose the parts; every rule lives in the part that it belongs to.

The text is cut at `parser.MAX_TEXT_CHARS` and `parser.MAX_SENTENCES`, which bounds the time of one article. Hard line
wraps are undone first, without moving a character, so that every offset and quote is the article's own. The same
article gives the same reports, whatever was coded before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.coding.claims import (
    FoundClaim,
    claims_of,
    read_claims,
    rest_on_claims,
    table_side_of,
    tolls,
    with_ids,
)
from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.clusters import Group, bind, group_mentions
from extractors.coding.comparison import comparison_features
from extractors.coding.document import TITLE, Document
from extractors.coding.embedding import load_embedder
from extractors.coding.features import article_features, cluster_features, is_follow_up
from extractors.coding.layout import item_of_sentences
from extractors.coding.linear import probability
from extractors.coding.mentions import find_mentions
from extractors.coding.other_event import mention_of_other, other_event
from extractors.coding.ownership import sentences_of
from extractors.coding.parser import Parser
from extractors.coding.ranking import ReportRanker, load_report_ranker, with_embedding
from extractors.coding.scope import read_scopes
from extractors.coding.signals import SentenceSignals, read_signals
from extractors.coding.types import name_type
from extractors.coding.when import DateMention, choose_date, date_near, find_dates
from extractors.coding.where import PlaceMention, choose_place, find_places, place_near
from extractors.coding.who import ActorIndex, FoundActor, choose_actors, find_actors
from extractors.reference.claims import load_claim_lexicon
from extractors.reference.load import Reference
from model import ids
from model.article import Article
from model.characters import replace_surrogates
from model.report import Alternative, Claim, Coding, DateSpan, Place, Report, Role

CODER_VERSION = "2"
MAX_BACKGROUND = 3  # recalled incidents kept of one article; more is a chronicle
MAX_REASONS = 4  # features named for each cluster
MAX_REJECTED = 12  # reasons shown to a person
MAX_SET_ASIDE = 12  # figures shown to a person that are of no report
OTHER_CONFIDENCE = 0.25
NO_PLACE_FACTOR = 0.8  # confidence of a report whose place is not known …
NO_DATE_FACTOR = 0.85  # … or whose day is not


@dataclass(frozen=True)
class Scene:
    """All that was found in one article before anything is chosen."""

    document: Document
    signals: tuple[SentenceSignals, ...]
    article_features: Mapping[str, float]
    mentions: tuple[EventMention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    groups: tuple[Group, ...]
    clusters: tuple[Cluster, ...]

    def features(self, k: int) -> dict[str, float]:
        """Describe cluster `k` for the ranker."""
        bounds = [g.members for g in self.groups]
        own = cluster_features(self.document, self.signals, self.article_features, self.clusters, bounds, k)
        return own | comparison_features(self.document, self.signals, self.clusters, bounds, k)


@dataclass(frozen=True)
class Parties:
    """Who is named in an article and what is claimed of them; found once, and only where there is a report to make."""

    actors: tuple[FoundActor, ...]
    claims: tuple[FoundClaim, ...]
    set_aside: tuple[Alternative, ...]


@dataclass(frozen=True)
class Ranked:
    """A cluster with its probability of being reported, and the features that moved it most, in words."""

    cluster: Cluster
    probability_0_1: float
    is_reported: bool
    reason: str


class Coder:
    """Codes articles against one set of reference tables; holds nothing of an article afterwards."""

    def __init__(self, reference: Reference, parser: Parser | None = None) -> None:
        """Load the tables and, unless one is given, the parser."""
        self.reference = reference
        self.actor_index = ActorIndex(reference.actors, reference.country_words, reference.lexicons.roles)
        self.parser = parser or Parser()
        self._claim_lexicon = load_claim_lexicon()
        self._side_in_words = table_side_of(self._claim_lexicon)

    @cached_property
    def _ranker(self) -> ReportRanker:
        return load_report_ranker()

    def code(self, article: Article) -> Coding:
        """Code one article: its reports, the main ones first, or why there are none.

        Text without an incident, empty text and garbage give no report.
        """
        document = self.parser.tokenise(article)
        signals = read_signals(document, self.reference.lexicons)
        features = article_features(document, signals)
        if not document.tokens or not self._ranker.passes(features):
            return self._unparsed(document, signals, features)
        scene = self.read(self.parser.parse(document), signals, features)
        ranked = self._rank(scene)
        main = [r for r in ranked if r.is_reported]
        background = [r for r in ranked if not r.is_reported and _is_background(r.cluster)][:MAX_BACKGROUND]
        if not main:
            return self._other(scene, ranked)
        found = self._parties(scene.document)
        reports = [self._report(scene, found, r, Role.MAIN, len(main) == 1, n) for n, r in enumerate(main)]
        reports += [
            self._report(scene, found, r, Role.BACKGROUND, False, len(main) + n) for n, r in enumerate(background)
        ]
        kept = tuple(_quoted(r, article) for r in reports)
        return Coding(article.article_id, kept, _rejected(ranked), found.set_aside[:MAX_SET_ASIDE])

    def steps(self, article: Article) -> tuple[Scene, list[Ranked]] | None:
        """Read an article and rank its clusters; null where the prefilter keeps it from the parser."""
        document = self.parser.tokenise(article)
        signals = read_signals(document, self.reference.lexicons)
        features = article_features(document, signals)
        if not document.tokens or not self._ranker.passes(features):
            return None
        scene = self.read(self.parser.parse(document), signals, features)
        return scene, self._rank(scene)

    def claims(self, scene: Scene) -> tuple[FoundClaim, ...]:
        """Find every claim of a parsed article."""
        return self._parties(scene.document).claims

    def read(self, document: Document, signals: Sequence[SentenceSignals], features: Mapping[str, float]) -> Scene:
        """Find the mentions, dates and places of a parsed document, and group the mentions."""
        mentions = find_mentions(document, signals)
        dates, places = find_dates(document), find_places(document, self.reference.gazetteer)
        items = item_of_sentences(document)
        days = {m: date_near(m, dates, document) for m in mentions}
        spots = {m: place_near(m, places, document) for m in mentions}
        scopes = read_scopes(document, dates, places)
        groups = group_mentions([bind(document, m, days, spots, items, scopes.get(m.sentence)) for m in mentions])
        clusters = tuple(
            Cluster(tuple(b.mention for b in g.members), sentences, Role.MAIN, shared, len(groups) == 1)
            for g, (sentences, shared) in zip(groups, sentences_of(document, groups, items), strict=True)
        )
        return Scene(document, tuple(signals), features, mentions, dates, places, tuple(groups), clusters)

    def reports_of(self, scene: Scene, ks: Iterable[int]) -> dict[int, Report]:
        """Make the reports that clusters `ks` would give, whatever their rank; for trainers."""
        found = self._parties(scene.document)
        ranked = {k: Ranked(scene.clusters[k], 0.5 - k / 100, False, "") for k in ks}
        return {k: self._report(scene, found, r, Role.MAIN, False, k) for k, r in ranked.items()}

    def _rank(self, scene: Scene) -> list[Ranked]:
        """Score the clusters, in their order in the text, and mark those that are reported."""
        ranker, embedder, article = self._ranker, load_embedder(), scene.document.article
        head = ranker.article_log_odds(embedder, article.title, article.text)
        described = [with_embedding(scene.features(k), head) for k in range(len(scene.clusters))]
        news = [k for k, cluster in enumerate(scene.clusters) if not cluster.is_tried]
        found = ranker.reported(scene.article_features, head, [described[k] for k in news])
        reported = {news[n]: share for n, share in found.items()}
        return [
            Ranked(
                cluster,
                reported.get(k, probability(ranker.cluster.score(described[k]))),
                k in reported,
                _words(ranker.cluster.strongest(described[k], MAX_REASONS)),
            )
            for k, cluster in enumerate(scene.clusters)
        ]

    def _unparsed(
        self, document: Document, signals: Sequence[SentenceSignals], features: Mapping[str, float]
    ) -> Coding:
        """Give the coding of an article that the prefilter kept from the parser, with the triggers that it has."""
        model = self._ranker.prefilter
        strongest = _words(model.strongest(features, MAX_REASONS))
        reason = f"kept back by the prefilter: probability {probability(model.score(features)):.2f}: {strongest}"
        hits = [hit for one in signals for hit in one.triggers]
        named = dict.fromkeys((document.text_between(h.first, h.last), h.payload.event_type) for h in hits)
        alternatives = [Alternative(text, kind, reason) for text, kind in named] or [
            Alternative("", "any event", reason)
        ]
        return Coding(document.article.article_id, (), tuple(alternatives[:MAX_REJECTED]))

    def _other(self, scene: Scene, ranked: Sequence[Ranked]) -> Coding:
        """Give the coding of an article without a reported incident: another event, or nothing."""
        article = scene.document.article
        rejected = _rejected(ranked)
        is_tried = any(cluster.is_tried for cluster in scene.clusters)
        found = None if is_tried else other_event(scene.document, scene.mentions, scene.article_features)
        if found is None:
            return Coding(article.article_id, (), rejected)
        mention = mention_of_other(found, scene.document)
        whole = tuple(s.index for s in scene.document.sentences)
        cluster = Cluster((mention,), whole, Role.MAIN, {}, True)
        parties, other = self._parties(scene.document), "a concrete event of no listed type"
        report = self._report(scene, parties, Ranked(cluster, OTHER_CONFIDENCE, True, other), Role.MAIN, True, 0)
        kept = (_quoted(report, article),)
        return Coding(article.article_id, kept, rejected, parties.set_aside[:MAX_SET_ASIDE])

    def _side_of(self, words: str) -> str | None:
        """Name the side that words belong to: by the short table of words first, then by the actor table."""
        return self._side_in_words(words) or self.actor_index.side_in(words)

    def _parties(self, document: Document) -> Parties:
        claims, set_aside = read_claims(document, self._claim_lexicon, self._side_of)
        return Parties(find_actors(document, self.actor_index), claims, set_aside)

    def _report(self, scene: Scene, found: Parties, ranked: Ranked, role: Role, is_whole: bool, ordinal: int) -> Report:
        document, article = scene.document, scene.document.article
        cluster = replace(ranked.cluster, role=role, is_whole_article=is_whole)
        day = choose_date(scene.dates, cluster, document)
        place = choose_place(scene.places, cluster, document)
        claims = claims_of(found.claims, cluster, document)
        claims, (killed, injured) = rest_on_claims(claims, tolls(claims, cluster, document), cluster, document)
        report_id = ids.report_id(article.article_id, article.revision, ordinal)
        home = self.actor_index.nation(place.country_code if place else None)
        kind, subtype, rationale = name_type(cluster, document, found.actors)
        start, end = _extent(cluster, document)
        return Report(
            report_id=report_id,
            article_id=article.article_id,
            revision=article.revision,
            role=role,
            event_type=kind,
            event_subtype=subtype or None,
            date=day,
            place=place,
            actors=choose_actors(found.actors, cluster, document, kind, home),
            claims=with_ids(claims, report_id),
            killed=killed,
            injured=injured,
            confidence_0_1=_confidence(ranked.probability_0_1, day, place),
            coder_version=CODER_VERSION,
            trigger_text=cluster.opening.text,
            start_char=start,
            end_char=end,
            is_follow_up=role is Role.MAIN and is_follow_up(scene.signals),
            type_why=rationale,
        )


def _is_background(cluster: Cluster) -> bool:
    """Say whether a cluster that is not reported is a recalled incident worth keeping."""
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL and m.event_type not in ("other", "casualty")]
    return any(m.is_recalled and m.strength >= 3 for m in actual)


def _words(shares: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {share:+.1f}" for name, share in shares)


def _rejected(ranked: Sequence[Ranked]) -> tuple[Alternative, ...]:
    alternatives = [
        Alternative(
            r.cluster.opening.text, r.cluster.opening.event_type, f"probability {r.probability_0_1:.2f}: {r.reason}"
        )
        for r in ranked
        if not r.is_reported
    ]
    return tuple(alternatives[:MAX_REJECTED])


def _extent(cluster: Cluster, document: Document) -> tuple[int, int]:
    inside = [document.sentence(i) for i in cluster.sentences if i != TITLE]
    return (inside[0].start, inside[-1].end) if inside else (0, 0)


def _confidence(probability: float, day: DateSpan | None, place: Place | None) -> float:
    value = probability * (NO_DATE_FACTOR if day is None else 1.0) * (NO_PLACE_FACTOR if place is None else 1.0)
    return round(value, 3)


def _quoted(report: Report, article: Article) -> Report:
    """Put the article's own characters into the quotes, line breaks and all; halves of characters are replaced."""
    text = replace_surrogates(article.text)
    return replace(report, claims=tuple(_quote(claim, text) for claim in report.claims))


def _quote(claim: Claim, text: str) -> Claim:
    return claim if claim.start_char < 0 else replace(claim, quote=text[claim.start_char : claim.end_char])
