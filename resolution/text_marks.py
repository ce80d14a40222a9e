"""Text marks: people with ages, proper names, ages, streets and sites, read by patterns and word lists.

Specification. These are not the coder's facts but marks by which two accounts of one incident know each other: a
shared "NN-year-old" is ten times as likely in accounts of one incident as of two (measured on GVA, events.md 5.1).
A *person* is a run of two to four capitalised words that stands beside an age; a *name* is any such run. Words that
make a run a street, an office or an institution end it. Known false positives: headlines in capitals throughout give
no names (they would give only noise), and places of two words count as names until their frequency tells otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from resolution.words import STOP_WORDS, fold

MIN_AGE, MAX_AGE = 1, 105
MAX_NAMES = 24  # bound of a memory's size; the longest article has few more that matter
MAX_AGES = 10

_CAP = r"[A-Z][a-zà-öø-ÿ]+(?:['’-][A-Z]?[a-zà-öø-ÿ]+)*|Mc[A-Z][a-z]+|[A-Z]['’][A-Z][a-z]+|[A-Z][a-z]+[A-Z][a-z]+"
_NAME = re.compile(rf"\b(?:{_CAP})(?:[ ](?:[A-Z]\.?[ ])?(?:(?:al|bin|de|del|la|van|von|el)[ -])?(?:{_CAP})){{1,3}}\b")
_AGE_AFTER = re.compile(
    r",?\s(?:who\swas\s|was\s|aged?\s)?\(?(\d{1,3})\b(?=[,.;)\s])(?!\s?(?:%|percent|people|others))"
)
_AGE = re.compile(r"\b(\d{1,3})[- ]?(?:-|‑)?(?:year|yr)s?[- ]?olds?\b|\bage[ds]?\s(\d{1,3})\b", re.IGNORECASE)
_STREET_END = (
    r"Streets?|St|Avenue|Ave|Roads?|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Ct|Place|Pl|Parkway|Pkwy|Highway|Hwy"
    r"|Circle|Terrace|Trail|Pike|Way"
)
_STREET = re.compile(
    rf"(?:\b(\d{{2,5}})\s(?:block\sof\s)?)?\b((?:(?:North|South|East|West|[NSEW]|[NS][EW])\.?\s)?"
    rf"(?:[A-Z][\w'’]+|\d{{1,3}}(?:st|nd|rd|th))(?:\s[A-Z][\w'’]+)?)\s({_STREET_END})\b"
)
_ANY_STREET = re.compile(
    rf"\s(?:{_STREET_END})\b"
)  # a text without one is not searched for their names: 4 times as long
_NO_STREET = frozenset("the this that another main".split())

_ENDERS = frozenset(
    """county city street avenue road drive boulevard lane court place highway parkway police department sheriff office
    hospital university college school center centre church park district state states news times post herald tribune
    press associated reuters judge attorney general national international court house council president minister
    ministry army force forces government islamic republic united party union channel live breaking photo getty images
    international airport mall apartment apartments club bar division bureau investigation unit island beach river lake
    valley mountain heights hills north south east west northern southern eastern western central medical fire rescue
    emergency services law enforcement""".split()
)
_TITLES = frozenset(
    """mr mrs ms dr sgt lt capt cpt col gen maj cpl pvt officer deputy detective sheriff chief captain sergeant
    lieutenant colonel general major judge attorney president senator governor mayor minister police spokesman
    spokeswoman investigator trooper cmdr commander rep sen gov rev pastor prosecutor coroner suspect victim""".split()
)


# What was struck: words of a lead that part two attacks in one city on one day. Kinds of place in any country.
_SITES = frozenset(
    """market bazaar mosque church school hospital clinic cafe restaurant hotel bar nightclub tavern pub checkpoint
    barrack airport airbase station garage stadium university college embassy consulate court courthouse prison jail
    mall bridge camp funeral wedding convoy ferry train bus bakery bank factory mill refinery pipeline farm kindergarten
    temple synagogue monastery shrine parade rally concert theatre cinema museum beach port dam tunnel warehouse
    headquarter ministry parliament palace ship boat helicopter plane tanker minibus taxi shop supermarket gym park
    playground dormitory
    orphanage depot barbershop""".split()
)
MAX_SITES = 6


def sites_of(words: Sequence[str]) -> tuple[str, ...]:
    """Words for kinds of places among the folded words of a lead, in order, each once.

    >>> sites_of(["blast", "bus", "garage", "bus"])
    ('bus', 'garage')
    """
    return tuple(dict.fromkeys(w for w in words if w in _SITES))[:MAX_SITES]


@dataclass(frozen=True, slots=True)
class TextMarks:
    """Marks of one text: `persons` maps a folded name to the age beside it; names stand in order of appearance."""

    persons: dict[str, int]
    names: tuple[str, ...]
    ages: tuple[int, ...]
    streets: tuple[str, ...]
    phrases: tuple[str, ...]


def read_marks(text: str) -> TextMarks:
    """Read the marks of `text` (the part of an article that tells the incident, title in front).

    >>> s = read_marks("Police said Ann B. Carver, 23, was shot in the 300 block of Maple Street.")
    >>> s.persons, s.streets
    ({'ann carver': 23}, ('300 maple st', 'maple st'))
    """
    persons: dict[str, int] = {}
    names: dict[str, None] = {}
    phrases: list[str] = []
    for match in _NAME.finditer(text):
        name = _clean_name(match.group())
        if name is None:
            continue
        names.setdefault(name)
        phrases.append(name.replace(" ", "_"))
        age = _AGE_AFTER.match(text, match.end())
        if age and MIN_AGE <= int(age.group(1)) <= MAX_AGE:
            persons.setdefault(name, int(age.group(1)))
    ages = dict.fromkeys((*_ages(text), *persons.values()))
    return TextMarks(
        dict(sorted(persons.items())[:MAX_NAMES]),
        tuple(list(names)[:MAX_NAMES]),
        tuple(sorted(list(ages)[:MAX_AGES])),
        tuple(sorted(_streets(text))),
        tuple(phrases),
    )


def _ages(text: str) -> list[int]:
    found = [int(m.group(1) or m.group(2)) for m in _AGE.finditer(text)]
    return [age for age in found if MIN_AGE <= age <= MAX_AGE]


def _clean_name(raw: str) -> str | None:
    """Fold a run of capitalised words to "first last", or null where it is no name of one person or thing."""
    words = [w.strip(".") for w in raw.replace("-", " ").split()]
    words = [w for w in words if len(w) > 1]
    while words and (words[0].lower() in _TITLES or words[0].lower() in STOP_WORDS):
        words.pop(0)
    if words and words[-1].lower() in {"jr", "sr", "ii", "iii"}:
        words.pop()
    low = [w.lower() for w in words]
    if len(words) < 2 or any(w in _ENDERS for w in low) or low[-1] in STOP_WORDS:
        return None
    return f"{fold(words[0])} {fold(words[-1])}"


def _streets(text: str) -> set[str]:
    found: set[str] = set()
    for number, name, end in _STREET.findall(text) if _ANY_STREET.search(text) else ():
        words = [w.strip(".").lower() for w in name.split()]
        words = [w for w in words if w not in {"north", "south", "east", "west", "n", "s", "e", "w"}]
        if not words or words[0] in _NO_STREET or words[0] in STOP_WORDS:
            continue
        street = f"{' '.join(words)} {end[:2].lower()}"
        found.add(street)
        if number:
            found.add(f"{number} {street}")
    return set(sorted(found)[:8])
