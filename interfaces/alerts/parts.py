"""A message that its receiver refuses, sent again in smaller parts, and at last as its first lines.

Services limit a message to some hundred to some ten thousand characters, and not every address tells Apprise which
service it is. What was refused is never sent again unchanged: a digest is halved, and a single alert is cut to the
limits in `SHORTER`. What is refused even then is given up, which the list of alerts says; the incident is on the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from interfaces.alerts.push import push
from interfaces.alerts.text import body, subject
from interfaces.alerts.webhook import Answer
from model.alert import Delivery

SHORTER = (1_900, 900, 300)  # characters: below Discord's 2,000, Viber's and others' 1,000, and pagers' and SMS's


def push_in_parts(
    url: str, deliveries: Sequence[Delivery], max_incidents: int, site_url: str
) -> Iterator[tuple[Sequence[Delivery], Answer]]:
    """Send deliveries as one message, or as several where that is refused; a part is sent when it is asked for."""
    message = body(deliveries, max_incidents, site_url)
    answer = push(url, subject(deliveries), message)
    if answer.is_refused and len(deliveries) > 1:
        middle = len(deliveries) // 2
        for half in (deliveries[:middle], deliveries[middle:]):
            yield from push_in_parts(url, half, max_incidents, site_url)
        return
    for limit in SHORTER:
        if answer.is_refused and len(message) > limit:
            answer = push(url, subject(deliveries), f"{message[: limit - 2]}…\n")
    yield deliveries, replace(answer, is_final=answer.is_final or answer.is_refused)
