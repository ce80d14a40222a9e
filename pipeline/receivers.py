"""Whether an address of a receiver may be posted to: a decision of the guard that feeds have, with other limits.

A feed's address comes from outside, a receiver's from the person who runs this, in the environment; so loopback and
private hosts and any port are allowed. What nobody means is refused all the same: link-local hosts (where clouds keep
credentials), addresses that carry another inside, and plain http to a public host.
"""

from __future__ import annotations

from ipaddress import ip_address

from acquisition.guard import INNER_NAMES, check_form, is_public


def fault_of_receiver(url: str) -> str | None:
    """Say why an address may not be posted to, or null. The address itself is not in the answer: it may be secret.

    >>> fault_of_receiver("https://hooks.example/x"), fault_of_receiver("http://127.0.0.1:8080/")
    (None, None)
    >>> fault_of_receiver("http://169.254.169.254/latest")
    'the host is link-local'
    >>> fault_of_receiver("http://hooks.example/x")
    'a public host wants https'
    """
    check = check_form(url)
    if not check.ok:
        return "it is no plain http or https address (credentials in it are refused, too)"
    try:
        ip = ip_address(check.host)
    except ValueError:
        is_inner = "." not in check.host or check.host.endswith(tuple(f".{name}" for name in INNER_NAMES))
    else:
        if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
            return "the host is link-local" if ip.is_link_local else "the host is no single host"
        if getattr(ip, "ipv4_mapped", None) is not None:
            return "the host carries another address inside"
        is_inner = not is_public(check.host)
    return None if is_inner or url.lower().startswith("https:") else "a public host wants https"
