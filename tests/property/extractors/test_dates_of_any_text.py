"""The date resolver never fails, and its spans are true to the text, whatever the text is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.coding.sentences import split_sentences
from extractors.text.segments import Segment
from extractors.when import choose_date, find_dates
from extractors.when.days import latest_month_day, latest_weekday, weekday_near
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

PIECES = (
    *"Feb. 7;7 February 2018;12/13/99;0000-00-00;Tuesday's;overnight;on the 31st;999 years ago;500 weeks ago".split(
        ";"
    ),
    *"from Monday to;Friday;killed;(;in 1900;next week;Posted: Jan. 1, 1901;BAGHDAD, 8 MAR 18 (X) --;99 Mar".split(";"),
    *"Thanksgiving Day 2100;29 February;yesterday;a year ago;tomorrow;last month;the previous day;’;مارس;🙂".split(";"),
    "9" * 400,
    "\u202e",
    "\x00",
    ".\n",
)
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
days = st.one_of(st.none(), st.dates(date(1900, 1, 2), date(2100, 12, 30)))


@settings(max_examples=300)
@given(title=texts, text=texts, published=days, country=st.sampled_from([None, "US", "DE"]), role=st.sampled_from(Role))
def test_never_raises_and_spans_are_true(
    title: str, text: str, published: date | None, country: str | None, role: Role
) -> None:
    at = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    seen = datetime(2018, 1, 1, tzinfo=UTC)
    article = Article(
        "a", 1, "x", None, "o", None, title, text, None, "en", at, TimePrecision.DAY, "UTC", country, seen, seen, None,
        TextQuality.FULL,
    )  # fmt: skip
    sentences = split_sentences(text)
    mentions = find_dates(article, sentences)
    for mention in mentions:
        span = mention.span
        assert span.start <= span.end
        own = title if mention.sentence < 0 else sentences[mention.sentence].text
        assert own[mention.at :].startswith(span.text) or mention.sentence >= 0
        if mention.sentence >= 0:
            assert text[span.start_char : span.end_char] == span.text
    segment = Segment(tuple(range(len(sentences))), 0, "", role, is_whole_article=True)
    chosen = choose_date(mentions, segment, sentences, article)
    assert chosen is None or chosen.start <= chosen.end
    assert choose_date(mentions, segment, sentences, article) == chosen


@given(anchor=st.dates(date(1950, 1, 1), date(2090, 1, 1)), weekday=st.integers(0, 6))
def test_weekdays_lie_in_the_week_before_or_around(anchor: date, weekday: int) -> None:
    latest, near = latest_weekday(weekday, anchor), weekday_near(weekday, anchor)
    assert latest.weekday() == near.weekday() == weekday
    assert 0 <= (anchor - latest).days <= 6
    assert abs((anchor - near).days) <= 3


@given(anchor=st.dates(date(1950, 1, 1), date(2090, 1, 1)), month=st.integers(1, 12), day=st.integers(1, 28))
def test_month_days_lie_in_the_year_before(anchor: date, month: int, day: int) -> None:
    found = latest_month_day(month, day, anchor)
    assert found is not None
    assert -2 <= (anchor - found).days <= 366
