"""Comparisons of reports with incidents, kept for the second look at the end of a run.

Specification. A report that was placed in doubt is compared with its candidates again when the run is over, several
times (`resolution.settle`), while hardly any of them has changed. A comparison rests on the two sides and, where they
share a name, on the frequencies known at the moment. It is used again exactly as long as these stand, so that the
outcome is that of comparing anew. Kept for doubtful reports only, about 40 kB each, until the run ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.incident import Veto
from resolution.features import Features, compare
from resolution.profile import Profile
from resolution.rarity import Rarity
from resolution.sketch import Sketch
from resolution.vetoes import vetoes
from resolution.weights import Weights, log_odds


@dataclass(frozen=True, slots=True)
class Compared:
    """A report against the pooled facts of one incident, whatever the other candidates are."""

    features: Features
    vetoes: tuple[Veto, ...]
    odds: float
    stamp: int  # of the incident's pooled facts
    n_documents: int | None  # by whose frequencies the shared names were weighed; null where none is shared


class Comparisons:
    """Compares, and remembers what was compared of the reports that it was told to watch."""

    def __init__(self, rarity: Rarity, weights: Weights) -> None:
        self._rarity = rarity
        self._weights = weights
        self._known: dict[str, dict[str, Compared]] = {}

    def watch(self, sketch: Sketch) -> None:
        """Remember the comparisons of a report from now on."""
        self._known[sketch.report_id] = {}

    def forget(self, sketch: Sketch) -> None:
        """Give up the comparisons of a report that nobody will look at again."""
        self._known.pop(sketch.report_id, None)

    def of(self, sketch: Sketch, profile: Profile) -> Compared:
        """Compare a report with an incident, or find the comparison where nothing that it rests on has changed."""
        return self.of_all(sketch, (profile,))[0]

    def of_all(self, sketch: Sketch, profiles: Sequence[Profile]) -> list[Compared]:
        """Compare a report with many incidents, its words with all of theirs at once."""
        watched = self._known.get(sketch.report_id, {})
        standing = [self._standing(watched, profile) for profile in profiles]
        blocks = [p.word_block for p, known in zip(profiles, standing, strict=True) if known is None]
        if blocks:
            profiles[0].likeness.cosines(sketch, blocks)
        found = [known or self._made(sketch, p) for p, known in zip(profiles, standing, strict=True)]
        watched.update(zip([p.incident_id for p in profiles], found, strict=True))
        return found

    def _standing(self, watched: Mapping[str, Compared], profile: Profile) -> Compared | None:
        """A comparison that was made before and still holds."""
        known = watched.get(profile.incident_id)
        if known is None or known.stamp != profile.stamp:
            return None
        return known if known.n_documents in (None, self._rarity.n_documents) else None

    def _made(self, sketch: Sketch, profile: Profile) -> Compared:
        features = compare(sketch, profile, self._rarity)
        shares_names = not sketch.name_set.isdisjoint(profile.names)
        return Compared(
            features,
            vetoes(sketch, profile, features),
            log_odds(features, self._weights),
            profile.stamp,
            self._rarity.n_documents if shares_names else None,
        )
