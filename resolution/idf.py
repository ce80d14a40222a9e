"""How much a shared word says: inverse document frequency that is right from the first article on.

Specification. idf(t) = ln((N + K) / (df(t) + K * rate(t) + 1/2)), where N and df count the reports seen so far and
rate(t) is the share of English news articles that hold the word, from the reviewed table `word_rates.csv` (words of
less than 1.5 % are not listed). K pseudo-documents make "police" common before the warehouse has seen a hundred
articles and let the warehouse's own counts take over afterwards. Frequencies only ever grow, so a word's weight is
frozen into the memory of a report when the report is placed; a later run need not read the past again.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

PSEUDO_DOCUMENTS = 200.0  # K; chosen by judgement, not tuned: smaller trusts a young warehouse sooner
UNKNOWN_RATE = 0.0008  # share of articles holding a word that the table does not list


@cache
def word_rates() -> Mapping[str, float]:
    """Read the reviewed table of common news words: folded word to share of articles, 0 to 1."""
    source = resources.files("seeds") / "reference" / "word_rates.csv"
    return {row["word"]: float(row["rate_0_1"]) for row in csv.DictReader(source.read_text("utf-8").splitlines())}


class Idf:
    """Document frequencies of the past plus those of the batch under way."""

    def __init__(self, document_frequency: Mapping[str, int], n_documents: int) -> None:
        self._known = document_frequency
        self._n_known = n_documents
        self._rates = word_rates()
        self.added: Counter[str] = Counter()
        self.n_added = 0

    def add(self, terms: Iterable[str]) -> None:
        """Count one more report that holds `terms` (each once)."""
        self.added.update(terms)
        self.n_added += 1

    @property
    def n_documents(self) -> int:
        """Reports counted so far."""
        return self._n_known + self.n_added

    def frequency(self, term: str) -> int:
        """Reports that hold `term`, known and added."""
        return self._known.get(term, 0) + self.added.get(term, 0)

    def idf(self, term: str) -> float:
        """Weight of `term`, natural logarithm; never below 0.

        >>> Idf({}, 0).idf("zzyzx") > 5
        True
        """
        return self.idfs((term,))[term]

    def idfs(self, terms: Iterable[str]) -> dict[str, float]:
        """Weights of many terms at once, as `idf` gives them: a report asks for hundreds."""
        rates, known, added, log = self._rates, self._known, self.added, math.log
        total = self.n_documents + PSEUDO_DOCUMENTS
        found = {}
        for term in terms:
            expected = PSEUDO_DOCUMENTS * rates.get(term, UNKNOWN_RATE)
            frequency = known.get(term, 0) + added.get(term, 0)
            weight = log(total / (frequency + expected + 0.5))
            found[term] = weight if weight > 0.0 else 0.0
        return found
