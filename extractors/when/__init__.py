"""When: every date that an article names, and the day of the incident among them.

Belongs: reading date expressions, resolving them against the day of publication, choosing one for a segment.
Does not: clocks, files (the weights come from `extractors.reference`), any knowledge of which incident it is.
The rules and what they measure: docs/explanation/dates.md.
"""

from extractors.when.choose import choose_date
from extractors.when.find import find_dates
from extractors.when.mention import DateMention, MentionKind, Rule

__all__ = ["DateMention", "MentionKind", "Rule", "choose_date", "find_dates"]
