"""robots.txt: which lines concern us, byte order marks, and files that are made to cost minutes."""

import time

import pytest

from acquisition.robots import MAX_RULES, decode_robots, own_lines, parse_rules

US = "Deconflict"
CLOSED = "User-agent: *\nDisallow: /closed\n"


@pytest.mark.parametrize(
    "body",
    [CLOSED.encode(), CLOSED.encode("utf-8-sig"), CLOSED.encode("utf-16"), b"\xef\xbb\xbf\n" + CLOSED.encode()],
)
def test_a_byte_order_mark_hides_no_rule(body: bytes) -> None:
    rules = parse_rules(decode_robots(body))
    assert not rules.can_fetch("https://news.example/closed/a", US)
    assert rules.can_fetch("https://news.example/open", US)


def test_a_file_that_was_kept_with_its_mark_is_obeyed() -> None:
    assert not parse_rules("\ufeff" + CLOSED).can_fetch("https://news.example/closed/a", US)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("User-agent: Other\nDisallow: /\n", True),
        ("User-agent: Other\nUser-agent: *\nDisallow: /\n", False),
        ("User-agent: Other\nDisallow: /\nUser-agent: *\nDisallow:\n", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: deconflict\nAllow: /\n", True),
        ("User-agent: deconflict/1.0\nDisallow: /\n", True),  # an agent's version is no part of its name
        ("useragent *\ndisallow /\n", False),
        ("User-agent: *  # everybody\nDisallow: / # all\n", False),
        ("Disallow: /\n", True),
        ("User-agent: *\nSitemap: https://news.example/s.xml\nDisallow: /\n", False),
    ],
)
def test_only_what_speaks_to_us_counts(text: str, is_open: bool) -> None:
    assert parse_rules(text).can_fetch("https://news.example/a", US) is is_open


def test_crawl_delay_is_kept() -> None:
    assert parse_rules("User-agent: *\nCrawl-delay: 12\nDisallow:\n").crawl_delay(US) == 12


def test_agents_times_rules_cost_nothing() -> None:
    agents = "".join(f"User-agent: bot{n}\n" for n in range(3000)) + "User-agent: *\n" * 3000
    text = agents + "".join(f"Disallow: /{n}/\n" for n in range(6000))
    begun = time.process_time()
    rules = parse_rules(text)
    assert not rules.can_fetch("https://news.example/7/a", US)
    assert time.process_time() - begun < 3  # 81 kB took 34 s and 849 MB
    assert len(own_lines(text)) == MAX_RULES + 1
