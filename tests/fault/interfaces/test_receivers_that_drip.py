"""A receiver that answers one byte at a time holds up no run."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from interfaces.alerts import push as push_module
from interfaces.alerts import webhook


@pytest.fixture
def dripping() -> Iterator[str]:
    """The address of a server whose answer never ends, each byte of it in time."""
    ended = threading.Event()

    def serve(client: socket.socket) -> None:
        with client:
            try:
                client.recv(65_536)
                client.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not ended.wait(0.1):
                    client.sendall(b"x")
            except OSError:
                return

    def accept(server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        ended.set()


def test_a_webhook(dripping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "WHOLE_ANSWER_S", 1.0)
    begun = time.monotonic()
    answer = webhook.post(f"http://{dripping}/hook", "0123456789abcdef", "key", b"{}", 1518000000)
    assert time.monotonic() - begun < 8
    assert (answer.is_taken, answer.is_down) == (False, True)
    assert "within 1 s" in answer.reason


def test_a_channel_of_apprise(dripping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push_module, "WHOLE_ANSWER_S", 1.0)
    begun = time.monotonic()
    answer = push_module.push(f"json://{dripping}/hook", "T", "B")
    assert time.monotonic() - begun < 8
    assert (answer.is_taken, answer.is_down) == (False, True)
    assert "within 1 s" in answer.reason
