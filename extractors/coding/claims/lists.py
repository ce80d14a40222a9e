"""Read lists of people member by member: "a man, two women and Mary Major"."""

from __future__ import annotations

from extractors.coding.claims.people import OTHERS, People, PeopleReader

_ANY = frozenset(
    "people persons victims others casualties civilians members dead".split()
)  # may be told apart after it
_INCLUDING = frozenset("including like especially mostly mainly".split())


class ListReader(PeopleReader):
    """Reads the people of one sentence, with those listed beside them."""

    def members(self, at: int) -> list[People]:
        """Read the phrase that `at` governs and what is listed with it."""
        found: list[People] = []
        stack = [at]
        while stack:
            k = stack.pop(0)
            people = self.read(k)
            if people is None and k != at:
                continue
            if people is not None and not any(p.first <= people.first <= p.last for p in found):
                found.append(people)
            listed = [c for c in self.document.children[k] if self._is_listed(c) and not self._is_part(k, c)]
            if people is not None and people.low is not None and people.head and people.head not in _ANY:
                listed += self._apposed(k, people)
            stack += listed
        return found

    def _is_listed(self, at: int) -> bool:
        token = self.tokens[at]
        return token.dep == "conj" and self._is_nominal(at) and self.tokens[at - 1].lower != "not"

    def _is_part(self, at: int, member: int) -> bool:
        """Tell "six persons including the bomber and the infant", where the list is of some of the six."""
        return any(self.tokens[k].lower in _INCLUDING for k in range(at + 1, member))

    def _apposed(self, at: int, people: People) -> list[int]:
        """Take "a woman and a girl" behind "two men," as members of the list, not as a description of the two."""
        for c in self.document.children[at]:
            if self.tokens[c].dep == "appos" and self._is_nominal(c):
                members = [
                    m
                    for m in (self.read(c), *(self.read(k) for k in self.document.children[c] if self._is_listed(k)))
                    if m
                ]
                is_list = len(members) > 1 and all(m.low for m in members)
                is_other_sex = any(m.sex and people.sex and m.sex != people.sex for m in members)
                if is_list and (is_other_sex or sum(m.low or 0 for m in members) != people.low):
                    return [c]
        return []

    def _is_nominal(self, at: int) -> bool:
        token = self.tokens[at]
        if token.pos == "ADJ" and token.entity == "NORP":
            return any(self.tokens[c].lower in ("a", "an", "another") for c in self.document.children[at])
        return token.pos in ("NOUN", "PROPN", "NUM", "PRON") or at in self.numbers or token.lower in OTHERS
