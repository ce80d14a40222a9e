"""How often a feed asks to be polled: RSS `ttl`, `skipHours`, `skipDays`, and the syndication module's period."""

from __future__ import annotations

import re

from model.feed import FeedHints

_HEAD_BYTES = 65_536  # hints stand in the channel's head; entries come after it in nearly every feed
_MAX_TTL_MIN = 10_080.0  # a week; longer ones are slips (seconds for minutes)
_PERIOD_S = {"hourly": 3600.0, "daily": 86_400.0, "dayly": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0,
             "yearly": 31_536_000.0, "always": 600.0}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TTL = re.compile(rb"<ttl>\s*(\d{1,9})(?:\.\d+)?\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<[\w-]+:updatePeriod[^>]{0,200}>\s*(\w+)\s*</", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<[\w-]+:updateFrequency[^>]{0,200}>\s*(\d{1,6}(?:\.\d+)?)\s*</", re.IGNORECASE)
_SKIP_HOURS = re.compile(rb"<skipHours>(.*?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays>(.*?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w+)\s*</day>", re.IGNORECASE)


def read_hints(body: bytes) -> FeedHints:
    """Read the hints in the head of a feed; what makes no sense counts as absent.

    >>> read_hints(b"<rss><channel><ttl>15</ttl></channel></rss>").ttl_s
    900.0
    """
    head = body[:_HEAD_BYTES]
    ttl = _TTL.search(head)
    ttl_min = float(ttl[1]) if ttl else 0.0
    hours = _SKIP_HOURS.search(head)
    days = _SKIP_DAYS.search(head)
    return FeedHints(
        ttl_s=ttl_min * 60 if 0 < ttl_min <= _MAX_TTL_MIN else None,
        update_period_s=_update_period_s(head),
        skip_hours=tuple(sorted({int(hour) % 24 for hour in _HOUR.findall(hours[1]) if int(hour) <= 24}))  # 24 is 0
        if hours
        else (),
        skip_days=tuple(sorted(_weekdays(_DAY.findall(days[1])))) if days else (),
    )


def _update_period_s(head: bytes) -> float | None:
    """Read the syndication module: the period divided by the frequency."""
    period = _PERIOD.search(head)
    if not period:
        return None
    period_s = _PERIOD_S.get(period[1].decode("ascii", "replace").lower())
    frequency = _FREQUENCY.search(head)
    times = float(frequency[1]) if frequency else 1.0
    return period_s / times if period_s and times > 0 else None


def _weekdays(names: list[bytes]) -> set[int]:
    """Number weekdays from Monday, 0."""
    words = {name.decode("ascii", "replace").lower() for name in names}
    return {number for number, day in enumerate(_DAYS) if day in words}
