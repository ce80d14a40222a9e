"""Days of a month without its name or without figures: "on the 7th", "the first of March", "the second day of May"."""

from __future__ import annotations

import re

from extractors.coding.when.absolute import Context, Form, openings
from extractors.coding.when.days import latest_month_day, make_day, nearest_month_day, one_day, shift
from extractors.coding.when.mention import Days, MentionKind, Rule
from extractors.coding.when.names import MONTH, ORDINAL_WORDS, month_of

_WORDS = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True)).replace("-", r"[\s-]")
_DAY_ALONE = re.compile(
    r"\b(?:on|ON|On|of|OF)\s+(?:the|THE)\s+(?P<day>\d{1,2})(?:st|nd|rd|th|ST|ND|RD|TH)\b(?!\s+(?:of\b|[a-z]{3}))"
)
_SPELLED = re.compile(
    rf"\b(?P<day>{_WORDS})\s+(?:day\s+)?of\s+(?P<month>{MONTH})(?![\w’'-])(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)


def _read_day_alone(match: re.Match[str], context: Context) -> Days | None:
    anchor = context.published_on or context.text_day
    if anchor is None:
        return None
    day = make_day(anchor.year, anchor.month, int(match["day"]))
    if day is None or day > anchor:
        last_month = shift(anchor.replace(day=1), -1)
        day = make_day(last_month.year, last_month.month, int(match["day"])) if last_month else None
    return one_day(day, Rule.DAY_OF_MONTH) if day else None


def _read_spelled(match: re.Match[str], context: Context) -> Days | None:
    if not match["month"][:1].isupper():  # "the first of may be late"
        return None
    month, day = month_of(match["month"]), ORDINAL_WORDS["-".join(re.split(r"[\s-]+", match["day"].lower()))]
    if match["year"]:
        named = make_day(int(match["year"]), month, day)
        return one_day(named, Rule.MONTH_DAY_YEAR) if named else None
    written = context.published_on
    if written is not None:
        found = latest_month_day(month, day, written, is_coming=context.is_coming)
    else:
        found = nearest_month_day(month, day, context.text_day) if context.text_day else None
    return one_day(found, Rule.MONTH_DAY, is_future=written is not None and found > written) if found else None


FORMS = (
    Form(_SPELLED, _read_spelled, MentionKind.ABSOLUTE, openings(*ORDINAL_WORDS)),
    Form(_DAY_ALONE, _read_day_alone, MentionKind.ABSOLUTE, openings("on of")),
)
