from datetime import UTC, datetime

import pytest

from newsroom.conditional import etag_of, http_date, is_unchanged

CHANGED_AT = datetime(2021, 3, 10, 2, 0, 0, 700_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "unchanged"),
    [
        ({}, False),
        ({"if-none-match": '"a"'}, True),
        ({"if-none-match": 'W/"a"'}, True),
        ({"if-none-match": '"x", "a"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"b"'}, False),
        ({"if-none-match": "a"}, False),
        ({"if-none-match": ""}, False),
        ({"if-modified-since": "Wed, 10 Mar 2021 02:00:00 GMT"}, True),
        ({"if-modified-since": "Wed, 10 Mar 2021 01:59:59 GMT"}, False),
        ({"if-modified-since": "Wed, 10 Mar 2021 02:00:00"}, True),
        ({"if-modified-since": "rubbish"}, False),
        ({"if-none-match": '"b"', "if-modified-since": "Wed, 10 Mar 2021 02:00:00 GMT"}, False),
    ],
)
def test_when_a_request_is_answered_by_304(headers, unchanged):
    assert is_unchanged(headers, '"a"', CHANGED_AT) is unchanged


def test_a_body_without_a_date_is_never_unchanged_since():
    assert not is_unchanged({"if-modified-since": "Wed, 10 Mar 2021 02:00:00 GMT"}, '"a"', None)


def test_validators_are_written_as_http_has_them():
    assert http_date(CHANGED_AT) == "Wed, 10 Mar 2021 02:00:00 GMT"
    assert etag_of(b"a") == etag_of(b"a") != etag_of(b"b")
    assert etag_of(b"a").startswith('"')
