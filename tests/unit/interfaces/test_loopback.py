"""Who may ask a server of this machine: its own pages, programs, and links that a person follows."""

import doctest

import pytest

from interfaces import loopback
from interfaces.loopback import refusal

HOST = {"host": "127.0.0.1:4200"}
LINK = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def test_the_examples_hold() -> None:
    assert doctest.testmod(loopback).failed == 0


@pytest.mark.parametrize(
    "headers",
    [
        HOST,
        {"host": "localhost:4200"},
        HOST | {"origin": "http://127.0.0.1:4200"},
        HOST | {"origin": "http://localhost:4200", "sec-fetch-site": "cross-site"},  # its own page by its other name
        HOST | {"sec-fetch-site": "none"},
        HOST | LINK,
    ],
    ids=str,
)
def test_what_passes(headers: dict[str, str]) -> None:
    assert refusal(headers, 4200) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:80"},
        {"host": "evil.example:4200"},
        {"host": "127.0.0.1.evil.example:4200"},
        HOST | {"origin": "http://127.0.0.1:8018"},
        HOST | {"origin": "null"},
        HOST | {"origin": "https://127.0.0.1:4200"},
        HOST | {"sec-fetch-site": "same-site"},
        HOST | {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        HOST | LINK | {"sec-fetch-dest": "iframe"},
        HOST | LINK | {"origin": "http://evil.example"},  # a form that is sent there
    ],
    ids=str,
)
def test_what_is_refused(headers: dict[str, str]) -> None:
    assert refusal(headers, 4200)
