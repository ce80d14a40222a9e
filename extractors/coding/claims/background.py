"""Figures that are not of this incident: of a war, a period, another year, another attack, of what may be or is denied.

Each refusal has a reason in words, kept for the explanation. Words that tell of another time or of many cases count
where they stand in the clause of the word of harm, above it, or in a sentence that has no other clause; in an aside
("the worst attack since 2015") they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.coding.claims.elsewhere import of_other_event
from extractors.coding.claims.readings import Reading
from extractors.coding.document import Document, Sentence, Token
from model.report import Measure

_MONTH_NAMES = "January February March April May June July August September October November December".split()
_PERIOD = re.compile(
    r"\b(?:each|every|per) (?:year|month|week|day)\b|\b(?:a|per) year\b(?!-)|\bannual(?:ly)?\b|\bon average\b"
    r"|\baverage of\b|\b(?:so far )?this (?:year|month)\b|\bof the year\b|\byear-to-date\b"
    r"|\bin recent (?:years|months|weeks)\b"
    r"|\bstatistics\b|\b(?:in|over|during|for|within) (?:the |just )?(?:past|last|previous) (?:\w+ )?"
    r"(?:years?|months?|decades?|weeks|century|fortnight)\b"
    r"|\bsince (?:the )?(?:start|beginning|outbreak|war|conflict|uprising|revolution|cease-?fire|truce|invasion"
    r"|insurgency"
    r"|rebellion|offensive|coup|election)\b|\bsince (?:late |early |mid-?)?(?:(?:19|20)\d\d\b"
    rf"|(?:{'|'.join(_MONTH_NAMES)})\b(?! \d))|\bsince (?:the )?(?:end|middle|beginning|start) of\b"
    rf"|\bhave (?:been |already )?\w+ since (?:{'|'.join(_MONTH_NAMES)}) \d"
    r"|\bsince then\b|\bover the years\b|\bin (?:\w+|\d+) years\b"
    r"|\b(?:nationwide|worldwide|across the country)\b|\btotal (?:number )?of (?:homicides|murders)\b"
    r"|\b(?:\w+|\d+)(?:-| )year(?:-old)? (?:war|conflict|insurgency|civil war|uprising|rebellion|campaign)\b",
    re.IGNORECASE,
)
_NTH_OF_YEAR = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) (?:\w+ )?"
    r"(?:homicide|murder|killing|fatal shooting|fatality|shooting)s?\b.{0,40}\b(?:year|month|week|this|so far)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:\w+|\d+) (?:years?|decades?|months|weeks) (?:ago|earlier|before)\b|\blast (?:year|month)\b"
    r"|\b(?:a|the) (?:year|month|week|fortnight) (?:ago|earlier|before)\b|\bin the (?:past|1\d{3}s|20\d0s|\d0s)\b"
    r"|\bdecades\b|\banniversary\b|\bearlier (?:this|in the) (?:year|month|week)\b"
    r"|\b(?:the|a) previous (?:day|week|attack)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d-])")
_IN_MONTH = re.compile(rf"\b(?:[Ii]n|[Ll]ast|[Ss]ince) (?:early |mid-|late )?({'|'.join(_MONTH_NAMES)})\b(?!\s\d)")
_DENIED = re.compile(
    r"\b(?:did|does|do|has|have|had)(?:n['’]t| not| never) (?:say|said|claim|claimed|report|reported|state|stated)\b"
    r"|\b(?:denied|denies|denying) (?:that|reports?|claims?|rumou?rs?|allegations?)\b"
    r"|\b(?:call|dismiss|reject|describ|refut|disput)(?:e?d|s|es|ing)\b(?=[^.;]{0,60}\b(?:reports?|claims?|rumou?rs?"
    r"|figures?|accounts?)\b (?:of|that|about))|\bmisstated\b|\b(?:rumou?rs?|false reports?) (?:of|that)\b"
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
_SUPERLATIVE = frozenset("worst deadliest bloodiest biggest largest first heaviest".split())
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_MONTHS_RE = "|".join(f"{m[:3]}(?:{m[3:]}|[.]|t[.])?" for m in _MONTH_NAMES)
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTHS_RE}) (?P<day>\d{{1,2}})\b")
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTHS_RE})\b")
_EVENTS = (
    "attacks|bombings|bombs|blasts|explosions|strikes|airstrikes|raids|shootings|killings|ambushes|assaults|incidents|"
    "disasters|earthquakes|quakes|crashes|accidents|clashes|sinkings|capsizings|fires|battles|massacres|protests"
)
_SEVERAL = re.compile(
    rf"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|twin|both|several|multiple|series of|string of|spate of"
    rf"|wave of|pair of|separate|tit-for-tat)(?: [\w-]+){{0,3}}? (?:{_EVENTS})\b"
    r"|\b(?:hours|days|weeks|nights|months) of (?:[\w-]+ )?(?:violence|fighting|clashes|unrest|protests?|battles?"
    r"|attacks)\b"
    r"|\b(?:combined|overall) (?:death )?toll\b|\bin all\b|\baltogether\b|\bnationwide\b",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:days?|weeks?|months?|years?|hours) (?:after|since|following)\b", re.IGNORECASE)
_SPEECH = frozenset("say tell report confirm announce claim state add write know believe learn understand".split())
_LEAD_SENTENCES = 3  # where an article says what it is about
_OWN_SENTENCES = 2  # title and these tell of the article's own incident, however long ago it was
_MAX_ONE_EVENT = 50_000  # dead or hurt: beyond it are wars and the worst earthquakes of a century


@dataclass(frozen=True, slots=True)
class Times:
    """The years and months that the article's own incident may be of, and whether the day of publication is known."""

    years: frozenset[int]
    months: frozenset[str]
    has_day: bool
    days: frozenset[str]
    places: frozenset[str]


def lead_times(document: Document) -> Times:
    """Read the years and months of title and lead, and of the day of publication and the month before it."""
    lead = " ".join((document.article.title, *(s.text for s in document.body[:_LEAD_SENTENCES])))
    years = {int(y) for y in _YEAR.findall(lead)}
    months = {m for m in _MONTH_NAMES if m in lead or f"{m[:3]}. " in lead}
    day: date | None = document.article.published_on
    if day is not None:
        years |= {day.year, day.year - 1} if day.month == 1 else {day.year}
        months |= {_MONTH_NAMES[day.month - 1], _MONTH_NAMES[day.month - 2]}
    opening = [s for s in document.sentences if s.index < _LEAD_SENTENCES]
    days = {d for s in opening for d in _days(s.text)}
    places = {name for s in opening for name in _places(document, s)}
    return Times(frozenset(years), frozenset(months), day is not None, frozenset(days), frozenset(places))


def doubts(document: Document, sentence: Sentence, reading: Reading, times: Times) -> frozenset[str]:
    """Name the signs that a figure may be of another incident, each too weak to refuse it.

    `other-day` and `other-place`: the sentence names days or places, and none of the lead's. `after`: "two days after
    …". `had`: past perfect outside reported speech. `relative`: in a clause that describes another noun. `several`: a
    total of several attacks or of days of violence.
    """
    found = set()
    days, places = _days(sentence.text), _places(document, sentence)
    if times.days and days and not days & times.days:
        found.add("other-day")
    if times.places and places and not places & times.places:
        found.add("other-place")
    for match in _AFTER.finditer(sentence.text):
        token = _token_at(document, sentence, match.end())
        if token is not None and token.index <= reading.trigger and match.end() < len(sentence.text):
            found.add("after")
    trigger = document.tokens[reading.trigger]
    above = [trigger, *document.ancestors(trigger.index)]
    if _had(document, trigger) and not any(t.lemma in _SPEECH for t in above):
        found.add("had")
    if _is_of_several(document, sentence, trigger):
        found.add("several")
    people = {p.at for p in reading.people}
    if any(t.dep == "relcl" and t.head not in people for t in above):
        found.add("relative")
    return frozenset(found)


def _is_of_several(document: Document, sentence: Sentence, trigger: Token) -> bool:
    """Say whether a toll is of several events: "two bombings killed 58", "30 dead in four days of violence"."""
    above = {trigger.index, *(t.index for t in document.ancestors(trigger.index))}
    for match in _SEVERAL.finditer(sentence.text):
        event = _token_at(document, sentence, match.end() - 1)
        if event is not None and (
            event.index in above or any(t.index in above for t in document.ancestors(event.index))
        ):
            return True
    return False


def _days(text: str) -> set[str]:
    return {match.group().lower()[:3] for match in _WEEKDAY.finditer(text)} | {
        f"{match['month'][:3]} {match['day']}".lower()
        for pattern in (_MONTH_DAY, _DAY_MONTH)
        for match in pattern.finditer(text)
    }


def _places(document: Document, sentence: Sentence) -> set[str]:
    tokens = document.tokens_of(sentence)
    return {t.lower for t in tokens if t.entity in ("GPE", "LOC", "FAC") and t.pos == "PROPN" and len(t.text) > 2}


def _had(document: Document, verb: Token) -> bool:
    return any(document.tokens[c].lower == "had" for c in document.children[verb.index])


def refusal(
    document: Document, sentence: Sentence, reading: Reading, times: Times, others: Sequence[Reading] = ()
) -> str | None:
    """Say why a figure is no claim of the article's incident; null where it may be one.

    `others` are the readings of the same sentence.
    """
    if _OTHER_STORY.match(sentence.text):
        return "the headline of another story"
    if _is_denied(sentence, document.tokens[reading.trigger]):
        return "somebody denies, dismisses or corrects it"
    if reason := _impossible(reading, document):
        return reason
    if reason := _of_other_time(document, sentence, reading, times):
        return reason
    return of_other_event(document, reading, others)


def _is_denied(sentence: Sentence, trigger: Token) -> bool:
    at = trigger.start - sentence.start
    for match in _DENIED.finditer(sentence.text):
        stop = _DENIAL_END.search(sentence.text, match.end())
        if match.start() <= at < (stop.start() if stop else len(sentence.text)):
            return True
    return False


def _impossible(reading: Reading, document: Document) -> str | None:
    low = reading.low or 0
    if reading.measure in (Measure.KILLED, Measure.INJURED) and low > _MAX_ONE_EVENT:
        return "more than one incident can have harmed"
    is_bare = all(p.is_bare for p in reading.people)
    first = document.tokens[reading.people[0].first]
    if is_bare and 1900 <= low <= 2100 and "," not in first.text and first.text.isdecimal():
        return "a year, not a number of people"
    return None


def _of_other_time(document: Document, sentence: Sentence, reading: Reading, times: Times) -> str | None:
    is_lead = sentence.index < _OWN_SENTENCES
    for start, reason in _time_cues(sentence.text, times, is_lead=is_lead):
        token = _token_at(document, sentence, start)
        if token is not None and _governs(document, sentence, token, reading):
            return reason
    return None


def _time_cues(text: str, times: Times, *, is_lead: bool) -> Iterator[tuple[int, str]]:
    """Find words of other times; title and lead of a follow-up say "last month" of the article's own incident."""
    for match in _PERIOD.finditer(text):
        yield match.start(), f"a figure of a period or of many cases ({match.group()})"
    for match in _NTH_OF_YEAR.finditer(text):
        yield match.start(), "a count of cases"
    if is_lead:
        return
    for match in _PAST.finditer(text):
        yield match.start(), f"a figure of another time ({match.group()})"
    if times.has_day:
        for match in _IN_MONTH.finditer(text):
            if match.group(1) not in times.months:
                yield match.start(), f"a figure of another month ({match.group()})"
        for match in _YEAR.finditer(text):
            if int(match.group()) not in times.years:
                yield match.start(), f"a figure of another year ({match.group()})"


def _token_at(document: Document, sentence: Sentence, start: int) -> Token | None:
    tokens = document.tokens_of(sentence)
    return next((t for t in tokens if t.end - sentence.start > start), None)


def _governs(document: Document, sentence: Sentence, cue: Token, reading: Reading) -> bool:
    """Return whether words of time stand over a word of harm: in its clause, above it, or on the noun described."""
    trigger = document.tokens[reading.trigger]
    above = {trigger.index, *(t.index for t in document.ancestors(trigger.index))}
    above |= {p.at for p in reading.people}
    path = [cue, *document.ancestors(cue.index)]
    for token in path:
        if token.index in above:
            return True
        if token is not cue and token.index == cue.head and cue.dep == "mark":
            continue  # "since the war began": the clause says how long what stands above it went on
        words = {document.tokens[c].lower for c in document.subtree(token.index)}
        if token.pos in ("NOUN", "PROPN") and words & _SUPERLATIVE:
            return False
        if token.pos == "VERB" and token.dep in ("relcl", "advcl", "acl", "ccomp"):
            return False
    return False
