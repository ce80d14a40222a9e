"""Features by which a cluster is ranked as a report: position, strength, realis, recency, genre of the article.

All values lie between 0 and 1, or are 0/1 marks; the names are those of the weights in
`seeds/reference/report_weights.json`. `article_features` need no parse and serve the prefilter, too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.clusters import Bound
from extractors.coding.document import TITLE, Document
from extractors.coding.signals import SentenceSignals
from model.report import DatePrecision

LEAD_SENTENCES = 8  # a genre shows itself early; later paragraphs bring background of other kinds
OPENING_SENTENCES = 3
_GENRES = (
    "sport", "fiction", "denial", "drill", "forecast", "anniversary", "obituary", "policy", "statistics", "business",
    "trial", "follow_up", "roundup", "s_future", "s_negation", "s_generic", "s_old",
)  # fmt: skip
_FULL_WEIGHT = 12.0  # of cues per ten sentences: a genre this dense is certain
_FIRST_PERSON = frozenset("i me my we our us i'm we're you your".split())
_SPEECH = frozenset("said says told according reported confirmed announced added".split())
_QUESTION = re.compile(r"\?\s*$")
_OPINION = re.compile(
    r"\b(?:opinion|editorial|analysis|explainer|explained|comment|column|letters?|review|preview|podcast|interview|"
    r"q&a|quiz|recipe|guide|newsletter|briefing|watch|live|fact[- ]check|timeline|what to know|how to|why)\b",
    re.IGNORECASE,
)
_VIOLENT = frozenset(
    "battle air_strike shelling chemical_attack bombing shooting attack_on_civilians abduction arson looting".split()
)
_HAZARD = frozenset(("accident", "disaster"))


def article_features(document: Document, signals: Sequence[SentenceSignals]) -> dict[str, float]:
    """Describe an article by its words alone."""
    lead = [s for s in signals if s.index < LEAD_SENTENCES]
    opening = [s for s in signals if s.index < OPENING_SENTENCES]
    title = next((s for s in signals if s.index == TITLE), None)
    found: dict[str, float] = {"bias": 1.0}
    weights: Counter[str] = Counter()
    for s in lead:
        weights.update(s.cues)
    scale = 10.0 / max(5, len(lead)) / _FULL_WEIGHT
    for name in _GENRES:
        found[f"genre_{name}"] = min(1.0, weights[name] * scale)
        found[f"title_{name}"] = float(title is not None and name in title.cues)
    found["title_opinion"] = float(bool(_OPINION.search(document.article.title)))
    found["title_question"] = float(bool(_QUESTION.search(document.article.title)))
    found["title_strength"] = _strength([title] if title else []) / 3
    found["title_casualty"] = float(title is not None and title.has_casualty)
    found["title_number"] = float(title is not None and title.has_number)
    found["opening_strength"] = _strength(opening) / 3
    found["opening_casualty_counted"] = float(any(s.has_casualty and s.has_number for s in opening))
    found["opening_trigger_dated"] = float(any(s.triggers and s.has_date and _strength([s]) >= 2 for s in opening))
    found["opening_casualty_dated"] = float(any(s.has_casualty and s.has_date for s in opening))
    found["lead_casualties"] = _share(sum(s.has_casualty for s in lead), 4)
    found["lead_dates"] = _share(sum(s.has_date for s in lead), 4)
    found["lead_idioms"] = _share(sum(s.n_idioms for s in lead), 4)
    found["lead_roles"] = _share(sum(len(s.roles) for s in lead), 6)
    found["age"] = float(any(s.has_age for s in lead))
    strong = sum(_strength([s]) >= 2 for s in signals)
    found["strong_share"] = strong / max(4, len(signals))
    lower = [t.lower for t in document.tokens[:600]]
    n_words = max(40, len(lower))
    found["first_person"] = _share(100 * sum(w in _FIRST_PERSON for w in lower) / n_words, 4)
    found["speech"] = _share(100 * sum(w in _SPEECH for w in lower) / n_words, 4)
    found["questions"] = _share(sum(w == "?" for w in lower), 4)
    found["long"] = _share(math.log2(max(1, len(document.tokens) / 100)), 5)
    return found


def _share(value: float, full: float) -> float:
    return min(1.0, value / full)


def _strength(signals: Sequence[SentenceSignals]) -> int:
    return max((t.payload.strength for s in signals for t in s.triggers if t.payload.event_type != "other"), default=0)


def cluster_features(
    document: Document,
    signals: Sequence[SentenceSignals],
    article: Mapping[str, float],
    clusters: Sequence[Cluster],
    bounds: Sequence[Sequence[Bound]],
    k: int,
) -> dict[str, float]:
    """Describe cluster `k` of an article.

    Args:
        document: The parsed article.
        signals: Of its sentences.
        article: What `article_features` gave.
        clusters: All of the article's.
        bounds: The bound mentions of each.
        k: Index of the cluster.
    """
    found = dict(article)
    cluster, own = clusters[k], bounds[k]
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL and m.event_type != "other"]
    found |= _mention_features(cluster, actual)
    by_index = {s.index: s for s in signals}
    own_signals = [by_index[i] for i in cluster.sentences if i in by_index]
    mentioned = {m.sentence for m in actual}
    found["c_counted_with_trigger"] = float(
        any(s.has_casualty and s.has_number and s.index in mentioned for s in own_signals)
    )
    found["c_dated_with_trigger"] = float(any(s.has_date and s.index in mentioned for s in own_signals))
    found["c_age_with_trigger"] = float(any(s.has_age and s.index in mentioned for s in own_signals))
    found["c_old_sentences"] = sum(s.is_old for s in own_signals if s.index in mentioned) / max(1, len(mentioned))
    for name in (
        "trial",
        "anniversary",
        "follow_up",
        "s_generic",
        "s_future",
        "s_negation",
        "denial",
        "forecast",
        "drill",
    ):
        found[f"c_{name}"] = float(any(name in s.cues for s in own_signals if s.index in mentioned))
    found |= _day_features(document, own)
    found["c_place_bound"] = float(any(b.place is not None for b in own))
    found["c_item"] = float(any(b.item is not None for b in own))
    found["c_other"] = float(any(b.is_other for b in own))
    found["c_share"] = len(cluster.sentences) / max(1, len(document.sentences))
    rivals = [c for n, c in enumerate(clusters) if n != k]
    found["c_only"] = float(not rivals)
    found["c_rivals"] = _share(len(rivals), 5)
    found["c_first"] = float(all(cluster.opening.first <= c.opening.first for c in rivals))
    found["c_strongest"] = float(all(_weight(cluster) >= _weight(c) for c in rivals))
    return found


def _mention_features(cluster: Cluster, actual: Sequence[EventMention]) -> dict[str, float]:
    title = [m for m in cluster.mentions if m.sentence == TITLE]
    body = [m for m in actual if m.sentence != TITLE]
    first = min((m.sentence for m in body), default=99)
    found = {
        "c_in_title": float(any(m in actual for m in title)),
        "c_in_title_strong": float(any(m in actual and m.strength == 3 for m in title)),
        "c_title_unreal": float(bool(title) and not any(m in actual for m in title)),
        "c_first_0": float(first == 0),
        "c_first_1": float(first == 1),
        "c_first_2": float(first == 2),
        "c_first_3_5": float(3 <= first <= 5),
        "c_first_6": float(first >= 6),
        "c_actual": _share(math.log2(1 + len(actual)), 4),
        "c_strong": _share(sum(m.strength == 3 for m in actual), 3),
        "c_realis_share": len(actual) / len(cluster.mentions),
        "c_recalled": sum(m.is_recalled for m in actual) / max(1, len(actual)),
        "c_one_mention": float(len(actual) == 1),
    }
    for realis in Realis:
        if realis is not Realis.ACTUAL:
            found[f"c_{realis.value}"] = sum(m.realis is realis for m in cluster.mentions) / len(cluster.mentions)
    types = Counter(m.event_type for m in actual)
    total = max(1, sum(types.values()))
    for name in ("arrest", "protest", "agreement", "coup", "riot", "accident", "disaster", "battle"):
        found[f"c_type_{name}"] = types[name] / total
    found["c_violent"] = sum(n for t, n in types.items() if t in _VIOLENT) / total
    found["c_hazard"] = sum(n for t, n in types.items() if t in _HAZARD) / total
    return found


def _day_features(document: Document, own: Sequence[Bound]) -> dict[str, float]:
    published = document.article.published_on
    days = [b.day.span for b in own if b.day is not None and b.mention.realis is Realis.ACTUAL]
    found = {"c_day_none": float(not days), "c_day_vague": 0.0}
    if not days or published is None:
        return found
    exact = [d for d in days if d.precision in (DatePrecision.DAY, DatePrecision.DAYS)]
    found["c_day_vague"] = float(not exact)
    age = min((published - d.end).days for d in (exact or days))
    for name, low, high in (("0", -9, 0), ("1", 1, 1), ("2_3", 2, 3), ("4_7", 4, 7), ("8_30", 8, 30), ("31", 31, 365)):
        found[f"c_day_{name}"] = float(low <= age <= high)
    found["c_day_366"] = float(age > 365)
    return found


def _weight(cluster: Cluster) -> float:
    return sum(m.strength for m in cluster.mentions if m.realis is Realis.ACTUAL)


def is_follow_up(signals: Sequence[SentenceSignals]) -> bool:
    """Say whether the opening is about what came after: court, arrest, funeral, inquiry.

    One cue in the title is enough; in the first two sentences it takes two.
    """
    early = {s.index: s.cues.get("follow_up", 0) for s in signals if s.index <= 1}
    return early.get(TITLE, 0) >= 2 or sum(early.values()) >= 4
