"""The date resolver never fails, and its spans are true to the text, whatever the text is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.coding.document import TITLE
from extractors.coding.when import absolute, choose_date, date_near, find_dates, relative
from extractors.coding.when.absolute import opening
from extractors.coding.when.days import islamic_day, latest_month_day, latest_weekday, weekday_near
from model.report import Role
from tests.support.parsed_documents import cluster_of, make_article, mention_at, parsed

PIECES = (
    *"Feb. 7;7 February 2018;12/13/99;0000-00-00;Tuesday's;overnight;on the 31st;999 years ago;500 weeks ago".split(
        ";"
    ),
    *"from Monday to;Friday;killed;(;in 1900;next week;Posted: Jan. 1, 1901;BAGHDAD, 8 MAR 18 (X) --;99 Mar".split(";"),
    *"Thanksgiving Day 2100;29 February;yesterday;a year ago;tomorrow;last month;the previous day;’;مارس;🙂".split(";"),
    *"27 Ramadan;Eid;the eve of;a fortnight ago;at dawn;9 days earlier".split(";"),
    "9" * 400,
    "\u202e",
    "\x00",
    ".\n",
)
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
days = st.one_of(st.none(), st.dates(date(1900, 1, 2), date(2100, 12, 30)))


FORMS = (*absolute.FORMS, *relative.FORMS)
PLAIN = st.characters(min_codepoint=32, max_codepoint=126)


@settings(max_examples=150)
@given(title=texts, text=texts, published=days, country=st.sampled_from([None, "US", "DE"]), role=st.sampled_from(Role))
def test_never_raises_and_spans_are_true(
    title: str, text: str, published: date | None, country: str | None, role: Role
) -> None:
    document = parsed(make_article(text, published, title=title, country=country))
    mentions = find_dates(document)
    for mention in mentions:
        span = mention.span
        assert span.start <= span.end
        assert mention.first <= mention.token <= mention.last
        if mention.sentence != TITLE:
            assert document.article.text[span.start_char : span.end_char] == span.text
    if not document.tokens:
        return
    event = mention_at(document, document.tokens[0].text)
    cluster = cluster_of(document, [event], None, role)
    chosen = choose_date(mentions, cluster, document)
    assert chosen is None or chosen.start <= chosen.end
    assert choose_date(mentions, cluster, document) == chosen
    assert date_near(event, mentions, document) in (None, *mentions)


@pytest.mark.parametrize("number", range(len(FORMS)))
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_each_form_is_tried_where_its_pattern_matches(number: int, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(FORMS[number].pattern, alphabet=PLAIN))
    match = FORMS[number].pattern.search(text)
    assert match is not None
    word = re.match(r"\w+", text[match.start() :])
    assert word is not None
    assert opening(word.group()) in FORMS[number].opens


@given(year=st.integers(1300, 1500), month=st.integers(1, 12))
def test_islamic_months_are_29_or_30_days_long(year: int, month: int) -> None:
    first, after = islamic_day(year, month, 1), islamic_day(year + month // 12, month % 12 + 1, 1)
    assert first is None or after is None or (after - first).days in (29, 30)


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
