"""Entities that grow are told before they are expanded; honest ones are read."""

import pytest

from extractors.feed.entities import MAX_ENTITIES, is_bomb
from extractors.feed.parse import parse_feed
from model.feed import Feed

FEED = Feed("f", "https://f.example/rss", "F")


def laughs(levels: int) -> bytes:
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)]
    item = f"<item><title>&a{levels - 1};</title><link>https://f.example/1</link></item>"
    return f"<?xml version='1.0'?><!DOCTYPE r [{''.join(lines)}]><rss><channel>{item}</channel></rss>".encode()


@pytest.mark.parametrize("levels", [7, 10, 40])
def test_a_bomb_is_told_and_not_expanded(levels: int) -> None:
    parsed = parse_feed(laughs(levels), "application/rss+xml", FEED)
    assert parsed.error == "its entities would expand past all measure"
    assert parsed.entries == ()


def test_one_inside_itself_and_too_many_are_bombs() -> None:
    assert is_bomb(b'<!DOCTYPE r [<!ENTITY a "x&a;">]><rss/>')
    many = "".join(f'<!ENTITY a{n} "x">' for n in range(MAX_ENTITIES + 1))
    assert is_bomb(f"<!DOCTYPE r [{many}]><rss/>".encode())


def test_honest_entities_are_read() -> None:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY eacute "&#233;"><!ENTITY cafe "caf&eacute;">]>'
        b'<rss version="2.0">'
        b"<channel><item><title>A &cafe;</title><link>https://f.example/1</link></item></channel></rss>"
    )
    assert not is_bomb(body)
    (entry,) = parse_feed(body, "application/rss+xml", FEED).entries
    assert entry.url == "https://f.example/1"


def test_talk_of_entities_in_a_text_is_no_definition() -> None:
    assert not is_bomb(b"<rss><channel><item><title>&lt;!DOCTYPE [ !ENTITY a</title></item></channel></rss>")
