"""Roles and types of any text: never an error, spans true to the text, the same answer twice."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.coding.types import TYPES, name_type
from extractors.coding.who import ActorIndex, choose_actors, find_actors
from extractors.reference.actors import load_actors
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from tests.support.parsed_documents import cluster_of, make_article, parsed

SEEDS = Path(__file__).parents[3] / "seeds" / "reference"
LEXICONS = load_lexicons(SEEDS, load_event_types(SEEDS))
INDEX = ActorIndex(load_actors(SEEDS), {}, LEXICONS.roles)
PIECES = (
    "gunmen killed;were killed by;Hamas;the Malian army;who;and;police;opened fire on;students;"
    "claimed responsibility;"
    "blamed on;dozens of;people;clashed with;between;a bomb;in a car bomb;'s;(;.\n;;12;carried out an attack;dead;"
    "\u202e;🙂"
).split(";")
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join))


@settings(max_examples=120)
@given(title=texts, text=texts)
def test_never_raises(title: str, text: str) -> None:
    document = parsed(make_article(text, title=title))
    found = find_actors(document, INDEX)
    mentions = find_mentions(document, read_signals(document, LEXICONS))
    if not mentions:
        return
    cluster = cluster_of(document, mentions)
    kind = name_type(cluster, document, found)[0]
    chosen = choose_actors(found, cluster, document, kind)
    assert chosen == choose_actors(found, cluster, document, kind)
    for actor in chosen:
        assert actor.start_char < 0 or document.article.text[actor.start_char : actor.end_char] == actor.quote
    assert len({actor.actor_id or actor.name for actor in chosen}) == len(chosen)
    assert kind in (*TYPES, "other")
