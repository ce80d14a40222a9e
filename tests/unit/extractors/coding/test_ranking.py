"""Which clusters are reported, with models made up here: the bars decide, not the fitted weights."""

from __future__ import annotations

import pytest

from extractors.coding.linear import LinearModel, probability
from extractors.coding.ranking import ReportRanker, bounded, load_report_ranker, summary_features

PASSING, FAILING = {"bias": 1.0, "news": 1.0}, {"bias": 1.0, "news": 0.0}


@pytest.fixture
def ranker() -> ReportRanker:
    return ReportRanker(
        prefilter=LinearModel({"bias": -1.0, "news": 2.0}),
        prefilter_bar=0.5,
        article=LinearModel({"bias": -1.0, "news": 2.0}),
        article_bar=0.5,
        cluster=LinearModel({"kills": 1.0}),
        further=LinearModel({"own_day": 2.0, "best_c_own_day": -1.0, "n_clusters": -4.0}),
        further_bar=0.5,
        article_weights=(),
        article_bias=0.0,
    )


def test_the_prefilter_lets_through_what_its_bar_lets_through(ranker: ReportRanker) -> None:
    assert ranker.passes(PASSING)
    assert not ranker.passes(FAILING)


@pytest.mark.parametrize(
    ("kills", "best"),
    [
        ([], None),
        ([-2.0], 0),  # an article that reports has one report at least
        ([-2.0, -0.5, -1.0], 1),
        ([0.3, 0.3], 0),  # of equals the earlier in the text
    ],
)
def test_a_passing_article_reports_its_best_cluster(ranker: ReportRanker, kills: list[float], best: int | None) -> None:
    found = ranker.reported(PASSING, 0.0, [{"kills": value} for value in kills])
    assert list(found) == ([] if best is None else [best])


def test_a_further_cluster_is_judged_beside_the_best_one(ranker: ReportRanker) -> None:
    best, dated, undated = {"kills": 2.0}, {"kills": -3.0, "own_day": 1.0}, {"kills": 1.5}
    assert set(ranker.reported(PASSING, 0.0, [best, dated, undated])) == {0, 1}
    assert set(ranker.reported(PASSING, 0.0, [best | {"c_own_day": 1.0}, dated, undated])) == {0}


def test_many_clusters_can_speak_against_each_further_one(ranker: ReportRanker) -> None:
    clusters = [{"kills": 2.0}, *({"own_day": 1.0} for _ in range(4))]
    assert set(ranker.reported(PASSING, 0.0, clusters)) == {0}


def test_a_report_has_the_probability_that_it_was_reported_by(ranker: ReportRanker) -> None:
    found = ranker.reported(PASSING, 0.0, [{"kills": 2.0}, {"own_day": 1.0}])
    assert found[0] == pytest.approx(probability(2.0))
    assert found[1] == pytest.approx(probability(2.0 - 4.0 * 2 / 8))


def test_a_failing_article_reports_none_however_firm_its_clusters(ranker: ReportRanker) -> None:
    assert ranker.reported(FAILING, 0.0, [{"kills": 5.0}, {"own_day": 1.0}]) == {}


def test_the_article_is_described_by_its_two_best_clusters() -> None:
    assert summary_features(3.0, [0.0, 6.0, 3.0]) == {
        "emb_article": 1.0,
        "no_cluster": 0.0,
        "best_cluster": 2.0,
        "second_cluster": 1.0,
    }
    assert summary_features(0.0, [])["no_cluster"] == 1.0


@pytest.mark.parametrize(("odds", "mark"), [(0.0, 0.0), (3.0, 1.0), (90.0, 2.0), (-90.0, -2.0)])
def test_log_odds_are_cut_at_both_ends(odds: float, mark: float) -> None:
    assert bounded(odds) == mark


def test_the_reviewed_weights_hold_bars_that_are_probabilities() -> None:
    fitted = load_report_ranker()
    assert all(0 < bar < 1 for bar in (fitted.prefilter_bar, fitted.article_bar, fitted.further_bar))
    assert fitted.prefilter_bar < fitted.article_bar
