"""Characters that no id, address, file name or database column may hold, and how a text is rid of them."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and line breaks, lone halves of surrogate pairs, noncharacters.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Soft hyphens, zero-width spaces, byte order marks, marks of direction: unseen, and each makes another word of a word.
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_LATIN = "A-Za-z\u00c0-\u024f"
_JOINER = re.compile(rf"(?<=[{_LATIN}])[\u200c\u200d]+(?=[{_LATIN}])")  # in other scripts it chooses letter forms
# References to the two halves of a surrogate pair, in hexadecimal or decimal, perhaps escaped once too often.
_REFERENCE = r"&(?:amp;)?#(?:[xX]0{{0,4}}({hexadecimal})|0{{0,4}}({decimal}));"
_HIGH = _REFERENCE.format(
    hexadecimal="[dD][89abAB][0-9a-fA-F]{2}", decimal=r"5529[6-9]|55[3-9]\d{2}|56[0-2]\d{2}|563[01]\d"
)
_LOW = _REFERENCE.format(
    hexadecimal="[dD][c-fC-F][0-9a-fA-F]{2}", decimal=r"563[2-9]\d|56[4-9]\d{2}|57[0-2]\d{2}|573[0-3]\d|5734[0-3]"
)
_HALVES = re.compile(f"{_HIGH}{_LOW}|{_HIGH}|{_LOW}")
REPLACEMENT = "\ufffd"


def clean_text(text: str) -> str:
    r"""Remove control and invisible characters, join surrogate pairs, replace lone surrogates; line breaks stay.

    >>> clean_text("Kha\u00adsham\x00 \ud83d\ude00 \ud83d")
    'Khasham 😀 �'
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if _CONTROL.search(text):
        text = _CONTROL.sub(_plain, text)
    return _JOINER.sub("", _INVISIBLE.sub("", text))


def replace_surrogates(text: str) -> str:
    r"""Put U+FFFD for each half of a surrogate pair, so that no offset moves.

    >>> replace_surrogates("Khasham \ud83d")
    'Khasham \ufffd'
    """
    return _SURROGATE.sub(REPLACEMENT, text)


def join_references(markup: str) -> str:
    """Join numeric references to the two halves of a surrogate pair; a lone half becomes U+FFFD.

    >>> join_references("&#55357;&#56832; and &#xD83D;")
    '&#128512; and &#65533;'
    """
    return _HALVES.sub(_joined, markup) if "#" in markup else markup


def _joined(match: re.Match[str]) -> str:
    high, low = _code_point(match[1], match[2]), _code_point(match[3], match[4])
    if not high:
        return f"&#{ord(REPLACEMENT)};"
    return f"&#{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)};"


def _code_point(hexadecimal: str | None, decimal: str | None) -> int:
    return int(hexadecimal, 16) if hexadecimal else int(decimal or "0")


def _plain(match: re.Match[str]) -> str:
    """Read a C1 control as the letter that Windows-1252 has there, other controls as a space or nothing."""
    code = ord(match[0])
    if 0x80 <= code <= 0x9F:
        letter = bytes([code]).decode("cp1252", "ignore")
        return letter if letter and not 0x80 <= ord(letter) <= 0x9F else " "
    return " " if match[0] in "\x0b\x0c" else ""
