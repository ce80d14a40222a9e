"""Who did what to whom, and how long ago: marks of a sentence in capitals for the learnt gate.

An attack on civilians that is news differs from a battle between armies, an old case and a speech not by its words
alone but by how they stand together. For each trigger of a sentence this module names its type, whether it is told as
a fact, its voice, the class of people or things before it and after it (`CLASSES`), and the age of the event: the days
between the sentence's own date and the day of publication. The triggers of the neighbouring sentences and the age of
the sentence before are named, too. No name of a feature holds a word of the text. The limits of days are those of
the field's usual window of two months and of a week; what each group gives was measured (docs/explanation/gate.md).
Known false positives: in a long sentence the class before a trigger may be another clause's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractors.what.signals import SentenceSignals, Trigger

REACH = 9  # words before or after a trigger in which its subject or object is looked for
WEEK, MONTHS = 7, 62  # days
_CLASS_WORDS = {
    "civil": """peasant peasants farmer farmers journalist journalists reporter priest priests jesuit jesuits judge
    judges magistrate mayor mayors deputy deputies congressman senator ambassador professor teacher teachers worker
    workers leader leaders student students civilian civilians child children woman women citizen citizens businessman
    businessmen rancher candidate governor lawyer attorney minister official officials union unionist bishop nun nuns
    missionary people person persons man men engineer engineers diplomat passengers residents""",
    "thing": """embassy bank banks bridge bridges tower towers pylon pylons pipeline office offices store stores
    headquarters residence house houses home homes building buildings bus buses vehicle vehicles car truck trucks
    station stations plant school church hotel restaurant newspaper radio facilities power electric""",
    "army": """soldier soldiers troops army patrol patrols battalion brigade military guard guards garrison barracks
    policeman policemen police officer officers marines units air helicopter""",
    "rebel": """guerrilla guerrillas rebel rebels terrorist terrorists subversive subversives insurgents extremists
    extremist commandos command gunmen gunman assailants hitmen unidentified individuals hooded armed drug traffickers
    mafia narcoterrorists death squad squads""",
}
CLASSES = {word: name for name, words in _CLASS_WORDS.items() for word in words.split()}
_RECENT = frozenset("today yesterday tonight morning afternoon evening dawn noon hours night".split())
_OLD = frozenset("ago years year decade history since".split())
_BE = frozenset("was were been be being is are".split())
_TALK = frozenset("we our us i must should peace dialogue people struggle".split())
_AT = frozenset("in at near on".split())
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name: n + 1 for n, name in enumerate(_MONTH_NAMES)} | {m[:3]: n + 1 for n, m in enumerate(_MONTH_NAMES)}


def frame_features(
    signals: Sequence[SentenceSignals], vocabulary: frozenset[str], published_on: date | None
) -> list[frozenset[str]]:
    """Name the frames of each sentence, in order.

    Args:
        signals: Of all sentences.
        vocabulary: The plain words; others may be names, and "in" before one of those tells a place.
        published_on: Day of publication, by which the age of an event is reckoned.
    """
    ages = [age_of(s.words.lower, published_on) for s in signals]
    kinds = [{t.entry.event_type for t in s.asserted} for s in signals]
    described = []
    for n, s in enumerate(signals):
        features = _of_triggers(s, ages[n]) | _of_sentence(s, vocabulary, ages[n], ages[n - 1] if n else "start")
        features.update(f"before:{kind}" for kind in (kinds[n - 1] if n else ()))
        features.update(f"after:{kind}" for kind in (kinds[n + 1] if n + 1 < len(signals) else ()))
        described.append(frozenset(features))
    return described


def age_of(words: Sequence[str], published_on: date | None) -> str:
    """Name the age of what a sentence tells: `recent`, `week`, `months`, `older`, `old_talk` or `none`.

    >>> age_of("on 3 november two men".split(), date(1989, 11, 5)), age_of("on 3 november two men".split(), None)
    ('week', 'none')
    """
    age = "none"
    for n, word in enumerate(words):
        if word in _RECENT:
            age = "recent"
        elif word in _MONTHS and n and published_on and words[n - 1].isdecimal():
            following = words[n + 1] if n + 1 < len(words) else ""
            age = _age_of_day(words[n - 1], _MONTHS[word], following, published_on) or age
    return "old_talk" if age == "none" and not _OLD.isdisjoint(words) else age


def _age_of_day(day: str, month: int, following: str, published_on: date) -> str | None:
    """Reckon the age of "3 november" or "3 nov 89"; null where it is no day."""
    year = published_on.year
    if following.isdecimal() and len(following) in (2, 4):
        year = int(following) if len(following) == 4 else 1900 + int(following)
    try:
        told = date(year, month, int(day[:3]))
        if (told - published_on).days > WEEK and year == published_on.year:
            told = told.replace(year=year - 1)
    except ValueError:
        return None
    days = (published_on - told).days
    return "week" if days <= WEEK else "months" if days <= MONTHS else "older"


def _of_triggers(s: SentenceSignals, age: str) -> set[str]:
    features = set()
    quote = ":quoted" if '"' in s.words.source or "[" in s.words.source[:3] else ""
    harm = f"{'hurt' if s.has_casualty else ''}{'count' if s.has_number else ''}"
    for trigger in s.triggers:
        kind, voice = _kind(trigger), _voice(s, trigger)
        before, after = _classes_beside(s.words.lower, trigger.word)
        features |= {
            f"F:{kind}:{voice}:{before}",
            f"F:{kind}:{voice}>{after}",
            f"F:{kind}:{voice}:{before}>{after}",
            f"F:{kind}:{before}>{after}:{age}",
            f"F:{voice}:{before}>{after}:{age}",
            f"F:{kind}:{age}",
            f"F:{kind}:{age}:{harm}",
            f"F:{kind}:{age}{quote}",
        }
    return features


def _kind(trigger: Trigger) -> str:
    return ("T" if trigger.is_asserted else "U") + trigger.entry.event_type


def _voice(s: SentenceSignals, trigger: Trigger) -> str:
    return "passive" if not _BE.isdisjoint(s.words.lower[max(0, trigger.word - 2) : trigger.word]) else "active"


def _classes_beside(words: Sequence[str], at: int) -> tuple[str, str]:
    before = next((CLASSES[w] for w in reversed(words[max(0, at - REACH) : at]) if w in CLASSES), "-")
    after = next((CLASSES[w] for w in words[at + 1 : at + REACH] if w in CLASSES), "-")
    return before, after


def _of_sentence(s: SentenceSignals, vocabulary: frozenset[str], age: str, age_before: str) -> set[str]:
    words = s.words.lower
    place = "place" if any(_is_place(words, n, vocabulary) for n in range(len(words) - 1)) else "no-place"
    talk = "plain" if _TALK.isdisjoint(words) else "talk"
    present = "+".join(sorted({CLASSES[w] for w in words if w in CLASSES}))
    stand = "first" if s.index <= 0 else "lead" if s.index < 4 else "early" if s.index < 10 else "late"
    features = {f"age:{age}", f"at:{stand}:{age}", f"G:{present}:{place}:{age}"}
    for kind in {_kind(t) for t in s.triggers} or {"-"}:
        features |= {
            f"G:{kind}:{age_before}>{age}",
            f"G:{kind}:{place}:{age}",
            f"G:{kind}:{talk}",
            f"G:{kind}:{present}",
            f"G:{kind}:{present}:{age}",
            f"G:{kind}:{place}:{talk}{':hurt' if s.has_casualty else ''}",
        }
    return features


def _is_place(words: Sequence[str], n: int, vocabulary: frozenset[str]) -> bool:
    return words[n] in _AT and words[n + 1].isalpha() and words[n + 1] not in vocabulary
