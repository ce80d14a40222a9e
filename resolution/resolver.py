"""Put reports to incidents, one after another in order of publication.

Specification. For each report: (1) candidates by blocking key; (2) a later revision of a known article stays where the
article is; (3) a person's decision; (4) features, probability and vetoes against each candidate's pooled facts; (5)
the best candidate that is not vetoed is *ranked* first and only then *accepted*, at `accept` or more. A second incident
that the report fits as well is late evidence that the two are one: they are merged when the pooled facts agree, and
the older id lives. A background report opens nothing. Each report is compared with those before it in the batch and in
the warehouse alike, so that the batch size does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from operator import is_

from model.collector import uncollected
from model.ids import incident_id as id_opened_by
from model.incident import (
    Assignment,
    Explanation,
    Known,
    Lookup,
    Memory,
    Merge,
    OriginAssignment,
    Resolution,
    Told,
    UnsurePair,
    Veto,
)
from resolution.batch import Readings, in_order
from resolution.blocking import stored_keys, wanted_keys
from resolution.compared import Compared, Comparisons
from resolution.decisions import Verdicts, marks, profile_marks
from resolution.features import Features, crowd_of, crowds_of
from resolution.origins import copy_basis, is_quoted_from, quoted_outlets, similarities
from resolution.pairs import Pairs
from resolution.parting import part
from resolution.profile import Profile
from resolution.rarity import Rarity
from resolution.reasons import scores
from resolution.regimes import has_loose_facts, has_open_type
from resolution.settle import CLEAR_0_1, settle
from resolution.sketch import Sketch, encode, make_sketch, weigh
from resolution.state import State
from resolution.vetoes import fact_vetoes
from resolution.weights import Weights, add_odds, load_weights, log_odds_of, probability, with_voices

MAX_FEATURES_TOLD = 12  # of an explanation; the rest adds next to nothing
RIVAL_PROBABILITY = 0.1  # a second incident that the report fits less than this is not worth judging
SMALL_VOICES = 2  # an incident of so few voices was opened on thin evidence, and is asked again as its rivals grow
SMALL_RIVAL_PROBABILITY = 0.03  # ... also by a report that fits it as little as this
REASONS_TOLD = 3  # against the nearest candidate, in the rule of an opening; the explanation has more
SHORTLIST = 5  # candidates whose voices are asked one by one, the best first
LIFTABLE = frozenset({"days", "places"})  # vetoes that rest on the coder's reading of one fact
LIFTING_ODDS = 0.0  # mean of the voices at which they outweigh that reading; at 0.5 g5 loses 0.6 points of pair F1
OPENED = "opened"  # the first word of every rule by which a report opens an incident
MERGE_VOICES = 8  # voices of the smaller incident that are asked before two are merged


@dataclass(frozen=True, slots=True)
class Placing:
    """A report against one candidate: the probability, its features, what forbids it, and a person's word."""

    incident_id: str
    odds: float
    own: Features  # whatever the other candidates are
    crowd: Features  # how near the other candidates come
    vetoes: tuple[Veto, ...]
    decided: bool | None = None
    of_pairs: float | None = None  # mean log-odds of the single voices, where they were asked

    @property
    def features(self) -> Features:
        """Every feature."""
        return self.own | self.crowd

    @property
    def rank(self) -> tuple[bool, float, str]:
        """Order of candidates, the best last: a person's `same` first, then the odds; the id breaks ties."""
        return (self.decided is True, self.odds, self.incident_id)

    @property
    def is_open(self) -> bool:
        """Whether nothing forbids the candidate."""
        return self.decided is not False and (self.decided is True or not self.vetoes)


class Resolver:
    """One run's resolver; feed it reports in order with `place`."""

    def __init__(self, known: Known, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights()
        self.rarity = Rarity(known.document_frequency, known.n_documents)
        self.state = State(known.memories)
        self.verdicts = Verdicts(known.decisions)
        self.comparisons = Comparisons(self.rarity, self.weights)
        self.pairs = Pairs(self.rarity, self.weights, self.state.likeness, self.state.phrases)
        self.assignments: list[Assignment] = []
        self.merges: list[Merge] = []
        self.unsure: list[UnsurePair] = []
        self.memories: dict[str, Memory] = {}
        self.origins: dict[str, OriginAssignment] = {}
        self.moved: dict[str, Explanation] = {}
        self._wanted: dict[str, Sequence[str]] = {}  # keys of the doubtful ones
        self._placings: dict[str, list[tuple[list[Compared], list[Placing]]]] = {}  # their candidates, as seen before
        self._doubtful: list[Sketch] = []  # main reports of the run that may fit another incident as well

    def sketch(self, told: Told, is_alone: bool, signed: str) -> Sketch:
        """Boil a report down and count its terms (main reports only: a background span is no document)."""
        return self.count(make_sketch(told, is_alone, self.rarity, signed))

    def count(self, sketch: Sketch) -> Sketch:
        """Count the terms of a report once it was weighed by those before it."""
        if sketch.is_main:
            self.rarity.add(sketch.terms)
        return sketch

    def compare(self, sketch: Sketch, incident_id: str, others: Sequence[Features] = ()) -> Placing:
        """Compare a report with one incident; `others` are its comparisons with further ones."""
        profile = self.state.profile(incident_id)
        return self._placing(sketch, profile, self.comparisons.of(sketch, profile), crowd_of(others))

    def _placing(self, sketch: Sketch, profile: Profile, compared: Compared, crowd: Features) -> Placing:
        decided = None
        if self.verdicts:
            mine = marks(sketch.report_id, None)
            word = self.verdicts.between(mine, profile_marks(profile)) if self.verdicts.concern(mine) else None
            decided = None if word is None else word.is_same
        odds = add_odds(compared.odds, crowd, self.weights)
        return Placing(profile.incident_id, odds, compared.features, crowd, compared.vetoes, decided)

    def candidates(self, sketch: Sketch, wanted: Sequence[str] | None = None) -> list[Placing]:
        """Compare a report with every candidate, the likely ones voice by voice, too; the best first.

        `wanted` spares making its keys again.
        """
        profiles, compared = self._compared(sketch, wanted)
        for known, placings in self._placings.get(sketch.report_id, ()):
            if len(known) == len(compared) and all(map(is_, known, compared)):
                return placings
        ranked = self._ranked(sketch, profiles, compared)
        likely = islice((p for p in ranked if self.is_likely(sketch, p)), SHORTLIST)
        asked = {p.incident_id: self.asked(sketch, p) for p in likely}
        found = sorted((asked.get(p.incident_id, p) for p in ranked), key=lambda p: p.rank, reverse=True)
        if sketch.report_id in self._placings:
            self._placings[sketch.report_id].append((compared, found))
        return found

    def ranked(self, sketch: Sketch) -> list[Placing]:
        """Compare a report with the pooled facts of every candidate, the best first."""
        return self._ranked(sketch, *self._compared(sketch))

    def _compared(self, sketch: Sketch, wanted: Sequence[str] | None = None) -> tuple[list[Profile], list[Compared]]:
        wanted = self._wanted.get(sketch.report_id) or wanted_keys(sketch) if wanted is None else wanted
        profiles = [self.state.profile(c) for c in self.state.candidates(wanted)]
        return profiles, self.comparisons.of_all(sketch, profiles)

    def _ranked(self, sketch: Sketch, profiles: Sequence[Profile], compared: Sequence[Compared]) -> list[Placing]:
        live = [one.features for one in compared if not one.vetoes]
        of_all, of_others = crowd_of(live), iter(crowds_of(live))
        placings = [
            self._placing(sketch, profile, one, of_all if one.vetoes else next(of_others))
            for profile, one in zip(profiles, compared, strict=True)
        ]
        return sorted(placings, key=lambda p: p.rank, reverse=True)

    def is_likely(self, sketch: Sketch, placing: Placing) -> bool:
        """Whether the voices are worth asking: a candidate not ruled out, or by a reading that is not firm.

        Where one side is of no type, its day and place hang on no trigger.
        """
        if placing.decided is False or probability(placing.odds) < CLEAR_0_1:
            return False
        if not placing.vetoes:
            return True
        is_open_type = has_open_type(sketch, self.state.profile(placing.incident_id))
        return is_open_type and all(v.name in LIFTABLE for v in placing.vetoes)

    def bar(self, sketch: Sketch, placing: Placing) -> float:
        """Log-odds at which a report is put to the incident it was compared with."""
        is_loose = has_loose_facts(sketch, self.state.profile(placing.incident_id), placing.own)
        return log_odds_of(self.weights.accept_loose if is_loose else self.weights.accept)

    def asked(self, sketch: Sketch, placing: Placing) -> Placing:
        """Let the voices speak one by one, too: half of the log-odds is theirs, and they may lift a day or a place."""
        mean = self.pairs.mean(sketch, self.state.profile(placing.incident_id))
        left = () if mean >= LIFTING_ODDS else placing.vetoes
        return replace(placing, odds=with_voices(placing.odds, mean), vetoes=left, of_pairs=mean)

    def place(self, told: Told, sketch: Sketch, wanted: Sequence[str] | None = None) -> None:
        """Put one report to its incident, or open one; `wanted` are its keys, where they were made already."""
        self.comparisons.watch(sketch)
        self.state.phrases.hear(sketch)
        placings = self.candidates(sketch, wanted)
        origin = self._origin(told, sketch, placings)
        kept = self._revised(sketch)
        best = next((p for p in placings if p.is_open), None)
        if kept is not None:
            self._attach(told, sketch, kept, origin, Explanation(1.0, "a new revision of a report already placed"))
        elif best is not None and (best.decided or best.odds >= self.bar(sketch, best)):
            rule = "a person's decision" if best.decided else "the facts agree"
            self._attach(told, sketch, best.incident_id, origin, self._explain(best, rule))
            self._merge_rivals(sketch, best, placings)
        elif sketch.is_main:
            self._open(told, sketch, origin, placings)
        if kept is None and sketch.is_main and self._is_doubtful(sketch, placings, best):
            self._doubtful.append(sketch)
            self._placings[sketch.report_id] = []
            if wanted is not None:
                self._wanted[sketch.report_id] = wanted
        else:
            self.comparisons.forget(sketch)
        self._list_unsure(sketch, placings)
        if not self.state.has_voice(sketch):
            self.state.phrases.forget(sketch)

    def _is_doubtful(self, sketch: Sketch, placings: Sequence[Placing], best: Placing | None) -> bool:
        chances = [probability(p.odds) for p in placings if p.is_open and p is not best]
        if best is not None and not best.decided:
            own = probability(best.odds)
            chances.append(own if best.odds < self.bar(sketch, best) else 1.0 - own)
        return max(chances, default=0.0) >= CLEAR_0_1

    def settle(self) -> None:
        """Look again at the doubtful reports of the run, now that all of them are placed."""
        concerned = part(self)
        asked = {sketch.report_id for sketch in self._doubtful}
        settle(self, [*self._doubtful, *(s for s in concerned if s.report_id not in asked)])

    def part_off(self, leaving: Sequence[Sketch]) -> None:
        """Let reports of this run leave their incident together and open one."""
        rule = f"{OPENED}: its reports and the others tell of two, looked at again at the end of the run"
        target = f"alone:{leaving[0].report_id}:{len(self.moved)}"
        for sketch in leaving:
            self._carry(sketch, target)
            made = next(a for a in self.assignments if a.report_id == sketch.report_id)
            self.moved[sketch.report_id] = replace(made.explanation, rule=rule)

    def move(self, sketch: Sketch, incident_id: str | None, placing: Placing) -> None:
        """Put a report of this run elsewhere than it was put first; null opens an incident of its own."""
        self._carry(sketch, incident_id or f"alone:{sketch.report_id}:{len(self.moved)}")
        rule = "the facts agree, looked at again at the end of the run"
        if incident_id is None:
            rule = "opened: no incident is like it, looked at again at the end of the run"
        self.moved[sketch.report_id] = self._explain(placing, rule)

    def _carry(self, sketch: Sketch, incident_id: str) -> None:
        """Take a report of this run from its incident to another, known or new."""
        memory = self.memories[sketch.report_id]
        self.state.leave(sketch)
        self.state.add(sketch, incident_id, memory.origin_id, memory.keys, memory.published_at)

    def _explain(self, placing: Placing, rule: str) -> Explanation:
        told = scores(placing.features, self.weights, placing.of_pairs)[:MAX_FEATURES_TOLD]
        return Explanation(round(probability(placing.odds), 4), rule, told, placing.vetoes)

    def _revised(self, sketch: Sketch) -> str | None:
        """The incident of an earlier revision of the same article, when it told of one incident only."""
        earlier = {self.state.current(i) for i in self.state.incidents_by_article.get(sketch.article_id, ())}
        if len(earlier) != 1 or not sketch.is_main:
            return None
        incident_id = earlier.pop()
        members = [m for m in self.state.profile(incident_id).members if m.article_id == sketch.article_id]
        return incident_id if members and all(m.revision < sketch.revision for m in members) else None

    def _attach(self, told: Told, sketch: Sketch, incident_id: str, origin: str, why: Explanation) -> None:
        self._remember(told, sketch, incident_id, origin)
        self.assignments.append(Assignment(sketch.report_id, incident_id, is_new=False, explanation=why))

    def _open(self, told: Told, sketch: Sketch, origin: str, placings: Sequence[Placing]) -> None:
        incident_id = id_opened_by(sketch.report_id)
        nearest = placings[0] if placings else None
        rule = self._opening_rule(sketch, nearest)
        why = self._explain(nearest, rule) if nearest else Explanation(0.0, rule)
        self._remember(told, sketch, incident_id, origin)
        self.assignments.append(Assignment(sketch.report_id, incident_id, is_new=True, explanation=why))

    def _opening_rule(self, sketch: Sketch, nearest: Placing | None) -> str:
        """Say that nothing matched, and why the best candidate was not taken."""
        rule = "opened: no incident is like it"
        if sketch.is_follow_up:
            rule = "opened by a follow-up: its incident was never seen"
        if nearest is None:
            return f"{rule}; nothing known shares a day and place, a name or a rare word with it"
        if nearest.decided is False:
            reason = "a person said that they differ"
        elif nearest.vetoes:
            reason = "; ".join(v.words for v in nearest.vetoes)
        else:
            against = (f for f in scores(nearest.features, self.weights) if f.value * f.weight < 0)
            reason = "; ".join(f.words for f in islice(against, REASONS_TOLD)) or "too little speaks for it"
        chance = probability(nearest.odds)
        return f"{rule}; the nearest, {nearest.incident_id}, came to {chance:.2f} and was rejected: {reason}"

    def _remember(self, told: Told, sketch: Sketch, incident_id: str, origin: str) -> None:
        keys = stored_keys(sketch, self.rarity)
        self.state.add(sketch, incident_id, origin, keys, told.article.published_at)
        self.memories[sketch.report_id] = Memory(
            sketch.report_id, sketch.article_id, incident_id, origin, keys, encode(sketch), told.article.published_at
        )

    def _origin(self, told: Told, sketch: Sketch, placings: Sequence[Placing]) -> str:
        """Find the origin of the article among the candidates' reports, the oldest copy first."""
        known = self.state.origin_of.get(sketch.article_id)
        if known is not None:
            self.origins.setdefault(
                sketch.article_id, OriginAssignment(sketch.article_id, known, "known from an earlier report")
            )
            return known
        origin, basis = sketch.article_id, "its own writing"
        quoted = quoted_outlets(told.article.text)
        profiles = [self.state.profile(placing.incident_id) for placing in placings]
        alike = iter(similarities(sketch.signature, [v.signature for p in profiles for v in p.voices]))
        for profile in profiles:
            found = self._copied(told, sketch, profile, list(islice(alike, len(profile.voices))), quoted)
            if found is not None:
                origin, basis = found
                break
        self.origins[sketch.article_id] = OriginAssignment(sketch.article_id, origin, basis)
        self.state.origin_of[sketch.article_id] = origin
        return origin

    def _copied(
        self, told: Told, sketch: Sketch, profile: Profile, alike: Sequence[float], quoted: tuple[str, ...]
    ) -> tuple[str, str] | None:
        for voice, similarity in zip(profile.voices, alike, strict=True):
            basis = copy_basis(sketch, voice, similarity)
            if basis is not None:
                return profile.origins[voice.report_id], basis
        for voice in profile.voices if quoted else ():
            if is_quoted_from(told.article.text, voice.outlet, quoted):
                return profile.origins[voice.report_id], f"quoted from {voice.outlet}"
        return None

    def _merge_rivals(self, sketch: Sketch, best: Placing, placings: Sequence[Placing]) -> None:
        """Merge further incidents that the report fits as well, when their pooled facts agree."""
        for rival in placings:
            mine, theirs = self.state.current(best.incident_id), self.state.current(rival.incident_id)
            if mine == theirs:
                continue
            is_small = len(self.state.profile(theirs).voices) <= SMALL_VOICES
            least = SMALL_RIVAL_PROBABILITY if is_small else RIVAL_PROBABILITY
            fits = rival.is_open and rival.decided is None and probability(rival.odds) >= least
            if not (fits or rival.decided):
                continue
            others = [p.own for p in placings if not p.vetoes and p not in (best, rival)]
            why = self.judge_merge(self.state.profile(mine), self.state.profile(theirs), others)
            needed = self.weights.merge_small if is_small else self.weights.merge
            is_decided = rival.decided and not self._is_forbidden(mine, theirs)
            if is_decided or (why is not None and why.probability_0_1 >= needed):
                self.merge(mine, theirs, why or Explanation(1.0, "a person's decision"))

    def judge_merge(self, left: Profile, right: Profile, others: Sequence[Features] = ()) -> Explanation | None:
        """Ask the voices of the smaller incident whether they fit the larger; null where one is forbidden to.

        `others` are the comparisons of the report that raised the question with third incidents.
        """
        small, large = sorted((left, right), key=lambda p: (len(p.voices), p.incident_id))
        if self.verdicts:
            word = self.verdicts.between(profile_marks(small), profile_marks(large))
            if word is not None:
                return Explanation(1.0, "a person's decision") if word.is_same else None
        asked = [v for v in small.voices if v.report_id not in large.origins][-MERGE_VOICES:]
        placings = [self.compare(v, large.incident_id, others) for v in asked]
        if not placings or any(p.vetoes or fact_vetoes(p.features) for p in placings):
            return None
        odds = sum(p.odds for p in placings) / len(placings)
        return replace(
            self._explain(placings[0], "late evidence joins both"), probability_0_1=round(probability(odds), 4)
        )

    def agreed(self, left_id: str, right_id: str) -> Explanation | None:
        """Judge by their pooled facts whether two incidents are one as of now; null where they are not."""
        left, right = self.state.profile(left_id), self.state.profile(right_id)
        why = self.judge_merge(left, right)
        is_small = min(len(left.voices), len(right.voices)) <= SMALL_VOICES
        needed = self.weights.merge_small if is_small else self.weights.merge
        return why if why is not None and why.probability_0_1 >= needed else None

    def merge(self, left_id: str, right_id: str, why: Explanation) -> None:
        """Merge two incidents; the older one keeps its id."""
        kept, gone = sorted((self.state.current(i) for i in (left_id, right_id)), key=self.state.age)
        self.state.merge(kept, gone)
        self.merges.append(Merge(kept, gone, why))

    def _list_unsure(self, sketch: Sketch, placings: Sequence[Placing]) -> None:
        """List the best candidate that was near enough for a person to look at, and was not taken."""
        placed = self.state.incident_by_report.get(sketch.report_id)
        if placed is None:
            return
        for placing in placings:
            other = self.state.current(placing.incident_id)
            if other == self.state.current(placed) or not placing.is_open or placing.decided is not None:
                continue
            if probability(placing.odds) >= self.weights.unsure:
                why = self._explain(placing, "between reject and accept")
                self.unsure.append(UnsurePair(sketch.report_id, placed, other, why))
            return

    def apply_decisions(self) -> None:
        """Merge incidents that a person called the same, where both are known to this run."""
        wanted = [decision for decision in self.verdicts if decision.is_same]
        meant = self._meant() if wanted else {}
        for decision in wanted:
            left, right = (meant.get(i) for i in (decision.left_id, decision.right_id))
            if left is None or right is None or self.state.current(left) == self.state.current(right):
                continue
            if not self._is_forbidden(left, right):
                self.merge(self.state.current(left), self.state.current(right), Explanation(1.0, "a person's decision"))

    def _is_forbidden(self, left: str, right: str) -> bool:
        """Whether a person called any two reports of two incidents different."""
        word = self.verdicts.between(*(profile_marks(self.state.profile(i)) for i in (left, right)))
        return word is not None and not word.is_same

    def _meant(self) -> dict[str, str]:
        """For each id by which a decision may mean an incident known to this run: the incident."""
        homes = self.state.incident_by_report.items()
        by_mark = {mark: home for report_id, home in homes for mark in sorted(marks(report_id, None))}
        return by_mark | {home: home for _, home in homes}

    def result(self) -> Resolution:
        """Everything that the run decided, by the ids that hold at its end.

        An incident that the run opened bears the id of the first report left in it. Merges among those are not told:
        nobody has seen the ids.
        """
        homes = {a.report_id: self.state.home(a.report_id) or a.incident_id for a in self.assignments}
        names: dict[str, str] = {}
        for report_id, home in homes.items():
            names.setdefault(home, home if self.state.is_known(home) else id_opened_by(report_id))
        final = {report_id: names[home] for report_id, home in homes.items()}
        return Resolution(
            assignments=self._final_assignments(final),
            merges=tuple(
                Merge(names.get(m.kept_id, m.kept_id), m.gone_id, m.explanation)
                for m in self.merges
                if self.state.is_known(m.gone_id)
            ),
            origins=tuple(self.origins.values()),
            unsure=self._open_questions(final, names),
            memories=tuple(replace(m, incident_id=final[m.report_id]) for m in self.memories.values()),
            term_counts=dict(sorted(self.rarity.added.items())),
            n_documents=self.rarity.n_added,
        )

    def _final_assignments(self, final: Mapping[str, str]) -> tuple[Assignment, ...]:
        found = []
        for made in self.assignments:
            incident_id, why = final[made.report_id], self.moved.get(made.report_id, made.explanation)
            opens = incident_id == id_opened_by(made.report_id)
            if opens and not why.rule.startswith(OPENED):
                why = replace(why, rule=f"{OPENED}: the report that it was put to at first went elsewhere")
            elif not opens and why.rule.startswith(OPENED):
                why = replace(why, rule="late evidence joins both")
            found.append(Assignment(made.report_id, incident_id, opens, why))
        return tuple(found)

    def _open_questions(self, final: Mapping[str, str], names: Mapping[str, str]) -> tuple[UnsurePair, ...]:
        asked = (
            replace(u, incident_id=final[u.report_id], other_incident_id=names.get(other, other))
            for u in self.unsure
            if u.report_id not in self.moved
            and self.state.has_reports(other := self.state.current(u.other_incident_id))
        )
        return tuple(u for u in asked if u.incident_id != u.other_incident_id)


def lookup(told: Sequence[Told], readings: Readings | None = None) -> Lookup:
    """Say what of the past is needed to place these reports: blocking keys, terms to count, articles."""
    readings = readings or Readings(told)
    keys: set[str] = set()
    terms: set[str] = set()
    for one in told:
        keys.update(readings.wanted(one.report.report_id))
        terms.update(readings[one].unweighed.terms)
    return Lookup(frozenset(keys), frozenset(terms), frozenset(t.article.article_id for t in told))


@uncollected()
def resolve(
    told: Sequence[Told],
    known: Known,
    now: datetime | None = None,
    weights: Weights | None = None,
    readings: Readings | None = None,
) -> Resolution:
    """Put a batch of reports to incidents.

    Args:
        told: Reports with their articles, in file order.
        known: What the warehouse knows within `lookup(told)`.
        now: The run's moment; the outcome does not depend on it, so that a replay repeats a live run.
        weights: Other weights than the reviewed ones, for measuring.
        readings: The texts of `told`, where `lookup` has them read already.
    """
    del now
    resolver = Resolver(known, weights)
    readings = readings or Readings(told)
    for one in in_order(told):
        sketch = resolver.count(weigh(readings[one], resolver.rarity))
        resolver.place(one, sketch, readings.wanted(sketch.report_id))
    resolver.settle()
    resolver.apply_decisions()
    return resolver.result()
