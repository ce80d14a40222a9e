"""Where an incident happened: place names found, resolved over the whole article, and one of them chosen.

Belongs: words and cues (`words`, `cues`), spans (`spans`), resolution (`resolve`), outlet hints (`hints`), the choice
(`choose`). Does not: the tables themselves (`extractors.reference.gazetteer`), when, what and who.
"""

from extractors.where.choose import choose_place
from extractors.where.find import find_places
from extractors.where.mentions import MentionKind, PlaceMention

__all__ = ["MentionKind", "PlaceMention", "choose_place", "find_places"]
