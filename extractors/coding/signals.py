"""What each sentence says of events at the level of words, before any parse: triggers, genre cues, casualties, dates.

Read on every article, so cheap: one pass of the phrase tables and a few patterns. `prefilter` decides on these signals
alone; `mentions` reads the triggers again with the parse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.coding.document import Document, Sentence
from extractors.coding.phrases import Found, words_of
from extractors.reference.lexicons import Lexicons, RoleNoun, TriggerEntry

OLD_YEARS = 2  # a sentence that names a year this long before the publication speaks of earlier events
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_CASUALTY = re.compile(
    r"\b(?:kill(?:ed|s|ing)?|dead|died|dies|wound(?:ed|s|ing)?|injur(?:ed|es|ies|ing)|hurt|casualt(?:y|ies)|"
    r"death toll|bod(?:y|ies)|fatally|fatalities|murdered|slain|missing|hospitali[sz]ed|martyr(?:ed|s)|"
    r"critical condition|deaths?|lives)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight|overnight|last night|this morning|"
    r"this afternoon|this evening|early (?:this|on)|shortly (?:before|after)|dawn|midnight|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?|"
    r"(?:at|around|about) \d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m|local|o'clock))\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b\d{1,3}[- ]year[- ]old|, \d\d,")
_NUMBER = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds|several)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """All that the words of one sentence say. `cues` gives the summed weight of each class of cue words."""

    index: int
    triggers: tuple[Found[TriggerEntry], ...]
    n_idioms: int
    roles: tuple[Found[RoleNoun], ...]
    cues: Mapping[str, int]
    has_casualty: bool
    has_date: bool
    has_number: bool
    has_age: bool
    is_old: bool


def read_signals(document: Document, lexicons: Lexicons) -> tuple[SentenceSignals, ...]:
    """Read the signals of each sentence of a document, in its order."""
    published = document.article.published_on
    year = published.year if published else None
    return tuple(_read(document, sentence, lexicons, year) for sentence in document.sentences)


def _read(document: Document, sentence: Sentence, lexicons: Lexicons, year: int | None) -> SentenceSignals:
    words = words_of(document.tokens_of(sentence))
    cues: dict[str, int] = {}
    for cue in lexicons.cues.find(words):
        for name, weight in cue.payload:
            cues[name] = cues.get(name, 0) + weight
    found = tuple(lexicons.triggers.find(words))
    triggers = tuple(hit for hit in found if hit.payload.event_type != "none")
    text = sentence.text
    is_old = "s_old" in cues or bool(year and any(int(y) <= year - OLD_YEARS for y in _YEAR.findall(text)))
    return SentenceSignals(
        sentence.index,
        triggers,
        sum(hit.payload.event_type == "none" and hit.payload.strength == 0 for hit in found),
        tuple(lexicons.roles.find(words)),
        cues,
        _CASUALTY.search(text) is not None,
        _DATE.search(text) is not None,
        _NUMBER.search(text) is not None,
        _AGE.search(text) is not None,
        is_old,
    )
