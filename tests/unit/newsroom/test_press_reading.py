import gzip
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from model.errors import ConfigError
from newsroom import Newsroom
from newsroom.corpus import CorpusRow, instant_of, load_corpus
from newsroom.outlets import load_outlets, make_outlets, slug_of
from newsroom.press import page_name, teaser


def test_a_gzipped_corpus_reads_like_a_plain_one(tmp_path):
    line = json.dumps(
        {"id": 7, "title": "T", "text": "X", "url": "https://www.example.org/p", "published": "2021-01-01"}
    )
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text(line + "\n\n", "utf-8")
    packed.write_bytes(gzip.compress(line.encode()))
    assert load_corpus(plain) == load_corpus(packed)
    assert load_corpus(plain)[0].outlet == "example.org"
    assert load_corpus(plain)[0].id == "7"


@pytest.mark.parametrize(
    "line", ["nope", "[]", "{}", '{"id": "1", "published": "soon"}', '{"id": "1", "revisions": [{}]}']
)
def test_a_broken_line_is_named(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(ConfigError, match=r"a\.jsonl:1"):
        load_corpus(path)


def test_a_missing_corpus_is_told(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        Newsroom(tmp_path / "none.jsonl")


def test_days_and_local_times_are_read_in_the_outlets_zone():
    zone = ZoneInfo("America/Chicago")
    assert instant_of("2021-07-01", zone).astimezone(UTC) == datetime(2021, 7, 1, 5, tzinfo=UTC)
    assert instant_of("2021-07-01T08:00", zone).astimezone(UTC) == datetime(2021, 7, 1, 13, tzinfo=UTC)
    assert instant_of("2021-07-01T08:00:00Z", zone) == datetime(2021, 7, 1, 8, tzinfo=UTC)


def test_outlets_look_the_same_every_time_and_differ_from_each_other():
    names = [f"Outlet {n}" for n in range(40)]
    made = make_outlets(names, {})
    assert made == make_outlets(reversed(names), {})
    assert len({(outlet.template, outlet.feed_form) for outlet in made.values()}) > 8


def test_unknown_keys_and_values_of_outlets_are_refused(tmp_path):
    path = tmp_path / "outlets.toml"
    path.write_text('[outlets.a]\ncolour = "red"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"a\.colour"):
        load_outlets(path)
    for table in ({"kind": "huge"}, {"timezone": "Mars/Olympus"}, {"feed_form": "gopher"}):
        with pytest.raises(ConfigError, match="outlet A"):
            make_outlets(["A"], {"a": table})


def test_two_names_of_one_slug_share_a_site():
    rows = [CorpusRow("1", "a", "x", outlet="The Post"), CorpusRow("2", "b", "y", outlet="the post")]
    newsroom = Newsroom(rows, now=datetime(2021, 1, 1, tzinfo=UTC))
    assert [row.id for row in newsroom.desks["the-post"].rows] == ["1", "2"]


def test_names_for_addresses():
    assert slug_of("Новости") == slug_of("Новости") != slug_of("Вести")
    assert page_name("a b") != page_name("a-b") == "a-b"
    assert len(teaser("word " * 200)) < 290
    assert teaser("Short  text.\n") == "Short text."


def test_a_clock_with_speed_runs():
    standing = Newsroom([CorpusRow("1", "a", "x")], now=datetime(2021, 1, 1, tzinfo=UTC))
    running = Newsroom([CorpusRow("1", "a", "x")], now=datetime(2021, 1, 1, tzinfo=UTC), speed=1e9)
    assert standing.now == standing.now == datetime(2021, 1, 1, tzinfo=UTC)
    assert running.now < running.now
    with pytest.raises(ValueError, match="offset"):
        standing.move_clock(datetime(2021, 1, 1))  # noqa: DTZ001 - the fault under test
