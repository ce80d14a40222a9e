"""Names that the tables know only from the far side of the world, in an article that never goes there.

"Kemmerer" in a paper of New South Wales is not the one town of that name that the tables have, in Wyoming. A small town
that nothing beside it tells of is a stray if no other name speaks of its country and the article has a country of its
own; it is then read as a name that no table has (`unlisted`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.where.hints import OutletHint
from extractors.where.mentions import MentionKind
from extractors.where.resolve import Sense
from extractors.where.spans import Span

_SMALL = 150_000  # inhabitants; larger towns are named anywhere
_LEAST_WITNESSES = 3  # spellings that make a country the article's own


def strays(spans: Sequence[Span], senses: Mapping[str, Sense], hint: OutletHint) -> frozenset[str]:
    """Give the spellings among `spans` whose only sense is a stray."""
    spellings: dict[str, set[str]] = {}
    for span in spans:
        sense = senses.get(span.folded)
        code = (sense.place if sense else span.candidates[0]).country_code
        spellings.setdefault(code or "", set()).add(span.folded)
    home = hint.country_code or _own_country(spellings)
    if not home:
        return frozenset()
    firm = {span.folded for span in spans if span.qualifiers or span.kind is MentionKind.DATELINE}
    return frozenset(
        name
        for name, sense in senses.items()
        if sense.place.kind == "town"
        and sense.place.population < _SMALL
        and sense.place.country_code != home
        and spellings.get(sense.place.country_code or "") == {name}
        and name not in firm
    )


def _own_country(spellings: Mapping[str, set[str]]) -> str:
    ranked = sorted(spellings, key=lambda code: (-len(spellings[code]), code))
    best = next((code for code in ranked if code), "")
    return best if best and len(spellings[best]) >= _LEAST_WITNESSES else ""
