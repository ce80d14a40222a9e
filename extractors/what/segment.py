"""Cut an article into the incidents that it tells of.

An article tells of one incident unless it says otherwise. It says so in three ways: its title or first words announce
a round-up, and its paragraphs begin with different heads and a colon or a dash; `MIN_PLACES` paragraphs begin so with
different places, announced or not; or a sentence with a trigger of its own is set apart ("in a separate attack",
"elsewhere", "last month"). A sentence set apart by an earlier day is background: the article recalls it.

Heads that come back ("Update:", "Photo:", the same dateline twice) cut nothing: updates, captions, live reports and
earlier stories tell of one incident in several pieces. Measured on gva, whose articles tell of one incident each: of
2,757 pages the heads alone cut 130. Known false positives: "meanwhile" between two sides of one clash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.coding.document import Sentence
from extractors.text.phrases import split_words
from extractors.text.segments import TITLE, Segment
from extractors.what.evidence import best_trigger, points
from extractors.what.signals import SentenceSignals
from model.report import Role

MAX_SEGMENTS = 12  # a longer round-up is a list, not news; more only costs time
APART_POINTS = 3.0  # a sentence set apart must tell of an incident by itself
ITEM_POINTS = 2.4  # an item of an announced round-up
ITEM_SHARE = 0.34  # of the heads; the others bring sport, markets and the weather
MIN_PLACES = 3  # different places at the heads of an unannounced round-up; two are often two datelines of one story
FIRST_ITEM = 3  # index of the last sentence in which an unannounced round-up has begun
MIN_BACKGROUND_SENTENCE = 2  # the first sentences are never background of themselves
_ITEM_HEAD = re.compile(
    r"^(?:[A-Z][\w.'’-]+(?:[ ,]+[A-Z][\w.'’-]+){0,4}|[A-Z][A-Z .'’,-]{2,40})\s?(?::|[-–—] |\s[-–—]\s)"
)
_LABEL = re.compile(
    r"(?:latest|last|first|second|breaking|more|original|previous(?:ly)?|earlier|related|photos?|pictured?|videos?|images?"
    r"|watch|read|see|listen|stor(?:y|ies)|updated?|reporter|anchor|source|editor|timeline|map|caption|quick facts"
    r"|(?:the )?latest|live|note|police|sheriff|officials?|witness(?:es)?|breaking news|download|contributing)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:two|three|four|twin|several|series of|wave of|string of|separate|multiple|both)\b", re.IGNORECASE
)
_IN_PLACE = re.compile(
    r"^In (?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"((?:the )?[A-Z][\w'’-]+)"
)
_APART = re.compile(
    r"\b(?:in an?(?:other)? (?:separate|unrelated|second|third) "
    r"(?:incident|attack|shooting|bombing|clash|strike|blast|case)|"
    r"in another (?:incident|attack|shooting|bombing|clash|strike|blast|case|development)|separately|elsewhere|"
    r"a (?:separate|second|third) "
    r"(?:attack|bomb|bombing|blast|strike|shooting|explosion)|another (?:bomb|attack|shooting|blast))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:last (?:month|week|year|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)"
    r"|earlier this (?:month|year|week)|in (?:19|20)\d\d\b"
    r"|(?:months?|weeks?|years?|days) (?:ago|earlier|before|after)|previous(?:ly)?(?! stor|:| report| coverage))",
    re.IGNORECASE,
)


def segment_article(
    signals: Sequence[SentenceSignals],
    sentences: Sequence[Sentence],
    opening: int,
    trigger: str,
    first_places: Mapping[int, str] | None = None,
) -> tuple[Segment, ...]:
    """Cut an article into its incidents; the main segment comes first.

    Args:
        signals: Of the title and of all sentences.
        sentences: Of the text.
        opening: Index of the sentence that tells of the article's incident.
        trigger: The words that tell of it.
        first_places: The place with which a sentence begins, by index of the sentence, as far as known.
    """
    items = _round_up(signals, sentences, first_places or {})
    if len(items) >= 2:
        return items
    return _set_apart(signals, sentences, opening, trigger)


def _round_up(
    signals: Sequence[SentenceSignals], sentences: Sequence[Sentence], first_places: Mapping[int, str]
) -> tuple[Segment, ...]:
    by_index = {s.index: s for s in signals}
    is_announced = any(s.cues.get("roundup", 0) for s in signals if s.index <= 0)
    heads = _different_heads(sentences)
    told = [i for i in heads if _item_points(by_index, i, heads, len(sentences)) >= ITEM_POINTS]
    places = {first_places[i] for i in told if i in first_places}
    is_list = len(places) >= MIN_PLACES and told[0] <= FIRST_ITEM and len(told) >= ITEM_SHARE * len(heads)
    if len(told) >= 2 and (is_announced or is_list or _lists(signals, sentences, told)):
        return _cut_at(told, heads, by_index, len(sentences))
    return _parallel(signals, sentences)


def _lists(signals: Sequence[SentenceSignals], sentences: Sequence[Sentence], told: Sequence[int]) -> bool:
    """Say whether the title names what each item begins with: "Overnight: ambush in Mali, strike in Yemen"."""
    title = next((frozenset(s.words.lower) for s in signals if s.index == TITLE), frozenset[str]())
    heads = (_ITEM_HEAD.match(sentences[i].text) for i in told)
    parts = (split_words(part).lower for head in heads if head for part in head.group().split(",")[-1:])
    return all(part and title.issuperset(part) for part in parts)


def _different_heads(sentences: Sequence[Sentence]) -> list[int]:
    """Give the sentences with a head that no other has; none where a label shows that one story is told in pieces."""
    found: dict[str, list[int]] = {}
    for s in sentences:
        head = _ITEM_HEAD.match(s.text)
        if head and not _LABEL.match(head.group()):
            found.setdefault(head.group().rstrip(" :-–—").casefold(), []).append(s.index)
    return sorted(indexes[0] for indexes in found.values() if len(indexes) == 1)


def _parallel(signals: Sequence[SentenceSignals], sentences: Sequence[Sentence]) -> tuple[Segment, ...]:
    """Cut "Two bombings …" into its "In Maiduguri, … In Mubi, …", where each tells of an incident by itself."""
    opening = [sentences[s.index].text if s.index >= 0 else s.words.source for s in signals if s.index <= 0]
    if not any(_SEVERAL.search(text) for text in opening):
        return ()
    by_index = {s.index: s for s in signals}
    places: dict[str, int] = {}
    for s in signals:
        head = _IN_PLACE.match(sentences[s.index].text) if s.index >= 0 else None
        if head and points(s) >= APART_POINTS and s.has_casualty:
            places.setdefault(head.group(1), s.index)
    starts = sorted(places.values())
    return _cut_at(starts, starts, by_index, starts[-1] + 1) if len(starts) >= 2 else ()


def _cut_at(
    told: Sequence[int], heads: Sequence[int], by_index: dict[int, SentenceSignals], count: int
) -> tuple[Segment, ...]:
    segments = []
    for start in told[:MAX_SEGMENTS]:
        end = next((h for h in heads if h > start), count)
        inside = tuple(range(start, end))
        opening = max(inside, key=lambda i: (points(by_index[i]), -i))
        found = best_trigger(by_index[opening])
        segments.append(Segment(inside, opening, found.text if found else "", Role.MAIN, is_whole_article=False))
    return tuple(segments)


def _item_points(by_index: dict[int, SentenceSignals], start: int, heads: Sequence[int], count: int) -> float:
    end = next((h for h in heads if h > start), count)
    return max((points(by_index[i]) for i in range(start, end)), default=0.0)


def _set_apart(
    signals: Sequence[SentenceSignals], sentences: Sequence[Sentence], opening: int, trigger: str
) -> tuple[Segment, ...]:
    apart: list[Segment] = []
    for s in signals:
        role = _apart_role(s, sentences, opening)
        found = best_trigger(s)
        if role and found and len(apart) < MAX_SEGMENTS - 1:
            apart.append(Segment((s.index,), s.index, found.text, role, is_whole_article=False))
    taken = {i for segment in apart for i in segment.sentences}
    rest = tuple(i for i in (TITLE, *range(len(sentences))) if i not in taken)
    main = Segment(rest, opening, trigger, Role.MAIN, is_whole_article=not apart)
    return (main, *apart)


def _apart_role(s: SentenceSignals, sentences: Sequence[Sentence], opening: int) -> Role | None:
    if s.index < MIN_BACKGROUND_SENTENCE or s.index == opening or points(s) < APART_POINTS:
        return None
    text = sentences[s.index].text
    if _BEFORE.search(text):
        return Role.BACKGROUND
    return Role.BACKGROUND if _APART.search(text) else None
