"""Messages to people, through Apprise: mail, chat, telephones; whatever its address says.

Apprise is imported when something is sent (it takes a second to load). It tells only that a message was not taken; its
own log says why, which is kept with everything that stands in the address taken out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from interfaces.alerts.deadline import within
from interfaces.alerts.webhook import Answer
from interfaces.plaintext import one_line

WHOLE_ANSWER_S = 60.0  # of all parts of one message; Apprise waits 4 s for each byte
MIN_SECRET_CHARS = 3  # shorter pieces of an address are words such as "to"; taking them out would leave no sentence
REFUSED = frozenset({400, 413, 414, 422})  # statuses of a message that is too long or has something unwanted in it
_STATUS = re.compile(r"\berror=(\d{3})\b")  # as Apprise's services log what they were answered
_PIECES = re.compile(r"[^A-Za-z0-9._%+-]+")
_PUBLIC = frozenset(
    "mailto mailtos http https json jsons smtp from name user mode format insecure starttls ssl".split()
)


def push(url: str, title: str, body: str) -> Answer:
    """Send one message; what Apprise does not take counts as a receiver that is down."""
    import apprise

    with _overheard() as heard:
        service = apprise.Apprise()
        if not service.add(url):
            return Answer(False, "the address is none that Apprise knows")
        for one in service:
            one.overflow_mode = apprise.OverflowMode.SPLIT  # by the limit that the service documents
        try:
            form = apprise.NotifyFormat.TEXT
            is_taken = within(WHOLE_ANSWER_S, lambda: service.notify(title=title, body=body, body_format=form))
        except TimeoutError:
            heard.is_given_up = True
            return Answer(False, f"no whole answer within {WHOLE_ANSWER_S:g} s", is_down=True)
        except Exception as error:  # a hundred services' plugins: a fault in one is a message that was not taken
            return Answer(False, f"not taken: {type(error).__name__} in Apprise", is_down=True)
    if is_taken:
        return Answer(True, "taken")
    why = without_secrets("; ".join(heard.lines[-2:]), url) or "no reason was given"
    is_refused = any(int(code) in REFUSED for line in heard.lines for code in _STATUS.findall(line))
    return Answer(False, f"not taken: {why}", is_down=not is_refused, is_refused=is_refused)


def without_secrets(text: str, url: str) -> str:
    """Take every piece of an address out of a text.

    >>> without_secrets("login of bob:tiger at mail.example failed", "mailto://bob:tiger@mail.example")
    'login of ***:*** at *** failed'
    """
    pieces = {piece for whole in (url, unquote(url)) for piece in _PIECES.split(whole)} - _PUBLIC
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece) >= MIN_SECRET_CHARS:
            text = text.replace(piece, "***")
    return one_line(text, 300)


@contextmanager
def _overheard() -> Iterator[_Log]:
    """Keep what Apprise warns of to ourselves, and hush what it is built on: addresses stand in both.

    A message that was given up is still under way in its thread and may warn of it later, so both stay hushed then.
    """
    log = _Log()
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3.connectionpool")]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(log)
    try:
        yield log
    finally:
        for logger, propagates in zip(loggers, before, strict=True):
            if not log.is_given_up:
                logger.removeHandler(log)
                logger.propagate = propagates


class _Log(logging.Handler):
    """Keeps what Apprise warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.is_given_up = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(record.getMessage())
