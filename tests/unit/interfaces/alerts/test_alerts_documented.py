"""The reference page: its verifier works on what we send, and every key of the rules file stands in it."""

from __future__ import annotations

import re
import time
from pathlib import Path

from interfaces.alerts.rules import Channel, Rule
from interfaces.alerts.webhook import sign
from model.alert import DeliveryState

PAGE = (Path(__file__).parents[4] / "docs" / "reference" / "alerts.md").read_text("utf-8")


def test_the_verifier_of_the_page_takes_what_is_genuine_and_nothing_else() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict = {}
    exec(code, names)  # noqa: S102 - our own page
    is_genuine, now, body = names["is_genuine"], int(time.time()), '{"a": "é"}'.encode()
    header = sign("a secret of the tests", now, body)
    assert is_genuine("a secret of the tests", header, body)
    assert not is_genuine("a secret of the tests", header, body + b" ")
    assert not is_genuine("another secret", header, body)
    assert not is_genuine("a secret of the tests", sign("a secret of the tests", now - 301, body), body)
    assert not is_genuine("a secret of the tests", header.replace(f"t={now}", f"t={now + 1}"), body)
    assert not any(is_genuine("a secret of the tests", text, body) for text in ("", "t=", "v1=aa", "t=x,v1=aa"))


def test_every_key_and_state_stands_in_the_page() -> None:
    words = [*Channel.model_fields, *Rule.model_fields, *(state.value for state in DeliveryState)]
    assert [word for word in words if f"`{word}`" not in PAGE] == []
