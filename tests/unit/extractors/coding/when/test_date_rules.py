"""Each rule of the date resolver, on sentences of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors.coding.when import DateMention, find_dates
from model.article import Article
from tests.support.parsed_documents import make_article, parser


def dates_of(article: Article) -> tuple[DateMention, ...]:
    return find_dates(parser().tokenise(article))


CASES = [
    # text, rule, start, end
    ("Two men died on 2018-02-03 in the town.", "iso", "2018-02-03", None),
    ("The bridge fell on Feb. 7 at noon.", "month_day", "2018-02-07", None),
    ("The bridge fell on February 7th at noon.", "month_day", "2018-02-07", None),
    ("The bridge fell on December 30.", "month_day", "2017-12-30", None),
    ("The bridge fell on Feb. 11, say the stamps.", "month_day", "2018-02-11", None),
    ("The bridge fell on 29 February in a leap year.", "month_day", "2016-02-29", None),
    ("The bridge fell on Wednesday, Feb. 7.", "month_day", "2018-02-07", None),
    ("The bridge fell on the 7th of February.", "month_day", "2018-02-07", None),
    ("The bridge fell on the first of February.", "month_day", "2018-02-01", None),
    ("The bridge fell on the twenty-second of May, 2016, at dawn.", "month_day_year", "2016-05-22", None),
    ("The bridge fell on 5 February last year.", "month_day", "2017-02-05", None),
    ("The bridge fell on February 5 of last year.", "month_day", "2017-02-05", None),
    ("The bridge fell in January last year.", "month", "2017-01-01", "2017-01-31"),
    ("The bridge fell seventeen days ago.", "ago", "2018-01-23", None),
    ("Thirteen days on, nobody knows why the bridge fell.", "ago", "2018-01-27", None),
    ("The bridge fell on 7 February 2016.", "month_day_year", "2016-02-07", None),
    ("The bridge fell on February 7, 2016, and again.", "month_day_year", "2016-02-07", None),
    ("The bridge fell on October 7th 2016 at dawn.", "month_day_year", "2016-10-07", None),
    ("El puente fell on 7 de febrero de 2016, the mayor wrote.", "month_day_year", "2016-02-07", None),
    ("The council dates it to 3 Juillet 2016.", "month_day_year", "2016-07-03", None),
    ("The bridge fell on 12/03/2017.", "numeric", "2017-03-12", None),
    ("The bridge fell on 25.12.2017.", "numeric", "2017-12-25", None),
    ("The bridge fell on the 3rd.", "day_of_month", "2018-02-03", None),
    ("The bridge fell on the 21st.", "day_of_month", "2018-01-21", None),
    ("The bridge fell on New Year's Eve.", "holiday", "2017-12-31", None),
    ("The bridge fell on Thanksgiving Day.", "holiday", "2017-11-23", None),
    ("The bridge fell in March 2016 after rain.", "month_year", "2016-03-01", "2016-03-31"),
    ("The bridge fell in November.", "month", "2017-11-01", "2017-11-30"),
    ("The bridge was built in 1998.", "year", "1998-01-01", "1998-12-31"),
    ("The bridge fell on Friday.", "weekday", "2018-02-09", None),
    ("The bridge fell on Saturday.", "weekday", "2018-02-03", None),
    ("Tuesday's collapse was the second.", "weekday", "2018-02-06", None),
    ("Wednesday night's collapse was the second.", "weekday", "2018-02-07", None),
    ("The bridge fell late Wednesday.", "weekday", "2018-02-07", None),
    ("The bridge fell last Friday.", "weekday_last", "2018-02-02", None),
    ("The bridge fell on Friday last week.", "weekday_last_week", "2018-02-02", None),
    ("The inquest will open on Monday.", "weekday_next", "2018-02-12", None),
    ("The inquest opens next Tuesday.", "weekday_next", "2018-02-13", None),
    ("The bridge fell overnight.", "overnight", "2018-02-08", "2018-02-09"),
    ("The bridge fell overnight on Wednesday.", "overnight", "2018-02-07", "2018-02-08"),
    ("The bridge fell today.", "today", "2018-02-09", None),
    ("The bridge fell this morning.", "part_of_today", "2018-02-09", None),
    ("The bridge fell last night.", "last_night", "2018-02-08", None),
    ("The bridge fell yesterday.", "yesterday", "2018-02-08", None),
    ("The bridge fell the day before yesterday.", "yesterday", "2018-02-07", None),
    ("The bridge fell two days ago.", "ago", "2018-02-07", None),
    ("The bridge fell three weeks ago.", "ago", "2018-01-16", "2018-01-22"),
    ("The bridge fell a year ago.", "ago", "2017-01-01", "2017-12-31"),
    ("The bridge fell a year ago today.", "ago", "2017-02-09", None),
    ("The bridge fell two weeks ago today.", "ago", "2018-01-26", None),
    ("The bridge fell over the weekend.", "weekend", "2018-02-03", "2018-02-04"),
    ("The bridge fell last week.", "week", "2018-01-29", "2018-02-04"),
    ("The bridge fell earlier this week.", "week", "2018-02-05", "2018-02-09"),
    ("The bridge fell last month.", "month_relative", "2018-01-01", "2018-01-31"),
    ("The bridge fell last year.", "year_relative", "2017-01-01", "2017-12-31"),
    ("Fighting ran from Monday to Wednesday.", "range", "2018-02-05", "2018-02-07"),
    ("Fighting ran from Thursday to Monday.", "range", "2018-02-01", "2018-02-05"),
    ("Fighting ran from 30 January to 2 February.", "range", "2018-01-30", "2018-02-02"),
    ("Fighting on Feb. 7-8 cut the road.", "range", "2018-02-07", "2018-02-08"),
    ("Fighting between 5 and 9 January cut the road.", "range", "2018-01-05", "2018-01-09"),
    ("Guns were heard Wednesday night and early Thursday.", "range", "2018-02-07", "2018-02-08"),
    ("Raiders came a week ago on Tuesday.", "ago", "2018-01-30", None),
    ("Raiders came two weeks ago Sunday.", "ago", "2018-01-28", None),
    ("Raiders came a fortnight ago on Friday.", "ago", "2018-01-26", None),
    ("Raiders came a fortnight ago.", "ago", "2018-01-23", "2018-01-29"),
    ("The bridge fell on 2018/02/07.", "iso", "2018-02-07", None),
    ("The bridge fell on the eve of Christmas Day.", "eve", "2017-12-24", None),
    ("It fell on the first day of Eid al-Adha.", "holiday", "2017-09-01", "2017-09-02"),
    ("It fell on 27 Ramadan.", "holiday", "2017-06-21", "2017-06-22"),
    ("It fell the weekend after rain.", "weekend", "2018-02-03", "2018-02-04"),
    ("Shells fell at dawn.", "part_of_today", "2018-02-09", None),
    ("Shells fell at dawn on Tuesday.", "weekday", "2018-02-06", None),
    ("It fell in the early hours of Wednesday.", "weekday", "2018-02-07", None),
    ("Jets came on the night of 6 to 7 February.", "range", "2018-02-06", "2018-02-07"),
    ("Posted Feb. 3, 2018 by the desk.", "stamp", "2018-02-03", None),
]


@pytest.mark.parametrize(("text", "rule", "start", "end"), CASES, ids=[case[0] for case in CASES])
def test_rule_reads_its_form(text: str, rule: str, start: str, end: str | None) -> None:
    (mention,) = dates_of(make_article(text))
    span = mention.span
    assert (span.rule, span.start.isoformat(), span.end.isoformat()) == (rule, start, end or start)
    assert text[span.start_char : span.end_char] == span.text


def test_days_after_count_back_from_the_day_told_beside_them() -> None:
    _, event = dates_of(make_article("The dead were buried on Wednesday, a day after a bomber struck the market."))
    assert (event.span.start.isoformat(), event.span.rule) == ("2018-02-06", "days_after")


def test_days_after_count_back_from_the_publication_otherwise() -> None:
    (event,) = dates_of(make_article("Two days after the collapse, nobody has said why."))
    assert event.span.start == date(2018, 2, 7)


def test_neighbouring_day_counts_from_the_date_before_it() -> None:
    _, after = dates_of(make_article("The dam cracked on Feb. 2. It burst the next day."))
    assert (after.span.start.isoformat(), after.span.rule) == ("2018-02-03", "day_before_or_after")


@pytest.mark.parametrize(("told", "day"), [("a day earlier", 1), ("three days later", 5), ("two days before", 31)])
def test_days_count_from_the_day_told_before(told: str, day: int) -> None:
    _, other = dates_of(make_article(f"The dam cracked on Feb. 2. The town was emptied {told}."))
    assert (other.span.start.day, other.span.rule) == (day, "day_before_or_after")


def test_numeric_order_is_the_one_that_was_possible_when_written() -> None:
    (mention,) = dates_of(make_article("It fell on 02/12/2018.", date(2018, 2, 13), country="GB"))
    assert mention.span.start == date(2018, 2, 12)


@pytest.mark.parametrize(
    "name", ["February 14 Movement", "November 17 group", "May 1 Square", "21 September Revolution Brigade"]
)
def test_a_date_within_a_name_is_none(name: str) -> None:
    assert dates_of(make_article(f"Members of the {name} met.")) == ()


def test_copied_dateline_is_what_today_counts_from() -> None:
    _, today = dates_of(make_article("HERAT, Feb 7 (Agency) - A bridge fell today."))
    assert today.span.start == date(2018, 2, 7)


@pytest.mark.parametrize("country", ["US", "PH", "GB", None])
def test_days_with_dots_are_day_first_everywhere(country: str | None) -> None:
    (mention,) = dates_of(make_article("The bridge fell on 12.3.2017.", country=country))
    assert mention.span.start == date(2017, 3, 12)


@pytest.mark.parametrize(("country", "month"), [("US", 12), ("GB", 3), (None, 3)])
def test_numeric_order_follows_the_country(country: str | None, month: int) -> None:
    (mention,) = dates_of(make_article("The bridge fell on 12/3/2017.", country=country))
    assert mention.span.start.month == month


def test_today_is_read_in_the_outlets_zone() -> None:
    late = datetime(2018, 2, 7, 22, 30, tzinfo=UTC)  # already the 8th in Baghdad
    (mention,) = dates_of(make_article("The bridge fell today.", late, zone="Asia/Baghdad"))
    assert mention.span.start == date(2018, 2, 8)


@pytest.mark.parametrize(
    "text",
    [
        "You may march 5 abreast.",
        "Troops may 7 times out of ten win.",
        "The plot of 3 acres cost 1800 dollars.",
        "In 2017 homes stood here.",
        "Flight 12-345 left at 7:30.",
        "He ran it in 1.2.3 style.",
    ],
)
def test_numbers_are_not_dates(text: str) -> None:
    assert [m.span.text for m in dates_of(make_article(text)) if m.is_day] == []


def test_title_mentions_have_no_offsets() -> None:
    (mention,) = dates_of(make_article("It fell.", title="Bridge collapse of Feb. 7: what we know"))
    assert (mention.sentence, mention.span.start_char, mention.span.end_char) == (-1, -1, -1)
    assert mention.span.start == date(2018, 2, 7)


@pytest.mark.parametrize("place", ["SAN MARCOS", "SAN MARCOS, Republic of Altia", "SAN MARCOS (ALTIA)"])
def test_dateline_of_a_wire_names_place_and_country(place: str) -> None:
    dateline, day = dates_of(make_article(f"{place}, Feb. 8 (Agency) - A bridge fell on Wednesday."))
    assert (dateline.span.rule, day.span.rule) == ("dateline", "weekday")


def test_dateline_is_told_apart() -> None:
    article = make_article("SAN MARCOS, 12 JAN 90 (AGENCIA) -- A BRIDGE WAS BLOWN UP YESTERDAY.", None)
    dateline, day = dates_of(article)
    assert (dateline.span.rule, dateline.span.start) == ("dateline", date(1990, 1, 12))
    assert (day.span.rule, day.span.start) == ("yesterday", date(1990, 1, 11))


def test_old_stamp_outranks_a_page_dated_anew() -> None:
    text = "Posted: Feb. 5, 2018. A bridge fell on Saturday."
    *_, weekday = dates_of(make_article(text, date(2019, 6, 1)))
    assert weekday.span.start == date(2018, 2, 3)


def test_without_publication_weekdays_follow_the_texts_own_date() -> None:
    text = "A bridge fell on 7 February 2018. Divers searched on Thursday. On 11 February the search ended."
    full, weekday, without_year = dates_of(make_article(text, None))
    assert full.span.start == date(2018, 2, 7)
    assert (weekday.span.start, weekday.span.rule) == (date(2018, 2, 8), "weekday_anchored")
    assert without_year.span.start == date(2018, 2, 11)


def test_without_publication_and_anchor_nothing_is_made_up() -> None:
    assert dates_of(make_article("A bridge fell on Thursday, or yesterday, or on Feb. 7.", None)) == ()


def test_wrong_weekday_beside_a_date_is_told() -> None:
    (mention,) = dates_of(make_article("It fell on Tuesday, Feb. 7."))
    assert mention.span.start == date(2018, 2, 7)
    assert [loser.text for loser in mention.span.losers] == ["Tuesday"]


def test_coming_days_are_marked() -> None:
    (mention,) = dates_of(make_article("The trial is scheduled for March 5."))
    assert mention.is_future
    assert mention.span.start == date(2018, 3, 5)
