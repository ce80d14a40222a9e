"""How a report stands to the single voices of an incident: the mean over pairs, which no crowd can pull.

Specification. Pooled facts grow with an incident: the more voices it has, the more names, tolls and words it shares
with anybody, so that a large incident draws in its look-alikes. The mean log-odds of a report with each voice alone
(average link) does not grow. It has weights of its own, fitted on pairs of reports. Log-odds of one pair are kept
within `MOST_ODDS`, so that one odd voice cannot outweigh the others, and each pair is compared once in a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from resolution.likeness import Cosines, Likeness
from resolution.phrases import Phrasebook
from resolution.profile import Profile
from resolution.rarity import Rarity
from resolution.regimes import compare_pair
from resolution.sketch import Sketch
from resolution.weights import Weights, pair_log_odds

VOICES_ASKED = 8  # the newest ones: they bound the cost of a comparison with a large incident
MOST_ODDS = 6.0


class Pairs:
    """Log-odds of pairs of reports, each worked out once and the same in both directions."""

    def __init__(self, rarity: Rarity, weights: Weights, likeness: Likeness, phrases: Phrasebook) -> None:
        self._rarity = rarity
        self._likeness = likeness
        self._phrases = phrases
        self._weights = weights
        self._known: dict[tuple[str, str], float] = {}
        self._means: dict[tuple[str, int], float] = {}  # by report and state of the incident
        self._alone: dict[str, Profile] = {}

    def odds(self, left: Sketch, right: Sketch, cosines: Cosines | None = None) -> float:
        """Log-odds that two reports tell of one incident; `cosines` of their words spare working them out."""
        key = (left.report_id, right.report_id)
        known = self._known.get(key)
        if known is None:
            features = compare_pair(left, self._profile(right), self._rarity, self._phrases, cosines)
            known = max(-MOST_ODDS, min(MOST_ODDS, pair_log_odds(features, self._weights)))
            self._known[key] = self._known[key[::-1]] = known
        return known

    def any_below(self, voices: Sequence[Sketch], odds: float) -> bool:
        """Whether any two of these that were compared already stand apart by this much."""
        return any(self._known.get((a.report_id, b.report_id), odds) < odds for a, b in combinations(voices, 2))

    def _profile(self, sketch: Sketch) -> Profile:
        made = self._alone.get(sketch.report_id)
        if made is None:
            made = self._alone[sketch.report_id] = Profile(sketch.report_id, self._likeness)
            made.add(sketch, sketch.article_id)
        return made

    def mean(self, sketch: Sketch, profile: Profile) -> float:
        """Mean log-odds of a report with the voices of an incident that has any."""
        key = (sketch.report_id, profile.stamp)
        known = self._means.get(key)
        if known is None:
            of_words = profile.likeness.cosines(sketch, (profile.word_block,))[0]
            asked = zip(*(voices[-VOICES_ASKED:] for voices in (profile.voices, *of_words)), strict=True)
            odds = [self.odds(sketch, voice, ([lead], [body])) for voice, lead, body in asked]
            known = self._means[key] = sum(odds) / len(odds)
        return known

    def between(self, left: Profile, right: Profile) -> float:
        """Mean log-odds between the voices of two incidents."""
        mine = left.voices[-VOICES_ASKED:]
        return sum(self.mean(voice, right) for voice in mine) / len(mine)
