"""What sites reserve in headers: their two signs, and the words that are for others or about something else."""

import pytest

from acquisition.tdm_opt_out import opt_out_reason


@pytest.mark.parametrize(
    "headers",
    [
        {"tdm-reservation": "1"},
        {"tdm-reservation": " 1 ", "tdm-policy": "https://news.example/policy.json"},
        {"x-robots-tag": "noai"},
        {"x-robots-tag": "noarchive, NoAI, noimageai"},
        {"x-robots-tag": "Deconflict: noai"},
        {"x-robots-tag": "otherbot: noindex, deconflict: noarchive, noai"},
    ],
)
def test_reserved(headers: dict[str, str]) -> None:
    assert opt_out_reason(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"tdm-reservation": "0"},
        {"x-robots-tag": "noindex, nofollow"},
        {"x-robots-tag": "noimageai"},
        {"x-robots-tag": "otherbot: noai"},
        {"x-robots-tag": "otherbot: noindex, noai"},
        {"x-robots-tag": "unavailable_after: 25 Jun 2030 15:00:00 PST"},
    ],
)
def test_free(headers: dict[str, str]) -> None:
    assert opt_out_reason(headers) is None
