"""Recognise press spellings that no table has ("Banibangou"), within the countries that the article is about.

Names of places that are unknown as written, and that the parse or a word of place marks as one, are looked up by their
spelling key (`reference.spelling`) in the one or two countries that most of the article's names speak of. Near keys
(rapidfuzz ratio of 90) were tried and read more names wrong than right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.coding.document import Document
from extractors.coding.where import cues
from extractors.coding.where.resolve import Sense
from extractors.coding.where.spans import Span
from extractors.coding.where.words import Word
from extractors.reference.fold import ARTICLES, fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace
from extractors.reference.spelling import SETTLED_COUNTRIES, SHORTEST_KEY, spelling_key

_MOST_TRIES = 16  # names an article; each costs up to 2 ms
_MOST_WORDS = 3  # of a name
_LEAST_SHARE = 0.25  # of the names that speak of countries: fewer, and a country is mentioned in passing
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_GOVERNS = frozenset("in near outside around at village town city villages towns from to of toward towards".split())


@dataclass(frozen=True, slots=True)
class SpelledNames:
    """Spans found by their spelling, with their senses."""

    spans: tuple[Span, ...] = ()
    senses: dict[str, Sense] = field(default_factory=dict)


def spelled_names(
    document: Document,
    words: Sequence[Word],
    taken: Sequence[Span],
    known: Sequence[Span],
    senses: Mapping[str, Sense],
    gazetteer: Gazetteer,
) -> SpelledNames:
    """Find unknown names among `words` that are spellings of a place in the article's countries.

    Args:
        document: the words' own.
        words: of the title or of the text.
        taken: the spans of the same words that the tables know.
        known: the spans of the whole article, for its countries.
        senses: what `known` were resolved to.
        gazetteer: the place tables.
    """
    countries = countries_of(known, senses)
    if not countries:
        return SpelledNames()
    used = {i for span in taken for i in range(span.first, span.last + 1)}
    found: list[Span] = []
    tried: dict[str, Sense | None] = {}
    i = 0
    while i < len(words):
        last = _run(words, i, used)
        governor = _governor(words, i)
        if last is None or not (governor or document.tokens[words[last].token].entity in _PLACES):
            i += 1
            continue
        text = document.text_between(words[i].token, words[last].token)
        folded = fold(text)
        if folded not in tried and len(tried) < _MOST_TRIES:
            tried[folded] = _sense(folded, countries, gazetteer)
        sense = tried.get(folded)
        if sense is not None:
            found.append(_span(document, words, i, last, text, sense, governor))
        i = last + 1
    return SpelledNames(tuple(found), {name: sense for name, sense in tried.items() if sense is not None})


def countries_of(spans: Sequence[Span], senses: Mapping[str, Sense]) -> tuple[str, ...]:
    """Give the one or two countries that most names of an article speak of, the first one first."""
    counts: Counter[str] = Counter()
    for span in spans:
        sense = senses.get(span.folded)
        code = (sense.place if sense else span.candidates[0]).country_code
        if code:
            counts[code] += 1
    total = sum(counts.values())
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(c for c in ranked[:2] if counts[c] >= _LEAST_SHARE * total and c not in SETTLED_COUNTRIES)


def _run(words: Sequence[Word], i: int, used: set[int]) -> int | None:
    """Give the last word of the unknown name that begins at `i`; null if none does."""
    if i in used or not _may_be_named(words[i]) or (i and words[i].sentence == words[i - 1].sentence and
                                                    i - 1 not in used and _joins(words, i - 1)):  # fmt: skip
        return None
    last = i
    while last + 1 < len(words) and last + 1 not in used and last - i + 1 < _MOST_WORDS and _joins(words, last):
        last += 1
    return last


def _joins(words: Sequence[Word], i: int) -> bool:
    """Say whether word `i` and the next are of one name."""
    following = words[i + 1]
    is_close = following.gap in (" ", "-", "'", "’") and following.sentence == words[i].sentence
    return is_close and _may_be_named(words[i]) and (_may_be_named(following) or following.folded in ARTICLES)


def _may_be_named(word: Word) -> bool:
    if word.folded in ARTICLES:
        return True
    is_name = word.is_name and not word.is_common and word.folded.replace(" ", "").isalpha()
    return is_name and word.folded not in cues.TITLES and word.folded not in cues.CALENDAR


def _governor(words: Sequence[Word], i: int) -> str:
    j = i - 1
    while j >= 0 and words[j].folded in ("the", "nearby", *cues.DIRECTIONS) and words[j].sentence == words[i].sentence:
        j -= 1
    if j < 0 or words[j].sentence != words[i].sentence or words[j].folded not in _GOVERNS:
        return ""
    return words[j].folded if words[i].gap.strip() == "" else ""


def _sense(folded: str, countries: Sequence[str], gazetteer: Gazetteer) -> Sense | None:
    key = spelling_key(folded)
    if len(key) < SHORTEST_KEY or folded in cues.FIRST_NAMES or folded in ARTICLES:
        return None
    for country in countries:
        found = gazetteer.spelled_like(key, country)
        if found:
            return _of(found, 0.0)
    return None


def _of(found: Sequence[GazetteerPlace], score: float) -> Sense:
    ground = [p for p in found if p.kind in ("town", "site", "district")] or list(found)
    return Sense(ground[0], 1.0 if len(ground) == 1 else 0.0, tuple((p, score) for p in ground[1:3]), score)


def _span(document: Document, words: Sequence[Word], i: int, last: int, text: str, sense: Sense, governor: str) -> Span:
    preposition = governor if governor in cues.LOCATIVE else ("in" if governor not in ("", "to", "from", "of") else "")
    token = words[last].token
    span = Span(i, last, words[i].start, words[last].end, text, fold(text), words[i].sentence, (sense.place,),
                preposition=preposition)  # fmt: skip
    span.token, span.entity = token, document.tokens[token].entity
    return span
