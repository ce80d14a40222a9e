"""Rows of incidents: the page of new ones, the archive by month of detection, and the data that searching needs."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interfaces.addresses import incident_path
from interfaces.fact_line import fact_line
from interfaces.searching import search_words
from interfaces.site.words import (
    NAME_LENGTH,
    count,
    country,
    date_precision,
    moment,
    place_precision,
    stamp,
    tidy,
    toll,
    type_name,
    when,
    where,
)
from warehouse.pages import IncidentHead
from warehouse.rows import IncidentRow

N_NEW = 100  # rows of the first page: a second hundred doubles its layout; the rest is one click away
N_ARCHIVE = 400  # rows of a page of the archive
N_ACTORS = 4  # actors named in a row
FRESH = timedelta(hours=24)
OTHER = "other"  # of no type of the tree: real feeds are full of it, and lists of new incidents hide it unless asked
_STATUS = {
    "new": "one text so far",
    "developing": "several texts, which do not yet agree on day and place",
    "corroborated": "two or more outlets with texts of their own agree on day and place",
    "disputed": "claims that cannot all be true",
    "retracted": "every account denies it now",
    "merged": "found to be another incident",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One incident in a list; texts are fit to be shown, tolls are (best, range).

    `line` tells it by its facts, `title` is the best article's; empty where every article is a round-up.
    """

    incident_id: str
    href: str
    line: str
    title: str
    kind: str
    event_type: str
    status: str
    status_words: str
    when: str
    date_start: str
    date_end: str
    date_precision: str
    where: str
    country_code: str
    place_precision: str
    killed: tuple[str, str]
    injured: tuple[str, str]
    n_outlets: int
    n_origins: int
    detected: str
    detected_stamp: str
    is_fresh: bool
    actors: str


@dataclass(frozen=True, slots=True)
class Month:
    """A page of the archive: incidents first seen in one month, newest first; a full month has several pages."""

    path: str
    name: str
    incident_ids: tuple[str, ...]


def row_of(incident: IncidentRow, known_at: datetime | None, root: str = "") -> Row:
    """Make the row of an incident; it is fresh when first seen in the last 24 hours of the data's own clock."""
    return Row(
        incident_id=incident.incident_id,
        href=root + incident_path(incident.incident_id),
        line=fact_line(incident),
        title=tidy(incident.headline),
        kind=type_name(incident.event_type, incident.event_subtype),
        event_type=incident.event_type,
        status=incident.status,
        status_words=_STATUS.get(incident.status, ""),
        when=when(incident),
        date_start=str(incident.date_start or ""),
        date_end=str(incident.date_end or ""),
        date_precision=date_precision(incident),
        where=where(incident),
        country_code=incident.country_code or "",
        place_precision=place_precision(incident),
        killed=toll(incident.killed_low, incident.killed_best, incident.killed_high),
        injured=toll(incident.injured_low, incident.injured_best, incident.injured_high),
        n_outlets=incident.n_outlets,
        n_origins=incident.n_origins,
        detected=moment(incident.detected_at).removesuffix(" UTC"),
        detected_stamp=stamp(incident.detected_at),
        is_fresh=known_at is not None and incident.detected_at > known_at - FRESH,
        actors=", ".join(tidy(name, NAME_LENGTH) for name in incident.actors[:N_ACTORS]),
    )


def fresh_words(n_fresh: int, as_of: str) -> str:
    """Say how many incidents are new, and how many of them the first page shows.

    >>> fresh_words(137, "7 Feb 2018, 22:00 UTC")
    '137 incidents first seen in the 24 hours before 7 Feb 2018, 22:00 UTC; the newest 100 are below.'
    """
    rest = f"; the newest {N_NEW} are below" if n_fresh > N_NEW else ""
    return f"{count(n_fresh, 'incident')} first seen in the 24 hours before {as_of}{rest}."


def months(heads: Sequence[IncidentHead]) -> tuple[Month, ...]:
    """Sort incidents into pages by the month in which they were first seen, the newest first.

    Within a month pages are filled from its beginning, so that a new incident changes the last page of its month only.
    """
    by_month: dict[int, list[str]] = defaultdict(list)
    for head in heads:
        by_month[head.detected_month].append(head.incident_id)
    made = []
    for number, ids in sorted(by_month.items(), reverse=True):
        year, month = divmod(number, 100)
        oldest_first = ids[::-1]
        pages = [oldest_first[i : i + N_ARCHIVE] for i in range(0, len(ids), N_ARCHIVE)]
        for part, page in reversed(list(enumerate(pages, start=1))):
            suffix = f"-{part}" if part > 1 else ""
            name = f"{date(year, month, 1):%B} {year:04d}" + (f", part {part}" if len(pages) > 1 else "")
            made.append(Month(f"archive/{year:04d}-{month:02d}{suffix}.html", name, tuple(page[::-1])))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: (value, words) pairs in the order of their words, and names of actors."""

    countries: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]
    actors: tuple[str, ...]


N_ACTORS_OFFERED = 150  # in the list of suggestions; any other name may be typed


def choices(incidents: Sequence[IncidentRow]) -> Choices:
    """Collect what the incidents of a page can be filtered by."""
    n = Counter(name for row in incidents for name in row.actors)
    names = sorted(n, key=lambda name: (-n[name], name))[:N_ACTORS_OFFERED]
    return _offered({row.country_code for row in incidents}, {row.event_type for row in incidents}, names)


def all_choices(heads: Sequence[IncidentHead], actors: Iterable[str]) -> Choices:
    """Collect what all incidents can be filtered by; `actors` are the most frequent ones."""
    return _offered({head.country_code for head in heads}, {head.event_type for head in heads}, actors)


def _offered(codes: Iterable[str | None], types: Iterable[str], actors: Iterable[str]) -> Choices:
    return Choices(
        countries=tuple(sorted(((code, country(code)) for code in codes if code), key=lambda pair: pair[1])),
        types=tuple(sorted(((one, type_name(one)) for one in types), key=lambda pair: pair[1])),
        actors=tuple(sorted({tidy(name, NAME_LENGTH) for name in actors})),
    )


# The data of the search are a script that calls for each incident, a line for each: a page opened from a disk may load
# scripts, but no JSON. Lines of incidents that did not change are taken over as they are.
_HEAD, _FOOT = "window.deconflictIncidents=[\n", "];\n"


def search_line(row: IncidentRow, values: Iterable[str]) -> str:
    """Write an incident for the search.

    Id, line of facts, type, status, first day, last day, days in words, place, country, killed, injured, actors,
    and all words that find it: `values` are its reports' own.
    """
    values = [
        row.incident_id, fact_line(row), row.event_type, row.status, str(row.date_start or ""),
        str(row.date_end or ""), when(row), where(row), row.country_code or "",
        " ".join(toll(row.killed_low, row.killed_best, row.killed_high)).strip(),
        " ".join(toll(row.injured_low, row.injured_best, row.injured_high)).strip(),
        ", ".join(tidy(name, NAME_LENGTH) for name in row.actors[:N_ACTORS]), search_words(row, values),
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=True, separators=(",", ":")) + ",\n"


def search_data(lines: Iterable[str]) -> str:
    """Put the lines of all incidents into one script."""
    return _HEAD + "".join(lines) + _FOOT


def search_lines(text: str) -> dict[str, str]:
    """Take a script of the search apart again: its lines by incident."""
    lines = text.splitlines(keepends=True)[1:-1]
    return {line[2 : line.index('"', 2)]: line for line in lines}
