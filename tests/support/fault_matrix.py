"""The matrix of faults and outcomes: the tests prove each row, and `docs/reference/faults.md` is written from it.

Write the page anew with `python tests/support/fault_matrix.py > docs/reference/faults.md`.
"""

from __future__ import annotations

from model.feed import Outcome

MATRIX: dict[str, tuple[Outcome, str]] = {
    "/good": (Outcome.OK, "a good feed"),
    "/gzip": (Outcome.OK, "compressed with gzip"),
    "/gzip-twice": (Outcome.OK, "compressed twice"),
    "/cookie": (Outcome.OK, "a cookie, which is not sent back"),
    "/moved": (Outcome.OK, "301 to the feed; adopted after a week"),
    "/permanent": (Outcome.OK, "308 to the feed; adopted after a week"),
    "/found": (Outcome.OK, "302 to the feed; never adopted"),
    "/see-other": (Outcome.OK, "303 to the feed; never adopted"),
    "/temporary": (Outcome.OK, "307 to the feed; never adopted"),
    "/html": (Outcome.OK, "an HTML page in place of the feed; the parser makes it `not_a_feed`"),
    "/empty": (Outcome.OK, "an empty body; the parser makes it `not_a_feed`"),
    "/silent": (Outcome.TIMEOUT, "no answer at all"),
    "/silent-body": (Outcome.TIMEOUT, "silence within the body"),
    "/drip": (Outcome.TIMEOUT, "one byte at a time, each in time"),
    "/wrong-length": (Outcome.TIMEOUT, "a Content-Length larger than the body, the connection kept open"),
    "/reset": (Outcome.CONNECT_ERROR, "a reset before the answer"),
    "/endless-head": (Outcome.CONNECT_ERROR, "headers without an end"),
    "/no-http": (Outcome.CONNECT_ERROR, "another protocol"),
    "/reset-body": (Outcome.BROKEN_BODY, "a reset within the body"),
    "/truncated": (Outcome.BROKEN_BODY, "a chunked body cut short"),
    "/gzip-cut": (Outcome.BROKEN_BODY, "a gzip body cut short"),
    "/odd-encoding": (Outcome.BROKEN_BODY, "a Content-Encoding that nobody knows"),
    "/endless": (Outcome.TOO_LARGE, "a body without an end"),
    "/gzip-bomb": (Outcome.TOO_LARGE, "60 MB of zeros in a small gzip body"),
    "/announced-large": (Outcome.TOO_LARGE, "500 MB announced"),
    "/loop-a": (Outcome.TOO_MANY_REDIRECTS, "redirects that go round"),
    "/chain-0": (Outcome.TOO_MANY_REDIRECTS, "twelve redirects in a row"),
    "/no-location": (Outcome.HTTP_ERROR, "302 without a Location"),
    "/to-metadata": (Outcome.REFUSED_ADDRESS, "302 to a cloud's metadata address"),
    "/to-inner": (Outcome.REFUSED_ADDRESS, "302 to loopback"),
    "/to-file": (Outcome.REFUSED_ADDRESS, "302 to a file"),
    "/to-credentials": (Outcome.REFUSED_ADDRESS, "302 to an address with credentials"),
    "/429": (Outcome.RATE_LIMITED, "429"),
    "/429-seconds": (Outcome.RATE_LIMITED, "429 with Retry-After in seconds"),
    "/429-date": (Outcome.RATE_LIMITED, "429 with Retry-After as a date"),
    "/429-hours": (Outcome.RATE_LIMITED, "429 with Retry-After of 88 hours; capped at a day"),
    "/503": (Outcome.HTTP_ERROR, "503 with Retry-After"),
    "/bot-wall": (Outcome.HTTP_ERROR, "403 of a bot wall, which is named"),
    **{f"/{status}": (Outcome.HTTP_ERROR, str(status)) for status in (400, 401, 403, 404, 410, 451, 500, 502)},
}


def page() -> str:
    """Write the page of the documentation."""
    rows = "".join(f"| {words} | `{outcome}` |\n" for outcome, words in MATRIX.values())
    return (
        "# Faults and their outcomes\n\n"
        "All of these are polled in one run, over real sockets, by\n"
        "`tests/fault/acquisition/test_every_fault_has_its_outcome.py`: no fault touches another feed, each attempt\n"
        "has exactly one outcome and one line of explanation, and every body is archived before anything parses it.\n"
        "This page is written from the tests' own matrix; a test fails when the two differ.\n\n"
        "Refused addresses are listed in `tests/unit/acquisition/test_guard.py`, hostile documents in\n"
        "`tests/fault/extractors/test_hostile_documents_are_bounded.py`.\n\n"
        "| what the server does | outcome |\n|---|---|\n" + rows
    )


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - its purpose
