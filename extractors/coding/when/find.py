"""Find every date expression of a document and resolve it.

Expressions are matched form by form at the tokens that may open one, the longest first where several match, and then
resolved in the order of the text, because an explicit date told before is what "the next day" counts from, and, where
the day of publication is unknown, what weekdays count from. A date within a name ("the February 14 Movement") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractors.coding.document import TITLE, Document, Sentence
from extractors.coding.when import absolute, day_of_month, relative
from extractors.coding.when.absolute import Context, Form, opening
from extractors.coding.when.mention import DateMention, Days, MentionKind, Rule
from extractors.coding.when.names import WEEKDAY_BEFORE_DATE, weekday_of
from extractors.coding.when.ranges import join_ranges
from model.article import Article
from model.report import Alternative, DateSpan

MAX_MENTIONS = 400  # an almanac is no news; bounds the work on hostile text
COMING_REACH_CHARS = 70  # how far before a date "will", "scheduled" and the like still speak of it
STAMP_LAG_DAYS = 3  # a stamp this much older than the publication shows that the page was dated anew
DATELINE_LAG_DAYS = 31  # a dateline without a year this much older is another page's, or misread
DATELINE_REACH_CHARS = 90  # a dateline stands at the very start: PLACE, DATE (AGENCY)
NAME_REACH_TOKENS = 3  # "February 14 Youth Coalition": capitalised words between a date and the noun of the group

_FULL_DATES = frozenset({Rule.ISO, Rule.NUMERIC, Rule.MONTH_DAY_YEAR})
_COMING = re.compile(
    r"\b(?:will|won['’]t|scheduled|slated|due|deadline|upcoming|until|expected|planned|plans to|set (?:for|to)|"
    r"is to|are to|be held|next court|ahead of|would be held)\b",
    re.IGNORECASE,
)
_HAS_HAPPENED = re.compile(r"\b(?:was|were|had|killed|died|shot|said|told|happened|occurred)\b", re.IGNORECASE)
_DATELINE_BEFORE = re.compile(
    r"^(?:[A-ZÀ-Þ][A-ZÀ-Þ .()'’/-]*|(?:[A-ZÀ-Þ][\w.'’-]+ ?){1,3})(?:,\s*[\w .'’()-]{2,40}){0,2},?$"
)
_DATELINE_AFTER = re.compile(r"^\s*[.,]?\s*(?:\([^)\n]{2,60}\)\s*)?(?:--|—|–|-|:)\s|^\s*\([A-Z][^)\n]{1,60}\)")
_STAMP_BEFORE = re.compile(
    rf"\b(?:posted|published|created|updated|modified)(?:\s+(?:on|at)\b|\s*:|\s)*(?:{WEEKDAY_BEFORE_DATE},?\s*)?$",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(r"\b(?:19|20)\d\d$")
_WEEKDAY_FIRST = re.compile(rf"^({WEEKDAY_BEFORE_DATE}),?\s")

_GROUP_NOUNS = frozenset(
    """movement brigade brigades coalition revolution party organization organisation front army battalion martyrs
    square street avenue bridge hospital university stadium forum alliance committee group union foundation""".split()
)
_ALWAYS_GROUPS = frozenset("group movement brigade brigades coalition alliance".split())  # also written small


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression not yet resolved: the match, its form, its sentence and its tokens, both ends inclusive."""

    match: re.Match[str]
    form: Form
    sentence: Sentence
    first: int
    last: int


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Find and resolve the date expressions of the title and the text, in their order.

    Args:
        document: Tokenised, better parsed. The `published_on` of its article (the day in the outlet's zone; may be
            null) is what relative dates count from.

    Returns:
        The mentions; expressions that cannot be resolved, and dates within names, are left out.
    """
    found = [one for sentence in document.sentences for one in _scan(document, sentence)]
    mentions = _resolve([one for one in found if not _is_name(document, one)][:MAX_MENTIONS], document)
    return tuple(join_ranges(mentions, document))


def writing_day(article: Article, mentions: Iterable[DateMention]) -> date | None:
    """Find the day from which the writer counts: the publication, or an older stamp or dateline of the text itself."""
    return _writing_day(article, [m.span for m in mentions if m.is_mark])


def _writing_day(article: Article, marks: Sequence[DateSpan]) -> date | None:
    published_on = article.published_on
    if published_on is None:
        return next((span.start for span in marks if span.rule == Rule.DATELINE), None)
    return min((s.start for s in marks if _is_older(s, published_on)), default=published_on)


def _is_older(mark: DateSpan, published_on: date) -> bool:
    lag = (published_on - mark.start).days
    if mark.rule == Rule.STAMP:
        return lag > STAMP_LAG_DAYS
    return 0 < lag <= DATELINE_LAG_DAYS or (lag > 0 and _YEAR_LAST.search(mark.text) is not None)


@lru_cache(maxsize=1)
def _forms_by_opening() -> dict[str, tuple[Form, ...]]:
    forms = (*absolute.FORMS, *day_of_month.FORMS, *relative.FORMS)
    keys = sorted({key for form in forms for key in form.opens})
    return {key: tuple(form for form in forms if key in form.opens) for key in keys}


def _scan(document: Document, sentence: Sentence) -> list[_Found]:
    """Match the forms at the tokens of a sentence; of overlapping matches the earliest and longest is kept."""
    by_opening = _forms_by_opening()
    tokens = document.tokens_of(sentence)
    source = document.article.title if sentence.index == TITLE else document.article.text
    kept: list[_Found] = []
    end = -1
    for token in tokens:
        forms = by_opening.get(opening(token.lower))
        if forms is None or token.start < end:
            continue
        matches = [(m, form) for form in forms if (m := form.pattern.match(source, token.start, sentence.end))]
        if matches:
            match, form = max(matches, key=lambda pair: pair[0].end())
            end = match.end()
            last = next((t.index for t in reversed(tokens) if t.start < end), token.index)
            kept.append(_Found(match, form, sentence, token.index, max(token.index, last)))
    return kept


def _is_name(document: Document, one: _Found) -> bool:
    """Say whether a date is a part of the name of a group or a place."""
    if one.form.kind is not MentionKind.ABSOLUTE:
        return False
    for token in document.tokens[one.last + 1 : min(one.sentence.last, one.last + 1 + NAME_REACH_TOKENS)]:
        if not token.text[:1].isupper() and token.lower not in _ALWAYS_GROUPS:
            return False
        if token.lower in _GROUP_NOUNS:
            return True
    return False


def _resolve(found: Sequence[_Found], document: Document) -> list[DateMention]:
    article = document.article
    published_on = _writing_day(article, _marks(found, document))
    text_day = published_on or _first_full_date(found, article)
    mentions: list[DateMention] = []
    day_of_sentence: tuple[int | None, date | None] = (None, None)
    for one in found:
        sentence_day = day_of_sentence[1] if day_of_sentence[0] == one.sentence.index else None
        context = Context(published_on, text_day, article.country_code, _is_coming(one), sentence_day)
        days = one.form.read(one.match, context)
        if days is None:
            continue
        mention = _mention(document, one, days)
        mentions.append(mention)
        if mention.is_day:
            day_of_sentence = (one.sentence.index, mention.span.start)
            text_day = mention.span.start if one.form.kind is not MentionKind.RELATIVE else text_day
    return mentions


def _first_full_date(found: Iterable[_Found], article: Article) -> date | None:
    context = Context(None, None, article.country_code)
    for one in found:
        if one.form.kind is MentionKind.ABSOLUTE:
            days = one.form.read(one.match, context)
            if days and days.rule in _FULL_DATES:
                return days.start
    return None


def _marks(found: Iterable[_Found], document: Document) -> list[DateSpan]:
    """Read the datelines and stamps, which tell when an article was written; alone, a stamp must name its year."""
    context = Context(document.article.published_on, None, document.article.country_code)
    spans: list[DateSpan] = []
    for one in found:
        rule = _mark_of(one)
        days = one.form.read(one.match, context) if rule else None
        if days is not None and days.start == days.end and (rule is Rule.DATELINE or days.rule in _FULL_DATES):
            spans.append(_mention(document, one, days).span)
    return spans


def _is_coming(one: _Found) -> bool:
    at = one.match.start() - one.sentence.start
    before = one.sentence.text[max(0, at - COMING_REACH_CHARS) : at]
    cues = list(_COMING.finditer(before))
    return bool(cues) and not _HAS_HAPPENED.search(before, cues[-1].end())


def _mention(document: Document, one: _Found, days: Days) -> DateMention:
    is_title = one.sentence.index == TITLE
    text = one.match.group().rstrip()
    start = one.match.start()
    span = DateSpan(
        days.start,
        days.end,
        days.precision,
        text,
        _mark_of(one) or days.rule,
        -1 if is_title else start,
        -1 if is_title else start + len(text),
        _weekday_conflict(text, days),
    )
    head = document.head_of(one.first, one.last)
    return DateMention(span, one.sentence.index, one.first, one.last, head, one.form.kind, days.is_future)


def _mark_of(one: _Found) -> Rule | None:
    """Tell a dateline or a page's own stamp from a date of the story."""
    if one.form.kind is not MentionKind.ABSOLUTE or one.sentence.index == TITLE:
        return None
    source, start = one.match.string, one.match.start()
    if _STAMP_BEFORE.search(source[max(0, start - 40) : start]):
        return Rule.STAMP
    if start > DATELINE_REACH_CHARS:
        return None
    is_dateline = _DATELINE_BEFORE.match(source[:start].strip()) and _DATELINE_AFTER.match(
        source[one.match.end() :][:80]
    )
    return Rule.DATELINE if is_dateline else None


def _weekday_conflict(text: str, days: Days) -> tuple[Alternative, ...]:
    """Tell of "Tuesday, Feb. 7" where the 7th was a Wednesday: the date is kept, the weekday is the loser."""
    named = _WEEKDAY_FIRST.match(text)
    if named is None or days.start != days.end or days.start.weekday() == weekday_of(named.group(1)):
        return ()
    return (
        Alternative(named.group(1), days.start.strftime("%A"), "the weekday named is not that of the explicit date"),
    )
