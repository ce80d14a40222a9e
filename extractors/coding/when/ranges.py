"""Join two dates of a sentence into one interval: "from Monday to Wednesday", "late Saturday and early Sunday"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.coding.document import TITLE, Document
from extractors.coding.when.days import ONE_DAY, interval
from extractors.coding.when.mention import DateMention, MentionKind, Rule
from model.report import DatePrecision

MAX_RANGE_DAYS = 31  # "from 5 March to 9 April" is a period of an incident; longer ones are seasons and careers
_RANGE_JOIN = re.compile(
    r"^,?\s*(?:to|through|until|till|-|–|—|and|into|or)\s+(?:into\s+)?(?:early\s+|late\s+|on\s+)?$"
)
_NIGHT_JOIN = re.compile(r"^\s*(?:night|evening|late)?,?\s*(?:to|and|into|or|-|–)\s+(?:into\s+)?(?:early\s+)?$")
_RANGE_OPEN = re.compile(r"\b(?:from|between|night of)\s+(?:late\s+|early\s+)?$", re.IGNORECASE)
_OPEN_REACH_CHARS = 20  # before the first date


def join_ranges(mentions: Sequence[DateMention], document: Document) -> Iterable[DateMention]:
    """Yield the mentions in order, each two that bound an interval joined into one."""
    index = 0
    while index < len(mentions):
        one = mentions[index]
        other = mentions[index + 1] if index + 1 < len(mentions) else None
        joined = _join(one, other, document) if other else None
        yield joined or one
        index += 2 if joined else 1


def _join(one: DateMention, other: DateMention, document: Document) -> DateMention | None:
    if one.sentence == TITLE or one.sentence != other.sentence or one.span.start != one.span.end:
        return None
    text, start_of = document.article.text, document.sentence(one.sentence).start
    between = text[one.span.end_char : other.span.start_char]
    before = text[max(start_of, one.span.start_char - _OPEN_REACH_CHARS) : one.span.start_char]
    start, end = one.span.start, other.span.end
    if end < start and one.kind is MentionKind.WEEKDAY and other.kind is MentionKind.WEEKDAY:
        start -= 7 * ONE_DAY
    n_days = (end - start).days
    is_range = bool(_RANGE_OPEN.search(before) and _RANGE_JOIN.match(between)) or "through" in between.split()
    is_night = n_days == 1 and bool(_NIGHT_JOIN.match(between)) and "night" in (before + between).lower().split()
    if not 1 <= n_days <= MAX_RANGE_DAYS or other.span.precision is not DatePrecision.DAY or not (is_range or is_night):
        return None
    days = interval(start, end, Rule.RANGE)
    text_between = text[one.span.start_char : other.span.end_char]
    span = replace(one.span, start=start, end=end, precision=days.precision, text=text_between, rule=Rule.RANGE)
    is_future = one.is_future and other.is_future
    return replace(one, span=replace(span, end_char=other.span.end_char), last=other.last, is_future=is_future)
