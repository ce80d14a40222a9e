"""Compose the coder: from an article to its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.coding.adapters import (
    DateMention,
    PlaceMention,
    date_near,
    find_dates,
    find_places,
    place_near,
)
from extractors.coding.cluster import Cluster, EventMention
from extractors.coding.clusters import Group, bind, group_mentions, sentences_of
from extractors.coding.document import Document
from extractors.coding.layout import item_of_sentences
from extractors.coding.mentions import find_mentions
from extractors.coding.signals import SentenceSignals
from extractors.reference.gazetteer import Gazetteer
from model.report import Role


@dataclass(frozen=True)
class Scene:
    """All that was found in one article before anything is chosen."""

    document: Document
    signals: tuple[SentenceSignals, ...]
    mentions: tuple[EventMention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    items: Mapping[int, int]
    groups: tuple[Group, ...]
    clusters: tuple[Cluster, ...]


def read_scene(document: Document, signals: Sequence[SentenceSignals], gazetteer: Gazetteer) -> Scene:
    """Find the mentions, dates and places of a parsed document, and group the mentions."""
    mentions = find_mentions(document, signals)
    dates, places = find_dates(document), find_places(document, gazetteer)
    items = item_of_sentences(document)
    days = {m: date_near(m, dates, document) for m in mentions}
    spots = {m: place_near(m, places, document) for m in mentions}
    bounds = [bind(document, m, days, spots, items) for m in mentions]
    groups = group_mentions(bounds)
    own = sentences_of(document, groups, items)
    clusters = tuple(
        Cluster(tuple(b.mention for b in g.members), sentences, Role.MAIN, shared, len(groups) == 1)
        for g, (sentences, shared) in zip(groups, own, strict=True)
    )
    return Scene(document, tuple(signals), mentions, dates, places, items, tuple(groups), clusters)
