"""No byte of the private file, the snapshot or the site has a key, a token or a password of a feed's address."""

import doctest
from dataclasses import replace
from pathlib import Path

import pytest
from warehouse_world import opening_batch

from interfaces.site.build import build_site
from model import redact as redact_module
from model.feed import Outcome
from model.redact import redact, redact_text
from model.run import Issue, IssueCode, IssueLevel
from warehouse import open_snapshot, open_writer

SECRETS = ("tiger-Zq7Xw2", "Kk3Vb9Nn5Mm1Qq8Ww2Ee", "9f3a7c21d4e84b0f9a117c", "sig.A1b2C3")
ADDRESS = (
    "https://bob:tiger-Zq7Xw2@news.example/rss/9f3a7c21d4e84b0f9a117c/world.xml"
    "?lang=en&apiKey=Kk3Vb9Nn5Mm1Qq8Ww2Ee&X-Amz-Signature=sig.A1b2C3"
)


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        (ADDRESS, "https://***@news.example/rss/***/world.xml?lang=en&apiKey=***&X-Amz-Signature=***"),
        ("https://n.example/feed?token=", "https://n.example/feed?token="),
        ("https://n.example/feed?x=Kk3Vb9Nn5Mm1Qq8Ww2Ee", "https://n.example/feed?x=***"),
        ("https://n.example/feed#access_token=abc", "https://n.example/feed#access_token=***"),
        ("https://n.example/rss/Kk3Vb9Nn5Mm1Qq8Ww2Ee.xml", "https://n.example/rss/***"),
        ("https://n.example/2018/02/07/army-says-12-killed-in-attack-near-town-of-khusham", None),
        ("https://n.example/rss?section=world-news&page=2&format=xml", None),
        ("https://xn--bcher-kva.example/feed.xml", None),
        ("http://[broken/?token=abc", "***"),
        ("not an address", None),
    ],
)
def test_what_is_hidden_and_what_stays(whole: str, shown: str | None) -> None:
    assert redact(whole) == (shown if shown is not None else whole)
    assert redact(redact(whole)) == redact(whole)


def test_the_examples_hold_and_texts_keep_their_sentence() -> None:
    assert doctest.testmod(redact_module).failed == 0
    assert redact_text(f"GET {ADDRESS}; then ({ADDRESS}).").count("***") == 8
    assert not [one for one in SECRETS if one in redact_text(f"GET {ADDRESS}; then ({ADDRESS}).")]


def test_nothing_of_them_stands_in_any_file(tmp_path: Path) -> None:
    batch = opening_batch(1)
    fetch = replace(
        batch.fetches[0],
        url=ADDRESS,
        final_url=ADDRESS,
        moved_to=ADDRESS,
        outcome=Outcome.HTTP_ERROR,
        n_failures=1.0,
        error=f"503 of {ADDRESS}",
    )
    issue = Issue(IssueLevel.ERROR, IssueCode.FEED_UNREACHABLE, f"feed0: {ADDRESS}: 503", "feed0", url=ADDRESS)
    whole = replace(
        batch,
        feeds=(replace(batch.feeds[0], url=ADDRESS), *batch.feeds[1:]),
        fetches=(fetch, *batch.fetches[1:]),
        issues=(issue,),
    )
    home = tmp_path / "home"
    with open_writer(home / "warehouse.duckdb") as writer:
        writer.append(whole)
        assert writer.append(replace(whole, run=opening_batch(2).run)).n_rows.get("feed", 0) == 0  # it has not changed
        writer.publish(home / "published" / "incidents.duckdb")
    build_site(home / "published" / "incidents.duckdb", home / "site")
    with open_snapshot(home / "published" / "incidents.duckdb") as reader:
        (health,) = [one for one in reader.feed_health() if one.feed_id == "feed0"]
        assert health.url == redact(ADDRESS)
        assert health.last_error == f"503 of {redact(ADDRESS)}"
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) > 5
    found = [(path.name, one) for path in files for one in SECRETS if one.encode() in path.read_bytes()]
    assert found == []
