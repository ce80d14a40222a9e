"""Find the items of a round-up: bullets, numbers, and paragraphs that begin with a heading of their own."""

from __future__ import annotations

import re

from extractors.coding.document import Document

MIN_ITEMS = 2
MAX_HEAD_CHARS = 60
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪►‣]|\(?\d{1,2}[.)]|[a-h][.)])\s+\S")
_TIME = re.compile(r"^\s*\[?\d{1,2}[:.h]\d\d\]?(?:\s?(?:[ap]\.?m\.?|GMT|UTC|local))?\b", re.IGNORECASE)
_HEAD = re.compile(
    r"^(?:[A-Z][\w.'’-]*(?:[ ,/&]+(?:[A-Z][\w.'’-]*|of|the|and|al|de|in)){0,5}|[A-Z][A-Z .'’,/-]{2,40})"
    r"\s?(?::|\s[-–—]\s|[.]?\s?[—–]\s?)"
)
_LABEL = re.compile(
    r"^(?:latest|last|first|second|breaking|more|original|previous(?:ly)?|earlier|related|photos?|pictured?|videos?|images?"
    r"|watch|read|see|listen|stor(?:y|ies)|updated?|reporter|anchor|source|editor|timeline|map|caption|quick facts"
    r"|the latest|live|note|police|sheriff|officials?|witness(?:es)?|download|contributing|background|context|q|a"
    r"|question|answer|correction|what we know|key points?|summary|analysis|note to editors)\b",
    re.IGNORECASE,
)


def item_of_sentences(document: Document) -> dict[int, int]:
    """Number the items of a list: the item of each sentence that belongs to one, by index of the sentence.

    A paragraph that begins with a bullet, a number, or a heading no other paragraph has opens an item; the paragraphs
    behind a heading belong to it. A text with fewer than `MIN_ITEMS` has none; time stamps of a live blog open none,
    since they are parts of one story.
    """
    starts: dict[int, str] = {}
    seen = -1
    for sentence in document.body:
        if sentence.paragraph == seen:
            continue
        seen = sentence.paragraph
        kind = _opens(sentence.text)
        if kind:
            starts[sentence.paragraph] = kind
    heads = [k for k in starts.values() if k != "bullet"]
    kept = {p for p, k in starts.items() if k == "bullet" or heads.count(k) == 1}
    if len(kept) < MIN_ITEMS:
        return {}
    items: dict[int, int] = {}
    current, is_open = -1, False
    for sentence in document.body:
        if sentence.paragraph in kept:
            current = sentence.paragraph
            is_open = starts[current] != "bullet"
        if current >= 0 and (sentence.paragraph == current or is_open):
            items[sentence.index] = current
    return items


def _opens(text: str) -> str:
    if _BULLET.match(text):
        return "bullet"
    if _TIME.match(text):
        return ""
    head = _HEAD.match(text)
    if head and len(head.group()) <= MAX_HEAD_CHARS and not _LABEL.match(text):
        return head.group().rstrip(" :-–—.").casefold()
    return ""
