"""Cosines of word vectors in one array operation are those that looking words up one by one gives."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from random import Random

import pytest

from resolution.likeness import Likeness
from resolution.sketch import Sketch, decode


def made(rng: Random, report_id: str, n_words: int) -> Sketch:
    lead, body = (
        {f"w{rng.randrange(3 * n_words)}": rng.randint(1, 99) for _ in range(n)} for n in (n_words // 3, n_words)
    )
    blank = decode('{"report_id":"","article_id":"","revision":1,"lead":{},"body":{},"persons":{}}')
    return replace(blank, report_id=report_id, lead=lead, body=body)


def cosine(left: dict[str, int], right: dict[str, int]) -> float:
    lengths = sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return sum(w * right.get(t, 0) for t, w in left.items()) / lengths if lengths else 0.0


def test_cosines_are_those_of_looking_words_up() -> None:
    rng, likeness = Random(7), Likeness()
    voices = [made(rng, f"v{n}", rng.choice((0, 1, 30, 90))) for n in range(60)]
    for asked in [made(rng, f"q{n}", n_words) for n, n_words in enumerate((90, 30, 0))]:
        blocks = [likeness.block(voices[:1]), likeness.block([]), likeness.block(voices[1:])]
        found = likeness.cosines(asked, blocks)
        leads, bodies = ([c for some in side for c in some] for side in zip(*found, strict=True))
        assert leads == pytest.approx([cosine(asked.lead, v.lead) for v in voices])
        assert bodies == pytest.approx([cosine(asked.body, v.body) for v in voices])
        back = [likeness.cosines(v, [likeness.block([asked])])[0] for v in voices]
        assert (leads, bodies) == ([b[0][0] for b in back], [b[1][0] for b in back])  # exactly the same both ways


def test_length_of_a_sum_is_the_root_of_all_cosines() -> None:
    rng, likeness = Random(3), Likeness()
    for n_voices in (1, 2, 40):
        voices = [made(rng, f"{n_voices}-{n}", 40) for n in range(n_voices)]
        leads, bodies = likeness.lengths(likeness.block(voices))
        assert leads**2 == pytest.approx(sum(cosine(a.lead, b.lead) for a in voices for b in voices))
        assert bodies**2 == pytest.approx(sum(cosine(a.body, b.body) for a in voices for b in voices))


def test_room_grows_with_the_words_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolution.likeness.N_WORDS_AT_FIRST", 4)
    rng, likeness = Random(5), Likeness()
    voices = [made(rng, f"v{n}", 50) for n in range(20)]
    block = likeness.block(voices[:10])
    found = [likeness.cosines(v, [block, likeness.block(voices[10:])]) for v in voices]
    assert [leads[n] for n, ((a, _), (b, _)) in enumerate(found) for leads in [a + b]] == pytest.approx([1.0] * 20)
