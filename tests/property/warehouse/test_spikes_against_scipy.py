"""pub.spikes against the same rules in plain Python with scipy's laws and false discovery control; and calm worlds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, nbinom
from small_record import Record, world

MONDAY = date(2016, 1, 4)
WEEK = timedelta(days=7)
N_EXAMPLES = int(os.environ.get("DECONFLICT_FUZZ_EXAMPLES", "20"))


# One row of each table, made many.
MANY_ARTICLES = """
    INSERT INTO core.article
    SELECT a.* REPLACE ('a' || day || n AS article_id, day::TIMESTAMPTZ AS published_at)
    FROM core.article a, (
        SELECT day, unnest(range(n)) AS n FROM (SELECT unnest(?::DATE[]) AS day, unnest(?::BIGINT[]) AS n)
    )
"""
MANY_INCIDENTS = """
    INSERT INTO core.incident_version
    SELECT v.* REPLACE (
        series || day || n AS incident_id, series AS country_code, day AS date_start, day AS date_end,
        row_number() OVER () AS version_no
    )
    FROM core.incident_version v, (
        SELECT series, day, unnest(range(n)) AS n
        FROM (SELECT unnest(?::VARCHAR[]) AS series, unnest(?::DATE[]) AS day, unnest(?::BIGINT[]) AS n)
    )
"""


def write(record: Record, counts: Sequence[Sequence[int]], articles: Sequence[int], step: timedelta = WEEK) -> None:
    """Incidents of country `A`, `B`, … by period, and the articles seen in each period (0: nobody watched)."""
    n_periods = len(articles)
    end = datetime.combine(MONDAY + n_periods * step, datetime.min.time(), UTC)
    record.run(1, end)
    days = [MONDAY + i * step for i in range(n_periods)]
    record.put("article", {"article_no": 0, "article_id": "a", "outlet": "An outlet", "run_no": 1})
    record.put("incident_version", {"version_no": 0, "incident_id": "i", "run_no": 1, "date_precision": "day"})
    record.con.execute(MANY_ARTICLES, [days, list(articles)])
    rows = [(chr(65 + s), day, n) for s, series in enumerate(counts) for day, n in zip(days, series, strict=True)]
    record.con.execute(MANY_INCIDENTS, [list(column) for column in zip(*rows, strict=True)])
    record.con.execute("DELETE FROM core.article WHERE article_id = 'a'")
    record.con.execute("DELETE FROM core.incident_version WHERE incident_id = 'i'")
    record.fold()


def plainly(
    counts: Sequence[Sequence[int]], articles: Sequence[int], n_baseline: int, step: timedelta = WEEK
) -> dict[tuple[str, date], tuple[int, float, float, float]]:
    """n, expected, p and q of each period that would be a spike at any level: above what was expected, above two."""
    tests: list[tuple[str, date, int, float, float]] = []
    for name, series in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", counts, strict=False):
        if not any(n for n, seen in zip(series, articles, strict=True) if seen):
            continue
        watched = [i for i, seen in enumerate(articles) if seen]
        for i in watched:
            season = [j for j in watched if step == WEEK or (i - j) % 7 == 0]
            past = [j for j in season if i - n_baseline * (1 if step == WEEK else 7) <= j < i]
            if len(past) < 8:
                continue
            expected = articles[i] * (sum(series[j] for j in past) + 0.5) / sum(articles[j] for j in past)
            others = np.array([series[j] for j in season if j != i], dtype=float)
            dispersion = max(1.0, others.var(ddof=1) / others.mean()) if others.any() else 1.0
            inflated = dispersion * (1 + 1 / len(past))
            p = 1.0
            if series[i] >= 3 and series[i] > expected:
                p = float(nbinom.sf(series[i] - 1, expected / (inflated - 1), 1 / inflated))
            tests.append((name, MONDAY + i * step, series[i], expected, p))
    if not tests:
        return {}
    q = false_discovery_control([t[4] for t in tests])
    return {
        (t[0], t[1]): (*t[2:], float(one)) for t, one in zip(tests, q, strict=True) if t[2] >= 3 and t[2] > t[3]
    }  # fmt: skip


def asked(record: Record, by: str = "week", share: float = 1.0, n_baseline: int = 26) -> list[tuple[Any, ...]]:
    return record.ask(
        "SELECT series, period_start, n_incidents, n_expected, p_value, q_value, words, incident_ids "
        'FROM pub.spikes("by" := ?, false_share_0_1 := ?, n_baseline := ?)',
        by, share, n_baseline,
    )  # fmt: skip


def compare(found: list[tuple[Any, ...]], right: dict[tuple[str, date], tuple[int, float, float, float]]) -> None:
    assert {(row[0], row[1]) for row in found} == set(right)
    for series, start, n, expected, p, q, _, ids in found:
        wanted = right[(series, start)]
        assert (n, len(set(ids))) == (wanted[0], wanted[0])
        assert expected == pytest.approx(wanted[1], abs=0.0051)  # it is told with two places
        assert p == pytest.approx(wanted[2], rel=1e-4)
        assert q == pytest.approx(wanted[3], rel=1e-4)
        assert all(one.startswith(f"{series}{start}") for one in ids)


worlds = st.integers(10, 45).flatmap(
    lambda n: st.tuples(
        st.lists(
            st.lists(st.integers(0, 3) | st.integers(0, 60), min_size=n, max_size=n), min_size=1, max_size=4
        ),
        st.lists(st.just(0) | st.integers(1, 40), min_size=n, max_size=n),
    )
)  # fmt: skip
LONE = ([2] * 20 + [90] + [2] * 4, [30] * 25)  # p is 1e-30 or so, which 1 less the lower tail cannot tell from nothing
LARGE = ([300, 290, 310, 305, 295] * 4 + [420], [1000] * 21)


@settings(max_examples=N_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, st.sampled_from((8, 26)))
@example(([LONE[0]], LONE[1]), 26)
@example(([LARGE[0], [0] * 21], LARGE[1]), 26)
def test_chances_are_those_of_scipy(empty: Any, made: tuple[list[list[int]], list[int]], n_baseline: int) -> None:
    counts, articles = made
    with world(empty) as record:
        write(record, counts, articles)
        compare(asked(record, n_baseline=n_baseline), plainly(counts, articles, n_baseline))


def test_days_are_held_against_their_own_weekday(empty: Any) -> None:
    rng = np.random.default_rng(20180207)
    busy_mondays = [[int(n) for n in rng.poisson([12, 1, 1, 1, 1, 1, 1] * 12)]]
    busy_mondays[0][72] = 9  # a Wednesday
    with world(empty) as record:
        write(record, busy_mondays, [20] * 84, timedelta(days=1))
        compare(asked(record, "day"), plainly(busy_mondays, [20] * 84, 26, timedelta(days=1)))
        assert [row[1] for row in asked(record, "day", 0.05)] == [MONDAY + timedelta(days=72)]


def test_a_spike_is_told_with_its_numbers_and_its_incidents(empty: Any) -> None:
    with world(empty) as record:
        write(record, [LONE[0]], LONE[1])
        ((series, start, n, expected, p, q, words, ids),) = asked(record, share=0.05)
    # 17 tests: 25 weeks, of which the first eight have too little before them.
    assert (series, start, n) == ("A", MONDAY + 20 * WEEK, 90)
    assert expected in (2.02, 2.03)  # 2.025, which DuckDB 1.5 rounds up and 2.0 down
    assert q == pytest.approx(p * 17)
    assert 0 < p < 1e-15
    assert words == (
        f"A: 90 incidents in the week from 2016-05-23, where 2.0 were to be expected from 20 watched periods before "
        f"(chance {p:.0e}, {q:.0e} after allowing for the number of tests)"
    )
    assert ids == sorted(ids)
    assert len(ids) == 90


@pytest.mark.parametrize(
    ("rate", "dispersion", "n_series"), [(0.3, 1, 10), (5, 1, 5), (5, 3, 5)], ids=["rare", "Poisson", "bursty"]
)
def test_calm_worlds_have_hardly_any_spikes(empty: Any, rate: float, dispersion: int, n_series: int) -> None:
    """Of twelve worlds in which nothing happens but chance, at most two may show a spike; 0.05 of them are promised."""
    rng = np.random.default_rng(7)
    n_worlds_with_spikes = 0
    for _ in range(12):
        shape = (n_series, 60)
        counts = (
            rng.poisson(rate, shape)
            if dispersion == 1
            else rng.negative_binomial(rate / (dispersion - 1), 1 / dispersion, shape)
        )
        with world(empty) as record:
            write(record, counts.tolist(), [20] * 60)
            n_worlds_with_spikes += bool(asked(record, share=0.05))
    assert n_worlds_with_spikes <= 2
