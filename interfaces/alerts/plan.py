"""What is to be told to whom: changes, rules, what was told before and the moment in; deliveries out. Pure.

Specification. For each incident whose facts changed and each channel:

- What the channel knows of the incident is the newest delivery, queued or passed over, under its id, or else under an
  id that was merged into it: a merge makes no news.
- Unknown to the channel, it is told where a rule asks for it, and passed over where only runs that are not live changed
  it (re-coding, a corpus, a person's decision), or where its newest article is older than the rule allows: found late.
- Known, it is told again where a change is material (`interfaces.alerts.material`) against what the channel knows and a
  rule that asked for it wants revisions. Re-coding and corpora move what the channel knows and tell nothing.
- What was passed over and never told is told where a rule asks for it after a material change of a live run.
- One delivery for a revision and a channel, whatever the number of rules; its id is made of these three.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interfaces.alerts.match import matches
from interfaces.alerts.material import POLICY, Facts, material_changes
from interfaces.alerts.rules import Rule, Rules
from interfaces.exports.texts import instant
from interfaces.plaintext import one_line
from interfaces.syndication.items import MAX_TITLE_CHARS, extension
from model.alert import Delivery, DeliveryState
from model.ids import make_id
from warehouse.outbox import ChannelRecord, News

MAX_WHY_CHARS = 500  # all of a revision's changes in words; places have names of any length
LIVE = frozenset({"monitor"})  # runs that bring what happens
CORRECTING = frozenset({"monitor", "decide", "rollback"})  # and those that set right what was told


@dataclass(frozen=True, slots=True)
class _Known:
    """What a channel knows of an incident.

    `facts` is JSON as of `revision` of its own id (0: known under another id only); `rules` had it told last.
    """

    facts: str
    revision: int
    was_sent: bool
    rules: tuple[str, ...]


def plan(
    news: Sequence[News], before: Sequence[ChannelRecord], rules: Rules, marks: Mapping[str, int], now: datetime
) -> tuple[Delivery, ...]:
    """Decide what is to be told.

    Args:
        news: Incidents whose facts changed.
        before: What was told or passed over of these and of their families, the oldest first.
        rules: Whom to tell what.
        marks: Up to which change each rule has been asked; a rule without a mark is asked nothing.
        now: The moment of the run.
    """
    known: dict[tuple[str, str], _Known] = {}
    for record in before:
        key = record.incident_id, record.channel
        known[key] = _learn(known.get(key), record)
    return tuple(
        delivery
        for item in news
        for channel in rules.channels
        for delivery in _decide(
            item, channel, _asked(rules, channel, marks, item), _of_family(known, item, channel), now
        )
    )


def facts_of(item: News) -> Facts:
    """Tell an incident as deliveries keep it."""
    i = item.incident
    facts = extension(i, item.revision) | {
        "headline": one_line(i.headline, MAX_TITLE_CHARS),
        "detected_at": instant(i.detected_at),
        "first_published_at": instant(i.first_published_at) if i.first_published_at else None,
    }
    return facts | {"status": "retracted"} if item.is_gone else facts


def _asked(rules: Rules, channel: str, marks: Mapping[str, int], item: News) -> list[Rule]:
    return [r for r in rules.rules if channel in r.channels and item.last_change_id > marks.get(r.name, 1 << 62)]


def _learn(known: _Known | None, record: ChannelRecord) -> _Known:
    """Add a delivery to what a channel knows: its facts are the newest, told or passed over."""
    if known is None:
        return _Known(record.facts, record.revision, record.was_sent, record.rules if record.was_sent else ())
    rules = record.rules if record.was_sent else known.rules
    return _Known(record.facts, record.revision, known.was_sent or record.was_sent, rules)


def _of_family(known: Mapping[tuple[str, str], _Known], item: News, channel: str) -> _Known | None:
    """What a channel knows of an incident under its own id, or else under one that was merged into it."""
    others = [one for gone in item.family if (one := known.get((gone, channel)))]
    sent = next((one for one in others if one.was_sent), None)
    own = known.get((item.incident.incident_id, channel))
    if own is not None:
        return replace(own, was_sent=True, rules=sent.rules) if sent and not own.was_sent else own
    other = sent or next(iter(others), None)
    return replace(other, revision=0) if other else None


def _decide(item: News, channel: str, asked: list[Rule], known: _Known | None, now: datetime) -> Iterator[Delivery]:
    if known is not None and known.revision >= item.revision:
        return
    matched = [] if item.is_gone else [rule for rule in asked if matches(rule, item.incident)]
    if known is None:
        yield from _first(item, channel, matched, now)
        return
    changes = material_changes(json.loads(known.facts), facts_of(item))
    if not changes:
        return
    if not known.was_sent:
        yield from _first(item, channel, matched, now)
        return
    wanting = [rule for rule in asked if rule.name in known.rules and rule.revisions == "material"]
    if not wanting:
        return
    words = f"{POLICY}: {'; '.join(changes)}"
    kind = "retracted" if facts_of(item)["status"] == "retracted" else "revised"
    if item.run_kinds & CORRECTING:
        yield _delivery(item, channel, wanting, DeliveryState.QUEUED, kind, words, now)
    else:
        yield _delivery(item, channel, wanting, DeliveryState.PASSED_OVER, kind, f"re-coded, {words}", now)


def _first(item: News, channel: str, matched: list[Rule], now: datetime) -> Iterator[Delivery]:
    if not matched:
        return
    if not item.run_kinds & LIVE:
        why = f"not of a live run ({', '.join(sorted(item.run_kinds))})"
        yield _delivery(item, channel, matched, DeliveryState.PASSED_OVER, "new", why, now)
        return
    timely = [rule for rule in matched if _is_timely(rule, item, now)]
    if timely:
        yield _delivery(item, channel, timely, DeliveryState.QUEUED, "new", "newly detected", now)
    else:
        yield _delivery(item, channel, matched, DeliveryState.PASSED_OVER, "new", "found late", now)


def _is_timely(rule: Rule, item: News, now: datetime) -> bool:
    if not rule.max_age_days or item.newest_published_at is None:
        return True
    return now - item.newest_published_at <= timedelta(days=rule.max_age_days)


def _delivery(
    item: News, channel: str, rules: Sequence[Rule], state: DeliveryState, kind: str, why: str, now: datetime
) -> Delivery:
    i = item.incident
    return Delivery(
        delivery_id=make_id("alr", i.incident_id, item.revision, channel),
        incident_id=i.incident_id,
        revision=item.revision,
        channel=channel,
        state=state,
        attempts=0,
        next_try_at=now if state is DeliveryState.QUEUED else None,
        queued_at=now,
        updated_at=now,
        reason=one_line(why, MAX_WHY_CHARS),
        rules=tuple(rule.name for rule in rules),
        facts=json.dumps({**facts_of(item), "kind": kind, "why": one_line(why, MAX_WHY_CHARS)}, ensure_ascii=False),
    )
