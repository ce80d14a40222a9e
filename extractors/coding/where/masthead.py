"""Infer an outlet's home from its name: "The Jos Ledger", "Kyiv Evening Ledger", "Times of Malawi".

A paper that is called after a town, a division or a country writes of it without naming it. The name counts where a
name of the text could lie in the same country, and only where neither the feed nor the address tells the country.
American papers have rules of their own (`hints`), since their towns bear the names of the world's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.coding.where import cues
from extractors.coding.where.hints import OutletHint
from extractors.coding.where.mentions import MentionKind
from extractors.coding.where.spans import Span
from extractors.reference.fold import fold
from extractors.reference.gazetteer import Gazetteer, GazetteerPlace

_LONGEST = 3  # words
_SHORTEST = 3  # letters
_LEAST_TOWN = 50_000  # inhabitants: smaller towns bear the names of papers ("Herald"), not papers theirs
_UPPER = ("country", "region", "admin1")
_GROUND = ("town", "district", "site", "admin2")
_LEFT_OUT = "US"


def with_masthead(hint: OutletHint, outlet: str, spans: Sequence[Span], gazetteer: Gazetteer) -> OutletHint:
    """Add the home inferred from the outlet's name, where no other sign gives one.

    Args:
        hint: what the address and the feed tell.
        outlet: the outlet's name as written.
        spans: the known names of the article, which must bear the country out.
        gazetteer: the place tables.
    """
    if hint.country_code is not None or hint.town is not None:
        return hint
    told = {place.country_code for span in spans for place in span.candidates if place.source <= 1}
    for place in _named_in(outlet, gazetteer):
        if place.country_code in told and place.country_code not in (None, _LEFT_OUT):
            town = place if place.kind == "town" and not _is_told_finer(spans, place) else None
            admin1 = None if place.kind in ("country", "region") else (place.country_code, place.admin1_code)
            return replace(hint, town=town, admin1=admin1, country_code=place.country_code)
    return hint


def _is_told_finer(spans: Sequence[Span], home: GazetteerPlace) -> bool:
    """Say whether the text names a spot in the outlet's country, so that it needs no other from the outlet."""
    named = (span for span in spans if span.kind in (MentionKind.LOCATION, MentionKind.DATELINE))
    return any(c.kind in _GROUND and c.country_code == home.country_code for span in named for c in span.candidates)


def _named_in(outlet: str, gazetteer: Gazetteer) -> Iterator[GazetteerPlace]:
    """Give the places that an outlet may be called after, those of longer names first."""
    words = fold(outlet).split(" ")
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            name = " ".join(words[first : first + length])
            if len(name) < _SHORTEST or (length == 1 and (name in cues.common_words() or name in cues.DIRECTIONS)):
                continue
            found = [p for p in gazetteer.lookup(name) if p.source <= 1 and _may_name_a_paper(p)]
            country = gazetteer.country(gazetteer.demonyms.get(name, ""))
            found.sort(key=lambda p: p.kind != "town")  # "Lagos" is the town before it is the state
            yield from (*found, *([country] if country is not None else []))


def _may_name_a_paper(place: GazetteerPlace) -> bool:
    return place.kind in _UPPER or (place.kind == "town" and place.population >= _LEAST_TOWN)
