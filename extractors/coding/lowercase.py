"""Small letters: a text in them, offset for offset, and whether a text is written in them."""

from __future__ import annotations

_FREQUENT = "etaoin"  # 45 in 100 letters of English prose
_PLAIN_SHARE = 0.31  # of a text; so many small letters leave less than 0.7 of its letters for capitals


def is_mostly_lowercase(text: str) -> bool:
    """Tell at little cost that less than 0.7 of the letters are capitals; where it says no, they must be counted.

    >>> is_plainly_small("Two men were shot on Tuesday"), is_plainly_small("TWO MEN WERE SHOT ON TUESDAY")
    (True, False)
    """
    return sum(text.count(letter) for letter in _FREQUENT) > _PLAIN_SHARE * len(text)


def lowercase(text: str) -> str:
    """Return `text` in small letters, character for character; the few that would become two stay as they are.

    >>> small("Khushām"), len(small("İzmir"))
    ('khushām', 5)
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
