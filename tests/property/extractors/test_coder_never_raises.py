"""The coder on any text: it never raises, and the same input gives the same reports."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors.coder import Coder
from extractors.explain import explain_coding
from extractors.reference.load import load_reference
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

BUILT = Path(__file__).parents[3] / "var" / "reference"
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
SPLINTERS = [
    *"killed bomb gunmen attack two said wounded Monday killing Syria IS the“ ( [ Ä 😀 's".split(),
    *("In Aru, ", "KENYA: ", "1" * 400, "\u202e", "\u200b", "\ud800", "\x00", "Feb. 30", "the SDF", "\n\n", "\n", ". "),
    *(" - ", "more than", "9" * 30),
]


@pytest.fixture(scope="session")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return Coder(load_reference(BUILT if any(BUILT.glob("*.sqlite")) else tmp_path_factory.mktemp("reference")))


def article(title: str, text: str, published: datetime | None) -> Article:
    return Article(
        article_id="art_x",
        revision=1,
        external_id="x",
        url=None,
        outlet="Any Times",
        feed_id=None,
        title=title,
        text=text,
        author=None,
        language="en",
        published_at=published,
        published_precision=TimePrecision.INSTANT if published else None,
        timezone="Asia/Kathmandu",
        country_code="NP",
        first_seen_at=NOON,
        fetched_at=NOON,
        page_sha256=None,
        text_quality=TextQuality.FULL,
    )


texts = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(SPLINTERS), max_size=60).map(" ".join))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=st.one_of(st.just(""), texts), text=texts, published=st.sampled_from([None, NOON]))
@example(title="", text="", published=None)
@example(title="Bomb kills two", text="A bomb exploded in Kabul on Monday, killing 2 people.", published=NOON)
@example(title="\ud800", text="KILLED " * 3000, published=NOON)
def test_any_text_is_coded_and_explained(coder, title, text, published):
    one = article(title, text, published)
    coding = coder.code(one)
    assert coding == coder.code(one)
    assert len({r.report_id for r in coding.reports}) == len(coding.reports)
    roles = [r.role is Role.MAIN for r in coding.reports]
    assert roles == sorted(roles, reverse=True)
    for report in coding.reports:
        assert 0 < report.confidence_0_1 <= 1
        assert 0 <= report.start_char <= report.end_char <= len(text)
        for claim in report.claims:
            assert claim.start_char < 0 or claim.quote == text[claim.start_char : claim.end_char]
    assert explain_coding(coding, one)


def test_a_huge_text_is_cut_and_coded(coder):
    text = "A bomb exploded in Kabul on Monday, killing 12 people and wounding 30. " * 40_000
    (report, *_) = coder.code(article("", text, NOON)).reports
    assert report.end_char <= 60_000
