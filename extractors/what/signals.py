"""What each sentence says of happenings: triggers, whether they are asserted, and the cues around them.

A trigger is a listed word or phrase that tells of an incident type. It is *asserted* unless words near it make it
something to come, denied, or general: a modal or a negation within `MODAL_REACH` words before it in the same clause,
a word of threat, warning or prevention within `THREAT_REACH`, or a cue of general talk in the sentence with nothing
concrete beside it. Known false positives: "will" in a subordinate clause before a happening ("who will be buried
today, was shot").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.coding.document import Sentence
from extractors.reference.lexicons import Lexicons, RoleNoun, TriggerEntry
from extractors.text.phrases import Found, Words, split_words
from extractors.text.screen import Screened
from extractors.text.segments import TITLE
from extractors.text.small import small

MODAL_REACH = 4  # words; farther away a modal belongs to another verb
THREAT_REACH = 5  # words: "threatened to carry out more attacks"
OLD_YEARS = 5  # courts sit on an incident for some years; what is older is recalled, not reported
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MODALS = frozenset(
    "will would could might may shall should can cannot if unless not never no without neither nor nobody "
    "won't wouldn't didn't wasn't weren't hadn't don't doesn't 'll".split()
)
_THREATS = frozenset(
    """threatened threatens threatening threaten threat threats warned warns warning warn fear fears feared risk
    risks prevent preventing prevented foiled thwarted averted planned planning plan plans plotting plotted
    plot plots possible potential avoid vowed vows pledged against condemn condemned condemns condemning deny
    denied denies denying stop end hoax ready prepare prepared preparing expected likely forecast urged urges
    demand""".split()
)
_AFTER_MODALS = frozenset("could may might would will".split())  # "the cyclone could reach the coast"
_CLAUSE_BREAK = re.compile(r"[,;:—–]|\bwho\b|\bwhich\b|\bafter\b|\bwhen\b|\bwhere\b", re.IGNORECASE)
_CASUALTY = Screened(
    r"\b(?:kill(?:ed|s|ing)?|dead|died|dies|wound(?:ed|s|ing)?|injur(?:ed|es|ies|ing)|hurt|casualt(?:y|ies)|death toll|"
    r"bod(?:y|ies)|fatally|fatalities|murdered|slain|missing|hospitali[sz]ed|"
    r"critical condition|deaths?|leaves \w+ dead)\b",
    "kill dead died dies wound injur hurt casualt death body bodies fatal murdered slain missing hospitali critical",
)
_DATE = Screened(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tonight|overnight|last night|this morning|"
    r"this afternoon|this evening|early (?:this|on)|shortly (?:before|after)|at dawn|midnight)",
    "day night this early shortly dawn",
)
_NUMBERED_DATE = re.compile(  # as _DATE, but none matches without a digit
    r"\b(?:at about \d|around \d|\d\d? ?[ap]\.?m)|"
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?\b",
)
_AGE = re.compile(r"\b\d{1,3}[- ]year[- ]old|, \d\d,")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds|several)\b",
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a sentence, its span in the text (-1, -1 in the title), and whether it is asserted."""

    entry: TriggerEntry
    text: str
    word: int  # index of its first word in the sentence
    start: int
    end: int
    is_asserted: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """All that one sentence says to the gate. `cues` gives the summed weight of each class of cue words."""

    index: int
    triggers: tuple[Trigger, ...]
    roles: tuple[Found[RoleNoun], ...]
    cues: dict[str, int]
    has_casualty: bool
    has_date: bool
    has_number: bool
    has_age: bool
    has_idiom: bool
    words: Words

    @property
    def asserted(self) -> tuple[Trigger, ...]:
        """The triggers that tell of something as having happened."""
        return tuple(t for t in self.triggers if t.is_asserted)


def read_signals(
    title: str, sentences: Sequence[Sentence], lexicons: Lexicons, year: int | None = None
) -> tuple[SentenceSignals, ...]:
    """Read the signals of the title (index `TITLE`, first where there is one) and of each sentence.

    Args:
        title: May be empty.
        sentences: Of the text.
        lexicons: The word lists.
        year: Of publication; a sentence that names a year `OLD_YEARS` or more before it speaks of old times.
    """
    read = [_read(TITLE, title, -1, lexicons, year)] if title.strip() else []
    read += [_read(s.index, s.text, s.start, lexicons, year) for s in sentences]
    return tuple(read)


def _read(index: int, text: str, start: int, lexicons: Lexicons, year: int | None) -> SentenceSignals:
    words = split_words(text)
    cues: dict[str, int] = {}
    for cue in lexicons.cues.find(words):
        for name, weight in cue.payload:
            cues[name] = cues.get(name, 0) + weight
    lowered = small(text)
    has_digit = _DIGIT.search(text) is not None
    if year and has_digit and any(int(found) <= year - OLD_YEARS for found in _YEAR.findall(text)):
        cues["s_old"] = cues.get("s_old", 0) + 1
    every = list(lexicons.triggers.find(words))
    hits = [hit for hit in every if hit.payload.event_type != "none"]
    has_date = _DATE.is_in(lowered) or (has_digit and _NUMBERED_DATE.search(lowered) is not None)
    has_casualty, has_number = _CASUALTY.is_in(lowered), _NUMBER.search(lowered) is not None
    is_general = "s_generic" in cues and not (has_date or (has_casualty and has_number))
    triggers = tuple(_trigger(hit, words, text, start, is_general) for hit in hits)
    roles = tuple(lexicons.roles.find(words))
    return SentenceSignals(
        index,
        triggers,
        roles,
        cues,
        has_casualty,
        has_date,
        has_number,
        has_digit and _AGE.search(text) is not None,
        len(hits) < len(every),
        words,
    )


def _trigger(hit: Found[TriggerEntry], words: Words, text: str, start: int, is_general: bool) -> Trigger:
    why_not = _why_not(hit, words, text) or ("general talk" if is_general else "")
    begin, end = (hit.start + start, hit.end + start) if start >= 0 else (-1, -1)
    return Trigger(hit.payload, text[hit.start : hit.end], hit.first, begin, end, not why_not, why_not)


def _why_not(hit: Found[TriggerEntry], words: Words, text: str) -> str:
    after = hit.last + 1
    if after < len(words.lower) and words.lower[after] in _AFTER_MODALS:
        return f"not told as having happened: {words.lower[after]!r}"
    for back in range(1, THREAT_REACH + 1):
        at = hit.first - back
        if at < 0 or _CLAUSE_BREAK.search(text, words.ends[at], hit.start):
            return ""
        word = words.lower[at]
        if word in _THREATS:
            return f"not told as having happened: {word!r}"
        if back <= MODAL_REACH and word in _MODALS:
            return f"not told as having happened: {word!r}"
    return ""
