"""Read noun phrases for people from the parse: counts, single persons, names, and lists of these.

"at least 21 people", "three of the men", "a 3-year-old boy", "his wife", "Mary Major, 31," and, before or after a word
of harm, a bare number ("killed 21"). A list ("a man, two women and Mary Major") is read member by member, so that each
can be told from the others. A name with a description beside it ("the driver, Mary Major,") is one person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.coding.claims.counts import ages_by_token, numbers_by_token
from extractors.coding.claims.numbers import NumberSpan
from extractors.coding.document import TITLE, Document, Sentence, Token
from extractors.reference.claims import ClaimLexicon, PersonWord
from model.report import Bound

_HURT = frozenset("wounded injured".split())  # "one of the wounded died" adds to the dead
_DEFINITE = frozenset("the this these those that his her their its our my your".split())
_MORE = frozenset(("more", "additional", "further", "another"))
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
OTHERS = frozenset(("other", "others", "more", "another", "additional", "further"))
_SINGLE = frozenset("he she him her himself herself".split())
_SEVERAL = frozenset("they them we us themselves".split())
_ONES = frozenset(("someone", "somebody"))
_NOT_PEOPLE = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"))
_NO_NAMES = frozenset(("GPE", "ORG", "LOC", "FAC", "NORP", "DATE", "TIME", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"))
_THINGS = frozenset(
    "cattle cows sheep goats animals horses dogs cats birds camels livestock shells sites targets positions bases "
    "warehouses bridges shops checkpoints wards beds families' hectares tonnes tons litres euros rupees naira graves "
    "cases events suspected-cases rivals sides districts deaths killings injuries wounds attacks fronts".split()
)
_LEFT = frozenset("nummod amod det poss compound quantmod nmod advmod predet neg case".split())


@dataclass(frozen=True, slots=True)
class People:
    """Those whom a phrase means. `low`/`high` null: no number is given ("troops") or the bound is open (see `bound`).

    `first`..`last` are token indexes, inclusive, `at` the governing token. `head` is the noun, `name` the name in small
    letters. `is_vague` is true of a plural without number or article ("civilians", "others"): at least two.
    """

    first: int
    last: int
    at: int
    low: int | None
    high: int | None
    bound: Bound
    head: str = ""
    sex: str = ""
    group: str = ""
    age: str | None = None
    name: str | None = None
    is_definite: bool = False
    is_other: bool = False
    is_more: bool = False
    is_pronoun: bool = False
    is_bare: bool = False
    is_vague: bool = False


class PeopleReader:
    """Reads the people of one sentence."""

    def __init__(self, document: Document, sentence: Sentence, lexicon: ClaimLexicon) -> None:
        self.document = document
        self.sentence = sentence
        self.lexicon = lexicon
        self.tokens = document.tokens
        self.numbers = numbers_by_token(document, sentence)
        self.ages = ages_by_token(document, sentence)

    def read(self, at: int) -> People | None:
        """Read the phrase that `at` governs; null where it is none for people."""
        token = self.tokens[at]
        if token.lower in OTHERS and at not in self.numbers and at > 0 and at - 1 in self.numbers:
            return self.counted(at - 1, at)
        if token.lower in _ORDINALS and token.dep.startswith("nsubj"):
            return People(token.index - 1, token.index, token.index, 1, 1, Bound.EXACT, is_other=True)
        if token.pos in ("PRON", "DET") and at not in self.numbers:
            return self._pronoun(token)
        if at in self.numbers:
            return self._number(token, self.numbers[at])
        return self._noun(token)

    def _pronoun(self, token: Token) -> People | None:
        low = token.lower
        if low in _SINGLE or low in _ONES:
            sex = "m" if low in ("he", "him", "himself") else "f" if low not in _ONES else ""
            return People(token.index, token.index, token.index, 1, 1, Bound.EXACT, sex=sex, is_pronoun=True)
        if low in _SEVERAL:
            return People(token.index, token.index, token.index, None, None, Bound.EXACT, is_pronoun=True)
        if low in ("others", "another"):
            return self._plain(token, token.index, token.index, low)
        return None

    def counted(self, at: int, end: int) -> People | None:
        """Read the number that covers a token as people, with the words up to `end` ("more", "others")."""
        people = self._number(self.tokens[self._span(self.numbers[at])[1]], self.numbers[at])
        if people is None or people.last >= end:
            return people
        words = self._words(people.first, end)
        return replace(people, last=end, is_other=bool(words & OTHERS), is_more=bool(words & _MORE))

    def _number(self, token: Token, number: NumberSpan) -> People | None:
        """Read "21", "three of the men", "dozens of people", "no one"."""
        first, last = self._span(number)
        noun = self._noun_of(token, last)
        if noun is not None:
            return noun
        if self.is_measure(first, last) or token.index in self.ages or self._is_unit_next(last):
            return None
        end, head, is_definite = last, "", False
        of = next((c for c in self.document.children[token.index] if self.tokens[c].lower in ("of", "among")), None)
        inner = next((c for c in self.document.children[of] if self.tokens[c].dep == "pobj"), None) if of else None
        entry: PersonWord | None = None
        if inner is not None:
            head = self.tokens[inner].lower
            entry = self.lexicon.persons.get(head)
            if entry is None and self.tokens[inner].pos not in ("PRON", "DET") and not self._is_many(inner):
                return None
            end = inner
            is_definite = any(self.tokens[c].lower in _DEFINITE for c in self.document.children[inner])
            head = "" if self.tokens[inner].pos in ("PRON", "DET") else head
        following = self.tokens[last + 1].lower if last + 1 < self.sentence.last else ""
        if following in OTHERS:
            end, head = max(end, last + 1), head or following
        words = self._words(first, end)
        if head in _HURT:
            words.add("more")
        return People(
            first, end, token.index, number.low, number.high, number.bound, head, entry.sex if entry else "",
            entry.group if entry else "", is_definite=is_definite and number.low != 0, is_other=bool(words & OTHERS),
            is_more=bool(words & _MORE), is_bare=not head,
        )  # fmt: skip

    def is_measure(self, first: int, last: int) -> bool:
        """Tell money, a share, a day or an hour; a bare number that the parse takes for a whole day is none."""
        entity = self.tokens[last].entity
        if entity not in ("DATE", "TIME"):
            return entity in _NOT_PEOPLE
        around = [k for k in (first - 1, last + 1) if self.sentence.first <= k < self.sentence.last]
        is_year = self.tokens[last].text.isdecimal() and len(self.tokens[last].text) == len("2021")
        return is_year or any(self.tokens[k].entity == entity for k in around)

    def _noun_of(self, token: Token, last: int) -> People | None:
        """Give the phrase of the noun that a number stands before."""
        head = self.tokens[token.head]
        if token.head > last and token.dep in _LEFT and head.sentence == self.sentence.index:
            return self._noun(head) if head.pos in ("NOUN", "PROPN") and head.index not in self.numbers else None
        return None

    def _is_unit_next(self, last: int) -> bool:
        after = self.tokens[last + 1].lower if last + 1 < self.sentence.last else ""
        return after in self.lexicon.units or after in _THINGS or after in ("%", "-", "per", "percent")

    def _is_many(self, at: int) -> bool:
        token = self.tokens[at]
        low = token.lower
        return token.tag in ("NNS", "NNPS") and low not in self.lexicon.units and low not in _THINGS

    def _noun(self, token: Token) -> People | None:
        """Read a noun with what stands before it."""
        if token.pos not in ("NOUN", "PROPN", "ADJ", "VERB") or token.lower in self.lexicon.units:
            return None
        if not token.text[:1].isalnum():
            return None
        first = self._first(token)
        number = None
        for k in range(token.index - 1, first - 1, -1):
            if self.tokens[k].text in ",-–—":
                first = k + 1 if k + 1 < token.index and k - 1 in self.numbers else first
                break
            number = number or self.numbers.get(k)
        entry = self._person(token)
        if number is None and (several := self._of_several(token, first)):
            return several
        if entry is None and token.entity not in ("PERSON", "NORP") and not (number and self._is_many(token.index)):
            return self._named(token, first)
        if entry is None and token.entity == "PERSON" and number is None:
            return self._named(token, first)
        if number is not None:
            return self._counted(token, first, number, entry)
        return self._plain(token, first, token.index, token.lower, entry)

    def _of_several(self, token: Token, first: int) -> People | None:
        """Read "three of our Scout Rangers" as three, whatever the parse makes of it."""
        of = first - 1
        while of > self.sentence.first and self.tokens[of].pos in ("DET", "PRON", "ADJ"):
            of -= 1
        if of <= self.sentence.first or self.tokens[of].lower != "of" or of - 1 not in self.numbers:
            return None
        people = self._number(self.tokens[of - 1], self.numbers[of - 1])
        if people is None:
            return None
        return replace(people, last=token.index, head=people.head or token.lower, is_bare=False, is_definite=False)

    def _counted(self, token: Token, first: int, number: NumberSpan, entry: PersonWord | None) -> People:
        first = min(first, self._span(number)[0])
        words = self._words(first, token.index)
        return People(
            first, token.index, token.index, number.low, number.high, number.bound, token.lower,
            entry.sex if entry else "", entry.group if entry else "", self._age(first, token.index),
            is_definite=bool(words & _DEFINITE) and number.low != 0, is_other=bool(words & OTHERS),
            is_more=bool(words & _MORE),
        )  # fmt: skip

    def _plain(self, token: Token, first: int, last: int, head: str, entry: PersonWord | None = None) -> People | None:
        """Read a noun without a number: one person, or a plural."""
        words = self._words(first, last)
        is_many = entry.is_plural if entry else head == "others" or token.tag in ("NNS", "NNPS")
        sex, group = (entry.sex, entry.group) if entry else ("", "")
        is_other, is_more = bool(words & OTHERS), bool(words & _MORE)
        if is_many and token.entity == "NORP" and entry is None:
            return None
        definite = bool(words & _DEFINITE)
        if is_many:
            is_vague = not definite
            return People(
                first, last, token.index, 2 if is_vague else None, None, Bound.AT_LEAST, head, sex, group,
                is_definite=definite, is_vague=is_vague,
                is_other=is_other, is_more=is_more,
            )  # fmt: skip
        name = self._name_beside(token)
        return People(
            first, last, token.index, 1, 1, Bound.EXACT, head, sex, group, self._age(first, last), name,
            is_definite=definite,
            is_other=is_other, is_more=is_more,
        )  # fmt: skip

    def _named(self, token: Token, first: int) -> People | None:
        """Read a person's name."""
        if token.pos != "PROPN" or not token.text[:1].isupper():
            return None
        age = self._age(first, token.index)
        if token.entity in _NO_NAMES and (age is None or first == token.index):
            return None
        if token.entity != "PERSON" and (first == token.index or self.sentence.index == TITLE):
            return None
        words = [self.tokens[k].lower for k in range(first, token.index + 1) if self.tokens[k].pos == "PROPN"]
        return People(first, token.index, token.index, 1, 1, Bound.EXACT, age=age, name=" ".join(words))

    def _name_beside(self, token: Token) -> str | None:
        """Find the name in "the driver, Mary Major," or "driver Mary Major"."""
        for c in self.document.children[token.index]:
            child = self.tokens[c]
            if child.dep in ("appos", "compound") and child.entity == "PERSON":
                first = self._first(child)
                return " ".join(self.tokens[k].lower for k in range(first, c + 1) if self.tokens[k].pos == "PROPN")
        return None

    def _words(self, first: int, last: int) -> set[str]:
        """Give the words of a phrase; the "more" of "more than 50" is none of more people."""
        return {
            self.tokens[k].lower
            for k in range(first, last + 1)
            if not (self.tokens[k].lower == "more" and k < last and self.tokens[k + 1].lower == "than")
        }

    def _person(self, token: Token) -> PersonWord | None:
        before = self.tokens[token.index - 1].lower if token.index > self.sentence.first else ""
        return self.lexicon.persons.get(f"{before} {token.lower}") or self.lexicon.persons.get(token.lower)

    def _first(self, token: Token) -> int:
        """Find where the words before a noun begin."""
        first = token.index
        for c in sorted((c for c in self.document.children[token.index] if c < token.index), reverse=True):
            if self.tokens[c].dep not in _LEFT and c not in self.numbers:
                break
            first = min(first, self.document.subtree(c)[0])
        return first

    def _span(self, number: NumberSpan) -> tuple[int, int]:
        inside = [k for k, n in self.numbers.items() if n is number]
        return inside[0], inside[-1]

    def _age(self, first: int, last: int) -> str | None:
        """Give the age told within a phrase or straight after it."""
        return next((self.ages[k] for k in range(first, min(last + 3, self.sentence.last)) if k in self.ages), None)
