"""Claims that contradict each other, feeds by state, places on maps, bands, and the headers of the server."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from html_page import Page
from starlette.testclient import TestClient
from warehouse_world import at

from interfaces.cli.main import run_command
from interfaces.site.claims import claim_matrix
from interfaces.site.expected import expected
from interfaces.site.feeds import state_of
from interfaces.site.links import web_address
from interfaces.site.maps import Mark, incident_map, part_maps, world_map
from interfaces.site.outline import Window, part_of_world, world
from interfaces.site.scales import Elapsed, ticks
from interfaces.site.serve import make_app
from warehouse.pages import FeedPulse
from warehouse.rows import ClaimRow, FeedHealthRow
from warehouse.trends import TrendRow

CLAIM = ClaimRow(
    "clm_1", "rep_1", "inc_1", "killed", 5, 5, "exact", "fighters", "sdf", "the ministry", "official", "Five died.",
    0, 10, at(0), False, False, "said", "number", "Outlet", "Title", "https://a.example/1",
)  # fmt: skip


def claims(*given: dict) -> list[ClaimRow]:
    return [
        replace(CLAIM, claim_id=f"clm_{n}", speaker=f"speaker {n}", speaker_side="official" if n else "party", **one)
        for n, one in enumerate(given)
    ]


@pytest.mark.parametrize(
    ("given", "is_disputed"),
    [
        (({"low": 5, "high": 5}, {"low": 100, "high": None}), True),
        (({"low": 5, "high": None}, {"low": 100, "high": None}), False),  # at least 5 and at least 100 agree
        (({"low": 5, "high": 5}, {"low": 100, "high": 100, "is_part": True}), False),
        (({"low": 0, "high": 0, "victims_side": "mil_us"}, {"low": 100, "high": 100, "victims_side": "sdf"}), False),
        (({"low": None, "high": 4}, {"low": 9, "high": 9}), True),
        (({"low": None, "high": 4}, {"low": 5, "high": 5}), False),  # nobody can tell four from five
        (({"low": None, "high": None}, {"low": 5, "high": 5}), False),
    ],
)
def test_only_what_cannot_all_be_true_is_disputed(given: tuple[dict, ...], is_disputed: bool) -> None:
    (row,) = claim_matrix(claims(*given)).rows
    assert row.is_disputed == is_disputed


def test_the_two_furthest_apart_are_named_in_words() -> None:
    matrix = claim_matrix(claims({"low": 5, "high": 5}, {"low": 20, "high": 20}, {"low": 200, "high": 300}))
    assert matrix.disagreements == (
        "Killed: speaker 0 says 5, speaker 2 says 200–300; both cannot be true: a handful against hundreds.",
    )
    assert [cell[0].mark for cell in matrix.rows[0].cells] == ["lowest", "", "highest"]


def test_one_figure_of_one_speaker_is_told_once_with_all_that_carry_it() -> None:
    output = [
        replace(CLAIM, claim_id=f"clm_{n}", outlet=f"Outlet {n}", speaker=s)
        for n, s in enumerate(("U.S. army", "US army"))
    ]
    matrix = claim_matrix(output)
    assert [speaker.name for speaker in matrix.speakers] == ["U.S. army"]
    assert [source.outlet for source in matrix.rows[0].cells[0][0].sources] == ["Outlet 0", "Outlet 1"]


def pulse(health: str, silent: timedelta | None, *, n_articles: int = 0, first: timedelta | None = None) -> FeedPulse:
    last = None if silent is None else at(0) - silent
    row = FeedHealthRow(
        "f", "Outlet", "https://f.example", health, at(0), at(0), last, "ok", None, 0, at(1), "x", n_articles
    )
    return FeedPulse(row, 0, 0, None if first is None else at(0) - first)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (pulse("failing", timedelta(0)), "broken"),
        (pulse("never_answered", None), "broken"),
        (pulse("never_polled", None), "never asked"),
        (pulse("healthy", timedelta(hours=3)), "well"),
        (pulse("healthy", timedelta(days=3)), "quiet"),
        (pulse("healthy", timedelta(days=8)), "stale"),
        (pulse("healthy", None), "stale"),
        # One article in ten days: twenty silent days are its way; sixty are not.
        (pulse("healthy", timedelta(days=20), n_articles=11, first=timedelta(days=120)), "quiet"),
        (pulse("healthy", timedelta(days=60), n_articles=11, first=timedelta(days=160)), "stale"),
    ],
)
def test_quiet_stale_and_broken_are_kept_apart(given: FeedPulse, state: str) -> None:
    assert state_of(given, at(0)) == state


def test_no_ring_of_the_outline_streaks_over_the_map() -> None:
    for ring in world().land:
        steps = [abs(b[0] - a[0]) for a, b in pairwise(ring)]
        # Antarctica's own foot runs along the pole; everything else moves by small steps.
        assert max(steps) < 60 or min(lat for _, lat in ring) <= -84
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


def test_windows_over_the_180th_meridian_have_land_on_both_sides() -> None:
    part = part_of_world(Window(172, -20, 190, -14))  # Fiji, and what lies east of it
    lons = [lon for ring in part.land for lon, _ in ring]
    assert min(lons) < 180 < max(lons)
    assert max(lons) <= 190


def test_marks_that_share_a_cell_become_one_circle() -> None:
    near = [Mark(40 + n / 100, 35, "town", f"Town {n}: x", f"incident/{n}.html") for n in range(5)]
    far = Mark(-60, -10, "region", "Region: y", "incident/far.html")
    drawn = str(world_map([*near, far], {mark.href: "SY" for mark in near}))
    assert drawn.count('class="many"') == 1
    assert ">5</text>" in drawn
    assert 'href="#SY"' in drawn
    assert 'class="ring region"' in drawn
    assert drawn.count('class="dot"') == 0  # a region has no point, and the five are one circle
    assert len(list(part_maps(near))) == 1


def test_a_name_of_a_place_is_text_on_a_map() -> None:
    drawn = str(incident_map(Mark(40, 35, "town", "<script>x</script>: y", "#place")))
    assert "<script" not in drawn
    assert "&lt;script" in drawn


def test_a_band_follows_the_articles_seen() -> None:
    weeks = [
        TrendRow(at(0).date(), at(0).date(), n, 0, 0, True, 7, seen, None, None, False, 1.0)
        for n, seen in [(10, 100), (12, 100), (8, 100), (10, 100), (10, 100), (20, 200)]
    ]
    bands = expected(weeks)
    assert bands[:4] == (None,) * 4
    assert bands[4] is not None
    assert bands[5] is not None
    assert bands[4].mean == pytest.approx(10.1, abs=0.1)
    assert bands[5].mean == pytest.approx(20.2, abs=0.2)
    # The 2.5th and 97.5th per cent of a Poisson law of mean 10.125, by its tables.
    assert (bands[4].low, bands[4].high) == (4, 17)


def test_scales_begin_at_nought_and_reach_the_top() -> None:
    assert ticks(300) == (0, 100, 200, 300)
    assert all(ticks(n)[0] == 0 and ticks(n)[-1] >= n for n in range(0, 5_000, 7))
    year = Elapsed(24 * 400, 0, 600)
    assert [words for _, words in year.ticks()][:2] == ["first report", "6 hours"]
    places = [place for place, _ in year.ticks()]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "address", ["javascript:1", "data:text/html,x", "//a.example", "https://a.example/ b", "https://[::1", ""]
)
def test_only_web_addresses_are_linked(address: str) -> None:
    assert web_address(address) is None


def test_the_server_is_shut_to_everything_but_its_pages(built_site: Path) -> None:
    client = TestClient(make_app(built_site), base_url="http://127.0.0.1")
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    output = Page(answer.text).policies[0]
    assert answer.headers["content-security-policy"] == f"{output}; frame-ancestors 'none'"
    again = client.get("/", headers={"if-none-match": answer.headers["etag"]})  # its headers replace those kept
    assert (again.status_code, again.headers["content-security-policy"]) == (304, f"{output}; frame-ancestors 'none'")
    assert answer.headers["cache-control"] == "no-cache"
    bare = client.get("/data/status.js").headers["content-security-policy"]
    assert "style-src 'self';" in bare
    (asset,) = (built_site / "assets").glob("more-*.css")
    assert "immutable" in client.get(f"/assets/{asset.name}").headers["cache-control"]
    assert "style-src 'self';" in client.get("/nothing.html").headers["content-security-policy"]
    assert client.get("/.deconflict-site.json").status_code == 404
    assert client.get("/../warehouse.duckdb").status_code == 404
    assert client.post("/").status_code == 405
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_verb_builds_and_tells(site_snapshot: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("DECONFLICT_HOME", str(site_snapshot.parents[1]))
    assert run_command(["site", "build", "--to", str(tmp_path / "x")]) == 0
    assert "5 incidents" in capsys.readouterr().err
    assert (tmp_path / "x" / "index.html").is_file()
    assert run_command(["site", "serve", "--from", str(tmp_path / "none")]) == 2
    assert "site build" in capsys.readouterr().err
