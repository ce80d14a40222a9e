"""Text that came from outside, made harmless for terminals, feeds and messages; and facts in few words."""

from __future__ import annotations

import re
from datetime import date

# C0 and C1 controls (terminal escapes begin with one of them), and the marks that turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What XML 1.0 has no place for besides (2.2 Characters), with the code points that are no characters at all.
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("[\t\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""Take terminal escapes, control characters and direction marks out of text that came from outside.

    >>> clean("\x1b[31mred")
    '[31mred'
    """
    return _CONTROLS.sub("", text)


def flat(text: str) -> str:
    r"""Make text one line of any length that a terminal shows and no more: breaks become blanks.

    >>> flat("\x1b[31mred\nalert")
    '[31mred alert'
    """
    return _NO_CHARACTERS.sub("", clean(_BREAKS.sub(" ", text)))


def one_line(text: str, max_chars: int) -> str:
    r"""Make text one line of what every format can hold, cut at `max_chars` with an ellipsis.

    Line breaks become blanks before anything is taken out: a mail's subject must not end early (header injection).

    >>> one_line("a\r\nBcc: x@y\x00 \ud800", 300), one_line("abcdef", 4)
    ('a Bcc: x@y', 'abc…')
    """
    line = _BLANKS.sub(" ", _NO_CHARACTERS.sub("", clean(_BLANKS.sub(" ", text)))).strip()
    return line if len(line) <= max_chars else line[: max_chars - 1].rstrip() + "…"


def span(low: int | None, best: int | None, high: int | None) -> str:
    """Show a toll: `21`, `20-55`, `100+` for an open upper end, an empty text for nothing known.

    >>> span(20, 30, 55), span(5, 5, 5), span(100, 100, None)
    ('30 (20-55)', '5', '100+')
    """
    if best is None and low is None:
        return "" if high is None else f"up to {high}"
    shown = best if best is not None else low
    if high is None:
        return f"{shown}+"
    if low == high or low is None:
        return str(shown)
    return f"{shown} ({low}-{high})"


def days(start: date | None, end: date | None) -> str:
    """Show when: one day, or the first and the last.

    >>> days(date(2018, 2, 7), date(2018, 2, 8)), days(None, None)
    ('2018-02-07..2018-02-08', '')
    """
    return str(start or "") if start == end else f"{start}..{end}"
