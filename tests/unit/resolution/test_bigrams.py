"""Bigrams: what two reports share of what anybody uses."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import pytest

from model.incident import Known
from resolution.batch import Readings
from resolution.bigrams import BIGRAM_BITS, BIGRAM_WORDS, BigramIndex, bigrams_of, pack, unpack
from resolution.match_record import weigh
from resolution.place import place
from resolution.result import result
from resolution.run import Run
from resolution.stored_match import decode


@dataclass(frozen=True)
class Told:
    report_id: str
    phrases: array


def told(report_id, words):
    return Told(report_id, bigrams_of(words.split()))


def heard(*reports):
    book = BigramIndex()
    for report in reports:
        book.hear(report)
    return book


def test_the_order_of_two_words_makes_the_phrase_and_repeats_count_once():
    assert bigrams_of(["man", "bites", "dog"]) != bigrams_of(["dog", "bites", "man"])
    assert len(bigrams_of(["siren", "siren", "siren"])) == 1
    assert bigrams_of([]) == bigrams_of(["siren"]) == array("I")


def test_only_the_beginning_of_a_text_counts():
    words = [f"word{n}" for n in range(BIGRAM_WORDS)]
    assert bigrams_of(words) == bigrams_of([*words, "much", "later"])


@pytest.mark.parametrize("phrases", [[], [0], [1, 256, 65_536, (1 << BIGRAM_BITS) - 1]])
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
    run, readings = Run(Known()), Readings([first, second, third])
    likeness = []
    for one in (first, third, second):
        record = run.count(weigh(readings[one], run.idf))
        place(run, one, record, readings.wanted(record.report_id))
        reports = run.index.incident(run.index.home(record.report_id)).independent
        likeness.append(run.index.bigrams.likeness(reports[0], reports[-1]))
    assert likeness[1] == likeness[2] < 1
    made = result(run)
    assert len({o.origin_id for o in made.origins}) == 2
    kept = {m.report_id: decode(m.payload).phrases for m in made.memories}
    assert kept[first.report.report_id] == kept[second.report.report_id] == reports[0].phrases
