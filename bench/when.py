"""Measure the date resolver on labelled corpora, and train its ranker.

    python -m bench.when measure CORPUS.jsonl.gz [--errors N]
    python -m bench.when train --out seeds/reference/date_ranker.json CORPUS.jsonl.gz...

The segment is the first main one that the coder's gate and segmenter give; where they see no incident it is the whole
article, its trigger the first word of the event class. Training leaves out a quarter of the incidents (by hash of the
incident id), prints the figures on both parts, and writes weights by feature name: no text of a corpus is among them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from extractors.reference.date_ranker import load_date_ranker
from extractors.reference.event_types import load_event_types
from extractors.reference.gate_weights import GateWeights, load_gate_weights
from extractors.reference.lexicons import Lexicons, load_lexicons
from extractors.text.segments import TITLE, Segment
from extractors.text.sentences import Sentence, split_sentences
from extractors.text.unwrap import unwrap
from extractors.what.gate import Kind, judge
from extractors.what.segment import segment_article
from extractors.what.signals import read_signals
from extractors.when import choose_date, find_dates
from extractors.when.choose import Scored, score_candidates
from extractors.who.find import is_shouted
from model.article import Article, TextQuality, TimePrecision
from model.report import Role

MIN_ROWS = 12  # a feature seen in fewer articles is chance
STRENGTH = 3.0  # of the Gaussian prior that keeps weights small
HELD_OUT_OF_256 = 64
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A labelled article: the gold day of its only incident."""

    article: Article
    sentences: tuple[Sentence, ...]
    segment: Segment
    gold: date
    incident_id: str

    @property
    def is_held_out(self) -> bool:
        """Whether its incident is kept for validation."""
        return sha256(self.incident_id.encode()).digest()[0] < HELD_OUT_OF_256


def read_rows(path: Path) -> list[Row]:
    """Read the rows of exactly one incident with a gold day, faulty pages left out."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            incidents = [i for i in raw.get("incidents") or [] if not i.get("optional")]
            if raw.get("quality") or len(incidents) != 1 or not incidents[0].get("date"):
                continue
            country = "US" if "archive_url" in raw else None
            gold = date.fromisoformat(incidents[0]["date"][:10])
            rows.append(_make_row(raw, country, gold, incidents[0].get("incident_id") or raw["id"]))
    return rows


def _make_row(raw: dict[str, object], country: str | None, gold: date, incident_id: str) -> Row:
    title, text = str(raw["title"] or ""), unwrap(str(raw["text"]))
    published = raw["published"] and datetime.fromisoformat(str(raw["published"])[:10]).replace(tzinfo=UTC)
    article = Article(
        str(raw["id"]), 1, str(raw["id"]), None, "", None, title, text, None, "en",
        published or None, TimePrecision.DAY if published else None, "UTC", country, LONG_AGO, LONG_AGO, None,
        TextQuality.FULL,
    )  # fmt: skip
    sentences = split_sentences(article.text)
    return Row(article, sentences, main_segment(article, sentences), gold, incident_id)


def main_segment(article: Article, sentences: tuple[Sentence, ...]) -> Segment:
    """Cut the article as the coder does and take what it is about."""
    lexicons, weights = _tables()
    year = article.published_on.year if article.published_on else None
    signals = read_signals(article.title, sentences, lexicons, year)
    verdict = judge(signals, weights, is_shouted=is_shouted(article.text), published_on=article.published_on)
    if verdict.kind is Kind.NONE:
        return whole_article(sentences)
    trigger = verdict.trigger.text if verdict.trigger else ""
    segments = segment_article(signals, sentences, verdict.sentence, trigger)
    return next((s for s in segments if s.role is Role.MAIN), whole_article(sentences))


@lru_cache(maxsize=1)
def _tables() -> tuple[Lexicons, GateWeights]:
    folder = Path(__file__).resolve().parents[1] / "seeds" / "reference"
    return load_lexicons(folder, load_event_types(folder)), load_gate_weights(folder)


def whole_article(sentences: Sequence[Sentence]) -> Segment:
    """Make the segment of an article of one incident: the trigger is its first word of the event class."""
    whole = (TITLE, *range(len(sentences)))
    cues = load_date_ranker().cues
    for sentence in sentences:
        for word in sentence.text.split():
            if cues.get(word.strip(".,;:'\"“”()").lower()) == "event":
                return Segment(whole, sentence.index, word, Role.MAIN, is_whole_article=True)
    return Segment(whole, 0, "", Role.MAIN, is_whole_article=True)


def is_exact(start: date, end: date, gold: date) -> bool:
    """Say whether a span counts as exact: it holds the day and is two days long at most."""
    return start <= gold <= end and (end - start).days <= 1


def measure(rows: Iterable[Row], n_errors: int = 0) -> dict[str, float]:
    """Count how often the chosen day is exact, and within a day."""
    marks: list[tuple[bool, bool]] = []
    for row in rows:
        found = choose_date(find_dates(row.article, row.sentences), row.segment, row.sentences, row.article)
        exact = found is not None and is_exact(found.start, found.end, row.gold)
        marks.append((exact, found is not None and abs((found.start - row.gold).days) <= 1))
        if not exact and n_errors > 0:
            n_errors -= 1
            print("----", row.article.published_on, "gold", row.gold, "|", row.article.title, row.article.article_id)
            if found:
                print("    got", found.start, found.end, found.rule, repr(found.text))
                for loser in found.losers:
                    print("      lost", loser.value, repr(loser.text), loser.reason)
    n = len(marks) or 1
    return {"n": len(marks), "exact": sum(e for e, _ in marks) / n, "within_1": sum(w for _, w in marks) / n}


def train(rows: Sequence[Row]) -> dict[str, float]:
    """Fit the ranker: the likelihood of the right days, with weights kept small."""
    examples = [e for row in rows if (e := _example(row))]
    counts: dict[str, int] = {}
    for candidates, _ in examples:
        for name in {name for c in candidates for name in c.features}:
            counts[name] = counts.get(name, 0) + 1
    index = {name: n for n, name in enumerate(sorted(name for name, c in counts.items() if c >= MIN_ROWS))}
    matrix, owner, is_right = _arrays(examples, index)
    result = minimize(
        _loss, np.zeros(len(index)), args=(matrix, owner, is_right, len(examples)), jac=True, method="L-BFGS-B"
    )
    return {name: round(float(result.x[n]), 3) for name, n in index.items() if abs(result.x[n]) >= 0.005}


def _example(row: Row) -> tuple[list[Scored], list[bool]] | None:
    mentions = find_dates(row.article, row.sentences)
    candidates = score_candidates(mentions, row.segment, row.sentences, row.article, {})
    named = [c.mention is not None and is_exact(c.span.start, c.span.end, row.gold) for c in candidates]
    if any(named):
        return candidates, named
    loose = [c.mention is None and is_exact(c.span.start, c.span.end, row.gold) for c in candidates]
    if any(loose):
        return candidates, loose
    wide = [c.span.start <= row.gold <= c.span.end for c in candidates]
    return (candidates, wide) if any(wide) else None


def _arrays(examples: Sequence[tuple[list[Scored], list[bool]]], index: dict[str, int]) -> tuple[object, ...]:
    from scipy.sparse import csr_matrix

    cells, owner, right = [], [], []
    for number, (candidates, marks) in enumerate(examples):
        for candidate, mark in zip(candidates, marks, strict=True):
            cells += [(len(owner), index[name]) for name in set(candidate.features) if name in index]
            owner.append(number)
            right.append(mark)
    rows, columns = zip(*cells, strict=True)
    shape = (len(owner), len(index))
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape), np.array(owner), np.array(right)


def _loss(weights, matrix, owner, is_right, n_examples):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    score = matrix @ weights
    top = np.full(n_examples, -np.inf)
    np.maximum.at(top, owner, score)
    mass = np.exp(score - top[owner])
    total = np.bincount(owner, mass, n_examples)
    right = np.bincount(owner, mass * is_right, n_examples) + 1e-300
    pull = mass / total[owner] - mass * is_right / right[owner]
    loss = np.sum(np.log(total) - np.log(right)) + STRENGTH / 2 * weights @ weights
    return loss, matrix.T @ pull + STRENGTH * weights


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("verb", choices=("measure", "train"))
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    corpora = {path.name: read_rows(path) for path in options.corpora}
    if options.verb == "train":
        rows = [row for rows in corpora.values() for row in rows]
        weights = train([row for row in rows if not row.is_held_out])
        fitted_on = [name.partition(".")[0] for name in corpora]
        table = {"fitted_on": fitted_on, "weights": weights}
        options.out.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")
        load_date_ranker.cache_clear()
    for name, rows in corpora.items():
        for part, chosen in (("all", rows), ("held out", [r for r in rows if r.is_held_out])):
            print(f"{name:24} {part:9}", measure(chosen, options.errors if part == "held out" else 0))


if __name__ == "__main__":
    sys.exit(main())
