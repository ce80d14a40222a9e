"""Names that the tables know only from elsewhere, in an article that never goes there.

"Kemmerer" in a paper of New South Wales is not the one town of that name that the tables have, in Wyoming; "al-Shabab"
is no town in Iran, and the "Bosnek" of an article on Bulgaria is not the Bosnik of Indonesia. A small town that nothing
beside it tells of is a stray if no other name speaks of its country and either the article has a country of its own, or
the parse takes the name for something else than a place, or the town is called so in another language only. It is then
read as a name that no table has (`unlisted`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.coding.where.cues import LOCATIVE
from extractors.coding.where.hints import OutletHint
from extractors.coding.where.mentions import MentionKind
from extractors.coding.where.resolve import Sense
from extractors.coding.where.spans import Span

_SMALL = 150_000  # inhabitants; larger towns are named anywhere
_LARGE = 3_000_000  # inhabitants: known by other names, too ("Peking")
_GOVERNS = LOCATIVE | {"from", "to"}
_RARE_LETTERS = 8  # a name so long that one town alone has is hardly another word
_KNOWN = 5_000  # inhabitants
_LEAST_WITNESSES = 2  # spellings that make a country the article's own


def implausible_places(
    spans: Sequence[Span], senses: Mapping[str, Sense], hint: OutletHint, not_places: frozenset[str]
) -> frozenset[str]:
    """Give the spellings among `spans` whose only sense is a stray.

    Args:
        spans: the known names of an article.
        senses: what they were resolved to.
        hint: what the outlet tells.
        not_places: spellings that the parse takes for something else throughout.
    """
    witnesses = _witnesses(spans, senses)
    home = hint.country_code or _own_country(witnesses)
    firm = {span.folded for span in spans if span.qualifiers or span.kind is MentionKind.DATELINE}
    governed = {span.folded for span in spans if span.preposition in _GOVERNS}
    found = set()
    for name, sense in senses.items():
        place = sense.place
        if place.kind not in ("town", "admin2") or name in firm:
            continue
        if place.population >= (_SMALL if place.source <= 1 else _LARGE):
            continue
        others = witnesses.get(place.country_code or "", set()) - {name}
        is_alone = not others and place.country_code != hint.country_code
        is_elsewhere = bool(home) and place.country_code != home
        is_rare = not sense.rivals and place.source == 0 and len(name) >= _RARE_LETTERS
        is_foreign = is_elsewhere or (place.source > 1 and not (name in governed and not home and not sense.rivals))
        is_other = name in not_places and not is_rare
        if (is_alone and (is_foreign or is_other)) or (
            name in not_places and not is_alone and place.country_code != home
        ):
            found.add(name)
    return frozenset(found)


def _witnesses(spans: Sequence[Span], senses: Mapping[str, Sense]) -> dict[str, set[str]]:
    """Give for each country the spellings that speak of it for sure: itself, its people, divisions and known towns."""
    found: dict[str, set[str]] = {}
    for span in spans:
        sense = senses.get(span.folded)
        place = sense.place if sense else span.candidates[0]
        is_known = place.kind not in ("town", "admin2") or place.population >= _SMALL or bool(span.qualifiers)
        if is_known or span.kind is MentionKind.DATELINE or _is_sure(sense):
            found.setdefault(place.country_code or "", set()).add(span.folded)
    return found


def _is_sure(sense: Sense | None) -> bool:
    """Say whether a town has the name to itself and as its own."""
    return sense is not None and not sense.rivals and sense.place.source <= 1 and sense.place.population >= _KNOWN


def _own_country(witnesses: Mapping[str, set[str]]) -> str:
    ranked = sorted(witnesses, key=lambda code: (-len(witnesses[code]), code))
    best = next((code for code in ranked if code), "")
    return best if best and len(witnesses[best]) >= _LEAST_WITNESSES else ""
