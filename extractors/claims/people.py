"""Find the noun phrases for people in the items of a sentence: counts, single persons, names, and lists of these.

"at least 21 people", "three others", "a 3-year-old boy", "his wife", "Mary Major, 31," and, before a casualty word, a
bare number ("killed 21", "two dead"). A list ("a man, two women and Mary Major") keeps its members apart, so that
each can be told from the others, and has the sum of their bounds. A name with a description beside it ("the
driver, Mary Major,") is one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.claims.tokens import Item, age_of
from extractors.reference.claims import ClaimLexicon
from model.report import Bound

_MODIFIERS = frozenset(("word", "name", "age", "'s", "injure", "shoot", "kill", "the"))
_MAX_MODIFIERS = 6  # "two off-duty New York City transit police officers"; longer gaps are another clause
_MAX_NAME_WORDS = 5
_MAX_AGE_YEARS = 115
_MORE = frozenset(("more", "additional", "further", "another"))
_OTHERS = frozenset(("other", "others", "more", "another", "additional", "further"))
_HARM = frozenset(
    (
        "kill die dead fatally kill_noun body_noun injure injury_noun casualty_noun shoot care self_kill self_shot "
        "capture miss displace be have help leave include and or negation life_noun relative modal"
    ).split()
)
_OF_SEVERAL = ("the", "word", "name", "persons", "pronoun_p")  # what "of" leads to in "three of the men"
_OF_ONE = (*_OF_SEVERAL, "number")
_NOT_BARE_AFTER = frozenset(("prep", "word", "name", "unit", "the", "det"))
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_ADJUNCTS = frozenset("civilian american palestinian israeli syrian russian iraqi afghan security".split())
_MASSES = frozenset(
    "police troops forces lives more other personnel crew security wounded injured dead casualties".split()
)
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_NOT_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december police the a an in on at it he she they this that these we i mr mrs ms dr
    breaking update updated video photo photos related story more new news two three four five six seven eight nine ten
    one sgt lt officer sheriff department county city state school hospital center street road avenue shooting also
    authorities but and when after while as his her our their my if no investigators detectives witnesses officials
    according deputies there what who how why where here meanwhile another both all some many most several other
    please copyright islamic army military israeli russian syrian american u.s iraqi church university fbi""".split()
)


@dataclass(frozen=True, slots=True)
class People:
    """Those whom a phrase means. `low`/`high` null: no number is given ("troops") or the bound is open (see `bound`).

    `first`..`last` are item indexes, inclusive. `head` is the noun, `name` the name, `ordinal` 2 for "another" and
    "a second". `is_vague` is true of a plural without number or article ("civilians", "others"): at least two.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    bound: Bound
    head: str = ""
    sex: str = ""
    group: str = ""
    age: str | None = None
    name: str | None = None
    is_counted: bool = True
    is_definite: bool = False
    is_other: bool = False
    is_more: bool = False
    is_pronoun: bool = False
    is_bare: bool = False
    is_vague: bool = False


def find_people(items: Sequence[Item], lexicon: ClaimLexicon, *, is_title: bool) -> dict[int, People]:
    """Find the phrases, by the index of each of their items."""
    found: dict[int, People] = {}
    at = 0
    while at < len(items):
        people = _at(items, at, lexicon, is_title=is_title)
        if people is None:
            at += 1
            continue
        for k in range(people.first, people.last + 1):
            found[k] = people
        at = people.last + 1
    return found


def _at(items: Sequence[Item], at: int, lexicon: ClaimLexicon, *, is_title: bool) -> People | None:
    kind = items[at].kind
    if kind == "number":
        return _counted(items, at, lexicon)
    if kind in ("det", "the"):
        return _described(items, at, lexicon)
    if kind in ("person", "persons", "age"):
        return _bare_noun(items, at, lexicon)
    if kind in ("pronoun_s", "pronoun_p"):
        return _pronoun(items, at)
    if kind == "name":
        return _capitalised(items, at, lexicon)
    return None


def _pronoun(items: Sequence[Item], at: int) -> People:
    low = items[at].low
    sex = "m" if low in ("he", "him", "himself") else "f" if low in ("she", "her", "herself") else ""
    one = 1 if items[at].kind == "pronoun_s" else None
    return People(
        at, at, one, one, Bound.EXACT, head=low, sex=sex, is_counted=one is not None, is_definite=True, is_pronoun=True
    )


def _head(items: Sequence[Item], start: int) -> tuple[int, int] | None:
    """Return the index of the head noun after modifiers from `start`, and the number of modifiers passed."""
    at, passed, head = start, 0, -1
    while at < len(items) and passed <= _MAX_MODIFIERS:
        kind = items[at].kind
        if kind in ("person", "persons"):
            head = at
        elif head >= 0 and kind == "'s" and at + 1 < len(items) and items[at + 1].kind in ("person", "word", "age"):
            at, passed, head = at + 1, passed + 1, -1 if _leads_to_person(items, at + 1) else head
            if head >= 0:
                break
            continue
        elif (
            head >= 0
            or kind not in _MODIFIERS
            or (kind in ("kill", "injure", "shoot") and not _is_adjective(items, at, start))
        ):
            break
        at, passed = at + 1, passed + 1
    is_adjunct = head >= 0 and items[head].low in _ADJUNCTS and head + 1 < len(items)
    if is_adjunct and items[head + 1].kind in ("word", "name", "unit", "shoot", "injury_noun", "casualty_noun"):
        return None  # "the civilian home", "an Israeli strike"
    return (head, passed) if head >= 0 else None


def _leads_to_person(items: Sequence[Item], at: int) -> bool:
    """Tell "the boy's father" (a person of their own) from "the boy's home"."""
    for item in items[at : at + 3]:
        if item.kind in ("person", "persons"):
            return True
        if item.kind not in ("word", "age", "number"):
            return False
    return False


def _is_adjective(items: Sequence[Item], at: int, start: int) -> bool:
    """Tell whether a participle is an adjective, as straight after a determiner ("the wounded soldier")."""
    return at == start and items[start - 1].kind in ("the", "det") and items[at].low != "shot"


def _counted(items: Sequence[Item], at: int, lexicon: ClaimLexicon) -> People | None:
    number = items[at].number
    if number is None or is_calendar(items, at) or _is_age(items, at):
        return None
    start = at + 1
    while start + 1 < len(items) and items[start].low in ("of", "the", "those", "these", "them", "his", "her", "their"):
        kinds = _OF_ONE if number.low == number.high == 1 else _OF_SEVERAL
        if items[start].low == "of" and items[start + 1].kind not in kinds:
            break
        start += 1
    if number.low == number.high == 1 and at + 1 < start < len(items) and items[start].kind == "number":
        start += 1  # "one of the two clerks" is one
    base = People(at, at, number.low, number.high, number.bound)
    if start < len(items) and items[start].kind == "unit":
        return None
    head = _head(items, start)
    if head is not None and not (items[head[0]].kind == "person" and number.low not in (0, 1)):
        return _with_ages(items, _with_head(items, base, start, head[0], lexicon))
    return _bare_number(items, base, start)


def _with_ages(items: Sequence[Item], people: People) -> People:
    """Take in the ages that stand beside a count: "two children, ages 3 and 5,"."""
    at = people.last + 1
    if at + 2 >= len(items) or items[at].low not in (",", "(") or items[at + 1].low not in ("ages", "aged"):
        return people
    end = at + 2
    while end < len(items) and (items[end].kind == "number" or items[end].low in (",", "and")):
        end += 1
    while items[end - 1].kind != "number":
        end -= 1
        if end == at + 2:
            return people
    return replace(people, last=end - 1)


def is_calendar(items: Sequence[Item], at: int) -> bool:
    """Tell a year ("2014") or the day of a month ("May 25") from a count."""
    low = items[at].low
    if not low.isdecimal():
        return False
    is_year = len(low) == 4 and low[:2] in ("18", "19", "20")
    before = at - 2 if at > 1 and items[at - 1].low == "." else at - 1
    return is_year or (before >= 0 and items[before].low[:3] in _MONTHS and items[before].kind == "name")


def _is_age(items: Sequence[Item], at: int) -> bool:
    """Tell the numbers of "ages 3 and 5" from counts."""
    while at >= 2 and items[at - 1].low in ("and", ",", "or") and items[at - 2].kind == "number":
        at -= 2
    return at > 0 and items[at - 1].low in ("age", "ages", "aged")


def _bare_number(items: Sequence[Item], base: People, after: int) -> People | None:
    """Read a number without a noun as people where a casualty word follows or a verb of harm precedes."""
    at = base.first
    before = items[at - 1] if at else None
    if (
        before is not None
        and before.kind == ","
        and (before.low == "(" or after >= len(items) or items[after].kind == ",")
    ):
        return None  # an age beside a name
    if before is not None and before.kind == "prep" and before.low not in ("of", "with", "as", "like", "than"):
        return None
    if before is not None and before.kind == "name" and base.bound is Bound.EXACT and before.low not in _NOT_NAMES:
        return None
    end = after - 1 if items[after - 1].low == "them" else at
    following = items[after].kind if after < len(items) else "."
    if following == "relative" and before is not None and before.low == "of":
        return None  # "a boy of nine who"
    if after > at + 1 and end == at and items[at + 1].low == "of":
        return None
    if following in _NOT_BARE_AFTER and not (following == "prep" and items[after].low not in ("of",)):
        return None
    return replace(base, last=end, is_bare=True)


def _with_head(items: Sequence[Item], base: People, start: int, head: int, lexicon: ClaimLexicon) -> People:
    word = lexicon.persons[items[head].low]
    inside = items[start : head + 1]
    lows = {i.low for i in inside}
    group = next((lexicon.persons[i.low].group for i in reversed(inside) if i.kind in ("person", "persons")), "")
    return replace(
        base,
        last=head,
        head=items[head].low,
        sex=word.sex or _sex_of(inside, lexicon),
        group=group,
        age=next((a for i in inside if i.kind == "age" and (a := age_of(i.low))), None),
        is_other=bool(lows & _OTHERS),
        is_more=bool(lows & _MORE),
    )


def _sex_of(inside: Sequence[Item], lexicon: ClaimLexicon) -> str:
    for item in inside:
        if item.low in lexicon.persons and lexicon.persons[item.low].sex:
            return lexicon.persons[item.low].sex
    return ""


def _described(items: Sequence[Item], at: int, lexicon: ClaimLexicon) -> People | None:
    """Read "a 3-year-old boy", "another man", "the victim", "his two sons", "the 17-year-old"."""
    start = at + 1
    definite = items[at].kind == "the"
    if start < len(items) and items[start].kind == "number" and items[start].number is not None:
        return _determined_count(items, at, lexicon)
    base = People(at, at, 1, 1, Bound.EXACT, is_definite=definite)
    head = _head(items, start)
    if head is None:
        return _age_as_head(items, base, start) or _other_one(items, base, start)
    people = _with_head(items, base, start, head[0], lexicon)
    if items[head[0]].kind == "persons":
        if not definite:
            return None
        people = replace(people, low=None, high=None, is_counted=False, is_vague=False)
    other = items[at].low == "another" or any(i.low in _ORDINALS for i in items[start : head[0]])
    people = replace(people, is_other=people.is_other or other)
    return _with_name(items, people)


def _determined_count(items: Sequence[Item], at: int, lexicon: ClaimLexicon) -> People | None:
    number = items[at + 1].number
    if items[at + 1].low.isdecimal() and at + 2 < len(items) and items[at + 2].low in ("year", "years"):
        return None
    counted = _counted(items, at + 1, lexicon) if number is not None else None
    if counted is None:
        return None
    other = counted.is_other or items[at].low == "another"
    definite = items[at].kind == "the"
    return replace(counted, first=at, is_definite=definite, is_other=other, is_more=counted.is_more or other)


def _other_one(items: Sequence[Item], base: People, start: int) -> People | None:
    """Read "another was hurt", "the other died", "a third died", "another in critical condition"."""
    after = start
    determiner, word = items[base.first].low, items[start].low if start < len(items) else ""
    if (determiner == "the" and word == "other") or (determiner == "a" and word in _ORDINALS):
        after = start + 1
    elif determiner != "another":
        return None
    following = items[after].kind if after < len(items) else "."
    if following not in _HARM and following not in ("prep", ".", ","):
        return None
    return replace(base, last=after - 1, head="another", is_definite=False, is_other=True)


def _age_as_head(items: Sequence[Item], base: People, start: int) -> People | None:
    for at in range(start, min(start + 3, len(items))):
        if items[at].kind == "age":
            age = age_of(items[at].low)
            return _with_name(items, replace(base, last=at, head=items[at].low, age=age))
        if items[at].kind not in ("word", "name"):
            break
    return None


def _bare_noun(items: Sequence[Item], at: int, lexicon: ClaimLexicon) -> People | None:
    """Read a noun without a determiner: "Man, 2 children shot", "13-year-old killed", "troops"."""
    base = People(at, at, 1, 1, Bound.EXACT)
    head = _head(items, at)
    if head is None:
        found = _age_as_head(items, base, at)
        return found if found is None else replace(found, is_definite=False)
    people = _with_head(items, base, at, head[0], lexicon)
    if items[head[0]].kind == "persons":
        is_vague = people.head not in _MASSES and not (at and items[at - 1].kind in ("the", "'s"))
        return replace(people, low=None, high=None, is_counted=False, is_vague=is_vague)
    if items[at].kind == "person" and head[0] == at and at and items[at - 1].kind in ("word", "injure"):
        people = replace(people, is_definite=False)
    return _with_name(items, people)


def _name_end(items: Sequence[Item], at: int) -> int:
    """Return the index after the name that begins at `at` (`at` itself if none does)."""
    end = at
    while end < len(items) and end - at < _MAX_NAME_WORDS:
        if (
            (items[end].kind == "name" and items[end].low not in _NOT_NAMES)
            or (end > at and items[end].low == "." and end + 1 < len(items) and items[end + 1].kind == "name")
            or (end > at and items[end].low in ("de", "la", "al", "el", "bin", "abu", "van", "von", "del"))
        ):
            end += 1
        else:
            break
    return end


def _with_name(items: Sequence[Item], people: People) -> People:
    """Take in a name, an age and a home that follow at once: "the driver, Mary Major, 31, of Townville"."""
    at = people.last + 1
    if at < len(items) and people.name is None:
        start = at + 1 if items[at].low == "," else at
        end = _name_end(items, start) if start < len(items) else start
        if end > start and not (start > at and end < len(items) and items[end].kind in ("persons", "person")):
            name = " ".join(i.low for i in items[start:end] if i.low != ".")
            people = replace(people, last=end - 1, name=name)
    return _with_age(items, people)


def _with_age(items: Sequence[Item], people: People) -> People:
    at = people.last + 1
    if at + 1 >= len(items) or items[at].low not in (",", "(", "—", "–"):
        return people
    item = items[at + 1]
    if item.kind == "age" and people.name is None and items[at].low == ",":
        aged = replace(people, last=at + 1, age=people.age or age_of(item.low))
        end = _name_end(items, at + 2)
        if end == at + 2:
            return aged
        return replace(aged, last=end - 1, name=" ".join(i.low for i in items[at + 2 : end] if i.low != "."))
    number = item.number
    is_age = number is not None and item.low.isdecimal() and number.low is not None and number.low <= _MAX_AGE_YEARS
    after = items[at + 2].low if at + 2 < len(items) else "."
    if is_age and after in (",", ".", ")", "(", "and", "of", "was", "is", "who", "died", ";", "—", "–"):
        return replace(people, last=at + 1, age=people.age or item.low)
    if item.kind == "age":
        return replace(people, last=at + 1, age=people.age or age_of(item.low))
    return people


def _may_be_person(items: Sequence[Item], at: int, end: int) -> bool:
    """Tell a person's name from other capitalised words by what stands before and after it."""
    before = items[at - 1].kind if at else "."
    if before == "word" and end + 1 < len(items) and items[end].low == "," and items[end + 1].low == "who":
        return True  # "police identified Roe, who died there"
    if before in ("word", "the", "det", "number", "unit", "'s"):
        return False
    after = items[end].kind if end < len(items) else "."
    if after in ("unit", "persons") or (
        end < len(items) and items[end].low in ("family", "families", "county", "street")
    ):
        return False
    return not (end - at == 1 and before in (".", '"') and after in ("word", "prep", "det", "the", "number"))


def _capitalised(items: Sequence[Item], at: int, lexicon: ClaimLexicon) -> People | None:
    """Read a name, or a noun with capitalised words before it ("Chicago police officers", "Syrian troops")."""
    head = _head(items, at)
    if (
        head is not None
        and head[0] > at
        and all(i.kind in ("name", "'s", "person", "persons") for i in items[at : head[0]])
    ):
        base = People(at, at, 1, 1, Bound.EXACT)
        people = _with_head(items, base, at, head[0], lexicon)
        if items[head[0]].kind == "persons":
            return replace(people, low=None, high=None, is_counted=False)
        return _with_name(items, replace(people, is_definite=True))
    end = _name_end(items, at)
    if end == at or not _may_be_person(items, at, end):
        return None
    name = " ".join(i.low for i in items[at:end] if i.low != ".")
    return _with_age(items, People(at, end - 1, 1, 1, Bound.EXACT, name=name, is_definite=True))
