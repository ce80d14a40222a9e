"""Find those whom a noun of harm tells of: "12 deaths", "the death of a boy", "a toll of 12", "no injuries"."""

from __future__ import annotations

from dataclasses import replace

from extractors.claims.clause import Clause
from extractors.claims.harm import HARM
from extractors.claims.people import People, is_calendar
from model.report import Bound

_OFFICES = frozenset(  # what makes the noun before it no death: "the sheriff's homicide unit", "his murder trial"
    "trial charge charges case detectives unit tipline bureau division squad investigators suspect conviction".split()
)


class NounClause(Clause):
    """A sentence read for its nouns of harm."""

    def _noun(self, at: int) -> tuple[tuple[People, ...], str]:
        kind = self.items[at].kind
        if kind == "the_dead":
            return self._listed(at), "list"
        if kind in ("toll", "injury_toll"):
            return self._toll(at), "toll"
        before = self.people.get(at - 1)
        if before is not None and (before.is_bare or before.low == 0) and before.is_counted and before.last == at - 1:
            return ((before,), "count") if self._is_counted_noun(at, before) else self._uncounted(at)
        number = self._number_before(at)
        if number is not None and self._is_counted_noun(at, number):
            return (number,), "count"
        owner = self._owner(at)
        if owner is not None and kind == "kill_noun":
            return (owner,), "owner"
        if kind == "life_noun":
            return (), ""
        k = at + 1
        if k < len(self.items) and self.items[k].low in ("of", "to") and k + 1 in self.people:
            if kind == "injury_noun" and self.items[k].low == "of":
                return (), ""
            return self._owned_or_listed(self.people[k + 1]), "of"
        if kind == "injury_noun":
            return self._bearer(at), "bearer"
        return (), ""

    def _owned_or_listed(self, people: People) -> tuple[People, ...]:
        """Read on from an owner to whom it is about: "the death of his sister's baby"."""
        k = people.last + 1
        if k >= len(self.items) or self.items[k].kind != "'s":
            return self._right_list(people, is_noun=True)
        owned = next((self.people[n] for n in range(k + 1, min(k + 5, len(self.items))) if n in self.people), None)
        return (owned,) if owned is not None and owned.low == 1 else ()

    def _listed(self, at: int) -> tuple[People, ...]:
        """Find who "the dead" are: "the dead were two clerks and a guard", "the dead man"."""
        k = at + 1
        while k < len(self.items) and self.items[k].kind in ("be", "help") and k <= at + 3:
            k += 1
        people = self.people.get(k)
        return self._right_list(people) if people is not None and people.first == k else ()

    def _uncounted(self, at: int) -> tuple[tuple[People, ...], str]:
        return (self._bearer(at), "bearer") if self.items[at].kind == "injury_noun" else ((), "")

    def _is_counted_noun(self, at: int, number: People) -> bool:
        """Tell whether a number before the noun counts people: deaths do, "two gunshot wounds" do not."""
        low = self.items[at].low
        if number.low == 0 and number.high == 0:
            return True
        if self.items[at].kind == "injury_noun":
            return low in ("injuries", "hospitalizations") and number.high is not None
        return low.endswith("s") or low in ("dead", "remains", "lives")

    def _number_before(self, at: int) -> People | None:
        """Find the count in "12 confirmed deaths", "no serious injuries"."""
        for k in range(at - 1, max(at - 4, -1), -1):
            number = self.items[k].number
            if number is not None:
                if is_calendar(self.items, k):
                    return None
                return People(k, k, number.low, number.high, number.bound, is_bare=True)
            if self.items[k].kind not in ("word", "help", "injure", "or"):
                return None
        return None

    def _owner(self, at: int) -> People | None:
        """Find whose death it is: "Mary Major's death", "his killing"."""
        following = self.items[at + 1].low if at + 1 < len(self.items) else ""
        if at >= 2 and self.items[at - 1].kind == "'s" and following not in _OFFICES:
            people = self.people.get(at - 2)
            return people if people is not None and people.low == 1 and people.high == 1 else None
        return None

    def _toll(self, at: int) -> tuple[People, ...]:
        """Find the figure of a toll: the last count of the clause in "rose from 8 to 12", else the nearest."""
        best: People | None = None
        for k in range(at + 1, min(at + 28, len(self.items))):
            item = self.items[k]
            if (item.kind in HARM and best is not None) or item.low in (";", ".", "|"):
                break
            if item.number is not None and (k + 1 >= len(self.items) or self.items[k + 1].kind != "unit"):
                people = self.people.get(k) or People(k, k, item.number.low, item.number.high, item.number.bound)
                if item.number.bound is Bound.RANGE and item.low.startswith("from "):
                    people = replace(people, low=people.high, bound=Bound.EXACT)  # "rose from 8 to 12"
                came_by_to = k > 0 and self.items[k - 1].low in ("to", "at", "of", "is", "was", "stands at", "reached")
                if best is None or came_by_to:
                    best = people
        return (best,) if best is not None and not self._is_year(best) else ()

    def _is_year(self, people: People) -> bool:
        low = self.items[people.last].low
        return low.isdecimal() and len(low) == 4 and low[:2] in ("19", "20")

    def _bearer(self, at: int) -> tuple[People, ...]:
        """Find who bears a wound: "two people with gunshot wounds", "a man suffered an injury"."""
        for k in range(at - 1, max(at - 14, -1), -1):
            if self.items[k].kind in ("die", "kill", "dead", "self_kill") or self.items[k].low in (";", ":"):
                return ()
        return self._subject(at)
