"""The webhook: one POST for each delivery, signed, with the delivery's id as its key.

The signature is HMAC-SHA256 with the channel's secret over the bytes `<timestamp>.<body>`, both of them sent, so that a
receiver can refuse what is forged, changed or old. The body of a delivery has the same bytes at every attempt.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import httpx

from interfaces.addresses import incident_url
from interfaces.alerts.deadline import within
from interfaces.exports.texts import instant
from model.alert import Delivery

TIMEOUT_S = 10.0  # between two bytes: a receiver should take the message and work later; a run waits for it
WHOLE_ANSWER_S = 20.0  # from the first byte sent to the last of the headers: one byte in time after another has no end
GONE = 410
_ACCEPTED = range(200, 300)
_TRY_LATER = frozenset({408, 425, 429})  # among the answers that otherwise say that this message is not wanted
MAX_RETRY_AFTER_S = 21_600


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an attempt; `reason` holds no address and no secret.

    `is_down`: the receiver takes nothing now. `is_refused`: it does not take this message as it is, so it is not sent
    again unchanged. `is_final`: it will never take it.
    """

    is_taken: bool
    reason: str
    is_down: bool = False
    is_final: bool = False
    wait: timedelta | None = None
    is_refused: bool = False


def payload(delivery: Delivery, site_url: str) -> bytes:
    """Write a delivery as JSON (`alert/1`): the same bytes at every attempt."""
    facts = json.loads(delivery.facts)
    fields = {
        "schema": "alert/1",
        "delivery_id": delivery.delivery_id,
        "kind": facts.pop("kind"),
        "why": facts.pop("why"),
        "rules": delivery.rules,
        "queued_at": instant(delivery.queued_at),
        "url": incident_url(site_url, delivery.incident_id),
        "incident": facts,
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Sign a body: `t=<seconds since 1970>,v1=<hex of HMAC-SHA256>`.

    >>> sign("0123456789abcdef", 1518000000, b"{}")[:16]
    't=1518000000,v1='
    """
    digest = hmac.new(secret.encode("utf-8"), f"{timestamp}.".encode("ascii") + body, sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def post(url: str, secret: str, key: str, body: bytes, timestamp: int, n_waiting: int = 0) -> Answer:
    """Send one body; redirects are not followed, since they would carry it to where nobody sent it."""
    headers = {
        "content-type": "application/json",
        "user-agent": "Deconflict (alerts)",
        "idempotency-key": key,
        "deconflict-signature": sign(secret, timestamp, body),
        "deconflict-waiting": str(n_waiting),
    }
    limits = {"timeout": httpx.Timeout(TIMEOUT_S).as_dict()}
    try:
        request = httpx.Request("POST", url, content=body, headers=headers, extensions=limits)
        return within(WHOLE_ANSWER_S, lambda: _sent(request))
    except TimeoutError:
        return Answer(False, f"no whole answer within {WHOLE_ANSWER_S:g} s", is_down=True)
    except (httpx.HTTPError, httpx.InvalidURL) as error:  # their texts may hold the address
        return Answer(False, f"no answer ({type(error).__name__})", is_down=True)


def _sent(request: httpx.Request) -> Answer:
    """Send a request by the transport below httpx's client: it follows nothing, keeps no cookies, logs no address."""
    with httpx.HTTPTransport(trust_env=False) as transport:
        response = transport.handle_request(request)
        response.close()
        return _answer(response.status_code, response.headers)


def _answer(status: int, headers: Mapping[str, str]) -> Answer:
    if status in _ACCEPTED:
        return Answer(True, f"status {status}")
    is_down = status >= 500 or status in _TRY_LATER
    after = headers.get("retry-after", "")
    wait = timedelta(seconds=min(int(after), MAX_RETRY_AFTER_S)) if after.isascii() and after.isdigit() else None
    why = ", a redirect, which is not followed" if 300 <= status < 400 else ""
    return Answer(False, f"status {status}{why}", is_down=is_down, is_final=status == GONE, wait=wait)
