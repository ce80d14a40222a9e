"""The language of a text: detected, because pages' own declarations are often their template's.

Detection wins over declaration where the text is long enough; a short text keeps the declared language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

MIN_CHARS = 120  # below this, detection errs more often than feeds' declarations do
MIN_FOREIGN_CHARS = 30  # letters of another script than Latin leave few languages to choose from
SAMPLE_CHARS = 3000  # enough to be certain, and bounded
LAST_LATIN = 0x024F  # end of Unicode's Latin Extended-B
_LETTERS = re.compile(r"[^\W\d_]")


def detect_language(title: str, text: str, declared: str | None) -> str | None:
    """Name the language by its ISO 639-1 code; null where nothing is known."""
    sample = f"{title}\n{text}"[:SAMPLE_CHARS]
    letters = _LETTERS.findall(sample)
    n_foreign = sum(ord(letter) > LAST_LATIN for letter in letters)
    is_foreign = n_foreign >= MIN_FOREIGN_CHARS and 2 * n_foreign > len(letters)
    if len(letters) < MIN_CHARS and not is_foreign:
        return declared
    language, _ = _classify()(sample)
    return str(language)


def warm_up() -> None:
    """Load the model now, so that processes forked from this one share it."""
    _classify()


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """Load the model once a process, when it is first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    classify: Callable[[str], tuple[str, float]] = identifier.classify
    return classify
