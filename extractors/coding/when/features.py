"""What the ranker looks at in a date mention: its rule, its place, what it modifies, the words around it, its age.

All features are yes or no and named for a person: `near=event`, `gap=1`, `title`. Words are read through the cue
classes of `seeds/reference/lexicon_date_cues.csv`, so that no weight hangs on a single word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.document import TITLE, Document, Token
from extractors.coding.when.attach import MAX_COST, NO_CUE, binding_cost, class_of, governor_of
from extractors.coding.when.mention import DateMention, MentionKind

REACH_WORDS = 12  # words on each side in which a cue still speaks of the date
NEAR_WORDS = 5  # in the same clause
ADJACENT_WORDS = 2  # "Tuesday's deadly shooting", "said on Monday"
FAR_DAYS = 14  # two days of one event are seldom farther apart
LEAD_TOKENS = 120  # a follow-up says in its lead that it is one

_CLOCK = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s*(?:a\.?m\b|p\.?m\b|AM\b|PM\b|hrs\b|hours\b)|\b(?:midnight|noon)\b", re.IGNORECASE
)
_PART_AFTER = re.compile(r"^(?:['’]s)?,?\s+(?:early\s+|late\s+)?(morning|afternoon|evening|night)\b", re.IGNORECASE)
_EARLY_BEFORE = re.compile(
    r"\b(early|late|overnight|morning of|night of|evening of|hours of|dawn on|dawn)\s+(?:on\s+)?$", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(on|since|until|by|from|before|after|of|in|between|for|and|late|early)\s+$", re.IGNORECASE
)
_CAPTION = re.compile(
    r"^[^.]{0,30}\b(?:file\s+)?(?:photo|image|picture)\b|^[^.]{0,6}\s*\((?:photo|credit)", re.IGNORECASE
)
_THEN_AFTER = re.compile(
    r"^,?\s+(?:(?:just|a|one|two|three|\d+)\s+){0,2}(?:(?:hour|day|week|minute)s?\s+)?(?:after|following)\b",
    re.IGNORECASE,
)
_VAGUE_TYPES = frozenset(("other", "casualty"))  # triggers that name no type of event
_QUOTES = frozenset('“”"')
_CLOCK_REACH_CHARS = 45
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (6, "6"), (14, "14"), (45, "45"), (400, "400"))
_SENTENCES = ((0, "0"), (1, "1"), (2, "2"), (4, "4"), (8, "8"), (15, "15"))


@dataclass(frozen=True, slots=True)
class Scene:
    """What all date mentions of a cluster are judged by."""

    document: Document
    cluster: Cluster
    cues: Mapping[str, str]
    title_class: str
    lead_class: str
    written_on: date | None  # the day that the writer counts from
    main_type: str  # event type with most votes of the cluster's triggers


def make_scene(document: Document, cluster: Cluster, cues: Mapping[str, str], written_on: date | None) -> Scene:
    """Read the title and the lead for signs of a follow-up.

    Where title and opening sentence have no word of the event class, the opening's trigger counts as one: where an
    arrest is the incident, "arrested" is no aftermath.
    """
    title = [t for s in document.sentences if s.index == TITLE for t in document.tokens_of(s)]
    lead = document.tokens[len(title) : len(title) + LEAD_TOKENS]
    title_class, lead_class = _cue_class(title, cues), _cue_class(lead, cues)
    opening = cluster.opening
    first = document.tokens_of(document.sentence(opening.sentence))
    if not any(class_of(t, cues) == "event" for t in (*title, *first)):
        cues = {**cues, **dict.fromkeys((t.lower for t in document.tokens[opening.first : opening.last + 1]), "event")}
    return Scene(document, cluster, cues, title_class, lead_class, written_on, _main_type(cluster))


def _cue_class(tokens: Sequence[Token], cues: Mapping[str, str]) -> str:
    classes = {cues.get(t.lower, NO_CUE) for t in tokens}
    return next((name for name in ("memorial", "legal", "event") if name in classes), NO_CUE)


def features_of(mention: DateMention, scene: Scene) -> list[str]:
    """Name the features that hold for `mention`."""
    names = [f"rule={mention.span.rule}", f"precision={mention.span.precision}"]
    near = _cue_features(names, mention, scene)
    names += _form_features(mention, scene, names)
    names += _parse_features(mention, scene)
    names += _place_features(mention, scene)
    names += _gap_features(mention, scene, near)
    return names


def order_features(mention: DateMention, own: Sequence[DateMention], scene: Scene) -> list[str]:
    """Name what a mention is among the others: the first day told, the first bound to a trigger, one much older."""
    days = [m for m in own if m.is_day and m.sentence != TITLE]
    names = ["first_day"] if days and days[0] is mention else []
    bound = [m for m in days if _bound(m, scene) is not None]
    if bound and bound[0] is mention:
        names.append("first_bound")
    elif bound:
        gap = abs((bound[0].span.start - mention.span.start).days)
        names.append(
            "day_of_first_bound" if gap == 0 else "far_from_first_bound" if gap > FAR_DAYS else "not_first_bound"
        )
    if any(m.first < mention.first and (m.span.start - mention.span.end).days > FAR_DAYS for m in days):
        names.append("much_older_than_one_before")
    return names


def published_features(mentions: Sequence[DateMention], scene: Scene) -> list[str]:
    """Name the features of the day of publication itself, the candidate that is always there."""
    own = [m for m in mentions if m.is_day and scene.cluster.owns(scene.document, m.token)]
    lead = sum(m.sentence <= 1 for m in own)
    bound = any(_bound(m, scene) is not None for m in own)
    return [
        "published",
        f"published|days={min(len(own), 3)}",
        f"published|lead={min(lead, 2)}",
        f"published|title={scene.title_class}",
        f"published|lead={scene.lead_class}",
        f"published|bound={bound}",
    ]


def _bound(mention: DateMention, scene: Scene) -> tuple[EventMention, float] | None:
    """Find the mention of the cluster that a date binds to best, an actual one first, and the cost of the binding."""
    costs = [
        (binding_cost(scene.document, m, mention), m.realis is not Realis.ACTUAL, n)
        for n, m in enumerate(scene.cluster.mentions)
        if m.sentence == mention.sentence
    ]
    cost, _, n = min(costs, default=(MAX_COST + 1, False, 0))
    return (scene.cluster.mentions[n], cost) if cost <= MAX_COST else None


def _parse_features(mention: DateMention, scene: Scene) -> list[str]:
    document = scene.document
    governor = governor_of(document, mention)
    names = [f"hangs={document.tokens[mention.token].dep}"]
    if governor is None:
        names.append("governor=nothing")
    else:
        kind = "verb" if governor.pos in ("VERB", "AUX") else "noun"
        cue = class_of(governor, scene.cues)
        names += [f"governor={cue}", f"governor={cue}|{kind}", f"governor={cue}|{mention.kind}"]
        if any(document.tokens[i].lower in ("had", "'d") for i in document.children[governor.index]):
            names.append("past_perfect")
    bound = _bound(mention, scene)
    if bound is None:
        return [*names, "bound=no"]
    own, cost = bound
    state = "recalled" if own.is_recalled else "actual" if own.realis is Realis.ACTUAL else "unreal"
    main = "main" if own.event_type == scene.main_type else "other"
    return [*names, f"bound={state}", f"bound={state}|{main}", f"bound={'self' if cost == 0 else 'clause'}|{main}"]


def _main_type(cluster: Cluster) -> str:
    votes: Counter[str] = Counter()
    for m in cluster.mentions:
        votes[m.event_type] += m.strength * (m.realis is Realis.ACTUAL) * (m.event_type not in _VAGUE_TYPES)
    return max(sorted(votes), key=lambda name: votes[name])


def _cue_features(names: list[str], mention: DateMention, scene: Scene) -> str:
    """Add the features of the words around; give the class of the nearest cue."""
    sentence = scene.document.sentence(mention.sentence)
    tokens = scene.document.tokens
    by_side = {}
    sides = (
        ("before", range(mention.first - 1, sentence.first - 1, -1)),
        ("after", range(mention.last + 1, sentence.last)),
    )
    for side, indexes in sides:
        classes = _classes([tokens[i] for i in indexes], scene.cues)
        place, cue = next(((n, c) for n, c in enumerate(classes) if c != NO_CUE), (REACH_WORDS, NO_CUE))
        by_side[side] = (place, cue)
        names.append(f"{side}={cue}")
        if place < ADJACENT_WORDS:
            names.append(f"adjacent_{side}={cue}")
        elif place < NEAR_WORDS:
            names.append(f"close_{side}={cue}")
        names.extend(f"has_{side}={c}" for c in sorted(set(classes) - {NO_CUE}))
    near = min(by_side["before"], by_side["after"])[1]
    names.append(f"near={near}")
    return near


def _classes(tokens: Sequence[Token], cues: Mapping[str, str]) -> list[str]:
    """Give the classes of the words beside a date, up to a quotation mark: who speaks stands outside of it."""
    classes: list[str] = []
    for token in tokens:
        if token.text in _QUOTES or len(classes) >= REACH_WORDS:
            break
        if token.text[:1].isalpha():
            classes.append(cues.get(token.lower, NO_CUE))
    return classes


def _form_features(mention: DateMention, scene: Scene, classes: Sequence[str]) -> list[str]:
    document = scene.document
    sentence = document.sentence(mention.sentence)
    start, end = document.tokens[mention.first].start, document.tokens[mention.last].end
    before, after = sentence.text[: start - sentence.start], sentence.text[end - sentence.start :]
    names = [f"kind={mention.kind}"]
    if _CLOCK.search(before[-_CLOCK_REACH_CHARS:]) or _CLOCK.search(after[:_CLOCK_REACH_CHARS]):
        names += ["clock", f"clock|{mention.kind}"]
    if _PART_AFTER.search(after):
        names.append("part_of_day")
    if _EARLY_BEFORE.search(before[-20:]):
        names.append("early_or_late")
    if preposition := _PREPOSITION.search(before[-12:]):
        names.append(f"preposition={preposition.group(1).lower()}")
    if after[:2] in ("'s", "’s"):
        names.append("possessive")
    if before[-1:] in "([" and before:
        names.append("bracketed")
    if not before.strip():
        names.append("opens_sentence")
    if _THEN_AFTER.search(after[:40]):
        names.append(f"then_after|{'event' if 'has_before=event' in classes else 'other'}")
    if _CAPTION.search(after[:50]):
        names.append("caption")
    return names


def _place_features(mention: DateMention, scene: Scene) -> list[str]:
    apart = [] if scene.cluster.owns(scene.document, mention.token) else ["set_apart"]
    if mention.sentence == TITLE:
        return [*apart, "title"]
    ahead = mention.sentence - scene.cluster.opening.sentence
    bucket = str(ahead) if -1 <= ahead <= 2 else ("before" if ahead < 0 else "soon" if ahead <= 5 else "late")
    return [*apart, f"sentence={_bucket(mention.sentence, _SENTENCES)}", f"from_trigger={bucket}"]


def _gap_features(mention: DateMention, scene: Scene, near: str) -> list[str]:
    if scene.written_on is None:
        return ["gap=unknown"]
    gap = _bucket(max(0, (scene.written_on - mention.span.start).days), _GAPS)
    names = [f"gap={gap}", f"gap={gap}|title={scene.title_class}", f"gap={gap}|lead={scene.lead_class}"]
    names.append(f"near={near}|{mention.kind}")
    if mention.kind is MentionKind.ABSOLUTE:
        names += [f"gap={gap}|absolute", f"absolute|title={scene.title_class}"]
    return names


def _bucket(value: int, buckets: Sequence[tuple[int, str]]) -> str:
    return next((name for limit, name in buckets if value <= limit), "more")
