"""What the ranker looks at in a date mention: its rule, its place, the words around it, and its distance in days.

All features are yes or no and named for a person: `near=event`, `gap=1`, `title`. The words around are read through
the cue classes of `seeds/reference/lexicon_date_cues.csv`, so that no weight hangs on a single word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.coding.document import Sentence
from extractors.text.segments import TITLE, Segment
from extractors.when.mention import DateMention, MentionKind
from model.article import Article

REACH_WORDS = 12  # words on each side in which a cue still speaks of the date
NEAR_WORDS = 5  # in the same clause
ADJACENT_WORDS = 2  # "Tuesday's deadly shooting", "said on Monday"
LEAD_CHARS = 600  # a follow-up says in its lead that it is one
NO_CUE = "none"

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-z]+)*")
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
_QUOTE_CLOSES = re.compile(r"”|(?<=[,.!?])\"")
_AFTER_QUOTE_OPENS = re.compile(r"“|(?<!\S)\"(?=\w)")
_CLOCK_REACH_CHARS = 45
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (6, "6"), (14, "14"), (45, "45"), (400, "400"))
_SENTENCES = ((0, "0"), (1, "1"), (2, "2"), (4, "4"), (8, "8"), (15, "15"))


@dataclass(frozen=True, slots=True)
class Scene:
    """What of the article all its mentions share: the reading that they are judged by."""

    article: Article
    segment: Segment
    sentences: Sequence[Sentence]
    cues: Mapping[str, str]
    title_class: str
    lead_class: str
    written_on: date | None  # the day that the writer counts from


def make_scene(
    article: Article,
    segment: Segment,
    sentences: Sequence[Sentence],
    cues: Mapping[str, str],
    written_on: date | None,
) -> Scene:
    """Read the title and the lead for signs of a follow-up.

    Where title and trigger sentence have no word of the event class, the trigger counts as one: where an arrest is the
    incident, "arrested" is no aftermath.
    """
    lead = article.text[:LEAD_CHARS]
    title_class, lead_class = _told_of(article.title, cues), _told_of(lead, cues)
    opening = sentences[segment.trigger_sentence].text if 0 <= segment.trigger_sentence < len(sentences) else ""
    if not any(cues.get(word.lower()) == "event" for word in _WORD.findall(f"{article.title} {opening}")):
        cues = {**cues, **dict.fromkeys(_WORD.findall(segment.trigger.lower()), "event")}
    return Scene(article, segment, sentences, cues, title_class, lead_class, written_on)


def _told_of(text: str, cues: Mapping[str, str]) -> str:
    classes = [cues.get(word.lower(), NO_CUE) for word in _WORD.findall(text)]
    for follow_up in ("memorial", "legal"):
        if follow_up in classes:
            return follow_up
    return "event" if "event" in classes else NO_CUE


def features_of(mention: DateMention, scene: Scene) -> list[str]:
    """Name the features that hold for `mention`."""
    text = scene.article.title if mention.sentence == TITLE else scene.sentences[mention.sentence].text
    end = mention.at + len(mention.span.text)
    before, after = text[: mention.at], text[end:]
    # Who speaks stands outside the quotation marks and is no cue to what happened within them.
    before, after = _AFTER_QUOTE_OPENS.split(before)[-1], _QUOTE_CLOSES.split(after, maxsplit=1)[0]
    names = [f"rule={mention.span.rule}", f"precision={mention.span.precision}"]
    near = _cue_features(names, before, after, scene.cues)
    names += _form_features(before, after, mention, names)
    names += _place_features(mention, scene)
    names += _gap_features(mention, scene, near)
    return names


def published_features(mentions: Sequence[DateMention], scene: Scene) -> list[str]:
    """Name the features of the day of publication itself, the candidate that is always there."""
    n_days = sum(m.is_day for m in mentions)
    lead = sum(m.is_day and -1 <= m.sentence <= 1 for m in mentions)
    return [
        "published",
        f"published|days={min(n_days, 3)}",
        f"published|lead={min(lead, 2)}",
        f"published|title={scene.title_class}",
        f"published|lead={scene.lead_class}",
    ]


def _cue_features(names: list[str], before: str, after: str, cues: Mapping[str, str]) -> str:
    """Add the features of the words around; give the class of the nearest cue."""
    left = [cues.get(w.lower(), NO_CUE) for w in reversed(_WORD.findall(before[-120:]))][:REACH_WORDS]
    right = [cues.get(w.lower(), NO_CUE) for w in _WORD.findall(after[:120])][:REACH_WORDS]
    by_side = {}
    for side, classes in (("before", left), ("after", right)):
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


def _form_features(before: str, after: str, mention: DateMention, told: Sequence[str]) -> list[str]:
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
        names.append(f"then_after|{'event' if 'has_before=event' in told else 'other'}")
    if _CAPTION.search(after[:50]):
        names.append("caption")
    return names


def _place_features(mention: DateMention, scene: Scene) -> list[str]:
    if mention.sentence == TITLE:
        return ["title"]
    ahead = mention.sentence - scene.segment.trigger_sentence
    bucket = str(ahead) if -1 <= ahead <= 2 else ("before" if ahead < 0 else "soon" if ahead <= 5 else "late")
    apart = [] if mention.sentence in scene.segment.sentences else ["set_apart"]
    return [*apart, f"sentence={_bucket(mention.sentence, _SENTENCES)}", f"from_trigger={bucket}"]


def _gap_features(mention: DateMention, scene: Scene, near: str) -> list[str]:
    if mention.is_future:
        return ["future"]
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
