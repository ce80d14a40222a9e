"""The coder on any text: it never raises, and the same input gives the same reports.

A plain run tries `EXAMPLES` texts of each test. The promise is about 10,000: `DECONFLICT_FUZZ_EXAMPLES=10000 pytest
tests/property/extractors/test_coder_never_raises.py` keeps it, in some 20 minutes.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors.coding.coder import Coder
from extractors.coding.explain import explain_coding
from extractors.reference.load import load_reference
from model.characters import replace_surrogates
from model.report import Role
from tests.support.coding_worker import plain_article
from tests.support.places import reference_folder

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "seeds" / "newsroom" / "corpus.jsonl"
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
EXAMPLES = int(os.environ.get("DECONFLICT_FUZZ_EXAMPLES", "150"))
HASH_SEEDS = ("0", "1", "4242")
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200b\u200d\ufeff\u0301\x00\u2028"
NEWS = [(row["title"], row["text"]) for row in map(json.loads, CORPUS.read_text("utf-8").splitlines())]
SPLINTERS = [
    *"killed bomb gunmen attack two said wounded Monday killing Syria IS the“ ( [ Ä 😀 's".split(),
    *("In Aru, ", "KENYA: ", "1" * 400, "\u202e", "\u200b", "\ud800", "\x00", "Feb. 30", "the SDF", "\n\n", "\n", ". "),
    *(" - ", "more than", "9" * 30),
]


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder(load_reference(reference_folder()))


def _cut(news: tuple[str, str], ends: tuple[int, int], inserts: list[tuple[int, str]]) -> str:
    """Give a stretch of an article with strange things put into it."""
    text = news[1]
    first, last = sorted(end % (len(text) + 1) for end in ends)
    text = text[first:last]
    for at, strange in inserts:
        at %= len(text) + 1
        text = text[:at] + strange + text[at:]
    return text


# Numbers of up to 400 digits, bare or hedged, and in other scripts; marks of direction and of no width.
numbers = st.builds(
    lambda digit, n, hedge: f"{hedge}{digit * n} people killed",
    st.sampled_from("0179٣५"),
    st.integers(1, 400),
    st.sampled_from(["", "at least ", "up to ", "between 1 and ", "-", "1,"]),
)
strange = st.one_of(st.sampled_from(SPLINTERS), st.sampled_from(MARKS), numbers, st.text(max_size=8))
truncated = st.builds(
    _cut,
    st.sampled_from(NEWS),
    st.tuples(st.integers(0, 5000), st.integers(0, 5000)),
    st.lists(st.tuples(st.integers(0, 5000), strange), max_size=4),
)
texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(st.sampled_from(SPLINTERS), strange), max_size=60).map(" ".join),
    truncated,
)
titles = st.one_of(st.just(""), st.sampled_from([title for title, _ in NEWS]), st.text(max_size=120), numbers)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(title=titles, text=texts, published=st.sampled_from([None, NOON]))
@example(title="", text="", published=None)
@example(title="Bomb kills two", text="A bomb exploded in Kabul on Monday, killing 2 people.", published=NOON)
@example(title="", text="BOMB", published=None)
@example(title="\ud800", text="KILLED " * 3000, published=NOON)
@example(title="", text="\ud800 0 people killed", published=None)
def test_any_text_is_coded_and_explained(coder, title, text, published):
    one = plain_article("x", title, text, published)
    coded = replace_surrogates(text)  # a quote must be storable, and half a character is not
    coding = coder.code(one)
    assert coding == coder.code(one)
    assert len({r.report_id for r in coding.reports}) == len(coding.reports)
    roles = [r.role is Role.MAIN for r in coding.reports]
    assert roles == sorted(roles, reverse=True)
    for report in coding.reports:
        assert 0 < report.confidence_0_1 <= 1
        assert 0 <= report.start_char <= report.end_char <= len(text)
        for claim in report.claims:
            assert claim.start_char < 0 or claim.quote == coded[claim.start_char : claim.end_char]
    assert explain_coding(coding, one)


def test_a_huge_text_is_cut_and_coded(coder):
    text = "A bomb exploded in Kabul on Monday, killing 12 people and wounding 30. " * 40_000
    (report, *_) = coder.code(plain_article("x", "", text, NOON)).reports
    assert report.end_char <= 60_000


def test_the_hash_seed_changes_nothing(coder):
    """Every field, loser and line of explanation of the bundled newsroom, coded under several hash seeds."""
    command = [
        sys.executable,
        str(ROOT / "tests" / "support" / "coding_worker.py"),
        str(reference_folder()),
        str(CORPUS),
    ]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in HASH_SEEDS
    ]
    digests = [process.communicate()[0].strip() for process in running]
    assert all(process.returncode == 0 for process in running)
    assert len(digests[0]) == 64
    assert set(digests) == {digests[0]}
