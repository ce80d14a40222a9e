"""One way to ask for an address: guarded, bounded in time and size, every end of it an `Outcome`.

Built on httpx's engine (httpcore), below httpx's client and pool: cookies, environment proxies, automatic redirects and
unbounded decompression are what a poller must not have. Each request to an address gives exactly one `Answer`; nothing
that a server does raises.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpcore
import httpx

from acquisition.backend import GuardedBackend, RefusedAddressError, UnknownHostError
from acquisition.connections import Connections
from acquisition.decode import ACCEPT_ENCODING, DECODING, BrokenBodyError, TooLargeError, decode_body, is_encoded
from acquisition.guard import check_address
from model.characters import clean_text
from model.errors import is_of_this_machine, machine_fault
from model.feed import Outcome
from model.settings import Settings

CONNECT_TIMEOUT_S = 10.0  # name, TCP and TLS; servers that need longer are down (lion-reader, story-indexer)
IDLE_TIMEOUT_S = 15.0  # longest silence within an answer; the total is the settings' `http_timeout_s`
MAX_REDIRECTS = 5  # browsers allow 20; real feeds need at most three (scheme, host, path)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
RATE_LIMITED = 429
_BUSY = 503


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one address.

    `headers` have names in small letters, repeated ones joined by ", ". `body` is decompressed, null unless the
    outcome is OK. `moved_to` is the end of the leading run of permanent redirects, null where there was none.
    """

    url: str
    final_url: str
    outcome: Outcome
    duration_ms: int
    http_status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    error: str | None = None
    moved_to: str | None = None

    @property
    def n_bytes(self) -> int:
        """Size of the body after decompression."""
        return len(self.body) if self.body is not None else 0


@dataclass(frozen=True, slots=True)
class _Hop:
    """One exchange: an ended one has an outcome, a redirect has a target."""

    outcome: Outcome | None
    http_status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    error: str | None = None
    target: str | None = None


class _StaleConnectionError(Exception):
    """A kept connection was of no use any more; a new one will tell."""


class _Trail:
    """The addresses of one chain of redirects, the first one included."""

    def __init__(self, url: str) -> None:
        self.urls = [url]
        self.moved_to: str | None = None
        self._is_permanent = True

    def fault_of(self, target: str) -> str | None:
        """Say why a redirect is not followed, or null."""
        if target in self.urls:
            return "the redirects go round in a loop"
        return f"more than {MAX_REDIRECTS} redirects" if len(self.urls) > MAX_REDIRECTS else None

    def go(self, target: str, *, is_permanent: bool) -> None:
        """Take a redirect; only a leading run of permanent ones moves the address."""
        self._is_permanent = self._is_permanent and is_permanent
        self.moved_to = target if self._is_permanent else self.moved_to
        self.urls.append(target)


def user_agent(contact: str) -> str:
    """Name ourselves honestly, with whom to write to when a person has set it."""
    try:
        number = version("deconflict")
    except PackageNotFoundError:  # run from a source tree that is not installed
        number = "0"
    return f"Deconflict/{number} (news feed reader{'; +' + contact.strip() if contact.strip() else ''})"


@cache
def _tls_context() -> ssl.SSLContext:
    """Load the certificates once: it takes 45 ms, half of what a batch of unchanged feeds costs."""
    context = httpx.create_ssl_context(trust_env=False)
    context.set_alpn_protocols(["http/1.1"])
    return context


class Client:
    """An HTTP client for one run; use it as an asynchronous context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._allow_hosts = frozenset(settings.allow_hosts)
        self._headers = {
            "user-agent": user_agent(settings.contact),
            "accept": "*/*",
            "accept-encoding": ACCEPT_ENCODING,
        }
        total_s = settings.http_timeout_s
        self._timeout = {
            "connect": min(CONNECT_TIMEOUT_S, total_s),
            "read": min(IDLE_TIMEOUT_S, total_s),
            "write": min(IDLE_TIMEOUT_S, total_s),
        }
        self._connections = Connections(GuardedBackend(self._allow_hosts), _tls_context(), self._timeout["connect"])

    async def __aenter__(self) -> Self:
        """Open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._connections.aclose()

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for an address, following redirects; each hop passes the gate.

        Args:
            url: The address.
            headers: Further request headers, such as validators; they go to the first host only.

        Returns:
            The answer; servers' faults are outcomes, never exceptions.
        """
        begun = time.monotonic()
        trail = _Trail(url)
        try:
            async with asyncio.timeout(self._settings.http_timeout_s):
                hop = await self._follow(trail, headers or {})
        except TimeoutError:
            hop = _Hop(Outcome.TIMEOUT, error=f"no whole answer within {self._settings.http_timeout_s:g} s")
        is_good = hop.outcome in (Outcome.OK, Outcome.NOT_MODIFIED)
        return Answer(
            url=url,
            final_url=trail.urls[-1],
            outcome=hop.outcome or Outcome.BROKEN_BODY,
            duration_ms=round((time.monotonic() - begun) * 1000),
            http_status=hop.http_status,
            headers=hop.headers,
            body=hop.body,
            error=hop.error,
            moved_to=trail.moved_to if is_good else None,
        )

    async def _follow(self, trail: _Trail, headers: Mapping[str, str]) -> _Hop:
        """Make exchanges until one ends; `trail` is filled as they go, so that a timeout knows how far we came."""
        hop = await self._ask_safely(trail.urls[-1], headers)
        while hop.target is not None:
            fault = trail.fault_of(hop.target)
            if fault:
                return _Hop(Outcome.TOO_MANY_REDIRECTS, hop.http_status, error=fault)
            trail.go(hop.target, is_permanent=hop.http_status in PERMANENT)
            hop = await self._ask_safely(hop.target, {})
        return hop

    async def _ask_safely(self, url: str, headers: Mapping[str, str]) -> _Hop:
        """Make one exchange; the one place where the library's exceptions become outcomes."""
        check = check_address(url, self._allow_hosts)
        if not check.ok:
            return _Hop(Outcome.REFUSED_ADDRESS, error=check.reason)
        try:
            return await self._ask(url, headers)
        except TimeoutError:
            raise  # the total deadline; told by `get`
        except Exception as error:  # whatever one server provokes must not end the run
            if is_of_this_machine(error):
                raise machine_fault(error) from error
            outcome = _outcome_of(error)
            return _Hop(outcome, error=_one_line(error))

    async def _ask(self, url: str, headers: Mapping[str, str]) -> _Hop:
        """Make one exchange."""
        target = httpx.URL(url)
        fields = {"host": target.netloc.decode("ascii"), **self._headers, **headers}
        request = httpcore.Request(
            "GET",
            httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path),
            headers=[(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in fields.items()],
            extensions={"timeout": self._timeout},
        )
        try:
            return await self._exchange(url, request, is_new=False)
        except _StaleConnectionError:  # nothing of an answer has come, so nothing is asked for twice
            return await self._exchange(url, request, is_new=True)

    async def _exchange(self, url: str, request: httpcore.Request, *, is_new: bool) -> _Hop:
        """Send a request over a kept or a new connection and read the answer.

        Raises:
            _StaleConnectionError: the server had closed the kept connection, as it may at any moment.
        """
        async with self._connections.lend(request.url.origin, is_new=is_new) as lent:
            try:
                response = await lent.connection.handle_async_request(request)
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError) as error:
                if lent.has_served:
                    raise _StaleConnectionError from error
                raise
            try:
                return await self._read(url, response)
            finally:
                await response.aclose()

    async def _read(self, url: str, response: httpcore.Response) -> _Hop:
        """Turn a response into an ended hop or a redirect."""
        headers = _headers_of(response)
        status = response.status
        if status in REDIRECTS:
            if not headers.get("location"):
                return _Hop(Outcome.HTTP_ERROR, status, headers, error=f"HTTP {status} without a Location")
            return _Hop(None, status, headers, target=_join(url, headers["location"]))
        if status == 304:
            async for _ in response.aiter_stream():  # it has no body; read to its end, the connection serves again
                pass
            return _Hop(Outcome.NOT_MODIFIED, status, headers)
        if not 200 <= status < 300:
            return _Hop(_outcome_of_status(status), status, headers, error=_words_of_status(status, headers))
        try:
            raw = await _read_raw(response, headers, self._settings.max_body_bytes)
            body = await _decode(raw, headers.get("content-encoding"), self._settings.max_body_bytes)
        except TooLargeError as error:
            return _Hop(Outcome.TOO_LARGE, status, headers, error=str(error))
        except BrokenBodyError as error:
            return _Hop(Outcome.BROKEN_BODY, status, headers, error=str(error))
        except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
            return _Hop(Outcome.BROKEN_BODY, status, headers, error=f"the body broke off: {_one_line(error)}")
        return _Hop(Outcome.OK, status, headers, body)


async def _decode(raw: bytes, content_encoding: str | None, max_bytes: int) -> bytes:
    """Undo a body's compression, in a thread where there is any.

    Raises:
        TooLargeError, BrokenBodyError: as `decode_body`.
    """
    if not is_encoded(raw, content_encoding):
        return raw
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(DECODING, decode_body, raw, content_encoding, max_bytes)


async def _read_raw(response: httpcore.Response, headers: Mapping[str, str], max_bytes: int) -> bytes:
    """Read the body as it is on the wire.

    Raises:
        TooLargeError: it is announced, or turns out, to be larger than `max_bytes`.
    """
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced) > max_bytes:
        raise TooLargeError(f"the body is announced with {announced} bytes, over {max_bytes}")
    raw = bytearray()
    async for chunk in response.aiter_stream():
        raw += chunk
        if len(raw) > max_bytes:
            raise TooLargeError(f"the body is larger than {max_bytes} bytes")
    return bytes(raw)


def _headers_of(response: httpcore.Response) -> dict[str, str]:
    """Collect headers by name in small letters."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _join(url: str, location: str) -> str:
    """Resolve a Location; one that cannot be resolved is returned as it is, for the gate to refuse."""
    try:
        text = location.encode("latin-1").decode("utf-8")  # servers send raw UTF-8, which arrives as Latin-1
    except (UnicodeDecodeError, UnicodeEncodeError):
        text = location
    try:
        return str(httpx.URL(url).join(text.strip()).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError):
        return text


def _outcome_of(error: Exception) -> Outcome:
    """Translate an exception of the network or the library."""
    if isinstance(error, RefusedAddressError | httpx.InvalidURL | httpcore.UnsupportedProtocol):
        return Outcome.REFUSED_ADDRESS
    if isinstance(error, UnknownHostError):
        return Outcome.UNKNOWN_HOST
    if isinstance(error, httpcore.TimeoutException):
        return Outcome.TIMEOUT
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Outcome.TLS_ERROR
        cause = cause.__cause__ or cause.__context__
    return Outcome.CONNECT_ERROR


def _outcome_of_status(status: int) -> Outcome:
    """Translate a status that is neither success nor redirect."""
    return Outcome.RATE_LIMITED if status == RATE_LIMITED else Outcome.HTTP_ERROR


def _words_of_status(status: int, headers: Mapping[str, str]) -> str:
    """Tell a refusal in words; a bot wall is told apart from a fault of the feed."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return f"HTTP {status}: a bot wall asks for a browser"
    if status in (RATE_LIMITED, _BUSY) and headers.get("retry-after"):
        return f"HTTP {status}, Retry-After: {headers['retry-after'][:40]}"
    return f"HTTP {status}"


def _one_line(error: BaseException) -> str:
    """Tell an exception in one plain line."""
    text = " ".join(clean_text(str(error)).split())
    return f"{type(error).__name__}: {text}"[:300] if text else type(error).__name__
