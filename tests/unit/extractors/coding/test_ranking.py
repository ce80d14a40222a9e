"""Which clusters are reported, with models made up here: the bars decide, not the fitted weights."""

from __future__ import annotations

import pytest

from extractors.coding.linear import LinearModel
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
        main_bar=0.8,  # log odds 1.39
        article_weights=(),
        article_bias=0.0,
    )


def test_the_prefilter_lets_through_what_its_bar_lets_through(ranker: ReportRanker) -> None:
    assert ranker.passes(PASSING)
    assert not ranker.passes(FAILING)


@pytest.mark.parametrize(
    ("clusters", "reported"),
    [
        ([], set()),
        ([-2.0], {0}),  # an article that reports has one report at least
        ([-2.0, -0.5, -1.0], {1}),
        ([0.3, 0.3], {0}),  # of equals the earlier in the text
        ([2.0, -1.0, 1.5], {0, 2}),  # and all that are firm
    ],
)
def test_a_passing_article_reports_its_best_cluster_and_all_firm_ones(
    ranker: ReportRanker, clusters: list[float], reported: set[int]
) -> None:
    assert ranker.reported(PASSING, 0.0, clusters) == reported


def test_a_failing_article_reports_none_however_firm_its_clusters(ranker: ReportRanker) -> None:
    assert ranker.reported(FAILING, 0.0, [5.0, 4.0]) == frozenset()


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
    assert all(0 < bar < 1 for bar in (fitted.prefilter_bar, fitted.article_bar, fitted.main_bar))
    assert fitted.prefilter_bar < fitted.article_bar
