"""The time of one article is bounded: whatever a page says, only so much of it is read, and no rule runs away.

Each shape below repeats what one of the rules works hardest on (names of many places, dates, counts, lists, open
quotes, words without end). They are coded in a process that the kernel ends when its processor time is used up, so a
rule that runs away or a pattern that tries for ever ends the process and fails the test, however busy the machine is.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.coding.coder import Coder
from extractors.coding.parser import MAX_TEXT_CHARS, MAX_TITLE_CHARS
from extractors.reference.load import load_reference
from tests.support.coding_worker import plain_article
from tests.support.places import reference_folder

ROOT = Path(__file__).parents[3]
CHARS = 8_000  # of each shape
ALL_SHAPES_CPU_S = 40  # they take 3 s with the load of the tables; a pattern that tries for ever takes hours
LEAD = "A bomb exploded in Kabul on Monday, killing 12 people and wounding 30. "
SHAPES = (
    "in Springfield and San Jose and Victoria, ",
    "John Smith Washington Kevin Jackson Paris Springfield ",
    "in Khashaam near Grendlethorpe in Damascus Syria Aleppo Syria ",
    "on Monday, 5 March 2018, two days ago last week ",
    "at least 12 or 13 people between 20 and 30 ",
    "killed a man, a woman, two children and ",
    "he said the ministry said according to the police said a statement by the ",
    "\"“”' ",
    "a-",
    "U.S.",
    "twenty and hundred-",
    "111 ",
    " ",
    "a\n",
    "\u202e\u200f مقتل ",
    "(",
    "KENYA: Gunmen killed 3 in Mandera on Friday.\nIRAQ: A bomb killed 4 in Mosul on Thursday.\n",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(load_reference(reference_folder()))


def test_no_shape_of_text_runs_away(coder: Coder) -> None:
    texts = [LEAD + (shape * (CHARS // len(shape) + 1))[:CHARS] for shape in SHAPES]
    script = ROOT / "tests" / "support" / "coding_worker.py"
    done = subprocess.run(
        [sys.executable, str(script), str(reference_folder()), "-"],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (ALL_SHAPES_CPU_S, ALL_SHAPES_CPU_S)),
    )
    assert done.returncode == 0, f"ended after {len(done.stdout.split())} of {len(texts)} shapes: {done.stderr[-500:]}"
    assert len(done.stdout.split()) == len(texts)


def test_what_stands_beyond_the_bound_is_not_read(coder: Coder) -> None:
    text = LEAD + "word " * 400 + ". "
    text *= MAX_TEXT_CHARS // len(text) + 1
    whole = plain_article("a", "Bomb kills 12 in Kabul", text[:MAX_TEXT_CHARS])
    longer = replace(whole, text=whole.text + " Gunmen killed 900 people in Lima on Sunday." * 20_000)
    assert coder.code(longer) == coder.code(whole)
    assert coder.code(whole).reports


def test_a_title_has_a_bound_too(coder: Coder) -> None:
    article = plain_article("a", "Bomb kills 12 in Kabul ".ljust(MAX_TITLE_CHARS, "x"), LEAD)
    longer = replace(article, title=article.title + " Gunmen kill 900 in Lima" * 50_000)
    assert coder.code(longer) == coder.code(article)
    assert coder.code(article).reports
