"""One line that tells an incident by its facts: what, where, and how many were killed.

No outlet writes it: it says what the record holds, in the same words for every incident. A town that stands for a fight
is where a fight was near, since reports name the nearest town; a bomb or a shooting is told as in it.
"""

from __future__ import annotations

from interfaces.site.words import NAME_LENGTH, country, number, tidy, type_name
from warehouse.rows import IncidentRow

# Types that reports place by the nearest town.
_AROUND = frozenset({"battle", "air_strike", "shelling", "chemical_attack"})
_POINTS = frozenset({"site", "town"})


def fact_line(row: IncidentRow) -> str:
    """Tell an incident in one line, as "Armed clash near Khushām, Syria: 68 to 100 killed"."""
    what = " ".join(part for part in (type_name(row.event_type, row.event_subtype), _place(row)) if part)
    toll = toll_words(row)
    return f"{what}: {toll}" if toll else what


def toll_words(row: IncidentRow) -> str:
    """Say how many were killed or, where nobody claims a death, injured; empty where nobody gives a figure."""
    killed = people(row.killed_low, row.killed_best, row.killed_high)
    if killed not in ("", "none"):
        return f"{killed} killed"
    injured = people(row.injured_low, row.injured_best, row.injured_high)
    if injured not in ("", "none"):
        return f"{'none killed, ' if killed else ''}{injured} injured"
    return "none killed" if killed else ""


def people(low: int | None, best: int | None, high: int | None) -> str:
    """Say a range of people in words; empty where nobody gives a figure.

    >>> people(68, 80, 100), people(5, 5, 5), people(100, 100, None), people(None, None, 9), people(0, 90, None)
    ('68 to 100', '5', 'at least 100', 'up to 9', 'up to 90 or more')
    """
    least = low if low is not None else best
    if least is None:
        return "" if high is None else f"up to {number(high)}"
    if high is None or high < least:
        return f"at least {number(least)}" if least else f"up to {number(best)} or more" if best else "none"
    if least == high:
        return number(least) if least else "none"
    return f"{number(least)} to {number(high)}" if least else f"up to {number(high)}"


def _place(row: IncidentRow) -> str:
    land = country(row.country_code) if row.country_code else ""
    name = tidy(row.place_name, NAME_LENGTH)
    told = ", ".join(dict.fromkeys(part for part in (name, land) if part))
    if not told:
        return ""
    is_around = name not in ("", land) and row.event_type in _AROUND and row.place_precision in _POINTS
    return f"{'near' if is_around else 'in'} {told}"
