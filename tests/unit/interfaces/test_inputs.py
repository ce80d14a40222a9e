from datetime import UTC, datetime

import pytest

from interfaces.cli.inputs import parse_moment, parse_since
from model.errors import ConfigError

NOW = datetime(2018, 2, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("24h", datetime(2018, 2, 7, 12, tzinfo=UTC)),
        ("30m", datetime(2018, 2, 8, 11, 30, tzinfo=UTC)),
        ("7d", datetime(2018, 2, 1, 12, tzinfo=UTC)),
        ("2w", datetime(2018, 1, 25, 12, tzinfo=UTC)),
        ("2018-02-07", datetime(2018, 2, 7, tzinfo=UTC)),
        ("2018-02-07T22:00:00+02:00", datetime(2018, 2, 7, 20, tzinfo=UTC)),
    ],
)
def test_since(text: str, moment: datetime) -> None:
    assert parse_since(text, NOW) == moment


@pytest.mark.parametrize("text", ["yesterday", "24", "", "h", "-3h", "2018-13-01", "9" * 400 + "h"])
def test_what_is_no_moment_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ConfigError, match="write it like"):
        parse_since(text, NOW)


def test_a_moment_without_a_zone_is_utc() -> None:
    assert parse_moment("2018-02-07T22:00", "--now") == datetime(2018, 2, 7, 22, tzinfo=UTC)
