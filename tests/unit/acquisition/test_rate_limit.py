"""Delays and budgets, on an event loop whose clock moves only when everybody waits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from acquisition.rate_limit import (
    Budget,
    HostRecord,
    HostRecords,
    RateLimiter,
    host_of,
    next_start_s,
    reason_to_leave,
)
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


def starts(manners: RateLimiter, hosts: list[str], duration_s: float = 0.0) -> list[tuple[str, float]]:
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
    seen = starts(RateLimiter(2, 5.0), ["a:80", "a:80", "b:80", "a:80"])
    assert sorted(seen) == [("a:80", 0.0), ("a:80", 5.0), ("a:80", 10.0), ("b:80", 0.0)]


def test_no_more_than_so_many_at_once() -> None:
    seen = starts(RateLimiter(2, 0.0), ["a:80"] * 4, duration_s=3.0)
    assert [at for _, at in seen] == [0.0, 0.0, 3.0, 3.0]


def test_our_own_hosts_do_not_wait() -> None:
    seen = starts(RateLimiter(1, 5.0, ["a:80"]), ["a:80"] * 5)
    assert [at for _, at in seen] == [0.0] * 5


def test_robots_may_ask_for_more_but_not_for_less() -> None:
    manners = RateLimiter(1, 5.0)
    manners.slow_down("a:80", 9.0)
    manners.slow_down("a:80", 1.0)
    assert [at for _, at in starts(manners, ["a:80"] * 3)] == [0.0, 9.0, 18.0]


def test_a_slow_host_gets_more_time() -> None:
    manners = RateLimiter(1, 1.0)
    for _ in range(50):
        manners.record_answer("a:80", Outcome.OK, 8000)
    assert [at for _, at in starts(manners, ["a:80"] * 2)][1] > 7


def test_a_silent_host_is_left_alone_until_it_speaks() -> None:
    manners = RateLimiter(1, 0.0)
    for outcome in (Outcome.TIMEOUT, Outcome.CONNECT_ERROR, Outcome.UNKNOWN_HOST):
        assert manners.reason_to_defer("a:80") is None
        manners.record_answer("a:80", outcome, 10)
    assert "3 times in a row" in str(manners.reason_to_defer("a:80"))
    assert manners.reason_to_defer("b:80") is None
    manners.record_answer("a:80", Outcome.HTTP_ERROR, 10)
    assert manners.reason_to_defer("a:80") is None


def test_a_host_has_a_budget() -> None:
    manners = RateLimiter(1, 0.0, ["ours:1"], max_requests=2)
    assert [manners.reason_to_defer("a:80") is None for _ in range(3)] == [True, True, False]
    assert all(manners.reason_to_defer("ours:1") is None for _ in range(9))


def test_a_ledger_carries_budget_pace_and_pleas_over_the_calls_of_a_run() -> None:
    ledger: HostRecords = {}
    first = RateLimiter(1, 5.0, max_requests=2, host_records=ledger)
    assert first.reason_to_defer("a:80") is None
    first.record_answer("b:80", Outcome.RATE_LIMITED, 10)
    second = RateLimiter(1, 5.0, max_requests=2, host_records=ledger)
    assert second.reason_to_defer("a:80") is None
    assert "2 requests" in str(second.reason_to_defer("a:80"))
    assert "slow down" in str(second.reason_to_defer("b:80"))
    starts(second, ["c:80"])
    assert [at for _, at in starts(RateLimiter(1, 5.0, host_records=ledger), ["c:80"])] == [
        5.0
    ]  # each loop begins at one moment


def test_hosts_are_named_as_in_allow_hosts() -> None:
    assert host_of("http://E.org/x") == "e.org:80"
    assert host_of("https://e.org/x") == "e.org:443"
    assert host_of("http://127.0.0.1:8000/x") == "127.0.0.1:8000"
    assert host_of("http://[::1") == ""


def asked(manners: RateLimiter, hosts: list[str], answer_s: float = 0.5) -> tuple[dict[str, int], float, float]:
    """Take turns at all hosts at once; returns the turns had by host, when the last ended, and when the first was put
    off."""

    async def work() -> tuple[dict[str, int], float, float]:
        loop = asyncio.get_running_loop()
        begun, had, first_put_off = loop.time(), dict.fromkeys(hosts, 0), float("inf")

        async def ask(host: str) -> None:
            nonlocal first_put_off
            async with manners.turn(host) as reason:
                if reason:
                    first_put_off = min(first_put_off, loop.time() - begun)
                    return
                await asyncio.sleep(answer_s)
            manners.record_answer(host, Outcome.OK, round(answer_s * 1000))
            had[host] += 1

        await asyncio.gather(*(ask(host) for host in hosts))
        return had, loop.time() - begun, first_put_off

    return run(work)


BUDGET = Budget(host_s=200.0, run_s=240.0)


def test_two_thousand_pages_of_one_host_hold_a_run_no_longer_than_its_budget() -> None:
    had, took_s, first_put_off_s = asked(RateLimiter(2, 5.0, max_requests=40, budget=BUDGET), ["a:80"] * 2000)
    assert had == {"a:80": 40}
    assert took_s <= 201
    assert first_put_off_s == 0.0  # they did not wait out the delay one by one: that took 9,995 s


def test_a_long_crawl_delay_costs_its_own_host_pages_and_nobody_time() -> None:
    manners = RateLimiter(2, 5.0, max_requests=40, budget=BUDGET)
    manners.slow_down("a:80", 30.0)
    had, took_s, _ = asked(manners, ["a:80"] * 200 + ["b:80"] * 3)
    assert had == {"a:80": 7, "b:80": 3}
    assert took_s <= 201


def test_a_slow_host_is_left_for_the_next_run() -> None:
    had, took_s, _ = asked(RateLimiter(2, 5.0, max_requests=40, budget=BUDGET), ["a:80"] * 200, answer_s=29.0)
    assert had["a:80"] <= 4
    assert took_s < 100


def test_a_run_ends_though_many_hosts_come_one_after_the_other() -> None:
    ledger: HostRecords = {}
    loop_s = 0.0
    for number in range(10):  # ten chunks of a run, each with a host of its own
        manners = RateLimiter(2, 5.0, max_requests=40, host_records=ledger, budget=BUDGET)
        ledger.setdefault("first:80", HostRecord(5.0, begun_at=1000.0 - loop_s))
        _, took_s, _ = asked(manners, [f"h{number}:80"] * 100)
        loop_s += took_s  # each loop of the test begins at one moment, so the run's begin moves back
        ledger.pop("first:80")
    assert loop_s < 260


def test_the_schedule_is_a_pure_function_of_the_record_and_the_clock() -> None:
    host = HostRecord(5.0, free_at=100.0, begun_at=0.0)
    assert next_start_s(host, 50.0, n_before=3) == 115.0
    assert reason_to_leave("a:80", host, Budget(host_s=115.0), 0.0, 50.0, n_before=3) is None
    assert "its 114 s" in str(reason_to_leave("a:80", host, Budget(host_s=114.0), 0.0, 50.0, n_before=3))
    assert "for pages" in str(reason_to_leave("a:80", host, Budget(run_s=114.0), 0.0, 50.0, n_before=3))
    assert reason_to_leave("a:80", host, Budget(), 0.0, 1e9) is None


def test_our_own_hosts_have_no_budget() -> None:
    manners = RateLimiter(2, 5.0, ["a:80"], max_requests=2, budget=Budget(host_s=0.0, run_s=0.0))
    had, _, _ = asked(manners, ["a:80"] * 50)
    assert had == {"a:80": 50}
