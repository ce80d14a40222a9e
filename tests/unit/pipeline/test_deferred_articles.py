from datetime import UTC, datetime

from model.feed import Entry, Fetch, Outcome, Validators
from model.run import SeenEntry
from pipeline.poll_results import Concluded, without_deferred

NOW = datetime(2018, 2, 8, tzinfo=UTC)


def fetch(feed_id: str | None) -> Fetch:
    validators = Validators(etag='"e"')
    return Fetch(f"f-{feed_id}", "u", "u", feed_id, NOW, 1, Outcome.OK, 200, 1, None, validators)


def seen(feed_id: str, name: str) -> SeenEntry:
    return SeenEntry(Entry(feed_id, name, None, name, None, "", None, None), name, NOW)


def test_a_feed_with_a_deferred_article_is_asked_for_in_full_again() -> None:
    concluded = Concluded((fetch("a"), fetch("b")), (seen("a", "1"), seen("a", "2"), seen("b", "3")), (), (), 0)
    left = without_deferred(concluded, frozenset({"2"}))
    assert [entry.article_id for entry in left.entries] == ["1", "3"]
    assert [row.validators.etag for row in left.fetches] == [None, '"e"']
    assert without_deferred(concluded, frozenset()) == concluded
