"""Read the numbers beside a word of harm, where the parse of headlines and of second-language English is wrong.

"bomber kills 16", "and more than 80 hurt", "five uniformed dead", "bringing the deaths to five", "the toll rose from 8
to 12". A number that another word of harm takes, or that counts things, is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.coding.claims.casualty_words import ACTIVE, INTRANSITIVE, NOUNS, CasualtyWord
from extractors.coding.claims.lists import ListReader
from extractors.coding.claims.people import People
from extractors.coding.document import Document
from model.report import Bound

_MAX_GAP = 3  # tokens between a word of harm and people beside it: "were reportedly also", "three other"
_MAX_TOLL_TOKENS = 24  # tokens from "death toll" to its number: "from Tuesday's blast in Sampletown rose to"
_NOT_TOLL = frozenset("from since between".split())
_BESIDE = frozenset(
    "was were is are been be being has have had got were- reported reportedly also later then confirmed found feared "
    "left people others other more persons seriously critically badly slightly , : - – — and both all at least".split()
)


_LEADS_TO = frozenset("to at as : reached reaching were is was = - hit passed topped exceeded now".split())
_REPORTED = frozenset("reported put confirmed given estimated".split())
_DEATHS = frozenset("deaths dead killed martyrs fatalities victims bodies".split())
_AUXILIARIES = frozenset("was were is are been be being has have had reported reportedly confirmed feared left".split())
_PERSONS = frozenset("people others persons more other".split())


class AdjacentPeople:
    """Finds people beside the words of harm of one sentence."""

    def __init__(self, document: Document, reader: ListReader, harms: Sequence[CasualtyWord]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.reader = reader
        self.harms = harms

    def _children(self, casualty: CasualtyWord, *deps: str) -> list[int]:
        """Give the children with these labels of all tokens of the words, those of the governing one first."""
        span = [casualty.top, *(k for k in range(casualty.first, casualty.last + 1) if k != casualty.top)]
        return [c for k in span for c in self.document.children[k] if self.tokens[c].dep in deps]

    def _told_after(self, casualty: CasualtyWord) -> int | None:
        """Find the number in "bringing the deaths to five", "Dead: 12", "put the dead at 17"."""
        k = casualty.last + 1
        is_the = casualty.first > 0 and self.tokens[casualty.first - 1].lower == "the"
        if casualty.label not in NOUNS and not is_the:
            return None
        if is_the and casualty.label not in NOUNS and k in self.reader.numbers:
            return k  # "the dead are 32 and the injured 108"
        k += k < self.reader.sentence.last and self.tokens[k].lower in _REPORTED
        if k + 1 < self.reader.sentence.last and self.tokens[k].lower in _LEADS_TO and k + 1 in self.reader.numbers:
            return k + 1
        return None

    def _only(self, at: int) -> list[People]:
        """Read one number without what is listed with it."""
        people = self.reader.read(max(k for k, n in self.reader.numbers.items() if n is self.reader.numbers[at]))
        return [people] if people is not None else []

    def _counted_before(self, casualty: CasualtyWord) -> list[People]:
        """Read a number straight before a participle or adjective: "and more than 80 hurt", "54 of ours died"."""
        at = casualty.first - 1
        is_verb = casualty.label not in INTRANSITIVE and self.tokens[casualty.top].tag in ("VB", "VBZ", "VBP", "VBG")
        if casualty.label in ACTIVE or casualty.label in NOUNS or is_verb:
            return []
        if self.tokens[casualty.top].tag == "VBD" and self._children(casualty, "dobj"):
            return []
        while at > self.reader.sentence.first and (
            self.tokens[at].lower in _AUXILIARIES or self.tokens[at].pos in ("ADV", "AUX")
        ):
            at -= 1
        if at > self.reader.sentence.first + 1 and self.tokens[at].lower in (
            "ours",
            "them",
            "us",
            "others",
            "more",
            "people",
        ):
            at -= 2 if self.tokens[at - 1].lower == "of" else 1
        if at not in self.reader.numbers:
            at = self._over_noun(at, casualty)
        if self.tokens[at].text == ")" and self.tokens[at - 2].text == "(":
            at -= 3  # "eleven (11) wounded"
        at = self._of_these(at)
        if at not in self.reader.numbers or self._has_object_behind(casualty):
            return []
        number = self.reader.numbers[at]
        first = min(k for k, n in self.reader.numbers.items() if n is number)
        if first > 1 and self.tokens[first - 1].lower == "of" and self.tokens[first - 2].pos in ("NOUN", "NUM"):
            return []  # "nine members of one family"
        end = next((k for k in range(casualty.first - 1, at, -1) if self.tokens[k].lower in _PERSONS), at)
        people = self.reader.counted(at, end)
        return self._listed(people, casualty) if people is not None else []

    def _listed(self, people: People, casualty: CasualtyWord) -> list[People]:
        """Add those listed before: "an officer and two conscripts were killed"."""
        at = people.at
        while self.tokens[at].dep == "conj" and self.tokens[at].head < at:
            head = self.tokens[at].head
            if any(head <= h.first < at for h in self.harms if h is not casualty) or self.reader.read(head) is None:
                break
            at = head
        if at == people.at:
            return [people]
        listed = [p for p in self.reader.members(at) if p.first < people.first]
        return [*listed, people]

    def _of_these(self, at: int) -> int:
        """Step from "the two" in "one of the two clerks" to the number that counts."""
        number = self.reader.numbers.get(at)
        k = at
        while number is not None and self.reader.numbers.get(k) is number:
            k -= 1
        k -= self.tokens[k].pos in ("DET", "PRON")
        is_of = number is not None and k > self.reader.sentence.first and self.tokens[k].lower == "of"
        return k - 1 if is_of and k - 1 in self.reader.numbers else at

    def _has_object_behind(self, casualty: CasualtyWord) -> bool:
        """Tell "ten rebels seized a bridge" from "ten rebels seized near a bridge"."""
        k = casualty.last + 1
        after = self.tokens[k].pos if k < self.reader.sentence.last else ""
        is_passive = bool(self._children(casualty, "auxpass"))
        return not is_passive and (
            after in ("DET", "PRON") or (after in ("NOUN", "PROPN") and casualty.top in self._verbs())
        )

    def _verbs(self) -> set[int]:
        first, last = self.reader.sentence.first, self.reader.sentence.last
        return {k for k in range(first, last) if self.tokens[k].tag == "VBD"}

    def _over_noun(self, at: int, casualty: CasualtyWord) -> int:
        """Step over a noun with its adjectives to the number before: "five uniformed dead", "116 inmates dead"."""
        taken = {k for h in self.harms if h is not casualty for k in range(h.first, h.last + 1)}
        stop = max(self.reader.sentence.first, at - _MAX_GAP)
        while at > stop and self.tokens[at].pos in ("ADJ", "NOUN", "PROPN") and at not in taken:
            if self.tokens[at].lower in self.reader.lexicon.units or at in self.reader.numbers:
                break
            at -= 1
        return at

    def _members_of_number(self, at: int) -> list[People]:
        """Read the people counted by the number that begins at a token, hedges skipped."""
        number = self.reader.numbers[at]
        last = max(k for k, n in self.reader.numbers.items() if n is number)
        head = self.tokens[last].head
        is_before_noun = head > last and self.tokens[head].sentence == self.tokens[at].sentence
        if is_before_noun and self.tokens[last].dep in ("nummod", "det", "amod") and head not in self.reader.numbers:
            return self.reader.members(head)
        return self.reader.members(last)

    def _toll(self, casualty: CasualtyWord, *, needs_cue: bool = False) -> list[People]:
        """Read the number of a toll: the first one that "to", "at", "reached" lead to, else the first bare one."""
        stop = min(self.reader.sentence.last, casualty.last + 1 + _MAX_TOLL_TOKENS)
        numbers = self.reader.numbers
        starts = [k for k in range(casualty.last + 1, stop) if k in numbers and numbers.get(k - 1) is not numbers[k]]
        starts = [k for k in starts if self.tokens[k - 1].lower not in _NOT_TOLL and self._may_be_toll(k)]
        led = [k for k in starts if self.tokens[k - 1 - (self.tokens[k - 1].text in "\"“'")].lower in _LEADS_TO]
        of = [k for k in starts if self.tokens[k - 1].lower == "of" and k - 2 <= casualty.last]
        chosen = next(iter(of or led or ([] if needs_cue else starts)), None)
        if chosen is None and not needs_cue:
            chosen = self._number_before(casualty)
        if chosen is None:
            return []
        n = numbers[chosen]
        span = [i for i, other in numbers.items() if other is n]
        if self.tokens[span[0]].lower == "from":  # "rose from 8 to 12"
            n = replace(n, low=n.high, bound=Bound.EXACT)
        return [People(span[0], span[-1], span[-1], n.low, n.high, n.bound, is_bare=True)]

    def _may_be_toll(self, at: int) -> bool:
        token = self.tokens[at]
        last = max(i for i, other in self.reader.numbers.items() if other is self.reader.numbers[at])
        if self.reader.is_measure(at, last) or token.lower == "one" or self.reader.numbers[at].high == 0:
            return False
        head = self.tokens[self.tokens[last].head]
        is_counting = head.index > last and head.pos in ("NOUN", "PROPN") and self.tokens[last].dep == "nummod"
        return not is_counting or head.lower in self.reader.lexicon.persons or head.lower in _DEATHS

    def _number_before(self, casualty: CasualtyWord) -> int | None:
        first = min(
            (self.document.subtree(k)[0] for k in self._children(casualty, "nummod", "det", "amod")),
            default=casualty.first,
        )
        first = max(min(first, casualty.first - 1), self.reader.sentence.first)
        for k in range(casualty.first - 1, first - 1, -1):
            if k in self.reader.numbers:
                is_one_life = self.tokens[casualty.last].lower == "life" and (self.reader.numbers[k].low or 0) > 1
                return None if is_one_life else k
            if self.tokens[k].pos == "CCONJ":
                return None
        return None

    def _beside(self, casualty: CasualtyWord) -> list[People]:
        """Read people that touch the words: before a participle or adjective, behind an active verb."""
        left = casualty.first - 1
        stop = max(self.reader.sentence.first, casualty.first - 1 - _MAX_GAP - 2)
        while left >= stop and left not in self.reader.numbers and self.tokens[left].lower in _BESIDE:
            left -= 1
        is_forward = (
            casualty.label in ACTIVE
            or bool(self._children(casualty, "dobj"))
            or self.tokens[casualty.top].tag in ("VB", "VBZ", "VBP", "VBG")
        )
        if not is_forward and left >= stop and (people := self._ending_at(left, casualty)):
            return people
        for right in range(casualty.last + 1, min(casualty.last + 2 + _MAX_GAP, self.reader.sentence.last)):
            if right in self.reader.numbers and not self._is_before_harm(right, casualty):
                return self._members_of_number(right)
            if self.tokens[right].pos not in ("ADV", "DET", "ADJ", "PUNCT"):
                break
        return []

    def _ending_at(self, at: int, casualty: CasualtyWord) -> list[People]:
        if at in self.reader.numbers:
            return self._members_of_number(at)
        people = self.reader.read(at)
        if people is not None and people.first - 2 > self.reader.sentence.first:
            before = people.first - 1
            if self.tokens[before].lower == "including":
                k = before - 2 if self.tokens[before - 1].text == "," else before - 1
                return self._ending_at(k, CasualtyWord(before, before, before, casualty.label))
        is_plain = people is not None and not people.is_definite and not people.is_pronoun
        if people is not None and is_plain and (people.low is not None) and casualty.first - people.last <= _MAX_GAP:
            return [people]
        return []

    def _is_before_harm(self, number: int, casualty: CasualtyWord) -> bool:
        """Return whether a number belongs to a later word of harm: "killed, 12 wounded"."""
        after = next((h for h in self.harms if h.first > number), None)
        return after is not None and after is not casualty and after.first - number <= _MAX_GAP

    def _is_number_of(self, casualty: CasualtyWord) -> bool:
        """Tell "the number of missing" and "the number of the wounded"."""
        words = [
            self.tokens[k].lower for k in range(max(casualty.first - 3, self.reader.sentence.first), casualty.first)
        ]
        return "of" in words and "number" in words and self.tokens[casualty.first - 1].lower in ("of", "the", "people")
