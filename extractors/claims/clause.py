"""Find those whom a verb of harm befell: its object, its subject, and the lists that these stand in.

The specification is that of `grammar`: an object stands straight to the right with the rest of its list, a subject is
the nearest people to the left that are nobody's object and hang on no preposition.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.claims.harm import HARM, SUBJECT_OF_NEXT
from extractors.claims.people import People
from extractors.claims.tokens import Item
from model.report import Bound

_MAX_LEFT = 28  # items walked to a subject; a news clause is rarely longer
_DATELINE = 10  # items: "LASHKAR GAH, Afghanistan, Jan. 22 (Meridian) -"

_SAYS = frozenset("said say says believe believes believed told think thinks stated confirmed reported".split())


class Clause:
    """One sentence: its items, its people, and what earlier words have taken as their objects."""

    def __init__(self, items: Sequence[Item], people: dict[int, People], *, is_title: bool) -> None:
        self.items = items
        self.people = people
        self.is_title = is_title
        self.objects: set[int] = set()
        self.parts: tuple[People, ...] = ()  # of the subject just found: "12 people, including two children, died"

    def _verb(self, at: int) -> tuple[tuple[People, ...], str]:
        passive = self._is_passive(at)
        right = () if passive else self._object(at)
        if right and not self._is_right_of_headline(at, right):
            return right, "object"
        if not passive and not self.is_title and self._is_bare_active(at):
            return (), ""
        return self._subject(at), "passive" if passive else "subject"

    def _is_bare_active(self, at: int) -> bool:
        """Tell an active verb that befell nobody: "the captain shot wide", "rebels seized a town", "candles burned"."""
        kind = self.items[at].kind
        if self.items[at].low == "burned":
            return True
        return kind == "capture" or (kind == "shoot" and not self._may_be_reduced(at))

    def _may_be_reduced(self, at: int) -> bool:
        """Tell "a man shot in the leg" from "the captain shot wide"."""
        following = self.items[at + 1].kind if at + 1 < len(self.items) else "."
        return following in ("prep", "by", ",", ".", "and", "modal", "name")

    def _is_right_of_headline(self, at: int, right: tuple[People, ...]) -> bool:
        """Tell "1 killed 3 injured": both sides are bare counts and the right one has its own word."""
        left = self.people.get(at - 1)
        after = right[-1].last + 1
        if left is None or after >= len(self.items):
            return False
        return self.items[after].kind in HARM and left.is_counted and not left.is_definite

    def _is_passive(self, at: int) -> bool:
        k = at - 1
        while k >= 0 and self.items[k].kind in ("help", "negation", "word") and k > at - 4:
            if self.items[k].low == "being":
                return True
            k -= 1
        if k < 0:
            return False
        return self.items[k].kind in ("be", "leave") or self.items[k].low in ("being", "been")

    def _object(self, at: int) -> tuple[People, ...]:
        k = at + 1
        while k < len(self.items) and k <= at + 3 and k not in self.people:
            if self.items[k].kind not in ("help", "word"):
                return ()
            if self.items[k].kind == "word" and not self._is_adverb_or_adjective(at, k):
                return ()
            k += 1
        people = self.people.get(k)
        if people is None or people.first != k:
            return ()
        members = self._right_list(people)
        self.objects.update(m.first for m in members)
        return members

    def _is_adverb_or_adjective(self, at: int, k: int) -> bool:
        """Tell "killed instantly three" and the headline's "murdered young girl" from "killed time"."""
        if k == at + 1 and self.items[k].low.endswith("ly"):
            return True
        following = self.items[k + 1].kind if k + 1 < len(self.items) else "."
        return k == at + 1 and following in ("person", "age") and self.items[at].kind in ("kill", "kill_ing", "shoot")

    def _right_list(self, first: People, *, is_noun: bool = False) -> tuple[People, ...]:
        """Read on from the first of a list; who is the subject of what follows is none of it.

        Of a noun ("the bodies of Ann Example and her two sons were found") a plain "and" still belongs to the list.
        """
        members = [first]
        while True:
            k = members[-1].last + 1
            while k < len(self.items) and self.items[k].kind in (",", "and"):
                k += 1
            following = self.people.get(k)
            if following is None or k == members[-1].last + 1 or following.first != k:
                break
            after = following.last + 1
            is_next = after < len(self.items) and self.items[after].kind in SUBJECT_OF_NEXT
            if is_next and not self._is_to_death(after) and not (is_noun and self.items[k - 2].low != ","):
                break
            members.append(following)
        return self._true_list(members)

    def _is_to_death(self, k: int) -> bool:
        """Tell "(shot them) to death"."""
        return k + 1 < len(self.items) and (self.items[k].low, self.items[k + 1].low) == ("to", "death")

    def _true_list(self, members: list[People]) -> tuple[People, ...]:
        """Keep a list only as far as "and" joins it; commas alone set a description beside a name."""
        if len(members) == 1:
            return tuple(members)
        last_and = -1
        for n in range(1, len(members)):
            between = self.items[members[n - 1].last + 1 : members[n].first]
            if any(i.kind == "and" for i in between):
                last_and = n
        if last_and < 0:
            counted = [m for m in members if not m.is_definite]
            is_list = self.is_title and len(counted) == len(members)
            return tuple(members) if is_list else tuple(members[:1])
        kept = members[: last_and + 1]
        return tuple(m for n, m in enumerate(kept) if not self._is_apposition(kept, n))

    def _is_apposition(self, members: list[People], n: int) -> bool:
        """Tell "Mary Major, a teacher, and …": a description after a name and a comma alone."""
        if n == 0 or members[n].low != 1 or members[n].name:
            return False
        between = self.items[members[n - 1].last + 1 : members[n].first]
        return members[n - 1].name is not None and not any(i.kind == "and" for i in between)

    def _subject(self, at: int) -> tuple[People, ...]:
        fallback: People | None = None
        self.parts = ()
        k = at - 1
        while k >= 0 and at - k <= _MAX_LEFT:
            people = self.people.get(k)
            if people is None:
                if self._is_break(k):
                    break
                k -= 1
                continue
            if people.first not in self.objects or people.last == at - 1:
                members = self._left_list(people)
                if self._is_antecedent(people):
                    return members[-1:]
                if people.head == "they":
                    several = self._several_before(people.first)
                    return (several,) if several is not None else members
                if people.head in ("him", "himself", "herself") and not people.name:
                    k = people.first - 1
                    continue
                if self._is_part(members):
                    self.parts = members
                    k = members[0].first - 1
                    continue
                if not self._is_governed(people):
                    return members
                fallback = fallback or people
            k = people.first - 1
        return self._left_list(fallback) if fallback and self._may_fall_back(fallback, at) else ()

    def _several_before(self, at: int) -> People | None:
        """Find whom "they" means in "Both men were taken to hospital, where they died": a count of several before."""
        for k in range(at - 1, -1, -1):
            people = self.people.get(k)
            if people is not None and people.is_counted and (people.low or 0) > 1 and people.first not in self.objects:
                return people
        return None

    def _doer(self, at: int) -> tuple[People, ...]:
        """Find who did it to himself: the first single person of the sentence that is nobody's victim, or "himself"."""
        low = self.items[at].low
        sex = "m" if "him" in low or "his" in low else "f" if "her" in low else ""
        start = max((k for k in range(at) if self._opens_clause(k)), default=0)
        for people in dict.fromkeys(self.people[k] for k in range(start, at) if k in self.people):
            is_single = people.low == 1 and people.high == 1 and not people.is_bare
            may_be = people.first not in self.objects and not self._is_governed(people)
            if is_single and may_be and not (sex and people.sex and sex != people.sex):
                return (people,)
        return (People(at, at, 1, 1, Bound.EXACT, head="himself", sex=sex, is_definite=True, is_pronoun=True),)

    def _opens_clause(self, k: int) -> bool:
        """Tell where the words before are of somebody else: after a dateline, and after "the sheriff says"."""
        return self._is_break(k) or self.items[k].low in _SAYS

    def _is_antecedent(self, people: People) -> bool:
        """Tell "…, who was killed": a relative straight after a phrase makes it the subject wherever it hangs."""
        k = people.last + 1
        if k < len(self.items) and self.items[k].low == ",":
            k += 1
        return k < len(self.items) and self.items[k].low == "who"

    def _is_break(self, k: int) -> bool:
        """Tell a stop that no subject reaches across; a dash is one after a dateline only."""
        low = self.items[k].low
        if low == "that" and k > 0 and self.items[k - 1].low in ("said", "says", "saying"):
            return True
        if low in ("-", "–", "—"):
            return 0 < k < _DATELINE
        return low in (";", ":", "|", ".", "?", "!") and not self._is_initial(k)

    def _is_initial(self, k: int) -> bool:
        return self.items[k].low == "." and k > 0 and self.items[k - 1].kind == "name"

    def _is_governed(self, people: People) -> bool:
        """Tell whether the phrase hangs on a preposition, "by" or a possessive, and so is hardly a subject."""
        if people.last + 1 < len(self.items) and self.items[people.last + 1].kind == "'s":
            return True
        k = people.first - 1
        if people.is_vague:  # "columns of heavily armed fighters"
            while k > 0 and self.items[k].kind == "word" and k >= people.first - 2:
                k -= 1
        if k < 0:
            return False
        kind, low = self.items[k].kind, self.items[k].low
        if kind == "by":
            return True
        if kind == "prep" and low == "with":
            return people.name is not None or not people.is_counted
        if (kind == "prep" and low == "of") or low == "to" or low.endswith(" to"):
            return people.name is not None or low != "of" or not people.is_counted
        return kind == "prep" and low not in ("after", "before", "as", "than", "since", "while", "because of")

    def _may_fall_back(self, people: People, at: int) -> bool:
        k = people.first - 1
        is_owner = people.last + 1 < len(self.items) and self.items[people.last + 1].kind == "'s"
        if self.items[k].kind == "by" or is_owner or people.name:
            return False
        return self.items[k].low in ("with", "among", "against", "like", "to", "from") and people.is_counted

    def _left_list(self, last: People) -> tuple[People, ...]:
        members = [last]
        while True:
            k = members[0].first - 1
            while k >= 0 and self.items[k].kind in (",", "and"):
                k -= 1
            before = self.people.get(k)
            if before is None or k == members[0].first - 1 or before.last != k or before.first in self.objects:
                break
            members.insert(0, before)
        return self._left_true_list(members)

    def _left_true_list(self, members: list[People]) -> tuple[People, ...]:
        if len(members) == 1:
            return tuple(members)
        joined = [False]
        for n in range(1, len(members)):
            between = self.items[members[n - 1].last + 1 : members[n].first]
            joined.append(any(i.kind == "and" for i in between))
        if not any(joined):
            if self.is_title and not any(m.is_definite for m in members):
                return tuple(members)
            return tuple(members[-1:]) if members[-1].is_counted else tuple(members[:1])
        return tuple(m for n, m in enumerate(members) if not self._is_apposition(members, n))

    def _is_part(self, members: tuple[People, ...]) -> bool:
        k = members[0].first
        return k > 0 and self.items[k - 1].kind == "include"
