"""Tell whether an article that tells of no incident tells of another concrete happening.

Specification. An article is kept as `other` when one of these holds:

- its opening has no fair word of violence or disaster, meant or borrowed, and an asserted trigger of another kind
  ("resigned", "acquires", "spotted");
- it *follows a subject*: a word of its title comes back in sentence after sentence of the text. News of one thing
  does that, reviews, round-ups and talk about conditions do it less. A trigger of violence is no subject;
- it is undated, so comes from an archive and not from a feed, and is either long or asserts something in its opening.

A drill, a denial, an anniversary and a forecast are never a happening of another kind. Thresholds: dev halves and the
bundled newsroom (docs/explanation/gate.md). Known false positives: long talk about one subject is kept, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.text.phrases import Words
from extractors.text.segments import TITLE
from extractors.what.genre import Genre
from extractors.what.signals import SentenceSignals, Trigger

CLOSED_GENRES = frozenset(("drill", "denial", "anniversary", "forecast"))  # they tell that nothing happened, or not now
PEACEFUL_TYPES = frozenset(("other", "protest", "agreement"))  # their words are not borrowed from violence
FAIR = 2  # strength of a trigger that says something by itself
CRASH_SENTENCES = 2  # a single one may be a figure of speech
OPENING_SENTENCES = 4  # another happening stands in the title or at once
NAME_SENTENCES = 3  # that come back to a name of the title
NOUN_SENTENCES = 4  # … to another of its words: common words come back by chance
GENRE_SENTENCES = 5  # … where a genre (sport, a film, business) borrows the words of violence
SHORT_SHARE = 0.5  # of the sentences of a short text, two at least
ARCHIVE_SENTENCES = 5  # an undated document this long is kept without any trigger …
SHORT_ARCHIVE_SENTENCES = 1  # … and this long with one
MIN_NOUN_CHARS = 4
_COMMON = frozenset(
    """after from with that this will over what when where have into says said their they more than about could would
    year first last been were most make people world news which while against before between back does just like only
    some such your these those there here live update january february march april june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday""".split()
)


def other_trigger(early: Sequence[SentenceSignals]) -> tuple[SentenceSignals, Trigger] | None:
    """Give the first sentence of the opening that asserts another happening, with its strongest trigger."""
    for one in early:
        told = [t for t in one.asserted if t.entry.event_type in PEACEFUL_TYPES and t.entry.strength >= FAIR]
        if told:
            return one, max(told, key=lambda t: (t.entry.strength, -t.word))
    return None


def speaks_of_violence(signals: Sequence[SentenceSignals], genre: Genre | None) -> bool:
    """Say whether any fair word for violence or disaster stands there, asserted or not.

    Theft is neither, except where a court or a table of figures speaks of it.
    """
    is_dry = (genre is not None and genre.name == "statistics") or any("trial" in s.cues for s in signals)
    mild = PEACEFUL_TYPES if is_dry else PEACEFUL_TYPES | {"looting"}
    return any(t.entry.event_type not in mild and t.entry.strength >= FAIR for s in signals for t in s.triggers)


def is_crash_in_sport(signals: Sequence[SentenceSignals], genre: Genre | None) -> bool:
    """Say whether an article on sport asserts an accident again and again: races have real crashes."""
    if genre is None or genre.name != "sport":
        return False
    return sum(any(t.entry.event_type == "accident" for t in s.asserted) for s in signals) >= CRASH_SENTENCES


def follows_a_subject(signals: Sequence[SentenceSignals], *, is_borrowed: bool) -> bool:
    """Say whether the text comes back to a word of the title again and again.

    Args:
        signals: Of the title and of all sentences; without a title there is no subject.
        is_borrowed: A genre or an idiom explains the words of violence, so that more is asked.
    """
    if not signals or signals[0].index != TITLE:
        return False
    body = [s.words for s in signals if s.index != TITLE]
    names, nouns = _title_words(signals[0]), Counter[str]()
    in_small: set[str] = set()
    for words in body:
        nouns.update({_singular(word) for word in words.lower})
        in_small.update(_singular(word) for i, word in enumerate(words.lower) if not _is_capital(words, i))
    for word, is_name in sorted(names.items()):
        count, is_name = nouns[word], is_name and word not in in_small
        if not is_name and (len(word) < MIN_NOUN_CHARS or word in _COMMON):
            continue
        if is_borrowed:
            bar = GENRE_SENTENCES
        else:
            bar = NAME_SENTENCES if is_name else NOUN_SENTENCES
            bar = min(bar, max(2, round(SHORT_SHARE * len(body) + 0.5)))
        if count >= bar:
            return True
    return False


def is_kept_of_archive(
    signals: Sequence[SentenceSignals], early: Sequence[SentenceSignals], genre: Genre | None
) -> bool:
    """Say whether an undated document is kept, so that an archive's stories can be put together."""
    if any(s.has_idiom for s in early) or (genre is not None and speaks_of_violence(early, genre)):
        return False
    count = sum(s.index != TITLE for s in signals)
    return count >= ARCHIVE_SENTENCES or (count >= SHORT_ARCHIVE_SENTENCES and any(s.asserted for s in early))


def _title_words(title: SentenceSignals) -> dict[str, bool]:
    """Give the words of a title that may be its subject, and whether each is written as a name."""
    words = title.words
    violent = {
        i for t in title.triggers if t.entry.event_type != "other" for i in range(t.word, t.word + len(t.text.split()))
    }
    return {
        _singular(word): _is_capital(words, i)
        for i, word in enumerate(words.lower)
        if i not in violent and len(word) > 2 and not word[0].isdigit() and word not in _COMMON
    }


def _is_capital(words: Words, at: int) -> bool:
    return words.source[words.starts[at]].isupper()


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > MIN_NOUN_CHARS else word
