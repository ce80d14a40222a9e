"""A name is resolved once; all its answers must be public, and the connection goes to the checked answer."""

import asyncio
from typing import Any

import httpcore
import pytest

from acquisition import backend
from acquisition.backend import GuardedBackend, RefusedAddressError, UnknownHostError


class Recorder:
    """Stands for the real network: notes where a connection would go."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    async def connect_tcp(self, host: str, *rest: Any) -> None:
        self.dialled.append(host)


def connect(monkeypatch: pytest.MonkeyPatch, answers: list[tuple[str, ...]], allow: tuple[str, ...] = ()) -> list[str]:
    """Connect to feeds.example, the name server giving `answers` one after the other."""
    queue = iter(answers)

    async def resolve(host: str, port: int, timeout_s: float | None) -> tuple[str, ...]:
        return next(queue)

    monkeypatch.setattr(backend, "resolve", resolve)
    guarded, recorder = GuardedBackend(allow), Recorder()
    monkeypatch.setattr(guarded, "_inner", recorder)
    asyncio.run(guarded.connect_tcp("feeds.example", 443))  # type: ignore[arg-type]
    return recorder.dialled


def test_the_checked_address_is_the_one_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connect(monkeypatch, [("93.184.216.34", "2606:4700::1111")]) == ["93.184.216.34"]


def test_one_inner_answer_among_public_ones_refuses_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.7"):
        connect(monkeypatch, [("93.184.216.34", "10.0.0.7")])


def test_a_second_different_answer_is_never_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connect(monkeypatch, [("93.184.216.34",), ("127.0.0.1",)]) == ["93.184.216.34"]


def test_an_allowed_pair_may_be_inner(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connect(monkeypatch, [("127.0.0.1",)], ("feeds.example:443",)) == ["127.0.0.1"]


def test_odd_spellings_of_loopback_are_seen_through_by_resolving() -> None:
    for name in ("2130706433", "0x7f.1", "127.1"):
        addresses = asyncio.run(backend.resolve(name, 80, 5.0))
        assert addresses == ("127.0.0.1",)


def test_a_name_that_does_not_resolve() -> None:
    with pytest.raises(UnknownHostError):
        asyncio.run(backend.resolve("no-such-host.invalid", 80, 5.0))
    with pytest.raises(UnknownHostError):
        asyncio.run(backend.resolve("a" * 70 + ".example", 80, 5.0))


def test_socket_files_are_refused() -> None:
    with pytest.raises(RefusedAddressError):
        asyncio.run(GuardedBackend().connect_unix_socket("/run/docker.sock"))


def test_the_second_address_is_tried_when_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class FirstIsDead(Recorder):
        async def connect_tcp(self, host: str, *rest: Any) -> None:
            await super().connect_tcp(host)
            if len(self.dialled) == 1:
                raise httpcore.ConnectError("refused")

    async def resolve(host: str, port: int, timeout_s: float | None) -> tuple[str, ...]:
        return ("2606:4700::1111", "93.184.216.34")

    monkeypatch.setattr(backend, "resolve", resolve)
    guarded, recorder = GuardedBackend(), FirstIsDead()
    monkeypatch.setattr(guarded, "_inner", recorder)
    asyncio.run(guarded.connect_tcp("feeds.example", 443))
    assert recorder.dialled == ["2606:4700::1111", "93.184.216.34"]
