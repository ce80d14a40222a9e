"""Resolver: reports to incidents, as a pipeline of stages.

| stage | module | makes |
|---|---|---|
| read | `batch`, `match_record` | a match record and lookup keys of each report |
| index | `index`, `blocking` | the incidents known, by key |
| compare | `registry`, `fact_features`, `mark_features`, `text_features` | features of two reports |
| score | `vetoes`, `scorer`, `run` | log-odds of a report with each candidate |
| place | `place`, `origins` | its incident, or a new one |
| split | `splitting` | two incidents of one |
| second pass | `second_pass`, `merging` | doubtful reports moved, incidents merged |
| result | `result` | assignments, merges, splits, questions, memories |

Reports are placed in order of publication, each compared with those before it in the batch and in the warehouse
alike, so that the batch size does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from model.gc_pause import gc_paused
from model.incident import ArticleReport, Known, Lookup, Resolution
from resolution.batch import Readings, in_order
from resolution.match_record import weigh
from resolution.merging import apply_decisions
from resolution.place import place
from resolution.result import result
from resolution.run import Run
from resolution.second_pass import second_pass
from resolution.splitting import split_all
from resolution.weights import Weights, load_weights


def lookup(article_reports: Sequence[ArticleReport], readings: Readings | None = None) -> Lookup:
    """Say what of the past is needed to place these reports: blocking keys, terms to count, articles."""
    readings = readings or Readings(article_reports)
    keys: set[str] = set()
    terms: set[str] = set()
    for one in article_reports:
        keys.update(readings.wanted(one.report.report_id))
        terms.update(readings[one].unweighed.terms)
    return Lookup(frozenset(keys), frozenset(terms), frozenset(t.article.article_id for t in article_reports))


@gc_paused()
def resolve(
    article_reports: Sequence[ArticleReport],
    known: Known,
    now: datetime | None = None,
    weights: Weights | None = None,
    readings: Readings | None = None,
) -> Resolution:
    """Put a batch of reports to incidents.

    Args:
        article_reports: Reports with their articles, in file order.
        known: What the warehouse knows within `lookup(told)`.
        now: The run's moment; the outcome does not depend on it, so that a replay repeats a live run.
        weights: Other weights than the reviewed ones, for measuring.
        readings: The texts of `article_reports`, where `lookup` has them read already.
    """
    del now
    run = Run(known, weights or load_weights())
    readings = readings or Readings(article_reports)
    for one in in_order(article_reports):
        record = run.count(weigh(readings[one], run.idf))
        place(run, one, record, readings.wanted(record.report_id))
    split_all(run)
    second_pass(run)
    apply_decisions(run)
    return result(run)
