"""Words, marks, addresses, payloads and blocking keys."""

from __future__ import annotations

import doctest
import importlib
import json
from collections import Counter
from datetime import timedelta

import pytest

from resolution.blocking import stored_keys, wanted_keys
from resolution.idf import Idf
from resolution.match_record import make_record
from resolution.stored_match import decode, encode

MODULES = [
    *(
        f"resolution.{n}"
        for n in "words text_marks address idf type_agreement match_record incident tolls weights".split()
    ),
    "model.geo",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_documentation_hold(name):
    module = importlib.import_module(name)
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


def recorded(one, idf=None):
    return make_record(one, True, idf or Idf({}, 0), "")


def test_a_payload_gives_the_record_back(worlds):
    made, _ = worlds.world(3)
    for one in made:
        kept = recorded(one)
        back = decode(encode(kept))
        assert back.lead == pytest.approx(kept.lead)
        assert back.body == pytest.approx(kept.body)
        assert (back.persons, back.ages, back.start, back.killed) == (kept.persons, kept.ages, kept.start, kept.killed)


def test_a_payload_of_a_long_article_stays_small(worlds):
    words = [f"unusual{n}word" for n in range(3000)]
    people = [f"Name{chr(97 + n)} Surname{chr(97 + n)}, {20 + n}," for n in range(26)]
    long = worlds.told("long", text=" ".join(people + words), title=" ".join(words[:12]))
    payload = encode(recorded(long))
    assert len(payload.encode()) < 3_500
    assert json.loads(payload)["killed"] == [None, None, None]


def test_a_page_that_does_not_repeat_its_title_is_thin(worlds):
    login = worlds.told(
        "login", title="Gunmen storm harbour depot in Osterlo", text="Please check your mail to log in. " * 20
    )
    assert "check" not in recorded(login).body
    assert "mail" not in recorded(login).body
    assert "clash" in recorded(worlds.told("full", text="Two people were killed in a clash near Varnek. " * 4)).body


def test_keys_stored_are_among_the_keys_wanted(worlds):
    made, _ = worlds.world(5)
    idf = Idf({}, 0)
    for one in made:
        kept = recorded(one, idf)
        idf.add(kept.terms)
        missing = [k for k in stored_keys(kept, idf) if k not in wanted_keys(kept)]
        assert not [k for k in missing if k[0] != "n"], missing


def test_neighbours_in_time_and_place_share_a_key(worlds):
    one = worlds.told("a", text="Mortar fire", title="Fire")
    other = worlds.told(
        "b", text="Quite different", title="Words", day=worlds.START + timedelta(days=1), place=("Near", 35.45, 40.4)
    )
    shared = set(wanted_keys(recorded(one))) & set(stored_keys(recorded(other), Idf({}, 0)))
    assert any(k.startswith("c:") for k in shared)


def test_a_word_that_many_reports_hold_is_no_key(worlds):
    idf = Idf({"clash": 900, "varnek": 2}, 1000)
    kept = make_record(worlds.told("a"), True, idf, "")
    keys = stored_keys(kept, idf)
    assert any(k.startswith("t:varnek:") for k in keys)
    assert not any(k.startswith("t:clash:") for k in keys)


def test_frequent_words_weigh_less():
    idf = Idf({"mortar": 500, "zeppelin": 1}, 1000)
    assert idf.idf("zeppelin") > 2 * idf.idf("mortar")
    idf.add(Counter({"zeppelin": 1}))
    assert idf.frequency("zeppelin") == 2
