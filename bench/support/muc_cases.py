"""Incidents of MUC-4 as cases for the models of roles: who did it and to whom, as its templates quote them.

MUC-4 has no report-level key: a template quotes the perpetrators, the victims and what was hit. In a document of one
template the incident has the cluster of the strongest mentions; in one of several, each has the sentences that name
its places and those that follow them. The cases are for fitting only, and count as not reported.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.labelled import SEEN_AT
from bench.support.cluster_cases import Case
from bench.support.parse_cache import CachedParser
from extractors.coding.cluster import Cluster, EventMention, Realis
from extractors.coding.clusters import bind, group_mentions
from extractors.coding.document import TITLE, Document
from extractors.coding.layout import item_of_sentences
from extractors.coding.mentions import find_mentions
from extractors.coding.signals import read_signals
from extractors.coding.when import date_near, find_dates
from extractors.reference.event_types import load_event_types
from extractors.reference.lexicons import load_lexicons
from model.report import ActorRole, Role
from pipeline.corpus import CorpusRow, read_corpus
from pipeline.scoring.key import KeyActor, KeyIncident

NAME = "muc4"
MAX_ROWS = 500  # every n-th document is read, which parses a third of the corpus
REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"
Template = dict[str, Any]
_SLOTS = {
    ActorRole.INITIATOR: ("perp_individual", "perp_org"),
    ActorRole.TARGET: ("hum_desc", "hum_name", "phys_target"),
}
_QUOTED = re.compile(r'"([^"]+)"')


def read_muc_cases(path: Path, parsed: Path) -> list[Case]:
    """Read the incidents whose templates quote somebody; none where the corpus is not there.

    Args:
        path: JSON lines, gzipped.
        parsed: Folder of the files that keep the parses.
    """
    if not path.exists():
        return []
    parser = CachedParser(parsed / f"{NAME}.pickle")
    lexicons = load_lexicons(REFERENCE, load_event_types(REFERENCE))
    templates = _templates(path)
    rows = [row for row in read_corpus(path) if isinstance(row, CorpusRow)]
    cases: list[Case] = []
    for row in (r for r in rows[:: max(1, len(rows) // MAX_ROWS)] if r.external_id in templates):
        document = parser.parse(parser.tokenise(row.as_article(SEEN_AT)))
        mentions = find_mentions(document, read_signals(document, lexicons))
        own = templates[row.external_id]
        clusters = _by_place(document, mentions, own) if len(own) > 1 else [_strongest(document, mentions)]
        for template, cluster in zip(own, clusters, strict=True):
            if cluster and (actors := tuple(_actors(template))):
                gold = KeyIncident("", None, None, (), 0.0, None, (), None, (), None, None, actors, ())
                cases.append(Case(NAME, row.external_id, gold, document, (), cluster, False, None))
    parser.save()
    return cases


def _templates(path: Path) -> dict[str, list[Template]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    read = {str(row["id"]): [t for t in row.get("incidents") or () if not t.get("optional")] for row in rows}
    return {name: templates for name, templates in read.items() if templates}


def _strongest(document: Document, mentions: Sequence[EventMention]) -> Cluster | None:
    """Give the cluster whose mentions weigh most, with every sentence that is no other's."""
    if not mentions:
        return None
    items, dates = item_of_sentences(document), find_dates(document)
    days = {m: date_near(m, dates, document) for m in mentions}
    groups = group_mentions([bind(document, m, days, {}, items) for m in mentions])
    if not groups:
        return Cluster(tuple(mentions), tuple(s.index for s in document.sentences), Role.MAIN, {}, True)
    best = max(groups, key=lambda g: sum(_weight(b.mention) for b in g.members))
    own = tuple(b.mention for b in best.members)
    own_sentences = {m.sentence for m in own}
    others = {b.mention.sentence for g in groups if g is not best for b in g.members} - own_sentences
    sentences = tuple(s.index for s in document.sentences if s.index not in others)
    return Cluster(own, sentences, Role.MAIN, {}, True)


def _weight(mention: EventMention) -> float:
    return mention.strength * (2.0 if mention.sentence <= 1 else 1.0) * (mention.realis is Realis.ACTUAL)


def _by_place(
    document: Document, mentions: Sequence[EventMention], templates: Sequence[Template]
) -> Iterator[Cluster | None]:
    """Give each template the sentences from one that names a place of it to one that names another's."""
    owner: dict[int, int] = {}
    current = None
    for sentence in document.sentences:
        text = sentence.text.lower()
        named = [
            (at, n)
            for n, template in enumerate(templates)
            for place in (template.get("place_names") or [template.get("place") or ""])
            if place and (at := text.find(place.lower())) >= 0
        ]
        current = min(named)[1] if named else current
        if current is not None and sentence.index != TITLE:
            owner[sentence.index] = current
    for n in range(len(templates)):
        sentences = tuple(sorted(s for s, k in owner.items() if k == n))
        own = tuple(m for m in mentions if m.sentence in sentences)
        yield Cluster(own, sentences, Role.MAIN, {}, False) if own else None


def _actors(template: Template) -> Iterator[KeyActor]:
    for role, slots in _SLOTS.items():
        for name in (n for slot in slots for value in template.get(slot) or () for n in _QUOTED.findall(value)):
            yield KeyActor(name.lower(), role.value)
