"""Dates with zones and clocks as publishers write them: read, or null; never silently the outlet's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest

from extractors.feed.dates import read_date
from extractors.instants import read_written

EVENING = datetime(2018, 2, 7, 18, 30, tzinfo=UTC)
NAIROBI = ZoneInfo("Africa/Nairobi")


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 07 Feb 2018 13:30:00 -05:00",
        "Wed, 07 Feb 2018 13:30:00 GMT-0500",
        "Wed, 07 Feb 2018 13:30:00 UTC-5",
        "Wed, 07 Feb 2018 21:30:00+0300",
        "Wed, 07 Feb 2018 09:30 PM +0300",
        "Wed, 7 Feb 2018 1:30 p.m. EST",
        "February 7, 2018 at 1:30 pm ET",
        "Wed Feb 07 2018 18:30:00 GMT+0000 (Coordinated Universal Time)",
        "Wed Feb  7 13:30:00 EST 2018",
        "2018-02-07 21:30:00 EAT",
        "2018-02-07T21:30:00 Africa/Nairobi",
        "2018/02/07 21:30",  # no zone: the outlet's
        "2018.02.07 21:30",
        "07.02.2018 21:30",
        "2018年2月7日 21:30",
        "20180207213000",
        "2018-02-07T18:30Z",
        "20180207T183000Z",
        "Thu, 08 Feb 2018 00:00:00 IST",  # India's, the outlet's zone having no such name
        "Mi, 07 Feb 2018 19:30:00 +0100",
    ],
)
def test_is_read(text: str) -> None:
    assert read_date(text, None, NAIROBI) == EVENING


@pytest.mark.parametrize("text", ["2018-W06-3", "2018 week 6", "the 38th of Smarch 2018", "1518"])
def test_what_the_feeds_parser_makes_up_is_no_date(text: str) -> None:
    entry = feedparser.parse(
        f"<rss version='2.0'><channel><item><pubDate>{text}</pubDate></item></channel></rss>"
    ).entries
    assert read_date(text, entry[0].get("published_parsed"), NAIROBI) is None


@pytest.mark.parametrize(
    ("name", "zone", "offset_h"),
    [("IST", "Asia/Jerusalem", 2), ("IST", "Asia/Kolkata", 5.5), ("CST", "Asia/Shanghai", 8), ("CST", "UTC", -6)],
)
def test_a_name_that_the_outlets_own_zone_has_is_meant(name: str, zone: str, offset_h: float) -> None:
    written = read_written(f"Wed, 07 Feb 2018 12:00:00 {name}", ZoneInfo(zone))
    assert written is not None
    assert written.moment is not None
    offset = written.moment.utcoffset()
    assert offset is not None
    assert offset.total_seconds() == offset_h * 3600


@pytest.mark.parametrize(("text", "hour"), [("12:10 AM", 0), ("12:10 PM", 12), ("1:10 pm", 13), ("21:10 PM", 21)])
def test_twelve_hour_clocks(text: str, hour: int) -> None:
    written = read_written(f"7 Feb 2018 {text} UTC", NAIROBI)
    assert written is not None
    assert written.moment == datetime(2018, 2, 7, hour, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 07 Feb 2018 13:30:00 XYZT",
        "Wed, 07 Feb 2018 13:30:00 Mars/Olympus",
        "2018-02-07T13:30:00+99:00",
        "2018-02-07T13:30:00 +05:75",
        "Wed, 31 Feb 2018 13:30:00 GMT",
    ],
)
def test_what_cannot_be_read_is_null_whatever_the_parser_guesses(text: str) -> None:
    guess = EVENING.timetuple()
    assert read_date(text, guess, NAIROBI) is None


def test_another_form_is_the_parsers_only_where_it_names_no_zone() -> None:
    guess = EVENING.timetuple()
    assert read_date("dnia 7 lutego 2018", guess, NAIROBI) == EVENING
    assert read_date("07.02.18 9:30 PM", guess, NAIROBI) is None
    assert read_date("07.02.18 21:30 EAT", guess, NAIROBI) is None
