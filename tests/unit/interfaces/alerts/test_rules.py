"""The rules file is read strictly, and all its faults are told at once; the one that is shipped is all off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interfaces.alerts.rules import load_rules
from model.errors import ConfigError
from pipeline.receivers import fault_of_receiver

SHIPPED = Path(__file__).parents[4] / "seeds" / "alerts.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_is_off_and_right_once_its_marks_are_taken_away(tmp_path: Path) -> None:
    assert not load_rules(SHIPPED).is_on
    text = re.sub(r"^# (?=\[|[a-z_]+ = )", "", SHIPPED.read_text("utf-8"), flags=re.MULTILINE)
    rules = load_rules(written(tmp_path, text))
    assert [rule.name for rule in rules.rules] == ["many_dead", "eastern_syria", "disputes"]
    assert {name: channel.kind for name, channel in rules.channels.items()} == {
        "desk": "push",
        "newsdesk_system": "webhook",
    }


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('[channel.desk]\nkind = "fax"', ["channel.desk.kind"]),
        ('[channel.Desk]\nkind = "push"', ["channel.Desk"]),
        ('[channel.a_secret]\nkind = "push"', ["a name ends in no _secret"]),
        ('[channel.desk]\nkind = "push"\nquiet = "22-7"\ntimezone = "Nowhere"', ["22:00-07:00", "no time zone"]),
        ('[[rule]]\nname = "a"\nchannels = ["x"]', ["no channel x"]),
        ('[channel.d]\nkind = "push"\n[[rule]]\nname = "a"\nchannels = ["d"]\ntypes = ["batle"]', ["batle", "battle"]),
        ('[channel.d]\nkind = "push"\n[[rule]]\nname = "a"\nchannels = ["d"]\nkilled = 3', ["rule.0.killed"]),
        (
            '[channel.d]\nkind = "push"\n[[rule]]\nname = "a"\nchannels = ["d"]\ncountries = ["Syria"]\n'
            "near = {lat = 95, lon = 0, km = 0}",
            ["countries", "near.lat", "near.km"],
        ),
        (
            '[channel.d]\nkind = "push"\n' + 2 * '[[rule]]\nname = "a"\nchannels = ["d"]\n',
            ["two rules are called a"],
        ),
        ('[[rule]\nname = "a"', ["rules.toml"]),
    ],
)
def test_every_fault_is_named(tmp_path: Path, text: str, faults: list[str]) -> None:
    with pytest.raises(ConfigError) as raised:
        load_rules(written(tmp_path, text))
    assert [fault for fault in faults if fault not in str(raised.value)] == []


def test_a_missing_file_is_no_rules_at_the_default_place_only(tmp_path: Path) -> None:
    assert not load_rules(tmp_path / "seeds" / "alerts.toml").is_on
    with pytest.raises(ConfigError, match="there is no rules file"):
        load_rules(tmp_path / "other.toml")


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://hooks.example/x?y=z", True),
        ("http://127.0.0.1:8080/hook", True),
        ("http://[::1]:8080/hook", True),
        ("http://10.1.2.3/hook", True),
        ("http://newsroom:8080/hook", True),
        ("http://hooks.lan/", True),
        ("http://hooks.example/", False),
        ("http://93.184.216.34/", False),
        ("http://169.254.169.254/latest", False),
        ("http://[fe80::1]/", False),
        ("http://0.0.0.0/", False),
        ("http://[::ffff:169.254.169.254]/", False),
        ("https://user:password@hooks.example/", False),
        ("file:///etc/passwd", False),
        ("https://hooks.example\\@127.0.0.1/", False),
    ],
)
def test_a_receiver_may_be_near_but_not_what_nobody_means(url: str, is_allowed: bool) -> None:
    fault = fault_of_receiver(url)
    assert (fault is None) is is_allowed
    assert fault is None or url not in fault
