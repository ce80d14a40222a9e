"""Features of a cluster beside the title, its paragraphs and its rivals, for the ranker of reports.

A recalled event and a second event of the day have the same words. What tells them apart is how the text places them:
in paragraphs of their own, at another place in the same days, with a speaker and a count, by words of the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.coding.cluster import Cluster, Realis
from extractors.coding.clusters import Bound, places_apart
from extractors.coding.document import TITLE, Document, Token
from extractors.coding.signals import SentenceSignals
from model.report import DatePrecision, PlacePrecision

SAME_SPELL_DAYS = 3  # two incidents of one round-up lie no further apart
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "NUM", "ADJ"))
_SPEECH = frozenset("say tell report confirm announce add state claim".split())
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|overnight|this (?:morning|afternoon|"
    r"evening)|last night)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_POINTS = (PlacePrecision.SITE, PlacePrecision.TOWN)
_SEVERAL = frozenset("two three four five six several multiple series string wave spate twin double separate".split())


def comparison_features(
    document: Document,
    signals: Sequence[SentenceSignals],
    clusters: Sequence[Cluster],
    bounds: Sequence[Sequence[Bound]],
    k: int,
) -> dict[str, float]:
    """Describe cluster `k` beside the title and the other clusters of its article; values between 0 and 1."""
    cluster = clusters[k]
    shares = [_title_share(document, c) for c in clusters]
    found = {"c_title_words": shares[k], "c_title_most": float(shares[k] > 0 and shares[k] == max(shares))}
    several = _title_names_several(document)
    found["c_title_several"] = float(several)
    actual_sentences = sorted(
        {m.sentence for m in cluster.mentions if m.realis is Realis.ACTUAL and m.sentence != TITLE}
    )
    text = " ".join(document.sentence(i).text for i in actual_sentences)
    published = document.article.published_on
    found["c_weekday"] = float(_WEEKDAY.search(text) is not None)
    years = [int(y) for y in _YEAR.findall(text)]
    found["c_year_named"] = float(published is not None and any(y < published.year for y in years))
    tokens = [t for i in actual_sentences for t in document.tokens_of(document.sentence(i))]
    found["c_speech"] = float(any(t.lemma in _SPEECH for t in tokens))
    found["c_past_perfect"] = _past_perfect_share(document, cluster)
    found |= _paragraph_features(document, clusters, k)
    by_index = {s.index: s for s in signals}
    own = [by_index[i] for i in cluster.sentences if i in by_index]
    found["c_counted"] = float(any(s.has_casualty and s.has_number for s in own))
    found["c_counts"] = min(1.0, sum(s.has_casualty and s.has_number for s in own) / 4)
    found["c_town"] = float(any(b.place and b.place.place.precision in _POINTS for b in bounds[k]))
    found |= _beside_first(clusters, bounds, k)
    found["c_several_recent"] = float(several and not found["c_year_named"] and not found["c_past_perfect"])
    return found


def _content(tokens: Sequence[Token]) -> set[str]:
    return {t.lemma.lower() for t in tokens if t.pos in _CONTENT and len(t.text) > 1}


def _title_share(document: Document, cluster: Cluster) -> float:
    """Return the share of the title's content words that the cluster's own sentences hold."""
    if not document.has_sentence(TITLE):
        return 0.0
    title = _content(document.tokens_of(document.sentence(TITLE)))
    own = {
        t.lemma.lower()
        for i in cluster.sentences
        if i != TITLE
        for t in document.tokens_of(document.sentence(i))
        if cluster.owns(document, t.index)
    }
    return len(title & own) / max(3, len(title))


def _title_names_several(document: Document) -> bool:
    if not document.has_sentence(TITLE):
        return False
    words = {t.lower for t in document.tokens_of(document.sentence(TITLE))}
    return bool(words & _SEVERAL)


def _past_perfect_share(document: Document, cluster: Cluster) -> float:
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL and m.sentence != TITLE]
    had = sum(any(document.tokens[c].lower in ("had", "'d") for c in document.children[m.head]) for m in actual)
    return had / max(1, len(actual))


def _paragraph_features(document: Document, clusters: Sequence[Cluster], k: int) -> dict[str, float]:
    """Say whether a cluster opens a paragraph, and which share of its paragraphs' mentions is its own."""
    paragraph_of = {s.index: s.paragraph for s in document.body}
    first_of: dict[int, int] = {}
    for s in document.body:
        first_of.setdefault(s.paragraph, s.index)
    opening = clusters[k].opening.sentence
    own = {paragraph_of[m.sentence] for m in clusters[k].mentions if m.sentence != TITLE}
    mine = sum(paragraph_of.get(m.sentence) in own for m in clusters[k].mentions)
    every = sum(paragraph_of.get(m.sentence) in own for c in clusters for m in c.mentions)
    return {
        "c_opens_paragraph": float(opening != TITLE and first_of.get(paragraph_of[opening]) == opening),
        "c_paragraph_share": mine / max(1, every),
        "c_paragraphs": min(1.0, len(own) / 4),
    }


def _beside_first(clusters: Sequence[Cluster], bounds: Sequence[Sequence[Bound]], k: int) -> dict[str, float]:
    """Compare a cluster with the first one of the article: type, days, places."""
    first = min(range(len(clusters)), key=lambda n: clusters[n].opening.first)
    found = {"c_as_first_type": 0.0, "c_near_first_day": 0.0, "c_far_first_day": 0.0, "c_off_first_place": 0.0}
    if first == k:
        return found
    types = {m.event_type for m in clusters[first].mentions} - {"other", "casualty"}
    found["c_as_first_type"] = float(clusters[k].opening.event_type in types)
    days, firsts = _days(bounds[k]), _days(bounds[first])
    if days and firsts:
        gap = min(abs((a - b).days) for a in days for b in firsts)
        found["c_near_first_day"] = float(gap <= SAME_SPELL_DAYS)
        found["c_far_first_day"] = float(gap > 21)
    places = [b.place for b in bounds[k] if b.place]
    rivals = [b.place for b in bounds[first] if b.place]
    found["c_off_first_place"] = float(
        bool(places and rivals) and all(places_apart(a, b) for a in places for b in rivals)
    )
    return found


def _days(bounds: Sequence[Bound]) -> list[date]:
    exact = (DatePrecision.DAY, DatePrecision.DAYS)
    return [b.day.span.start for b in bounds if b.day is not None and b.day.span.precision in exact]
