from datetime import UTC, datetime, timedelta

from acquisition.recheck import needs_check, next_check_at

SEEN = datetime(2018, 2, 7, 12, tzinfo=UTC)


def at(hours: float) -> datetime:
    return SEEN + timedelta(hours=hours)


def test_a_page_is_asked_again_after_1_6_24_and_48_hours() -> None:
    checked, asked = SEEN, []
    for quarter in range(4 * 100):
        now = at(quarter / 4)
        if needs_check(SEEN, checked, now):
            asked.append((now - SEEN).total_seconds() / 3600)
            checked = now
    assert asked == [1, 6, 24, 48]


def test_missed_checks_are_made_up_once() -> None:
    assert needs_check(SEEN, SEEN, at(30))
    assert next_check_at(SEEN, at(30)) == at(48)


def test_an_old_article_is_left_alone() -> None:
    assert next_check_at(SEEN, at(48)) is None
    assert not needs_check(SEEN, at(50), at(5000))
