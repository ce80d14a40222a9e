"""Recovery, order and batch tolerance, metamorphic and oracle tests of the resolver on made-up worlds."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from model.incident import Known
from resolution import lookup, resolve
from resolution.batch import Readings, in_order
from resolution.blocking import stored_keys
from resolution.match_record import weigh
from resolution.run import Run

NOW = datetime(2018, 6, 1, tzinfo=UTC)
SEEDS = range(6)


class Shelf:
    """A warehouse of memories, as small as can be."""

    def __init__(self):
        self.memories, self.counts, self.n, self.redirects = {}, Counter(), 0, {}

    def current(self, incident_id):
        while incident_id in self.redirects:
            incident_id = self.redirects[incident_id]
        return incident_id

    def known(self, asked):
        kept = [replace(m, incident_id=self.current(m.incident_id)) for m in self.memories.values()]
        hit = {m.incident_id for m in kept if asked.keys & set(m.keys) or m.article_id in asked.article_ids}
        counts = {t: self.counts[t] for t in asked.terms if t in self.counts}
        return Known(tuple(m for m in kept if m.incident_id in hit), counts, self.n)

    def run(self, batch):
        result = resolve(batch, self.known(lookup(batch)), NOW)
        self.memories |= {m.report_id: m for m in result.memories}
        self.counts.update(result.term_counts)
        self.n += result.n_documents
        self.redirects |= {m.gone_id: m.kept_id for m in result.merges}
        for split in result.splits:
            for report_id in split.report_ids:
                self.memories[report_id] = replace(self.memories[report_id], incident_id=split.opened_id)

    def grouping(self):
        return {m.report_id: self.current(m.incident_id) for m in self.memories.values()}


def in_batches(article_reports, size):
    shelf = Shelf()
    for begin in range(0, len(article_reports), size):
        shelf.run(article_reports[begin : begin + size])
    return shelf.grouping()


def test_known_incidents_are_recovered(worlds):
    scores = []
    for seed in SEEDS:
        made, truth = worlds.world(seed)
        found = worlds.incidents_by_report(resolve(made, Known(), NOW))
        assert found.keys() == truth.keys()
        scores.append(worlds.pair_f1(found, truth))
    assert min(scores) >= 0.95, scores
    assert sum(scores) / len(scores) >= 0.98, scores


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [1, 7, 30])
def test_batches_of_any_size_agree_with_one_batch(worlds, seed, size):
    made, _ = worlds.world(seed)
    ordered = in_order(made)
    whole = worlds.incidents_by_report(resolve(ordered, Known(), NOW))
    assert worlds.pair_f1(in_batches(ordered, size), whole) >= 0.98


@pytest.mark.parametrize("seed", SEEDS)
def test_any_order_within_a_day_agrees(worlds, seed):
    made, _ = worlds.world(seed)
    rng = Random(seed)
    shuffled = sorted(made, key=lambda t: (t.article.published_at, rng.random()))
    assert worlds.pair_f1(in_batches(shuffled, 1), in_batches(in_order(made), 1)) >= 0.98


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unrelated_article_changes_nothing(worlds, seed):
    made, _ = worlds.world(seed)
    before = worlds.incidents_by_report(resolve(made, Known(), NOW))
    stranger = worlds.told(
        "stranger",
        title="Glassblowers quarrel over zirconium quota in Quixada",
        text="The guild of glassblowers in Quixada broke up its assembly after a quarrel about zirconium quotas.",
        place=("Quixada", -4.9, -39.0),
        country="BR",
        day=worlds.START.replace(year=2017),
        published=worlds.START.replace(year=2017),
        kind="protest",
    )
    after = worlds.incidents_by_report(resolve([stranger, *made], Known(), NOW))
    alone = after.pop(stranger.report.report_id)
    assert alone not in after.values()
    assert after == before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_duplicated_article_changes_nothing_but_counts(worlds, seed):
    made, _ = worlds.world(seed)
    result = resolve(made, Known(), NOW)
    before = worlds.incidents_by_report(result)
    last = in_order(made)[-1]
    copy = worlds.told(
        "copy",
        title=last.article.title,
        text=last.article.text,
        published=last.article.published_on,
        day=last.report.date.start if last.report.date else None,
        place=(last.report.place.name, last.report.place.lat, last.report.place.lon) if last.report.place else None,
        killed=last.report.killed.best,
    )
    after = worlds.incidents_by_report(resolve([*made, copy], Known(), NOW))
    assert after.pop(copy.report.report_id) == after[last.report.report_id]
    assert worlds.pair_f1(after, before) == 1.0


def naive(made):
    """The resolver without blocking: every report is compared with every incident, in plain loops."""
    run, readings = Run(Known()), Readings(made)
    incidents: dict[str, str] = {}
    for one in in_order(made):
        record = run.count(weigh(readings[one], run.idf))
        every = run.scored(record, [run.index.incident(i) for i in sorted(set(incidents.values()))])
        best = next((c for c in every if c.is_open), None)
        is_taken = best is not None and run.fits(best)
        place = best.incident_id if is_taken else f"inc_{one.report.report_id}"
        incidents[one.report.report_id] = place
        run.index.add(record, place, record.article_id, stored_keys(record, run.idf))
    return incidents


@pytest.mark.parametrize("seed", SEEDS)
def test_blocking_loses_next_to_nothing_against_comparing_all(worlds, seed):
    made, _ = worlds.world(seed, n_incidents=12)
    found = worlds.incidents_by_report(resolve(made, Known(), NOW))
    assert worlds.pair_f1(found, naive(made)) >= 0.9


def test_merged_ids_redirect_to_the_older(worlds):
    from model.incident import Decision

    made, _ = worlds.world(1, n_incidents=4)
    first = resolve(made, Known(), NOW)
    ids = sorted({a.incident_id for a in first.assignments})
    word = Decision("d", ids[0], ids[1], True, "ann", NOW)
    again = resolve([], Known(first.memories, decisions=(word,)), NOW)
    (merge,) = again.merges
    published = {i: min(m.published_at for m in first.memories if m.incident_id == i) for i in ids[:2]}
    assert published[merge.kept_id] <= published[merge.gone_id]


PROGRAM = """
import hashlib, importlib.util, sys
from datetime import datetime, UTC
spec = importlib.util.spec_from_file_location("worlds_resolution", sys.argv[1])
worlds = importlib.util.module_from_spec(spec); sys.modules["worlds_resolution"] = worlds
spec.loader.exec_module(worlds)
from model.incident import Known
from resolution import resolve
made, _ = worlds.world(9)
print(hashlib.sha256(repr(resolve(made, Known(), datetime(2018, 6, 1, tzinfo=UTC))).encode()).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(worlds):
    outputs = {
        subprocess.check_output(
            [sys.executable, "-c", PROGRAM, worlds.__file__], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}, text=True
        )
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
