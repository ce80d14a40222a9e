"""Find the claims of a document: every figure, with whom it counts, who says so, and the sentence that says it.

`readings` finds the figures, `background` refuses those of other incidents and times, `speakers` names who says so.
Nothing is added up over sentences here; that is `tolls`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.coding.claims.background import Times, doubts, lead_times, refusal
from extractors.coding.claims.ellipsis import MAX_SENTENCES
from extractors.coding.claims.people import People
from extractors.coding.claims.readings import Reading, read_figures
from extractors.coding.claims.speakers import Attribution, SideOf, side_of_speaker
from extractors.coding.document import TITLE, Document, Sentence
from extractors.reference.claims import ClaimLexicon, load_claim_lexicon
from model.report import Alternative, Claim, Measure

_HIT = frozenset("attack assault strike airstrike raid ambush bombing shelling bombardment offensive".split())
_STATE = frozenset(
    "soldier soldiers troops troop police policeman policemen officer officers serviceman servicemen conscript "
    "conscripts guard guards gendarme gendarmes deputy deputies trooper troopers army forces personnel recruits "
    "cadets".split()
)
_ARMED = _STATE | frozenset(
    "marine sergeant captain lieutenant constable detective agent corporal general colonel major commander fighter "
    "pilot cop sheriff marshal airman sailor private patrolman bodyguard peacekeeper policewoman cops "
    "mercenaries".split()
)  # of no armed actor by the noun alone, and no civilians


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim before its report has an id.

    `sentence` is the index of its sentence, `TITLE` for the title; `token` that of the word of harm. `people` are those
    counted, the members of a list apart. `is_self` marks harm that somebody did to themselves; `marks` are signs that
    the figure is of another incident (see `background.doubts`).
    """

    claim: Claim
    sentence: int
    token: int
    people: tuple[People, ...] = ()
    is_self: bool = False
    marks: frozenset[str] = frozenset()


def find_claims(
    document: Document, lexicon: ClaimLexicon | None = None, side_of: SideOf | None = None
) -> tuple[FoundClaim, ...]:
    """Find the claims of the title and of each sentence, in order; `claim_id` is empty until `with_ids`.

    Args:
        document: A parsed document.
        lexicon: The word lists; the reviewed ones by default.
        side_of: Names the actor that a speaker's or a victim's words belong to; a short table by default.
    """
    return read_claims(document, lexicon, side_of)[0]


def read_claims(
    document: Document, lexicon: ClaimLexicon | None = None, side_of: SideOf | None = None
) -> tuple[tuple[FoundClaim, ...], tuple[Alternative, ...]]:
    """Find the claims as `find_claims` does, and the figures that are no claims of the article's incident, with why."""
    finder = _Finder(document, lexicon, side_of)
    return finder.find(), tuple(finder.set_aside)


def table_side_of(lexicon: ClaimLexicon) -> SideOf:
    """Make the default `side_of` from the table of side words: the longest one in the words given."""
    pattern = re.compile(
        r"(?<![\w.])(?:" + "|".join(re.escape(w) for w in sorted(lexicon.sides, key=len, reverse=True)) + r")(?!\w)",
        re.IGNORECASE,
    )

    def side_of(words: str) -> str | None:
        found = [m.group().lower() for m in pattern.finditer(words)]
        return lexicon.sides[max(found, key=len)] if found else None

    return side_of


class _Finder:
    """Holds what is the same for every sentence of one document."""

    def __init__(self, document: Document, lexicon: ClaimLexicon | None, side_of: SideOf | None) -> None:
        self.document = document
        self.lexicon = lexicon or load_claim_lexicon()
        self.side_of = side_of or table_side_of(self.lexicon)
        self.times: Times = lead_times(document)
        self.attribution = Attribution(document, self.lexicon)
        self.set_aside: list[Alternative] = []
        self.before: tuple[int, Measure] | None = None  # sentence and measure of the last figure

    def find(self) -> tuple[FoundClaim, ...]:
        found = [f for sentence in self.document.sentences for f in self._of_sentence(sentence)]
        return _with_common_side(found)

    def _of_sentence(self, sentence: Sentence) -> list[FoundClaim]:
        found = []
        before = self.before[1] if self.before and sentence.index - self.before[0] <= MAX_SENTENCES else None
        readings = read_figures(self.document, sentence, self.lexicon, before)
        for reading in readings:
            reason = refusal(self.document, sentence, reading, self.times, readings)
            if reason is not None:
                self.set_aside.append(Alternative(sentence.text, f"{reading.measure.value} {reading.low}", reason))
                continue
            found.append(self._claim(sentence, reading))
            if not reading.is_part and reading.measure is not Measure.FORCE_SIZE:
                self.before = (sentence.index, reading.measure)
        return found

    def _claim(self, sentence: Sentence, reading: Reading) -> FoundClaim:
        said = self.attribution.of(reading.trigger, others=tuple(p.at for p in reading.people))
        victims = self._victims(reading)
        side = self._victims_side(victims, reading)
        is_title = sentence.index == TITLE
        claim = Claim(
            claim_id="",
            measure=reading.measure,
            low=reading.low,
            high=reading.high,
            bound=reading.bound,
            victims=victims,
            victims_side=side,
            speaker=said.speaker,
            speaker_side=side_of_speaker(said, side, self.side_of),
            verb=said.verb,
            quote=sentence.text,
            start_char=-1 if is_title else sentence.start,
            end_char=-1 if is_title else sentence.end,
            is_increment=reading.is_increment,
            is_part=reading.is_part,
            rule=reading.rule,
        )
        marks = doubts(self.document, sentence, reading, self.times)
        return FoundClaim(claim, sentence.index, reading.trigger, reading.people, reading.is_self, marks)

    def _victims(self, reading: Reading) -> str:
        """Quote the words for those counted; a bare number takes them from what was attacked."""
        first, last = min(p.first for p in reading.people), max(p.last for p in reading.people)
        is_bare = all(p.is_bare for p in reading.people) and not reading.is_part
        if is_bare and (target := self._target(reading)):
            return target
        if is_bare and (owner := self._troops(reading.trigger)):
            return owner
        return self.document.text_between(first, last)

    def _troops(self, trigger: int) -> str | None:
        """Take the subject of the clause around: "the troops did not fare well, with more than 100 dead"."""
        for above in self.document.ancestors(trigger):
            for c in self.document.children[above.index]:
                entry = self.lexicon.persons.get(self.document.tokens[c].lower)
                is_armed = entry is not None and entry.group in ("forces", "suspects")
                if self.document.tokens[c].dep == "nsubj" and c < trigger and is_armed:
                    return self.document.text_between(self.document.subtree(c)[0], c)
        return None

    def _target(self, reading: Reading) -> str | None:
        """Find whom the attack that did the harm was on: "the raid against the rebels near the dam killed 19"."""
        verb = reading.trigger
        for token in (self.document.tokens[verb], *self.document.ancestors(verb)):
            for c in self.document.children[token.index]:
                child = self.document.tokens[c]
                if child.dep == "nsubj" and child.lemma in _HIT:
                    return self._struck(c)
        return None

    def _struck(self, event: int) -> str | None:
        tokens, children = self.document.tokens, self.document.children
        for prep in (c for c in children[event] if tokens[c].lower in ("on", "against", "targeting")):
            for c in (c for c in children[prep] if tokens[c].dep in ("pobj", "dobj")):
                inside = [k for k in children[c] if k < c]
                first = min((self.document.subtree(k)[0] for k in inside), default=c)
                return self.document.text_between(first, c)
        return None

    def _victims_side(self, victims: str, reading: Reading) -> str | None:
        """Say whose the victims are: an actor that the words name, else civilians or suspects by the nouns."""
        if reading.is_self:
            return "suspects"
        if side := self.side_of(victims):
            return side
        groups = [p.group for p in reading.people if p.group in ("civilians", "suspects")]
        if groups:
            return groups[0]
        heads = {p.head.split()[-1] for p in reading.people if p.head}
        if (reading.low, reading.high) == (0, 0) or any(p.group == "forces" for p in reading.people):
            return self.state if heads & _STATE else None
        if heads & _ARMED:
            return self.state if heads & _STATE else None
        is_described = any(not p.is_bare for p in reading.people)
        return "civilians" if is_described else None

    @cached_property
    def state(self) -> str | None:
        """The armed forces of the state that the article names most often: whose its "soldiers" are."""
        named: Counter[str] = Counter()
        for token in self.document.tokens:
            if token.lower in _STATE or token.lower in ("military", "government"):
                first = next(iter(self.document.subtree(token.index)))
                side = self.side_of(self.document.text_between(first, token.index)) if first < token.index else None
                named.update([side] if side and side.startswith("mil_") else [])
        return min(named, key=lambda side: (-named[side], side)) if named else None


def _with_common_side(found: Sequence[FoundClaim]) -> tuple[FoundClaim, ...]:
    """Give bare figures ("killed 12") the side that most counted victims of the document have."""
    known = Counter(
        f.claim.victims_side for f in found if f.claim.victims_side and not all(p.is_bare for p in f.people)
    )
    common = min(known, key=lambda side: (-known[side], side or "")) if known else "civilians"
    result = []
    for f in found:
        is_bare = all(p.is_bare for p in f.people) and f.claim.victims_side is None and f.claim.high != 0
        result.append(replace(f, claim=replace(f.claim, victims_side=common)) if is_bare else f)
    return tuple(result)
