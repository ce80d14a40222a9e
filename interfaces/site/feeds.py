"""How the feeds fare, worst first; what is broken, what is stale and what is merely quiet are kept apart.

*Broken*: the latest attempt failed. *Stale*: it answers, but has brought nothing for so long that chance does not
explain it: five times its usual gap between articles (with articles at random, one silence in 150 lasts so long) and a
week at least. *Quiet*: nothing new for a day, as it may be. A silent feed is not a calm country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from interfaces.site.links import web_address
from interfaces.site.words import NAME_LENGTH, WORDS_LENGTH, count, moment, stamp, tidy
from model.redact import has_secret, redact_text
from warehouse.pages import FeedPulse

QUIET_AFTER = timedelta(days=1)
STALE_AFTER = timedelta(days=7)
GAPS_TO_STALE = 5  # e^-5 is one in 150
BROKEN, STALE, UNASKED, QUIET, WELL = "broken", "stale", "never asked", "quiet", "well"
ORDER = (BROKEN, STALE, UNASKED, QUIET, WELL)
MEANING = {
    BROKEN: "the latest attempt failed",
    STALE: "it answers, but its silence is longer than chance explains",
    UNASKED: "no run has asked it yet",
    QUIET: "it answers, and has brought nothing new for a day",
    WELL: "it answers and brings news",
}


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed as the page shows it; `silence` tells how long it has brought nothing, and what is usual."""

    outlet: str
    feed_id: str
    href: str | None
    state: str
    why: str
    last_success: str
    last_success_stamp: str
    last_new: str
    last_new_stamp: str
    silence: str
    n_articles_7d: int
    n_articles: int
    n_incidents: int
    next_poll: str
    next_poll_stamp: str
    next_reason: str


@dataclass(frozen=True, slots=True)
class FeedsView:
    """All feeds, worst first, and how many are in each state (states that none is in are left out)."""

    feeds: tuple[FeedView, ...]
    counts: tuple[tuple[str, int, str], ...]

    @property
    def summary(self) -> str:
        """How many feeds fail, in the words that every page has."""
        n = {state: number for state, number, _ in self.counts}
        if not self.feeds:
            return "no feeds: these articles came from a corpus"
        parts = [f"{n.get(BROKEN, 0)} of {count(len(self.feeds), 'feed')} failing"]
        parts += [f"{n[STALE]} stale"] if n.get(STALE) else []
        return ", ".join(parts)


def state_of(pulse: FeedPulse, known_at: datetime) -> str:
    """Tell a feed's state at a moment."""
    health = pulse.health
    if health.health == "never_polled":
        return UNASKED
    if health.health in ("failing", "never_answered"):
        return BROKEN
    silence = _silence(pulse, known_at)
    if silence is None or silence > max(STALE_AFTER, GAPS_TO_STALE * (_usual_gap(pulse) or timedelta(0))):
        return STALE
    return QUIET if silence > QUIET_AFTER else WELL


def _silence(pulse: FeedPulse, known_at: datetime) -> timedelta | None:
    last = pulse.health.last_new_entry_at
    return None if last is None else known_at - last


def _usual_gap(pulse: FeedPulse) -> timedelta | None:
    """Return the mean time between articles while the feed brought some; null for fewer than three."""
    first, last, n = pulse.first_seen_at, pulse.health.last_new_entry_at, pulse.health.n_articles
    if first is None or last is None or n < 3 or last <= first:
        return None
    return (last - first) / (n - 1)


def feeds_view(pulses: Sequence[FeedPulse], known_at: datetime | None) -> FeedsView:
    """Make the page of the feeds."""
    if known_at is None:
        return FeedsView((), ())
    views = [_view(pulse, known_at) for pulse in pulses]
    n = Counter(view.state for view in views)
    views.sort(key=lambda view: (ORDER.index(view.state), view.last_new_stamp, view.feed_id))
    return FeedsView(tuple(views), tuple((state, n[state], MEANING[state]) for state in ORDER if n[state]))


def _view(pulse: FeedPulse, known_at: datetime) -> FeedView:
    health = pulse.health
    state = state_of(pulse, known_at)
    last_error = redact_text(health.last_error or "")
    error = tidy(last_error, WORDS_LENGTH) or tidy(health.last_outcome, NAME_LENGTH).replace("_", " ")
    failed = f"{error} ({count(round(health.n_failures), 'failed attempt')} in a row)"
    return FeedView(
        outlet=tidy(health.outlet, NAME_LENGTH),
        feed_id=tidy(health.feed_id, NAME_LENGTH),
        href=None if has_secret(health.url) else web_address(health.url),
        state=state,
        why=failed if state == BROKEN else MEANING[state],
        last_success=moment(health.last_success_at),
        last_success_stamp=stamp(health.last_success_at),
        last_new=moment(health.last_new_entry_at),
        last_new_stamp=stamp(health.last_new_entry_at),
        silence=_silence_words(pulse, known_at),
        n_articles_7d=pulse.n_articles_7d,
        n_articles=health.n_articles,
        n_incidents=pulse.n_incidents,
        next_poll=moment(health.next_poll_at),
        next_poll_stamp=stamp(health.next_poll_at),
        next_reason=tidy(health.next_poll_reason, WORDS_LENGTH),
    )


def _silence_words(pulse: FeedPulse, known_at: datetime) -> str:
    silence, usual = _silence(pulse, known_at), _usual_gap(pulse)
    if silence is None:
        return "has never brought anything"
    words = f"silent for {_span(silence)}"
    return f"{words}; usually {_span(usual)} between articles" if usual else words


def _span(span: timedelta) -> str:
    hours = max(span.total_seconds() / 3600, 0)
    if hours < 1:
        return "less than an hour"
    return count(round(hours), "hour") if hours < 48 else count(round(hours / 24), "day")
