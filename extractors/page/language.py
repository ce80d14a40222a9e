"""The language of a text: detected, because pages' own declarations are often their template's.

Detection wins over declaration where the text is long enough; a short text keeps the declared language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

MIN_CHARS = 120  # below this, detection errs more often than feeds' declarations do
SAMPLE_CHARS = 3000  # enough to be certain, and bounded
_LETTERS = re.compile(r"[^\W\d_]")


def detect_language(title: str, text: str, declared: str | None) -> str | None:
    """Name the language by its ISO 639-1 code; null where nothing is known."""
    sample = f"{title}\n{text}"[:SAMPLE_CHARS]
    if len(_LETTERS.findall(sample)) < MIN_CHARS:
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
