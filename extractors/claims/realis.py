"""Sentences whose figures are not of this incident: statistics, times past, threats and forecasts.

A sentence is set aside when it speaks of rates ("each year", "so far this year", "since 2011"), of another year than
the article's own lead does, of years ago, or of a record ("the deadliest since"), and when it is the headline of
another story between the paragraphs ("Related: …", an item of a video player's list, "[Two dead in other town]").
Within a sentence, what is denied or corrected ("dismissed reports of 40 dead", "it did not say that 200 had died") is
set aside up to the next "but". Written for the figures of news reports; known false positives: a first sentence that
gives the toll and, in passing, the year's count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.coding.document import Sentence
from extractors.text.screen import Screened
from extractors.text.small import small

STATISTIC = Screened(
    r"\b(?:each|every|per) (?:year|month|week|day)\b|\b(?:a|per) year\b(?!-)|\bannual(?:ly)?\b"
    r"|\bon average\b|\baverage of\b"
    r"|\b(?:so far )?this year\b|\bof the year\b|\byear-to-date\b|\bin recent (?:years|months)\b|\bstatistic"
    r"|\b(?:in|over|during|for) the (?:past|last) (?:\w+ )?(?:years?|months?|decades?|weeks|century)\b"
    r"|\bsince (?:the (?:start|beginning|outbreak|war|conflict|uprising|revolution"
    r"|cease-?fire|invasion)|(?:19|20)\d\d|[A-Z][a-z]+ (?:19|20)\d\d"
    r"|(?:late |early |mid-?)?(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b(?! \d))"
    r"|\b(?:nationwide|nationally|worldwide|across the country)\b|\bhave (?:been )?(?:killed"
    r"|died) (?:in|since|over) (?:the )?(?:war|conflict|fighting since)"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:\w+ )?(?:homicide"
    r"|murder|killing|fatal shooting|fatality|death)s?\b.{0,40}\b(?:year|month"
    r"|week)\b"
    r"|\btotal (?:number )?of (?:homicides|murders)\b",
    "year,month,week,each day,every day,per day,annual,average,statistic,decade,century,since,nation,worldwide,"
    "across the country,have ,total",
    ",",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th) ")
_NTH_OF_YEAR = re.compile(
    r"\b\d+(?:st|nd|rd|th) (?:homicide|murder|killing|shooting|fatal|death|person (?:killed"
    r"|to be killed|slain|murdered))",
    re.IGNORECASE,
)
PAST = Screened(
    r"\b(?:\w+|\d+) (?:years?|decades?) (?:ago|earlier|before)\b|\blast (?:year"
    r"|month)\b|\ba (?:year|month) (?:ago|earlier)\b"
    r"|\bmonths (?:ago|earlier)\b|\bback in (?:19|20)\d\d\b|\bdecades\b|\bin the (?:past"
    r"|1\d{3}s|20\d0s|\d0s)\b|\banniversary\b",
    "year,month,decade,back in,in the past,in the 1,0s,anniversary",
    ",",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d-])")
_MONTH_NAMES = "January February March April May June July August September October November December".split()
_IN_MONTH = re.compile(rf"\b(?:[Ii]n|[Ll]ast|[Ss]ince) (?:early |mid-|late )?({'|'.join(_MONTH_NAMES)})\b(?!\s\d)")
_DENIED = re.compile(
    r"\b(?:did|does|do|has|have|had)(?:n['’]t| not| never) (?:say|said|claim|claimed|report|reported|state|stated)\b"
    r"|\b(?:denied|denies|denying) (?:that|reports?|claims?|rumou?rs?|allegations?)\b"
    r"|\b(?:call|dismiss|reject|describ|refut|disput)(?:e?d|s|es|ing)\b(?=[^.;]{0,60}\b(?:reports?|claims?|rumou?rs?"
    r"|figures?|accounts?)\b (?:of|that|about))"
    r"|\bmisstated\b"
    r"|\b(?:incorrectly|erroneously|wrongly|mistakenly) (?:said|stated|reported|gave|put|claimed)\b",
    re.IGNORECASE,
)
_DENIAL_END = re.compile(r";|\bbut\b|[”\"]|, (?:saying|adding|and said)\b", re.IGNORECASE)
_OTHER_STORY = re.compile(
    r"^\W*(?:\d{1,2}:\d\d (?=(?-i:[A-Z])|[\d'\"‘“])(?![AP]\.?M\b|[ECMP][DS]T\b)"
    r"|(?:related|read more|read also|see also|more)(?: articles?| stor(?:y|ies)| coverage| news)?\s?[:|])"
    r"|^\[[A-Z][^\]]{12,}\]$",
    re.IGNORECASE,
)
_LEAD_SENTENCES = 3  # where an article says what it is about


def lead_years(title: str, sentences: Sequence[Sentence], published_on: date | None) -> frozenset[int]:
    """Return the years that the article's own incident may be of: those its lead names, and that of publication."""
    lead = " ".join((title, *(s.text for s in sentences[:_LEAD_SENTENCES])))
    years = {int(y) for y in _YEAR.findall(lead)}
    if published_on is not None:
        years |= {published_on.year, published_on.year - 1} if published_on.month == 1 else {published_on.year}
    return frozenset(years)


def lead_months(title: str, sentences: Sequence[Sentence], published_on: date | None) -> frozenset[str]:
    """Return the months that the incident may be of: those its lead names, that of publication and the one before."""
    lead = " ".join((title, *(s.text for s in sentences[:_LEAD_SENTENCES])))
    months = {m for m in _MONTH_NAMES if m in lead or f"{m[:3]}. " in lead}
    if published_on is not None:
        months |= {_MONTH_NAMES[published_on.month - 1], _MONTH_NAMES[published_on.month - 2]}
    return frozenset(months)


def is_elsewhere(text: str, years: frozenset[int], months: frozenset[str], *, has_day: bool) -> bool:
    """Tell whether a sentence's figures are of other times than the article's incident.

    Args:
        text: The sentence.
        years: What `lead_years` gave.
        months: What `lead_months` gave.
        has_day: Whether the day of publication is known; without it a year alone says nothing.
    """
    lowered = small(text)
    if any(screen.may_match(lowered) and screen.pattern.search(text) for screen in (STATISTIC, PAST)):
        return True
    if _OTHER_STORY.match(text) or (_ORDINAL.search(lowered) and _NTH_OF_YEAR.search(text)):
        return True
    if has_day and any(month not in months for month in _IN_MONTH.findall(text)):
        return True
    told = {int(y) for y in _YEAR.findall(text)}
    return bool(has_day and told and not told & years)


def denied_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the parts (start, end) of a sentence that somebody denies, dismisses or corrects; no claim stands there.

    >>> denied_spans("Two died; it did not say that 200 had died.")
    ((13, 43),)
    """
    spans: list[tuple[int, int]] = []
    for match in _DENIED.finditer(text):
        stop = _DENIAL_END.search(text, match.end())
        spans.append((match.start(), stop.start() if stop else len(text)))
    return tuple(spans)
