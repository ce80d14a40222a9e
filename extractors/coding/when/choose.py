"""Choose the day of the incident among the dates of its cluster, and say why the others lost.

Specification: every mention, and the day of publication with the day before it as one more candidate unless an earlier
period modifies the trigger itself, is scored by a linear model over the named features of `features.py`; mentions of
the same days add up; the days of the greatest weight win. Three rules stand above the weights: what is told as still to
come cannot have happened, a named day beats a week or a month unless it is far less likely, and an explicit date beats
a weekday that it contradicts. Weights: `seeds/reference/date_ranker.json`, trained by
`bench/when.py`; what they reach stands in docs/explanation/dates.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.coding.cluster import Cluster
from extractors.coding.document import TITLE, Document
from extractors.coding.when.attach import binding_cost
from extractors.coding.when.days import ONE_DAY, interval
from extractors.coding.when.features import features_of, make_scene, order_features, published_features
from extractors.coding.when.find import writing_day
from extractors.coding.when.mention import DateMention, MentionKind, Rule
from extractors.reference.date_ranker import load_date_ranker
from model.report import Alternative, DateSpan, Role

CONFLICT_DAYS = 2  # a weekday this near an explicit date tells of the same event with a slip; farther, of another event
CONFLICT_SHARE = 0.2  # an explicit date must be a serious rival, or every later death would move the event's day
PERIOD_SHARE = 0.1  # four-fold on US shootings: 0.5 points more exact than no such rule, flat from 0.05 to 0.3
MAX_LOSERS = 12  # an explanation is for a person
_EXPLICIT = frozenset({Rule.MONTH_DAY, Rule.MONTH_DAY_YEAR, Rule.ISO})
_SAME_EVENT = frozenset({"near=event", "near=occur", "before=event", "after=event", "bound=actual"})

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and its score in natural-log odds."""

    span: DateSpan
    mention: DateMention | None  # null for the day of publication
    features: tuple[str, ...]
    score: float

    def rescored(self, weights: Mapping[str, float]) -> Scored:
        """Return the candidate with the score that other weights give it."""
        return replace(self, score=sum(weights.get(name, 0.0) for name in self.features))


def choose_date(mentions: Sequence[DateMention], cluster: Cluster, document: Document) -> DateSpan | None:
    """Choose the days of the incident that `cluster` tells of.

    Args:
        mentions: All dates of the article, from `find_dates`.
        cluster: The mentions and sentences that tell of the incident.
        document: The parsed article.

    Returns:
        The days with the rule that read them and the losers; null where the text names none and the day of
        publication is unknown, or where an article merely recalls the incident (then the publication says nothing).
    """
    return pick(score_candidates(mentions, cluster, document, load_date_ranker().weights))


def pick(candidates: Sequence[Scored]) -> DateSpan | None:
    """Pick the best of scored candidates, with the others as losers; null of none."""
    if not candidates:
        return None
    weight_of = _pool(candidates)
    best = max(candidates, key=lambda c: (weight_of[_days(c)], c.score, -_order(c)))
    best = _day_over_period(best, candidates, weight_of)
    best = _explicit_over_weekday(best, candidates, weight_of)
    shares = _shares(weight_of)
    alternatives = tuple(_alternative(c, best, shares) for c in candidates if _days(c) != _days(best))
    return replace(best.span, losers=(best.span.losers + alternatives)[:MAX_LOSERS])


def score_candidates(
    mentions: Sequence[DateMention], cluster: Cluster, document: Document, weights: Mapping[str, float]
) -> list[Scored]:
    """Score every mention that may be the cluster's, and the day of publication where that may stand in."""
    written_on = writing_day(document.article, mentions)
    scene = make_scene(document, cluster, load_date_ranker().cues, written_on)
    own = _own_mentions(mentions, cluster, document)
    scored = [_score(m.span, m, features_of(m, scene) + order_features(m, own, scene), weights) for m in own]
    published = _published_span(written_on)
    if published and cluster.role is Role.MAIN and not _is_dated_before(published.start, own, cluster, document):
        scored.append(_score(published, None, published_features(own, scene), weights))
    return scored


def _own_mentions(mentions: Sequence[DateMention], cluster: Cluster, document: Document) -> list[DateMention]:
    """Take the mentions that may date the cluster; what is still to come and days of writing never do.

    The only cluster of an article may take any day told in it (sentences set apart count less, by a weight); one of
    several takes its own, and where it has none those of the title and lead that all share.
    """
    past_mentions = [m for m in mentions if not m.is_future and not m.is_mark]
    if cluster.is_whole_article:
        return past_mentions
    own = [m for m in past_mentions if cluster.owns(document, m.token)]
    if any(m.is_day for m in own) or cluster.role is not Role.MAIN:
        return own
    return own + [m for m in past_mentions if m.sentence in (TITLE, 0) and m not in own]


def _is_dated_before(day: date, own: Sequence[DateMention], cluster: Cluster, document: Document) -> bool:
    """Say whether a period that modifies the opening trigger is over before `day`: "killed nine a fortnight ago"."""
    periods = [m for m in own if not m.is_day and m.sentence == cluster.opening.sentence and m.span.end < day]
    return any(binding_cost(document, cluster.opening, m) == 0 for m in periods)


def _score(span: DateSpan, mention: DateMention | None, features: list[str], weights: Mapping[str, float]) -> Scored:
    return Scored(span, mention, tuple(features), sum(weights.get(name, 0.0) for name in features))


def _published_span(day: date | None) -> DateSpan | None:
    """Give the day of publication and the day before it: two thirds of news is told within them."""
    if day is None or day == date.min:
        return None
    days = interval(day - ONE_DAY, day, Rule.PUBLISHED)
    return DateSpan(days.start, days.end, days.precision, "", Rule.PUBLISHED)


def _days(candidate: Scored) -> Days:
    return candidate.span.start, candidate.span.end


def _order(candidate: Scored) -> int:
    return candidate.mention.first if candidate.mention else 1_000_000_000


def _pool(candidates: Sequence[Scored]) -> dict[Days, float]:
    """Add up the weights of candidates of the same days, against overflow measured from the greatest score."""
    top = max(c.score for c in candidates)
    pooled: dict[Days, float] = defaultdict(float)
    for candidate in candidates:
        pooled[_days(candidate)] += math.exp(candidate.score - top)
    return pooled


def _shares(pooled: Mapping[Days, float]) -> dict[Days, float]:
    total = sum(pooled.values())
    return {days: weight / total for days, weight in pooled.items()}


def _day_over_period(best: Scored, candidates: Sequence[Scored], weight_of: Mapping[Days, float]) -> Scored:
    """Prefer a named day to "last week" or "in May" unless it is far less likely."""
    if _is_day(best):
        return best
    floor = PERIOD_SHARE * weight_of[_days(best)]
    rivals = [c for c in candidates if _is_day(c) and weight_of[_days(c)] >= floor]
    return max(rivals, key=lambda c: (weight_of[_days(c)], c.score, -_order(c)), default=best)


def _is_day(candidate: Scored) -> bool:
    return (candidate.span.end - candidate.span.start).days <= 1


def _explicit_over_weekday(best: Scored, candidates: Sequence[Scored], weight_of: Mapping[Days, float]) -> Scored:
    """Let an explicit date of the same event beat the weekday that contradicts it by a day or two."""
    if best.mention is None or best.mention.kind is not MentionKind.WEEKDAY:
        return best
    rivals = [
        c
        for c in candidates
        if c.span.rule in _EXPLICIT
        and 0 < abs((c.span.start - best.span.start).days) <= CONFLICT_DAYS
        and not _SAME_EVENT.isdisjoint(c.features)
        and weight_of[_days(c)] >= CONFLICT_SHARE * weight_of[_days(best)]
    ]
    return max(rivals, key=lambda c: (c.score, -_order(c)), default=best)


def _alternative(candidate: Scored, best: Scored, shares: Mapping[Days, float]) -> Alternative:
    days = candidate.span.start.isoformat()
    if candidate.span.end != candidate.span.start:
        days += "/" + candidate.span.end.isoformat()
    return Alternative(candidate.span.text or "day of publication", days, _reason(candidate, best, shares))


def _reason(candidate: Scored, best: Scored, shares: Mapping[Days, float]) -> str:
    weight = f"weight {shares[_days(candidate)]:.2f} against {shares[_days(best)]:.2f}"
    gap = abs((candidate.span.start - best.span.start).days)
    is_weekday = candidate.mention is not None and candidate.mention.kind is MentionKind.WEEKDAY
    if is_weekday and best.span.rule in _EXPLICIT and gap <= CONFLICT_DAYS:
        return f"weekday conflicts with the explicit date, which wins; {weight}"
    if candidate.mention is None:
        return f"the text itself names the day; {weight}"
    cue = next((name.removeprefix("near=") for name in candidate.features if name.startswith("near=")), "none")
    return f"nearest cue is of class {cue.split('|')[0]}; {weight}"
