"""Where an incident happened: place names found, resolved over the whole article, and one of them chosen.

Belongs: words and cues (`words`, `cues`), known names and what stands around them (`names`, `qualify`, `around`,
`syntax`), resolution (`resolve`), press spellings (`spelling`), names that no table has (`unlisted`, `facilities`),
outlet hints (`hints`), links to events (`links`), the choice (`choose`). Does not: the tables themselves
(`extractors.reference.gazetteer`), when, what and who.
"""

from extractors.coding.where.choose import choose_place
from extractors.coding.where.find import find_places
from extractors.coding.where.links import place_near
from extractors.coding.where.mentions import MentionKind, PlaceMention

__all__ = ["MentionKind", "PlaceMention", "choose_place", "find_places", "place_near"]
