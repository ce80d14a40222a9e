"""Find the event mentions of a parsed document: each trigger with its type, its realis and its governing token."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.coding.cluster import EventMention, Realis
from extractors.coding.document import Document
from extractors.coding.phrases import Found
from extractors.coding.realis import judge_realis
from extractors.coding.signals import SentenceSignals
from extractors.coding.tried import is_tried
from extractors.reference.lexicons import TriggerEntry

_FIGURATIVE_CLASSES = ("sport", "fiction", "drill")  # cues of a sentence that lends a word of violence another sense
FIGURATIVE_WEIGHT = 4  # summed weight of such cues in the sentence


def find_mentions(document: Document, signals: Sequence[SentenceSignals]) -> tuple[EventMention, ...]:
    """Find the mentions in reading order, the title first."""
    return tuple(_mention(document, s, hit) for s in signals for hit in s.triggers)


def _mention(document: Document, signals: SentenceSignals, hit: Found[TriggerEntry]) -> EventMention:
    head = _head(document, hit.first, hit.last)
    judged = judge_realis(document, head)
    realis, reason = judged.realis, judged.reason
    figurative = next((c for c in _FIGURATIVE_CLASSES if signals.cues.get(c, 0) >= FIGURATIVE_WEIGHT), None)
    if figurative and realis is Realis.ACTUAL:
        realis, reason = Realis.FIGURATIVE, f"the sentence is of {figurative}"
    elif realis is Realis.ACTUAL and "s_generic" in signals.cues and not (signals.has_date or signals.has_casualty):
        realis, reason = Realis.GENERAL, "general talk"
    entry = hit.payload
    return EventMention(
        sentence=signals.index,
        first=hit.first,
        last=hit.last,
        head=head,
        text=document.text_between(hit.first, hit.last),
        event_type=entry.event_type,
        event_subtype=entry.event_subtype,
        strength=entry.strength,
        realis=realis,
        is_recalled=judged.is_recalled or signals.is_old,
        reason=reason,
        is_tried=is_tried(document, head),
    )


def _head(document: Document, first: int, last: int) -> int:
    """Return the token of a span that governs the others: the first one whose head lies outside."""
    for index in range(first, last + 1):
        head = document.tokens[index].head
        if head == index or not first <= head <= last:
            return index
    return first
