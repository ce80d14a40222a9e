from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from acquisition.feeds_file import dump_feeds, load_feeds, read_feeds
from model.errors import ConfigError
from model.feed import Feed, FeedKind

SEEDS = Path(__file__).parents[3] / "seeds" / "feeds.toml"
GOOD = '[feeds.one]\nurl = "https://example.org/a"\noutlet = "One"\n'


def fault_of(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read_feeds(text, "my.toml")
    return str(caught.value)


def test_absent_keys_take_the_plain_values() -> None:
    assert read_feeds(GOOD, "x") == (Feed("one", "https://example.org/a", "One"),)


def test_writing_and_reading_gives_the_same_feeds() -> None:
    feeds = (
        Feed(
            "a",
            "https://example.org/a?x=1&y=%20",
            'The "Daily" \\ Été\n\x7f',
            "fr",
            "Africa/Bamako",
            "ML",
            FeedKind.WIRE,
        ),
        Feed("b-2", "http://127.0.0.1:8000/b", "B"),
    )
    assert read_feeds(dump_feeds(feeds), "x") == feeds


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no feeds file .*none\.toml"):
        load_feeds(tmp_path / "none.toml")


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"feeds\.toml"):
        load_feeds(tmp_path / "feeds.toml")


def test_a_file_that_is_not_toml_names_the_line() -> None:
    assert "not TOML" in fault_of("[feeds.one")
    assert "line 2" in fault_of("[feeds.one]\nurl = nothing\n")


@pytest.mark.parametrize("text", ["", "[feeds]\n", "feeds = 3\n", '[other]\nx = "y"\n'])
def test_a_file_without_feeds_says_so(text: str) -> None:
    assert "no [feeds.<id>] table" in fault_of(text)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('timezone = "Europe/Atlantis"', "timezone: 'Europe/Atlantis' is not an IANA zone"),
        ('country = "syria"', "country: 'syria' is not an ISO 3166-1 code"),
        ('language = "English"', "language: 'English' is not a language code"),
        ('kind = "tabloid"', "kind: 'tabloid' is none of wire, national"),
        ('colour = "red"', "colour: unknown key; known are url"),
        ("language = 3", "language: must be a text"),
        ('country = ""', "country: must be a text that is not empty"),
    ],
)
def test_a_wrong_value_names_table_key_and_what_is_wrong(line: str, words: str) -> None:
    message = fault_of(GOOD + line + "\n")
    assert message.startswith("my.toml: [feeds.one] ")
    assert words in message


def test_wrong_addresses_and_twins_are_named() -> None:
    assert "url: the scheme 'ftp'" in fault_of('[feeds.x]\nurl = "ftp://e.org/"\noutlet = "X"\n')
    assert "url: the address carries credentials" in fault_of('[feeds.x]\nurl = "http://a@e.org/"\noutlet = "X"\n')
    assert "the same as that of [feeds.one]" in fault_of(GOOD + GOOD.replace("feeds.one", "feeds.two"))


def test_all_faults_are_told_at_once() -> None:
    message = fault_of('[feeds.A]\ncountry = "xx"\n[feeds.b]\nurl = "https://e.org/"\nkind = "?"\n')
    for words in ("[feeds.A] id", "[feeds.A] url: missing", "[feeds.A] outlet: missing", "[feeds.A] country",
                  "[feeds.b] outlet: missing", "[feeds.b] kind"):  # fmt: skip
        assert words in message


def test_the_bundled_list_is_long_unique_and_worldwide() -> None:
    feeds = load_feeds(SEEDS)
    assert len(feeds) >= 120
    assert len({feed.url for feed in feeds}) == len(feeds)
    regions = {feed.timezone.split("/")[0] for feed in feeds}
    assert regions >= {"Africa", "America", "Asia", "Europe", "Pacific", "Australia"}
    countries = {feed.country_code for feed in feeds}
    assert len(countries) >= 80
    assert countries >= {"SY", "IQ", "IL", "YE", "UA", "RU", "SD", "NG", "ML", "SO", "MM", "AF", "PK", "CO", "HT", "US"}
    assert {feed.kind for feed in feeds} == set(FeedKind)


def test_the_bundled_list_has_valid_zones_and_public_addresses() -> None:
    for feed in load_feeds(SEEDS):
        assert ZoneInfo(feed.timezone).key == feed.timezone
        assert feed.url.startswith(("https://", "http://"))
        assert "." in feed.url.split("/")[2]
        assert len(feed.language) == 2
