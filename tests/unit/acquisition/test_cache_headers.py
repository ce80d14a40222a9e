from datetime import UTC, datetime

import pytest

from acquisition.cache_headers import read_cache_headers

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "fresh_for_s"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, MAX-AGE = 600"}, 600),
        ({"cache-control": 'private, max-age="600"'}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "9000"}, 0),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"expires": "Wed, 07 Feb 2018 13:00:00 GMT"}, 3600),
        ({"expires": "Wed, 07 Feb 2018 13:00:00 GMT", "date": "Wed, 07 Feb 2018 12:30:00 GMT"}, 1800),
        ({"expires": "Wed, 07 Feb 2018 11:00:00 GMT"}, 0),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({"cache-control": "max-age=60", "expires": "Wed, 07 Feb 2018 13:00:00 GMT"}, 60),
    ],
)
def test_freshness(headers: dict[str, str], fresh_for_s: float | None) -> None:
    assert read_cache_headers(headers, NOW).fresh_for_s == fresh_for_s


@pytest.mark.parametrize(
    ("text", "retry_after_s"),
    [
        ("120", 120), (" 120 ", 120), ("Wed, 07 Feb 2018 12:02:00 GMT", 120), ("Wed, 07 Feb 2018 11:00:00 GMT", 0),
        ("", None), ("later", None), ("-5", None), ("1e9999", None),
    ],
)  # fmt: skip
def test_retry_after(text: str, retry_after_s: float | None) -> None:
    assert read_cache_headers({"retry-after": text}, NOW).retry_after_s == retry_after_s
