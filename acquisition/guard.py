"""The gate: which addresses the poller may ask at all (SSRF).

Specification: only http and https, on their usual ports, with no credentials, no backslash and no control character
in the address; the host's name is resolved once, every answer must be a globally routed unicast address, and the
connection goes to that very answer (see `acquisition.backend`). Each hop of a redirect passes the gate again.

Addresses that carry an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo) are refused outright: on a network
that translates them they reach inner hosts, and no public site is published under one.

`allow_hosts` ("host:port") exempts exact pairs, for the newsroom on loopback. It is empty unless a person sets it.
Sources: RFC 6890 registries; the advisories and cases named in `docs/reference/faults.md`.
False positives: a feed on an odd port (it must be named in `allow_hosts`), an IPv6-only network with NAT64.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
USUAL_PORTS = frozenset(DEFAULT_PORTS.values())
MAX_URL_CHARS = 2048  # the longest address that the common servers take; longer ones are abuse
INNER_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")  # never public
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff\\]")
_HOST = re.compile(r"[^\s/\\@%<>\"^`{|}]+")
_EXTRA = (  # what `ipaddress` of Python 3.11 calls global, or may, though no public site lives there
    "192.0.0.0/24",  # protocol assignments; 192.0.0.192 is a cloud's metadata address
    "168.63.129.16/32",  # another cloud's metadata address, in public space
    "192.88.99.0/24",
    "100.64.0.0/10",
    "198.18.0.0/15",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "2001::/23",
    "2002::/16",
    "3fff::/20",
    "fec0::/10",
)
_REFUSED: tuple[IPv4Network | IPv6Network, ...] = tuple(ip_network(text) for text in _EXTRA)


@dataclass(frozen=True, slots=True)
class AddressCheck:
    """Whether an address may be asked; `reason` is one plain line when it may not. `host` is in small letters."""

    ok: bool
    reason: str | None
    host: str = ""
    port: int = 0
    is_exempt: bool = False


def check_form(url: str) -> AddressCheck:
    """Check the form of an address: scheme, host, no credentials, no characters on which parsers disagree.

    >>> check_form("https://example.org/feed").ok
    True
    >>> check_form("file:///etc/passwd").reason
    "the scheme 'file' is not http or https"
    """
    reason = _fault_of_text(url)
    if reason:
        return AddressCheck(False, reason)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return AddressCheck(False, f"not an address: {error}")
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme.lower() not in DEFAULT_PORTS:
        return AddressCheck(False, f"the scheme {parts.scheme!r} is not http or https")
    if "@" in parts.netloc:
        return AddressCheck(False, "the address carries credentials")
    if not host or not _HOST.fullmatch(host):
        return AddressCheck(False, "the address has no host, or one of forbidden characters")
    return AddressCheck(True, None, host, DEFAULT_PORTS[parts.scheme.lower()] if port is None else port)


def _fault_of_text(url: str) -> str | None:
    """Say what is wrong with the characters of an address, or null."""
    if len(url) > MAX_URL_CHARS:
        return f"the address is longer than {MAX_URL_CHARS} characters"
    if _UNSAFE.search(url):
        return "the address has a space, a control character, half of a surrogate pair or a backslash"
    return None


def check_address(url: str, allow_hosts: Collection[str] = ()) -> AddressCheck:
    """Check an address before its name is resolved: form, port, inner names and literal addresses.

    Args:
        url: The address.
        allow_hosts: "host:port" pairs exempt from all but the check of form.

    Returns:
        The verdict; `is_exempt` tells the connecting side to skip the check of what the name resolves to.

    >>> check_address("http://127.0.0.1/").reason
    '127.0.0.1 is not a public address'
    >>> check_address("http://127.0.0.1:8000/", ["127.0.0.1:8000"]).ok
    True
    """
    check = check_form(url)
    if not check.ok:
        return check
    if f"{check.host}:{check.port}" in allow_hosts:
        return AddressCheck(True, None, check.host, check.port, is_exempt=True)
    reason = _fault_of_target(check.host, check.port)
    return AddressCheck(reason is None, reason, check.host, check.port)


def _fault_of_target(host: str, port: int) -> str | None:
    """Say why a host and port may not be asked, or null."""
    if port not in USUAL_PORTS:
        return f"the port {port} is not one of the web's"
    if any(host == name or host.endswith("." + name) for name in INNER_NAMES):
        return f"{host} is a name of an inner network"
    try:
        ip_address(host)
    except ValueError:
        return None
    return None if is_public(host) else f"{host} is not a public address"


def is_public(address: str) -> bool:
    """Say whether a literal IP address is globally routed unicast and carries no other address inside.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:93.184.216.34")
    (True, False, False)
    """
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        return False
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified or not ip.is_global:
        return False
    return not any(ip in network for network in _REFUSED if network.version == ip.version)
