"""Read what follows a name after a comma ("Springfield, Mo.", "Aleppo, Syria"), and rows of divisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.coding.where.spans import Span
from extractors.coding.where.words import Word
from extractors.reference.gazetteer import Gazetteer

_COMMA = re.compile(r"^,\s*$|^\.,\s*$|^\s*\($")
_SPACE = re.compile(r"^\.?[  \n]{1,2}$")
_WELL_KNOWN = 300_000  # inhabitants
_LEAST_LISTED = 3  # two may be "Washington, New York", a town and its state or two towns


def qualify(source: str, spans: list[Span], words: Sequence[Word], gazetteer: Gazetteer) -> None:
    """Read "Springfield, Mo." and "Aleppo, Syria": what follows the comma says which Springfield is meant."""
    by_first = {span.first: span for span in spans}
    extra: list[Span] = []
    _mark_lists(spans, words)
    for span in spans:
        if span.is_listed:
            continue
        following = span.last + 1
        while following < len(words) and _COMMA.match(words[following].gap):
            pairs, last = _division_at(words, following, by_first.get(following), gazetteer)
            pairs = _fitting(span, pairs)
            if not pairs:
                break
            span.qualifiers.extend(pairs)
            if following in by_first:
                _make_qualifier(by_first[following])
            else:
                extra.extend(_abbreviated(source, words, following, last, pairs, gazetteer))
            following = last + 1
    spans.extend(extra)
    spans.sort(key=lambda span: span.first)


def _mark_lists(spans: Sequence[Span], words: Sequence[Word]) -> None:
    """Mark "Ohio, New York and Oklahoma": three or more divisions of one country in a row are no addresses."""
    run: list[Span] = []
    shared: set[str] = set()
    for span in (*spans, None):
        divided = _divided(span) if span is not None else set()
        if run and span is not None and _is_next(run[-1], span, words) and shared & divided:
            run.append(span)
            shared &= divided
            continue
        if len(run) >= _LEAST_LISTED or (len(run) > 1 and _is_announced_list(run[0], words)):
            for listed in run:
                listed.is_listed = listed.wants_region = True
        run, shared = ([span], divided) if span is not None and divided else ([], set())


def _is_announced_list(span: Span, words: Sequence[Word]) -> bool:
    """Tell "states such as California or Washington"."""
    return any(word.folded in ("states", "provinces") for word in words[max(0, span.first - 4) : span.first])


def _divided(span: Span) -> set[str]:
    """Countries that have a division of this name."""
    return {c.country_code or "" for c in span.candidates if c.kind == "admin1" and c.source <= 1}


def _is_next(before: Span, span: Span, words: Sequence[Word]) -> bool:
    if span.sentence != before.sentence:
        return False
    i = before.last + 1
    if i < len(words) and words[i].folded in ("and", "or"):
        return i + 1 == span.first
    return i == span.first and _COMMA.match(words[i].gap) is not None


def _make_qualifier(span: Span) -> None:
    """Take the "New York" of "Buffalo, New York" for the state, whatever "New York" alone is in the article."""
    upper = tuple(c for c in span.candidates if c.kind in ("country", "admin1", "region") and c.source <= 1)
    span.is_qualifier = True
    if upper and any(c.kind == "town" and c.source <= 1 for c in span.candidates):
        span.candidates, span.folded = upper, f"{span.folded}, division"


def _fitting(span: Span, pairs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Keep the divisions that some place of this name lies in: "Greece, Italy and Spain" is a list, not an address."""
    if any(c.kind == "country" and c.source <= 1 for c in span.candidates):
        pairs = [pair for pair in pairs if pair[1] is not None and pair[0] == "US"]
    named = [c for c in span.candidates if c.source <= 1]
    if not any(c.kind != "town" or c.population >= _WELL_KNOWN for c in named):
        named = list(span.candidates)  # "Washington, New York" is no address of a hamlet that was once called so
    inside = {(c.country_code, c.admin1_code) for c in named if c.kind != "country"}
    countries = {country for country, _ in inside}
    return [pair for pair in pairs if pair in inside or (pair[1] is None and pair[0] in countries)]


def _abbreviated(
    source: str, words: Sequence[Word], first: int, last: int, pairs: list[tuple[str, str | None]], gazetteer: Gazetteer
) -> list[Span]:
    """Make the "Mo." of "Springfield, Mo." a span of its own."""
    places = [place for pair in pairs if (place := gazetteer.admin1(*pair)) is not None]
    if not places:
        return []
    start, end = words[first].start, words[last].end
    key = f"{words[first].folded}, {pairs[0][0]}"  # its own sense, not that of a like-written word
    return [
        Span(first, last, start, end, source[start:end], key, words[first].sentence, tuple(places), is_qualifier=True)
    ]


def _division_at(
    words: Sequence[Word], i: int, span: Span | None, gazetteer: Gazetteer
) -> tuple[list[tuple[str, str | None]], int]:
    if span is not None:
        upper = [c for c in span.candidates if c.kind in ("country", "admin1", "region") and c.source <= 1]
        if upper:
            pairs = [(c.country_code or "", c.admin1_code) for c in upper]
            return pairs, span.last
    for length in (2, 1):
        chunk = words[i : i + length]
        if len(chunk) < length or (length > 1 and not _SPACE.match(chunk[1].gap)):
            continue
        key = "".join(word.folded for word in chunk)
        text = "".join(word.text for word in chunk).replace(".", "")
        pairs2 = gazetteer.abbreviations.get(key.replace(" ", ""))
        if pairs2 and (len(key) > 2 or text.isupper() or chunk[-1].text[:1].isupper()):
            return [(country, admin1) for country, admin1 in pairs2], i + length - 1
    return [], i
