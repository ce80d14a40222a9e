"""Say whether an article that reports no incident reports another concrete event, which is kept as type `other`.

Specification. Such an article is kept when one of these holds:

- its opening asserts a trigger of another kind ("resigned", "acquires", "spotted") and none of violence or disaster;
- it follows a subject: a word of its title comes back in sentence after sentence of the text. News of one thing does
  that, reviews, round-ups and talk about conditions do it less;
- it is undated, so comes from an archive and not from a feed, and is either long or asserts something in its opening.

A drill, a denial, an anniversary and a forecast are never another event. Known false positives: long talk about one
subject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.coding.cluster import EventMention, Realis
from extractors.coding.document import TITLE, Document

OPENING_SENTENCES = 4  # another event stands in the title or at once
NAME_SENTENCES = 3  # that come back to a name of the title
NOUN_SENTENCES = 4  # … to another of its words: common words come back by chance
GENRE_SENTENCES = 5  # … where a genre (sport, a film, business) borrows the words of violence
ARCHIVE_SENTENCES = 5  # an undated document this long is kept without any trigger
SHORT_SHARE = 0.5  # of the sentences of a short text, two at least
CLOSED_BAR = 0.6  # weight of a genre (0 to 1) that closes an article
_CLOSED = ("genre_drill", "genre_denial", "genre_anniversary", "genre_forecast")
_BORROWED = ("genre_sport", "genre_fiction", "genre_business", "lead_idioms")
_PEACEFUL = frozenset(("other", "protest", "agreement"))
_WORD_CLASSES = frozenset(("NOUN", "PROPN"))
MIN_NOUN_CHARS = 4
MAX_SUBJECT_CHARS = 40  # of an opening that stands in for a subject


def other_event(
    document: Document, mentions: Sequence[EventMention], features: Mapping[str, float]
) -> EventMention | str | None:
    """Return the mention that an `other` report rests on, or the title's subject, or null where there is none.

    Args:
        document: The parsed article.
        mentions: All of its event mentions.
        features: Of the article, from `article_features`.
    """
    if any(features[name] >= CLOSED_BAR for name in _CLOSED):
        return None
    early = [m for m in mentions if m.sentence < OPENING_SENTENCES and m.realis is Realis.ACTUAL and m.strength >= 2]
    violent = [m for m in early if m.event_type not in _PEACEFUL]
    peaceful = [m for m in early if m.event_type in _PEACEFUL]
    if peaceful and not violent:
        return max(peaceful, key=lambda m: (m.strength, -m.first))
    is_borrowed = bool(violent) and any(features[name] >= 0.5 for name in _BORROWED)
    subject = _subject(document, is_borrowed=is_borrowed)
    if subject:
        return subject
    is_archive = document.article.published_on is None and not is_borrowed and document.body
    if is_archive and (early or len(document.body) >= ARCHIVE_SENTENCES):
        return document.body[0].text[:MAX_SUBJECT_CHARS]
    return None


def mention_of_other(found: EventMention | str, document: Document) -> EventMention:
    """Make the mention of an `other` report: the trigger found, or a subject, which stands for the first sentence."""
    if isinstance(found, EventMention):
        subtype = found.event_subtype if found.event_type == "other" else ""
        return replace(
            found, event_type="other", event_subtype=subtype, strength=2, is_recalled=False, reason="another event"
        )
    first = document.sentences[0]
    at = first.first
    return EventMention(first.index, at, at, at, found, "other", "", 2, Realis.ACTUAL, False, "another event")


def _subject(document: Document, *, is_borrowed: bool) -> str:
    """Return the word of the title that the text comes back to again and again; empty where there is none."""
    if not document.has_sentence(TITLE):
        return ""
    n_body = len(document.body)
    counts: Counter[str] = Counter()
    for sentence in document.body:
        counts.update({t.lemma for t in document.tokens_of(sentence) if t.pos in _WORD_CLASSES})
    for token in document.tokens_of(document.sentence(TITLE)):
        if token.pos not in _WORD_CLASSES or len(token.lemma) < MIN_NOUN_CHARS:
            continue
        bar = NAME_SENTENCES if token.pos == "PROPN" else NOUN_SENTENCES
        bar = GENRE_SENTENCES if is_borrowed else min(bar, max(2, round(SHORT_SHARE * n_body + 0.5)))
        if counts[token.lemma] >= bar:
            return token.text
    return ""
