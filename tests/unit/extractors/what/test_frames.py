"""Frames: who did what to whom and how long ago, without a word of the text in their names."""

from datetime import date
from pathlib import Path

import pytest

from extractors.coding.sentences import split_sentences
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from extractors.what.frames import age_of, frame_features
from extractors.what.signals import read_signals

SEEDS = Path(__file__).parents[4] / "seeds" / "reference"
LEXICONS = load_lexicons(SEEDS, load_event_types(SEEDS))
PUBLISHED = date(1990, 1, 10)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("guerrillas attacked last night", "recent"),
        ("on 8 january two men", "week"),
        ("on 28 december two men", "months"),
        ("on 16 november 1989 two men", "months"),
        ("on 16 march 89 two men", "older"),
        ("ten years ago two men", "old_talk"),
        ("on 31 february two men", "none"),
        ("two men were there", "none"),
    ],
)
def test_age_of_an_event_by_the_day_of_publication(words: str, age: str) -> None:
    assert age_of(words.split(), PUBLISHED) == age


def test_without_a_day_of_publication_no_date_has_an_age() -> None:
    assert age_of("on 8 january two men".split(), None) == "none"


def frames(text: str) -> list[frozenset[str]]:
    signals = read_signals("", split_sentences(text), LEXICONS)
    return frame_features(signals, frozenset("the were by of in".split()), PUBLISHED)


def test_frames_name_voice_and_the_classes_on_both_sides() -> None:
    (told,) = frames("TWO PRIESTS WERE KILLED BY GUERRILLAS YESTERDAY IN ZARZA.")
    assert any(f.startswith("F:T") and f.endswith(":passive:civil>rebel") for f in told)
    assert "age:recent" in told
    assert any(":place:" in f for f in told)


def test_names_of_features_hold_no_name_of_the_text() -> None:
    told = frames("GUERRILLAS KIDNAPPED MAYOR QUIRINO ZAMBRANO ON 8 JANUARY. THE ARMY BOMBED VILLANUEVA.")
    assert not any(
        word in f.lower() for sentence in told for f in sentence for word in ("quirino", "zambrano", "villa")
    )


def test_neighbours_are_named_by_type() -> None:
    first, second = frames("GUERRILLAS KIDNAPPED THE MAYOR. THE PEOPLE WERE CALM.")
    assert not any(f.startswith("before:") for f in first)
    assert any(f.startswith("before:abduction") for f in second)
