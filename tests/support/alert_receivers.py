"""Receivers of alerts on loopback, over real sockets: a program's webhook and a mail server."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Taken:
    """One request that a webhook took, and what it answered."""

    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Webhook:
    """What the receiver saw. `status` is what it answers next; `before_answer` is called before it answers."""

    taken: list[Taken] = field(default_factory=list)
    status: int = 200
    answer_headers: dict[str, str] = field(default_factory=dict)
    before_answer: Callable[[], None] = lambda: None
    url: str = ""

    @property
    def keys(self) -> list[str]:
        return [one.headers["idempotency-key"] for one in self.taken if one.status == 200]


@contextmanager
def running_webhook() -> Iterator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            hook.taken.append(Taken(headers, body, hook.status))
            hook.before_answer()
            self.send_response(hook.status)
            for name, value in hook.answer_headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    hook.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mailbox:
    """Mails that came in; `refuses` has the server turn them away; `before_answer` is called once one is taken."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuses: bool = False
    before_answer: Callable[[], None] = lambda: None
    url: str = ""

    @property
    def texts(self) -> list[str]:
        return [mail.get_body(("plain", "html")).get_content() for mail in self.mails]

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        self.before_answer()
        return "250 OK"


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.socket() as probe:  # the controller wants to know its port beforehand
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"mailto://127.0.0.1:{port}?from=deconflict@news.example&to=desk@news.example&mode=insecure&format=text"
    try:
        yield box
    finally:
        controller.stop()
