"""Delays and budgets, on an event loop whose clock moves only when everybody waits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from acquisition.manners import HostLedger, Manners, host_of
from model.feed import Outcome


class _JumpingLoop(asyncio.SelectorEventLoop):
    """A loop that jumps to the next timer in place of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 1000.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self._now = max(self._now, self._scheduled[0]._when)
        super()._run_once()


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    with asyncio.Runner(loop_factory=_JumpingLoop) as runner:
        return runner.run(work())


def starts(manners: Manners, hosts: list[str], duration_s: float = 0.0) -> list[tuple[str, float]]:
    """Ask all at once; returns who was let through and when, in seconds from the first."""

    async def work() -> list[tuple[str, float]]:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        seen: list[tuple[str, float]] = []

        async def ask(host: str) -> None:
            async with manners.slot(host):
                seen.append((host, round(loop.time() - begun, 3)))
                await asyncio.sleep(duration_s)

        await asyncio.gather(*(ask(host) for host in hosts))
        return seen

    return run(work)


def test_requests_to_one_host_are_spaced_and_hosts_do_not_wait_for_each_other() -> None:
    seen = starts(Manners(2, 5.0), ["a:80", "a:80", "b:80", "a:80"])
    assert sorted(seen) == [("a:80", 0.0), ("a:80", 5.0), ("a:80", 10.0), ("b:80", 0.0)]


def test_no_more_than_so_many_at_once() -> None:
    seen = starts(Manners(2, 0.0), ["a:80"] * 4, duration_s=3.0)
    assert [at for _, at in seen] == [0.0, 0.0, 3.0, 3.0]


def test_our_own_hosts_do_not_wait() -> None:
    seen = starts(Manners(1, 5.0, ["a:80"]), ["a:80"] * 5)
    assert [at for _, at in seen] == [0.0] * 5


def test_robots_may_ask_for_more_but_not_for_less() -> None:
    manners = Manners(1, 5.0)
    manners.slow_down("a:80", 9.0)
    manners.slow_down("a:80", 1.0)
    assert [at for _, at in starts(manners, ["a:80"] * 3)] == [0.0, 9.0, 18.0]


def test_a_slow_host_gets_more_time() -> None:
    manners = Manners(1, 1.0)
    for _ in range(50):
        manners.heard("a:80", Outcome.OK, 8000)
    assert [at for _, at in starts(manners, ["a:80"] * 2)][1] > 7


def test_a_silent_host_is_left_alone_until_it_speaks() -> None:
    manners = Manners(1, 0.0)
    for outcome in (Outcome.TIMEOUT, Outcome.CONNECT_ERROR, Outcome.UNKNOWN_HOST):
        assert manners.reason_to_defer("a:80") is None
        manners.heard("a:80", outcome, 10)
    assert "3 times in a row" in str(manners.reason_to_defer("a:80"))
    assert manners.reason_to_defer("b:80") is None
    manners.heard("a:80", Outcome.HTTP_ERROR, 10)
    assert manners.reason_to_defer("a:80") is None


def test_a_host_has_a_budget() -> None:
    manners = Manners(1, 0.0, ["ours:1"], max_requests=2)
    assert [manners.reason_to_defer("a:80") is None for _ in range(3)] == [True, True, False]
    assert all(manners.reason_to_defer("ours:1") is None for _ in range(9))


def test_a_ledger_carries_budget_pace_and_pleas_over_the_calls_of_a_run() -> None:
    ledger: HostLedger = {}
    first = Manners(1, 5.0, max_requests=2, ledger=ledger)
    assert first.reason_to_defer("a:80") is None
    first.heard("b:80", Outcome.RATE_LIMITED, 10)
    second = Manners(1, 5.0, max_requests=2, ledger=ledger)
    assert second.reason_to_defer("a:80") is None
    assert "2 requests" in str(second.reason_to_defer("a:80"))
    assert "slow down" in str(second.reason_to_defer("b:80"))
    starts(second, ["c:80"])
    assert [at for _, at in starts(Manners(1, 5.0, ledger=ledger), ["c:80"])] == [5.0]  # each loop begins at one moment


def test_hosts_are_named_as_in_allow_hosts() -> None:
    assert host_of("http://E.org/x") == "e.org:80"
    assert host_of("https://e.org/x") == "e.org:443"
    assert host_of("http://127.0.0.1:8000/x") == "127.0.0.1:8000"
    assert host_of("http://[::1") == ""
