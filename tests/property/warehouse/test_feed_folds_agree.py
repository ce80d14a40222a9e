"""The warehouse's fold of the fetch log says of a feed what the poller's own fold says, over any history."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from warehouse_world import make_run

from acquisition.poll_outcome import next_state
from model.feed import FeedHints, FeedState, Fetch, Outcome, Validators
from model.run import RunBatch
from warehouse import open_writer
from warehouse.feedstate import FeedRecord, feed_state, fold_fetch
from warehouse.rollback import rebuild_state

NOW = datetime(2018, 2, 7, 12, tzinfo=UTC)
words = st.one_of(st.none(), st.sampled_from(['"a"', 'W/"b"', "Wed, 07 Feb 2018 21:30:00 GMT"]))
hints = st.builds(
    FeedHints,
    ttl_s=st.one_of(st.none(), st.floats(0, 1e6)),
    update_period_s=st.one_of(st.none(), st.floats(0, 1e6)),
    skip_hours=st.lists(st.integers(0, 23), max_size=3).map(tuple),
    skip_days=st.lists(st.integers(0, 6), max_size=3).map(tuple),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Fetch]:
    return [
        Fetch(
            fetch_id=f"fet_{number}",
            url="https://e.example/rss",
            final_url="https://e.example/rss",
            feed_id="x",
            started_at=NOW + timedelta(hours=number),
            duration_ms=1,
            outcome=draw(st.sampled_from(Outcome)),
            http_status=None,
            n_bytes=0,
            body_sha256=None,
            validators=draw(st.builds(Validators, words, words, words)),
            n_entries=draw(st.one_of(st.none(), st.integers(0, 3))),
            n_new_entries=draw(st.one_of(st.none(), st.integers(0, 3))),
            next_poll_at=draw(st.one_of(st.none(), st.just(NOW + timedelta(hours=number + 1)))),
            next_poll_reason="why",
            n_failures=draw(st.one_of(st.none(), st.floats(0, 20))),
            interval_s=draw(st.one_of(st.none(), st.floats(600, 86_400))),
            moved_to=draw(st.sampled_from([None, "https://a.example/", "https://b.example/"])),
            is_full=draw(st.booleans()),
            hints=draw(st.one_of(st.none(), hints)),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


def by_the_poller(history: list[Fetch]) -> FeedState:
    state = FeedState("x")
    for fetch in history:
        state = next_state(state, fetch)
    return state


@given(histories())
def test_both_folds_agree(history: list[Fetch]) -> None:
    record = FeedRecord("x")
    for fetch in history:
        record = fold_fetch(record, fetch)
    assert feed_state(record, frozenset()) == by_the_poller(history)


@settings(max_examples=8)
@given(histories())
def test_they_agree_over_real_runs_and_after_the_state_was_made_anew(history: list[Fetch]) -> None:
    with tempfile.TemporaryDirectory() as home, open_writer(Path(home) / "w.duckdb") as writer:
        for number, fetch in enumerate(history):
            writer.append(RunBatch(make_run(number), fetches=(fetch,)))
        assert writer.feed_states(["x"])["x"] == by_the_poller(history)
        rebuild_state(writer._con)
        assert writer.feed_states(["x"])["x"] == by_the_poller(history)
