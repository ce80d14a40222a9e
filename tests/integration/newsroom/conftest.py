"""A small press: five outlets, the four forms and the four templates, a revision, a wire copy, a row without a date."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom import running_newsroom

FERRY = """A ferry with 64 people on board capsized on the Halda river on Tuesday evening, the port authority said.

Rescuers from three villages pulled 41 passengers out of the water before nightfall, while divers searched the hull.

"The boat turned over within a minute, nobody had time to reach the life jackets," said Amin Sarker, a fruit seller.

At least nine people were confirmed dead by Wednesday morning, according to the district administrator's office.

The vessel had been licensed to carry 50 passengers, and its owner was asked to hand over the papers, police said."""

DEPOT = """An explosion tore through a fuel depot on the northern edge of Karsen overnight, flames over the town.

Firefighters from the neighbouring province needed six hours to bring the blaze under control, the fire service said.

Two guards were treated for burns at the municipal hospital, its director, Lena Ostrov, told reporters on Friday.

The company that runs the depot said that a pump had failed, and that an inquiry into the maintenance was under way."""

MARKET = """Gunmen on motorcycles opened fire on a cattle market in Tindale, killing a dozen traders, residents said.

The attackers came from the direction of the forest at about noon, when the market was at its busiest, they added.

A spokesman for the regional governor confirmed the attack, but declined to give a figure for the dead or wounded.

Soldiers were sent to the area on Saturday, and the weekly market will stay closed until further notice, he said."""

ROWS = [
    {"id": "ferry-1", "outlet": "Delta Times", "title": "Ferry capsizes on the Halda", "text": FERRY,
     "published": "2021-03-10T06:15:00+06:00", "author": "Nadia Rahim", "incident_ids": ["i1"],
     "revisions": [{"published": "2021-03-11T09:00:00+06:00", "title": "Ferry toll rises to 14",
                    "text": FERRY.replace("At least nine people were", "Fourteen people were")}]},
    {"id": "ferry-2", "outlet": "World Wire", "title": "Nine dead as ferry sinks & divers search", "text": FERRY,
     "published": "2021-03-10T02:00:00Z", "incident_ids": ["i1"]},
    {"id": "ferry 3/é", "outlet": "Evening Star", "title": "<b>Horror</b> on the river", "text": FERRY,
     "published": "2021-03-10", "wire_credit": "World Wire", "incident_ids": ["i1"]},
    {"id": "depot-1", "outlet": "World Wire", "title": "Blast at Karsen fuel depot", "text": DEPOT,
     "published": "2021-03-12T05:30:00Z", "author": "Piotr Lem", "incident_ids": ["i2"]},
    {"id": "depot-2", "outlet": "Karsen Gazette", "title": "Depot fire: what we know", "text": DEPOT,
     "published": "2021-03-12", "incident_ids": ["i2"]},
    {"id": "market-1", "outlet": "Delta Times", "title": "Gunmen attack cattle market", "text": MARKET,
     "published": "2021-03-13T12:00:00+06:00", "incident_ids": ["i3"]},
    {"id": "market-2", "outlet": "Evening Star", "title": "Massacre at the market", "text": MARKET,
     "published": "2021-03-13", "author": "Joss Field", "incident_ids": ["i3"]},
    {"id": "market-3", "outlet": "Karsen Gazette", "title": "Traders shot dead in Tindale", "text": MARKET,
     "published": "2021-03-14", "wire_credit": "World Wire", "incident_ids": ["i3"]},
    {"id": "timeless", "url": "https://www.example.org/a?b=1", "title": "An undated note", "text": DEPOT,
     "published": None, "unknown": {"key": 1}},
]  # fmt: skip

OUTLETS = """
[outlets."Delta Times"]
timezone = "Asia/Dhaka"
country = "BD"
template = "broadsheet"
feed_form = "rss"
full_text = true
robots_disallow = ["/archive/"]
crawl_delay_s = 2

[outlets."World Wire"]
kind = "wire"
template = "wire"
feed_form = "atom"

[outlets.evening-star]
name = "The Evening Star"
timezone = "America/New_York"
country = "US"
kind = "local"
template = "tabloid"
feed_form = "rdf"

[outlets.example-org]
feed_form = "rss"

[outlets.karsen-gazette]
template = "local"
feed_form = "json"
"""

ALL_PRINTED = datetime(2021, 3, 20, tzinfo=UTC)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("press") / "corpus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    path.with_name("outlets.toml").write_text(OUTLETS, "utf-8")
    return path


@pytest.fixture(scope="session")
def running_press(corpus: Path):
    with running_newsroom(corpus, now=ALL_PRINTED) as running:
        yield running


@pytest.fixture
def press(running_press):
    running_press.move_clock(ALL_PRINTED)
    return running_press
