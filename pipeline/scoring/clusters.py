"""Compare two clusterings of the same items: B-cubed after Bagga and Baldwin (1998), and pairwise over all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def b_cubed(gold: Mapping[Item, str], found: Mapping[Item, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of `found` clusters against `gold`, both from item to cluster id.

    >>> b_cubed({"a": "1", "b": "1"}, {"a": "x", "b": "y"})
    (1.0, 0.5, 0.6666666666666666)
    """
    gold_size, found_size = Counter(gold.values()), Counter(found[item] for item in gold)
    both = Counter((gold[item], found[item]) for item in gold)
    precision = sum(n * n / found_size[cluster] for (_, cluster), n in both.items()) / len(gold)
    recall = sum(n * n / gold_size[cluster] for (cluster, _), n in both.items()) / len(gold)
    return precision, recall, f1(precision, recall)


def pairwise(gold: Mapping[Item, str], found: Mapping[Item, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of items put together."""
    both = _pairs(Counter((gold[item], found[item]) for item in gold).values())
    n_found = _pairs(Counter(found[item] for item in gold).values())
    n_gold = _pairs(Counter(gold.values()).values())
    precision, recall = both / n_found if n_found else 1.0, both / n_gold if n_gold else 1.0
    return precision, recall, f1(precision, recall)


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)
