"""Cosines of word vectors in one array operation are those that looking words up one by one gives."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from random import Random

import pytest

from resolution.cosine import CosineIndex
from resolution.match_record import MatchRecord
from resolution.stored_match import decode


def made(rng: Random, report_id: str, n_words: int) -> MatchRecord:
    lead, body = (
        {f"w{rng.randrange(3 * n_words)}": rng.randint(1, 99) for _ in range(n)} for n in (n_words // 3, n_words)
    )
    blank = decode('{"report_id":"","article_id":"","revision":1,"lead":{},"body":{},"persons":{}}')
    return replace(blank, report_id=report_id, lead=lead, body=body)


def cosine(left: dict[str, int], right: dict[str, int]) -> float:
    lengths = sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return sum(w * right.get(t, 0) for t, w in left.items()) / lengths if lengths else 0.0


def test_cosines_are_those_of_looking_words_up() -> None:
    rng, index = Random(7), CosineIndex()
    others = [made(rng, f"v{n}", rng.choice((0, 1, 30, 90))) for n in range(60)]
    for asked in [made(rng, f"q{n}", n_words) for n, n_words in enumerate((90, 30, 0))]:
        found = index.cosines(asked, others)
        leads, bodies = zip(*found, strict=True)
        assert leads == pytest.approx([cosine(asked.lead, v.lead) for v in others])
        assert bodies == pytest.approx([cosine(asked.body, v.body) for v in others])
        assert [index.cosines(v, [asked])[0] for v in others] == found  # exactly the same both ways


def test_length_of_a_sum_is_the_root_of_all_cosines() -> None:
    rng, index = Random(3), CosineIndex()
    for n_reports in (1, 2, 40):
        reports = [made(rng, f"{n_reports}-{n}", 40) for n in range(n_reports)]
        leads, bodies = index.lengths(reports)
        assert leads**2 == pytest.approx(sum(cosine(a.lead, b.lead) for a in reports for b in reports))
        assert bodies**2 == pytest.approx(sum(cosine(a.body, b.body) for a in reports for b in reports))


def test_room_grows_with_the_words_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolution.cosine.N_WORDS_AT_FIRST", 4)
    rng, index = Random(5), CosineIndex()
    reports = [made(rng, f"v{n}", 50) for n in range(20)]
    found = [index.cosines(v, reports)[n][0] for n, v in enumerate(reports)]
    assert found == pytest.approx([1.0] * 20)
