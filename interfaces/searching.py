"""Finding incidents by words: what an incident can be found by, and whether words find it.

An incident is found by its line of facts, the title of any of its articles, actors by every name and alias, its type,
and its places in every spelling that the reference tables hold ("Deir Ezzor" finds Dayr az Zawr). Case, accents and
punctuation do not matter; a word is found by its beginning, and all words must be found. The site searches the same
words.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from interfaces.fact_line import fact_line
from interfaces.site.words import tidy, type_name, where
from warehouse.reader import Reader
from warehouse.rows import IncidentRow

MAX_CHARS = 900  # of the words of one incident in the site's data, by judgement
WORD_LENGTH = 120  # characters of one title or name
_WORD = re.compile(r"[^\W_]+")
# Table, column of the name, column of its other spellings, and the column of the country to which they belong.
_TABLES = (
    ("actors.csv", "name", ("aliases", "weak_aliases"), ""),
    ("places_alias.csv", "name", ("aliases",), "country_code"),
    ("admin1.csv", "name", ("aliases",), "country_code"),
)


def fold(text: str) -> str:
    """Reduce text to words in lower case without accents and punctuation, a blank before each.

    >>> fold("Khushām: al-Tabiyah!")
    ' khusham al tabiyah'
    """
    plain = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(f" {word}" for word in _WORD.findall(bare))


def search_words(row: IncidentRow, told: Iterable[str], max_chars: int | None = MAX_CHARS) -> str:
    """Give the words that an incident can be found by, each once; `told` are its reports' own words.

    Places and actors come first, since what is beyond `max_chars` finds nothing.
    """
    named = [where(row), row.admin1 or "", row.place_name or "", *row.actors, type_name(row.event_type)]
    own = [*named, *told]
    spelled = [name for word in own for name in spellings(word, row.country_code)]
    words = dict.fromkeys(word for text in (*named, *spelled, *told) for word in fold(text[:WORD_LENGTH]).split())
    return tidy(" ".join(words), max_chars or sum(len(word) + 1 for word in words))


def spellings(name: str, country_code: str | None) -> tuple[str, ...]:
    """Return the other spellings of an actor's or a place's name, those of another country's places left out."""
    groups = _groups()
    found: dict[str, None] = {}
    waiting = [fold(name)]
    for _ in range(2):  # a province's alias may be a town's name, which has aliases of its own
        near = [
            one
            for word in waiting
            for land, group in groups.get(word, ())
            if land in ("", country_code)
            for one in group
        ]
        found.update(dict.fromkeys(near))
        waiting = [fold(one) for one in near]
    return tuple(found)


@cache
def _groups() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Spellings of one thing, by each of them folded, with the country where they count."""
    made: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for table, name, others, land in _TABLES:
        text = files("seeds").joinpath("reference", table).read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            group = (row[name], *(alias for column in others for alias in (row[column] or "").split("|") if alias))
            if len(group) > 1:
                for one in dict.fromkeys(map(fold, group)):
                    made[one].append((row[land] if land else "", group))
    return made


def find_incidents(reader: Reader, words: Sequence[str]) -> list[IncidentRow]:
    """Return the incidents that all words find: those whose line they find first, then the most reported, the newest.

    Merged incidents are left out. Reads every incident.
    """
    wanted = fold(" ".join(words)).split()
    told = reader.incident_words()
    found = []
    for row in reader.incidents(head.incident_id for head in reader.incident_heads() if head.status != "merged"):
        line = fold(fact_line(row))
        text = line + fold(search_words(row, told.get(row.incident_id, ()), None))
        if wanted and all(f" {word}" in text for word in wanted):
            found.append((all(f" {word}" in line for word in wanted), row.n_outlets, row.detected_at, row))
    return [row for *_, row in sorted(found, key=lambda one: one[:3], reverse=True)]
