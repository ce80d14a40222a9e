"""Read values of filters that must be one of a list: countries, types, statuses; an unknown one is refused.

A country may be given by its code or its name, in any case and with or without accents. A refusal names the nearest
values, so that a slip of the fingers is never answered with an empty list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from interfaces.exports.crosswalk import type_words
from interfaces.site.words import country_names
from model.errors import ConfigError
from model.incident import IncidentStatus

N_NEAR = 3  # near misses that are named
NEARNESS_0_1 = 0.55  # difflib's ratio: "Syira" is 0.8 from "Syria", "foo" is nothing's neighbour
# Names in use that the table of countries spells in another way.
_ALSO = {"usa": "US", "america": "US", "uk": "GB", "britain": "GB", "england": "GB", "drc": "CD", "dr congo": "CD",
         "ivory coast": "CI", "cote d'ivoire": "CI",
         "burma": "MM", "turkey": "TR", "russia": "RU", "south korea": "KR", "north korea": "KP",
         "palestine": "PS", "gaza": "PS", "czechia": "CZ", "uae": "AE", "car": "CF"}  # fmt: skip


def read_country(text: str | None, option: str = "--country") -> str | None:
    """Read a country as its two-letter code; null for null.

    Raises:
        ConfigError: no country has this code or name.
    """
    if text is None:
        return None
    names = country_names()
    if text.strip().upper() in names:
        return text.strip().upper()
    by_name = {**_ALSO, **{_fold(name): code for code, name in names.items()}}
    if _fold(text) in by_name:
        return by_name[_fold(text)]
    shown = {name: f"{names[code]} ({code})" for name, code in by_name.items() if code in names}
    raise _refused(option, text, "country", shown, "give a name, or two letters such as SY")


def read_type(text: str | None, option: str = "--type") -> str | None:
    """Read a type of the tree, as written in `pub.incident.event_type`; null for null.

    Raises:
        ConfigError: the tree has no such type; for a finer one the message names its type.
    """
    tree = type_words()
    types = {kind for kind, _ in tree}
    if text is None or text in types:
        return text
    wanted = _fold(text).replace(" ", "_")
    if wanted in types:
        return wanted
    finer = sorted(kind for kind, subtype in tree if subtype == wanted)
    if finer:
        raise ConfigError(
            f"{option}: {text!r} is a subtype of {' and '.join(finer)}",
            unchanged="nothing was done",
            next_step=f"give {option} {finer[0]}",
        )
    shown = {_fold(words.words): kind for (kind, _), words in tree.items()} | {_fold(kind): kind for kind in types}
    raise _refused(option, text, "type", shown, f"the types are {', '.join(sorted(types))}")


def read_status(text: str | None, option: str = "--status") -> str | None:
    """Read a status of an incident; null for null.

    Raises:
        ConfigError: no incident can have this status.
    """
    statuses = [status.value for status in IncidentStatus]
    if text is None or text.lower() in statuses:
        return text and text.lower()
    raise _refused(option, text, "status", {s: s for s in statuses}, f"the statuses are {', '.join(statuses)}")


def _refused(option: str, text: str, kind: str, shown: Mapping[str, str], next_step: str) -> ConfigError:
    near = _near(_fold(text), shown)
    told = f"; near it: {', '.join(near)}" if near else ""
    return ConfigError(f"{option}: {text!r} is no {kind}{told}", unchanged="nothing was done", next_step=next_step)


def _near(text: str, shown: Mapping[str, str]) -> list[str]:
    begun: Iterable[str] = sorted(name for name in shown if len(text) > 2 and name.startswith(text))
    found = [*begun, *get_close_matches(text, shown, N_NEAR, NEARNESS_0_1)]
    return list(dict.fromkeys(shown[name] for name in found))[:N_NEAR]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("_", " "))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
