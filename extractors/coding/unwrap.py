"""Undo hard line wraps, without moving a character: teletype text breaks its lines at a fixed width.

A text is hard-wrapped when most of its lines that are followed by another line are between 45 and 90 characters long
and do not end a sentence. Each break inside a paragraph becomes a space, so that all offsets stay as they were.
"""

from __future__ import annotations

import re
from itertools import pairwise

MIN_WRAPPED_LINES = 4
MIN_WRAPPED_SHARE = 0.6
_WIDTH = range(45, 91)
_INNER_BREAK = re.compile(r"(?<=\S)\n(?=[^\s])")
_ENDS_SENTENCE = (".", "!", "?", ":", '"', "”")


def unwrap(text: str) -> str:
    r"""Turn the line breaks inside the paragraphs of a hard-wrapped text into spaces; leave other texts alone.

    >>> unwrap("one\ntwo")
    'one\ntwo'
    """
    lines = text.split("\n")
    inner = [line for line, following in pairwise(lines) if line.strip() and following[:1].strip()]
    if len(inner) < MIN_WRAPPED_LINES:
        return text
    wrapped = sum(len(line) in _WIDTH and not line.rstrip().endswith(_ENDS_SENTENCE) for line in inner)
    return _INNER_BREAK.sub(" ", text) if wrapped >= MIN_WRAPPED_SHARE * len(inner) else text
