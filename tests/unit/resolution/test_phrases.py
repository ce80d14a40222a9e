"""Phrases: what two reports share of what anybody uses."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import pytest

from model.incident import Known
from resolution.batch import lone_reports, signatures
from resolution.phrases import PHRASE_BITS, PHRASE_WORDS, Phrasebook, pack, phrases_of, unpack
from resolution.resolver import Resolver
from resolution.sketch import decode


@dataclass(frozen=True)
class Told:
    report_id: str
    phrases: array


def told(report_id, words):
    return Told(report_id, phrases_of(words.split()))


def heard(*reports):
    book = Phrasebook()
    for report in reports:
        book.hear(report)
    return book


def test_the_order_of_two_words_makes_the_phrase_and_repeats_count_once():
    assert phrases_of(["man", "bites", "dog"]) != phrases_of(["dog", "bites", "man"])
    assert len(phrases_of(["siren", "siren", "siren"])) == 1
    assert phrases_of([]) == phrases_of(["siren"]) == array("I")


def test_only_the_beginning_of_a_text_counts():
    words = [f"word{n}" for n in range(PHRASE_WORDS)]
    assert phrases_of(words) == phrases_of([*words, "much", "later"])


@pytest.mark.parametrize("phrases", [[], [0], [1, 256, 65_536, (1 << PHRASE_BITS) - 1]])
def test_packing_loses_nothing(phrases):
    assert list(unpack(pack(array("I", phrases)))) == phrases


def test_phrases_that_nobody_else_uses_do_not_make_two_reports_unlike():
    short = told("a", "raid on varnek harbour kills two fishermen")
    long = told("b", "raid on varnek harbour kills two fishermen while the ferry waited outside and nobody dared land")
    book = heard(short, long)
    before = book.likeness(short, long)
    padded = told("b", " ".join(["raid on varnek harbour kills two fishermen", *(f"own{n}" for n in range(60))]))
    assert heard(short, padded).likeness(short, padded) == pytest.approx(before)
    assert before == pytest.approx(heard(long, short).likeness(long, short))


def test_two_reports_that_share_one_turn_of_speech_alone_are_not_one():
    left, right = told("a", "police said one thing"), told("b", "yesterday police said nothing")
    assert 0 < heard(left, right).likeness(left, right) < 0.25
    assert heard(left, right).likeness(left, told("c", "quite another matter")) == 0


def test_a_report_that_shares_with_a_third_is_less_like_the_second():
    left, right = told("a", "raid on varnek harbour kills two"), told("b", "raid on varnek harbour kills many")
    third = told("c", "harbour kills two")
    alone = heard(left, right).likeness(left, right)
    assert heard(left, right, third).likeness(left, right) < alone
    book = heard(left, right, third)
    book.forget(third)
    assert book.likeness(left, right) == pytest.approx(alone)


def test_a_copy_is_not_heard_and_a_memory_keeps_its_phrases(worlds):
    text = " ".join(f"The {n}th raider ran past house {n} with barrel {n * 7} of tar." for n in range(20, 40))
    first, second, third = (worlds.told(n, text=text if n != "c" else f"Word of it: {text[:300]}") for n in "abc")
    resolver = Resolver(Known())
    alone, signed = lone_reports([first, second, third]), signatures([first, second, third])
    likeness = []
    for one in (first, third, second):
        sketch = resolver.sketch(one, alone[one.report.report_id], signed[one.article.article_id])
        resolver.place(one, sketch)
        voices = resolver.state.profile(resolver.state.home(sketch.report_id)).voices
        likeness.append(resolver.state.phrases.likeness(voices[0], voices[-1]))
    assert likeness[1] == likeness[2] < 1
    made = resolver.result()
    assert len({o.origin_id for o in made.origins}) == 2
    kept = {m.report_id: decode(m.payload).phrases for m in made.memories}
    assert kept[first.report.report_id] == kept[second.report.report_id] == voices[0].phrases
