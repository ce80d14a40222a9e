import pytest

from acquisition.guard import MAX_URL_CHARS, check_address, check_form, is_public

REFUSED = [
    "ftp://example.org/feed",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "//example.org/feed",
    "example.org/feed",
    "",
    "http://",
    "http:///path",
    "http://user@example.org/",
    "http://user:secret@example.org/",
    "http://example.org\\@169.254.169.254/",
    "http://exa mple.org/",
    "http://example.org/\r\nHost: inner",
    "http://example.org/\x00",
    "http://example.org/?x=\ud83d",
    "http://example.org/\x85a",
    "http://192.0.0.192/opc/v1/",
    "http://168.63.129.16/",
    "http://example.org:99999/",
    "http://example.org:port/",
    "http://[::1/",
    "http://example.org:22/",
    "http://example.org:8080/",
    "http://example.org:0/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://feeds.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://127.0.0.1/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://192.168.0.1/",
    "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "https://example.org/" + "a" * MAX_URL_CHARS,
]

NOT_PUBLIC = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3",  # noqa: S104 - refused, not bound to
    "10.0.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "192.0.0.192", "192.0.0.8", "168.63.129.16",
    "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "2002:808:808::1", "2001::1",
    "2001:db8::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "rubbish", "",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_refuses(url: str) -> None:
    check = check_address(url)
    assert not check.ok
    assert check.reason


@pytest.mark.parametrize(
    "url",
    ["https://example.org/feed", "http://example.org:80/", "https://93.184.216.34/", "http://[2606:2800:220:1::]/x",
     "https://münchen.example/feed", "HTTPS://EXAMPLE.ORG/FEED?x=@y"],
)  # fmt: skip
def test_accepts(url: str) -> None:
    assert check_address(url).ok


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1"])
def test_is_public(address: str) -> None:
    assert is_public(address)


def test_an_allowed_pair_is_exempt_and_only_that_pair() -> None:
    allowed = ("127.0.0.1:8000",)
    assert check_address("http://127.0.0.1:8000/feed", allowed).is_exempt
    assert not check_address("http://127.0.0.1:8001/feed", allowed).ok
    assert not check_address("http://127.0.0.1/feed", allowed).ok


def test_an_allowed_pair_is_not_exempt_from_the_check_of_form() -> None:
    assert not check_address("http://user@127.0.0.1:8000/feed", ("127.0.0.1:8000",)).ok
    assert not check_address("ftp://127.0.0.1:8000/feed", ("127.0.0.1:8000",)).ok


def test_the_form_alone_says_nothing_of_where_the_host_lies() -> None:
    assert check_form("http://127.0.0.1:8000/feed").ok
