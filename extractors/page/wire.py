"""The agency that a text is credited to: in the dateline, the byline or the last lines.

Only these places count; an agency named within the text is a source that the outlet quotes.
"""

from __future__ import annotations

import re

_AGENCIES = {
    "Reuters": r"reuters|thomson reuters",
    "AP": r"associated press|\bap\b(?! \w+ exam)",
    "AFP": r"agence france[- ]presse|\bafp\b",
    "dpa": r"deutsche presse[- ]agentur|\bdpa\b",
    "EFE": r"agencia efe|\befe\b",
    "ANSA": r"\bansa\b",
    "TASS": r"\b(?:itar[- ])?tass\b",
    "RIA Novosti": r"ria novosti",
    "Interfax": r"interfax(?:-ukraine)?",
    "Xinhua": r"xinhua",
    "Kyodo": r"kyodo(?: news)?",
    "Yonhap": r"yonhap",
    "Anadolu": r"anadolu(?: agency)?",
    "PTI": r"press trust of india|\bpti\b",
    "ANI": r"\bani\b",
    "IANS": r"\bians\b",
    "UPI": r"united press international|\bupi\b",
    "PA": r"press association|pa media",
    "CNN Wire": r"cnn wire|cnn newsource",
    "SANA": r"\bsana\b",
    "Ukrinform": r"ukrinform",
    "Bernama": r"bernama",
    "Antara": r"\bantara\b",
    "NAN": r"news agency of nigeria|\bnan\b",
    "MENA": r"middle east news agency",
    "WAFA": r"\bwafa\b",
}
_DATELINE = re.compile(r"^[^\n]{0,80}?[(\[]\s*([^()\[\]\n]{2,40})\s*[)\]]\s*(?:[-–—:,]|\n)")
_OPENING = re.compile(r"^\s*([A-Z][A-Za-z ]{1,25})\s*[-–—:]\s")
_CREDIT = re.compile(
    r"(?:^|\n)\s*(?:[(\[—–-]+\s*)?(?:with (?:inputs?|reporting|files|additional reporting) (?:from|by)|source|by|"
    r"credit|copyright|©|\(c\)|reporting by .{0,80}?for|—|–|\()?\s*:?\s*([^\n]{2,80}?)\s*[)\].]*\s*$",
    re.IGNORECASE,
)
_PATTERNS = {
    name: re.compile(rf"(?:^|[\s/,;(©]){pattern}(?:$|[\s/,;).'’])", re.IGNORECASE)
    for name, pattern in _AGENCIES.items()
}
LAST_LINE_CHARS = 120  # a credit line is short; a longer last line is a sentence


def find_wire_credit(text: str, author: str | None, outlet: str) -> str | None:
    """Name the agency that a text is credited to; null where there is none, or where the outlet is that agency.

    >>> find_wire_credit("DAMASCUS (Reuters) - Two people were hurt.", None, "The Example")
    'Reuters'
    """
    places = [author or "", *_datelines(text), *_last_lines(text)]
    for place in places:
        for name, pattern in _PATTERNS.items():
            if pattern.search(f" {place} ") and not pattern.search(f" {outlet} "):
                return name
    return None


def _datelines(text: str) -> list[str]:
    """Read what stands in brackets at the end of a dateline, or before the first dash."""
    head = text[:160]
    found = [match[1] for match in (_DATELINE.match(head), _OPENING.match(head)) if match]
    return [place for place in found if len(place.split()) <= 5]


def _last_lines(text: str) -> list[str]:
    """Read the credit out of the last two short lines."""
    lines = [line for line in text[-600:].split("\n")[-2:] if len(line) <= LAST_LINE_CHARS]
    found = [match[1] for match in map(_CREDIT.match, lines) if match]
    return [place for place in found if len(place.split()) <= 8]
