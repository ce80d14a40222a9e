"""The features by which a report is compared with an incident.

Specification. Each feature is a number, mostly of 0..1, that is 0 where it cannot be told. Facts are compared as the
*share of the incident's voices* that agree: five outlets that say Tuesday outweigh one that says Friday. Every fact
has an agreeing and a disagreeing feature of its own, since a missing date is neither. The features of one name with
`_bare` are the same value where neither day nor place can be compared, so that text may then count for more.
Sources: events.md 5.1 (what discriminates on GVA), Miranda et al. 2018 (time and several sub-vectors).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log1p

from rapidfuzz import fuzz, process

from resolution.geo import distance_km
from resolution.kin import Depth, depth
from resolution.likeness import Cosines
from resolution.profile import FIRST_NAMES, DayVote, PlaceVote, Profile
from resolution.rarity import Rarity
from resolution.sketch import EXACT_DATES, EXACT_PLACES, Sketch

SAME_TOWN_KM = 12.0  # two gazetteer entries for one town, or a site and its town
NEAR_TOWN_KM = 35.0  # suburb and city
FAR_TOWN_KM = 120.0
DISTRICT_KM = 70.0
MAX_VOICES = 12  # single voices that are compared one by one; the centroid holds them all
RARE_NAME_IDF = 4.0  # below this a name is a frequent one: a city, an agency
UNKNOWN_TITLE = 0.0

Features = dict[str, float]

_KIN_NAMES = {depth: f"kin_{depth.name.lower()}" for depth in Depth}


def compare(sketch: Sketch, profile: Profile, rarity: Rarity, cosines: Cosines | None = None) -> Features:
    """Compare a report with an incident; every value is finite, absent names are 0.

    `cosines` with the incident's voices spare working them out.
    """
    found: Features = {}
    _compare_days(sketch, profile.days, found)
    _compare_places(sketch, profile.places, found)
    _compare_kinds(sketch, profile.kinds, found)
    _compare_toll("killed", sketch.killed[1], profile.killed, found)
    _compare_toll("injured", sketch.injured[1], profile.injured, found)
    _compare_people(sketch, profile, rarity, found)
    _compare_text(sketch, profile, cosines, found)
    _compare_lag(sketch, profile, found)
    found["voices"] = log1p(len(profile.voices)) if profile.voices else 0.0
    _add_products(found, sketch)
    return {name: value for name, value in found.items() if value}


def crowd_of(others: Sequence[Features]) -> Features:
    """Tell how near the *other* candidates of the same report come.

    A likeness of words means much where nothing else is like it, and little among a hundred accounts of shootings.
    """
    return _crowd([o.get("body", 0.0) for o in others], [o.get("lead", 0.0) for o in others])


def crowds_of(candidates: Sequence[Features]) -> list[Features]:
    """Tell of each of a report's candidates how near the others come."""
    bodies = [c.get("body", 0.0) for c in candidates]
    leads = [c.get("lead", 0.0) for c in candidates]
    return [_crowd(bodies[:i] + bodies[i + 1 :], leads[:i] + leads[i + 1 :]) for i in range(len(candidates))]


def _crowd(bodies: Sequence[float], leads: Sequence[float]) -> Features:
    if not bodies:
        return {}
    crowd = {
        "crowd_size": log1p(len(bodies)),
        "crowd_body": sum(bodies) / len(bodies),
        "crowd_lead": sum(leads) / len(leads),
        "rival_body": max(bodies),
    }
    return {name: value for name, value in crowd.items() if value}


def gap_days(start_a: int, end_a: int, start_b: int, end_b: int) -> int:
    """Days between two closed intervals; 0 where they share a day."""
    return max(0, start_b - end_a, start_a - end_b)


def _compare_days(sketch: Sketch, votes: Mapping[DayVote, int], found: Features) -> None:
    if sketch.start is None or sketch.end is None or not votes:
        found["day_missing"] = 1.0
        return
    share = 1.0 / sum(votes.values())
    for (start, end, precision, is_weak), n in votes.items():
        gap = gap_days(sketch.start, sketch.end, start, end)
        if sketch.date_precision not in EXACT_DATES or precision not in EXACT_DATES:
            span = "year" if "year" in (sketch.date_precision, precision) else "coarse"
            name = f"day_{span}_in" if gap == 0 else f"day_{span}_out"
        elif is_weak or sketch.is_weak_date:
            name = _weak_name(gap)
        else:
            name = _gap_name(gap)
        found[name] = found.get(name, 0.0) + n * share


def _gap_name(gap: int) -> str:
    for limit in (0, 1, 3, 7, 30):
        if gap <= limit:
            return f"day_gap_{limit}"
    return "day_gap_more"


def _weak_name(gap: int) -> str:
    if gap <= 1:
        return "day_weak_in"
    return "day_weak_near" if gap <= 4 else "day_weak_out"


def _compare_places(sketch: Sketch, votes: Mapping[PlaceVote, int], found: Features) -> None:
    if sketch.place_precision is None or not votes:
        found["place_missing"] = 1.0
        return
    share = 1.0 / sum(votes.values())
    for vote, n in votes.items():
        name = place_relation(sketch, vote)
        found[name] = found.get(name, 0.0) + n * share


def place_relation(sketch: Sketch, vote: PlaceVote) -> str:
    """Name the relation of a report's place to another, by the coarser precision of the two."""
    lat, lon, precision, geoname_id, admin1, country = vote
    if geoname_id is not None and geoname_id == sketch.geoname_id:
        return "place_same" if precision in EXACT_PLACES else "place_coarse_same"
    if sketch.country and country and sketch.country != country:
        return "place_other_country"
    exact = precision in EXACT_PLACES and sketch.place_precision in EXACT_PLACES
    near = {precision, sketch.place_precision} <= {"site", "town", "district"}
    if near and None not in (lat, lon, sketch.lat, sketch.lon):
        km = distance_km(sketch.lat, sketch.lon, lat, lon)  # type: ignore[arg-type]  # nulls are ruled out above
        return _distance_name(km) if exact else ("place_coarse_in" if km <= DISTRICT_KM else "place_coarse_out")
    if sketch.admin1 and admin1:
        return "place_coarse_in" if sketch.admin1 == admin1 else "place_coarse_out"
    return "place_country_in" if sketch.country and sketch.country == country else "place_unclear"


def _distance_name(km: float) -> str:
    if km <= SAME_TOWN_KM:
        return "place_same"
    if km <= NEAR_TOWN_KM:
        return "place_near"
    return "place_mid" if km <= FAR_TOWN_KM else "place_far"


def _compare_kinds(sketch: Sketch, kinds: Mapping[tuple[str, str | None], int], found: Features) -> None:
    mine = (sketch.event_type, sketch.event_subtype)
    best = max([depth(mine, kind) for kind in kinds], default=Depth.OPEN)
    found[_KIN_NAMES[best]] = 1.0


def _compare_toll(name: str, value: int | None, votes: Mapping[int, int], found: Features) -> None:
    if value is None or not votes:
        found[f"{name}_missing"] = 1.0
        return
    share = 1.0 / sum(votes.values())
    same = votes.get(value, 0) * share
    close = (
        sum([n for v, n in votes.items() if v != value and abs(v - value) <= max(1.0, 0.25 * max(v, value))]) * share
    )
    found[f"{name}_same"] = same
    found[f"{name}_same_large"] = same * min(4.0, log1p(value)) if value > 1 else 0.0
    found[f"{name}_close"] = close
    found[f"{name}_apart"] = max(0.0, 1.0 - same - close)


def _compare_people(sketch: Sketch, profile: Profile, rarity: Rarity, found: Features) -> None:
    shared = sorted(sketch.name_set & profile.names.keys())
    people = [n for n in shared if n in sketch.persons or n in profile.persons]
    if shared:
        weights = [max(0.0, rarity.idf(n.replace(" ", "_")) - 2.0) for n in shared]
        found["names_shared"] = 1.0 - exp(-sum(weights) / 4.0)
        found["people_shared"] = min(2.0, float(len(people)))
        found["people_same_age"] = float(any(sketch.persons.get(n) in profile.persons.get(n, ()) for n in people))
        _compare_first_names(sketch, profile, found)
    elif sketch.names and profile.names:
        found["names_apart"] = 1.0
    if sketch.persons and profile.persons and not people:
        found["people_apart"] = 1.0
    _overlap("ages", sketch.ages, profile.ages, found)
    _overlap("streets", sketch.streets, profile.streets, found)
    _overlap("dates", sketch.month_days, profile.marked_days, found)
    _overlap("years", sketch.years, profile.marked_days, found)
    _overlap("actors", sketch.actors, profile.actors, found)


def _compare_first_names(sketch: Sketch, profile: Profile, found: Features) -> None:
    """Compare whom each side names first and most: look-alikes share the story and not the people."""
    if not sketch.names or not profile.names:
        return
    first = sketch.names[:FIRST_NAMES]
    most = profile.most_named
    found["names_first_shared"] = sum(n in profile.names for n in first) / len(first)
    found["names_most_shared"] = sum(n in sketch.name_set for n in most) / len(most)


def _overlap(name: str, mine: Sequence[object], votes: Mapping[int, int] | Mapping[str, int], found: Features) -> None:
    if not mine or not votes:
        return
    shared = votes.keys() & mine
    if shared:
        found[f"{name}_shared"] = len(shared) / min(len(set(mine)), len(votes))
    else:
        found[f"{name}_apart"] = 1.0


def _compare_text(sketch: Sketch, profile: Profile, cosines: Cosines | None, found: Features) -> None:
    lead_length, body_length = profile.norms
    n = len(profile.voices)
    leads, bodies = cosines or profile.likeness.cosines(sketch, (profile.word_block,))[0]
    # the product with a sum is the sum of the products
    found["lead"] = min(1.0, sum(leads) / lead_length) if lead_length else 0.0
    found["body"] = min(1.0, sum(bodies) / body_length) if body_length else 0.0
    if n > 1:
        found["body_rel"] = found["body"] * body_length / n - (body_length**2 / n - 1.0) / (n - 1.0)
        found["lead_rel"] = found["lead"] * lead_length / n - (lead_length**2 / n - 1.0) / (n - 1.0)
    else:
        found["body_single"] = found["body"]
        found["lead_single"] = found["lead"]
    found["lead_best"] = min(1.0, max(leads[-MAX_VOICES:], default=0.0))
    found["body_best"] = min(1.0, max(bodies[-MAX_VOICES:], default=0.0))
    voices = profile.voices[-MAX_VOICES:]
    titles = [v.low_title for v in voices if v.title]
    nearest = process.extractOne(sketch.low_title, titles, scorer=fuzz.token_set_ratio) if sketch.title else None
    found["title"] = nearest[1] / 100.0 if nearest else UNKNOWN_TITLE
    found["thin"] = float(sketch.is_thin or all(v.is_thin for v in profile.voices))


def _compare_lag(sketch: Sketch, profile: Profile, found: Features) -> None:
    if sketch.published is None or profile.first_published is None or profile.last_published is None:
        found["lag_missing"] = 1.0
        return
    lag = gap_days(sketch.published, sketch.published, profile.first_published, profile.last_published)
    found["lag"] = log1p(lag)
    found["lag_long"] = float(lag > 30)


def _add_products(found: Features, sketch: Sketch) -> None:
    place, day = found.get("place_same", 0.0), found.get("day_gap_0", 0.0)
    found["day_and_place"] = place * day
    found["tolls_apart"] = found.get("killed_apart", 0.0) * found.get("injured_apart", 0.0)
    marks = ("people_apart", "ages_apart", "killed_apart", "injured_apart", "names_apart")
    against = sum(found.get(name, 0.0) for name in marks)
    if not (found.get("people_shared") or found.get("names_shared") or found.get("ages_shared")):
        found["marks_apart"] = against * against / len(marks)
    found["near_day_and_place"] = place * (found.get("day_gap_1", 0.0) + found.get("day_weak_in", 0.0))
    found["place_and_body"] = place * found["body"]
    found["lag_and_body"] = found.get("lag", 0.0) * found["body"]
    if "day_missing" in found and "place_missing" in found:
        found["lead_bare"], found["body_bare"], found["bare"] = found["lead"], found["body"], 1.0
    if found["thin"]:
        found["title_thin"] = found["title"]
    if sketch.is_follow_up:
        found["follow_up"] = 1.0
        found["follow_up_names"] = found.get("names_shared", 0.0)
