"""The reviewed tables of the date ranker are whole: known classes, each word once, weights that are read."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

from extractors.reference.date_ranker import load_date_ranker

CLASSES = {
    "event", "occur", "aftermath", "response", "death", "legal", "speech", "memorial", "schedule", "past", "update",
}  # fmt: skip


def test_each_cue_word_has_one_class() -> None:
    text = (files("seeds") / "reference" / "lexicon_date_cues.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["cue_class"] for row in rows} == CLASSES
    counts = Counter(word for row in rows for word in row["words"].split())
    assert [word for word, n in counts.items() if n > 1] == []
    assert all(word == word.lower() for word in counts)


def test_weights_name_known_classes_only() -> None:
    weights = load_date_ranker().weights
    cues = {name.split("=")[1].split("|")[0] for name in weights if name.startswith(("near=", "before=", "after="))}
    assert cues <= CLASSES | {"none"}
    assert all(abs(weight) < 5 for weight in weights.values())  # beyond that one feature would decide alone
