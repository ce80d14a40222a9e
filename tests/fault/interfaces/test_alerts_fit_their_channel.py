"""What is longer than a channel takes arrives in parts; what is refused is not sent again unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from interfaces.alerts.parts import push_in_parts
from interfaces.alerts.text import body, subject
from model.alert import Delivery, DeliveryState

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HEADLINE = "<!channel> Bomb kills 3, <https://evil.example|toll> and [more](https://evil.example) @everyone " * 2


@dataclass
class Room:
    """A chat room on loopback that takes `limit` characters, as its service documents."""

    limit: int
    status: int = 400
    port: int = 0
    asked: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)


@contextmanager
def running(room: Room) -> Iterator[Room]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
            text = sent.get("content") or sent.get("text") or sent.get("message") or ""
            room.asked.append(text)
            is_taken = len(text) <= room.limit
            if is_taken:
                room.taken.append(text)
            self.send_response(200 if is_taken else room.status)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    room.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()


def delivery(number: int) -> Delivery:
    toll = {"low": 3, "best": 3, "high": None}
    facts = {
        "kind": "new", "why": "newly detected", "event_type": "bombing", "event_subtype": None, "n_outlets": 2,
        "n_origins": 1, "status": "new", "headline": HEADLINE, "killed": toll, "injured": toll,
        "place": {"name": "Gao", "country_code": "ML"}, "date": {"start": "2026-05-01", "end": "2026-05-01"},
    }  # fmt: skip
    return Delivery(
        delivery_id=f"alr_{number:02}", incident_id=f"inc_{number:02}", revision=1, channel="desk",
        state=DeliveryState.ATTEMPTED, attempts=1, next_try_at=None, queued_at=NOW, updated_at=NOW, reason="",
        rules=("all",), facts=json.dumps(facts),
    )  # fmt: skip


DIGEST = tuple(delivery(number) for number in range(11))


def test_a_service_whose_limit_is_known_is_sent_parts_of_that_length(monkeypatch: pytest.MonkeyPatch) -> None:
    from apprise.plugins.discord import NotifyDiscord

    with running(Room(2_000)) as room:
        monkeypatch.setattr(NotifyDiscord, "notify_url", f"http://127.0.0.1:{room.port}/api/webhooks")
        (ended,) = push_in_parts("discord://1234567890/abcdefghij", DIGEST, 20, "")
    assert ended[1].is_taken, ended
    assert len(room.asked) > 1
    assert room.asked == room.taken
    assert all(one.delivery_id in "".join(room.taken) for one in DIGEST)


@pytest.mark.parametrize("limit", [2_000, 1_000, 700])
@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_digest_is_sent_in_halves_and_nothing_twice(limit: int, status: int) -> None:
    with running(Room(limit, status)) as room:
        ended = list(push_in_parts(f"json://127.0.0.1:{room.port}/", DIGEST, 20, ""))
    assert all(answer.is_taken for _, answer in ended), ended
    assert [one for deliveries, _ in ended for one in deliveries] == list(DIGEST)
    assert len(room.asked) == len(set(room.asked))
    assert all(sum(one.delivery_id in text for text in room.taken) <= 1 for one in DIGEST)


def test_what_no_length_lets_through_is_given_up_at_once_with_its_reason() -> None:
    with running(Room(100)) as room:
        ended = list(push_in_parts(f"json://127.0.0.1:{room.port}/", DIGEST[:1], 20, ""))
    ((_, answer),) = ended
    assert (answer.is_taken, answer.is_final, answer.is_down) == (False, True, False)
    assert "error=400" in answer.reason
    assert len(room.asked) == len(set(room.asked)) > 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_receiver_that_is_down_is_not_asked_for_parts(status: int) -> None:
    with running(Room(100, status)) as room:
        ((deliveries, answer),) = push_in_parts(f"json://127.0.0.1:{room.port}/", DIGEST, 20, "")
    assert (deliveries, answer.is_down, answer.is_final) == (DIGEST, True, False)
    assert len(room.asked) == 1


def test_headlines_call_nobody_and_link_nowhere() -> None:
    sent = body(DIGEST[:1], 20, "") + subject(DIGEST[:1])
    assert not [mark for mark in ("@everyone", "<!", "<https", "](", "://evil") if mark in sent]
