import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from interfaces.cli.render import flat, print_json, print_lines, print_table, span
from interfaces.cli.show import why


class Kind(StrEnum):
    ODD = "odd"


@dataclass(frozen=True)
class Row:
    name: str
    day: date
    at: datetime
    kind: Kind
    missing: int | None


AWKWARD = Row(
    'زد \x1b[31m=cmd()\u202e 😀 "q"\n', date(2018, 2, 7), datetime(2018, 2, 7, 22, tzinfo=UTC), Kind.ODD, None
)


def test_json_holds_every_awkward_value(capsys) -> None:
    print_json("rows/1", rows=[AWKWARD])
    output = json.loads(capsys.readouterr().out)
    assert output == {
        "schema": "rows/1",
        "rows": [
            {"name": AWKWARD.name, "day": "2018-02-07", "at": "2018-02-07T22:00:00Z", "kind": "odd", "missing": None}
        ],
    }


@pytest.mark.parametrize("mark", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\r", "\x00"])
def test_what_steers_a_terminal_is_taken_out(mark: str) -> None:
    assert flat(f"a{mark}b") == "ab"


def test_nothing_from_a_feed_steers_the_terminal(capsys) -> None:
    print_table(("title",), [("\x1b]0;owned\x07 [bold]x[/bold]",)], title="\x1b[2J")
    print_lines("\x1b[1mx")
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[bold]x[/bold]" in out  # shown as it came, not read as markup


@pytest.mark.parametrize(
    ("toll", "shown"),
    [
        ((None, None, None), ""),
        ((5, 5, 5), "5"),
        ((20, 30, 55), "30 (20-55)"),
        ((100, 100, None), "100+"),
        ((None, None, 7), "up to 7"),
        ((0, 0, 0), "0"),
    ],
)
def test_a_toll_in_words(toll, shown) -> None:
    assert span(*toll) == shown


def test_a_revised_toll_is_told_as_a_span_in_old_logs_too():
    toll = {"low": 0, "best": 25, "high": 200}
    with_more = toll | {"best": 80, "why": {"rule": "", "text": "", "losers": []}}
    output = why(json.dumps({"was": {"killed": toll}, "is": {"killed": with_more}}))
    assert output == f"killed: {span(0, 25, 200)} -> {span(0, 80, 200)}"


def test_a_revised_list_tells_what_came_and_went():
    output = why(json.dumps({"was": {"actors": ["A", "B"]}, "is": {"actors": ["B", "C"]}}))
    assert output == "actors: new C, gone A"
