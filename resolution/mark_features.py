"""Mark features of two reports: people, names, streets, parties by role, sites."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import exp

from resolution.features import AGAINST, FOR, Feature, FeatureGroup, Features, PairContext
from resolution.match_record import MatchRecord

COMMON_IDF = 2.0  # below this a name is a city or an agency, and sharing it says nothing
MAX_SHOWN = 3


def compare_people(left: MatchRecord, right: MatchRecord, context: PairContext, found: Features) -> None:
    """Compare people with ages, and names by how rare they are."""
    shared = sorted(left.name_set & right.name_set)
    people = [n for n in shared if n in left.persons or n in right.persons]
    if shared:
        weights = [max(0.0, context.idf.idf(n.replace(" ", "_")) - COMMON_IDF) for n in shared]
        found["names_shared"] = 1.0 - exp(-sum(weights) / 4.0)
        if people:
            found["people_shared"] = min(2.0, float(len(people)))
            ages = [(left.persons.get(n), right.persons.get(n)) for n in people]
            found["people_same_age"] = float(any(a is not None and a == b for a, b in ages))
    elif left.names and right.names:
        found["names_apart"] = 1.0
    if left.persons and right.persons and not people:
        found["people_apart"] = 1.0


def compare_marks(left: MatchRecord, right: MatchRecord, _: PairContext, found: Features) -> None:
    """Compare streets, sites, and parties by role."""
    _overlap("streets", left.streets, right.streets, found)
    _overlap("sites", left.sites, right.sites, found)
    if left.sites and right.sites:  # the first is mostly in the title
        found["site_first_same" if left.sites[0] == right.sites[0] else "site_first_apart"] = 1.0
    _overlap("initiators", left.initiators, right.initiators, found)
    _overlap("targets", left.targets, right.targets, found)


def _overlap(name: str, mine: Collection[object], theirs: Collection[object], found: Features) -> None:
    if not mine or not theirs:
        return
    shared = len(set(mine).intersection(theirs))
    if shared:
        found[f"{name}_shared"] = shared / min(len(mine), len(theirs))
    else:
        found[f"{name}_apart"] = 1.0


def show_people(left: MatchRecord, right: MatchRecord) -> str:
    """The names that both share, or the first names of each side."""
    if shared := sorted(left.name_set & right.name_set):
        return _listed(n.title() for n in shared)
    ages = sorted(set(left.ages) & set(right.ages))
    if ages:
        return f"aged {_listed(map(str, ages))}"
    return " / ".join(_listed(n.title() for n in r.names) or "nobody named" for r in (left, right))


def show_marks(left: MatchRecord, right: MatchRecord) -> str:
    """The marks that both share, or the first of each side."""
    sides = [dict.fromkeys((*r.streets, *r.sites, *r.initiators, *r.targets)) for r in (left, right)]
    if shared := [mark for mark in sides[0] if mark in sides[1]]:
        return _listed(shared)
    return " / ".join(_listed(side) or "nothing" for side in sides)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(list(words)[:MAX_SHOWN])


def _pair(name: str, shared: str, apart: str) -> tuple[Feature, Feature]:
    return Feature(f"{name}_shared", shared, FOR), Feature(f"{name}_apart", apart, AGAINST)


GROUPS = (
    FeatureGroup(
        compare_people,
        show_people,
        (
            Feature("people_shared", "people shared by name", FOR),
            Feature("people_same_age", "a person shared by name and age", FOR),
            Feature("people_apart", "other people with ages", AGAINST),
            *_pair("names", "rare names shared", "other names"),
        ),
    ),
    FeatureGroup(
        compare_marks,
        show_marks,
        (
            *_pair("streets", "streets shared", "other streets"),
            *_pair("sites", "kinds of place shared", "other kinds of place"),
            Feature("site_first_same", "the same kind of place named first", FOR),
            Feature("site_first_apart", "another kind of place named first", AGAINST),
            *_pair("initiators", "the same attackers", "other attackers"),
            *_pair("targets", "the same victims", "other victims"),
        ),
    ),
)
