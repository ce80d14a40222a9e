"""When: every date that a document names, and the day of an incident among them.

Belongs: reading date expressions, resolving them against the day of publication, binding them to what they modify,
choosing one for a cluster. Does not: clocks, files (the weights come from `extractors.reference`).
The rules and what they measure: docs/explanation/dates.md.
"""

from extractors.coding.when.attach import date_near
from extractors.coding.when.choose import choose_date
from extractors.coding.when.find import find_dates
from extractors.coding.when.mention import DateMention, MentionKind, Rule

__all__ = ["DateMention", "MentionKind", "Rule", "choose_date", "date_near", "find_dates"]
