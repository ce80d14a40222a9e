"""Find every date expression of an article and resolve it.

Expressions are matched form by form, laid out in the order of the text (the longest wins where two overlap), and then
resolved in that order, because an explicit date told before is what "the next day" counts from, and, where the day of
publication is unknown, what weekdays count from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.coding.document import Sentence
from extractors.text.segments import TITLE
from extractors.when import absolute, relative
from extractors.when.absolute import Context, Form
from extractors.when.days import ONE_DAY, interval
from extractors.when.match import Matcher
from extractors.when.mention import DateMention, Days, MentionKind, Rule
from extractors.when.names import WEEKDAY_BEFORE_DATE, weekday_of
from model.article import Article
from model.report import DatePrecision, DateSpan, Loser

MAX_TEXT_CHARS = 60_000  # about 10,000 words; what follows in longer pages is other pages' text, and costs time
MAX_MENTIONS = 400  # an almanac is no news; bounds the work on hostile text
COMING_REACH_CHARS = 70  # how far before a date "will", "scheduled" and the like still speak of it
MAX_RANGE_DAYS = 31  # "from 5 March to 9 April" is a period of an incident; longer ones are seasons and careers
STAMP_LAG_DAYS = 3  # a stamp this much older than the publication shows that the page was dated anew
DATELINE_REACH_CHARS = 90  # a dateline stands at the very start: PLACE, DATE (AGENCY)

_MATCHER = Matcher((*absolute.FORMS, *relative.FORMS))
_FULL_DATES = frozenset({Rule.ISO, Rule.NUMERIC, Rule.MONTH_DAY_YEAR})
_COMING = re.compile(
    r"\b(?:will|won['’]t|scheduled|slated|due|deadline|upcoming|until|expected|planned|plans to|set (?:for|to)|"
    r"is to|are to|be held|next court|ahead of|would be held)\b",
    re.IGNORECASE,
)
_HAS_HAPPENED = re.compile(r"\b(?:was|were|had|killed|died|shot|said|told|happened|occurred)\b", re.IGNORECASE)
_DATELINE_BEFORE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .()'’/-]*(?:,\s*[\w .'’()-]{2,40}){0,2},?$")
_DATELINE_AFTER = re.compile(r"^\s*[.,]?\s*(?:\([^)\n]{2,60}\)\s*)?(?:--|—|–|-|:)\s|^\s*\([A-Z][^)\n]{1,60}\)")
_STAMP_BEFORE = re.compile(
    rf"\b(?:posted|published|created|updated|modified)(?:\s+(?:on|at)\b|\s*:|\s)*(?:{WEEKDAY_BEFORE_DATE},?\s*)?$",
    re.IGNORECASE,
)
_RANGE_JOIN = re.compile(
    r"^,?\s*(?:to|through|until|till|-|–|—|and|into|or)\s+(?:into\s+)?(?:early\s+|late\s+|on\s+)?$"
)
_NIGHT_JOIN = re.compile(r"^\s*(?:night|evening|late)?,?\s*(?:to|and|into|or|-|–)\s+(?:into\s+)?(?:early\s+)?$")
_RANGE_OPEN = re.compile(r"\b(?:from|between|night of)\s+(?:late\s+|early\s+)?$", re.IGNORECASE)
_WEEKDAY_FIRST = re.compile(rf"^({WEEKDAY_BEFORE_DATE}),?\s")


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression not yet resolved: the match, its form, and its place."""

    match: re.Match[str]
    form: Form
    sentence: int
    sentence_text: str
    sentence_start: int  # in the text; 0 for the title

    @property
    def at(self) -> int:
        return self.match.start() - self.sentence_start


def find_dates(article: Article, sentences: Sequence[Sentence]) -> tuple[DateMention, ...]:
    """Find and resolve the date expressions of the title and the text.

    Args:
        article: Its `published_on` (the day in the outlet's zone; may be null) is what relative dates count from.
        sentences: The sentences of `article.text`, as `split_sentences` gives them.

    Returns:
        Mentions in the order of title and text. Expressions that cannot be resolved are left out.
    """
    title = [_Found(m, form, TITLE, article.title, 0) for m, form in _scan(article.title[:1000])]
    starts = [sentence.start for sentence in sentences]
    body = [
        _Found(m, form, place.index, place.text, place.start)
        for m, form in _scan(article.text[:MAX_TEXT_CHARS])
        if (place := _sentence_of(m, starts, sentences))
    ]
    mentions = _resolve([*title, *body][:MAX_MENTIONS], article)
    return tuple(_join_ranges(mentions, article, sentences))


def writing_day(article: Article, mentions: Iterable[DateMention]) -> date | None:
    """Find the day from which the writer counts: the publication, or an older stamp, or the dateline."""
    return _writing_day(article, [(m.span.start, m.span.rule) for m in mentions])


def _writing_day(article: Article, days: Sequence[tuple[date, str]]) -> date | None:
    published_on = article.published_on
    if published_on is None:
        return next((day for day, rule in days if rule == Rule.DATELINE), None)
    stamps = [day for day, rule in days if rule == Rule.STAMP]
    oldest = min(stamps, default=published_on)
    return oldest if (published_on - oldest).days > STAMP_LAG_DAYS else published_on


def _scan(text: str) -> list[tuple[re.Match[str], Form]]:
    """Match all forms; of overlapping matches the earliest and longest is kept."""
    matches = _MATCHER.match(text)
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[tuple[re.Match[str], Form]] = []
    for match, form in matches:
        if not kept or match.start() >= kept[-1][0].end():
            kept.append((match, form))
        elif match.end() - match.start() > 2 * (kept[-1][0].end() - kept[-1][0].start()):
            kept[-1] = (match, form)
    return kept


def _sentence_of(match: re.Match[str], starts: Sequence[int], sentences: Sequence[Sentence]) -> Sentence | None:
    index = bisect_right(starts, match.start()) - 1
    if index < 0 or match.start() >= sentences[index].end:
        return None
    return sentences[index]


def _resolve(found: Sequence[_Found], article: Article) -> list[DateMention]:
    published_on = _writing_day(article, _marked_days(found, article))
    text_day = published_on or _first_full_date(found, article)
    mentions: list[DateMention] = []
    day_of_sentence: tuple[int | None, date | None] = (None, None)
    for one in found:
        sentence_day = day_of_sentence[1] if day_of_sentence[0] == one.sentence else None
        context = Context(published_on, text_day, article.country_code, _is_coming(one), sentence_day)
        days = one.form.read(one.match, context)
        if days is None:
            continue
        mention = _mention(one, days)
        mentions.append(mention)
        if mention.is_day:
            day_of_sentence = (one.sentence, mention.span.start)
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


def _marked_days(found: Iterable[_Found], article: Article) -> list[tuple[date, str]]:
    """Read the datelines and stamps that name a year: those alone tell when an article was written."""
    context = Context(None, None, article.country_code)
    marked = [(one, rule) for one in found if (rule := _mark_of(one))]
    days = [(one.form.read(one.match, context), rule) for one, rule in marked]
    return [(day.start, rule) for day, rule in days if day and day.rule in _FULL_DATES]


def _is_coming(one: _Found) -> bool:
    before = one.sentence_text[max(0, one.at - COMING_REACH_CHARS) : one.at]
    cues = list(_COMING.finditer(before))
    return bool(cues) and not _HAS_HAPPENED.search(before, cues[-1].end())


def _mention(one: _Found, days: Days) -> DateMention:
    is_title = one.sentence == TITLE
    text = one.match.group().rstrip()
    lead = len(text) - len(text.lstrip())
    start = one.match.start() + lead
    rule = _mark_of(one) or days.rule
    span = DateSpan(
        days.start,
        days.end,
        days.precision,
        text.strip(),
        rule,
        -1 if is_title else start,
        -1 if is_title else one.match.start() + len(text),
        _weekday_conflict(text.strip(), days),
    )
    return DateMention(span, one.sentence, one.at + lead, one.form.kind, days.is_future)


def _mark_of(one: _Found) -> Rule | None:
    """Tell a dateline or a page's own stamp from a date of the story."""
    if one.form.kind is not MentionKind.ABSOLUTE or one.sentence == TITLE:
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


def _weekday_conflict(text: str, days: Days) -> tuple[Loser, ...]:
    """Tell of "Tuesday, Feb. 7" where the 7th was a Wednesday: the date is kept, the weekday is the loser."""
    named = _WEEKDAY_FIRST.match(text)
    if named is None or days.start != days.end or days.start.weekday() == weekday_of(named.group(1)):
        return ()
    return (Loser(named.group(1), days.start.strftime("%A"), "the weekday named is not that of the explicit date"),)


def _join_ranges(
    mentions: Sequence[DateMention], article: Article, sentences: Sequence[Sentence]
) -> Iterable[DateMention]:
    """Join "from Monday to Wednesday" and "late Saturday and early Sunday" into one interval."""
    index = 0
    while index < len(mentions):
        one = mentions[index]
        other = mentions[index + 1] if index + 1 < len(mentions) else None
        joined = _join(one, other, article, sentences) if other else None
        yield joined or one
        index += 2 if joined else 1


def _join(one: DateMention, other: DateMention, article: Article, sentences: Sequence[Sentence]) -> DateMention | None:
    if one.sentence == TITLE or one.sentence != other.sentence or one.span.start != one.span.end:
        return None
    start_of = sentences[one.sentence].start
    between = article.text[one.span.end_char : other.span.start_char]
    before = article.text[max(start_of, one.span.start_char - 20) : one.span.start_char]
    start, end = one.span.start, other.span.end
    if end < start and one.kind is MentionKind.WEEKDAY and other.kind is MentionKind.WEEKDAY:
        start -= 7 * ONE_DAY
    n_days = (end - start).days
    is_range = bool(_RANGE_OPEN.search(before) and _RANGE_JOIN.match(between)) or "through" in between.split()
    is_night = n_days == 1 and bool(_NIGHT_JOIN.match(between)) and "night" in (before + between).lower().split()
    if not 1 <= n_days <= MAX_RANGE_DAYS or other.span.precision is not DatePrecision.DAY or not (is_range or is_night):
        return None
    days = interval(start, end, Rule.RANGE)
    text = article.text[one.span.start_char : other.span.end_char]
    span = replace(one.span, start=start, end=end, precision=days.precision, text=text, rule=Rule.RANGE)
    return replace(one, span=replace(span, end_char=other.span.end_char), is_future=one.is_future and other.is_future)
